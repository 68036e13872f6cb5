"""The calendar that alarms ask in SQL says what the calendar of the aggregator says."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import psycopg
import pytest

from store.calendar import Calendar, Opening
from store.connect import connect
from store.login import create_login
from store.vocabulary import Phase
from tests.conftest import Database, RoleNames

TIME_ZONE = "Europe/Amsterdam"
WEEKDAYS = [
    Opening("", day, opens, closes)
    for day in range(1, 6)
    for opens, closes in ((time(8, 30), time(12)), (time(12, 45), time(17, 30)))
]
SALES = [Opening("sales", day, time(9), time(21)) for day in range(1, 7)]
KINGS_DAY = date(2026, 4, 27)
LINES: Sequence[tuple[str | None, ...]] = ((), ("sales",), ("+31201230001", "sales"), (None, "service"))


def moments() -> list[datetime]:
    """Of a year in which the clock changes twice, some of them on the very second of opening."""
    chosen = random.Random(6)
    anywhere = [
        datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=chosen.randrange(365 * 86_400))
        for _ in range(150)
    ]
    return [*anywhere, datetime(2026, 11, 23, 7, 30, tzinfo=UTC), datetime(2026, 11, 23, 16, 30, tzinfo=UTC)]


@pytest.mark.parametrize("openings", [[], [*WEEKDAYS, *SALES]], ids=["always open", "with hours"])
def test_both_calendars_say_the_same(
    database: Database, role_names: RoleNames, openings: list[Opening]
) -> None:
    role = role_names("viewer")
    with connect(database.url, "test", autocommit=True) as connection:
        write_calendar(connection, "theirs", [Opening("", 7, time(0), time(23))], date(2026, 11, 23))
        write_calendar(connection, "ours", openings, KINGS_DAY)
        url = create_login(connection, database.url, role, "viewer", "ours")
    calendar = Calendar(TIME_ZONE, openings, [KINGS_DAY])
    chosen = moments()
    with psycopg.connect(url) as viewer:
        for lines in LINES:
            for at in chosen:
                row = viewer.execute("SELECT report.is_open(%s, %s::text[])", (at, list(lines)))
                assert row.fetchone() == (calendar.phase(at, *lines) is Phase.OPEN,), (at, lines)
            for begin, end in pairwise(chosen):
                row = viewer.execute(
                    "SELECT report.open_seconds(%s, %s, %s::text[])::float",
                    (begin, end, list(lines)),
                )
                assert row.fetchone() == (calendar.open_seconds(begin, end, *lines),), (begin, end, lines)


def write_calendar(connection: psycopg.Connection, slug: str, openings: list[Opening], holiday: date) -> None:
    row = connection.execute(
        "INSERT INTO store.tenant (slug, name, time_zone) VALUES (%s, %s, %s) RETURNING tenant_id",
        (slug, slug, TIME_ZONE),
    ).fetchone()
    assert row is not None
    connection.execute("INSERT INTO store.holiday VALUES (%s, %s, 'holiday')", (row[0], holiday))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO store.working_hours VALUES (%s, %s, %s, %s, %s)",
            [(row[0], each.line, each.weekday, each.opens, each.closes) for each in openings],
        )
