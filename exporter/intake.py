"""Gathers what was heard and puts it on disk: many events share one write, none waits long for it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from exporter.batch import Batch, Gap, Reject
from exporter.errors import OutboxError
from exporter.outbox import Outbox
from exporter.statistics import Statistics
from store.event import Event
from store.organisation import Pbx

log = logging.getLogger(__name__)

LONGEST_WAIT = 0.1
"""Seconds that an event waits for others to share its write to disk."""
BATCH_EVENTS = 2_000
MOST_PENDING_EVENTS = 20_000
"""More are not taken before these are on disk: the PBX waits meanwhile."""
HEARD_INTERVAL = 1.0
"""Seconds between notes that the PBX was heard when it says nothing of use."""
RETRY_DELAY = 1.0


class Intake:
    """Between whoever hears a PBX and the outbox; used on one event loop.

    Args:
        outbox: where to.
        pbx: whose events.
        statistics: counts what was accepted; says when nothing can be.
        on_accepted: called after each write, when there is something to hand over.
    """

    def __init__(
        self, outbox: Outbox, pbx: Pbx, statistics: Statistics, on_accepted: Callable[[], None]
    ) -> None:
        self._outbox = outbox
        self._pbx = pbx
        self._statistics = statistics
        self._on_accepted = on_accepted
        self._events: list[Event] = []
        self._rejects: list[Reject] = []
        self._gaps: list[Gap] = []
        self._heard_at: datetime | None = None
        self._something = asyncio.Event()
        self._plenty = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    async def put(
        self,
        heard_at: datetime,
        events: Sequence[Event] = (),
        rejects: Sequence[Reject] = (),
        gaps: Sequence[Gap] = (),
    ) -> None:
        """Takes what was heard at one moment (UTC); waits while too much is not on disk yet."""
        await self._room.wait()
        self._heard_at = max(self._heard_at or heard_at, heard_at)
        self._events.extend(events)
        self._rejects.extend(rejects)
        self._gaps.extend(gaps)
        if len(self._events) >= BATCH_EVENTS:
            self._plenty.set()
        if len(self._events) >= MOST_PENDING_EVENTS:
            self._room.clear()
        if events or rejects or gaps:
            self._something.set()

    async def run(self) -> None:
        """Writes until cancelled; call `flush` afterwards for the rest."""
        while True:
            if await _is_set_within(self._something, HEARD_INTERVAL):
                await _is_set_within(self._plenty, LONGEST_WAIT)
            while not await self.flush():
                await asyncio.sleep(RETRY_DELAY)

    async def flush(self) -> bool:
        """Puts everything that was taken on disk; False when the outbox refuses it: nothing is lost then."""
        while self._heard_at is not None:
            batch = Batch(
                tenant_id=self._pbx.tenant_id,
                pbx_id=self._pbx.pbx_id,
                received_at=self._heard_at,
                events=tuple(self._events[:BATCH_EVENTS]),
                rejects=tuple(self._rejects[:BATCH_EVENTS]),
                gaps=tuple(self._gaps),
            )
            try:
                await asyncio.to_thread(self._outbox.append, batch)
            except OutboxError as error:
                if self._statistics.problem != str(error):
                    log.error("%s", error)  # noqa: TRY400 - the sentence says it; a trace adds nothing
                self._statistics.problem = str(error)
                return False
            self._statistics.problem = ""
            self._accepted(batch)
            if len(batch.events) < BATCH_EVENTS:
                break
        return True

    def _accepted(self, batch: Batch) -> None:
        """Forgets what is on disk now; more may have come meanwhile."""
        del self._events[: len(batch.events)]
        del self._rejects[: len(batch.rejects)]
        del self._gaps[: len(batch.gaps)]
        self._statistics.events += len(batch.events)
        self._statistics.rejects += len(batch.rejects)
        if batch.events or batch.rejects or batch.gaps:
            self._on_accepted()
        if len(self._events) < MOST_PENDING_EVENTS:
            self._room.set()
        if len(self._events) < BATCH_EVENTS:
            self._plenty.clear()
        if not (self._events or self._rejects or self._gaps):
            self._something.clear()
            if self._heard_at == batch.received_at:
                self._heard_at = None


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
