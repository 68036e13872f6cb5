"""How what a tenant file says today joins what was true before: pure, no database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[A]):
    """`attributes` are true from `lower` (included) to `upper` (excluded), UTC; None: without end."""

    lower: datetime | None
    upper: datetime | None
    attributes: A

    def overlaps(self, other: "Stretch[A]") -> bool:
        """Whether both hold at some moment."""
        return (self.lower is None or other.upper is None or self.lower < other.upper) and (
            other.lower is None or self.upper is None or other.lower < self.upper
        )


def until(stretches: Sequence[Stretch[A]], end: datetime) -> list[Stretch[A]]:
    """What is left, in order of time, when everything stops being true at `end`."""
    begun = [stretch for stretch in stretches if stretch.lower is None or stretch.lower < end]
    return [
        replace(stretch, upper=end) if stretch.upper is None or stretch.upper > end else stretch
        for stretch in in_order(begun)
    ]


def from_then(stretches: Sequence[Stretch[A]], begin: datetime, attributes: A) -> list[Stretch[A]]:
    """The history when `attributes` are true from `begin` on, without end; what was before stays."""
    history = until(stretches, begin)
    if history and history[-1].upper == begin and history[-1].attributes == attributes:
        return [*history[:-1], replace(history[-1], upper=None)]
    return [*history, Stretch(begin, None, attributes)]


def overlaid(stretches: Sequence[Stretch[A]], new: Stretch[A]) -> list[Stretch[A]]:
    """The history when `new` holds for its time; what was true before and after that time stays."""
    history = [piece for stretch in stretches for piece in _outside(stretch, new)]
    return _joined([*history, new])


def without(
    stretches: Sequence[Stretch[A]], lower: datetime | None, upper: datetime | None
) -> list[Stretch[A]]:
    """The history when nothing is true from `lower` to `upper`."""
    gone = Stretch(lower, upper, None)
    return _joined([piece for stretch in stretches for piece in _outside(stretch, gone)])


def changed_time(
    before: Sequence[Stretch[A]], after: Sequence[Stretch[A]]
) -> tuple[datetime | None, datetime | None] | None:
    """From when until when the two histories differ at most; None when they never do."""
    different = [
        *(stretch for stretch in before if stretch not in after),
        *(stretch for stretch in after if stretch not in before),
    ]
    bounds = sorted({each for stretch in different for each in (stretch.lower, stretch.upper) if each})
    times = list(zip([None, *bounds], [*bounds, None], strict=True))
    wrong = [time for time in times if _at(before, time[0]) != _at(after, time[0])]
    return (wrong[0][0], wrong[-1][1]) if wrong else None


def _at(stretches: Sequence[Stretch[A]], moment: datetime | None) -> A | None:
    """What is true from `moment` on (None: before everything) for a while."""
    for stretch in stretches:
        begun = stretch.lower is None or (moment is not None and stretch.lower <= moment)
        over = stretch.upper is not None and moment is not None and stretch.upper <= moment
        if begun and not over:
            return stretch.attributes
    return None


def _outside(stretch: Stretch[A], other: "Stretch[A] | Stretch[None]") -> Iterator[Stretch[A]]:
    """The parts of a stretch before and after another."""
    if not stretch.overlaps(other):  # type: ignore[arg-type]
        yield stretch
        return
    if other.lower is not None and (stretch.lower is None or stretch.lower < other.lower):
        yield replace(stretch, upper=other.lower)
    if other.upper is not None and (stretch.upper is None or stretch.upper > other.upper):
        yield replace(stretch, lower=other.upper)


def _joined(stretches: Iterable[Stretch[A]]) -> list[Stretch[A]]:
    """In order of time; neighbours that say the same are one."""
    joined: list[Stretch[A]] = []
    for stretch in in_order(stretches):
        last = joined[-1] if joined else None
        if (
            last
            and last.upper is not None
            and last.upper == stretch.lower
            and last.attributes == stretch.attributes
        ):
            joined[-1] = replace(last, upper=stretch.upper)
        else:
            joined.append(stretch)
    return joined


def in_order(stretches: Iterable[Stretch[A]]) -> list[Stretch[A]]:
    """Sorted by their beginning."""
    return sorted(stretches, key=lambda stretch: (stretch.lower is not None, stretch.lower))
