"""Working hours and holidays of a tenant: was a line open at a moment, and time counted in open hours."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.connect import Connection
from store.vocabulary import Phase

WHOLE_TENANT = ""
"""The line whose hours hold for every line without hours of its own."""


@dataclass(frozen=True, slots=True)
class Opening:
    line: str
    weekday: int
    """ISO: Monday is 1."""
    opens: time
    closes: time


class Calendar:
    """Opening hours per line in the tenant's zone; a tenant without any is always open, holidays apart."""

    def __init__(self, time_zone: str, openings: Iterable[Opening], holidays: Iterable[date]) -> None:
        self._zone = ZoneInfo(time_zone)
        self._holidays = frozenset(holidays)
        self._openings: Mapping[str, dict[int, list[tuple[time, time]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for opening in openings:
            self._openings[opening.line][opening.weekday].append((opening.opens, opening.closes))

    def phase(self, when: datetime, *lines: str | None) -> Phase:
        """Of the first of `lines` that has hours of its own, else of the tenant; `when` is any aware time."""
        local = when.astimezone(self._zone)
        if local.date() in self._holidays:
            return Phase.HOLIDAY
        week = self._week(lines)
        if week is None:
            return Phase.OPEN
        moment = local.time()
        is_open = any(opens <= moment < closes for opens, closes in week.get(local.isoweekday(), ()))
        return Phase.OPEN if is_open else Phase.CLOSED

    def has_hours(self, *lines: str | None) -> bool:
        """Whether anybody has said when one of `lines`, or else the tenant, is open."""
        return self._week(lines) is not None

    def open_seconds(self, begin: datetime, end: datetime, *lines: str | None) -> int:
        """Seconds between two moments that fall in open hours; 0 when `end` does not come after `begin`."""
        if end <= begin:
            return 0
        return sum(
            int((min(closes, end) - max(opens, begin)).total_seconds())
            for opens, closes in self._open_intervals(begin, end, self._week(lines))
            if min(closes, end) > max(opens, begin)
        )

    def _week(self, lines: Iterable[str | None]) -> dict[int, list[tuple[time, time]]] | None:
        for line in (*lines, WHOLE_TENANT):
            if line is not None and line in self._openings:
                return self._openings[line]
        return None

    def _open_intervals(
        self, begin: datetime, end: datetime, week: dict[int, list[tuple[time, time]]] | None
    ) -> Iterator[tuple[datetime, datetime]]:
        day = begin.astimezone(self._zone).date()
        last = end.astimezone(self._zone).date()
        while day <= last:
            if day not in self._holidays:
                if week is None:
                    yield self._moment(day, time.min), self._moment(day + timedelta(days=1), time.min)
                else:
                    for opens, closes in week.get(day.isoweekday(), ()):
                        yield self._moment(day, opens), self._moment(day, closes)
            day += timedelta(days=1)

    def _moment(self, day: date, at: time) -> datetime:
        # Through UTC, so that differences are real seconds on the days on which the clock changes.
        return datetime.combine(day, at, self._zone).astimezone(ZoneInfo("UTC"))


def load_calendar(connection: Connection, tenant_id: int, time_zone: str) -> Calendar:
    """The calendar of a tenant as it is now."""
    openings = connection.execute(
        "SELECT line, weekday, opens, closes FROM store.working_hours WHERE tenant_id = %s", (tenant_id,)
    ).fetchall()
    holidays = connection.execute(
        "SELECT day FROM store.holiday WHERE tenant_id = %s", (tenant_id,)
    ).fetchall()
    return Calendar(time_zone, [Opening(*row) for row in openings], [day for (day,) in holidays])
