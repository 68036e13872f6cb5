"""However events come, and whatever happens meanwhile: in the end the same rows stand in the database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import msgspec
import psycopg
import pytest
from click.testing import CliRunner

from aggregator.calls import build_calls
from aggregator.commands import aggregate
from aggregator.rebuild import rebuild_tenant
from aggregator.rows import BuiltCall, CallRow, LegRow, VisitRow
from store.event import Event
from tests.aggregator.recorded_pbx import RecordedPbx, in_pieces, shuffled
from tests.aggregator.repeated import repeated
from tests.recordings import RUNS, events

DEADLINE = 60.0


Row = tuple[Any, ...]


def stored(recorded: RecordedPbx, table: str, row_type: type[msgspec.Struct]) -> list[Row]:
    columns = ", ".join(row_type.__struct_fields__)
    return recorded.connection.execute(f"SELECT {columns} FROM store.{table}".encode()).fetchall()


def assert_stored(recorded: RecordedPbx, built: list[BuiltCall]) -> None:
    """The database holds exactly these calls with their parts."""
    legs = [leg for one in built for leg in one.legs]
    visits = [visit for one in built for visit in one.visits]
    assert_same(stored(recorded, "call", CallRow), [one.call for one in built])
    assert_same(stored(recorded, "leg", LegRow), legs)
    assert_same(stored(recorded, "visit", VisitRow), visits)


def assert_same(found: list[Row], expected: Sequence[msgspec.Struct]) -> None:
    # The words of the vocabulary are text in the database.
    as_rows = [tuple(msgspec.to_builtins(msgspec.structs.asdict(one)).values()) for one in expected]
    assert sorted((tuple(msgspec.to_builtins(row)) for row in found), key=repr) == sorted(as_rows, key=repr)


def distinct(heard: tuple[Event, ...]) -> list[Event]:
    """A PBX says some things twice; the event writer keeps them once."""
    return list({event.key: event for event in heard}.values())


@pytest.mark.parametrize("run", RUNS)
def test_calls_are_those_that_the_events_tell_of(recorded: RecordedPbx, run: str) -> None:
    recorded.hear(events(run))
    recorded.work_off()

    assert_stored(recorded, build_calls(events(run), recorded.organisation, recorded.pbx))
    assert recorded.waiting() == {}


@pytest.mark.parametrize("run", RUNS)
def test_piece_by_piece_and_anew_are_the_same(recorded: RecordedPbx, run: str) -> None:
    for piece in in_pieces(events(run), 15):
        recorded.hear(piece)
        recorded.work_off()
    as_they_came = recorded.made()

    rebuild_tenant(recorded.connection, recorded.url, recorded.organisation.tenant, processes=1)
    recorded.work_off()

    assert recorded.made() == as_they_came
    assert recorded.waiting() == {}


def test_doubled_and_shuffled_events_make_the_same_rows(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()
    in_order = recorded.made()
    recorded.connection.execute("TRUNCATE store.event")
    recorded.connection.execute("DELETE FROM store.call_key")
    for table in (
        "call",
        "leg",
        "visit",
        "missed_call",
        "agent_state",
        "agent_group_session",
        "device_state",
    ):
        recorded.connection.execute(f"DELETE FROM store.{table}".encode())

    for piece in in_pieces(shuffled(events("scenarios-a") * 2, seed=7), 6):
        recorded.hear(piece)
        recorded.work_off()

    assert recorded.made() == in_order


def test_a_second_import_changes_nothing(recorded: RecordedPbx) -> None:
    recorded.hear(events("sipp"))
    recorded.work_off()
    before = recorded.made()

    recorded.hear(events("sipp"))
    assert recorded.waiting() == {}
    recorded.work_off()

    assert recorded.made() == before


def test_a_long_history_is_rebuilt_in_stretches(recorded: RecordedPbx) -> None:
    history = list(repeated(distinct(events("scenarios-a")), 5))
    recorded.hear(history)
    recorded.work_off()
    as_they_came = recorded.made()

    rebuilt = rebuild_tenant(recorded.connection, recorded.url, recorded.organisation.tenant, processes=2)
    recorded.work_off()

    assert recorded.made() == as_they_came
    assert rebuilt.calls > 4 * rebuilt.left > 0
    assert recorded.waiting() == {}


def start(recorded: RecordedPbx, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "gespreksrapportage", "aggregate", *arguments],
        env=os.environ | {"DATABASE_URL": recorded.url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_when(recorded: RecordedPbx, process: subprocess.Popen[bytes], condition: str) -> None:
    """SIGKILL as soon as the database shows what the process has come to."""
    deadline = time.monotonic() + DEADLINE
    while recorded.connection.execute(condition.encode()).fetchone() != (True,):
        assert process.poll() is None, "it was over before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait(DEADLINE)


def test_a_killed_aggregator_loses_nothing(recorded: RecordedPbx) -> None:
    history = list(repeated(distinct(events("scenarios-a")), 12))
    recorded.hear(history)
    for built in ("count(*) > 0", "count(*) > 600"):
        kill_when(recorded, start(recorded), f"SELECT {built} FROM store.call")
        assert "touched_call" in recorded.waiting()

    assert start(recorded).wait(DEADLINE) == 0

    assert_stored(recorded, build_calls(history, recorded.organisation, recorded.pbx))
    assert recorded.waiting() == {}
    after_the_kills = recorded.made()
    rebuild_tenant(recorded.connection, recorded.url, recorded.organisation.tenant, processes=1)
    recorded.work_off()
    assert recorded.made() == after_the_kills


def test_a_killed_rebuild_is_begun_anew(recorded: RecordedPbx) -> None:
    history = list(repeated(distinct(events("scenarios-a")), 12))
    recorded.hear(history)
    recorded.work_off()
    before = recorded.made()

    kill_when(
        recorded,
        start(recorded, "--rebuild", "--tenant", "lab", "--processes", "1"),
        "SELECT EXISTS (SELECT FROM store.rebuild) AND (SELECT count(*) BETWEEN 1 AND 1300 FROM store.call)",
    )
    assert "rebuild" in recorded.waiting()
    assert recorded.made() != before

    assert start(recorded).wait(DEADLINE) == 0
    assert recorded.made() == before
    assert recorded.waiting() == {}


def test_the_command_says_what_it_did(recorded: RecordedPbx) -> None:
    recorded.hear(events("sipp"))

    done = CliRunner().invoke(aggregate, ["--database-url", recorded.url])

    assert done.exit_code == 0
    assert done.output.startswith("24 calls built, states of ")


def test_only_one_works_on_a_pbx_at_a_time(recorded: RecordedPbx) -> None:
    recorded.hear(events("sipp"))
    with psycopg.connect(recorded.url) as other:
        other.execute("SELECT pg_advisory_xact_lock(7201962, %s)", (recorded.pbx.pbx_id,))
        recorded.work_off()
        assert recorded.rows("call") == []

    recorded.work_off()
    assert len(recorded.rows("call")) == 24


def test_what_is_older_than_the_events_that_are_kept_stays(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()
    before = recorded.made()
    row = recorded.connection.execute(
        """
        SELECT first_at FROM store.call_key k
        WHERE NOT EXISTS (
            SELECT FROM store.call_key other WHERE other.first_at < k.first_at AND other.last_at >= k.first_at
        )
        ORDER BY first_at OFFSET (SELECT count(*) / 2 FROM store.call_key) LIMIT 1
        """
    ).fetchone()
    assert row is not None
    recorded.connection.execute("DELETE FROM store.event WHERE occurred_at < %s", row)

    rebuilt = rebuild_tenant(recorded.connection, recorded.url, recorded.organisation.tenant, processes=1)
    recorded.work_off()

    assert 0 < rebuilt.calls < len(before["call"]) - 20
    assert recorded.made() == before


def test_events_that_come_while_a_history_is_rebuilt_are_not_lost(recorded: RecordedPbx) -> None:
    history = list(repeated(distinct(events("scenarios-a")), 8))
    # Every second event, so that every call is half there when the rebuilding begins.
    recorded.hear(history[::2])
    recorded.work_off()

    process = start(recorded, "--rebuild", "--processes", "1")
    for piece in in_pieces(history[1::2], 20):
        recorded.hear(piece)
    assert process.wait(DEADLINE) == 0
    recorded.work_off()

    assert_stored(recorded, build_calls(history, recorded.organisation, recorded.pbx))
    assert recorded.waiting() == {}
