"""Who waits now and how long, by queue, by hunt group and by direct number."""

from functools import partial

from dashboards import call_centre, queues
from dashboards.board import TODAY, Board
from dashboards.colours import ALARM, WAIT_STEPS, WARNING
from dashboards.links import board_link, live_link, report_link
from dashboards.panels import CALM, DURATION, Json, column, sql, stat, table
from dashboards.tables import wait_column
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import ddi_variable, hunt_group_variable, queue_variable

tile = partial(stat, width=5, height=4)
QUEUE_STEPS = ((None, CALM), (3, WARNING), (6, ALARM))
LONGEST = Text("Langste wachttijd", "Longest wait")
LAST = Text("Laatste wachttijd", "Last wait")


def _tiles() -> list[Json]:
    return [
        tile(
            Text("Wachtenden", "Queue length"),
            [sql(call_centre.WAITING)],
            steps=QUEUE_STEPS,
            links=[live_link()],
        ),
        tile(LONGEST, [sql(call_centre.LONGEST_WAIT)], unit=DURATION, steps=WAIT_STEPS, links=[live_link()]),
        tile(
            Text("Vrije agents", "Agents idle"),
            [sql(call_centre.AGENTS)],
            field="idle",
            steps=((None, ALARM), (1, CALM)),
            links=[live_link()],
        ),
        age_tile(width=5, height=4),
        gaps_tile(width=4, height=4),
    ]


def _queues() -> list[Json]:
    wallboard = board_link(
        "call-centre",
        Text("Wallboard van deze wachtrij", "This queue's wallboard"),
        "var-queue=${__data.fields.pbx_name:percentencode}",
    )
    return [
        table(
            Text("Wachtrijen", "Queues"),
            [sql(queues.QUEUES)],
            width=24,
            height=11,
            columns=[
                column("queue", Text("Wachtrij", "Queue"), links=[wallboard]),
                column("pbx_name", Text("Naam in de centrale", "Name on the PBX"), custom__hidden=True),
                column("waiting", Text("Wachtend", "Waiting"), custom__width=120),
                wait_column("longest_wait_seconds", LONGEST),
                wait_column("expected_wait_seconds", Text("Verwachte wachttijd", "Expected wait")),
                wait_column("last_wait_seconds", LAST),
                column("idle", Text("Vrije agents", "Agents idle"), custom__width=140),
            ],
        )
    ]


def _others() -> list[Json]:
    waits = [wait_column("longest_wait_seconds", LONGEST), wait_column("last_wait_seconds", LAST)]
    return [
        table(
            Text("Huntgroepen", "Hunt groups"),
            [sql(queues.HUNT_GROUPS)],
            width=10,
            height=11,
            columns=[
                column("hunt_group", Text("Huntgroep", "Hunt group")),
                column("ringing", Text("Gaat over", "Ringing"), custom__width=110),
                *waits,
            ],
            description=Text(
                "Inkomende gesprekken die nu bij leden overgaan.", "Incoming calls that ring at members now."
            ),
        ),
        table(
            Text("Directe nummers", "Direct numbers"),
            [sql(queues.LINES)],
            width=14,
            height=11,
            columns=[
                column("line", Text("Lijn", "Line")),
                column(
                    "ddi",
                    Text("Direct nummer", "Direct number"),
                    custom__width=170,
                    links=[report_link("calls-by-ddi", "ddi=${__value.raw:percentencode}")],
                ),
                column("waiting", Text("Wachtend", "Waiting"), custom__width=110),
                *waits,
            ],
            description=Text(
                "Gesprekken die overgaan of in een wachtrij staan.", "Calls that ring, or wait in a queue."
            ),
        ),
    ]


QUEUES_NOW = Board(
    uid="queues-now",
    title=Text("Wachtrijen nu", "Queues now"),
    rows=[_tiles(), _queues(), _others()],
    variables=[queue_variable(), hunt_group_variable(), ddi_variable()],
    refresh="5s",
    period=TODAY,
)
