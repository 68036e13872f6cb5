"""Periods are whole local days, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.compile.period import READY_MADE, Period, choose_period, ready_made
from reportgen.errors import InvalidPeriodError

AMSTERDAM = "Europe/Amsterdam"
ZONES = st.sampled_from([AMSTERDAM, "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC"])
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", "2026-03-01", "2026-03-01"),
        ("yesterday", "2026-02-28", "2026-02-28"),
        ("this-week", "2026-02-23", "2026-03-01"),
        ("last-week", "2026-02-16", "2026-02-22"),
        ("this-month", "2026-03-01", "2026-03-31"),
        ("last-month", "2026-02-01", "2026-02-28"),
        ("this-year", "2026-01-01", "2026-12-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
    ],
)
def test_named_periods_are_of_the_tenants_day(name: str, first: str, last: str) -> None:
    # In Amsterdam it is already Sunday the first of March.
    now = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    period = ready_made(name, AMSTERDAM, now)
    assert (period.first_day.isoformat(), period.last_day.isoformat()) == (first, last)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)])
def test_a_day_has_the_hours_that_it_has(day: str, hours: int) -> None:
    period = Period(date.fromisoformat(day), date.fromisoformat(day), AMSTERDAM)
    assert period.end - period.start == timedelta(hours=hours)


@given(DAYS, st.integers(0, 60), ZONES)
def test_following_periods_leave_no_gap(first: date, length: int, zone: str) -> None:
    middle = first + timedelta(days=length)
    last = middle + timedelta(days=1 + length)
    whole = Period(first, last, zone)
    one, two = Period(first, middle, zone), Period(middle + timedelta(days=1), last, zone)
    assert (one.start, one.end, two.end) == (whole.start, two.start, whole.end)


@given(st.sampled_from(list(READY_MADE)), MOMENTS, ZONES)
def test_a_named_period_begins_and_ends_at_local_midnight(name: str, now: datetime, zone: str) -> None:
    period = ready_made(name, zone, now)
    for moment in (period.start, period.end):
        local = moment.astimezone(ZoneInfo(zone))
        assert (local.hour, local.minute) == (0, 0) or zone == "Pacific/Apia"
    if name.startswith("this") or name == "today":
        assert period.start <= now < period.end
    else:
        assert period.end <= now


@pytest.mark.parametrize(
    ("given_period", "says"),
    [
        ({}, "needs a period"),
        ({"name": "next-week"}, "today, yesterday"),
        ({"name": "today", "first": "2026-10-01"}, "not both"),
        ({"first": "2026-10-02", "last": "2026-10-01"}, "before it begins"),
        ({"first": "01-10-2026"}, "2026-12-31"),
        ({"first": "2000-01-01", "last": "2026-01-01"}, "ten years"),
        ({"first": "9999-12-31"}, "outside the years"),
        ({"first": "2026-02-30"}, "no date"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(given_period: dict[str, str], says: str) -> None:
    with pytest.raises(InvalidPeriodError, match=says):
        choose_period(AMSTERDAM, datetime(2026, 10, 1, tzinfo=UTC), **given_period)  # type: ignore[arg-type]
