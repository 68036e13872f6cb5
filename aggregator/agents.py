"""What agents did: stretches of being signed in to groups, and one state at every moment in between. Pure.

Two layers. Sessions come from the agent's own events alone. States are a function of the sessions, of the
calls on the agent's telephone and of wrap-up, all within the times in question: so they can be made again
from any moment at which nothing but sessions was going on.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from store.event import Event
from store.vocabulary import AgentState, EventKind, LegOutcome, LegRole

PRECEDENCE = (
    AgentState.BUSY,
    AgentState.RINGING,
    AgentState.WRAP_UP,
    AgentState.UNAVAILABLE,
    AgentState.AVAILABLE,
)
"""Of all that holds for a signed-in agent at one moment, the first of these is the state.

Without a session the state is signed_out, whatever the telephone does.
"""

LONGEST_WRAP_UP = timedelta(hours=1)
"""Wrap-up that the PBX announces ends by itself after this (BroadWorks' own maximum)."""

LONGEST_CALL = timedelta(days=1)
"""A longer leg is not believed: it keeps nobody busy beyond this."""

SIGNED_IN_BY = frozenset(
    {
        EventKind.AGENT_LOGGED_ON,
        EventKind.AGENT_READY,
        EventKind.AGENT_NOT_READY,
        EventKind.AGENT_MEMBERSHIP,
        EventKind.AGENT_OFFERED,
    }
)
"""Each proves that the agent is signed in to the group; static members are never announced otherwise."""

SESSION_KINDS = SIGNED_IN_BY | {EventKind.AGENT_LOGGED_OFF}

RESTART_KINDS = frozenset({EventKind.SYSTEM_STARTED, EventKind.SYSTEM_STOPPED})
"""A PBX that starts anew has nobody signed in until it says so."""

_NOT_READY = "not_ready"
_ENDS_WRAP_UP = frozenset(
    {
        EventKind.AGENT_LOGGED_ON,
        EventKind.AGENT_LOGGED_OFF,
        EventKind.AGENT_READY,
        EventKind.AGENT_NOT_READY,
        EventKind.AGENT_WORKING_AFTER_CALL,
    }
)


@dataclass(frozen=True, slots=True)
class Session:
    """Signed in to one group, in which `paused` held all the time; `until_at` is None while it lasts."""

    contact_group: str
    from_at: datetime
    until_at: datetime | None = None
    paused: bool = False
    reason: str | None = None


class AgentLeg(msgspec.Struct, frozen=True, array_like=True):
    """The part of a call that was on the agent's telephone."""

    call_id: UUID
    role: LegRole
    outcome: LegOutcome
    contact_group: str | None
    offered_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    inferred: bool = False
    extension: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """One state; `until_at` is None while it lasts. Inferred: the end was not heard."""

    state: AgentState
    from_at: datetime
    until_at: datetime | None = None
    reason: str | None = None
    call_id: UUID | None = None
    inferred: bool = False


def event_order(event: Event) -> tuple[datetime, int, bytes]:
    """Sorts events as they happened; the key decides between those that nothing else tells apart."""
    return event.occurred_at, event.sequence, event.key.bytes


def sessions(events: Iterable[Event], open_sessions: Iterable[Session] = ()) -> list[Session]:
    """Sessions from an agent's events and the PBX's restarts, in any order.

    Args:
        events: of one agent (and of RESTART_KINDS), all later than the beginning of `open_sessions`.
        open_sessions: those that went on when the first of the events came, whatever their `until_at`.
    """
    record = _Record({session.contact_group: replace(session, until_at=None) for session in open_sessions})
    for event in sorted(events, key=event_order):
        record.take(event)
    return sorted([*record.closed, *record.open.values()], key=lambda one: (one.from_at, one.contact_group))


@dataclass
class _Record:
    """The sessions so far."""

    open: dict[str, Session]

    def __post_init__(self) -> None:
        self.closed: list[Session] = []

    def take(self, event: Event) -> None:
        if event.kind in RESTART_KINDS:
            self._close(list(self.open), event.occurred_at)
        elif event.kind is EventKind.AGENT_LOGGED_OFF:
            self._close(self._groups(event), event.occurred_at)
        elif event.kind in SIGNED_IN_BY:
            for group in self._groups(event):
                self._sign_in(group, event)

    def _groups(self, event: Event) -> list[str]:
        """An event without a group is about every one that the agent is signed in to."""
        if event.queue or not self.open or event.kind is EventKind.AGENT_LOGGED_ON:
            return [event.queue]
        return list(self.open)

    def _sign_in(self, group: str, event: Event) -> None:
        session = self.open.get(group)
        paused, reason = _pause(event, session)
        if session is not None and (session.paused, session.reason) == (paused, reason):
            return
        self._close([group], event.occurred_at)
        self.open[group] = Session(group, event.occurred_at, None, paused, reason)

    def _close(self, groups: Iterable[str], at: datetime) -> None:
        for group in groups:
            session = self.open.pop(group, None)
            if session is not None and session.from_at < at:
                self.closed.append(replace(session, until_at=at))


def _pause(event: Event, session: Session | None) -> tuple[bool, str | None]:
    """Whether the event leaves the agent paused, and why; what it does not tell stays as it was."""
    before = (session.paused, session.reason) if session is not None else (False, None)
    if event.kind is EventKind.AGENT_NOT_READY:
        return True, event.cause or None
    if event.kind is EventKind.AGENT_READY:
        return False, None
    if event.kind is EventKind.AGENT_MEMBERSHIP:
        if event.cause != _NOT_READY:
            return False, None
        return before if before[0] else (True, None)
    return before


@dataclass(frozen=True, slots=True)
class _Activity:
    state: AgentState
    from_at: datetime
    until_at: datetime | None
    call_id: UUID | None
    inferred: bool = False


def intervals(
    signed_in: Sequence[Session],
    legs: Iterable[AgentLeg],
    events: Iterable[Event],
    wrap_up_seconds: Callable[[str], int],
    begin: datetime | None = None,
) -> list[Interval]:
    """One state at every moment from the first sign-in (or `begin`) on; the last one lasts.

    Args:
        signed_in: what `sessions` gave.
        legs: those on the agent's telephone, in any order.
        events: of the agent, for wrap-up that the PBX announces, and of RESTART_KINDS.
        wrap_up_seconds: of a group, after each of its calls.
        begin: a moment (UTC) at which neither a call nor wrap-up was going on.
    """
    events = sorted(events, key=event_order)
    activities = list(_activities(signed_in, sorted(legs, key=_leg_order), events, wrap_up_seconds))
    restarts = {event.occurred_at for event in events if event.kind in RESTART_KINDS}
    return list(_sweep(signed_in, activities, restarts, begin))


def _leg_order(leg: AgentLeg) -> tuple[datetime, UUID]:
    return leg.offered_at, leg.call_id


def _activities(
    signed_in: Sequence[Session],
    legs: Sequence[AgentLeg],
    events: Sequence[Event],
    wrap_up_seconds: Callable[[str], int],
) -> Iterator[_Activity]:
    offers = [leg.offered_at for leg in legs]
    changes = sorted({at for one in signed_in for at in (one.from_at, one.until_at) if at is not None})

    def cut(begin: datetime, end: datetime) -> datetime:
        """Wrap-up ends with whatever comes next: another call, or a change of the sessions."""
        change = bisect_right(changes, begin)
        offer = bisect_left(offers, begin)
        return min([end, *changes[change : change + 1], *offers[offer : offer + 1]])

    for leg in legs:
        # The end of a leg that goes on may never be heard: it is over when the telephone is used again.
        later = bisect_right(offers, leg.offered_at)
        end = leg.ended_at or next(iter(offers[later : later + 1]), None)
        if end is not None:
            end = min(end, leg.offered_at + LONGEST_CALL)
        yield from _leg_activities(leg, end)
        seconds = _wrap_up(leg, wrap_up_seconds)
        if seconds and leg.ended_at is not None and end is not None:
            yield _Activity(
                AgentState.WRAP_UP, end, cut(end, end + timedelta(seconds=seconds)), leg.call_id, leg.inferred
            )
    yield from _announced_wrap_up(events, cut)


def _leg_activities(leg: AgentLeg, end: datetime | None) -> Iterator[_Activity]:
    inferred = leg.inferred or (leg.ended_at is None and end is not None)
    if leg.role is LegRole.CALLER:
        yield _Activity(AgentState.BUSY, leg.offered_at, end, leg.call_id, inferred)
    elif leg.answered_at is None:
        yield _Activity(AgentState.RINGING, leg.offered_at, end, leg.call_id, inferred)
    else:
        yield _Activity(AgentState.RINGING, leg.offered_at, leg.answered_at, leg.call_id)
        yield _Activity(AgentState.BUSY, leg.answered_at, end, leg.call_id, inferred)


def _wrap_up(leg: AgentLeg, wrap_up_seconds: Callable[[str], int]) -> int:
    if leg.role is not LegRole.CALLED or leg.outcome is not LegOutcome.ANSWERED or not leg.contact_group:
        return 0
    return wrap_up_seconds(leg.contact_group)


def _announced_wrap_up(
    events: Sequence[Event], cut: Callable[[datetime, datetime], datetime]
) -> Iterator[_Activity]:
    ending = [event for event in events if event.kind in _ENDS_WRAP_UP]
    for index, event in enumerate(ending):
        if event.kind is not EventKind.AGENT_WORKING_AFTER_CALL:
            continue
        end = event.occurred_at + LONGEST_WRAP_UP
        if index + 1 < len(ending):
            end = min(end, ending[index + 1].occurred_at)
        yield _Activity(AgentState.WRAP_UP, event.occurred_at, cut(event.occurred_at, end), None)


def _sweep(
    signed_in: Sequence[Session],
    activities: Sequence[_Activity],
    restarts: set[datetime],
    begin: datetime | None,
) -> Iterator[Interval]:
    """Goes through the moments at which anything begins or ends, and cuts where the state changes."""
    now = _Moment()
    current: Interval | None = None
    for at, ending, beginning in _moments([*signed_in, *activities], begin):
        inferred = at in restarts or any(one.inferred for one in ending if isinstance(one, _Activity))
        now.change(ending, beginning)
        following = now.interval(at)
        if current is None:
            current = following if following.state is not AgentState.SIGNED_OUT else None
        elif _what(following) != _what(current):
            yield replace(current, until_at=at, inferred=inferred)
            current = following
    if current is not None:
        yield current


def _what(interval: Interval) -> tuple[AgentState, str | None, UUID | None]:
    return interval.state, interval.reason, interval.call_id


_Part = Session | _Activity


def _moments(
    parts: Iterable[_Part], begin: datetime | None
) -> Iterator[tuple[datetime, list[_Part], list[_Part]]]:
    """Each moment in order, with the parts that end and that begin at it."""
    moments: dict[datetime, tuple[list[_Part], list[_Part]]] = {}
    for part in parts:
        from_at = part.from_at if begin is None else max(part.from_at, begin)
        if part.until_at is not None and part.until_at <= from_at:
            continue
        moments.setdefault(from_at, ([], []))[1].append(part)
        if part.until_at is not None:
            moments.setdefault(part.until_at, ([], []))[0].append(part)
    for at in sorted(moments):
        yield at, *moments[at]


class _Moment:
    """All that holds now."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.activities: set[_Activity] = set()

    def change(self, ending: Iterable[_Part], beginning: Iterable[_Part]) -> None:
        for part in ending:
            if isinstance(part, Session):
                self.sessions.pop(part.contact_group, None)
            else:
                self.activities.discard(part)
        for part in beginning:
            if isinstance(part, Session):
                self.sessions[part.contact_group] = part
            else:
                self.activities.add(part)

    def interval(self, at: datetime) -> Interval:
        if not self.sessions:
            return Interval(AgentState.SIGNED_OUT, at)
        states = {activity.state for activity in self.activities} | {self._readiness()}
        state = next(state for state in PRECEDENCE if state in states)
        if state is AgentState.UNAVAILABLE:
            return Interval(state, at, reason=self._reason())
        call_id = min(
            (
                (activity.from_at, activity.call_id)
                for activity in self.activities
                if activity.state is state and activity.call_id is not None
            ),
            default=(at, None),
        )[1]
        return Interval(state, at, call_id=call_id)

    def _readiness(self) -> AgentState:
        """Paused in one group while ready in another is available."""
        paused = all(session.paused for session in self.sessions.values())
        return AgentState.UNAVAILABLE if paused else AgentState.AVAILABLE

    def _reason(self) -> str | None:
        """Of the pause that came last: the one that made the agent unavailable."""
        last = max(self.sessions.values(), key=lambda session: (session.from_at, session.contact_group))
        return last.reason
