"""How a call and its visits ended: exactly one outcome each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.calls_facts import CallFacts, Connection
from aggregator.calls_legs import Leg
from aggregator.calls_talk import whole_seconds
from aggregator.calls_visits import SAME_MOMENT, Visit, was_refused
from store.event import Event
from store.vocabulary import (
    CallEnder,
    CallOutcome,
    Direction,
    EventKind,
    GroupKind,
    LegKind,
    LegOutcome,
    QueueLeaveCause,
    ReleaseCause,
    Treatment,
    VisitOutcome,
)

_OUTCOME_OF_LEAVING: Mapping[str, VisitOutcome] = {
    QueueLeaveCause.TIMED_OUT: VisitOutcome.TIMED_OUT,
    QueueLeaveCause.EMPTY: VisitOutcome.LEFT_EMPTY,
    QueueLeaveCause.FULL: VisitOutcome.OVERFLOWED,
    QueueLeaveCause.ABANDONED: VisitOutcome.ABANDONED,
}

STOP_MARGIN = timedelta(seconds=5)
"""A PBX that stops ends its calls first, and says so afterwards."""


@dataclass(slots=True)
class Ending:
    """The course of a call as a whole; times are UTC."""

    caller: Connection
    called: Sequence[Leg]
    """Rung legs, in order."""
    answered: Leg | None
    """The first leg at which a person answered, else the first answer outside."""
    ended_at: datetime | None
    """None while anybody is still there."""
    wait_began_at: datetime | None
    waited_until: datetime | None
    """Answered, given up, or the last ring or queue was over."""
    stopped: bool
    """The PBX stopped, and with it the call."""

    @property
    def gave_up(self) -> bool:
        """Whether the caller hung up while ringing or waiting, not after all that was over."""
        released_at = self.caller.released_at
        if released_at is None:
            return False
        return self.waited_until is None or released_at <= self.waited_until + SAME_MOMENT


def find_ending(
    facts: CallFacts,
    caller: Connection,
    legs: Sequence[Leg],
    visits: Sequence[Visit],
    system_events: Sequence[Event],
) -> Ending:
    called = [leg for leg in legs if leg.is_rung]
    answered = _first_answer(called, incoming=legs[0].kind is LegKind.OUTSIDE)
    parties = facts.parties
    alive = any(party.cleared_at is None for party in parties)
    ended_at = None if alive else max(party.cleared_at for party in parties if party.cleared_at)
    wait_began_at = _wait_began_at(called, visits)
    ending = Ending(caller, called, answered, ended_at, wait_began_at, None, stopped=False)
    ending.waited_until = _waited_until(ending, visits)
    if ended_at is not None:
        ending.stopped = caller.released_at is None and any(
            event.kind is EventKind.SYSTEM_STOPPED
            and timedelta(0) <= event.occurred_at - ended_at <= STOP_MARGIN
            for event in system_events
        )
    return ending


def _wait_began_at(called: Sequence[Leg], visits: Sequence[Visit]) -> datetime | None:
    """The first ring, or entry to a queue; what a hunt group says before it rings is no waiting."""
    queues = (visit for visit in visits if visit.group_kind is GroupKind.QUEUE and not was_refused(visit))
    begins = [leg.offered_at for leg in called] + [visit.entered_at for visit in queues]
    return min(begins, default=None)


def _first_answer(called: Sequence[Leg], *, incoming: bool) -> Leg | None:
    """Of a call from outside an extension goes before an outside destination, whichever answered first."""
    answered = [leg for leg in called if leg.outcome is LegOutcome.ANSWERED and leg.answered_at]
    persons = [leg for leg in answered if incoming and leg.kind is LegKind.EXTENSION]
    return min(persons or answered, key=lambda leg: (leg.answered_at, leg.connection.ref), default=None)


def _waited_until(ending: Ending, visits: Sequence[Visit]) -> datetime | None:
    if ending.answered is not None:
        return ending.answered.answered_at
    rings = [leg.rang_until for leg in ending.called]
    stays = [visit.left_at for visit in visits]
    ends = [*rings, *stays]
    released_at = ending.caller.released_at
    if not ends or any(end is None for end in ends):
        return released_at or ending.ended_at
    last = max(end for end in ends if end is not None)
    if released_at is not None and abs(released_at - last) <= SAME_MOMENT:
        return released_at
    return last


def call_outcome(
    ending: Ending,
    direction: Direction,
    visits: Sequence[Visit],
    *,
    short_seconds: int,
    surely_open: bool,
) -> CallOutcome:
    """Args:
    short_seconds: who gives up sooner made a short call.
    surely_open: the call came in opening hours, as far as somebody has said when these are.
    """
    if ending.ended_at is None:
        return CallOutcome.IN_PROGRESS
    if ending.answered is not None:
        outside = ending.answered.kind is LegKind.OUTSIDE
        return (
            CallOutcome.ANSWERED_OUTSIDE
            if outside and direction is Direction.INCOMING
            else CallOutcome.ANSWERED
        )
    if direction is not Direction.INCOMING:
        return _unanswered_from_inside(ending, visits)
    outcome = _missed(ending, visits, surely_open=surely_open)
    if outcome is CallOutcome.ABANDONED and whole_seconds(_wait(ending)) < short_seconds:
        return CallOutcome.SHORT_ABANDONED
    return outcome


def _wait(ending: Ending) -> timedelta:
    if ending.wait_began_at is None or ending.waited_until is None:
        return timedelta(0)
    return ending.waited_until - ending.wait_began_at


def _missed(ending: Ending, visits: Sequence[Visit], *, surely_open: bool) -> CallOutcome:
    treatments = {event.cause for event in ending.caller.routes}
    if Treatment.VOICEMAIL in treatments:
        return CallOutcome.VOICEMAIL
    if ending.stopped:
        return CallOutcome.FAILED
    if ending.wait_began_at is None:
        return _never_offered(ending, visits, treatments, surely_open=surely_open)
    if ending.gave_up:
        return CallOutcome.ABANDONED
    return _given_back(ending, visits)


def _never_offered(
    ending: Ending, visits: Sequence[Visit], treatments: set[str], *, surely_open: bool
) -> CallOutcome:
    if visits:
        return CallOutcome.BUSY
    if Treatment.CLOSED in treatments:
        return CallOutcome.CLOSED
    # Who hangs up in opening hours may have heard no more than the welcome.
    welcomed = surely_open and ending.caller.released_at is not None
    if Treatment.ANNOUNCEMENT in treatments and Treatment.MENU not in treatments and not welcomed:
        return CallOutcome.CLOSED
    if ending.caller.clear_cause == ReleaseCause.BUSY:
        return CallOutcome.BUSY
    return CallOutcome.ABANDONED if ending.caller.released_at is not None else CallOutcome.FAILED


def _given_back(ending: Ending, visits: Sequence[Visit]) -> CallOutcome:
    """The PBX ended the wait: nobody answered in time, everybody was busy, or nobody could be reached."""
    outcomes = {leg.outcome for leg in ending.called}
    queued = any(visit.group_kind is GroupKind.QUEUE for visit in visits)
    if queued or outcomes & {LegOutcome.MISSED, LegOutcome.BOUNCED}:
        return CallOutcome.TIMED_OUT
    if outcomes & {LegOutcome.BUSY, LegOutcome.DECLINED}:
        return CallOutcome.BUSY
    return CallOutcome.FAILED


def _unanswered_from_inside(ending: Ending, visits: Sequence[Visit]) -> CallOutcome:
    outcomes = {leg.outcome for leg in ending.called}
    if ending.stopped:
        return CallOutcome.FAILED
    if visits or outcomes & {LegOutcome.MISSED, LegOutcome.BOUNCED, LegOutcome.DIVERTED}:
        return CallOutcome.NO_ANSWER
    if outcomes & {LegOutcome.BUSY, LegOutcome.DECLINED}:
        return CallOutcome.BUSY
    if not outcomes and ending.caller.clear_cause == ReleaseCause.BUSY:
        return CallOutcome.BUSY
    if not outcomes and any(event.cause == Treatment.VOICEMAIL for event in ending.caller.routes):
        return CallOutcome.NO_ANSWER
    return CallOutcome.FAILED


def call_ender(ending: Ending, facts: CallFacts, outcome: CallOutcome) -> CallEnder | None:
    """Who hung up: the first to ask for it after the last transfer; nobody when the PBX ended the call."""
    if ending.ended_at is None:
        return None
    if ending.answered is None:
        refused = outcome in (CallOutcome.BUSY, CallOutcome.FAILED) and not ending.stopped
        if refused and any(leg.connection.released_at for leg in ending.called):
            return CallEnder.CALLEE
        return CallEnder.CALLER if ending.caller.released_at is not None else CallEnder.PBX
    # Who left a conversation that others went on with ended nothing.
    talked_until = max((end for leg in ending.called for _, end in leg.talk), default=ending.ended_at)
    since = max([talked_until - SAME_MOMENT, *(event.occurred_at for event in facts.transfers)])
    released_by = [
        (party.released_at, party.ref)
        for party in facts.parties
        if party.released_at is not None and party.released_at >= since and party.transferred_at is None
    ]
    if not released_by:
        return CallEnder.PBX
    # A telephone that refused a transfer hung up as well, but ended nothing when the call went on.
    if ending.caller.ref in {ref for _, ref in released_by}:
        talked = {leg.connection.ref for leg in ending.called if leg.answered_at is not None}
        released_by = [who for who in released_by if who[1] == ending.caller.ref or who[1] in talked]
    return CallEnder.CALLER if min(released_by)[1] == ending.caller.ref else CallEnder.CALLEE


def visit_outcome(visit: Visit, legs: Sequence[Leg], ending: Ending, later: Sequence[Visit]) -> VisitOutcome:
    """Args:
    legs: those that rang for this visit.
    later: visits of the call that began after it.
    """
    answered = next((leg for leg in legs if leg.outcome is LegOutcome.ANSWERED), None)
    if answered is not None:
        return VisitOutcome.ANSWERED if answered.ended_at is not None else VisitOutcome.IN_PROGRESS
    if visit.left_at is None:
        return VisitOutcome.IN_PROGRESS
    if visit.leave_cause == QueueLeaveCause.WITHDRAWN:
        return VisitOutcome.TRANSFERRED
    if _left_by_key(visit, ending):
        return VisitOutcome.LEFT_BY_KEY
    sent_on = bool(later) or any(leg.offered_at > visit.left_at for leg in ending.called)
    return VisitOutcome.OVERFLOWED if sent_on else _ended_in_visit(visit, ending)


def _left_by_key(visit: Visit, ending: Ending) -> bool:
    """Leaving by key is the one end of waiting that a PBX may leave without any cause."""
    if visit.leave_cause:
        return visit.leave_cause == QueueLeaveCause.KEY
    unexplained = visit.group_kind is GroupKind.QUEUE and visit.left_heard and not visit.abandoned
    return unexplained and not _hung_up_in(visit, ending)


def _hung_up_in(visit: Visit, ending: Ending) -> bool:
    released_at, left_at = ending.caller.released_at, visit.left_at
    return released_at is not None and left_at is not None and abs(released_at - left_at) <= SAME_MOMENT


def _ended_in_visit(visit: Visit, ending: Ending) -> VisitOutcome:
    known = _OUTCOME_OF_LEAVING.get(visit.leave_cause)
    if known is not None:
        return known
    return VisitOutcome.ABANDONED if _hung_up_in(visit, ending) else VisitOutcome.TIMED_OUT
