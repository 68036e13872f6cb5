"""What every planned call is by the product's definitions, told from the plan alone.

Nothing here has seen an event: it is the other side of the comparison with what the aggregator makes of the
telephone system's messages. Moments are milliseconds since 1970, durations whole seconds, rounded half up.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import zip_longest
from pathlib import Path

from simulator.company import SEED
from simulator.day import plan_days
from simulator.plan import (
    Announcement,
    Call,
    Conversation,
    Dialling,
    Joined,
    QueueStay,
    Ring,
    RingResult,
    Stage,
    Voicemail,
)
from store.vocabulary import (
    MISSED_OUTCOMES,
    CallEnder,
    CallOutcome,
    Direction,
    GroupKind,
    LegOutcome,
    VisitOutcome,
)


@dataclass(frozen=True, slots=True)
class TrueLeg:
    """A party that was rung, and what became of it."""

    party: str
    """Extension, or number outside."""
    outcome: LegOutcome
    offered_at: int
    ring_seconds: int
    talk_seconds: int
    contact_group: str | None = None
    """The queue or hunt group for which it rang."""


@dataclass(frozen=True, slots=True)
class TrueVisit:
    """A stay in a queue or hunt group."""

    group_kind: GroupKind
    contact_group: str
    outcome: VisitOutcome
    entered_at: int
    wait_seconds: int
    overflowed_from: str | None = None
    extension: str | None = None


@dataclass(frozen=True, slots=True)
class TrueCall:
    """A call as the product must show it."""

    started_at: int
    ended_at: int
    direction: Direction
    outcome: CallOutcome
    outside_number: str | None
    withheld: bool
    ddi: str | None
    extension: str | None
    answered_by: str | None
    contact_group: str | None
    wait_seconds: int
    talk_seconds: int
    hold_seconds: int
    duration_seconds: int
    transfers: int
    ended_by: CallEnder | None
    legs: list[TrueLeg] = field(default_factory=list)
    visits: list[TrueVisit] = field(default_factory=list)

    @property
    def is_missed(self) -> bool:
        """Incoming, and answered by nobody."""
        return self.direction is Direction.INCOMING and self.outcome in MISSED_OUTCOMES


def seconds(milliseconds: int) -> int:
    """Whole seconds, rounded half up."""
    return (milliseconds + 500) // 1000


def true_call(call: Call) -> TrueCall:
    """What a planned call is."""
    conversations = list(_conversations(call.stages))
    inside = [talk for talk in conversations if not talk.party.startswith("+")]
    answers = inside or conversations
    legs = list(_legs(call))
    visits = list(_visits(call.stages))
    answered_at = answers[0].begin if answers else None
    waits_from, waits_until = _wait(call.stages)
    incoming = call.direction is Direction.INCOMING
    return TrueCall(
        started_at=call.begin,
        ended_at=call.end,
        direction=call.direction,
        outcome=_outcome(call, inside, conversations),
        outside_number=None if call.withheld else call.number,
        withheld=call.withheld,
        ddi=call.dialled if incoming else None,
        extension=_extension(call, legs),
        answered_by=inside[0].party if inside and call.direction is not Direction.OUTGOING else None,
        contact_group=visits[0].contact_group if visits else None,
        wait_seconds=seconds((answered_at or waits_until) - waits_from),
        talk_seconds=seconds(sum(talk.end - talk.begin for talk in conversations)),
        hold_seconds=seconds(sum(end - begin for talk in conversations for begin, end in talk.holds)),
        duration_seconds=seconds(call.end - answered_at) if answered_at else 0,
        transfers=sum(talk.transfer is not None for talk in conversations),
        ended_by=call.ended_by if conversations else None,
        legs=legs,
        visits=visits,
    )


def _conversations(stages: Iterable[Stage]) -> Iterator[Conversation]:
    for stage in stages:
        if isinstance(stage, Dialling | QueueStay | Joined) and stage.conversation:
            yield stage.conversation


def _wait(stages: Iterable[Stage]) -> tuple[int, int]:
    """From the first ring or entry to a queue until the last is over; announcements are no waiting."""
    waits = [
        (stage.begin, stage.end)
        for stage in stages
        if isinstance(stage, QueueStay) or (isinstance(stage, Dialling) and _was_rung(stage))
    ]
    return (waits[0][0], waits[-1][1]) if waits else (0, 0)


def _was_rung(stage: Dialling) -> bool:
    return any(ring.result is not RingResult.NOT_DISTURBED for ring in stage.rings)


def _outcome(call: Call, inside: list[Conversation], conversations: list[Conversation]) -> CallOutcome:
    if call.direction is not Direction.INCOMING:
        return _outcome_from_inside(call)
    if inside:
        return CallOutcome.ANSWERED
    if conversations:
        return CallOutcome.ANSWERED_OUTSIDE
    return _missed(call)


def _missed(call: Call) -> CallOutcome:
    last = call.stages[-1]
    if isinstance(last, Voicemail):
        return CallOutcome.VOICEMAIL
    if isinstance(last, Announcement) and last.closed:
        return CallOutcome.CLOSED
    if isinstance(last, Announcement):
        return CallOutcome.TIMED_OUT
    results = {ring.result for ring in last.rings} if isinstance(last, Dialling) else set()
    if (isinstance(last, QueueStay) and not last.timed_out) or RingResult.GIVEN_UP in results:
        return CallOutcome.ABANDONED
    refused = results <= {RingResult.BUSY, RingResult.NOT_DISTURBED}
    others_waited = any(isinstance(stage, QueueStay) for stage in call.stages)
    return CallOutcome.BUSY if refused and not others_waited else CallOutcome.TIMED_OUT


def _outcome_from_inside(call: Call) -> CallOutcome:
    last = call.stages[-1]
    assert isinstance(last, Dialling)
    return {
        RingResult.ANSWERED: CallOutcome.ANSWERED,
        RingResult.BUSY: CallOutcome.BUSY,
        RingResult.NOT_DISTURBED: CallOutcome.BUSY,
        RingResult.FAILED: CallOutcome.FAILED,
    }.get(last.rings[0].result, CallOutcome.NO_ANSWER)


def _extension(call: Call, legs: list[TrueLeg]) -> str | None:
    """Of an incoming call the first that answered, else the first that was rung."""
    if call.direction is not Direction.INCOMING:
        return call.extension
    inside = [leg for leg in legs if not leg.party.startswith("+")]
    answered = [leg for leg in inside if leg.outcome is LegOutcome.ANSWERED]
    first = next(iter(answered or inside), None)
    return first.party if first else None


def _legs(call: Call) -> Iterator[TrueLeg]:
    for stage, following in zip_longest(call.stages, call.stages[1:]):
        if isinstance(stage, Joined):
            ring = stage.consultation.ring
            yield _leg(ring.device, ring, LegOutcome.ANSWERED, stage.conversation.end - ring.end)
        elif isinstance(stage, Dialling | QueueStay):
            for ring in stage.rings:
                if ring.result is not RingResult.NOT_DISTURBED:
                    talk = stage.conversation if ring.result is RingResult.ANSWERED else None
                    dials_out = call.direction is Direction.OUTGOING
                    party = call.number if dials_out and call.number else ring.device
                    length = talk.end - talk.begin if talk else 0
                    group = stage.queue if isinstance(stage, QueueStay) else stage.group
                    yield _leg(party, ring, _leg_outcome(stage, ring, following), length, group)


def _leg(party: str, ring: Ring, outcome: LegOutcome, talk: int, group: str | None = None) -> TrueLeg:
    return TrueLeg(party, outcome, ring.begin, seconds(ring.end - ring.begin), seconds(talk), group)


def _leg_outcome(stage: Dialling | QueueStay, ring: Ring, following: Stage | None) -> LegOutcome:
    taken = isinstance(following, Dialling) and following.conversation is not None
    if taken and isinstance(stage, Dialling) and ring.result is RingResult.NO_ANSWER:
        # It rang on elsewhere and was answered there: nobody was missed.
        return LegOutcome.DIVERTED
    in_queue = isinstance(stage, QueueStay)
    unanswered = LegOutcome.BOUNCED if in_queue else LegOutcome.MISSED
    taken_back = isinstance(stage, QueueStay) and stage.timed_out
    return {
        RingResult.ANSWERED: LegOutcome.ANSWERED,
        RingResult.NO_ANSWER: unanswered,
        RingResult.GIVEN_UP: LegOutcome.BOUNCED if taken_back else LegOutcome.MISSED,
        RingResult.ELSEWHERE: LegOutcome.ANSWERED_ELSEWHERE,
        RingResult.BUSY: LegOutcome.BUSY,
        RingResult.DECLINED: LegOutcome.DECLINED,
        RingResult.FAILED: LegOutcome.FAILED,
    }[ring.result]


def _visits(stages: list[Stage]) -> Iterator[TrueVisit]:
    sent_on_from: str | None = None
    for place, stage in enumerate(stages):
        following = stages[place + 1] if place + 1 < len(stages) else None
        if isinstance(stage, QueueStay):
            overflows = stage.timed_out and isinstance(following, QueueStay)
            yield TrueVisit(
                GroupKind.QUEUE,
                stage.queue,
                _queue_outcome(stage, overflows=overflows),
                stage.begin,
                seconds(stage.end - stage.begin),
                sent_on_from,
                stage.conversation.party if stage.conversation else None,
            )
            sent_on_from = stage.queue if overflows else None
        elif isinstance(stage, Dialling) and stage.group:
            yield _hunt_group_visit(stage)


def _queue_outcome(stay: QueueStay, *, overflows: bool) -> VisitOutcome:
    if stay.conversation:
        return VisitOutcome.ANSWERED
    if overflows:
        return VisitOutcome.OVERFLOWED
    return VisitOutcome.TIMED_OUT if stay.timed_out else VisitOutcome.ABANDONED


def _hunt_group_visit(stage: Dialling) -> TrueVisit:
    assert stage.group is not None
    outcome = VisitOutcome.TIMED_OUT
    if stage.conversation:
        outcome = VisitOutcome.ANSWERED
    elif any(ring.result is RingResult.GIVEN_UP for ring in stage.rings):
        outcome = VisitOutcome.ABANDONED
    party = stage.conversation.party if stage.conversation else None
    wait = seconds(stage.end - stage.begin)
    return TrueVisit(GroupKind.HUNT_GROUP, stage.group, outcome, stage.begin, wait, None, party)


def unreturned(calls: Iterable[TrueCall]) -> list[TrueCall]:
    """Missed calls, from known numbers, whose caller was neither answered nor called back since."""
    open_calls: dict[str, list[TrueCall]] = {}
    for call in sorted(calls, key=lambda call: call.started_at):
        number = call.outside_number
        if number is None:
            continue
        if call.is_missed:
            open_calls.setdefault(number, []).append(call)
        elif call.direction is Direction.OUTGOING or call.outcome is CallOutcome.ANSWERED:
            open_calls.pop(number, None)
    remaining = (call for calls_of_number in open_calls.values() for call in calls_of_number)
    return sorted(remaining, key=lambda call: call.started_at)


def write_truth(first: date, last: date, path: Path, seed: int = SEED) -> None:
    """Writes a JSON object per call and line, in order of their plans."""
    with path.open("w", encoding="utf-8") as file:
        for day in plan_days(first, last, seed):
            for call in day.calls:
                file.write(json.dumps(asdict(true_call(call)), ensure_ascii=False) + "\n")
