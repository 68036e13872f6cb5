"""Whom to call back: missed calls that nobody returned."""

from dashboards.board import Board
from dashboards.colours import ALARM, WARNING
from dashboards.figures import report_figure, report_table
from dashboards.panels import CALM, Json
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile


def _tiles() -> list[Json]:
    return [
        report_figure(
            "unreturned-missed-calls",
            "unreturned",
            width=6,
            height=5,
            steps=((None, CALM), (1, WARNING), (10, ALARM)),
        ),
        report_figure("unreturned-missed-calls", "callers", width=6, height=5),
        age_tile(width=6, height=5),
        gaps_tile(width=6, height=5),
    ]


CALL_BACK = Board(
    uid="call-back",
    title=Text("Terugbellen", "Calls to return"),
    rows=[
        _tiles(),
        [report_table("unreturned-missed-calls", width=24, height=11)],
        [report_table("unanswered-missed-calls", width=24, height=11)],
    ],
    refresh="30s",
    period=("now-6d/d", "now/d"),
)
