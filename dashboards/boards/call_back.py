"""Whom to call back: missed calls that nobody returned, with the clock of the resolution target."""

from dashboards import call_back as query
from dashboards.board import Board
from dashboards.colours import ALARM, CLOCK_STEPS, WARNING
from dashboards.links import report_link
from dashboards.panels import CALM, DURATION, UNKNOWN, Json, column, sql, stat, table, thresholds
from dashboards.report_panels import report_figure, report_table
from dashboards.tables import COLOURED_CELL, moment_settings
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import DDI, ddi_variable

OF_CHOSEN_LINE = {"ddi": [DDI]}
CALL = report_link("unanswered-missed-calls", "number=${__data.fields.number:percentencode}")


def _tiles() -> list[Json]:
    return [
        report_figure(
            "unreturned-missed-calls",
            "unreturned",
            width=5,
            height=4,
            steps=((None, CALM), (1, WARNING), (10, ALARM)),
            filter_on=OF_CHOSEN_LINE,
        ),
        report_figure("unreturned-missed-calls", "callers", width=5, height=4, filter_on=OF_CHOSEN_LINE),
        stat(
            Text("Over de tijd", "Past the target"),
            [sql(query.returned(by_site=False))],
            field="too_late",
            width=4,
            height=4,
            steps=((None, CALM), (1, ALARM)),
            description=Text(
                "Niet teruggebeld binnen de hersteltijd, in werktijd gerekend.",
                "Not returned within the resolution target, counted in working hours.",
            ),
            links=[report_link("unanswered-missed-calls")],
        ),
        age_tile(width=5, height=4),
        gaps_tile(width=5, height=4),
    ]


def _clock() -> list[Json]:
    return [
        table(
            Text("Nog terug te bellen", "Still to be returned"),
            [sql(query.TARGET_CLOCK)],
            width=24,
            height=11,
            columns=[
                column("missed_at", Text("Gemist op", "Missed at"), **moment_settings()),
                column("number", Text("Nummer", "Number"), links=[CALL]),
                column("customer", Text("Klant", "Customer")),
                column("line", Text("Lijn", "Line")),
                column("person", Text("Gebruiker", "User")),
                column(
                    "left_seconds",
                    Text("Nog te gaan", "Time left"),
                    unit=DURATION,
                    mappings=[UNKNOWN],
                    thresholds=thresholds(CLOCK_STEPS),
                    custom__cellOptions=COLOURED_CELL,
                    custom__width=140,
                ),
                column(
                    "late_seconds",
                    Text("Te laat", "Late by"),
                    unit=DURATION,
                    mappings=[UNKNOWN],
                    thresholds=thresholds(((None, ALARM),)),
                    custom__cellOptions=COLOURED_CELL,
                    custom__width=140,
                ),
            ],
            description=Text(
                "Wat er in werktijd van de hersteltijd over is, of hoe lang die voorbij is. "
                "Klik op een nummer om het in het portaal af te handelen.",
                "What is left of the resolution target in working hours, or how long it has passed. "
                "Click a number to deal with it in the portal.",
            ),
        )
    ]


CALL_BACK = Board(
    uid="call-back",
    title=Text("Terugbellen", "Calls to return"),
    rows=[
        _tiles(),
        _clock(),
        [
            report_table(
                "unreturned-missed-calls",
                width=24,
                height=10,
                filter_on=OF_CHOSEN_LINE,
                row={"number": "number"},
            )
        ],
    ],
    variables=[ddi_variable()],
    refresh="30s",
    period=("now-6d/d", "now/d"),
)
