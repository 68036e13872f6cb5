"""What holds for calls built from any events at all, also such as no telephone system would ever send."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.calls import build_calls
from aggregator.grouping import group
from aggregator.rows import BuiltCall
from store.event import Event
from store.vocabulary import (
    SYSTEM_KINDS,
    CallOutcome,
    DeviceKind,
    Direction,
    EventKind,
    LegOutcome,
    QueueLeaveCause,
    ReleaseCause,
    TransferKind,
    Treatment,
)
from tests.recordings import ORGANISATION, PBX

BEGIN = datetime(2026, 11, 23, 9, tzinfo=UTC)
REFS = st.sampled_from(["1.1", "1.2", "1.3", "2.1"])
MAYBE_REFS = st.one_of(st.just(""), REFS)
COMMON_KINDS = (
    EventKind.ORIGINATED,
    EventKind.DELIVERED,
    EventKind.ESTABLISHED,
    EventKind.BRIDGED,
    EventKind.UNBRIDGED,
    EventKind.RELEASE_REQUESTED,
    EventKind.CLEARED,
)
CAUSES = st.sampled_from(["", *ReleaseCause, *Treatment, *TransferKind, *QueueLeaveCause, "ringing"])

EVENTS = st.builds(
    Event,
    kind=st.one_of(st.sampled_from(EventKind), st.sampled_from(COMMON_KINDS)),
    occurred_at=st.integers(0, 60).map(lambda seconds: BEGIN + timedelta(seconds=seconds)),
    sequence=st.integers(0, 3),
    call=MAYBE_REFS,
    connection=st.one_of(REFS, REFS, REFS, MAYBE_REFS),
    peer=MAYBE_REFS,
    device=st.sampled_from(["trunk", "1001", "1001", "1002", "1003@from-queue-00000001"]),
    device_kind=st.sampled_from([DeviceKind.ENDPOINT, DeviceKind.ENDPOINT, *DeviceKind]),
    number=st.sampled_from(["", "1001", "600", "+31612345678", "anonymous"]),
    dialled=st.sampled_from(["", "1002", "*76", "+31201230001", "0612345678"]),
    withheld=st.booleans(),
    bridge=st.sampled_from(["", "b1", "b2"]),
    queue=st.sampled_from(["", "sales", "support"]),
    agent=st.sampled_from(["", "Alice Janssen"]),
    cause=CAUSES,
    seconds=st.sampled_from([None, 0.0, 5.5]),
    key=st.uuids(),
)


CALLS = st.tuples(
    st.lists(EVENTS, max_size=30),
    st.lists(REFS, unique=True, max_size=4),
).map(
    lambda drawn: [
        *drawn[0],
        *(
            Event(
                kind=EventKind.CLEARED,
                occurred_at=BEGIN + timedelta(seconds=61),
                connection=ref,
                key=UUID(int=int(ref.replace(".", ""))),
            )
            for ref in drawn[1]
        ),
    ]
)
"""Events, with the ends of some connections: most events at random leave everything unfinished."""


def built(events: list[Event]) -> list[BuiltCall]:
    return build_calls(events, ORGANISATION, PBX)


@given(CALLS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_and_repetition_change_nothing(events: list[Event], chance: object) -> None:
    again = events * 2
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert built(again) == built(events)


@given(CALLS)
@settings(deadline=None, max_examples=300)
def test_no_events_raise_and_every_figure_is_possible(events: list[Event]) -> None:
    for call in built(events):
        row = call.call
        figures = (
            row.duration_seconds,
            row.ring_seconds,
            row.wait_seconds,
            row.talk_seconds,
            row.hold_seconds,
        )
        assert all(seconds >= 0 for seconds in figures)
        assert (row.ended_at is None) == (row.outcome is CallOutcome.IN_PROGRESS)
        assert row.ended_at is None or row.ended_at >= row.started_at
        assert row.answered_by is None or row.outcome is not CallOutcome.ANSWERED_OUTSIDE
        assert row.direction is Direction.INCOMING or row.outcome not in (
            CallOutcome.ANSWERED_OUTSIDE,
            CallOutcome.ABANDONED,
            CallOutcome.VOICEMAIL,
            CallOutcome.CLOSED,
        )
        assert not (row.withheld and (row.caller_number or row.caller_name or row.outside_number))
        assert [leg.leg_number for leg in call.legs] == list(range(1, len(call.legs) + 1))
        for leg in call.legs:
            assert min(leg.ring_seconds, leg.talk_seconds, leg.hold_seconds) >= 0
            assert leg.ended_at is not None or row.ended_at is None
            assert leg.outcome is not LegOutcome.IN_PROGRESS or row.ended_at is None
        for visit in call.visits:
            assert min(visit.wait_seconds, visit.ring_seconds, visit.talk_seconds) >= 0


@given(CALLS)
def test_what_shares_an_identity_is_one_call(events: list[Event]) -> None:
    calls, system_events = group(events)
    refs = [
        {ref for event in call for ref in (event.call, event.connection, event.peer) if ref} for call in calls
    ]
    assert sum(map(len, refs)) == len(set().union(*refs))
    named = [event for event in events if event.call or event.connection or event.peer]
    assert sorted(event.key for call in calls for event in call) == sorted({event.key for event in named})
    assert all(event.kind in SYSTEM_KINDS for event in system_events)


def test_a_chain_of_identities_is_one_call_however_long() -> None:
    chain = [
        Event(
            kind=EventKind.LINKED,
            occurred_at=BEGIN,
            connection=f"1.{link}",
            peer=f"1.{link + 1}",
            key=UUID(int=link + 1),
        )
        for link in range(3000)
    ]
    calls, _ = group(chain[::-1])
    assert [len(call) for call in calls] == [3000]
