"""Periods: days of the tenant's time zone, as half-open stretches of UTC."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reportgen.errors import InvalidPeriodError
from reportgen.texts import _

FIRST_YEAR, LAST_YEAR = 1990, 2199
LONGEST_PERIOD = timedelta(days=366 * 10)


@dataclass(frozen=True, slots=True)
class Period:
    """From the start of `first_day` to the end of `last_day` (inclusive) in `zone`."""

    first_day: date
    last_day: date
    zone: str

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise InvalidPeriodError(
                _("The period ends ({last}) before it begins ({first}); exchange the dates."),
                first=self.first_day,
                last=self.last_day,
            )
        if not (self.first_day.year >= FIRST_YEAR and self.last_day.year <= LAST_YEAR):
            raise InvalidPeriodError(
                _("The period lies outside the years {first} to {last}."), first=FIRST_YEAR, last=LAST_YEAR
            )
        if self.last_day - self.first_day > LONGEST_PERIOD:
            raise InvalidPeriodError(_("The period is longer than ten years; choose a shorter one."))

    @property
    def start(self) -> datetime:
        """UTC; part of the period."""
        return _midnight(self.first_day, self.zone)

    @property
    def end(self) -> datetime:
        """UTC; no part of the period any more."""
        return _midnight(self.last_day + timedelta(days=1), self.zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


Days = tuple[date, date]


def _week(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _month(day: date) -> Days:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _year(day: date) -> Days:
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


def _day_before(days: Days) -> date:
    return days[0] - timedelta(days=1)


def period_before(period: Period) -> Period:
    """The one to compare with: so many months before whole months, else so many days before."""
    first, last = period.first_day, period.last_day
    if first.day == 1 and last == _month(last)[1]:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        begin = first
        for _month_back in range(months):
            begin = _month(begin - timedelta(days=1))[0]
    else:
        begin = first - (last - first + timedelta(days=1))
    return Period(begin, first - timedelta(days=1), period.zone)


READY_MADE: dict[str, tuple[str, Callable[[date], Days]]] = {
    "today": (_("Today"), lambda today: (today, today)),
    "yesterday": (_("Yesterday"), lambda today: (today - timedelta(days=1), today - timedelta(days=1))),
    "this-week": (_("This week"), _week),
    "last-week": (_("Last week"), lambda today: _week(_day_before(_week(today)))),
    "this-month": (_("This month"), _month),
    "last-month": (_("Last month"), lambda today: _month(_day_before(_month(today)))),
    "this-year": (_("This year"), _year),
    "last-year": (_("Last year"), lambda today: _year(_day_before(_year(today)))),
}
"""Name for the API → title, and today's date → first and last day. Weeks begin on Monday."""


def ready_made(name: str, zone: str, now: datetime) -> Period:
    """The period of that name as it is at `now` (any zone).

    Raises:
        InvalidPeriodError: there is no such period.
    """
    if name not in READY_MADE:
        raise InvalidPeriodError(
            _('There is no period "{name}"; choose one of: {known}.'), name=name, known=", ".join(READY_MADE)
        )
    first, last = READY_MADE[name][1](now.astimezone(ZoneInfo(zone)).date())
    return Period(first, last, zone)


def choose_period(
    zone: str, now: datetime, *, name: str | None = None, first: str | None = None, last: str | None = None
) -> Period:
    """The period that a reader asks for: by name, or by first and last day (ISO dates, both inclusive).

    Raises:
        InvalidPeriodError: neither or both are given, a date cannot be read, or it ends before it begins.
    """
    if name and (first or last):
        raise InvalidPeriodError(_("Give either a named period or its first and last day, not both."))
    if name:
        return ready_made(name, zone, now)
    if not first:
        raise InvalidPeriodError(_("The report needs a period: a named one, or its first and last day."))
    return Period(_date(first), _date(last or first), zone)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidPeriodError(_('"{text}" is no date; write it as 2026-12-31.'), text=text) from None
