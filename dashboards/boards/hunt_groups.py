"""How hunt groups deal with their calls, over any period."""

from functools import partial

from dashboards.board import Board
from dashboards.colours import SHARE_STEPS
from dashboards.figures import Shown, bars_of, figure_of, lines_of
from dashboards.panels import Json
from dashboards.report_panels import report_figure, report_table
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import GROUP, hunt_group_variable
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import find_report, measures
from reportgen.catalogue import group_measures as g
from reportgen.catalogue.subjects import VISITS

REPORT = "hunt-group-activity"
OF_CHOSEN = {"contact-group": [GROUP]}
ONLY = find_report(REPORT).only
tile = partial(report_figure, REPORT, width=4, height=4, filter_on=OF_CHOSEN)


def _tiles() -> list[Json]:
    return [
        tile(g.visit_offered.name),
        tile(measures.answered.name),
        tile(g.visit_missed.name),
        tile(g.visit_gos.name, steps=SHARE_STEPS),
        tile(measures.pca.name, steps=SHARE_STEPS),
        figure_of(
            VISITS,
            measures.average_answer,
            width=4,
            height=4,
            filter_on=OF_CHOSEN,
            only=ONLY,
            report=REPORT,
        ),
    ]


def _table() -> list[Json]:
    row = {by.contact_group.name: "contact-group"}
    return [report_table(REPORT, width=24, height=9, filter_on=OF_CHOSEN, row=row)]


def _over_time() -> list[Json]:
    return [
        bars_of(
            Text("Gesprekken per dag", "Calls per day"),
            VISITS,
            by.day,
            [Shown(measures.answered, "green"), Shown(g.visit_missed, "red")],
            width=12,
            height=9,
            filter_on=OF_CHOSEN,
            only=ONLY,
            report=REPORT,
        ),
        lines_of(
            Text("Bereikbaarheid per dag", "Service per day"),
            VISITS,
            by.day,
            [Shown(g.visit_gos, "blue"), Shown(measures.pca, "purple")],
            width=12,
            height=9,
            filter_on=OF_CHOSEN,
            only=ONLY,
            report=REPORT,
        ),
    ]


HUNT_GROUPS = Board(
    uid="hunt-groups",
    title=Text("Huntgroepen", "Hunt groups"),
    rows=[_tiles(), _table(), _over_time(), [age_tile(width=12, height=3), gaps_tile(width=12, height=3)]],
    variables=[hunt_group_variable()],
    refresh="1m",
    period=("now-6d/d", "now/d"),
)
