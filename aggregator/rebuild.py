"""Drops what was made from a tenant's events and makes it again: calls, states, rollups.

Events of a PBX are cut into stretches of time, which processes of their own read in one pass each. A call
that is not over at the end of a stretch, or that two stretches both have a part of, is left to the usual way
through the touched rows; so it does not matter where the cuts are.
"""

import gc
import logging
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from aggregator.device_states import replace_device_states
from aggregator.missed_calls import ChangedCaller, update_missed_calls
from aggregator.rebuild_stretch import Rebuilt, Stretch, rebuild_stretch
from aggregator.rollups import drop_rollups, mark_all_dirty, roll_up
from aggregator.touched import LOCK_SPACE
from aggregator.write_agents import rebuild_agent
from store.calendar import load_calendar
from store.connect import Connection, connect
from store.organisation import Pbx, Tenant, load_organisation, load_pbxs, load_tenants

log = logging.getLogger(__name__)

FACTS = ("call_key", "call", "leg", "visit", "missed_call")
"""Kept where they are older than all events, which are not kept for ever."""

DERIVED = ("touched_call", "touched_agent", "touched_device", "dirty_bucket", "dirty_day")
"""Nothing in these is not in the events or the facts as well."""

_HOUR = timedelta(hours=1)
_SLICE_EVENTS = 200_000
"""Read in one query: what the server sorts in memory."""
_CALLERS_AT_ONCE = 1_000


_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class AgentPart:
    """Some agents of one PBX."""

    url: str
    tenant: Tenant
    pbx: Pbx
    agents: Sequence[str]


@dataclass(frozen=True, slots=True)
class Workers:
    """Where the parts of a rebuild are done."""

    processes: int
    pool: ProcessPoolExecutor | None

    def map(self, function: Callable[[_Part], _Result], parts: Sequence[_Part]) -> Iterator[_Result]:
        if self.pool is None or len(parts) < 2:
            return map(function, parts)
        return self.pool.map(function, parts)


def rebuild_tenant(connection: Connection, url: str, tenant: Tenant, processes: int) -> Rebuilt:
    """Makes everything of a tenant again; what is left to the usual way is in the touched rows afterwards.

    Stopped in the middle, it is begun anew by whoever looks next (`resume_rebuilds`). Meanwhile nobody else
    writes this tenant's calls; events go on coming in.
    """
    pbxs = load_pbxs(connection, tenant)
    for pbx in pbxs:
        connection.execute("SELECT pg_advisory_lock(%s, %s)", (LOCK_SPACE, pbx.pbx_id))
    try:
        return _rebuild(connection, url, tenant, pbxs, processes)
    finally:
        _unlock(connection, pbxs)


def resume_rebuilds(connection: Connection, url: str) -> None:
    """Begins anew what was stopped in the middle; what is going on elsewhere is left alone."""
    unfinished = _unfinished(connection)
    for tenant in load_tenants(connection) if unfinished else ():
        pbxs = load_pbxs(connection, tenant)
        if tenant.tenant_id not in unfinished or not _try_lock(connection, pbxs):
            continue
        try:
            # Whoever held the locks a moment ago may have finished it.
            if tenant.tenant_id in _unfinished(connection):
                log.warning("tenant %s: rebuilding was stopped, it is begun anew", tenant.slug)
                _rebuild(connection, url, tenant, pbxs, processes=1)
        finally:
            _unlock(connection, pbxs)


def _unfinished(connection: Connection) -> set[int]:
    return {tenant_id for (tenant_id,) in connection.execute("SELECT tenant_id FROM store.rebuild")}


def _try_lock(connection: Connection, pbxs: Sequence[Pbx]) -> bool:
    for place, pbx in enumerate(pbxs):
        row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (LOCK_SPACE, pbx.pbx_id)).fetchone()
        if row is None or not row[0]:
            _unlock(connection, pbxs[:place])
            return False
    return True


def _unlock(connection: Connection, pbxs: Sequence[Pbx]) -> None:
    # Locks of a lost connection are gone with it.
    if not connection.closed:
        for pbx in pbxs:
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", (LOCK_SPACE, pbx.pbx_id))


def _rebuild(
    connection: Connection, url: str, tenant: Tenant, pbxs: Sequence[Pbx], processes: int
) -> Rebuilt:
    with several(processes) as workers:
        rebuilt = rebuild_calls(connection, url, tenant, pbxs, workers)
        connection.execute("SELECT store.analyze_facts()")
        parts = [
            AgentPart(url, tenant, pbx, agents[place :: workers.processes])
            for pbx in pbxs
            for agents in [_agents(connection, pbx)]
            for place in range(workers.processes)
        ]
        for _ in workers.map(rebuild_agents, parts):
            pass
    _make_devices(connection, tenant, pbxs)
    _make_missed_calls(connection, tenant)
    # The states that have been made meanwhile.
    while roll_up(connection, tenant):
        pass
    connection.execute("SELECT store.analyze_facts()")
    connection.execute("DELETE FROM store.rebuild WHERE tenant_id = %s", (tenant.tenant_id,))
    log.info("tenant %s: %d calls from %d events", tenant.slug, rebuilt.calls, rebuilt.events)
    return rebuilt


def rebuild_calls(
    connection: Connection, url: str, tenant: Tenant, pbxs: Sequence[Pbx], workers: Workers
) -> Rebuilt:
    """The part of a rebuild that makes calls, legs, visits and rollups, after everything was dropped."""
    _begin(connection, tenant)
    # Looked at after the touched rows were dropped: events that come later leave touched rows of their own.
    hours = {pbx.pbx_id: _hours(connection, pbx) for pbx in pbxs}
    if any(hours.values()):
        _drop(connection, tenant, max(found[0].first_at for found in hours.values() if found))
    stretches = [
        Stretch(url, tenant, pbx, borders)
        for pbx in pbxs
        for borders in _stretches(hours[pbx.pbx_id], workers.processes)
    ]
    rebuilt = sum(workers.map(rebuild_stretch, stretches), start=Rebuilt())
    with connection.transaction():
        mark_all_dirty(connection, tenant)
    while roll_up(connection, tenant):
        pass
    return rebuilt


def _begin(connection: Connection, tenant: Tenant) -> None:
    with connection.transaction():
        connection.execute(
            "INSERT INTO store.rebuild (tenant_id) VALUES (%s) ON CONFLICT DO NOTHING", (tenant.tenant_id,)
        )
        for table in DERIVED:
            connection.execute(
                f"DELETE FROM store.{table} WHERE tenant_id = %s".encode(),  # noqa: S608 - our constant
                (tenant.tenant_id,),
            )
        drop_rollups(connection, tenant)


def _drop(connection: Connection, tenant: Tenant, oldest: datetime) -> None:
    with connection.transaction():
        for table in FACTS:
            connection.execute(
                f"DELETE FROM store.{table} "  # noqa: S608 - our constant
                "WHERE tenant_id = %s AND started_at >= %s".encode(),
                (tenant.tenant_id, oldest),
            )


class Hour(NamedTuple):
    """Events of calls in one hour (UTC)."""

    begin: datetime
    events: int
    first_at: datetime


def _hours(connection: Connection, pbx: Pbx) -> list[Hour]:
    rows = connection.execute(
        """
        SELECT date_bin('1 hour', occurred_at, 'epoch') AS hour, count(*), min(occurred_at) FROM store.event
        WHERE pbx_id = %s AND (call <> '' OR connection <> '') GROUP BY hour ORDER BY hour
        """,
        (pbx.pbx_id,),
    ).fetchall()
    return [Hour(*row) for row in rows]


def _stretches(hours: Sequence[Hour], wanted: int) -> Iterator[list[datetime]]:
    """Borders of as many stretches with about as many events each, cut where an hour begins."""
    total = sum(hour.events for hour in hours)
    borders: list[datetime] = []
    in_slice = in_stretch = 0
    for begin, events, _ in hours:
        if in_stretch * wanted >= total:
            yield [*borders, begin]
            borders = []
            in_slice = in_stretch = 0
        if not borders or in_slice + events > _SLICE_EVENTS:
            borders.append(begin)
            in_slice = 0
        in_slice += events
        in_stretch += events
    if borders:
        yield [*borders, hours[-1].begin + _HOUR]


@contextmanager
def several(processes: int) -> Iterator[Workers]:
    """That many processes for a rebuild's parts, started when there is work for them; 1 means this one."""
    if processes == 1:
        yield Workers(1, None)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _without_cycle_collection) as pool:
        yield Workers(processes, pool)


def _without_cycle_collection() -> None:
    """Millions of events without a cycle among them would be searched for cycles again and again."""
    gc.freeze()
    gc.disable()


def _agents(connection: Connection, pbx: Pbx) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT agent FROM store.event WHERE pbx_id = %s AND agent <> '' ORDER BY agent",
        (pbx.pbx_id,),
    )
    return [agent for (agent,) in rows]


def rebuild_agents(part: AgentPart) -> None:
    """Makes the sessions and states of some agents again, when their calls are there."""
    with connect(part.url, "aggregator rebuild", autocommit=True) as connection:
        organisation = load_organisation(connection, part.tenant)
        for agent in part.agents:
            with connection.transaction():
                rebuild_agent(connection, organisation, part.pbx, agent)


def _make_devices(connection: Connection, tenant: Tenant, pbxs: Sequence[Pbx]) -> None:
    organisation = load_organisation(connection, tenant)
    for pbx in pbxs:
        devices = connection.execute(
            "SELECT device, min(occurred_at) FROM store.event "
            "WHERE pbx_id = %s AND kind IN ('do_not_disturb_on', 'do_not_disturb_off') GROUP BY device",
            (pbx.pbx_id,),
        ).fetchall()
        for device, oldest in devices:
            with connection.transaction():
                replace_device_states(connection, organisation, pbx, device, oldest)


def _make_missed_calls(connection: Connection, tenant: Tenant) -> None:
    calendar = load_calendar(connection, tenant.tenant_id, tenant.time_zone)
    callers = [
        ChangedCaller(*row)
        for row in connection.execute(
            """
            SELECT outside_number, min(started_at), max(started_at) FROM store.call
            WHERE tenant_id = %s AND missed = 1 AND outside_number IS NOT NULL GROUP BY 1
            """,
            (tenant.tenant_id,),
        )
    ]
    withheld = connection.execute(
        "SELECT call_id FROM store.call WHERE tenant_id = %s AND missed = 1 AND outside_number IS NULL",
        (tenant.tenant_id,),
    ).fetchall()
    for begin in range(0, len(callers), _CALLERS_AT_ONCE):
        with connection.transaction():
            update_missed_calls(connection, tenant, calendar, callers[begin : begin + _CALLERS_AT_ONCE])
    with connection.transaction():
        update_missed_calls(connection, tenant, calendar, (), (), [call_id for (call_id,) in withheld])
