"""How calls and their handling develop: the day, week and month against the one before, and by day."""

from collections.abc import Sequence

from dashboards.board import Board
from dashboards.figures import Shown, bars_of, comparison, lines_of
from dashboards.panels import Json, column, sql, table, value_texts
from dashboards.texts import Text, catalogue_text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import (
    DDI,
    DEPARTMENT,
    SITE,
    ddi_variable,
    department_variable,
    site_variable,
)
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures
from reportgen.catalogue.parts import Figure
from reportgen.catalogue.subjects import CALLS
from reportgen.units import PERCENT

OF_CHOSEN = {"site": [SITE], "department": [DEPARTMENT], "ddi": [DDI]}
COMPARED: Sequence[Figure] = (
    measures.offered,
    measures.answered,
    measures.missed,
    measures.gos,
    measures.pca,
)
STRETCHES = value_texts(
    {
        "day": (Text("Vandaag en gisteren", "Today and yesterday"), "text"),
        "week": (Text("Deze week en vorige week", "This week and last week"), "text"),
        "month": (Text("Deze maand en vorige maand", "This month and last month"), "text"),
    }
)


def _compared() -> list[Json]:
    columns = [
        column("place", Text("Plaats", "Place"), custom__hidden=True),
        column("stretch", Text("Periode", "Period"), mappings=STRETCHES, custom__width=220),
    ]
    for figure in COMPARED:
        title = catalogue_text(figure.title)
        settings: Json = {"unit": figure.unit.grafana}
        if figure.unit is PERCENT:
            settings["decimals"] = 1
        columns += [
            column(figure.name, title, **settings),
            column(
                f"{figure.name}_before",
                Text(f"{title.nl} ervoor", f"{title.en} before"),
                custom__cellOptions={"type": "color-text"},
                color={"mode": "fixed", "fixedColor": "#8796a0"},
                **settings,
            ),
        ]
    return [
        table(
            Text("Tot nu toe, tegenover de vorige", "So far, against the one before"),
            [sql(comparison(CALLS, COMPARED, ("day", "week", "month"), OF_CHOSEN))],
            width=24,
            height=6,
            columns=columns,
            description=Text(
                "De vorige dag, week en maand tot hetzelfde moment.",
                "The day, week and month before, until the same moment.",
            ),
        )
    ]


def _calls() -> list[Json]:
    return [
        bars_of(
            Text("Inkomende gesprekken per dag", "Incoming calls per day"),
            CALLS,
            by.day,
            [Shown(measures.answered, "green"), Shown(measures.missed, "red")],
            width=12,
            height=9,
            filter_on=OF_CHOSEN,
            report="daily-activity",
        ),
        lines_of(
            Text("Bereikbaarheid per dag", "Service per day"),
            CALLS,
            by.day,
            [
                Shown(measures.gos, "blue"),
                Shown(measures.pca, "purple"),
                Shown(measures.answer_rate, "green"),
            ],
            width=12,
            height=9,
            filter_on=OF_CHOSEN,
            report="call-response",
        ),
    ]


def _volume() -> list[Json]:
    return [
        bars_of(
            Text("Alle gesprekken per dag", "All calls per day"),
            CALLS,
            by.day,
            [
                Shown(measures.incoming, "blue"),
                Shown(measures.outgoing, "green"),
                Shown(measures.internal, "purple"),
            ],
            width=8,
            height=8,
            filter_on=OF_CHOSEN,
            report="daily-activity",
        ),
        lines_of(
            Text("Wachten per dag", "Waiting per day"),
            CALLS,
            by.day,
            [Shown(measures.average_answer, "green"), Shown(measures.average_wait, "orange")],
            width=8,
            height=8,
            filter_on=OF_CHOSEN,
            report="call-response",
        ),
        lines_of(
            Text("Gemiddelde gesprekstijd per dag", "Average talk time per day"),
            CALLS,
            by.day,
            [Shown(measures.average_incoming_talk, "blue"), Shown(measures.average_outgoing_talk, "green")],
            width=8,
            height=8,
            filter_on=OF_CHOSEN,
            report="daily-activity",
        ),
    ]


TRENDS = Board(
    uid="trends",
    title=Text("Trends", "Call trends"),
    rows=[_compared(), _calls(), _volume(), [age_tile(width=12, height=3), gaps_tile(width=12, height=3)]],
    variables=[site_variable(), department_variable(), ddi_variable()],
    refresh="5m",
    period=("now-30d/d", "now/d"),
)
