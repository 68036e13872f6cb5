"""What a report's charts ask for, beside its table."""

from collections.abc import Sequence
from dataclasses import replace

from reportgen.catalogue import dimensions as by
from reportgen.catalogue.parts import Bars, Dimension, Figure, Order, OverTime, Report, Shares, Top


def counted(
    report: Report,
    dimensions: tuple[Dimension, ...],
    figures: Sequence[Figure],
    *,
    biggest_first: bool = False,
) -> Report:
    """The same rows, counted otherwise."""
    return replace(
        report,
        dimensions=dimensions,
        figures=tuple(figures),
        columns=(),
        leading=(),
        order=(Order(figures[0].name, falling=True),) if biggest_first else (),
        charts=(),
        chapters=(),
    )


def plain_bars(report: Report) -> Bars | None:
    """The first chart as plain bars, for boards that draw for themselves; None when it is of another kind.

    Over time the bars are as long as the table's own stretches of time, else days.
    """
    match report.charts[:1]:
        case (Bars() as bars,):
            return bars
        case (OverTime(y=y, line=line),):
            own = (dimension for dimension in report.dimensions if dimension.bucket is not None)
            return Bars(next(own, by.day), y, line)
        case (Top(by=(x, *_others), y=y),):
            return Bars(x, y)
        case (Shares(by=x, of=figure),):
            return Bars(x, (figure,))
    return None
