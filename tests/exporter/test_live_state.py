"""The state of now against what the telephones of the recordings themselves knew at each moment."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import pytest

from exporter.live_rows import LiveCall, LiveSnapshot
from exporter.live_state import LiveState
from store.event import Event
from store.organisation import Extension, Organisation
from store.vocabulary import AgentState, DeviceState, Direction, EventKind
from tests.recordings import ALWAYS, ORGANISATION, PBX, PEOPLE, TENANT, events, truth

SCENARIOS = "scenarios-a"
DIRECTIONS = {
    "inbound": Direction.INCOMING,
    "outbound": Direction.OUTGOING,
    "internal": Direction.INTERNAL,
}
SETTLED = 0.3
"""Seconds after a telephone did something, by which the PBX has told of it."""


class Moment(NamedTuple):
    """What a telephone itself knew at some time."""

    at: datetime
    extension: str
    state: str
    call: dict[str, Any]


def moments(run: str) -> list[Moment]:
    """For every telephone that was rung: half way through the ringing, and just after the answer."""

    def all_moments() -> Iterator[Moment]:
        for call in truth(run)["calls"]:
            for ring in call["rings"]:
                if ring["ext"] not in PEOPLE:
                    continue
                began, ended = ring["ringing"] or ring["invite"], ring["answered"] or ring["end"]
                if ended - began > 2 * SETTLED:
                    yield Moment(_time((began + ended) / 2), ring["ext"], "ringing", call)
                if ring["answered"] and ring["end"] - ring["answered"] > 2 * SETTLED:
                    yield Moment(_time(ring["answered"] + SETTLED), ring["ext"], "talking", call)

    return sorted(all_moments(), key=lambda moment: moment.at)


def _time(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)


def snapshots(run: str, times: list[datetime]) -> Iterator[LiveSnapshot]:
    """The state at each of the times, which are in order."""
    state = LiveState(ORGANISATION, PBX)
    coming = iter(events(run))
    event = next(coming, None)
    for at in times:
        while event is not None and event.occurred_at <= at:
            state.apply(event)
            event = next(coming, None)
        yield state.snapshot(at)


def rows_of(snapshot: LiveSnapshot, extension: str) -> list[LiveCall]:
    return [row for row in snapshot.calls.values() if row.extension == extension]


def with_state(run: str) -> list[tuple[Moment, LiveSnapshot]]:
    told = moments(run)
    return list(zip(told, snapshots(run, [moment.at for moment in told]), strict=True))


@pytest.mark.parametrize("run", [SCENARIOS, "sipp"])
def test_a_device_rings_and_talks_when_it_does(run: str) -> None:
    checked = with_state(run)
    assert len(checked) > 30
    for moment, snapshot in checked:
        states = [row.state for row in rows_of(snapshot, moment.extension)]
        assert moment.state in states, f"{moment.call['id']} at {moment.at}"


def test_time_in_state_begins_when_the_telephone_rang_or_answered() -> None:
    for moment, snapshot in with_state(SCENARIOS):
        row = next(row for row in rows_of(snapshot, moment.extension) if row.state == moment.state)
        ring = next(
            ring
            for ring in moment.call["rings"]
            if ring["ext"] == moment.extension and ring["invite"] <= moment.at.timestamp() <= ring["end"]
        )
        began = ring["invite"] if moment.state == "ringing" else ring["answered"]
        assert abs(row.state_since.timestamp() - began) < 0.2, moment.call["id"]


def test_direction_line_and_number_are_those_of_the_call() -> None:
    for moment, snapshot in with_state(SCENARIOS):
        call = moment.call
        if call["transfers"] or call["caller"] is None:
            continue
        row = next(row for row in rows_of(snapshot, moment.extension) if row.state == moment.state)
        assert row.direction == DIRECTIONS[call["direction"]]
        if call["direction"] == "inbound":
            assert row.ddi == call["dialled"]
        assert row.number == call["caller"], call["id"]


def test_a_caller_who_dialled_is_shown_with_what_he_dialled() -> None:
    calls = [
        call for call in truth(SCENARIOS)["calls"] if call["direction"] == "outbound" and call["answered"]
    ]
    times = [_time(call["answered_at"] + SETTLED) for call in calls]
    for call, snapshot in zip(calls, snapshots(SCENARIOS, times), strict=True):
        (row,) = rows_of(snapshot, call["caller"])
        assert (row.direction, row.state) == (Direction.OUTGOING, "talking")
        assert row.number is not None
        assert row.number.endswith(call["dialled"][-8:])


def test_a_number_that_the_pbx_says_is_withheld_is_shown_nowhere() -> None:
    hidden = [
        call
        for call in truth(SCENARIOS)["calls"]
        if call.get("hidden_number") and call.get("queue") and call["rings"]
    ]
    assert hidden
    times = [_time(call["end"] - SETTLED) for call in hidden]
    for call, snapshot in zip(hidden, snapshots(SCENARIOS, times), strict=True):
        shown = msgspec.json.encode([list(snapshot.calls.values()), list(snapshot.waiting.values())])
        assert call["hidden_number"].encode() not in shown
        assert any(row.withheld for row in snapshot.calls.values())


def test_holding_shows_as_held_and_ends() -> None:
    holds = [
        (call["answered_by"], hold)
        for call in truth(SCENARIOS)["calls"]
        for hold in call["holds"]
        if hold.get("by", call["answered_by"]) == call["answered_by"] and call["answered_by"] in PEOPLE
    ]
    assert holds
    times = [_time(hold["start"] + SETTLED) for _, hold in holds]
    for (extension, _), snapshot in zip(holds, snapshots(SCENARIOS, times), strict=True):
        assert [row.state for row in rows_of(snapshot, extension)] == ["held"]


def test_callers_wait_in_their_queue_until_an_agent_answers_or_they_leave() -> None:
    queued = [
        call
        for call in truth(SCENARIOS)["calls"]
        if call.get("queue") == "sales" and call["wait_seconds"] > 2 * SETTLED
    ]
    assert len(queued) > 10
    times: list[tuple[datetime, bool, dict[str, Any]]] = []
    for call in queued:
        times.append((_time(call["start"] + call["wait_seconds"] / 2), True, call))
        times.append((_time(call["start"] + call["wait_seconds"] + SETTLED), False, call))
    times.sort(key=lambda entry: entry[0])
    for (at, waits, call), snapshot in zip(
        times, snapshots(SCENARIOS, [at for at, _, _ in times]), strict=True
    ):
        connection = call["asterisk"]["uniqueid"]
        assert (connection in snapshot.waiting) == waits, f"{call['id']} at {at}"
        assert snapshot.queues["sales"].waiting == len(
            [row for row in snapshot.waiting.values() if row.contact_group == "sales"]
        )
        if waits:
            assert snapshot.waiting[connection].ddi == call["dialled"]
            assert abs(snapshot.waiting[connection].entered_at.timestamp() - call["start"]) < 0.5


def test_last_wait_is_that_of_the_call_answered_last() -> None:
    answered = [
        call for call in truth(SCENARIOS)["calls"] if call.get("queue") == "sales" and call["answered"]
    ]
    times = [_time(call["answered_at"] + SETTLED) for call in answered]
    for call, snapshot in zip(answered, snapshots(SCENARIOS, times), strict=True):
        last = snapshot.queues["sales"].last_wait_seconds
        assert last is not None
        assert abs(last - call["wait_seconds"]) <= 1


def test_agents_are_busy_while_they_talk_and_wrap_up_afterwards() -> None:
    talks = [
        (PEOPLE[ring["ext"]], ring)
        for call in truth(SCENARIOS)["calls"]
        if call.get("queue") == "sales" and call["answered"] and not call["transfers"]
        for ring in call["rings"]
        if ring["result"] == "answered"
    ]
    assert len(talks) > 5
    for agent, ring in talks:
        talking, after, later = snapshots(
            SCENARIOS,
            [
                _time(ring["answered"] + SETTLED),
                _time(ring["end"] + 2 * SETTLED),
                _time(ring["end"] + 3 + SETTLED),
            ],
        )
        assert talking.agents[agent, "sales"].state is AgentState.BUSY
        assert after.agents[agent, "sales"].state is AgentState.WRAP_UP
        assert later.agents[agent, "sales"].state is not AgentState.WRAP_UP


def test_agents_who_pause_are_unavailable_with_their_reason() -> None:
    pauses = [
        action
        for action in truth(SCENARIOS)["agent_events"]
        if action["type"] == "pause" and {"Reason", "Interface"} <= action.get("params", {}).keys()
    ]
    assert pauses
    times = [_time(action["at"] + SETTLED) for action in pauses]
    for action, snapshot in zip(pauses, snapshots(SCENARIOS, times), strict=True):
        agent = PEOPLE[action["params"]["Interface"].removeprefix("Local/")[:4]]
        states = [(row.state, row.reason) for row in snapshot.agents.values() if row.agent == agent]
        assert (AgentState.UNAVAILABLE, action["params"]["Reason"]) in states


def test_announced_wrap_up_goes_before_a_pause_and_ends_with_the_agents_next_word() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    state = LiveState(ORGANISATION, PBX)
    steps = [
        (EventKind.AGENT_LOGGED_ON, AgentState.AVAILABLE),
        (EventKind.AGENT_NOT_READY, AgentState.UNAVAILABLE),
        (EventKind.AGENT_WORKING_AFTER_CALL, AgentState.WRAP_UP),
        (EventKind.AGENT_READY, AgentState.AVAILABLE),
        (EventKind.AGENT_LOGGED_OFF, AgentState.SIGNED_OUT),
    ]
    for minute, (kind, expected) in enumerate(steps):
        at = noon + timedelta(minutes=minute)
        state.apply(Event(kind=kind, occurred_at=at, agent="Eva Smit", queue="support", device="1005"))
        row = state.snapshot(at + timedelta(seconds=30)).agents["Eva Smit", "support"]
        assert (row.state, row.state_since) == (expected, at)


def test_do_not_disturb_is_kept_apart_from_what_the_device_does() -> None:
    switched = [
        action for action in truth(SCENARIOS)["agent_events"] if action["type"] in ("dnd_on", "dnd_off")
    ]
    assert len(switched) > 5
    # By a feature code it is set a second after the code was dialled.
    told = sorted(
        (_time(one["at"] + ("code" in one["via"]) + SETTLED), one["ext"], one["type"]) for one in switched
    )
    times = [at for at, _, _ in told]
    for (_, extension, kind), snapshot in zip(told, snapshots(SCENARIOS, times), strict=True):
        device = snapshot.devices[extension]
        assert device.do_not_disturb == (kind == "dnd_on")
        assert device.state in DeviceState


def test_a_changed_organisation_shows_without_a_restart() -> None:
    half = events(SCENARIOS)[: len(events(SCENARIOS)) // 2]
    state = LiveState(Organisation(TENANT), PBX)
    for event in half:
        state.apply(event)
    at = half[-1].occurred_at
    before = state.snapshot(at)
    assert before.agents
    state.use(
        Organisation(TENANT, extensions=[Extension(number="2001", valid=ALWAYS, device_name="1001")]), PBX
    )
    after = state.snapshot(at)
    assert {row.extension for row in after.agents.values()} - {
        row.extension for row in before.agents.values()
    } == {"2001"}


def test_nothing_is_left_when_all_calls_are_over() -> None:
    state = LiveState(ORGANISATION, PBX)
    for event in events(SCENARIOS):
        if event.kind is not EventKind.LISTENING_STOPPED:
            state.apply(event)
    end = events(SCENARIOS)[-1].occurred_at + timedelta(seconds=1)
    snapshot = state.snapshot(end)
    assert (snapshot.calls, snapshot.waiting) == ({}, {})


def test_a_snapshot_after_an_outage_shows_calls_that_nobody_heard_begin() -> None:
    heard = events("outage")
    stopped = next(event.occurred_at for event in heard if event.kind is EventKind.LISTENING_STOPPED)
    completed = next(
        event.occurred_at
        for event in heard
        if event.kind is EventKind.SNAPSHOT_COMPLETED and event.occurred_at > stopped
    )
    during, after = snapshots("outage", [stopped, completed + timedelta(milliseconds=50)])
    assert (during.calls, during.agents, during.devices) == ({}, {}, {})
    observed = {
        event.device for event in heard if event.kind is EventKind.OBSERVED and event.device in PEOPLE
    }
    assert {row.extension for row in after.calls.values()} == observed != set()
    assert after.waiting
    assert after.agents


def test_repeated_events_change_nothing() -> None:
    def doubled(recorded: tuple[Event, ...]) -> Iterator[Event]:
        for event in recorded:
            yield event
            yield event

    once, twice = LiveState(ORGANISATION, PBX), LiveState(ORGANISATION, PBX)
    half = events(SCENARIOS)[: len(events(SCENARIOS)) // 2]
    for event in half:
        once.apply(event)
    for event in doubled(half):
        twice.apply(event)
    at = half[-1].occurred_at
    assert once.snapshot(at) == twice.snapshot(at)
