"""How today goes for the whole company, and how it compares: incoming, outgoing and internal calls."""

from functools import partial

from dashboards.board import TODAY, Board
from dashboards.colours import SHARE_STEPS
from dashboards.figures import Shown, bars_of, figure_of, report_table
from dashboards.panels import Json
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures
from reportgen.catalogue.subjects import CALLS

tile = partial(figure_of, CALLS, width=4, height=5, when=Text("vandaag", "today"))


def _counts() -> list[Json]:
    counts = (measures.total, measures.incoming, measures.outgoing, measures.internal, measures.missed)
    return [*(tile(measure) for measure in counts), age_tile(width=4, height=5)]


def _response() -> list[Json]:
    return [
        tile(measures.offered),
        tile(measures.answered),
        tile(measures.gos, steps=SHARE_STEPS),
        tile(measures.pca, steps=SHARE_STEPS),
        tile(measures.average_talk),
        gaps_tile(width=4, height=5),
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
        )
    ]


COMPANY_OVERVIEW = Board(
    uid="company-overview",
    title=Text("Bedrijfsoverzicht", "Company overview"),
    rows=[
        _counts(),
        _response(),
        _hours(),
        [report_table("department-activity", width=24, height=9)],
    ],
    refresh="30s",
    period=TODAY,
)
