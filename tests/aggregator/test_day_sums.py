"""Days that are over have their sums ready, and have them made again when something of them changes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from aggregator.day_sums import tenants_behind
from aggregator.rollups import roll_up
from store.event import Event, event_key
from store.vocabulary import EventKind
from tests.aggregator.recorded_pbx import RecordedPbx
from tests.recordings import RUNS, events

MONDAY = date(2026, 11, 2)
MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)
STATES = """
    SELECT local_day, state, sum(seconds)::int, sum(began)::int, sum(calls)::int FROM store.rollup_agent_day
    WHERE agent = 'Test Agent' AND local_day <= %s GROUP BY 1, 2 ORDER BY 1, 2
"""
CALLS_OF_AGENTS = """
    SELECT agent, call_id, from_at FROM store.agent_state
    WHERE state = 'busy' AND call_id IS NOT NULL ORDER BY agent, from_at
"""
TAKEN_UP = """
    SELECT agent, call_id, from_at FROM store.agent_state WHERE takes_up_call ORDER BY agent, from_at
"""


def said(kind: EventKind, at: datetime) -> Event:
    return Event(
        kind=kind,
        occurred_at=at,
        queue="sales",
        agent="Test Agent",
        device="1001",
        key=event_key(kind.encode(), at),
    )


def ready_before(recorded: RecordedPbx) -> Any:
    row = recorded.connection.execute("SELECT ready_before FROM store.day_sums").fetchone()
    return row[0] if row else None


def states(recorded: RecordedPbx, until: date) -> list[tuple[Any, ...]]:
    return recorded.connection.execute(STATES, (until,)).fetchall()


def test_time_is_given_to_the_days_that_it_lies_in(recorded: RecordedPbx) -> None:
    recorded.hear(
        [
            said(EventKind.AGENT_LOGGED_ON, MORNING + timedelta(hours=14)),
            said(EventKind.AGENT_LOGGED_OFF, MORNING + timedelta(hours=16)),
        ]
    )
    recorded.work_off()

    # Signed in at 23:00 of Amsterdam, for two hours.
    assert states(recorded, MONDAY + timedelta(days=1)) == [
        (MONDAY, "available", 3600, 1, 0),
        (MONDAY + timedelta(days=1), "available", 3600, 0, 0),
    ]


def test_what_is_heard_later_of_a_day_that_is_over_is_in_its_sums(recorded: RecordedPbx) -> None:
    recorded.hear([said(EventKind.AGENT_LOGGED_ON, MORNING)])
    recorded.work_off()
    assert states(recorded, MONDAY) == [(MONDAY, "available", 15 * 3600, 1, 0)]

    recorded.hear([said(EventKind.AGENT_LOGGED_OFF, MORNING + timedelta(hours=1))])
    recorded.work_off()

    assert states(recorded, date.max) == [(MONDAY, "available", 3600, 1, 0)]


def test_somebody_who_stays_signed_in_is_there_every_day_that_is_over(recorded: RecordedPbx) -> None:
    recorded.hear([said(EventKind.AGENT_LOGGED_ON, MORNING)])
    recorded.work_off()

    wednesday = MONDAY + timedelta(days=2)
    assert states(recorded, wednesday)[-1] == (wednesday, "available", 24 * 3600, 0, 0)
    row = recorded.connection.execute(
        "SELECT max(local_day) = (now() AT TIME ZONE 'Europe/Amsterdam')::date - 1 "
        "FROM store.rollup_agent_day"
    ).fetchone()
    assert row == (True,)


def test_a_new_day_has_the_sums_of_the_one_before_made(recorded: RecordedPbx) -> None:
    recorded.hear([said(EventKind.AGENT_LOGGED_ON, MORNING)])
    recorded.work_off()
    assert tenants_behind(recorded.connection) == []
    today = ready_before(recorded)

    yesterday = today - timedelta(days=1)
    recorded.connection.execute("UPDATE store.day_sums SET ready_before = %s", (yesterday,))
    recorded.connection.execute("DELETE FROM store.rollup_agent_day WHERE local_day = %s", (yesterday,))
    assert tenants_behind(recorded.connection) == [recorded.pbx.tenant_id]
    recorded.work_off()

    assert ready_before(recorded) == today
    assert states(recorded, yesterday)[-1] == (yesterday, "available", 24 * 3600, 0, 0)


def test_while_one_adds_up_days_another_waits(recorded: RecordedPbx) -> None:
    recorded.hear([said(EventKind.AGENT_LOGGED_ON, MORNING)])
    with recorded.connection.transaction():
        roll_up(recorded.connection, recorded.organisation.tenant)
        with type(recorded.connection).connect(recorded.url, autocommit=True) as other:
            free = other.execute("SELECT 1 FROM store.day_sums FOR UPDATE SKIP LOCKED").fetchall()
    assert free == []


@pytest.mark.parametrize("run", RUNS)
def test_each_call_of_an_agent_is_taken_up_once(recorded: RecordedPbx, run: str) -> None:
    recorded.hear(events(run))
    recorded.work_off()

    found = recorded.connection.execute(CALLS_OF_AGENTS).fetchall()
    assert recorded.connection.execute(TAKEN_UP).fetchall() == _first_of_each(found)


def _first_of_each(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    first: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in rows:
        first.setdefault(row[:2], row)
    return list(first.values())
