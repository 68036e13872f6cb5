"""Shows the live state: at once when it changes, but not more often than is useful."""

import asyncio
import logging
import time
from contextlib import suppress
from datetime import UTC, datetime

import psycopg

from exporter.live_rows import LiveSnapshot
from exporter.live_state import LiveState
from exporter.live_tables import LiveTables
from exporter.statistics import Statistics
from store.connect import Connection, connect, sentences
from store.errors import UserError
from store.organisation import Organisation, Pbx, Tenant, load_organisation, load_pbx

log = logging.getLogger(__name__)

SHORTEST_INTERVAL = 0.1
"""Seconds between two writes: changes within it share one."""
HEARTBEAT = 1.0
"""Seconds after which the tables are marked as current although nothing changed."""
RELOAD_INTERVAL = 60.0
"""Seconds after which changes in the organisation show."""
SNAPSHOT_DEADLINE = 5.0
"""Seconds that a half-built state after connecting is not shown."""


class LivePublisher:
    """Writes snapshots of the live state to the database and keeps the last one for the metrics."""

    def __init__(
        self, state: LiveState, tenant: Tenant, pbx: Pbx, database_url: str, statistics: Statistics
    ) -> None:
        self._state = state
        self._tenant = tenant
        self._pbx = pbx
        self._url = database_url
        self._statistics = statistics
        self._connection: Connection | None = None
        self._tables: LiveTables | None = None
        self._changed = asyncio.Event()
        self._held_until = 0.0
        self._available = True
        self._writing: asyncio.Task[None] | None = None
        self._reloaded: tuple[Organisation, Pbx] | None = None
        self._reload_at = time.monotonic() + RELOAD_INTERVAL
        self.last: LiveSnapshot | None = None

    def changed(self) -> None:
        """There is something new to show."""
        self._changed.set()

    def hold(self) -> None:
        """A snapshot was asked for: what is known so far is only a part."""
        self._held_until = asyncio.get_running_loop().time() + SNAPSHOT_DEADLINE

    def release(self) -> None:
        """The snapshot is complete."""
        self._held_until = 0.0
        self._changed.set()

    async def run(self) -> None:
        """Publishes until cancelled; a database that is slow to answer keeps nothing else waiting."""
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            self._changed.clear()
            if started >= self._held_until:
                self.last = self._state.snapshot(datetime.now(UTC))
                self._start_writing(self.last)
            await asyncio.sleep(max(SHORTEST_INTERVAL - (loop.time() - started), 0.0))
            with suppress(TimeoutError):
                async with asyncio.timeout_at(started + HEARTBEAT):
                    await self._changed.wait()

    def _start_writing(self, snapshot: LiveSnapshot) -> None:
        if self._writing is not None and not self._writing.done():
            self._changed.set()
            return
        if self._reloaded is not None:
            self._state.use(*self._reloaded)
            self._reloaded = None
        self._writing = asyncio.create_task(asyncio.to_thread(self._write, snapshot))

    async def publish(self) -> None:
        """Shows the state as it is at this moment."""
        if self._writing is not None:
            await self._writing
        self.last = self._state.snapshot(datetime.now(UTC))
        await asyncio.to_thread(self._write, self.last)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _write(self, snapshot: LiveSnapshot) -> None:
        try:
            with sentences():
                if self._tables is None or self._connection is None:
                    self._connection = connect(self._url, "exporter live", autocommit=True)
                    self._tables = LiveTables(self._connection, self._pbx)
                self._tables.write(
                    snapshot,
                    connected=self._statistics.connected,
                    changed_at=self._statistics.changed_at or snapshot.at,
                )
                self._reload_now_and_then(self._connection)
            self._available = True
        except (UserError, psycopg.Error) as error:
            if self._available:
                log.warning("The live tables are not kept up to date: %s", error)
            self._available = False
            self._tables = None
            self.close()

    def _reload_now_and_then(self, connection: Connection) -> None:
        """On the writing thread; the state itself is changed on the loop."""
        if time.monotonic() >= self._reload_at:
            self._reloaded = (
                load_organisation(connection, self._tenant),
                load_pbx(connection, self._tenant, self._pbx.slug),
            )
            self._reload_at = time.monotonic() + RELOAD_INTERVAL
