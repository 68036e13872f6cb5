"""What all charts have in common: colours, axes, labels."""

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from reportgen.units import DURATION, PERCENT, Unit, Writer, hms

MEASURED_FONT = "DejaVu Sans"
"""Comes with matplotlib, so that room for labels can be measured; the picture names another."""
INK = "#2b2f36"
SOFT = "#4a545c"
GRID = "#d9e0e4"
WARM, COOL = "#e0905c", "#3f7fa8"
GREY = "#8a98a1"
MINUTE, HOUR, DAY = 60, 3600, 86400
STEPS = (
    *(1, 2, 5, 10, 15, 30),
    *(MINUTE * count for count in (1, 2, 5, 10, 15, 30)),
    *(HOUR * count for count in (1, 2, 4, 6, 12, 24)),
    *(DAY * count for count in (2, 5, 10)),
)
"""Seconds between the marks of an axis."""
LETTERS_OF_A_LABEL = 44


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart that waits for its paper."""

    caption: str
    height: float
    """Inches."""
    draw: Callable[[Figure], None]


@dataclass(frozen=True, slots=True)
class Look:
    """The tenant's colours and the reader's language."""

    accent: str
    """As #12475c."""
    writer: Writer
    colours: tuple[str, ...] = field(init=False)
    """For the parts of a whole, in order."""

    def __post_init__(self) -> None:
        main = shade(self.accent, 0.36)
        hue, _lightness, saturation = _hls(self.accent)
        # A contrast to the tenant's own colour, whichever that is.
        contrast = COOL if 0.02 < hue < 0.20 and saturation > 0.25 else WARM
        colours = (main, contrast, mixed(main, 0.55), GREY, mixed(contrast, 0.55), mixed(GREY, 0.5))
        object.__setattr__(self, "colours", colours)

    def text(self, source: str, **placeholders: object) -> str:
        return self.writer.text(source, **placeholders)

    def label(self, unit: Unit, value: Any) -> str:
        return cleaned(self.writer.write(unit, value)) or "–"


def _hls(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(
        f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation)
    )


def shade(colour: str, lightness: float) -> str:
    """The colour, as light as that."""
    hue, _lightness, saturation = _hls(colour)
    return _hex(hue, lightness, min(saturation, 0.72))


def mixed(colour: str, white: float) -> str:
    """The colour with so much of white in it: 0 to 1."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in parts)


def cleaned(text: str) -> str:
    """The text without what no picture can hold, and no longer than a label may be."""
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", " ", text)
    return plain if len(plain) <= LETTERS_OF_A_LABEL else plain[: LETTERS_OF_A_LABEL - 1].rstrip() + "…"


def plain(value: Any) -> float:
    """A figure as a length; nothing has none."""
    return float(value) if isinstance(value, Decimal | int | float) else 0.0


def tick(unit: Unit, writer: Writer) -> Callable[[float, Any], str]:
    """How the figures along an axis are written."""
    if unit is DURATION:
        return lambda value, _place: hms(round(value))
    if unit is PERCENT:
        return lambda value, _place: f"{value:.0f}%"
    return lambda value, _place: writer.count(round(value))


def scale(axis: Axis, unit: Unit, writer: Writer, *, most: int) -> None:
    """Marks along an axis at round figures: of durations at whole minutes, hours or days."""
    axis.set_major_formatter(FuncFormatter(tick(unit, writer)))
    if unit is not DURATION:
        axis.set_major_locator(MaxNLocator(most, integer=True))
        return
    _begin, end = axis.get_view_interval()
    step = next((step for step in STEPS if end / step <= most), STEPS[-1])
    while end / step > most:
        step *= 2
    axis.set_major_locator(MultipleLocator(step))


def style(axes: Axes, *, grid: Literal["x", "y"] = "y") -> None:
    axes.grid(axis=grid, color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.tick_params(length=0, colors=SOFT, labelsize=8)
    axes.margins(x=0.01)


def legend(figure: Figure) -> None:
    figure.legend(
        loc="outside upper left",
        ncols=6,
        frameon=False,
        fontsize=8,
        handlelength=1.1,
        columnspacing=1.4,
        borderaxespad=0.1,
    )
