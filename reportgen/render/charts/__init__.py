"""A report's charts as vector pictures, to scale, in the tenant's colour."""

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from reportgen.catalogue.parts import (
    Bars,
    Chart,
    FirstRows,
    HeatMap,
    OverTime,
    Shares,
    TimeLines,
    Top,
)
from reportgen.render.charts import heat_map, lying, standing, time_lines
from reportgen.render.charts.look import MEASURED_FONT, Drawing, Look
from reportgen.run import Result
from reportgen.units import Writer

_SETTINGS = threading.Lock()
"""Matplotlib's settings belong to the process; charts are drawn one at a time."""
NARROW, BROAD = 0.36, 0.62
"""Shares of the width, of two charts that stand side by side."""
NARROWEST_PAIR = 8.0
"""Inches: below it time lines stand under each other."""

_DRAWINGS: dict[type[Chart], Callable[..., list[Drawing]]] = {
    Bars: standing.bars,
    OverTime: standing.over_time,
    HeatMap: heat_map.heat_map,
    Top: lying.top,
    Shares: lying.shares,
    FirstRows: lying.first_rows,
    TimeLines: time_lines.time_lines,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing that can be shown."""

    caption: str
    svg: str
    share: float
    """Of the width that there is."""


def pictures(result: Result, writer: Writer, *, font: str, width: float = 9.6) -> list[Picture]:
    """The report's charts, in the order in which they are shown; none when there is nothing to draw.

    Args:
        font: family of the labels; they stay text, set by whoever shows the picture.
        width: inches.
    """
    look = Look(result.question.tenant.colour, writer)
    drawn = [
        (chart, drawing)
        for chart in result.question.report.charts
        for drawing in _DRAWINGS[type(chart)](chart, result, look)
    ]
    shares = _shares([chart for chart, _drawing in drawn], width)
    return [
        Picture(drawing.caption, _svg(drawing, font, width * share), share)
        for (_chart, drawing), share in zip(drawn, shares, strict=True)
    ]


def _shares(charts: Sequence[Chart], width: float) -> list[float]:
    """How wide each picture is, of the width that there is."""
    if width > NARROWEST_PAIR and all(isinstance(chart, TimeLines) for chart in charts):
        return [0.5] * len(charts)
    if len(charts) == 2 and any(isinstance(chart, Shares) for chart in charts):
        return [NARROW if isinstance(chart, Shares) else BROAD for chart in charts]
    return [1.0] * len(charts)


def first_picture(result: Result, writer: Writer, *, font: str, width: float, height: float) -> str | None:
    """SVG of the report's first chart, of a size in inches; None when there is nothing to draw."""
    look = Look(result.question.tenant.colour, writer)
    for chart in result.question.report.charts[:1]:
        for drawing in _DRAWINGS[type(chart)](chart, result, look)[:1]:
            return _svg(drawing, font, width, height)
    return None


def _svg(drawing: Drawing, font: str, width: float, height: float | None = None) -> str:
    settings: dict[Any, Any] = {
        "svg.fonttype": "none",
        "font.family": MEASURED_FONT,
        "font.size": 8,
        "svg.hashsalt": "chart",
        "text.parse_math": False,
        "hatch.linewidth": 0.6,
    }
    with _SETTINGS, rc_context(settings):
        figure = Figure(figsize=(width, height or drawing.height), layout="constrained")
        drawing.draw(figure)
        picture = io.StringIO()
        figure.savefig(picture, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = picture.getvalue()
    return text[text.index("<svg") :].replace(MEASURED_FONT, font)
