"""What everybody's own dashboard begins with: GoS, PCA, caller tolerance and calls per hour."""

from functools import partial

from dashboards.board import TODAY, Board
from dashboards.colours import SHARE_STEPS
from dashboards.figures import Shown, bars_of, gauge_of
from dashboards.panels import Json
from dashboards.report_panels import report_chart
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import DDI, SITE, ddi_variable, site_variable
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures
from reportgen.catalogue.subjects import CALLS

OF_CHOSEN = {"site": [SITE], "ddi": [DDI]}
gauge = partial(
    gauge_of,
    CALLS,
    width=6,
    height=11,
    steps=SHARE_STEPS,
    filter_on=OF_CHOSEN,
    when=Text("vandaag", "today"),
    report="call-response",
)


def _service() -> list[Json]:
    return [
        gauge(measures.gos),
        gauge(measures.pca),
        report_chart("caller-tolerance", width=12, height=11, filter_on=OF_CHOSEN),
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
            height=12,
            filter_on=OF_CHOSEN,
            report="hourly-activity",
        )
    ]


MY_DASHBOARD = Board(
    uid="my-dashboard",
    title=Text("Mijn dashboard", "My Dashboard"),
    rows=[_service(), _hours(), [age_tile(width=12, height=3), gaps_tile(width=12, height=3)]],
    variables=[site_variable(), ddi_variable()],
    refresh="30s",
    period=TODAY,
)
