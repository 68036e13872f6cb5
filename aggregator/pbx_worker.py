"""Works off what was touched of one PBX: its calls, then the agents and devices that changed with them."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import psycopg

from aggregator.agents import LONGEST_CALL, RESTART_KINDS
from aggregator.calls import CallBuilder
from aggregator.calls_outcome import STOP_MARGIN
from aggregator.device_states import replace_device_states
from aggregator.event_reader import read_calls, read_system_events
from aggregator.grouping import group
from aggregator.rows import BuiltCall
from aggregator.touched import (
    SetAside,
    TouchedCall,
    lock_pbx,
    take_agents,
    take_calls,
    take_devices,
    touch_agent,
    touch_call,
    touch_device,
)
from aggregator.write_agents import KnownSeats, load_seats, replace_agent
from aggregator.write_calls import RungExtension, no_call, replace_calls
from store.calendar import Calendar
from store.connect import Connection
from store.organisation import Organisation, Pbx

log = logging.getLogger(__name__)

CALLS_AT_ONCE = 500
AGENTS_AT_ONCE = 100
"""In one transaction: what a stop in between costs, and how long others wait."""


@dataclass
class Work:
    """What was done; empty when nothing was left to do."""

    taken: int = 0
    """Rows that said that a call was touched."""
    events: int = 0
    calls: list[BuiltCall] = field(default_factory=list)
    agents: int = 0
    devices: int = 0
    failed: int = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.taken + other.taken,
            self.events + other.events,
            self.calls + other.calls,
            self.agents + other.agents,
            self.devices + other.devices,
            self.failed + other.failed,
        )

    def __bool__(self) -> bool:
        return bool(self.taken or self.agents or self.devices)


class OrganisationChangedError(Exception):
    """What was touched must be built with the organisation as it is now: nothing was taken."""


class PbxWorker:
    """Holds what is worth keeping between transactions.

    Args:
        changes: of the organisation, that had been counted when it was loaded.
    """

    def __init__(self, organisation: Organisation, calendar: Calendar, pbx: Pbx, changes: int = 0) -> None:
        self.organisation = organisation
        self.calendar = calendar
        self.pbx = pbx
        self.changes = changes
        self.aside = SetAside()
        self._seats: KnownSeats | None = None

    def renew(self, organisation: Organisation, calendar: Calendar, pbx: Pbx, changes: int) -> None:
        """Takes over what changed in the organisation."""
        self.organisation, self.calendar, self.pbx, self.changes = organisation, calendar, pbx, changes

    def work_calls(self, connection: Connection) -> Work:
        """Builds some of the touched calls anew, in one transaction; nothing done means none is left.

        Raises:
            OrganisationChangedError: and did nothing.
        """
        with connection.transaction():
            if not lock_pbx(connection, self.pbx.pbx_id):
                return Work()
            touched = take_calls(connection, self.pbx.pbx_id, self.aside, CALLS_AT_ONCE)
            if not touched:
                return Work()
            self._refuse_what_is_old(connection)
            calls = [call for call in touched if call.ref]
            for whole_pbx in (call for call in touched if not call.ref):
                calls += self._concerned(connection, whole_pbx)
            work = self._replace_all(connection, calls)
            work.taken = len(touched)
            return work

    def work_agents(self, connection: Connection) -> Work:
        """Makes the states of some of the touched agents and devices again, in one transaction.

        Raises:
            OrganisationChangedError: and did nothing.
        """
        work = Work()
        with connection.transaction():
            if not lock_pbx(connection, self.pbx.pbx_id):
                return work
            agents = take_agents(connection, self.pbx.pbx_id, self.aside, AGENTS_AT_ONCE)
            if agents:
                self._refuse_what_is_old(connection)
            for agent, at in agents.items():
                with self._kept_apart(connection, work, f"agent {agent}") as attempt:
                    self._replace_agent(connection, agent, at)
                if attempt.failed:
                    self.aside.agents.add(
                        touch_agent(connection, self.pbx.tenant_id, self.pbx.pbx_id, agent, at)
                    )
                work.agents += 1
            for device, at in take_devices(connection, self.pbx.pbx_id, self.aside, AGENTS_AT_ONCE).items():
                with self._kept_apart(connection, work, f"device {device}") as attempt:
                    replace_device_states(connection, self.organisation, self.pbx, device, at)
                if attempt.failed:
                    self.aside.devices.add(
                        touch_device(connection, self.pbx.tenant_id, self.pbx.pbx_id, device, at)
                    )
                work.devices += 1
        return work

    def _refuse_what_is_old(self, connection: Connection) -> None:
        """After rows were taken: whatever change touched them is seen by now."""
        if organisation_changes(connection, self.pbx.tenant_id) != self.changes:
            raise OrganisationChangedError

    def _replace_all(self, connection: Connection, touched: Sequence[TouchedCall]) -> Work:
        """All at once; when that fails, each alone, so that what cannot be built stops no other."""
        work = Work()
        with self._kept_apart(connection, Work(), f"{len(touched)} calls together") as attempt:
            self._replace(connection, touched, work)
        if not attempt.failed:
            return work
        work = Work()
        for call in touched:
            with self._kept_apart(connection, work, f"call {call.ref}") as attempt:
                self._replace(connection, [call], work)
            if attempt.failed:
                touched_id = touch_call(connection, self.pbx.tenant_id, self.pbx.pbx_id, call)
                self.aside.calls[touched_id] = call
        return work

    def _replace(self, connection: Connection, touched: Iterable[TouchedCall], work: Work) -> None:
        found = read_calls(connection, self.pbx.pbx_id, touched, self.aside.calls.values())
        builder = CallBuilder(self.organisation, self.pbx)
        calls, whole_pbx = group(found.events)
        attempts = [(events, builder.build(events, whole_pbx)) for events in calls]
        built = [call for _, call in attempts if call is not None]
        unbuilt = [no_call(events) for events, call in attempts if call is None]
        rung = replace_calls(
            connection, self.organisation, self.calendar, self.pbx, found.stored, built, unbuilt
        )
        self._touch_rung(connection, rung)
        self._forget(connection, built)
        work.events += len(found.events)
        work.calls += built

    def _replace_agent(self, connection: Connection, agent: str, at: datetime) -> None:
        for extension in replace_agent(connection, self.organisation, self.pbx, agent, at):
            self._known_seats(connection).add(extension, agent)

    @contextmanager
    def _kept_apart(self, connection: Connection, work: Work, what: str) -> Iterator["_Attempt"]:
        """Undoes what fails, and goes on: neither does it stop the others, nor is it lost from sight."""
        attempt = _Attempt()
        try:
            with connection.transaction():
                yield attempt
        except (psycopg.OperationalError, psycopg.InterfaceError):
            # The database is gone, or gave up: not the fault of what was to be built.
            raise
        except psycopg.Error as error:
            # Without the error's detail, which shows the row: numbers of people have no place in a log.
            log.error(  # noqa: TRY400 - the traceback would show it too
                "PBX %s: %s cannot be stored: %s", self.pbx.slug, what, error.diag.message_primary or error
            )
            attempt.failed = True
            work.failed += 1
        except Exception:
            log.exception("PBX %s: %s cannot be built", self.pbx.slug, what)
            attempt.failed = True
            work.failed += 1

    def _forget(self, connection: Connection, built: Iterable[BuiltCall]) -> None:
        """What was set aside and could be built after all needs no other attempt."""
        if not self.aside.calls:
            return
        refs = {ref for one in built for ref in one.refs}
        mended = [touched_id for touched_id, call in self.aside.calls.items() if call.ref in refs]
        connection.execute("DELETE FROM store.touched_call WHERE touched_id = ANY(%s)", (mended,))
        for touched_id in mended:
            del self.aside.calls[touched_id]

    def _concerned(self, connection: Connection, whole_pbx: TouchedCall) -> list[TouchedCall]:
        """Calls that events about the whole PBX may have ended; and signs out whom a restart signs out."""
        found = connection.execute(
            """
            SELECT call_ref, started_at, started_at FROM store.call
            WHERE pbx_id = %s AND started_at <= %s AND (outcome = 'in_progress' OR inferred)
                AND (ended_at IS NULL OR ended_at >= %s)
            """,
            (self.pbx.pbx_id, whole_pbx.last_at, whole_pbx.first_at),
        ).fetchall()
        for event in read_system_events(connection, self.pbx.pbx_id, whole_pbx.first_at):
            if event.kind in RESTART_KINDS and event.occurred_at <= whole_pbx.last_at:
                self._touch_signed_in(connection, event.occurred_at)
                found += self._ended_just_before(connection, event.occurred_at)
        return [TouchedCall(*row) for row in found]

    def _ended_just_before(
        self, connection: Connection, at: datetime
    ) -> list[tuple[str, datetime, datetime]]:
        return connection.execute(
            """
            SELECT call_ref, started_at, started_at FROM store.call
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s
                AND started_at BETWEEN %(at)s - %(longest)s AND %(at)s
                AND ended_at BETWEEN %(at)s - %(margin)s AND %(at)s
            """,
            {
                "tenant": self.pbx.tenant_id,
                "pbx": self.pbx.pbx_id,
                "at": at,
                "longest": LONGEST_CALL,
                "margin": STOP_MARGIN,
            },
        ).fetchall()

    def _touch_signed_in(self, connection: Connection, at: datetime) -> None:
        connection.execute(
            """
            INSERT INTO store.touched_agent (tenant_id, pbx_id, agent, first_at)
            SELECT DISTINCT tenant_id, pbx_id, agent, %(at)s::timestamptz FROM store.agent_group_session
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s
                AND from_at < %(at)s AND (until_at IS NULL OR until_at > %(at)s)
            """,
            {"tenant": self.pbx.tenant_id, "pbx": self.pbx.pbx_id, "at": at},
        )

    def _touch_rung(self, connection: Connection, rung: Iterable[RungExtension]) -> None:
        """Calls on an agent's telephone are part of what the agent did."""
        seats = self._known_seats(connection)
        first: dict[str, datetime] = {}
        for extension, at in rung:
            for agent in seats.at(extension):
                first[agent] = min(at, first.get(agent, at))
        connection.execute(
            """
            INSERT INTO store.touched_agent (tenant_id, pbx_id, agent, first_at)
            SELECT %s, %s, agent, at FROM unnest(%s::text[], %s::timestamptz[]) AS rung (agent, at)
            """,
            (self.pbx.tenant_id, self.pbx.pbx_id, list(first), list(first.values())),
        )

    def _known_seats(self, connection: Connection) -> KnownSeats:
        if self._seats is None:
            self._seats = load_seats(connection, self.organisation, self.pbx)
        return self._seats


def organisation_changes(connection: Connection, tenant_id: int) -> int:
    """How often something changed by which the tenant's calls are built."""
    row = connection.execute(
        "SELECT changes FROM store.organisation_change WHERE tenant_id = %s", (tenant_id,)
    ).fetchone()
    return int(row[0]) if row else 0


@dataclass
class _Attempt:
    failed: bool = False
