"""How today goes for the whole company, and how it compares: incoming, outgoing and internal calls."""

from functools import partial

from dashboards.board import TODAY, Board
from dashboards.colours import SHARE_STEPS
from dashboards.figures import Shown, bars_of, figure_of
from dashboards.panels import Json
from dashboards.report_panels import report_table
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import DEPARTMENT, SITE, department_variable, site_variable
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures
from reportgen.catalogue.subjects import CALLS

OF_CHOSEN = {"site": [SITE], "department": [DEPARTMENT]}
tile = partial(
    figure_of,
    CALLS,
    width=4,
    height=4,
    when=Text("vandaag", "today"),
    filter_on=OF_CHOSEN,
    report="calls-by-date",
)
response = partial(tile, report="call-response")


def _counts() -> list[Json]:
    counts = (measures.total, measures.incoming, measures.outgoing, measures.internal, measures.missed)
    return [*(tile(measure) for measure in counts), age_tile(width=4, height=4)]


def _response() -> list[Json]:
    return [
        response(measures.offered),
        response(measures.answered),
        response(measures.gos, steps=SHARE_STEPS),
        response(measures.pca, steps=SHARE_STEPS),
        response(measures.average_talk),
        gaps_tile(width=4, height=4),
    ]


def _hours() -> list[Json]:
    return [
        bars_of(
            Text("Gesprekken per uur, vandaag", "Calls per hour, today"),
            CALLS,
            by.hour,
            [
                Shown(measures.incoming, "blue"),
                Shown(measures.outgoing, "green"),
                Shown(measures.internal, "purple"),
            ],
            width=24,
            height=9,
            filter_on=OF_CHOSEN,
            report="hourly-activity",
        )
    ]


COMPANY_OVERVIEW = Board(
    uid="company-overview",
    title=Text("Bedrijfsoverzicht", "Company overview"),
    rows=[
        _counts(),
        _response(),
        _hours(),
        [
            report_table(
                "department-activity",
                width=24,
                height=9,
                filter_on={"department": [DEPARTMENT]},
                row={"department": "department"},
            )
        ],
    ],
    variables=[site_variable(), department_variable()],
    refresh="30s",
    period=TODAY,
)
