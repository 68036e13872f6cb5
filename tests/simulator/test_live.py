"""The exporter's state of now, at many moments of a simulated day, is what was going on by the plan."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from exporter.live_rows import LiveSnapshot
from exporter.live_state import LiveState
from simulator.company import make_company
from simulator.day import plan_day
from simulator.plan import Day, QueueStay, SignKind
from simulator.truth_states import TrueState, true_states
from store.vocabulary import AgentState
from tests.simulator.play import PBX, events, organisation

COMPANY = make_company()
ORGANISATION = organisation(COMPANY)
BETWEEN = 100
"""Milliseconds after a moment of the plan: its messages have come, those of the next have not."""


def moments(day: Day) -> range:
    """Every 97.2 seconds from seven to seven."""
    return range(day.begin + 7 * 3_600_000, day.begin + 19 * 3_600_000, 97_200)


def waiting(day: Day, moment: int) -> Counter[str]:
    stays = [stage for call in day.calls for stage in call.stages if isinstance(stage, QueueStay)]
    return Counter(stay.queue for stay in stays if stay.begin <= moment < stay.end)


def undisturbed(day: Day, moment: int) -> set[str]:
    kinds = (SignKind.DO_NOT_DISTURB, SignKind.DISTURB)
    last = {sign.extension: sign.kind for sign in day.signs if sign.at <= moment and sign.kind in kinds}
    return {extension for extension, kind in last.items() if kind is SignKind.DO_NOT_DISTURB}


def agents(states: dict[str, list[TrueState]], moment: int) -> dict[str, tuple[AgentState, str | None]]:
    return {
        extension: (state.state, state.reason)
        for extension, own in states.items()
        for state in own
        if state.begin <= moment < state.end
    }


def shown_agents(snapshot: LiveSnapshot) -> dict[str, tuple[AgentState, str | None]]:
    return {
        agent.extension or "": (agent.state, agent.reason)
        for agent in snapshot.agents.values()
        if agent.state is not AgentState.SIGNED_OUT
    }


@pytest.mark.parametrize("day", [date(2026, 9, 14), date(2026, 9, 24)], ids=str)
def test_what_is_shown_is_what_goes_on(day: date) -> None:
    plan = plan_day(COMPANY, day)
    states = true_states(COMPANY, plan)
    live = LiveState(ORGANISATION, PBX)
    coming = iter(sorted(events(COMPANY, plan), key=lambda event: event.occurred_at))
    following = next(coming, None)
    for moment in moments(plan):
        now = datetime.fromtimestamp((moment + BETWEEN) / 1000, UTC)
        while following is not None and following.occurred_at <= now:
            live.apply(following)
            following = next(coming, None)
        snapshot = live.snapshot(now)
        assert Counter(row.contact_group for row in snapshot.waiting.values()) == waiting(plan, moment), now
        assert {row.extension for row in snapshot.devices.values() if row.do_not_disturb} == undisturbed(
            plan, moment
        ), now
        assert shown_agents(snapshot) == agents(states, moment), now
