"""The board for the big screen: what happens now, and how today goes."""

from functools import partial

from dashboards import live
from dashboards.board import TODAY, Board
from dashboards.colours import ALARM, SHARE_STEPS, WAIT_STEPS, WARNING
from dashboards.figures import Shown, bars_of, figure_of
from dashboards.links import live_link
from dashboards.panels import CALM, DURATION, Json, sql, stat
from dashboards.tables import agents_table, queues_table
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures
from reportgen.catalogue.subjects import CALLS

tile = partial(stat, width=4, height=4, links=[live_link()])


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
        age_tile(width=4, height=4),
    ]


def _today() -> list[Json]:
    figure = partial(
        figure_of, CALLS, when=Text("vandaag", "today"), width=4, height=4, report="call-response"
    )
    return [
        figure(measures.offered),
        figure(measures.answered),
        figure(measures.missed),
        figure(measures.gos, steps=SHARE_STEPS),
        figure(measures.pca, steps=SHARE_STEPS),
        gaps_tile(width=4, height=4),
    ]


def _hours() -> list[Json]:
    return [
        bars_of(
            Text("Inkomende gesprekken per uur, vandaag", "Incoming calls per hour, today"),
            CALLS,
            by.hour,
            [Shown(measures.answered, "green"), Shown(measures.missed, "red")],
            width=24,
            height=9,
            report="call-response",
        )
    ]


def _lists() -> list[Json]:
    return [queues_table(width=12, height=10), agents_table(width=12, height=10)]


LIVE_OVERVIEW = Board(
    uid="live-overview",
    title=Text("Live overzicht", "Live overview"),
    rows=[_now(), _today(), _lists(), _hours()],
    refresh="5s",
    period=TODAY,
)
