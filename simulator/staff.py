"""Who is there on a day: signing in and out of queues, pauses, do-not-disturb, and who is occupied when."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import holidays

from simulator.agenda import Agenda
from simulator.company import SCHEDULES, TIME_ZONE, Company
from simulator.plan import GRID, Sign, SignKind

ZONE = ZoneInfo(TIME_ZONE)
MINUTE = 60_000
ABSENT_SHARE = 0.09
OWN_PAUSES = (
    ("Koffie", "09:50", "10:50", 8, 15, 0.9),
    ("Lunch", "11:50", "13:10", 25, 35, 1.0),
    ("Overleg", "13:40", "14:40", 20, 45, 0.25),
    ("Koffie", "14:45", "15:45", 8, 15, 0.85),
    ("Administratie", "16:00", "16:40", 10, 25, 0.3),
)
"""Reason, earliest and latest beginning, shortest and longest minutes, share of agents that take it."""


def on_grid(milliseconds: float) -> int:
    """The nearest moment, or duration, that the plan may have."""
    return round(milliseconds / GRID) * GRID


def is_holiday(day: date) -> bool:
    """Whether the Netherlands have a public holiday on that day."""
    return day in holidays.country_holidays("NL", years=day.year)


def is_open(schedule: str, day: date, moment: int) -> bool:
    """Whether a line with this schedule is open at the moment (milliseconds since 1970)."""
    if schedule != "breakdown" and is_holiday(day):
        return False
    return any(
        day.isoweekday() in days and clock(day, opens) <= moment < clock(day, closes)
        for days, opens, closes in SCHEDULES[schedule]
    )


def clock(day: date, wall: str) -> int:
    """The moment when the wall clock shows `wall` (HH:MM) on the day."""
    return int(datetime.combine(day, time.fromisoformat(wall), ZONE).timestamp() * 1000)


class Staff:
    """One day's people. Decides at once who is there when; calls occupy them as they are planned."""

    def __init__(self, company: Company, day: date, begin: int, end: int, randomness: random.Random) -> None:
        self._company = company
        self._day = day
        self._begin = begin
        self._end = end
        self._random = randomness
        self.phones: dict[str, Agenda] = defaultdict(Agenda)
        self.desks: dict[str, Agenda] = {}
        """Of agents who work today: occupied while they take no calls from a queue."""
        self.signs: list[Sign] = []
        self._queues: dict[str, tuple[str, ...]] = {}
        self._undisturbed: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.present = {person.extension for person in company.persons if self._comes()}
        self._agents()
        self._do_not_disturb()

    def _comes(self) -> bool:
        chance = self._random.random()
        return chance >= ABSENT_SHARE and self._day.isoweekday() < 6 and not is_holiday(self._day)

    def _agents(self) -> None:
        for queue in self._company.queues:
            for place, extension in enumerate(queue.members):
                shift = self._shift(queue.name, place, extension)
                if shift:
                    self.present.add(extension)
                    self._sign_in(extension, *shift)

    def _shift(self, queue: str, place: int, extension: str) -> tuple[str, str] | None:
        if queue == "storing":
            # One early and one late each day; the crew turns round by the day.
            turn = (place + self._day.toordinal()) % 4
            return {0: ("07:00", "14:30"), 1: ("14:15", "22:00")}.get(turn)
        if queue == "verkoop" and self._day.isoweekday() == 6 and not is_holiday(self._day):
            return ("10:00", "14:00") if (place + self._day.toordinal()) % 2 == 0 else None
        return ("08:30", "17:30") if extension in self.present else None

    def _sign_in(self, extension: str, begins: str, ends: str) -> None:
        queues = tuple(queue.name for queue in self._company.queues if extension in queue.members)
        # Most are some minutes early; some are late.
        signs_in = on_grid(clock(self._day, begins) + self._random.gauss(-5, 6) * MINUTE)
        signs_out = on_grid(clock(self._day, ends) + self._random.gauss(1, 4) * MINUTE)
        signs_out = min(signs_out, self._end - MINUTE)
        desk = Agenda()
        desk.occupy(self._begin, signs_in)
        desk.occupy(signs_out, self._end + 60 * MINUTE)
        self.desks[extension] = desk
        self._queues[extension] = queues
        self.signs.append(Sign(SignKind.SIGN_IN, signs_in, extension, queues))
        self.signs.append(Sign(SignKind.SIGN_OUT, signs_out, extension, queues))
        for begin, end, reason in self._pauses(signs_in, signs_out):
            if desk.is_free(begin, end):
                desk.occupy(begin, end)
                self.signs.append(Sign(SignKind.PAUSE, begin, extension, queues, reason))
                self.signs.append(Sign(SignKind.RESUME, end, extension, queues))

    def _pauses(self, signs_in: int, signs_out: int) -> Iterator[tuple[int, int, str]]:
        for reason, earliest, latest, shortest, longest, share in OWN_PAUSES:
            takes = self._random.random() < share
            first, last = clock(self._day, earliest), clock(self._day, latest)
            begin = on_grid(self._random.uniform(first, last))
            end = begin + on_grid(self._random.uniform(shortest, longest) * MINUTE)
            if takes and signs_in < begin and end < signs_out:
                yield begin, end, reason

    def _do_not_disturb(self) -> None:
        for person in self._company.persons:
            quiet = self._random.random()
            if person.extension in self.present and person.extension not in self.desks and quiet < 0.25:
                begin = on_grid(clock(self._day, "09:00") + self._random.uniform(0, 400) * MINUTE)
                end = begin + on_grid(self._random.uniform(15, 75) * MINUTE)
                self._undisturbed[person.extension].append((begin, end))
                self.signs.append(Sign(SignKind.DO_NOT_DISTURB, begin, person.extension))
                self.signs.append(Sign(SignKind.DISTURB, end, person.extension))

    def wants_quiet(self, extension: str, moment: int) -> bool:
        """Whether do-not-disturb is on at the moment (milliseconds since 1970)."""
        return any(begin <= moment < end for begin, end in self._undisturbed[extension])

    def can_take(self, extension: str, begin: int, end: int) -> bool:
        """Whether somebody is there who could be called and talk all that time."""
        return (
            extension in self.present
            and not self.wants_quiet(extension, begin)
            and self.phones[extension].is_free(begin, end)
        )

    def next_agent(self, members: Iterable[str], begin: int, length: int) -> tuple[int, str] | None:
        """The earliest moment when one of these agents is free for so long, and who; None: nobody today."""
        best: tuple[int, str] | None = None
        for extension in members:
            desk = self.desks.get(extension)
            if desk is None:
                continue
            moment = self._both_free(desk, self.phones[extension], begin, length)
            if moment + length < self._end and (best is None or moment < best[0]):
                best = moment, extension
        return best

    @staticmethod
    def _both_free(desk: Agenda, phone: Agenda, begin: int, length: int) -> int:
        while True:
            moment = phone.next_free(desk.next_free(begin, length), length)
            if moment == begin or desk.is_free(moment, moment + length):
                return moment
            begin = moment
