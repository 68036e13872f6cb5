"""From AMI bytes to committed rows, and from a PBX's event to the live tables.

The bytes are those of the recordings, as often as needed, each time with identities and times of their own.
The exporter is the real service in a process of its own; the PBX is this process, over a real socket.
"""

import bisect
import gzip
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import psycopg

from benchmarks.measurement import Measurement
from exporter.asterisk.ami_events import is_wanted, translate
from exporter.asterisk.ami_protocol import Message, MessageParser
from exporter.batch import Batch
from exporter.event_writer import COLUMNS, event_rows, write_batches
from store.connect import Connection, connect
from store.event import Event, event_key
from store.migrate import migrate
from store.organisation import load_pbx, load_tenant
from store.seed import read_seed
from store.seed_load import load_seed
from store.server import start_server
from store.vocabulary import EventKind
from tests.exporter.scripted_pbx import SECRET, USER, ScriptedPbx, scripted_pbx
from tests.recordings import FOLDER, messages

RUN = FOLDER / "scenarios-a"
MESSAGES_PER_SECOND = 30_000.0
SHARE_OF_COPY = 0.5
ROUNDS = 40
"""Times that the recording is sent at full speed."""
BATCH_ROWS = 2_000
LIVE_RATE = 500.0
LIVE_SECONDS = 30.0
DEADLINE = 300.0


def run() -> Iterator[Measurement]:
    with _database() as url:
        yield from _rows_against_copy(url)
        yield from _bytes_to_rows(url)
        yield from _live_latency(url)


@contextmanager
def _database() -> Iterator[str]:
    """A migrated database with the recordings' organisation, on a server that keeps its promises."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        server = start_server(Path(folder) / "server")
        try:
            url = server.create_database("benchmark_ingest")
            migrate(url)
            with connect(url, "benchmark") as connection:
                load_seed(connection, read_seed(FOLDER / "tenant.yaml"), date(2026, 1, 1))
            yield url
            server.drop_database("benchmark_ingest")
        finally:
            server.discard()


# Rows: the event writer against a bare COPY of the same rows into the same table.


def _rows_against_copy(url: str) -> Iterator[Measurement]:
    recorded = _recorded_events()
    ours: list[float] = []
    copies: list[float] = []
    with connect(url, "benchmark") as connection:
        pbx = load_pbx(connection, load_tenant(connection, "lab"), "lab")
        connection.commit()
        for number in range(8):
            batches = [
                Batch(tenant_id=pbx.tenant_id, pbx_id=pbx.pbx_id, received_at=datetime.now(UTC), events=part)
                for part in _parts(_moved(recorded, number))
            ]
            rows = sum(len(batch.events) for batch in batches)
            write: Callable[[Connection, Batch], object] = _write if number % 2 else _copy
            began = time.perf_counter()
            for batch in batches:
                write(connection, batch)
            rate = rows / (time.perf_counter() - began)
            (ours if number % 2 else copies).append(rate)
    limit = statistics.median(copies)
    yield Measurement(
        f"event writer, {BATCH_ROWS:,} rows a transaction",
        statistics.median(ours),
        "rows/s",
        floor=SHARE_OF_COPY * limit,
        limit=limit,
        limit_name="a bare binary COPY of the same rows",
    )


def _write(connection: Connection, batch: Batch) -> None:
    write_batches(connection, [batch])


def _copy(connection: Connection, batch: Batch) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        statement = f"COPY store.event ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"
        with cursor.copy(statement.encode()) as copy:
            copy.set_types(list(COLUMNS.values()))
            for row in event_rows(batch):
                copy.write_row(row)


def _recorded_events() -> list[Event]:
    """Each once, so that a plain COPY takes them too."""
    parser = MessageParser(is_wanted)
    events = {
        event.key: event
        for one in messages(RUN)
        for message in parser.feed(one.raw)
        if isinstance(message, Message)
        for event in translate(message, one.received_at, one.sequence)
    }
    return list(events.values())


def _moved(events: Sequence[Event], number: int) -> list[Event]:
    """The recording ten times, at other times and with other identities."""
    moved = []
    for repeat in range(10):
        hours = timedelta(hours=number * 10 + repeat)
        mark = f"{number}-{repeat}-"
        for event in events:
            at = event.occurred_at + hours
            moved.append(
                msgspec.structs.replace(
                    event,
                    occurred_at=at,
                    key=event_key(event.key.bytes, at),
                    call=event.call and mark + event.call,
                    connection=event.connection and mark + event.connection,
                )
            )
    return moved


def _parts(events: list[Event]) -> Iterator[tuple[Event, ...]]:
    for start in range(0, len(events), BATCH_ROWS):
        yield tuple(events[start : start + BATCH_ROWS])


# Bytes: the whole service, from the socket to the commit.


def _bytes_to_rows(url: str) -> Iterator[Measurement]:
    with gzip.open(RUN / "ami.log.gz") as file:
        said = file.read().partition(b"\r\n")[2]
    count = said.count(b"\r\n\r\n")
    with scripted_pbx() as pbx, _exporter(url, pbx), psycopg.connect(url, autocommit=True) as connection:
        before = _stored(connection, "cleared")
        expected = before + ROUNDS * sum(event.kind is EventKind.CLEARED for event in _recorded_events())
        rounds = [said.replace(b"17954", b"18%03d" % number) for number in range(ROUNDS)]
        began = time.perf_counter()
        for one in rounds:
            pbx.say(one)
        while _stored(connection, "cleared") < expected:
            _in_time(began, "all rows are committed")
            time.sleep(0.02)
        taken = time.perf_counter() - began
    yield Measurement(
        f"AMI bytes to rows committed, {ROUNDS * count:,} messages",
        ROUNDS * count / taken,
        "messages/s",
        floor=MESSAGES_PER_SECOND,
    )


def _stored(connection: psycopg.Connection, kind: str) -> int:
    row = connection.execute("SELECT count(*) FROM store.event WHERE kind = %s", (kind,)).fetchone()
    assert row is not None
    return int(row[0])


# Live: from the event on the socket to the row that a board reads.


@dataclass
class _Watched:
    """When a state of a connection was said, and when it was first seen in the table."""

    said: dict[tuple[str, str], float] = field(default_factory=dict)
    seen: dict[tuple[str, str], float] = field(default_factory=dict)

    def latencies(self) -> list[float]:
        return sorted(self.seen[key] - at for key, at in self.said.items() if key in self.seen)


def _live_latency(url: str) -> Iterator[Measurement]:
    stream = list(_overlaid_calls())
    watched = _Watched()
    with (
        scripted_pbx() as pbx,
        _exporter(url, pbx),
        psycopg.connect(url, autocommit=True) as connection,
    ):
        began = time.perf_counter()
        sent = 0
        while sent < len(stream) or time.perf_counter() < began + LIVE_SECONDS + 2:
            now = time.perf_counter()
            due = bisect.bisect_right(stream, now - began, key=lambda one: one[0])
            if due > sent:
                pbx.say(b"".join(raw for _, raw, _ in stream[sent:due]))
                at = time.perf_counter()
                watched.said.update(
                    {key: at for _, _, keys in stream[sent:due] for key in keys if key not in watched.said}
                )
                sent = due
            for row in connection.execute("SELECT connection, state FROM store.live_call").fetchall():
                watched.seen.setdefault((row[0], row[1]), time.perf_counter())
            time.sleep(0.005)
    latencies = watched.latencies()
    assert len(latencies) > 100, "too few states were seen to tell"
    rate = len(stream) / LIVE_SECONDS
    what = f"event to live table at {rate:,.0f} messages/s, {len(latencies)} states"
    yield Measurement(f"{what}, median", statistics.median(latencies), "s", 0.2, smaller_is_better=True)
    share = sum(latency <= 1 for latency in latencies) / len(latencies)
    yield Measurement(f"{what}, within 1 s", 100 * share, "%", 99.0)


def _overlaid_calls() -> Iterator[tuple[float, bytes, list[tuple[str, str]]]]:
    """Many copies of the recording at once, in real time: when to send what, and what devices do then."""
    recorded = messages(RUN)[1:]
    start = recorded[0].received_at
    length = (recorded[-1].received_at - start).total_seconds()
    copies = round(LIVE_RATE / (len(recorded) / length))
    chance = random.Random(20261123)
    overlaid = []
    for copy in range(copies):
        phase = chance.uniform(0, length - LIVE_SECONDS)
        for one in recorded:
            due = (one.received_at - start).total_seconds() - phase
            if 0 <= due < LIVE_SECONDS:
                raw = one.raw.replace(b"17954", b"19%03d" % copy)
                overlaid.append((due, raw, _states(raw)))
    return iter(sorted(overlaid, key=lambda one: one[0]))


def _states(raw: bytes) -> list[tuple[str, str]]:
    """State of a telephone that a message tells."""
    kinds = {EventKind.DELIVERED: "ringing", EventKind.ESTABLISHED: "talking"}
    return [
        (event.connection, kinds[event.kind])
        for message in MessageParser(is_wanted).feed(raw)
        if isinstance(message, Message)
        for event in translate(message, datetime.now(UTC))
        if event.kind in kinds
    ]


# The service under test.


@contextmanager
def _exporter(url: str, pbx: ScriptedPbx) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        command = [sys.executable, "-m", "gespreksrapportage", "--log-level", "WARNING", "exporter"]
        options = ["--tenant", "lab", "--pbx", "lab", "--ami-user", USER, "--ami-port", str(pbx.port)]
        files = ["--outbox", f"{folder}/outbox", "--metrics-port", "0"]
        environment = {**os.environ, "DATABASE_URL": url, "AMI_SECRET": SECRET}
        process = subprocess.Popen([*command, *options, *files], env=environment)
        try:
            began = time.perf_counter()
            while not pbx.is_logged_in:
                _in_time(began, "the exporter logs in")
                time.sleep(0.02)
            yield
        finally:
            process.terminate()
            process.wait()


def _in_time(began: float, what: str) -> None:
    if time.perf_counter() > began + DEADLINE:
        raise TimeoutError(f"Not within {DEADLINE:g} s: {what}.")
