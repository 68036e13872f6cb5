"""The aggregator: works off everything that was touched, once or as a service."""

import logging
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import psycopg
from prometheus_client import CollectorRegistry

from aggregator.day_sums import tenants_behind
from aggregator.expiry import expire_daily
from aggregator.metrics import Metrics, MetricsServer
from aggregator.pbx_worker import (
    CALLS_AT_ONCE,
    OrganisationChangedError,
    PbxWorker,
    Work,
    organisation_changes,
)
from aggregator.rebuild import resume_rebuilds
from aggregator.rollups import RolledUp, roll_up
from aggregator.touched import touched_pbxs
from store.calendar import load_calendar
from store.connect import Connection, connect, sentences
from store.errors import DatabaseUnavailableError
from store.organisation import Tenant, load_organisation, load_pbxs, load_tenant

log = logging.getLogger(__name__)

EVENTS_CHANNEL = "gespreksrapportage_events"
"""Where the event writer tells that there is something new; its payload is not looked at."""

POLL_SECONDS = 1.0
"""How long a lost notification can go unnoticed."""

ORGANISATION_SECONDS = 30.0
"""How long a change of a tenant's organisation can go unnoticed."""

RECONNECT_SECONDS = 5.0

_LIVE = timedelta(hours=1)
"""A call that ended longer ago came from a file or a late event: no measure of how fast calls appear."""


@dataclass
class Totals:
    """What was done since the start."""

    calls: int = 0
    agents: int = 0
    devices: int = 0
    quarters: int = 0
    days: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return (
            f"{self.calls} calls built, states of {self.agents} agents and {self.devices} devices made, "
            f"{self.quarters} quarter hours and {self.days} days summed up"
        )


@dataclass
class _KnownTenant:
    """A tenant as it was when it was looked at last, and the workers of its PBXs."""

    tenant: Tenant
    workers: dict[int, PbxWorker]
    loaded_at: float


class Aggregator:
    """Works on one connection, with what it knows of tenants and PBXs in memory."""

    def __init__(self, url: str, metrics: Metrics | None = None) -> None:
        self._url = url
        self.metrics = metrics or Metrics(CollectorRegistry())
        self.totals = Totals()
        self._known: dict[int, _KnownTenant] = {}

    @property
    def set_aside(self) -> int:
        """Touched rows that this process failed at."""
        return sum(len(worker.aside) for known in self._known.values() for worker in known.workers.values())

    def work_off(self, connection: Connection, stopped: threading.Event | None = None) -> None:
        """Works until nothing touched is left (but what cannot be built), or `stopped` is set.

        Args:
            connection: in autocommit mode; every step is a transaction of its own.
        """
        resume_rebuilds(connection, self._url)
        while not (stopped is not None and stopped.is_set()) and self._round(connection):
            pass
        self.metrics.set_aside.set(self.set_aside)
        self.metrics.succeeded()

    def _round(self, connection: Connection) -> bool:
        """One transaction for each PBX and tenant with work; whether there was any."""
        worked = False
        for tenant_id, pbx_id in touched_pbxs(connection):
            known = self._tenant(connection, tenant_id)
            worker = known.workers.get(pbx_id) if known else None
            if worker is None:
                continue
            try:
                worked = self._work(connection, worker) or worked
            except OrganisationChangedError:
                self._forget(tenant_id)
                worked = True
        for tenant in self._dirty_tenants(connection):
            rolled_up = self._roll_up(connection, tenant)
            self._count_rollups(rolled_up)
            worked = worked or bool(rolled_up)
        return worked

    def _work(self, connection: Connection, worker: PbxWorker) -> bool:
        calls = worker.work_calls(connection)
        self._count(calls)
        # Calls that still wait may change the same agents: their states are made once, afterwards.
        if calls.taken >= CALLS_AT_ONCE:
            return True
        states = worker.work_agents(connection)
        self._count(states)
        return bool(calls) or bool(states)

    def _roll_up(self, connection: Connection, tenant: Tenant) -> RolledUp:
        """What fails stays among the changed quarter hours and days, and stops no other tenant."""
        try:
            return roll_up(connection, tenant)
        except psycopg.OperationalError:
            raise
        except psycopg.Error as error:
            # Without the error's detail, which may show a row.
            log.error(  # noqa: TRY400
                "tenant %s: sums cannot be made: %s", tenant.slug, error.diag.message_primary or error
            )
            self.totals.failed += 1
            self.metrics.failures.inc()
            return RolledUp()

    def _count(self, work: Work) -> None:
        self.totals.calls += len(work.calls)
        self.totals.agents += work.agents
        self.totals.devices += work.devices
        self.totals.failed += work.failed
        self.metrics.events.inc(work.events)
        self.metrics.calls.inc(len(work.calls))
        self.metrics.agents.inc(work.agents)
        self.metrics.failures.inc(work.failed)
        now = datetime.now(UTC)
        for built in work.calls:
            ended_at = built.call.ended_at
            if ended_at is not None and now - ended_at < _LIVE:
                self.metrics.latency.observe((now - ended_at).total_seconds())

    def _count_rollups(self, rolled_up: RolledUp) -> None:
        self.totals.quarters += rolled_up.quarters
        self.totals.days += rolled_up.days
        self.metrics.quarters.inc(rolled_up.quarters)

    def _forget(self, tenant_id: int) -> None:
        """Has a tenant's organisation loaded anew when it is wanted next."""
        known = self._known[tenant_id]
        self._known[tenant_id] = replace(known, loaded_at=-ORGANISATION_SECONDS)

    def _tenant(self, connection: Connection, tenant_id: int) -> _KnownTenant | None:
        """With the organisation as it is now, or was not long ago; None when the tenant has been deleted."""
        known = self._known.get(tenant_id)
        if known is not None and time.monotonic() - known.loaded_at < ORGANISATION_SECONDS:
            return known
        row = connection.execute(
            "SELECT slug FROM store.tenant WHERE tenant_id = %s", (tenant_id,)
        ).fetchone()
        if row is None:
            self._known.pop(tenant_id, None)
            return None
        self._known[tenant_id] = self._load(connection, row[0], known.workers if known else {})
        return self._known[tenant_id]

    @staticmethod
    def _load(connection: Connection, slug: str, workers: dict[int, PbxWorker]) -> _KnownTenant:
        tenant = load_tenant(connection, slug)
        # Counted before all else is read: a change in between is one more, and has it read again.
        changes = organisation_changes(connection, tenant.tenant_id)
        organisation = load_organisation(connection, tenant)
        calendar = load_calendar(connection, tenant.tenant_id, tenant.time_zone)
        now = {}
        for pbx in load_pbxs(connection, tenant):
            worker = workers.get(pbx.pbx_id)
            if worker is None:
                worker = PbxWorker(organisation, calendar, pbx, changes)
            else:
                worker.renew(organisation, calendar, pbx, changes)
            now[pbx.pbx_id] = worker
        return _KnownTenant(tenant, now, time.monotonic())

    def _dirty_tenants(self, connection: Connection) -> Iterator[Tenant]:
        rows = connection.execute(
            "SELECT tenant_id FROM store.dirty_bucket UNION SELECT tenant_id FROM store.dirty_day"
        ).fetchall()
        for tenant_id in sorted({tenant_id for (tenant_id,) in rows}.union(tenants_behind(connection))):
            known = self._tenant(connection, tenant_id)
            if known is not None:
                yield known.tenant


def serve(url: str, metrics_host: str, metrics_port: int) -> None:
    """Works off what is touched, whenever it is touched, until SIGTERM or SIGINT.

    Raises:
        UserError: the port for the metrics is taken.
        OldSchemaError: the database lacks tables.
    """
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    metrics = Metrics(CollectorRegistry())
    server = MetricsServer(metrics, metrics_host, metrics_port)
    server.start()
    log.info("metrics at http://%s:%d/metrics", metrics_host, server.port)
    retention = threading.Thread(target=expire_daily, args=(url, stopped, metrics), name="retention")
    retention.start()
    try:
        while not stopped.is_set():
            try:
                with sentences():
                    _listen(url, Aggregator(url, metrics), stopped)
            except (DatabaseUnavailableError, psycopg.InterfaceError) as error:
                log.warning("%s Trying again in %.0f s.", str(error).strip(), RECONNECT_SECONDS)
                stopped.wait(RECONNECT_SECONDS)
    finally:
        stopped.set()
        server.stop()
        retention.join()


def _listen(url: str, aggregator: Aggregator, stopped: threading.Event) -> None:
    with (
        connect(url, "aggregator", autocommit=True) as connection,
        connect(url, "aggregator notifications", autocommit=True) as listener,
    ):
        listener.execute(f"LISTEN {EVENTS_CHANNEL}")
        log.info("listening for events")
        while not stopped.is_set():
            aggregator.work_off(connection, stopped)
            for _ in listener.notifies(timeout=POLL_SECONDS, stop_after=1):
                pass
