"""What every agent did on a planned day, told from the plan alone: a state at every moment of the shift."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from simulator.company import Company
from simulator.plan import Call, Day, Dialling, Joined, QueueStay, Ring, Sign, SignKind
from store.vocabulary import AgentState

PRECEDENCE = (
    AgentState.BUSY,
    AgentState.RINGING,
    AgentState.WRAP_UP,
    AgentState.UNAVAILABLE,
    AgentState.AVAILABLE,
)
"""Of several that hold at one moment the first is the state."""


@dataclass(frozen=True, slots=True)
class TrueState:
    """`begin` and `end` in milliseconds since 1970; `reason` of being unavailable."""

    state: AgentState
    begin: int
    end: int
    reason: str | None = None


def true_states(company: Company, day: Day) -> dict[str, list[TrueState]]:
    """By extension: the states of every agent who worked, from the first sign-in to the last sign-out."""
    activities = _activities(company, day.calls)
    signs: dict[str, list[Sign]] = defaultdict(list)
    for sign in day.signs:
        if sign.queues:
            signs[sign.extension].append(sign)
    return {extension: _agent_states(own, activities[extension]) for extension, own in sorted(signs.items())}


def _agent_states(signs: list[Sign], activities: list[TrueState]) -> list[TrueState]:
    readiness = list(_readiness(signs))
    changes = {moment for state in readiness for moment in (state.begin, state.end)}
    offers = sorted(state.begin for state in activities if state.state is not AgentState.WRAP_UP)
    parts = readiness + [_cut(state, changes, offers) for state in activities]
    moments = sorted({moment for part in parts for moment in (part.begin, part.end)})
    signed_in, signed_out = readiness[0].begin, readiness[-1].end
    states: list[TrueState] = []
    for begin, end in pairwise(moments):
        if signed_in <= begin < signed_out:
            holding = [part for part in parts if part.begin <= begin and end <= part.end]
            best = min(holding, key=lambda part: PRECEDENCE.index(part.state))
            _append(states, TrueState(best.state, begin, end, best.reason))
    return states


def _append(states: list[TrueState], state: TrueState) -> None:
    last = states[-1] if states else None
    if last and (last.state, last.reason, last.end) == (state.state, state.reason, state.begin):
        states[-1] = TrueState(state.state, last.begin, state.end, state.reason)
    else:
        states.append(state)


def _readiness(signs: list[Sign]) -> Iterator[TrueState]:
    """Available or unavailable, between each two things that the agent told."""
    ordered = sorted(signs, key=lambda sign: sign.at)
    for sign, following in pairwise(ordered):
        if sign.kind is SignKind.PAUSE:
            yield TrueState(AgentState.UNAVAILABLE, sign.at, following.at, sign.reason)
        elif sign.kind is not SignKind.SIGN_OUT:
            yield TrueState(AgentState.AVAILABLE, sign.at, following.at)


def _cut(state: TrueState, changes: Iterable[int], offers: Iterable[int]) -> TrueState:
    """Wrap-up ends with whatever comes next: another call, a pause, signing out."""
    if state.state is not AgentState.WRAP_UP:
        return state
    ends = [moment for moment in changes if moment > state.begin]
    ends += [moment for moment in offers if moment >= state.begin]
    return TrueState(state.state, state.begin, min([state.end, *ends]))


def _activities(company: Company, calls: Iterable[Call]) -> dict[str, list[TrueState]]:
    wrap_up = {queue.name: queue.wrap_up * 1000 for queue in company.queues}
    found: dict[str, list[TrueState]] = defaultdict(list)
    for call in calls:
        if call.extension:
            found[call.extension].append(TrueState(AgentState.BUSY, call.begin, call.end))
        for extension, ring, talked_until, queue in _parts(call):
            found[extension].append(TrueState(AgentState.RINGING, ring.begin, ring.end))
            if talked_until is not None:
                found[extension].append(TrueState(AgentState.BUSY, ring.end, talked_until))
                if queue is not None:
                    after = talked_until + wrap_up[queue]
                    found[extension].append(TrueState(AgentState.WRAP_UP, talked_until, after))
    return found


def _parts(call: Call) -> Iterator[tuple[str, Ring, int | None, str | None]]:
    """Who was rung, until when that one talked, and for which queue."""
    for stage in call.stages:
        if isinstance(stage, Joined):
            yield stage.conversation.party, stage.consultation.ring, stage.conversation.end, None
        elif isinstance(stage, Dialling | QueueStay):
            queue = stage.queue if isinstance(stage, QueueStay) else None
            for ring in stage.rings:
                talk = stage.conversation
                answered = talk is not None and ring.device == talk.party and ring.end == talk.begin
                yield ring.device, ring, talk.end if talk and answered else None, queue
