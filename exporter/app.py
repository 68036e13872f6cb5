"""The exporter as a service: hears one PBX, keeps everything, shows what happens now."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from exporter.asterisk.ami_connection import (
    AmiConnection,
    AmiSettings,
    Connected,
    Happening,
    Lost,
    Received,
    SnapshotTaken,
)
from exporter.asterisk.ami_events import is_known, is_wanted, translate
from exporter.asterisk.ami_protocol import Message, Rejected
from exporter.batch import Gap, Reject
from exporter.delivery import Delivery
from exporter.intake import Intake
from exporter.live_publisher import LivePublisher
from exporter.live_state import LiveState
from exporter.metrics import ExporterCollector, MetricsServer
from exporter.outbox import DEFAULT_MAX_BYTES, Outbox
from exporter.statistics import Statistics
from store.connect import connect, sentences
from store.errors import UserError
from store.event import Event, event_key
from store.organisation import load_organisation, load_pbx, load_tenant
from store.vocabulary import EventKind

log = logging.getLogger(__name__)

NOT_RUNNING = "The exporter was not running."
STOP_DEADLINE = 5.0
"""Seconds at the end for what is still in the outbox; the rest goes with the next start."""


@dataclass(frozen=True, slots=True)
class ExporterSettings:
    """What a run of the service needs to know."""

    database_url: str = field(repr=False)
    tenant: str
    pbx: str
    ami: AmiSettings
    outbox: Path
    outbox_max_bytes: int = DEFAULT_MAX_BYTES
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 9810


class Exporter:
    """One PBX's exporter.

    Raises:
        UserError: the database cannot be reached, does not know the tenant or PBX, or the outbox cannot be
            used.
    """

    def __init__(self, settings: ExporterSettings) -> None:
        self._settings = settings
        with sentences(), connect(settings.database_url, "exporter") as connection:
            self._tenant = load_tenant(connection, settings.tenant)
            self._pbx = load_pbx(connection, self._tenant, settings.pbx)
            organisation = load_organisation(connection, self._tenant)
        self._statistics = Statistics()
        self._outbox = Outbox(settings.outbox, settings.outbox_max_bytes)
        self._delivery = Delivery(self._outbox, settings.database_url, self._statistics)
        self._state = LiveState(organisation, self._pbx)
        self._connection = AmiConnection(settings.ami, is_wanted)
        self._statistics.event_counts = self._connection.event_counts
        self._gap: Gap | None = None

    async def run(self) -> None:
        """Works until SIGTERM or SIGINT.

        Raises:
            LoginRefusedError: the PBX refuses the first login.
            UserError: the port for the metrics is taken.
        """
        self._intake = Intake(self._outbox, self._pbx, self._statistics, self._delivery.wake)
        self._publisher = LivePublisher(
            self._state, self._tenant, self._pbx, self._settings.database_url, self._statistics
        )
        metrics = self._serve_metrics()
        self._delivery.start()
        try:
            await self._work()
        finally:
            metrics.stop()
            await self._intake.flush()
            ended = await asyncio.to_thread(self._delivery.stop, STOP_DEADLINE)
            self._publisher.close()
            if ended:
                self._outbox.close()

    async def _work(self) -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopped.set)
        work = [
            asyncio.create_task(self._listen(), name="listen"),
            asyncio.create_task(self._intake.run(), name="intake"),
            asyncio.create_task(self._publisher.run(), name="live"),
        ]
        stop = asyncio.create_task(stopped.wait(), name="stop")
        done, pending = await asyncio.wait([*work, stop], return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        await self._stop_listening()
        await self._publisher.publish()
        for task in done:
            task.result()

    def _serve_metrics(self) -> MetricsServer:
        settings = self._settings
        collector = ExporterCollector(
            settings.tenant,
            settings.pbx,
            self._statistics,
            self._outbox.size,
            lambda: self._publisher.last,
            is_known,
        )
        try:
            server = MetricsServer(settings.metrics_host, settings.metrics_port, collector, self._statistics)
        except OSError as error:
            raise UserError(
                f"The metrics cannot be served at {settings.metrics_host}:{settings.metrics_port}: "
                f"{error.strerror}; choose another port with --metrics-port."
            ) from error
        server.start()
        log.info("Metrics are at http://%s:%s/metrics.", settings.metrics_host, server.port)
        return server

    # What happens on the connection.

    async def _listen(self) -> None:
        heard = self._outbox.last_heard(self._pbx.pbx_id)
        if heard is not None:
            await self._begin_gap(heard, NOT_RUNNING)
        async with aclosing(self._connection.listen()) as happenings:
            async for happening in happenings:
                await self._handle(happening)

    async def _handle(self, happening: Happening) -> None:
        match happening:
            case Received(at, messages):
                await self._received(at, messages)
            case Connected(at):
                log.info("Connected to the PBX.")
                self._statistics.last_received_at = at
                self._set_connected(True, at)
                self._publisher.hold()
                await self._end_gap(at)
            case SnapshotTaken():
                self._publisher.release()
            case Lost(at, reason):
                await self._lost(at, reason)

    async def _received(self, at: datetime, messages: Sequence[Message | Rejected]) -> None:
        events: list[Event] = []
        rejects: list[Reject] = []
        for message in messages:
            if isinstance(message, Rejected):
                rejects.append(Reject(source="ami", reason=message.reason, raw=message.raw))
            else:
                events += translate(message, at, message.number)
        self._statistics.last_received_at = at
        self._show(events)
        await self._intake.put(at, events, rejects)

    async def _lost(self, at: datetime, reason: str) -> None:
        if self._statistics.connected:
            log.warning("The connection to the PBX was lost: %s", reason)
            self._set_connected(False, at)
            await self._begin_gap(self._statistics.last_received_at or at, reason)
        elif self._gap is None:
            log.warning("%s", reason)
            await self._begin_gap(at, reason)
        else:
            log.debug("%s", reason)

    async def _stop_listening(self) -> None:
        """Says at once that nobody listens from now on: the next start may be far away."""
        heard = self._statistics.last_received_at
        if self._statistics.connected and heard is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(STOP_DEADLINE):
                    await self._begin_gap(heard, NOT_RUNNING)
        self._set_connected(False, datetime.now(UTC))

    async def _begin_gap(self, began_at: datetime, reason: str) -> None:
        """From the last that was heard: who knows what happened right after it."""
        self._gap = Gap(began_at=began_at, ended_at=None, reason=reason)
        stopped = Event(
            kind=EventKind.LISTENING_STOPPED,
            occurred_at=began_at,
            key=event_key(b"listening stopped", began_at),
        )
        self._show([stopped])
        await self._intake.put(began_at, [stopped], gaps=[self._gap])

    async def _end_gap(self, at: datetime) -> None:
        if self._gap is None:
            return
        gap = Gap(began_at=self._gap.began_at, ended_at=at, reason=self._gap.reason)
        self._gap = None
        self._statistics.gap_seconds += (at - gap.began_at).total_seconds()
        await self._intake.put(at, gaps=[gap])

    def _show(self, events: Sequence[Event]) -> None:
        for event in events:
            self._state.apply(event)
        if events:
            self._publisher.changed()

    def _set_connected(self, connected: bool, at: datetime) -> None:
        self._statistics.connected = connected
        self._statistics.changed_at = at
        self._publisher.changed()
