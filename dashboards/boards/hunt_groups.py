"""How hunt groups deal with their calls, over any period."""

from functools import partial

from sqlalchemy import ColumnElement

from dashboards.board import Board
from dashboards.colours import SHARE_STEPS
from dashboards.figures import Shown, bars_of, figure_of, lines_of, table_panel
from dashboards.links import report_link
from dashboards.panels import Json
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import GROUP, hunt_group_variable
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import find_report, measures
from reportgen.catalogue import group_measures as g
from reportgen.catalogue.parts import Columns, Report
from reportgen.catalogue.subjects import VISITS
from reportgen.compile import GrafanaMacros, read_selections
from store.vocabulary import GroupKind

OF_CHOSEN = {"contact-group": [GROUP]}
OVERVIEW = "contact-group-overview"


def _is_hunt_group(c: Columns) -> ColumnElement[bool]:
    return c.group_kind == GroupKind.HUNT_GROUP.value


tile = partial(
    figure_of, VISITS, width=4, height=4, filter_on=OF_CHOSEN, only=_is_hunt_group, report=OVERVIEW
)


def _tiles() -> list[Json]:
    return [
        tile(g.visit_offered),
        tile(measures.answered),
        tile(g.visit_missed),
        tile(measures.gos, steps=SHARE_STEPS),
        tile(measures.pca, steps=SHARE_STEPS),
        tile(measures.average_answer),
    ]


def _table() -> list[Json]:
    overview = find_report(OVERVIEW)
    report = Report(
        slug=OVERVIEW,
        section="",
        folder=overview.folder,
        title=overview.title,
        subject=VISITS,
        summary=(),
        dimensions=(by.contact_group,),
        figures=(
            g.visit_offered,
            measures.answered,
            g.visit_missed,
            g.overflowed,
            measures.gos,
            measures.pca,
            g.visit_average_talk,
            measures.average_answer,
        ),
        only=_is_hunt_group,
    )
    link = report_link(OVERVIEW, "contact-group=${__value.raw:percentencode}")
    return [
        table_panel(
            report,
            GrafanaMacros(),
            read_selections(report, OF_CHOSEN),
            width=24,
            height=9,
            title=Text("Belgroepen", "Hunt groups"),
            links={by.contact_group.name: [link]},
        )
    ]


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
            only=_is_hunt_group,
            report=OVERVIEW,
        ),
        lines_of(
            Text("Bereikbaarheid per dag", "Service per day"),
            VISITS,
            by.day,
            [Shown(measures.gos, "blue"), Shown(measures.pca, "purple")],
            width=12,
            height=9,
            filter_on=OF_CHOSEN,
            only=_is_hunt_group,
            report=OVERVIEW,
        ),
    ]


HUNT_GROUPS = Board(
    uid="hunt-groups",
    title=Text("Belgroepen", "Hunt groups"),
    rows=[_tiles(), _table(), _over_time(), [age_tile(width=12, height=3), gaps_tile(width=12, height=3)]],
    variables=[hunt_group_variable()],
    refresh="1m",
    period=("now-6d/d", "now/d"),
)
