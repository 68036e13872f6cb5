"""A report's chart as a vector picture."""

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reportgen.catalogue.parts import Chart
from reportgen.catalogue.parts import Figure as CountedFigure
from reportgen.run import Result, Row
from reportgen.units import DURATION, MOMENTS, Writer, hms

COLOURS = ("#1b6b7f", "#e0905c", "#9bb8c4", "#6d7f8b")
LINE_COLOUR = "#2b2f36"
GRID_COLOUR = "#d9e0e4"
_MEASURED_FONT = "DejaVu Sans"
"""Comes with matplotlib, so that room for labels can be measured; the picture names another."""
_SETTINGS = threading.Lock()
"""Matplotlib's settings belong to the process; charts are drawn one at a time."""
MOST_BARS = 25
"""Of things that are no stretch of time; the biggest are drawn."""
FEWEST_PLACES = 8
LETTERS_IN_A_ROW = 130
"""Of labels that fit side by side."""
MOST_MOMENTS = 3000
BARS_AS_AREA = 200
"""From so many stretches of time on, bars would be hairs: an area is drawn."""


@dataclass(frozen=True, slots=True)
class _Series:
    labels: list[Any]
    heights: list[list[float]]
    line: list[float | None]


def chart_svg(
    result: Result, writer: Writer, *, font: str, width: float = 9.6, height: float = 2.7
) -> str | None:
    """SVG of the report's chart; None when it has none, or nothing to draw.

    Args:
        font: family of the labels; they stay text, set by whoever shows the picture.
        width, height: inches.
    """
    chart = result.chart
    rows = list(result.rows) if chart is not None else []
    if chart is None or not rows or len(rows) > MOST_MOMENTS:
        return None
    settings: dict[Any, Any] = {
        "svg.fonttype": "none",
        "font.family": _MEASURED_FONT,
        "font.size": 8,
        "svg.hashsalt": "chart",
    }
    with _SETTINGS, rc_context(settings):
        figure = Figure(figsize=(width, height), layout="constrained")
        _draw(figure.add_subplot(), chart, _series(chart, result, rows, writer), writer)
        picture = io.StringIO()
        figure.savefig(picture, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = picture.getvalue()
    return text[text.index("<svg") :].replace(_MEASURED_FONT, font)


def _series(chart: Chart, result: Result, rows: Sequence[Row], writer: Writer) -> _Series:
    places = {column.name: place for place, column in enumerate(result.columns)}

    def of(figure: CountedFigure) -> int:
        return places[figure.name]

    if not _is_scale(chart):
        rows = sorted(rows, key=lambda row: -sum(row[of(figure)] for figure in chart.y))[:MOST_BARS]
    else:
        rows = sorted(rows, key=lambda row: row[places[chart.x.name]])
    labels = [_label(chart, row[places[chart.x.name]], writer) for row in rows]
    line = [_plain(row[of(chart.line)]) for row in rows] if chart.line else []
    return _Series(labels, [[_plain(row[of(figure)]) or 0 for row in rows] for figure in chart.y], line)


def _label(chart: Chart, value: Any, writer: Writer) -> Any:
    # Moments stay moments in UTC: on a day with 25 hours each hour has its own place.
    return value if _is_scale(chart) else writer.write(chart.x.unit, value) or "–"


def _is_scale(chart: Chart) -> bool:
    """Whether places on the axis lie as far apart as their values, and not side by side."""
    return chart.x.unit in MOMENTS or chart.x.unit is DURATION


def _plain(value: Any) -> float | None:
    return float(value) if isinstance(value, Decimal | int) else value


def _draw(axes: Axes, chart: Chart, series: _Series, writer: Writer) -> None:
    by_time = chart.x.unit in MOMENTS
    titles = [writer.text(figure.title) for figure in chart.y]
    if by_time and len(series.labels) > BARS_AS_AREA:
        axes.stackplot(series.labels, *series.heights, labels=titles, colors=COLOURS, linewidth=0)
    else:
        _bars(axes, series, titles, by_time=by_time)
    if by_time:
        _time_axis(axes, writer)
    elif chart.x.unit is DURATION:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: hms(round(value))))
    else:
        letters = sum(len(label) + 2 for label in series.labels)
        axes.tick_params(axis="x", rotation=45 if letters > LETTERS_IN_A_ROW else 0)
    _style(axes)
    if not _is_scale(chart):
        # Of few bars none gets as wide as a door.
        axes.set_xlim(-0.6, max(len(series.labels), FEWEST_PLACES) - 0.4)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    write = hms if chart.y[0].unit is DURATION else writer.count
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: write(round(value))))
    if chart.line is not None:
        _line(axes, series, writer.text(chart.line.title), by_time=by_time, is_scale=_is_scale(chart))
    axes.figure.legend(loc="outside upper left", ncols=5, frameon=False, fontsize=8, handlelength=1.2)


def _bars(axes: Axes, series: _Series, titles: list[str], *, by_time: bool) -> None:
    bottom = [0.0] * len(series.labels)
    # In days, which is what matplotlib measures time in.
    width = _step(series.labels) * 0.8 if by_time else 0.7
    for heights, title, colour in zip(series.heights, titles, COLOURS, strict=False):
        axes.bar(
            series.labels,
            heights,
            width=width,
            bottom=bottom,
            label=title,
            color=colour,
            align="edge" if by_time else "center",
        )
        bottom = [low + high for low, high in zip(bottom, heights, strict=True)]


def _step(moments: Sequence[datetime]) -> float:
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    return min(gaps, default=3600) / 86400


def _time_axis(axes: Axes, writer: Writer) -> None:
    locator = AutoDateLocator(tz=writer.zone, minticks=5, maxticks=14)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    plain = ["%Y", "%m-%Y", "%d-%m", "%H:%M", "%H:%M", "%S"]
    at_zero = ["%Y", "%Y", "%d-%m", "%d-%m", "%H:%M", "%H:%M"]
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(  # type: ignore[no-untyped-call]
            locator, tz=writer.zone, formats=plain, zero_formats=at_zero, show_offset=False
        )
    )


def _line(axes: Axes, series: _Series, title: str, *, by_time: bool, is_scale: bool) -> None:
    second = axes.twinx()
    labels, values = _broken(series, by_time=by_time)
    second.plot(
        labels,
        values,
        color=LINE_COLOUR,
        linewidth=1.2 if is_scale else 0,
        marker="o",
        markersize=2.5,
        label=f"{title} (%)",
    )
    second.set_ylim(0, 105)
    second.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    _style(second)
    second.grid(visible=False)


def _broken(series: _Series, *, by_time: bool) -> tuple[list[Any], list[float]]:
    """The line, each value in the middle of its bar, interrupted where nothing was counted."""
    values = [float("nan") if value is None else value for value in series.line]
    if not by_time:
        return series.labels, values
    step = timedelta(days=_step(series.labels))
    labels, line = [], []
    for place, (moment, value) in enumerate(zip(series.labels, values, strict=True)):
        if place and moment - series.labels[place - 1] > step:
            labels.append(moment - step / 2)
            line.append(float("nan"))
        labels.append(moment + step * 0.4)
        line.append(value)
    return labels, line


def _style(axes: Axes) -> None:
    axes.grid(axis="y", color=GRID_COLOUR, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID_COLOUR)
    axes.tick_params(length=0, colors="#4a545c", labelsize=8)
    axes.margins(x=0.01)
