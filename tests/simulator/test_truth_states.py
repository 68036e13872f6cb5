"""What the aggregator makes of agents' events and calls is what the agents were planned to do."""

from collections import defaultdict
from datetime import date

import pytest

from aggregator.agents import AgentLeg, Interval, intervals, sessions
from aggregator.calls import build_calls
from simulator.company import make_company
from simulator.day import plan_day
from simulator.truth_states import TrueState, true_states
from store.vocabulary import AgentState
from tests.simulator.play import PBX, events, organisation
from tests.simulator.test_truth import planned_moment

COMPANY = make_company()
ORGANISATION = organisation(COMPANY)


def as_truth(found: list[Interval]) -> list[TrueState]:
    """On the plan's grid; which call it was is compared elsewhere."""
    states: list[TrueState] = []
    for interval in found:
        if interval.state is AgentState.SIGNED_OUT:
            continue
        begin, end = planned_moment(interval.from_at), planned_moment(interval.until_at)
        last = states[-1] if states else None
        if last and (last.state, last.reason, last.end) == (interval.state, interval.reason, begin):
            states[-1] = TrueState(last.state, last.begin, end, last.reason)
        elif begin < end:
            states.append(TrueState(interval.state, begin, end, interval.reason))
    return states


@pytest.mark.parametrize("day", [date(2026, 9, 14), date(2026, 9, 19), date(2026, 10, 1)], ids=str)
def test_agents_did_what_was_planned(day: date) -> None:
    plan = plan_day(COMPANY, day)
    said = events(COMPANY, plan)
    legs: dict[str, list[AgentLeg]] = defaultdict(list)
    for built in build_calls(said, ORGANISATION, PBX):
        for leg in built.legs:
            if leg.extension:
                legs[leg.extension].append(
                    AgentLeg(
                        leg.call_id,
                        leg.role,
                        leg.outcome,
                        leg.contact_group,
                        leg.offered_at,
                        leg.answered_at,
                        leg.ended_at,
                    )
                )
    wrap_up = {queue.name: queue.wrap_up for queue in COMPANY.queues}
    truth = true_states(COMPANY, plan)
    assert truth
    for extension, states in truth.items():
        name = COMPANY.person(extension).name
        own = [event for event in said if event.agent == name]
        found = intervals(sessions(own), legs[extension], own, lambda group: wrap_up.get(group, 0))
        assert as_truth(found) == states, name


def test_every_state_happens() -> None:
    truth = true_states(COMPANY, plan_day(COMPANY, date(2026, 9, 14)))
    seen = {state.state for states in truth.values() for state in states}
    assert seen == set(AgentState) - {AgentState.SIGNED_OUT}
