"""Makes the sessions and states of an agent again from the moment at which something changed."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec

from aggregator.agents import (
    LONGEST_CALL,
    RESTART_KINDS,
    AgentLeg,
    Interval,
    Session,
    event_order,
    intervals,
    sessions,
)
from aggregator.copy_rows import copy_rows
from aggregator.dirty import mark_days_dirty
from aggregator.event_reader import EVENT_COLUMNS, read_system_events
from aggregator.rows import AgentGroupSessionRow, AgentStateRow
from store.connect import Connection
from store.event import Event
from store.organisation import Organisation, Pbx
from store.vocabulary import STAFFED, AgentState, GroupKind


@dataclass
class KnownSeats:
    """Which agents have sat, or are registered, at which extension: some may have left."""

    agents: dict[str, set[str]] = field(default_factory=dict)

    def add(self, extension: str, agent: str) -> None:
        self.agents.setdefault(extension, set()).add(agent)

    def at(self, extension: str) -> Iterable[str]:
        return self.agents.get(extension, ())


def load_seats(connection: Connection, organisation: Organisation, pbx: Pbx) -> KnownSeats:
    """Where every agent that ever signed in to this PBX sat last."""
    seats = KnownSeats()
    rows = connection.execute(
        """
        SELECT agent, (
            SELECT device FROM store.event
            WHERE pbx_id = %(pbx)s AND agent <> '' AND agent = known.agent AND device <> ''
            ORDER BY occurred_at DESC LIMIT 1
        )
        FROM (
            SELECT DISTINCT agent FROM store.agent_group_session
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s
        ) known
        """,
        {"tenant": pbx.tenant_id, "pbx": pbx.pbx_id},
    ).fetchall()
    for agent, device in rows:
        registered = organisation.agent(agent)
        if registered is not None and registered.extension:
            seats.add(registered.extension, agent)
        if device:
            seats.add(organisation.extension_number(device), agent)
    return seats


def replace_agent(
    connection: Connection, organisation: Organisation, pbx: Pbx, agent: str, touched_at: datetime
) -> set[str]:
    """Makes an agent's sessions and states again, in the caller's transaction; returns the extensions used.

    Args:
        touched_at: UTC; nothing changed before it.
    """
    history = _AgentHistory(connection, organisation, pbx, agent)
    return _make(history, history.quiet_moment(touched_at))


def rebuild_agent(connection: Connection, organisation: Organisation, pbx: Pbx, agent: str) -> None:
    """Makes all that the events tell of an agent again; what is older than the oldest of them stays."""
    history = _AgentHistory(connection, organisation, pbx, agent)
    oldest = history.oldest_event()
    if not history.has_states(oldest):
        _make(history, None)
        return
    begin = history.first_quiet_moment(oldest)
    if begin is not None:
        _make(history, begin)


def _make(history: "_AgentHistory", begin: datetime | None) -> set[str]:
    """From a quiet moment on, or all when it is None."""
    events = history.events(begin)
    signed_in = sessions(events, history.sessions_at(begin) if begin is not None else ())
    seats = _Seats(history, events, begin)
    first = begin or min((event.occurred_at for event in events), default=None)
    legs = history.legs(seats, begin, first - LONGEST_CALL) if first else []
    states = intervals(signed_in, legs, events, _wrap_up_seconds(history.organisation), begin)
    history.replace(begin, signed_in, states)
    return seats.extensions


def _wrap_up_seconds(organisation: Organisation) -> Callable[[str], int]:
    def seconds(name: str) -> int:
        group = organisation.group(GroupKind.QUEUE, name) or organisation.group(GroupKind.HUNT_GROUP, name)
        return group.wrap_up_seconds if group else 0

    return seconds


class _AgentHistory:
    """What is stored of one agent."""

    def __init__(self, connection: Connection, organisation: Organisation, pbx: Pbx, agent: str) -> None:
        self.connection = connection
        self.organisation = organisation
        self.pbx = pbx
        self.agent = agent
        self.key = {"tenant": pbx.tenant_id, "pbx": pbx.pbx_id, "agent": agent}

    def quiet_moment(self, before: datetime) -> datetime | None:
        """The last moment before this at which a state began with neither a call nor wrap-up going on."""
        row = self.connection.execute(
            """
            SELECT from_at FROM store.agent_state
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s AND agent = %(agent)s AND from_at < %(before)s
                AND state IN ('available', 'unavailable')
            ORDER BY from_at DESC LIMIT 1
            """,
            self.key | {"before": before},
        ).fetchone()
        return row[0] if row else None

    def first_quiet_moment(self, since: datetime) -> datetime | None:
        """The first such moment not before this."""
        row = self.connection.execute(
            """
            SELECT from_at FROM store.agent_state
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s AND agent = %(agent)s AND from_at >= %(since)s
                AND state IN ('available', 'unavailable')
            ORDER BY from_at LIMIT 1
            """,
            self.key | {"since": since},
        ).fetchone()
        return row[0] if row else None

    def has_states(self, before: datetime) -> bool:
        row = self.connection.execute(
            """
            SELECT 1 FROM store.agent_state
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s AND agent = %(agent)s AND from_at < %(before)s
            LIMIT 1
            """,
            self.key | {"before": before},
        ).fetchone()
        return row is not None

    def oldest_event(self) -> datetime:
        row = self.connection.execute(
            "SELECT min(occurred_at) FROM store.event "
            "WHERE pbx_id = %(pbx)s AND agent <> '' AND agent = %(agent)s",
            self.key,
        ).fetchone()
        assert row is not None
        oldest: datetime = row[0]
        return oldest

    def events(self, after: datetime | None) -> list[Event]:
        """The agent's events, and the PBX's restarts since the first of them, later than `after`."""
        with self.connection.cursor(binary=True) as cursor:
            rows = cursor.execute(
                f"""
                SELECT {EVENT_COLUMNS} FROM store.event
                WHERE pbx_id = %(pbx)s AND agent <> '' AND agent = %(agent)s
                    AND occurred_at > coalesce(%(after)s::timestamptz, '-infinity')
                """.encode(),  # noqa: S608 - the columns are our own constants
                self.key | {"after": after},
            ).fetchall()
        events = msgspec.convert(rows, list[Event])
        begin = after or min((event.occurred_at for event in events), default=None)
        if begin is None:
            return []
        restarts = read_system_events(self.connection, self.pbx.pbx_id, begin)
        return events + [
            event
            for event in restarts
            if event.kind in RESTART_KINDS and (after is None or event.occurred_at > after)
        ]

    def sessions_at(self, moment: datetime) -> list[Session]:
        rows = self.connection.execute(
            """
            SELECT contact_group, from_at, until_at, paused, reason FROM store.agent_group_session
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s AND agent = %(agent)s
                AND from_at <= %(moment)s AND (until_at IS NULL OR until_at > %(moment)s)
            """,
            self.key | {"moment": moment},
        ).fetchall()
        return [Session(*row) for row in rows]

    def last_device(self, moment: datetime) -> str | None:
        """Where the agent's last event until this moment says that the agent sat."""
        row = self.connection.execute(
            """
            SELECT device FROM store.event
            WHERE pbx_id = %(pbx)s AND agent <> '' AND agent = %(agent)s AND device <> ''
                AND occurred_at <= %(moment)s
            ORDER BY occurred_at DESC, sequence DESC, key DESC LIMIT 1
            """,
            self.key | {"moment": moment},
        ).fetchone()
        return row[0] if row else None

    def legs(self, seats: "_Seats", after: datetime | None, since: datetime) -> list[AgentLeg]:
        """Parts of calls on the agent's telephones, offered from `after` on, in calls begun since `since`."""
        where = "extension = ANY(%(extensions)s)"
        if seats.outside:
            where = f"({where} OR (extension IS NULL AND agent = %(agent)s))"
        times = {"extensions": sorted(seats.extensions), "after": after, "since": since}
        with self.connection.cursor(binary=True) as cursor:
            rows = cursor.execute(
                f"""
                SELECT call_id, role, outcome, contact_group, offered_at, answered_at, ended_at, inferred,
                       extension
                FROM store.leg
                WHERE tenant_id = %(tenant)s AND {where} AND started_at >= %(since)s
                    AND offered_at >= coalesce(%(after)s::timestamptz, '-infinity')
                """.encode(),  # noqa: S608 - both conditions stand above
                self.key | times,
            ).fetchall()
        legs = msgspec.convert(rows, list[AgentLeg])
        return [leg for leg in legs if leg.extension is None or seats.at(leg.offered_at) == leg.extension]

    def replace(
        self, begin: datetime | None, signed_in: Sequence[Session], states: Sequence[Interval]
    ) -> None:
        parameters = self.key | {"begin": begin}
        gone = self.connection.execute(
            """
            DELETE FROM store.agent_state
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s AND agent = %(agent)s
                AND from_at >= coalesce(%(begin)s::timestamptz, '-infinity')
            RETURNING from_at, until_at, state
            """,
            parameters,
        ).fetchall()
        self.connection.execute(
            """
            DELETE FROM store.agent_group_session
            WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s AND agent = %(agent)s
                AND (until_at IS NULL OR until_at > coalesce(%(begin)s::timestamptz, '-infinity'))
            """,
            parameters,
        )
        copy_rows(
            self.connection, "agent_group_session", AgentGroupSessionRow, map(self._session_row, signed_in)
        )
        rows = self._state_rows(states, self._calls_before(begin, states))
        copy_rows(self.connection, "agent_state", AgentStateRow, rows)
        made = [(state.from_at, state.until_at, state.state) for state in states]
        self._mark_days(
            [(from_at, until_at) for from_at, until_at, state in (*gone, *made) if state in STAFFED]
        )

    def _calls_before(self, begin: datetime | None, states: Sequence[Interval]) -> set[UUID]:
        """Calls of these states that had kept the agent busy before: passed on, and come back."""
        calls = [state.call_id for state in states if state.state is AgentState.BUSY]
        if begin is None or not calls:
            return set()
        rows = self.connection.execute(
            """
            SELECT call_id FROM store.agent_state
            WHERE tenant_id = %(tenant)s AND agent = %(agent)s AND state = 'busy' AND call_id = ANY(%(calls)s)
                AND from_at < %(begin)s AND from_at >= %(begin)s - %(longest)s
            """,
            self.key | {"calls": calls, "begin": begin, "longest": LONGEST_CALL},
        ).fetchall()
        return {call_id for (call_id,) in rows}

    def _mark_days(self, stretches: Sequence[tuple[datetime, datetime | None]]) -> None:
        """Has the sums made again of the days that lie within what was or is now."""
        if not stretches:
            return
        last = (
            None
            if any(until_at is None for _, until_at in stretches)
            else max(until_at for _, until_at in stretches if until_at is not None)
        )
        mark_days_dirty(
            self.connection, self.organisation.tenant, min(from_at for from_at, _ in stretches), last
        )

    def _session_row(self, session: Session) -> AgentGroupSessionRow:
        return AgentGroupSessionRow(
            tenant_id=self.pbx.tenant_id,
            from_at=session.from_at,
            until_at=session.until_at,
            pbx_id=self.pbx.pbx_id,
            agent=self.agent,
            contact_group=session.contact_group,
            paused=session.paused,
            reason=session.reason,
        )

    def _state_rows(self, states: Sequence[Interval], taken_up: set[UUID]) -> Iterator[AgentStateRow]:
        for state in states:
            takes_up_call = (
                state.state is AgentState.BUSY and state.call_id is not None and state.call_id not in taken_up
            )
            if takes_up_call and state.call_id is not None:
                taken_up.add(state.call_id)
            yield AgentStateRow(
                tenant_id=self.pbx.tenant_id,
                from_at=state.from_at,
                until_at=state.until_at,
                pbx_id=self.pbx.pbx_id,
                agent=self.agent,
                state=state.state,
                reason=state.reason,
                call_id=state.call_id,
                inferred=state.inferred,
                takes_up_call=takes_up_call,
            )


class _Seats:
    """At which extension the agent sat at which time, as the agent's events tell it."""

    def __init__(self, history: _AgentHistory, events: Iterable[Event], begin: datetime | None) -> None:
        organisation = history.organisation
        known = [
            (event.occurred_at, organisation.extension_number(event.device))
            for event in sorted(events, key=event_order)
            if event.device and event.agent
        ]
        before = history.last_device(begin) if begin is not None else None
        registered = organisation.agent(history.agent)
        first: str | None
        if before is not None:
            first = organisation.extension_number(before)
        elif known:
            first = known[0][1]
        else:
            first = registered.extension if registered is not None else None
        self._first = first
        self._times = [at for at, _ in known]
        self._extensions = [extension for _, extension in known]
        self.extensions = {extension for extension in (first, *self._extensions) if extension}
        self.outside = not any(organisation.is_extension(extension) for extension in self.extensions)
        """Who answers on an outside telephone has no extension, but is named on the leg."""

    def at(self, when: datetime) -> str | None:
        index = bisect_right(self._times, when)
        return self._extensions[index - 1] if index else self._first
