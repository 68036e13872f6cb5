"""Rollups are plain sums of the facts, whole quarter hours and local days at a time."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from aggregator.copy_rows import copy_rows
from aggregator.dirty import mark_dirty
from aggregator.rollups import mark_all_dirty, roll_up
from aggregator.rows import CallRow, LegRow
from store.vocabulary import CallOutcome, Direction, LegKind, LegOutcome, LegRole
from tests.aggregator.recorded_pbx import RecordedPbx
from tests.recordings import events

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

CALL_SUMS = (
    "total", "incoming", "outgoing", "internal", "presented", "in_progress", "short_calls", "offered",
    "answered", "answered_outside", "answered_in_target", "missed", "conversations", "duration_seconds",
    "ring_seconds", "wait_seconds", "talk_seconds", "hold_seconds", "answer_wait_seconds",
    "offered_wait_seconds",
)  # fmt: skip
VISIT_SUMS = (
    "presented", "in_progress", "short_calls", "offered", "answered", "answered_direct",
    "answered_after_overflow", "answered_in_target", "overflowed", "abandoned", "missed", "wait_seconds",
    "talk_seconds", "answer_wait_seconds",
)  # fmt: skip
LEG_SUMS = (
    "total", "incoming", "outgoing", "internal", "missed", "conversations", "rings", "talk_seconds",
    "hold_seconds", "ring_seconds", "counted_ring_seconds",
)  # fmt: skip


def sums(recorded: RecordedPbx, columns: Iterable[str], source: str) -> tuple[int, ...]:
    added = ", ".join(f"coalesce(sum({column}), 0)" for column in columns)
    row = recorded.connection.execute(f"SELECT {added} FROM {source}".encode()).fetchone()
    assert row is not None
    return tuple(int(value) for value in row)


def add_call(
    recorded: RecordedPbx, started_at: datetime, outcome: CallOutcome = CallOutcome.ANSWERED
) -> None:
    """An incoming call that extension 1001 answered after 5 s and talked on for 60 s."""
    tenant_id, call_id = recorded.pbx.tenant_id, uuid4()
    call = CallRow(
        tenant_id=tenant_id,
        started_at=started_at,
        call_id=call_id,
        pbx_id=recorded.pbx.pbx_id,
        call_ref=str(call_id),
        direction=Direction.INCOMING,
        outcome=outcome,
        wait_seconds=5,
        talk_seconds=60,
    )
    in_progress = outcome is CallOutcome.IN_PROGRESS
    leg = LegRow(
        tenant_id=tenant_id,
        started_at=started_at,
        call_id=call_id,
        leg_number=1,
        connection=str(call_id),
        kind=LegKind.EXTENSION,
        role=LegRole.CALLED,
        direction=Direction.INCOMING,
        outcome=LegOutcome.IN_PROGRESS if in_progress else LegOutcome.ANSWERED,
        extension="1001",
        offered_at=started_at,
        talk_seconds=60,
    )
    copy_rows(recorded.connection, "call", CallRow, [call])
    copy_rows(recorded.connection, "leg", LegRow, [leg])
    mark_dirty(recorded.connection, recorded.organisation.tenant, [started_at])


def roll_up_all(recorded: RecordedPbx) -> None:
    while roll_up(recorded.connection, recorded.organisation.tenant):
        pass


@pytest.mark.parametrize(
    ("columns", "fact", "rollup"),
    [
        (CALL_SUMS, "store.call", "store.rollup_call_quarter"),
        (VISIT_SUMS, "store.visit", "store.rollup_visit_quarter"),
        (LEG_SUMS, "store.leg WHERE kind = 'extension'", "store.rollup_extension_day"),
    ],
)
def test_rollups_are_the_sums_of_the_facts(
    recorded: RecordedPbx, columns: tuple[str, ...], fact: str, rollup: str
) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    assert sums(recorded, columns, rollup) == sums(recorded, columns, fact)
    assert any(sums(recorded, columns, rollup))


def test_each_quarter_hour_has_its_own_calls(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()

    differing = recorded.connection.execute(
        """
        SELECT * FROM (
            SELECT date_bin('15 minutes', started_at, 'epoch') AS bucket, direction, sum(total) AS total,
                   sum(missed) AS missed, max(wait_seconds) AS longest
            FROM store.call GROUP BY 1, 2
        ) facts FULL JOIN (
            SELECT bucket_start AS bucket, direction, sum(total) AS total, sum(missed) AS missed,
                   max(longest_wait_seconds) AS longest
            FROM store.rollup_call_quarter GROUP BY 1, 2
        ) rollups USING (bucket, direction)
        WHERE (facts.total, facts.missed, facts.longest)
            IS DISTINCT FROM (rollups.total, rollups.missed, rollups.longest)
        """
    ).fetchall()
    assert differing == []
    assert len({row[1] for row in recorded.rows("rollup_call_quarter")}) > 1


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 23), 24)]
)
def test_a_local_day_has_all_its_hours(recorded: RecordedPbx, day: date, hours: int) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)
    for hour in range(-1, hours + 1):
        add_call(recorded, midnight + timedelta(hours=hour))
    roll_up_all(recorded)

    days: dict[date, int] = dict(
        recorded.connection.execute(
            "SELECT local_day, sum(total)::int FROM store.rollup_extension_day GROUP BY 1"
        )
    )
    assert days == {day - timedelta(days=1): 1, day: hours, day + timedelta(days=1): 1}
    quarters = recorded.connection.execute(
        "SELECT (bucket_start AT TIME ZONE 'Europe/Amsterdam')::date AS day, sum(total)::int "
        "FROM store.rollup_call_quarter GROUP BY 1"
    ).fetchall()
    assert dict(quarters) == days


def test_the_last_instant_of_a_quarter_belongs_to_it(recorded: RecordedPbx) -> None:
    nine = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    add_call(recorded, nine - timedelta(microseconds=1))
    add_call(recorded, nine)
    roll_up_all(recorded)

    assert [row[1] for row in recorded.rows("rollup_call_quarter")] == [nine - timedelta(minutes=15), nine]


def test_calls_in_progress_are_presented_and_nothing_else(recorded: RecordedPbx) -> None:
    nine = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    add_call(recorded, nine, CallOutcome.IN_PROGRESS)
    roll_up_all(recorded)

    found = dict(zip(CALL_SUMS, sums(recorded, CALL_SUMS, "store.rollup_call_quarter"), strict=True))
    assert {name: value for name, value in found.items() if value} == {"presented": 1, "in_progress": 1}
    assert recorded.rows("rollup_extension_day") == []


def test_a_call_that_goes_takes_its_sums_along(recorded: RecordedPbx) -> None:
    nine = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    add_call(recorded, nine)
    roll_up_all(recorded)
    recorded.connection.execute("DELETE FROM store.call")
    recorded.connection.execute("DELETE FROM store.leg")
    mark_dirty(recorded.connection, recorded.organisation.tenant, [nine])
    roll_up_all(recorded)

    assert recorded.rows("rollup_call_quarter") == []
    assert recorded.rows("rollup_extension_day") == []


def test_made_all_again_they_are_the_same(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()
    before = recorded.made()

    mark_all_dirty(recorded.connection, recorded.organisation.tenant)
    roll_up_all(recorded)

    assert recorded.made() == before


def test_what_another_has_taken_is_left_alone_and_what_changes_meanwhile_is_not_lost(
    recorded: RecordedPbx,
) -> None:
    nine = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    add_call(recorded, nine)
    roll_up_all(recorded)
    with recorded.connection.transaction():
        mark_dirty(recorded.connection, recorded.organisation.tenant, [nine])
        with type(recorded.connection).connect(recorded.url) as other:
            # The writer's transaction goes on: its bucket must not be summed up without it.
            assert not roll_up(other, recorded.organisation.tenant)
    roll_up_all(recorded)

    assert sums(recorded, ("total",), "store.rollup_call_quarter") == (1,)
    assert not {"dirty_bucket", "dirty_day"} & recorded.waiting().keys()
