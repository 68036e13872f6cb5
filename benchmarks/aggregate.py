"""From stored events to calls: all of a history anew, and live until a call can be read.

The events are those of the recordings, as often as needed, each time with identities and times of their own.
Live, the aggregator is the real service in a process of its own.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import psycopg

from aggregator.copy_rows import copy_rows
from aggregator.grouping import group
from aggregator.rebuild import rebuild_calls, rebuild_tenant, several
from aggregator.rows import CallRow, LegRow, VisitRow
from benchmarks.measurement import Measurement
from exporter.batch import Batch
from exporter.event_writer import COLUMNS, event_rows, write_batches
from store.connect import Connection, connect
from store.event import Event
from store.migrate import migrate
from store.organisation import Pbx, load_pbx, load_tenant
from store.seed import read_seed
from store.seed_load import load_seed
from store.server import start_server
from tests.aggregator.repeated import BETWEEN, again, repeated
from tests.recordings import FOLDER, events

TIMES = 300
"""How often the recording is in the history, each time a quarter of an hour earlier."""
CALLS_PER_SECOND = 5_000.0
CALLS_AT_ONCE = 2_000
ROUNDS = 2
PROCESSES = 2

LIVE_SECONDS = 30.0
LIVE_CALLS_PER_SECOND = 10.0
LIVE_LATENCY = 2.0
DEADLINE = 120.0

FACTS: tuple[tuple[str, type[msgspec.Struct]], ...] = (
    ("call", CallRow),
    ("leg", LegRow),
    ("visit", VisitRow),
)


def run() -> Iterator[Measurement]:
    with _database() as url, connect(url, "benchmark", autocommit=True) as connection:
        pbx = load_pbx(connection, load_tenant(connection, "lab"), "lab")
        yield from _rebuilding(connection, url, pbx)
        yield from _live(connection, url, pbx)


@contextmanager
def _database() -> Iterator[str]:
    """A migrated database with the recordings' organisation, on a server that keeps its promises."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        server = start_server(Path(folder) / "server")
        try:
            url = server.create_database("benchmark_aggregate")
            migrate(url)
            with connect(url, "benchmark") as connection:
                load_seed(connection, read_seed(FOLDER / "tenant.yaml"), date(2026, 1, 1))
            yield url
            server.drop_database("benchmark_aggregate")
        finally:
            server.discard()


def _distinct() -> list[Event]:
    """The recorded events without those that the PBX says twice: a bare COPY keeps both."""
    return list({event.key: event for event in events("scenarios-a")}.values())


# Rebuilding: against a bare COPY of the calls, legs and visits that come out.


def _rebuilding(connection: Connection, url: str, pbx: Pbx) -> Iterator[Measurement]:
    _store(connection, pbx, list(repeated(_distinct(), TIMES, -BETWEEN)))
    tenant = load_tenant(connection, "lab")
    ours, copies, everything = [], [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with several(PROCESSES) as workers:
            rebuilt = rebuild_calls(connection, url, tenant, [pbx], workers)
        ours.append(rebuilt.calls / (time.perf_counter() - began))
        copies.append(_copied_per_second(connection))
        began = time.perf_counter()
        rebuilt = rebuild_tenant(connection, url, tenant, PROCESSES)
        everything.append(rebuilt.calls / (time.perf_counter() - began))
    limit = statistics.median(copies)
    name = f"{PROCESSES} processes, {rebuilt.events / rebuilt.calls:.0f} events a call"
    yield Measurement(
        f"rebuild of calls, legs, visits and rollups, {name}",
        statistics.median(ours),
        "calls/s",
        floor=CALLS_PER_SECOND,
        limit=limit,
        limit_name="a bare binary COPY of the same calls, legs and visits",
    )
    yield Measurement(
        f"rebuild with agents' states and missed calls, {name}",
        statistics.median(everything),
        "calls/s",
        limit=limit,
        limit_name="the same COPY",
    )


def _store(connection: Connection, pbx: Pbx, history: Sequence[Event]) -> None:
    batch = Batch(
        tenant_id=pbx.tenant_id, pbx_id=pbx.pbx_id, received_at=datetime.now(UTC), events=tuple(history)
    )
    statement = f"COPY store.event ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.set_types(list(COLUMNS.values()))
        for row in event_rows(batch):
            copy.write_row(row)
    connection.execute("VACUUM ANALYZE store.event")


def _copied_per_second(connection: Connection) -> float:
    """Calls with their legs and visits, as they are now, written again into the emptied tables."""
    rows = {}
    for table, row_type in FACTS:
        columns = ", ".join(row_type.__struct_fields__)
        found = connection.execute(f"SELECT {columns} FROM store.{table} ORDER BY started_at".encode())
        rows[table] = [row_type(**dict(zip(row_type.__struct_fields__, row, strict=True))) for row in found]
        connection.execute(f"DELETE FROM store.{table}".encode())
    calls = len(rows["call"])
    parts = -(-calls // CALLS_AT_ONCE)
    began = time.perf_counter()
    for part in range(parts):
        with connection.transaction():
            for table, row_type in FACTS:
                copy_rows(connection, table, row_type, rows[table][part::parts])
    return calls / (time.perf_counter() - began)


# Live: from a call's end to the moment at which it can be read.


def _live(connection: Connection, url: str, pbx: Pbx) -> Iterator[Measurement]:
    with _service(url):
        latencies = _play(connection, url, pbx)
    cut = statistics.quantiles(latencies, n=100)
    name = f"end of a call to its row, {LIVE_CALLS_PER_SECOND:.0f} calls/s"
    yield Measurement(f"{name}, median", cut[49], "s", smaller_is_better=True)
    yield Measurement(f"{name}, 99 %", cut[98], "s", floor=LIVE_LATENCY, smaller_is_better=True)


@contextmanager
def _service(url: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", "gespreksrapportage", "aggregate", "--serve", "--metrics-port", "0"],
        env=os.environ | {"DATABASE_URL": url},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "listening for events" in line:
                break
        yield
    finally:
        process.terminate()
        process.communicate(timeout=DEADLINE)


def _plan(began: datetime) -> list[Event]:
    """Calls of the recording, begun evenly over the time, with the events at their own distances."""
    calls = group(_distinct())[0]
    choice = random.Random(1)
    planned = []
    for number in range(int(LIVE_SECONDS * LIVE_CALLS_PER_SECOND)):
        call = choice.choice(calls)
        by = began + timedelta(seconds=number / LIVE_CALLS_PER_SECOND) - call[0].occurred_at
        planned += [again(event, 1_000_000 + number, by) for event in call]
    return sorted(planned, key=lambda event: event.occurred_at)


def _play(connection: Connection, url: str, pbx: Pbx) -> list[float]:
    """Writes each event when it happens, and looks which calls are there."""
    began = datetime.now(UTC) + timedelta(seconds=1)
    planned = _plan(began)
    seen: dict[object, float] = {}
    with connect(url, "benchmark") as writer:
        while planned or datetime.now(UTC) < began + timedelta(seconds=LIVE_SECONDS + LIVE_LATENCY):
            now = datetime.now(UTC)
            due = [event for event in planned[:500] if event.occurred_at <= now]
            if due:
                planned = planned[len(due) :]
                batch = Batch(tenant_id=pbx.tenant_id, pbx_id=pbx.pbx_id, received_at=now, events=tuple(due))
                write_batches(writer, [batch])
            _look(connection, began, seen)
            time.sleep(0.02)
    return list(seen.values())


def _look(
    connection: psycopg.Connection[tuple[object, ...]], since: datetime, seen: dict[object, float]
) -> None:
    rows = connection.execute(
        """
        SELECT call_id, extract(epoch FROM clock_timestamp() - ended_at)::float FROM store.call
        WHERE started_at >= %s AND ended_at > now() - interval '10 s'
        """,
        (since,),
    ).fetchall()
    for call_id, latency in rows:
        assert isinstance(latency, float)
        seen.setdefault(call_id, latency)
