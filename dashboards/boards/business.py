"""Customer service at a glance: who called, who got nobody, and how fast the missed were called back."""

from functools import partial

from dashboards import call_back as query
from dashboards.board import TODAY, Board
from dashboards.colours import ALARM, SHARE_STEPS, WARNING, in_text
from dashboards.figures import Shown, bars_of, figure_of
from dashboards.links import report_link
from dashboards.panels import CALM, DURATION, PERCENT, Json, column, sql, stat, table, thresholds
from dashboards.tables import COLOURED_WORDS, moment_settings
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import DDI, SITE, ddi_variable, site_variable
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures
from reportgen.catalogue.subjects import CALLS

OF_CHOSEN = {"site": [SITE], "ddi": [DDI]}
MISSED = report_link("missed-calls")
CALLER = report_link("calls-by-date", "number=${__data.fields.number:percentencode}")
tile = partial(stat, width=4, height=4)


def _tiles() -> list[Json]:
    return [
        tile(
            Text("Mislukt in werktijd", "Failed in working hours"),
            [sql(query.FAILED)],
            steps=((None, CALM), (5, WARNING), (15, ALARM)),
            description=Text(
                "Gemiste gesprekken die binnenkwamen terwijl de lijn open was.",
                "Missed calls that came in while the line was open.",
            ),
            links=[report_link("missed-calls", "working-hours=open")],
        ),
        _returned(
            "unreturned", Text("Niet teruggebeld", "Not returned"), ((None, CALM), (1, WARNING), (10, ALARM))
        ),
        _returned("too_late", Text("Over de hersteltijd", "Past the target"), ((None, CALM), (1, ALARM))),
        tile(
            Text("Binnen de hersteltijd", "Returned in target"),
            [sql(query.returned(by_site=True))],
            field="returned_in_target",
            unit=PERCENT,
            decimals=1,
            steps=SHARE_STEPS,
            description=Text(
                "Van de gemiste gesprekken met een nummer: teruggebeld binnen de hersteltijd.",
                "Of the missed calls with a number: returned within the resolution target.",
            ),
            links=[MISSED],
        ),
        tile(
            Text("Gemiddelde hersteltijd", "Average time to return"),
            [sql(query.returned(by_site=True))],
            field="average_resolution_seconds",
            unit=DURATION,
            description=Text("In werktijd gerekend.", "Counted in working hours."),
        ),
        figure_of(
            CALLS,
            measures.answer_rate,
            width=4,
            height=4,
            steps=SHARE_STEPS,
            filter_on=OF_CHOSEN,
            report="call-response",
        ),
    ]


def _returned(field: str, title: Text, steps: tuple[tuple[float | None, str], ...]) -> Json:
    return tile(
        title,
        [sql(query.returned(by_site=True))],
        field=field,
        steps=steps,
        links=[report_link("unanswered-missed-calls")],
    )


def _callers() -> list[Json]:
    return [
        table(
            Text("Bellers", "Callers"),
            [sql(query.CALLERS)],
            width=24,
            height=13,
            columns=[
                column("number", Text("Nummer", "Number"), links=[CALLER]),
                column("customer", Text("Klant", "Customer")),
                column("first_at", Text("Eerste gesprek", "First call"), **moment_settings()),
                column("last_at", Text("Laatste gesprek", "Last call"), **moment_settings()),
                column("calls", Text("Gesprekken", "Calls"), custom__width=120),
                column(
                    "failed",
                    Text("Mislukt in werktijd", "Failed in working hours"),
                    thresholds=thresholds(in_text(((None, CALM), (1, WARNING), (3, ALARM)))),
                    custom__cellOptions=COLOURED_WORDS,
                    custom__width=170,
                ),
                column(
                    "returned_in_target",
                    Text("Op tijd teruggebeld", "Returned in target"),
                    custom__width=170,
                ),
                column(
                    "unreturned",
                    Text("Niet teruggebeld", "Not returned"),
                    thresholds=thresholds(in_text(((None, CALM), (1, ALARM)))),
                    custom__cellOptions=COLOURED_WORDS,
                    custom__width=150,
                ),
            ],
        )
    ]


def _bottom() -> list[Json]:
    return [
        bars_of(
            Text("Inkomende gesprekken per uur", "Incoming calls per hour"),
            CALLS,
            by.hour,
            [Shown(measures.answered, "green"), Shown(measures.missed, "red")],
            width=16,
            height=9,
            filter_on=OF_CHOSEN,
            report="call-response",
        ),
        age_tile(width=4, height=9),
        gaps_tile(width=4, height=9),
    ]


BUSINESS = Board(
    uid="business",
    title=Text("Klantbereikbaarheid", "Business productivity"),
    rows=[_tiles(), _callers(), _bottom()],
    variables=[site_variable(), ddi_variable()],
    refresh="30s",
    period=TODAY,
)
