"""A Grafana panel with a period of its own: whatever time range its board has, in the tenant's zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import ColumnElement, cast, literal_column

from reportgen.compile.scope import MOMENT, GrafanaMacros

Stretch = Literal["day", "week", "month", "year"]
READY_MADE: Mapping[str, tuple[Stretch, int]] = {
    "today": ("day", 0),
    "yesterday": ("day", 1),
    "this-week": ("week", 0),
    "last-week": ("week", 1),
    "this-month": ("month", 0),
    "last-month": ("month", 1),
    "this-year": ("year", 0),
    "last-year": ("year", 1),
}
"""The ready-made periods of `reportgen.compile.period` → stretch, and how many of them ago."""

_ZONE = "(SELECT time_zone FROM report.tenant)"
_CLOCK = f"timezone({_ZONE}, now())"


@dataclass(frozen=True, slots=True)
class GrafanaPeriod(GrafanaMacros):
    """Grafana's own text, over a stretch of the local calendar that is counted from now."""

    stretch: Stretch = "day"
    ago: int = 0
    """0: the present one."""
    so_far: bool = False
    """Until now; of an earlier one until as much of it had gone by."""
    _starts: ColumnElement[Any] = field(init=False)
    _ends: ColumnElement[Any] = field(init=False)

    def __post_init__(self) -> None:
        ago = f" - interval '{self.ago} {self.stretch}'"
        first = f"date_trunc('{self.stretch}', {_CLOCK}){ago}"
        end = f"{_CLOCK}{ago}" if self.so_far else f"{first} + interval '1 {self.stretch}'"
        object.__setattr__(self, "_starts", _moment(first))
        object.__setattr__(self, "_ends", _moment(end))

    def start(self) -> ColumnElement[Any]:
        return self._starts

    def end(self) -> ColumnElement[Any]:
        return self._ends

    def in_period(self, moment: ColumnElement[Any]) -> ColumnElement[bool]:
        return (moment >= self.start()) & (moment < self.end())


def grafana_period(name: str) -> GrafanaPeriod:
    """The ready-made period of that name, whole.

    Raises:
        KeyError: there is none.
    """
    stretch, ago = READY_MADE[name]
    return GrafanaPeriod(stretch=stretch, ago=ago)


def _moment(local: str) -> ColumnElement[Any]:
    # The database's own words: nothing of it comes from outside.
    return cast(literal_column(f"timezone({_ZONE}, {local})"), MOMENT)
