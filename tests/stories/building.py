"""What a story's events come to, by the pure functions alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.agents import RESTART_KINDS, AgentLeg, intervals, sessions
from aggregator.calls import build_calls
from aggregator.rows import BuiltCall, LegRow
from store.event import Event
from store.organisation import Organisation
from store.vocabulary import AgentState, GroupKind
from tests.recordings import PBX
from tests.stories.organisation import organisation_of
from tests.stories.reading import Story


@dataclass(frozen=True)
class State:
    agent: str
    state: AgentState
    from_at: datetime
    until_at: datetime | None
    reason: str | None


def built(story: Story, events: Iterable[Event]) -> list[BuiltCall]:
    return build_calls(events, organisation_of(story), PBX)


def rows(story: Story, events: Sequence[Event]) -> dict[str, Sequence[object]]:
    """Rows by the section of the story that they belong to."""
    calls = built(story, events)
    legs = [leg for call in calls for leg in call.legs]
    return {
        "Calls": [call.call for call in calls],
        "Legs": legs,
        "Visits": [visit for call in calls for visit in call.visits],
        "States": states(organisation_of(story), events, legs),
    }


def states(organisation: Organisation, events: Sequence[Event], legs: Sequence[LegRow]) -> list[State]:
    agents = sorted({event.agent for event in events if event.agent})
    return [
        state
        for agent in agents
        for state in _states(organisation, agent, [e for e in events if _concerns(e, agent)], legs)
    ]


def _concerns(event: Event, agent: str) -> bool:
    return event.agent == agent or event.kind in RESTART_KINDS


def _states(
    organisation: Organisation, agent: str, events: Sequence[Event], legs: Sequence[LegRow]
) -> Iterable[State]:
    registered = organisation.agent(agent)
    assert registered is not None, agent
    own = [_leg(leg) for leg in legs if leg.extension == registered.extension]
    for interval in intervals(sessions(events), own, events, lambda name: _wrap_up(organisation, name)):
        yield State(agent, interval.state, interval.from_at, interval.until_at, interval.reason)


def _wrap_up(organisation: Organisation, name: str) -> int:
    group = organisation.group(GroupKind.QUEUE, name)
    return group.wrap_up_seconds if group else 0


def _leg(leg: LegRow) -> AgentLeg:
    return AgentLeg(
        leg.call_id,
        leg.role,
        leg.outcome,
        leg.contact_group,
        leg.offered_at,
        leg.answered_at,
        leg.ended_at,
        leg.inferred,
    )
