"""Plans a day of the demo company: who calls whom when, and what becomes of it."""

import heapq
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from simulator.company import SEED, Company, Line, make_company, outside_number, service_number
from simulator.incoming import IncomingCalls
from simulator.outgoing import OutgoingCalls
from simulator.plan import Announcement, Call, Day, QueueStay
from simulator.staff import MINUTE, Staff, clock, is_holiday, is_open, on_grid
from store.vocabulary import Direction

HALF_HOURS = {
    "07:00": 0.05, "07:30": 0.1, "08:00": 0.25, "08:30": 1.0, "09:00": 1.4, "09:30": 1.6, "10:00": 1.6,
    "10:30": 1.45, "11:00": 1.4, "11:30": 1.2, "12:00": 0.8, "12:30": 0.7, "13:00": 0.95, "13:30": 1.2,
    "14:00": 1.35, "14:30": 1.3, "15:00": 1.15, "15:30": 1.1, "16:00": 1.0, "16:30": 0.9, "17:00": 0.6,
    "17:30": 0.15, "18:00": 0.1, "18:30": 0.06, "19:00": 0.05, "19:30": 0.05, "20:00": 0.04, "20:30": 0.03,
    "21:00": 0.02, "21:30": 0.02, "22:00": 0.01,
}  # fmt: skip
"""Weight of each half hour in a day's incoming calls."""

WEEKDAYS = {1: 1.18, 2: 1.05, 3: 0.97, 4: 1.0, 5: 0.85, 6: 0.12, 7: 0.05}
INCOMING, OUTGOING, INTERNAL = 250, 95, 45
"""Calls on an average working day, before those that follow from others."""


def plan_day(company: Company, day: date, seed: int = SEED) -> Day:
    """The whole day; the same seed and day give the same plan."""
    return _Planner(company, day, random.Random(f"{seed} {day.isoformat()}")).run()  # noqa: S311 - a play


def plan_days(first: date, last: date, seed: int = SEED) -> Iterator[Day]:
    """The plans of the days from `first` to `last`, of the company of that seed."""
    company = make_company(seed)
    for offset in range((last - first).days + 1):
        yield plan_day(company, first + timedelta(days=offset), seed)


class _Planner:
    def __init__(self, company: Company, day: date, randomness: random.Random) -> None:
        self._company = company
        self._day = day
        self._random = randomness
        self._begin = clock(day, "00:00")
        self._end = clock(day + timedelta(days=1), "00:00")
        self._staff = Staff(company, day, self._begin, self._end, randomness)
        self._incoming = IncomingCalls(company, self._staff, randomness)
        self._outgoing = OutgoingCalls(company, self._staff, randomness)
        self._agenda: list[tuple[int, int, Call, Line | None]] = []
        self._order = count()

    def run(self) -> Day:
        for call, line in self._wishes():
            self._put(call, line)
        calls: list[Call] = []
        while self._agenda:
            _, _, call, line = heapq.heappop(self._agenda)
            call.index = len(calls)
            if self._place(call, line):
                calls.append(call)
                self._follow(call, line)
        _number_waiting(calls)
        signs = sorted(self._staff.signs, key=lambda sign: (sign.at, sign.extension))
        return Day(self._day.isoformat(), self._begin, self._end, calls, signs)

    def _put(self, call: Call, line: Line | None) -> None:
        heapq.heappush(self._agenda, (call.begin, next(self._order), call, line))

    def _place(self, call: Call, line: Line | None) -> bool:
        """Whether the call could be made at all: nobody calls from a telephone that is in use."""
        if line is None:
            return self._outgoing.run(call)
        self._incoming.run(call, line, open_now=is_open(line.schedule, self._day, call.begin))
        return True

    def _wishes(self) -> Iterator[tuple[Call, Line | None]]:
        factor = WEEKDAYS[7] if is_holiday(self._day) else WEEKDAYS[self._day.isoweekday()]
        factor *= self._random.uniform(0.92, 1.08)
        for moment in self._moments(INCOMING * factor, evenings=True):
            yield self._incoming_wish(moment)
        yield from self._breakdown()
        for moment in self._moments(OUTGOING * factor, evenings=False):
            yield self._outgoing.wish(moment, self._called_party()), None
        for moment in self._moments(INTERNAL * factor, evenings=False):
            yield self._outgoing.internal_wish(moment), None

    def _breakdown(self) -> Iterator[tuple[Call, Line | None]]:
        """Now and then something fails at many customers at once, and they all call within the hour."""
        if self._random.random() < 0.08:
            line = next(line for line in self._company.lines if line.schedule == "breakdown")
            begins = clock(self._day, "08:00") + self._random.uniform(0, 600) * MINUTE
            for _ in range(self._random.randrange(12, 30)):
                moment = on_grid(begins + self._random.expovariate(1 / 15) * MINUTE)
                if moment < clock(self._day, "22:00"):
                    number = self._outside_party() or outside_number(self._random)
                    yield Call(0, Direction.INCOMING, moment, line.number, number=number), line

    def _moments(self, number: float, *, evenings: bool) -> Iterator[int]:
        hours = {wall: weight for wall, weight in HALF_HOURS.items() if evenings or "08:30" <= wall < "17:30"}
        walls = self._random.choices(list(hours), list(hours.values()), k=round(number))
        for wall in walls:
            yield on_grid(clock(self._day, wall) + self._random.uniform(0, 30 * MINUTE))

    def _incoming_wish(self, moment: int) -> tuple[Call, Line]:
        line = self._random.choices(self._company.lines, [line.weight for line in self._company.lines])[0]
        withheld = self._random.random() < 0.06
        number = self._outside_party() or outside_number(self._random)
        # Half of those who withhold their number are known to the telephone network all the same.
        shown = None if withheld and self._random.random() < 0.5 else number
        call = Call(0, Direction.INCOMING, moment, line.number, number=shown, withheld=withheld)
        return call, line

    def _called_party(self) -> str:
        if self._random.random() < 0.07:
            return service_number(self._random)
        return self._outside_party() or outside_number(self._random)

    def _outside_party(self) -> str | None:
        if self._random.random() < 0.25:
            return None
        # Some customers call far more than others.
        place = int(len(self._company.customers) * self._random.random() ** 2)
        return self._random.choice(self._company.customers[place].numbers)

    def _follow(self, call: Call, line: Line | None) -> None:
        """What a missed call leads to: it is returned, or the caller tries again; or neither."""
        if line is None or call.number is None or call.withheld or self._incoming.answered(call):
            return
        chance = self._random.random()
        last = call.stages[-1]
        told_closed = isinstance(last, Announcement) and last.closed
        if chance < 0.45:
            moment = on_grid(call.end + self._random.expovariate(1 / 35) * MINUTE + MINUTE)
            if clock(self._day, "08:30") < moment < clock(self._day, "17:20"):
                self._put(self._outgoing.wish(moment, call.number), None)
        elif chance < 0.75 and not told_closed:
            moment = on_grid(call.end + self._random.expovariate(1 / 15) * MINUTE + MINUTE / 2)
            if moment < clock(self._day, "22:30"):
                again = Call(0, Direction.INCOMING, moment, line.number, number=call.number)
                self._put(again, line)


def _number_waiting(calls: list[Call]) -> None:
    """Fills in who stood where in the queues, now that all calls are known."""
    stays = [stage for call in calls for stage in call.stages if isinstance(stage, QueueStay)]
    steps = [(stay.end, 0, order, stay) for order, stay in enumerate(stays)]
    steps += [(stay.begin, 1, order, stay) for order, stay in enumerate(stays)]
    waiting: dict[str, int] = {}
    for _, enters, _, stay in sorted(steps, key=lambda step: step[:3]):
        if enters:
            waiting[stay.queue] = waiting.get(stay.queue, 0) + 1
            stay.position = waiting[stay.queue]
        else:
            waiting[stay.queue] = waiting.get(stay.queue, 0) - 1
            stay.left_behind = waiting[stay.queue]
