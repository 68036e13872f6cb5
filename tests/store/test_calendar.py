"""Open or closed, and time counted in open hours, on ordinary days and on those when the clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.calendar import Calendar, Opening
from store.vocabulary import Phase

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = [Opening("", day, time(8, 30), time(17, 30)) for day in range(1, 6)]
SALES = [Opening("sales", day, time(9), time(21)) for day in range(1, 7)]
CALENDAR = Calendar("Europe/Amsterdam", [*WEEKDAYS, *SALES], [date(2026, 4, 27)])


def local(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("when", "lines", "phase"),
    [
        (local("2026-11-23", "08:29:59"), (), Phase.CLOSED),
        (local("2026-11-23", "08:30:00"), (), Phase.OPEN),
        (local("2026-11-23", "17:30:00"), (), Phase.CLOSED),
        (local("2026-11-23", "20:00:00"), ("+31201230001", "sales"), Phase.OPEN),
        (local("2026-11-28", "12:00:00"), (), Phase.CLOSED),
        (local("2026-11-28", "12:00:00"), ("sales",), Phase.OPEN),
        (local("2026-04-27", "12:00:00"), ("sales",), Phase.HOLIDAY),
    ],
)
def test_a_line_is_open_closed_or_on_holiday(when: datetime, lines: tuple[str, ...], phase: Phase) -> None:
    assert CALENDAR.phase(when, *lines) is phase


def test_missed_on_friday_evening_and_returned_on_monday_morning_took_minutes() -> None:
    assert CALENDAR.open_seconds(local("2026-11-20", "17:25:00"), local("2026-11-23", "08:40:00")) == 15 * 60


def test_without_hours_every_hour_counts_and_a_short_day_has_23() -> None:
    always = Calendar("Europe/Amsterdam", [], [])
    assert always.open_seconds(local("2026-03-29", "00:00"), local("2026-03-30", "00:00")) == 23 * 3600
    assert always.open_seconds(local("2026-10-25", "00:00"), local("2026-10-26", "00:00")) == 25 * 3600


FIRST_OF_MARCH = datetime(2026, 3, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 270 * 86_400).map(lambda second: FIRST_OF_MARCH + timedelta(seconds=second))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_open_time_adds_up(first: datetime, second: datetime, third: datetime) -> None:
    begin, middle, end = sorted([first, second, third])
    parts = CALENDAR.open_seconds(begin, middle) + CALENDAR.open_seconds(middle, end)
    assert parts == CALENDAR.open_seconds(begin, end)
    assert CALENDAR.open_seconds(begin, end) <= (end - begin) / timedelta(seconds=1)
