"""The wallboard of a call centre: twelve tiles for the queues that are chosen."""

from functools import partial

from dashboards import call_centre as query
from dashboards.board import TODAY, Board
from dashboards.colours import ALARM, WAIT_STEPS, WARNING
from dashboards.figures import figure_of
from dashboards.links import live_link, report_link
from dashboards.panels import CALM, DURATION, Json, sql, stat
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import QUEUE, queue_variable
from reportgen.catalogue import measures
from reportgen.catalogue.call_centre_reports import queue_performance
from reportgen.catalogue.parts import Measure
from reportgen.catalogue.subjects import VISITS

tile = partial(stat, width=6, height=7, links=[live_link()])
NOBODY_FREE = ((None, ALARM), (1, CALM))


def _waits() -> list[Json]:
    return [
        tile(
            Text("Wachtenden", "Queue length"),
            [sql(query.WAITING)],
            steps=((None, CALM), (3, WARNING), (6, ALARM)),
            description=Text("Bellers die nu wachten.", "Callers who wait now."),
        ),
        tile(
            Text("Langste wachttijd", "Longest wait"),
            [sql(query.LONGEST_WAIT)],
            unit=DURATION,
            steps=WAIT_STEPS,
            description=Text("Van de bellers die nu wachten.", "Of the callers who wait now."),
        ),
        tile(
            Text("Verwachte wachttijd", "Expected wait"),
            [sql(query.EXPECTED_WAIT)],
            unit=DURATION,
            steps=WAIT_STEPS,
            description=Text(
                "Voor wie nu belt: (wachtenden + 1) × gemiddelde gesprekstijd en nawerk van vandaag "
                "/ agents die werken. Nul als er meer agents vrij zijn dan er bellers wachten.",
                "For who calls now: (callers waiting + 1) × today's average talk time and wrap-up / agents "
                "at work. Nothing when more agents are free than callers wait.",
            ),
        ),
        tile(
            Text("Laatste wachttijd", "Last wait"),
            [sql(query.LAST_WAIT)],
            unit=DURATION,
            steps=WAIT_STEPS,
            description=Text(
                "Van het gesprek dat het laatst is aangenomen, vandaag.", "Of the call answered last, today."
            ),
        ),
    ]


def _agents() -> list[Json]:
    return [
        tile(
            Text("Toegewezen agents", "Agents assigned"),
            [sql(query.AGENTS)],
            field="assigned",
            description=Text("Horen bij de wachtrij.", "Belong to the queue."),
        ),
        tile(
            Text("Aangemelde agents", "Agents staffed"),
            [sql(query.AGENTS)],
            field="staffed",
            steps=NOBODY_FREE,
            description=Text("Aangemeld, wat zij ook doen.", "Signed in, whatever they do."),
        ),
        tile(
            Text("Agents in gesprek", "Agents busy"),
            [sql(query.AGENTS)],
            field="busy",
        ),
        tile(
            Text("Vrije agents", "Agents idle"),
            [sql(query.AGENTS)],
            field="idle",
            steps=NOBODY_FREE,
            description=Text("Kunnen nu een gesprek aannemen.", "Can take a call now."),
        ),
    ]


def _today() -> list[Json]:
    return [
        tile(
            Text("Agents niet beschikbaar", "Agents unavailable"),
            [sql(query.AGENTS)],
            field="unavailable",
        ),
        tile(
            Text("Gemiddeld nawerk vandaag", "Average wrap-up today"),
            [sql(query.AVERAGE_WRAP_UP)],
            unit=DURATION,
            links=[report_link("agent-status-detail")],
        ),
        _total(measures.offered),
        _total(measures.answered),
    ]


def _total(measure: Measure) -> Json:
    chosen = {"contact-group": [QUEUE]}
    today = Text("vandaag", "today")
    return figure_of(
        VISITS,
        measure,
        filter_on=chosen,
        only=queue_performance.only,
        when=today,
        width=6,
        height=7,
        report=queue_performance.slug,
    )


CALL_CENTRE_WALLBOARD = Board(
    uid="call-centre",
    title=Text("Callcenter wallboard", "Call-centre wallboard"),
    rows=[_waits(), _agents(), _today(), [age_tile(width=12, height=5), gaps_tile(width=12, height=5)]],
    variables=[queue_variable()],
    refresh="5s",
    period=TODAY,
)
