"""The tiles that every login's boards begin with."""

from reportgen.catalogue import now
from reportgen.tiles.definition import Step, Tile, TileColour, TileForm

MORE_IS_BETTER = (
    Step(None, TileColour.RED),
    Step(70, TileColour.ORANGE),
    Step(80, TileColour.GREEN),
)
"""Percentages: 80 % is the usual service level."""
WAITS = (Step(None, TileColour.CALM), Step(20, TileColour.ORANGE), Step(60, TileColour.RED))
"""Seconds: orange from the usual answer target on."""
QUEUE = (Step(None, TileColour.CALM), Step(3, TileColour.ORANGE), Step(6, TileColour.RED))
NOBODY = (Step(None, TileColour.RED), Step(1, TileColour.CALM))
TO_CALL_BACK = (Step(None, TileColour.CALM), Step(1, TileColour.ORANGE), Step(10, TileColour.RED))


def _today(figure: str, steps: tuple[Step, ...] = (), width: int = 1) -> Tile:
    return Tile(
        report="call-response",
        form=TileForm.FIGURE,
        figure=figure,
        steps=steps,
        width=width,
        refresh_seconds=30,
    )


def _now(figure: str, steps: tuple[Step, ...]) -> Tile:
    return Tile(report=now.SLUG, form=TileForm.FIGURE, figure=figure, steps=steps, refresh_seconds=5)


UNRETURNED = Tile(
    report="unreturned-missed-calls",
    form=TileForm.FIGURE,
    figure="unreturned",
    steps=TO_CALL_BACK,
    refresh_seconds=30,
)
DASHBOARD = (
    Tile(
        report="call-response",
        form=TileForm.GAUGE,
        figure="gos",
        steps=MORE_IS_BETTER,
        width=2,
        height=2,
        refresh_seconds=30,
    ),
    Tile(
        report="call-response",
        form=TileForm.GAUGE,
        figure="pca",
        steps=MORE_IS_BETTER,
        width=2,
        height=2,
        refresh_seconds=30,
    ),
    Tile(report="caller-tolerance", form=TileForm.CHART, width=2, height=2),
    Tile(report="hourly-activity", form=TileForm.CHART, width=2, height=2),
)
WALLBOARD = (
    _today("offered"),
    _today("answered"),
    _today("missed"),
    UNRETURNED,
    _today("gos", MORE_IS_BETTER, width=2),
    _today("pca", MORE_IS_BETTER, width=2),
)
"""Of the first view."""
LIVE_WALLBOARD = (
    _now("waiting", QUEUE),
    _now("longest_wait", WAITS),
    _now("idle", NOBODY),
    _now("busy", ()),
)
"""Before those, for whom calls of now exist (Premium)."""
