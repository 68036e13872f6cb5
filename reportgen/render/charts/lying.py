"""Bars that lie, each with its name: the biggest, the parts of a whole, the first rows of a list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from matplotlib.figure import Figure

from reportgen.catalogue.charts import counted
from reportgen.catalogue.parts import Column, Dimension, FirstRows, Shares, Top
from reportgen.further import Table
from reportgen.render.charts.look import INK, SOFT, Drawing, Look, cleaned, legend, plain, scale, style
from reportgen.run import Result
from reportgen.texts import _
from reportgen.units import DURATION, Unit

MOST = 10
MOST_PARTS = 12
BAR_HEIGHT, AROUND = 0.21, 0.75
"""Inches: of one bar with its share of the gaps, and of legend and axis."""
MOST_GROUPS = 20_000


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    lengths: tuple[float, ...]
    note: str = ""


def top(chart: Top, result: Result, look: Look) -> list[Drawing]:
    """The ten biggest, biggest first."""
    figures = (*chart.y, *([chart.note] if chart.note else []))
    table = result.further.table(counted(result.question.report, chart.by, figures), limit=MOST_GROUPS)
    places = [table.place(figure.name) for figure in chart.y]
    found: dict[str, _Bar] = {}
    for row in table.rows:
        name = _name(chart.by, table, row, look)
        lengths = tuple(plain(row[place]) for place in places)
        note = _note(chart, table, row, look)
        if name in found:
            # Several keys of one name, such as the numbers of a campaign: a share of one is not theirs.
            before = found[name].lengths
            lengths, note = tuple(map(sum, zip(before, lengths, strict=True))), ""
        found[name] = _Bar(name, lengths, note)
    biggest = sorted(found.values(), key=lambda bar: -sum(bar.lengths))
    bars = [bar if bar.note else _with_sum(bar, chart, look) for bar in biggest[:MOST]]
    title = " · ".join(look.text(dimension.title) for dimension in chart.by)
    if len(biggest) > MOST:
        title = look.text(
            _("{what}: the ten biggest of {count}"), what=title, count=look.writer.count(len(biggest))
        )
    return _drawn(title, bars, chart.y[0].unit, [look.text(figure.title) for figure in chart.y], look)


def shares(chart: Shares, result: Result, look: Look) -> list[Drawing]:
    """Each part with its count and its share of the whole."""
    table = result.further.table(counted(result.question.report, (chart.by,), (chart.of,)))
    place = table.place(chart.of.name)
    whole = sum(plain(row[place]) for row in table.rows)
    parts = sorted((row for row in table.rows if row[place]), key=lambda row: -plain(row[place]))
    bars = [
        _Bar(
            _name((chart.by,), table, row, look),
            (plain(row[place]),),
            f"{look.writer.write(chart.of.unit, row[place])} ({100 * plain(row[place]) / whole:.0f}%)",
        )
        for row in parts[:MOST_PARTS]
    ]
    caption = look.text(
        _("{figure} by {what}"), figure=look.text(chart.of.title), what=look.text(chart.by.title).lower()
    )
    return _drawn(caption, bars, chart.of.unit, [], look, height=2.5)


def first_rows(chart: FirstRows, result: Result, look: Look) -> list[Drawing]:
    """The table's first rows."""
    report = replace(result.question.report, charts=())
    table = result.further.table(report, limit=MOST)
    place = table.place(chart.y.name)
    bars = [
        _Bar(
            _name(chart.by, table, row, look),
            (plain(row[place]),),
            look.writer.write(chart.y.unit, row[place]),
        )
        for row in table.rows
    ]
    return _drawn(look.text(chart.y.title), bars, chart.y.unit, [], look)


def _name(columns: Sequence[Column | Dimension], table: Table, row: Sequence[Any], look: Look) -> str:
    """What stands beside a bar; of two names that are one, one."""
    names = [look.writer.write(column.unit, row[table.place(column.name)]) for column in columns]
    return cleaned(" · ".join(dict.fromkeys(name for name in names if name))) or "–"


def _note(chart: Top, table: Table, row: Sequence[Any], look: Look) -> str:
    if chart.note is None:
        return ""
    return f"{look.text(chart.note.title)} {look.label(chart.note.unit, row[table.place(chart.note.name)])}"


def _with_sum(bar: _Bar, chart: Top, look: Look) -> _Bar:
    return replace(bar, note=look.writer.write(chart.y[0].unit, round(sum(bar.lengths))))


def _drawn(
    caption: str, bars: list[_Bar], unit: Unit, titles: list[str], look: Look, *, height: float | None = None
) -> list[Drawing]:
    if not any(sum(bar.lengths) for bar in bars):
        return []
    tall = height or AROUND + BAR_HEIGHT * max(len(bars), 3)
    return [Drawing(caption, tall, lambda figure: _draw(figure, bars, unit, titles, look))]


def _draw(figure: Figure, bars: list[_Bar], unit: Unit, titles: list[str], look: Look) -> None:
    axes = figure.add_subplot()
    places = list(range(len(bars)))
    left = [0.0] * len(bars)
    for part in range(len(bars[0].lengths)):
        lengths = [bar.lengths[part] for bar in bars]
        axes.barh(
            places,
            lengths,
            left=left,
            height=0.68,
            color=look.colours[part % len(look.colours)],
            label=titles[part] if titles else None,
        )
        left = [start + length for start, length in zip(left, lengths, strict=True)]
    for place, bar, end in zip(places, bars, left, strict=True):
        axes.annotate(
            bar.note,
            (end, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7.5,
            color=SOFT,
        )
    axes.set_yticks(places, [bar.name for bar in bars])
    axes.set_ylim(max(len(bars), 3) - 0.4, -0.6)
    style(axes, grid="x")
    axes.tick_params(axis="y", colors=INK)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(0, max(left) * (1.32 if max(len(bar.note) for bar in bars) > 9 else 1.12))
    scale(axes.xaxis, unit, look.writer, most=7)
    if len(titles) > 1 or (titles and unit is DURATION):
        legend(figure)
