"""Storing: each event once, the aggregator told of what is new, nothing good lost for something bad."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import psycopg
import pytest

from exporter.batch import Batch, Gap, Reject
from exporter.event_writer import EVENTS_CHANNEL, write_batches
from store.connect import Connection, connect
from store.event import Event
from store.vocabulary import SYSTEM_KINDS, EventKind
from tests.exporter.conftest import Lab
from tests.recordings import events

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def connection(lab: Lab) -> Iterator[Connection]:
    """With the rights of an exporter, no more."""
    with connect(lab.url, "test") as connection:
        connection.execute("SET ROLE gespreksrapportage_exporter")
        connection.commit()
        yield connection


def batch(
    lab: Lab,
    events: tuple[Event, ...] = (),
    rejects: tuple[Reject, ...] = (),
    gaps: tuple[Gap, ...] = (),
) -> Batch:
    return Batch(
        tenant_id=lab.pbx.tenant_id,
        pbx_id=lab.pbx.pbx_id,
        received_at=NOON,
        events=events,
        rejects=rejects,
        gaps=gaps,
    )


def test_a_recording_is_stored_field_for_field(lab: Lab, connection: Connection) -> None:
    recorded = events("sipp")
    written = write_batches(connection, [batch(lab, recorded[:700]), batch(lab, recorded[700:])])
    distinct = {(event.key, event.occurred_at): event for event in recorded}
    assert (written.events, written.new_events) == (len(recorded), len(distinct))
    names = ", ".join(Event.__struct_fields__)
    stored = [msgspec.convert(row, Event) for row in lab.rows(f"SELECT {names} FROM store.event")]
    assert {(event.key, event.occurred_at): event for event in stored} == distinct


def test_the_same_again_is_stored_once_and_touches_nothing(lab: Lab, connection: Connection) -> None:
    recorded = batch(lab, events("sipp"))
    first = write_batches(connection, [recorded])
    touched = "SELECT count(*) FROM store.touched_call"
    before = lab.value(touched)
    second = write_batches(connection, [recorded, recorded])
    assert second.new_events == 0
    assert second.known_events == 2 * first.events
    assert lab.value("SELECT count(*) FROM store.event") == first.new_events
    assert lab.value(touched) == before > 0


def test_touched_rows_name_each_call_agent_and_device_with_its_times(
    lab: Lab, connection: Connection
) -> None:
    recorded = events("scenarios-a")
    write_batches(connection, [batch(lab, recorded)])
    spans: dict[str, list[datetime]] = {}
    for event in recorded:
        reference = event.call or event.connection
        if reference or event.kind in SYSTEM_KINDS:
            spans.setdefault(reference, []).append(event.occurred_at)
    touched = lab.rows("SELECT call, first_at, last_at FROM store.touched_call")
    assert sorted(touched) == sorted((call, min(times), max(times)) for call, times in spans.items())
    agents = {event.agent for event in recorded if event.agent}
    assert {agent for (agent,) in lab.rows("SELECT agent FROM store.touched_agent")} == agents
    do_not_disturb = (EventKind.DO_NOT_DISTURB_ON, EventKind.DO_NOT_DISTURB_OFF)
    devices = {event.device for event in recorded if event.kind in do_not_disturb}
    assert {device for (device,) in lab.rows("SELECT device FROM store.touched_device")} == devices


def test_listeners_are_told_only_when_there_is_something_new(lab: Lab, connection: Connection) -> None:
    with lab.database.connect(autocommit=True) as listener:
        listener.execute(f"LISTEN {EVENTS_CHANNEL}")
        write_batches(connection, [batch(lab, events("sipp"))])
        assert len(list(listener.notifies(timeout=10, stop_after=1))) == 1
        write_batches(connection, [batch(lab, events("sipp"))])
        # What is sent next comes after anything that was sent before it.
        listener.execute(f"NOTIFY {EVENTS_CHANNEL}, 'last'")
        assert [told.payload for told in listener.notifies(timeout=10, stop_after=1)] == ["last"]


def test_text_that_the_database_cannot_hold_keeps_no_other_event_out(
    lab: Lab, connection: Connection
) -> None:
    good, bad = events("sipp")[:2]
    strange = msgspec.structs.replace(bad, name="Jan\0sen \udce9")
    write_batches(connection, [batch(lab, (good, strange))])
    assert lab.value("SELECT count(*) FROM store.event") == 2
    assert lab.rows("SELECT name FROM store.event WHERE name LIKE 'Jan%'") == [("Jan\ufffdsen ?",)]


def test_a_reject_is_kept_once(lab: Lab, connection: Connection) -> None:
    reject = Reject(source="cel", reason="3 columns instead of 20", raw=b"a,b,c", line_number=4)
    written = [write_batches(connection, [batch(lab, rejects=(reject,))]) for _ in range(2)]
    assert [one.rejects for one in written] == [1, 0]
    stored = lab.rows("SELECT source, line_number, reason, raw FROM store.event_reject")
    assert stored == [("cel", 4, "3 columns instead of 20", b"a,b,c")]


def test_a_gap_begins_ends_and_is_told_again_without_harm(lab: Lab, connection: Connection) -> None:
    later = NOON + timedelta(minutes=2)
    begun = batch(lab, gaps=(Gap(began_at=NOON, ended_at=None, reason="The line was cut."),))
    ended = batch(lab, gaps=(Gap(began_at=NOON, ended_at=later, reason="The line was cut."),))
    query = "SELECT began_at, ended_at, reason FROM store.pbx_gap ORDER BY began_at"
    write_batches(connection, [begun])
    assert lab.rows(query) == [(NOON, None, "The line was cut.")]
    for again in (begun, ended, begun, ended):
        write_batches(connection, [again])
    assert lab.rows(query) == [(NOON, later, "The line was cut.")]


def test_a_gap_whose_end_was_lost_ends_where_the_next_begins(lab: Lab, connection: Connection) -> None:
    later = NOON + timedelta(hours=1)
    for began_at in (NOON, later):
        gap = Gap(began_at=began_at, ended_at=None, reason="The line was cut.")
        write_batches(connection, [batch(lab, gaps=(gap,))])
    assert lab.rows("SELECT began_at, ended_at FROM store.pbx_gap ORDER BY 1") == [
        (NOON, later),
        (later, None),
    ]


def test_nothing_of_a_transaction_stays_when_it_fails(lab: Lab, connection: Connection) -> None:
    stranger = msgspec.structs.replace(
        batch(lab, rejects=(Reject(source="ami", reason="cut off", raw=b"Eve"),)), tenant_id=999
    )
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        write_batches(connection, [batch(lab, events("sipp")), stranger])
    assert lab.value("SELECT count(*) FROM store.event") == 0
    assert write_batches(connection, [batch(lab, events("sipp"))]).new_events > 0
