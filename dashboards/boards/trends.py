"""How calls and their handling develop over days; the period is the reader's choice."""

from dashboards.board import Board
from dashboards.figures import Shown, bars_of, lines_of
from dashboards.panels import Json
from dashboards.texts import Text
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures
from reportgen.catalogue.subjects import CALLS


def _calls() -> list[Json]:
    return [
        bars_of(
            Text("Inkomende gesprekken per dag", "Incoming calls per day"),
            CALLS,
            by.day,
            [Shown(measures.answered, "green"), Shown(measures.missed, "red")],
            width=24,
            height=9,
        )
    ]


def _service() -> list[Json]:
    return [
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
            height=8,
        ),
        lines_of(
            Text("Wachten per dag", "Waiting per day"),
            CALLS,
            by.day,
            [Shown(measures.average_answer, "green"), Shown(measures.average_wait, "orange")],
            width=12,
            height=8,
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
            width=12,
            height=8,
        ),
        lines_of(
            Text("Gemiddelde gesprekstijd per dag", "Average talk time per day"),
            CALLS,
            by.day,
            [Shown(measures.average_incoming_talk, "blue"), Shown(measures.average_outgoing_talk, "green")],
            width=12,
            height=8,
        ),
    ]


TRENDS = Board(
    uid="trends",
    title=Text("Trends", "Call trends"),
    rows=[_calls(), _service(), _volume()],
    refresh="5m",
    period=("now-30d/d", "now/d"),
)
