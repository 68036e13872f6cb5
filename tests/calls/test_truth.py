"""Every call of every recording is built as the telephones and the outside parties themselves saw it."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

import msgspec
import pytest

from aggregator.calls import build_calls
from store.event import Event
from store.vocabulary import MISSED_OUTCOMES, CallOutcome, Direction
from tests.calls.truth import NO_CALL, differences, match, true_calls
from tests.recordings import ORGANISATION, PBX, RUNS, events, truth

UNREACHABLE: dict[str, dict[str, tuple[set[str], str]]] = {
    "scenarios-a": {
        "s13-r2-1": (
            {"ended by"},
            "the PBX gave up ringing the target of the transfer; the truth takes its BYE for the callee's",
        ),
        "s14-r3-1": ({"hold"}, "the PBX itself held the caller while asking; no telephone knows of it"),
        **dict.fromkeys(
            ("s20-r1-2", "s20-r2-2", "s20-r3-2"),
            (
                {"caller", "withheld"},
                "its number is in P-Asserted-Identity with privacy: see the run withheld",
            ),
        ),
    },
    "scenarios-b": dict.fromkeys(
        ("s20-r1-2", "s20-r1-3", "s20-r2-2", "s20-r2-3"),
        ({"caller", "withheld"}, "the same, and no local channel to tell it in a queue"),
    ),
    "sipp": {},
    "withheld": {},
    "outage": {
        "s400-r1-1": (
            {"duration", "talk", "1001: talk", "ended by"},
            "ended while nobody listened: counts up to the last moment at which it was surely going on",
        ),
        "s400-r1-3": ({"who was rung"}, "1003 was rung while nobody listened"),
        "s400-r1-4": (
            {"duration", "talk", "wait", "1002: ring", "1002: talk"},
            "answered while nobody listened: known from the snapshot after it",
        ),
        "s400-r1-5": ({"missing"}, "took place while nobody listened"),
        "s400-r1-6": ({"missing"}, "took place while nobody listened"),
        "s400-r1-7": (
            {"duration", "talk", "wait", "1005: ring", "1005: talk"},
            "began and was answered while nobody listened: known from the snapshot after it",
        ),
    },
}
"""What the events cannot tell: run → call → in what it differs from the truth, and why."""

INFERRED = {"s400-r1-1", "s400-r1-3", "s400-r1-4", "s400-r1-7"}
"""Calls of which some was concluded, not heard: they say so themselves."""

Arrival = Callable[[Sequence[Event]], list[Event]]


def as_sent(sent: Sequence[Event]) -> list[Event]:
    return list(sent)


def shuffled_within_two_seconds(sent: Sequence[Event]) -> list[Event]:
    """Times are kept, the order within the source is lost."""
    chance = random.Random(20261123)
    arrival = sorted(
        (event.occurred_at.timestamp() + chance.uniform(0, 2), place) for place, event in enumerate(sent)
    )
    return [msgspec.structs.replace(sent[place], sequence=0) for _, place in arrival]


def doubled(sent: Sequence[Event]) -> list[Event]:
    return [event for event in sent for _ in range(2)]


def second_half_first(sent: Sequence[Event]) -> list[Event]:
    middle = len(sent) // 2
    return [*sent[middle:], *sent[:middle]]


@pytest.mark.parametrize("arrival", [as_sent, shuffled_within_two_seconds, doubled, second_half_first])
@pytest.mark.parametrize("run", RUNS)
def test_the_calls_are_those_of_the_truth(run: str, arrival: Arrival) -> None:
    built = build_calls(arrival(events(run)), ORGANISATION, PBX)
    found: dict[str, set[str]] = {}
    for true, call in match(true_calls(run), built):
        if true is None:
            assert call is not None
            found[call.call.call_ref] = {"never took place"}
        elif call is None:
            found[true.name] = {"missing"}
        elif different := differences(true, call):
            found[true.name] = different
    assert found == {name: different for name, (different, _) in UNREACHABLE[run].items()}


@pytest.mark.parametrize("run", RUNS)
def test_only_calls_of_which_some_was_not_heard_are_inferred(run: str) -> None:
    built = build_calls(events(run), ORGANISATION, PBX)
    matched = [(true, call) for true, call in match(true_calls(run), built) if true and call]
    inferred = {true.name for true, call in matched if call.call.inferred}
    assert inferred == INFERRED & {true.name for true, _ in matched}


@pytest.mark.parametrize("run", RUNS)
def test_neither_order_nor_repetition_nor_a_cut_changes_a_row(run: str) -> None:
    sent = events(run)
    rows = build_calls(sent, ORGANISATION, PBX)
    shuffled = random.Random(7).sample(sent, len(sent))
    for arrival in (shuffled, doubled(sent), second_half_first(sent)):
        assert build_calls(arrival, ORGANISATION, PBX) == rows


@pytest.mark.parametrize("run", RUNS)
def test_what_is_over_halfway_is_as_it_will_be_and_the_rest_is_in_progress(run: str) -> None:
    sent = sorted(events(run), key=lambda event: event.occurred_at)
    half = sent[: len(sent) // 2]
    whole = {call.call.call_id: call for call in build_calls(sent, ORGANISATION, PBX)}
    for call in build_calls(half, ORGANISATION, PBX):
        if call.call.outcome is CallOutcome.IN_PROGRESS:
            assert call.call.ended_at is None
        elif call.last_at < half[-1].occurred_at - timedelta(seconds=2):
            assert call == whole[call.call.call_id]


def test_service_codes_are_no_calls() -> None:
    codes = [call for call in truth("scenarios-a")["calls"] if call["outcome"] == NO_CALL]
    dialled = {call.call.called_number for call in build_calls(events("scenarios-a"), ORGANISATION, PBX)}
    assert {code["dialled"] for code in codes} & dialled == set()
    assert len(codes) == 18


@pytest.mark.parametrize("run", RUNS)
def test_every_incoming_call_is_counted_once(run: str) -> None:
    """Presented = answered + answered outside + missed + short calls + in progress."""
    incoming = [call.call for call in build_calls(events(run), ORGANISATION, PBX) if call.call.ddi]
    answered = [
        row for row in incoming if row.outcome in (CallOutcome.ANSWERED, CallOutcome.ANSWERED_OUTSIDE)
    ]
    missed = [row for row in incoming if row.outcome in MISSED_OUTCOMES]
    apart = [row for row in incoming if row.outcome in (CallOutcome.SHORT_ABANDONED, CallOutcome.IN_PROGRESS)]
    assert len(incoming) == len(answered) + len(missed) + len(apart)
    assert all(row.direction is Direction.INCOMING for row in incoming)
