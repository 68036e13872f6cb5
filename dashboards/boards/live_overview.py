"""The board for the big screen: what happens now, and how today goes."""

from functools import partial

from dashboards import live
from dashboards.board import TODAY, Board
from dashboards.colours import AGENT_STATES, ALARM, SHARE_STEPS, WAIT_STEPS, WARNING, in_text
from dashboards.figures import bars_over_time, figure
from dashboards.panels import CALM, DURATION, Json, column, sql, stat, table, thresholds
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile

tile = partial(stat, width=4, height=5)


def _now() -> list[Json]:
    return [
        tile(
            Text("Gesprekken nu", "Calls now"),
            [sql(live.TALKING)],
            description=Text("Gesprekken waarin nu iemand spreekt.", "Calls in which somebody talks now."),
        ),
        tile(
            Text("Gaat over", "Ringing"),
            [sql(live.RINGING)],
            description=Text("Gesprekken die nu overgaan.", "Calls that ring now."),
        ),
        tile(
            Text("Wachtenden", "Callers waiting"),
            [sql(live.WAITING)],
            steps=((None, CALM), (3, WARNING), (6, ALARM)),
            description=Text("Bellers die nu in een wachtrij staan.", "Callers in a queue now."),
        ),
        tile(
            Text("Langste wachttijd nu", "Longest wait now"),
            [sql(live.LONGEST_WAIT)],
            unit=DURATION,
            steps=WAIT_STEPS,
            description=Text(
                "Van de bellers die nu wachten, degene die het langst wacht.",
                "Of the callers waiting now, the one who waits longest.",
            ),
        ),
        tile(
            Text("Agents beschikbaar", "Agents available"),
            [sql(live.AVAILABLE_AGENTS)],
            steps=((None, ALARM), (1, WARNING), (2, CALM)),
            description=Text(
                "Aangemelde agents die nu een gesprek kunnen aannemen.",
                "Signed-in agents who can take a call now.",
            ),
        ),
        age_tile(width=4, height=5),
    ]


def _today() -> list[Json]:
    response = partial(figure, "call-response", when=Text("vandaag", "today"), width=4, height=5)
    return [
        response("offered"),
        response("answered"),
        response("missed"),
        response("gos", steps=SHARE_STEPS),
        response("pca", steps=SHARE_STEPS),
        gaps_tile(width=4, height=5),
    ]


def _hours() -> list[Json]:
    return [
        bars_over_time(
            Text("Inkomende gesprekken per uur, vandaag", "Incoming calls per hour, today"),
            "call-response",
            [("answered", "green"), ("missed", "red")],
            width=24,
            height=8,
        )
    ]


def _lists() -> list[Json]:
    return [
        table(
            Text("Wachtrijen nu", "Queues now"),
            [sql(live.QUEUES)],
            width=12,
            height=10,
            columns=[
                column("queue", Text("Wachtrij", "Queue")),
                column("waiting", Text("Wachtend", "Waiting"), custom__width=110),
                column(
                    "longest_wait_seconds",
                    Text("Langste wachttijd", "Longest wait"),
                    unit=DURATION,
                    thresholds=thresholds(in_text(WAIT_STEPS)),
                    custom__cellOptions={"type": "color-text"},
                    custom__width=180,
                ),
                column("available", Text("Beschikbaar", "Available"), custom__width=120),
                column("staffed", Text("Aangemeld", "Signed in"), custom__width=120),
            ],
        ),
        table(
            Text("Agents nu", "Agents now"),
            [sql(live.AGENTS)],
            width=12,
            height=10,
            columns=[
                column("agent", Text("Agent", "Agent")),
                column("extension", Text("Toestel", "Extension"), custom__width=110),
                column(
                    "state",
                    Text("Toestand", "State"),
                    mappings=AGENT_STATES,
                    custom__cellOptions={"type": "color-background", "mode": "basic"},
                    custom__width=160,
                ),
                column("reason", Text("Reden", "Reason"), custom__width=160),
                column("state_seconds", Text("Sinds", "For"), unit=DURATION, custom__width=120),
            ],
        ),
    ]


LIVE_OVERVIEW = Board(
    uid="live-overview",
    title=Text("Live overzicht", "Live overview"),
    rows=[_now(), _today(), _lists(), _hours()],
    refresh="5s",
    period=TODAY,
)
