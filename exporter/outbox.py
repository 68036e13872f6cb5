"""Accepted means on disk: batches wait here until the database has committed them.

One SQLite file, because its journal is what makes a write whole or absent, also after `kill -9` or a power
cut. Whoever accepts (`append`) and whoever hands over (`oldest`, `remove`) may be different threads.
"""

import fcntl
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from exporter.batch import Batch
from exporter.errors import OutboxError, OutboxFullError

DEFAULT_MAX_BYTES = 8 * 1024**3

SCHEMA = """
CREATE TABLE IF NOT EXISTS batch (
    batch_id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at REAL NOT NULL,
    events INTEGER NOT NULL,
    content BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS heard (pbx_id INTEGER PRIMARY KEY, at REAL NOT NULL);
"""

_encoder = msgspec.msgpack.Encoder(uuid_format="bytes")
_decoder = msgspec.msgpack.Decoder(Batch)


@dataclass(frozen=True, slots=True)
class OutboxSize:
    batches: int
    events: int
    bytes: int
    oldest_at: datetime | None
    """When the oldest waiting batch was received (UTC)."""
    disk_free_bytes: int = 0
    """What the outbox's disk has left."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A batch that the database does not have yet, as far as we know."""

    batch_id: int
    batch: Batch


class Outbox:
    """Batches on disk, handed over in the order in which they were accepted.

    Args:
        path: the file; made when it is not there. One process uses it at a time.
        max_bytes: how large it may grow, so that a long outage does not take the whole disk along.

    Raises:
        OutboxError: the file cannot be opened, is no outbox, or is in use.
    """

    def __init__(self, path: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self.path = path
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        with ExitStack() as opened:
            opened.enter_context(self._claim())
            with self._sentences():
                self._accepting = opened.enter_context(closing(self._connect(synchronous="FULL")))
                # A removal that a power cut undoes only hands the batch over again, which changes nothing.
                self._handing_over = opened.enter_context(closing(self._connect(synchronous="NORMAL")))
            self._opened = opened.pop_all()

    def append(self, batch: Batch) -> None:
        """Accepts a batch: on return it is on disk.

        Raises:
            OutboxFullError: there is no room for it; nothing was accepted.
            OutboxError: the disk failed; nothing was accepted.
        """
        content = _encoder.encode(batch)
        at = batch.received_at.timestamp()
        with self._transaction(self._accepting) as connection:
            if batch.events or batch.rejects or batch.gaps:
                connection.execute(
                    "INSERT INTO batch (received_at, events, content) VALUES (?, ?, ?)",
                    (at, len(batch.events), content),
                )
            connection.execute(
                "INSERT INTO heard VALUES (?, ?) "
                "ON CONFLICT (pbx_id) DO UPDATE SET at = max(at, excluded.at)",
                (batch.pbx_id, at),
            )

    def oldest(self, limit: int) -> list[Waiting]:
        """The first `limit` batches, oldest first; they stay until they are removed."""
        with self._lock, self._sentences():
            rows = self._handing_over.execute(
                "SELECT batch_id, content FROM batch ORDER BY batch_id LIMIT ?", (limit,)
            ).fetchall()
        return [Waiting(batch_id, _decoder.decode(content)) for batch_id, content in rows]

    def remove(self, up_to: int) -> None:
        """Forgets all batches up to and including the id `up_to`: the database has them."""
        with self._transaction(self._handing_over) as connection:
            connection.execute("DELETE FROM batch WHERE batch_id <= ?", (up_to,))

    def last_heard(self, pbx_id: int) -> datetime | None:
        """When anything was last accepted from this PBX (UTC), also in an earlier run."""
        with self._lock, self._sentences():
            row = self._handing_over.execute("SELECT at FROM heard WHERE pbx_id = ?", (pbx_id,)).fetchone()
        return None if row is None else datetime.fromtimestamp(row[0], UTC)

    def size(self) -> OutboxSize:
        """How much waits now."""
        with self._lock, self._sentences():
            batches, events, content, oldest = self._handing_over.execute(
                "SELECT count(*), coalesce(sum(events), 0), coalesce(sum(length(content)), 0), "
                "min(received_at) FROM batch"
            ).fetchone()
        oldest_at = None if oldest is None else datetime.fromtimestamp(oldest, UTC)
        return OutboxSize(batches, events, content, oldest_at, shutil.disk_usage(self.path.parent).free)

    def close(self) -> None:
        with self._lock:
            self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _claim(self) -> IO[bytes]:
        """Two exporters that hand over the same batches would only undo each other's order."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = self.path.with_name(self.path.name + ".lock").open("wb")
        except OSError as error:
            raise OutboxError(f"The outbox {self.path} cannot be opened: {error.strerror}.") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.close()
            raise OutboxError(
                f"The outbox {self.path} is in use by another exporter; give each its own with --outbox."
            ) from error
        return file

    def _connect(self, synchronous: str) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {synchronous}")
            (page_size,) = connection.execute("PRAGMA page_size").fetchone()
            connection.execute(f"PRAGMA max_page_count = {self._max_bytes // page_size}")
            connection.executescript(SCHEMA)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def _transaction(self, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        with self._lock, self._sentences():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
                raise OutboxFullError(
                    f"The outbox {self.path} is full (disk, or its limit of {self._max_bytes:,} bytes): "
                    "nothing more is accepted until the database takes what waits or there is more room."
                ) from error
            raise OutboxError(f"The outbox {self.path} cannot be used: {error}.") from error
