"""Drops what was made from a tenant's events and makes it again: calls, states, rollups.

Events of a PBX are cut into stretches of time, which processes of their own read in one pass each. A call
that is not over at the end of a stretch, or that two stretches both have a part of, is left to the usual way
through the touched rows; so it does not matter where the cuts are.
"""

import gc
import logging
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec
import psycopg

from aggregator.call_stream import QUIET, CallStream, Passed
from aggregator.calls import CallBuilder
from aggregator.device_states import replace_device_states
from aggregator.event_reader import EVENT_COLUMNS, read_system_events
from aggregator.missed_calls import ChangedCaller, update_missed_calls
from aggregator.rollups import mark_all_dirty, roll_up
from aggregator.touched import LOCK_SPACE
from aggregator.write_agents import rebuild_agent
from aggregator.write_calls import insert_calls, no_call
from store.calendar import load_calendar
from store.connect import Connection, connect
from store.event import Event
from store.organisation import Organisation, Pbx, Tenant, load_organisation, load_pbxs, load_tenants

log = logging.getLogger(__name__)

FACTS = ("call_key", "call", "leg", "visit", "missed_call")
"""Kept where they are older than all events, which are not kept for ever."""

DERIVED = (
    "touched_call", "touched_agent", "touched_device", "dirty_bucket", "dirty_day",
    "rollup_call_quarter", "rollup_visit_quarter", "rollup_extension_day",
)  # fmt: skip
"""Nothing in these is not in the events or the facts as well."""

_HOUR = timedelta(hours=1)
_SLICE_EVENTS = 200_000
"""Read in one query: what the server sorts in memory."""
_PAGE = 20_000
_CALLERS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Times (UTC) of one PBX, in slices; each ends where the next begins."""

    pbx: Pbx
    borders: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made in one pass."""

    events: int = 0
    calls: int = 0
    left: int = 0
    """Calls left to the usual way."""

    def __add__(self, other: "Rebuilt") -> "Rebuilt":
        return Rebuilt(self.events + other.events, self.calls + other.calls, self.left + other.left)


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
    organisation = load_organisation(connection, tenant)
    rebuilt = rebuild_calls(connection, url, tenant, pbxs, processes)
    for pbx in pbxs:
        _make_agents(connection, organisation, pbx)
    _make_missed_calls(connection, tenant)
    connection.execute("SELECT store.analyze_facts()")
    connection.execute("DELETE FROM store.rebuild WHERE tenant_id = %s", (tenant.tenant_id,))
    log.info("tenant %s: %d calls from %d events", tenant.slug, rebuilt.calls, rebuilt.events)
    return rebuilt


def rebuild_calls(
    connection: Connection, url: str, tenant: Tenant, pbxs: Sequence[Pbx], processes: int
) -> Rebuilt:
    """The part of a rebuild that makes calls, legs, visits and rollups, after everything was dropped."""
    _begin(connection, tenant)
    # Looked at after the touched rows were dropped: events that come later leave touched rows of their own.
    hours = {pbx.pbx_id: _hours(connection, pbx) for pbx in pbxs}
    if any(hours.values()):
        _drop(connection, tenant, max(found[0].first_at for found in hours.values() if found))
    stretches = [stretch for pbx in pbxs for stretch in _stretches(hours[pbx.pbx_id], pbx, processes)]
    rebuilt = sum(_in_processes(url, tenant, stretches, processes), start=Rebuilt())
    connection.execute("SELECT store.analyze_facts()")
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


def _stretches(hours: Sequence[Hour], pbx: Pbx, wanted: int) -> Iterator[Stretch]:
    """As many stretches of about as many events each, cut where an hour begins."""
    total = sum(hour.events for hour in hours)
    borders: list[datetime] = []
    in_slice = in_stretch = 0
    for begin, events, _ in hours:
        if in_stretch * wanted >= total:
            yield Stretch(pbx, [*borders, begin])
            borders = []
            in_slice = in_stretch = 0
        if not borders or in_slice + events > _SLICE_EVENTS:
            borders.append(begin)
            in_slice = 0
        in_slice += events
        in_stretch += events
    if borders:
        yield Stretch(pbx, [*borders, hours[-1].begin + _HOUR])


def _in_processes(
    url: str, tenant: Tenant, stretches: Sequence[Stretch], processes: int
) -> Iterator[Rebuilt]:
    if processes == 1 or len(stretches) < 2:
        for stretch in stretches:
            yield rebuild_stretch(url, tenant, stretch)
        return
    with ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=_without_cycle_collection
    ) as pool:
        yield from pool.map(rebuild_stretch, *zip(*((url, tenant, one) for one in stretches), strict=True))


def _without_cycle_collection() -> None:
    """Millions of events without a cycle among them would be searched for cycles again and again."""
    gc.freeze()
    gc.disable()


def rebuild_stretch(url: str, tenant: Tenant, stretch: Stretch) -> Rebuilt:
    """One pass over a stretch of a PBX's events."""
    stream = CallStream()
    rebuilt = Rebuilt()
    with connect(url, "aggregator rebuild") as reader, connect(url, "aggregator rebuild") as connection:
        connection.autocommit = True
        # Lost with the machine's power, it is begun anew: no need to wait for the disk.
        connection.execute("SET synchronous_commit = off")
        writer = _Writer(connection, load_organisation(reader, tenant), stretch.pbx)
        writer.whole_pbx = read_system_events(reader, stretch.pbx.pbx_id, stretch.borders[0])
        for page in _pages(reader, stretch):
            rebuilt += Rebuilt(events=len(page)) + writer.write(stream.add(page))
        return rebuilt + writer.write(Passed(silent=stream.rest()))


def _pages(reader: Connection, stretch: Stretch) -> Iterator[list[Event]]:
    for begin, end in pairwise(stretch.borders):
        with reader.cursor("events", binary=True) as cursor:
            cursor.execute(
                f"""
                SELECT {EVENT_COLUMNS} FROM store.event
                WHERE pbx_id = %s AND occurred_at >= %s AND occurred_at < %s
                    AND (call <> '' OR connection <> '')
                ORDER BY occurred_at
                """.encode(),  # noqa: S608 - the columns are our own constants
                (stretch.pbx.pbx_id, begin, end),
            )
            while rows := cursor.fetchmany(_PAGE):
                yield msgspec.convert(rows, list[Event])


class _Writer:
    """Writes the calls of one PBX as they are finished."""

    def __init__(self, connection: Connection, organisation: Organisation, pbx: Pbx) -> None:
        self.connection = connection
        self.pbx = pbx
        self.whole_pbx: Sequence[Event] = ()
        self._builder = CallBuilder(organisation, pbx)

    def write(self, passed: Passed) -> Rebuilt:
        """In one transaction; what cannot be written so is left to the usual way."""
        finished, left = passed.finished, list(passed.silent)
        calls = 0
        with self.connection.transaction():
            try:
                with self.connection.transaction():
                    calls = self._insert(finished)
            except (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected):
                log.info("PBX %s: of one of %d calls a part came late", self.pbx.slug, len(finished))
                left += finished
            except (psycopg.OperationalError, psycopg.InterfaceError):
                raise
            except Exception as error:
                log.warning(
                    "PBX %s: one of %d calls cannot be built: %r", self.pbx.slug, len(finished), type(error)
                )
                left += finished
            self._leave(left)
        return Rebuilt(calls=calls, left=len(left))

    def _insert(self, finished: Sequence[Sequence[Event]]) -> int:
        meanwhile = self._meanwhile(finished)
        built, unbuilt = [], []
        for events in finished:
            call = self._builder.build(events, meanwhile)
            if call is None:
                unbuilt.append(no_call(events))
            else:
                built.append(call)
        insert_calls(self.connection, self.pbx, built, unbuilt)
        return len(built)

    def _meanwhile(self, finished: Sequence[Sequence[Event]]) -> list[Event]:
        """Events about the whole PBX that the finished calls can have to do with."""
        if not finished or not self.whole_pbx:
            return []
        begin = min(events[0].occurred_at for events in finished)
        end = max(events[-1].occurred_at for events in finished) + QUIET
        return [event for event in self.whole_pbx if begin <= event.occurred_at <= end]

    def _leave(self, calls: Sequence[Sequence[Event]]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO store.touched_call (tenant_id, pbx_id, call, first_at, last_at) "
                "VALUES (%s, %s, %s, %s, %s)",
                [
                    (self.pbx.tenant_id, self.pbx.pbx_id, ref, events[0].occurred_at, events[-1].occurred_at)
                    for events in calls
                    for ref in {event.call or event.connection for event in events}
                ],
            )


def _make_agents(connection: Connection, organisation: Organisation, pbx: Pbx) -> None:
    agents = connection.execute(
        "SELECT DISTINCT agent FROM store.event WHERE pbx_id = %s AND agent <> ''", (pbx.pbx_id,)
    ).fetchall()
    for (agent,) in agents:
        with connection.transaction():
            rebuild_agent(connection, organisation, pbx, agent)
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
