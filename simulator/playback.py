"""Plays the company's days as time goes by: which message is due when."""

import dataclasses
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from simulator.ami_messages import Message, day_messages
from simulator.company import SEED, make_company
from simulator.day import plan_day
from simulator.plan import Day
from simulator.staff import ZONE

MOMENTS = frozenset({"begin", "end", "at", "joined"})


class Clock(NamedTuple):
    """How the played time goes along with the real one; both in seconds since 1970.

    The messages carry the real time while the speed is 1: the played days are moved to now as they are told.
    """

    real_start: float
    played_start: float
    speed: float = 1.0

    @property
    def shift(self) -> int:
        """Milliseconds from a played moment to the one that its messages name, at the start."""
        return round(self.real_start - self.played_start) * 1000

    def told_now(self) -> float:
        """The time that a message of this moment carries."""
        return self.real_start + (time.time() - self.real_start) * self.speed

    def due_in(self, told: float) -> float:
        """Real seconds until a message with this time is due; negative when it should have been told."""
        return (told - self.real_start) / self.speed + self.real_start - time.time()


def clock(played_at: datetime | None, speed: float = 1.0) -> Clock:
    """Starts now, playing what happens at `played_at` (local time of the company; default: now itself)."""
    now = time.time()
    return Clock(now, played_at.replace(tzinfo=ZONE).timestamp() if played_at else now, speed)


def messages(going: Clock, seed: int = SEED) -> Iterator[Message]:
    """All messages from the played day's beginning on, day after day, with the times that they carry."""
    company = make_company(seed)
    day: date = datetime.fromtimestamp(going.played_start, ZONE).date()
    while True:
        plan = plan_day(company, day, seed)
        yield from day_messages(company, moved(plan, going.shift), device_states=True)
        day += timedelta(days=1)


def moved(day: Day, milliseconds: int) -> Day:
    """The same day at another time."""
    if milliseconds == 0:
        return day
    copy = _moved(day, milliseconds)
    assert isinstance(copy, Day)
    return copy


def _moved(thing: Any, milliseconds: int) -> Any:
    if isinstance(thing, list):
        return [_moved(part, milliseconds) for part in thing]
    if isinstance(thing, tuple):
        # Holds: pairs of moments; other tuples hold names.
        return tuple(part + milliseconds if isinstance(part, int) else part for part in thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        values = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
        return type(thing)(
            **{
                name: value + milliseconds if name in MOMENTS else _moved(value, milliseconds)
                for name, value in values.items()
            }
        )
    return thing
