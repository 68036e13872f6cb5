"""Bars that stand: over time, or over another scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reportgen.catalogue import dimensions as by
from reportgen.catalogue.charts import counted
from reportgen.catalogue.parts import Bars, Dimension, OverTime
from reportgen.catalogue.parts import Figure as CountedFigure
from reportgen.further import Table
from reportgen.render.charts.look import INK, Drawing, Look, legend, plain, scale, style
from reportgen.run import Result
from reportgen.texts import _, locale
from reportgen.units import MOMENTS, Writer

HEIGHT = 2.5
MOST_PLACES = 3000
MOST_MARKS = 12
INCHES_BETWEEN_MARKS = 0.65
BARS_AS_AREA = 200
"""From so many stretches of time on, bars would be hairs: an area is drawn."""
MOST_NAMED = 14
"""Stretches of time that are all named on the axis."""
LONGEST_BY_HOUR, LONGEST_BY_DAY = timedelta(days=3), timedelta(days=100)
_PER = {"hour": _("Per hour"), "day": _("Per day"), "month": _("Per month")}


@dataclass(frozen=True, slots=True)
class _Series:
    places: list[Any]
    heights: list[list[float]]
    line: list[float | None]


def over_time(chart: OverTime, result: Result, look: Look) -> list[Drawing]:
    """Bars for the hours, days or months of the period."""
    period, subject = result.question.period, result.question.report.subject
    length = period.end - period.start
    by_hour = length <= LONGEST_BY_HOUR and subject.cut_at is None
    x = by.hour if by_hour else by.day if length <= LONGEST_BY_DAY else by.month
    return _drawn(Bars(x, chart.y, chart.line), result, look, look.text(_PER[x.name]))


def bars(chart: Bars, result: Result, look: Look) -> list[Drawing]:
    caption = look.text(_PER[chart.x.name]) if chart.x.name in _PER else look.text(chart.x.title)
    return _drawn(chart, result, look, caption)


def _drawn(chart: Bars, result: Result, look: Look, caption: str) -> list[Drawing]:
    figures = (*chart.y, *([chart.line] if chart.line else []))
    table = _table(result, chart.x, figures)
    if not table.rows or len(table.rows) > MOST_PLACES:
        return []
    series = _series(chart, table)
    return [Drawing(caption, HEIGHT, lambda figure: _draw(figure, chart, series, look))]


def _table(result: Result, x: Dimension, figures: tuple[CountedFigure, ...]) -> Table:
    report = result.question.report
    if (
        report.dimensions == (x,)
        and set(figures) <= set(report.figures)
        and isinstance(result.rows, tuple)
        and result.is_whole
    ):
        return Table(result.columns, result.rows)
    return result.further.table(counted(report, (x,), figures))


def _series(chart: Bars, table: Table) -> _Series:
    x = table.place(chart.x.name)
    line = table.place(chart.line.name) if chart.line else None
    return _Series(
        [row[x] for row in table.rows],
        [[plain(row[table.place(figure.name)]) for row in table.rows] for figure in chart.y],
        [] if line is None else [None if row[line] is None else float(row[line]) for row in table.rows],
    )


def _draw(figure: Figure, chart: Bars, series: _Series, look: Look) -> None:
    axes = figure.add_subplot()
    by_time = chart.x.unit in MOMENTS
    titles = [look.text(each.title) for each in chart.y]
    if by_time and len(series.places) > BARS_AS_AREA:
        axes.stackplot(
            series.places, *series.heights, labels=titles, colors=look.colours, linewidth=0, step="post"
        )
    else:
        _bars(axes, series, titles, look.colours, by_time=by_time)
    if by_time:
        _time_axis(axes, chart.x, series.places, look.writer)
    else:
        most = min(MOST_MARKS, int(figure.get_figwidth() / INCHES_BETWEEN_MARKS))
        scale(axes.xaxis, chart.x.unit, look.writer, most=most)
    style(axes)
    scale(axes.yaxis, chart.y[0].unit, look.writer, most=5)
    if chart.line is not None:
        _line(axes, series, look.text(chart.line.title), by_time=by_time)
    legend(figure)


def _bars(axes: Axes, series: _Series, titles: list[str], colours: Sequence[str], *, by_time: bool) -> None:
    bottom = [0.0] * len(series.places)
    # In days, which is what matplotlib measures time in.
    width = _step(series.places) * 0.8 if by_time else 0.8
    for heights, title, colour in zip(series.heights, titles, colours, strict=False):
        axes.bar(
            series.places,
            heights,
            width=width,
            bottom=bottom,
            label=title,
            color=colour,
            align="edge" if by_time else "center",
        )
        bottom = [low + high for low, high in zip(bottom, heights, strict=True)]


def _named(x: Dimension, moment: datetime, writer: Writer) -> str:
    local = writer.local(moment)
    if x is by.month:
        return writer.month(moment)
    if x is by.day:
        return format_date(local.date(), "EEE dd-MM", locale=locale(writer.language))
    return f"{local:%H:%M}"


def _step(moments: Sequence[datetime]) -> float:
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    return min(gaps, default=3600) / 86400


def _time_axis(axes: Axes, x: Dimension, places: Sequence[datetime], writer: Writer) -> None:
    if len(places) <= MOST_NAMED:
        middle = timedelta(days=_step(places) * 0.4)
        marks: list[Any] = [place + middle for place in places]
        axes.set_xticks(marks, [_named(x, place, writer) for place in places])
        return
    locator = AutoDateLocator(tz=writer.zone, minticks=5, maxticks=14)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    plain_form = ["%Y", "%m-%Y", "%d-%m", "%H:%M", "%H:%M", "%S"]
    at_zero = ["%Y", "%Y", "%d-%m", "%d-%m", "%H:%M", "%H:%M"]
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(  # type: ignore[no-untyped-call]
            locator, tz=writer.zone, formats=plain_form, zero_formats=at_zero, show_offset=False
        )
    )


def _line(axes: Axes, series: _Series, title: str, *, by_time: bool) -> None:
    second = axes.twinx()
    places, values = _broken(series, by_time=by_time)
    second.plot(
        places,
        values,
        color=INK,
        linewidth=1.2,
        marker="o",
        markersize=2.5,
        label=title if "%" in title else f"{title} (%)",
    )
    second.set_ylim(0, 105)
    second.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    style(second)
    second.grid(visible=False)


def _broken(series: _Series, *, by_time: bool) -> tuple[list[Any], list[float]]:
    """The line, each value in the middle of its bar, interrupted where nothing was counted."""
    values = [float("nan") if value is None else value for value in series.line]
    if not by_time:
        return series.places, values
    step = timedelta(days=_step(series.places))
    places, line = [], []
    for place, (moment, value) in enumerate(zip(series.places, values, strict=True)):
        # A day can have an hour more than its neighbour.
        if place and moment - series.places[place - 1] > step * 1.2:
            places.append(moment - step / 2)
            line.append(float("nan"))
        places.append(moment + step * 0.4)
        line.append(value)
    return places, line
