"""How what a tenant file says today joins what was true before: pure, no database."""

from collections.abc import Sequence
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
    begun.sort(key=lambda stretch: (stretch.lower is not None, stretch.lower))
    return [
        replace(stretch, upper=end) if stretch.upper is None or stretch.upper > end else stretch
        for stretch in begun
    ]


def from_then(stretches: Sequence[Stretch[A]], begin: datetime, attributes: A) -> list[Stretch[A]]:
    """The history when `attributes` are true from `begin` on, without end; what was before stays."""
    history = until(stretches, begin)
    if history and history[-1].upper == begin and history[-1].attributes == attributes:
        return [*history[:-1], replace(history[-1], upper=None)]
    return [*history, Stretch(begin, None, attributes)]
