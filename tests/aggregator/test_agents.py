"""What agents did: one state at every moment that they were signed in, with the stated precedence."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.agents import AgentLeg, Interval, Session, event_order, intervals, sessions
from store.event import Event, event_key
from store.vocabulary import AgentState, EventKind, LegOutcome, LegRole

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CALL = UUID(int=1)
OTHER_CALL = UUID(int=2)

AVAILABLE, RINGING, BUSY = AgentState.AVAILABLE, AgentState.RINGING, AgentState.BUSY
WRAP_UP, UNAVAILABLE, SIGNED_OUT = AgentState.WRAP_UP, AgentState.UNAVAILABLE, AgentState.SIGNED_OUT


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def said(kind: EventKind, seconds: float, queue: str = "sales", cause: str = "") -> Event:
    key = event_key(f"{kind}/{queue}/{cause}".encode(), at(seconds))
    return Event(
        kind=kind, occurred_at=at(seconds), queue=queue, agent="Alice", device="1001", cause=cause, key=key
    )


def logged_on(seconds: float, queue: str = "sales") -> Event:
    return said(EventKind.AGENT_LOGGED_ON, seconds, queue)


def logged_off(seconds: float, queue: str = "sales") -> Event:
    return said(EventKind.AGENT_LOGGED_OFF, seconds, queue)


def paused(seconds: float, reason: str = "", queue: str = "sales") -> Event:
    return said(EventKind.AGENT_NOT_READY, seconds, queue, reason)


def ready(seconds: float, queue: str = "sales") -> Event:
    return said(EventKind.AGENT_READY, seconds, queue)


def leg(
    offered: float,
    answered: float | None,
    ended: float | None,
    role: LegRole = LegRole.CALLED,
    group: str | None = "sales",
    call_id: UUID = CALL,
) -> AgentLeg:
    outcome = LegOutcome.MISSED if answered is None else LegOutcome.ANSWERED
    return AgentLeg(
        call_id,
        role,
        outcome,
        group,
        at(offered),
        None if answered is None else at(answered),
        None if ended is None else at(ended),
    )


def states(
    *events: Event, legs: tuple[AgentLeg, ...] = (), wrap_up: int = 0
) -> list[tuple[AgentState, float]]:
    """Each state with the second at which it began."""
    found = intervals(sessions(events), legs, events, lambda _group: wrap_up)
    return [(interval.state, (interval.from_at - NINE).total_seconds()) for interval in found]


def test_signed_in_is_available_until_signed_out() -> None:
    assert states(logged_on(0), logged_off(60)) == [(AVAILABLE, 0), (SIGNED_OUT, 60)]


def test_an_agent_in_two_queues_is_signed_out_when_the_last_is_left() -> None:
    assert states(logged_on(0), logged_on(5, "support"), logged_off(10), logged_off(20, "support")) == [
        (AVAILABLE, 0),
        (SIGNED_OUT, 20),
    ]


def test_unavailable_is_paused_in_every_queue() -> None:
    events = (
        logged_on(0),
        logged_on(0, "support"),
        paused(10, "Lunch"),
        paused(20, "Meeting", "support"),
        ready(30),
    )
    assert states(*events) == [(AVAILABLE, 0), (UNAVAILABLE, 20), (AVAILABLE, 30)]
    assert intervals(sessions(events), (), events, lambda _group: 0)[1].reason == "Meeting"


def test_a_pause_without_a_queue_is_in_all_of_them() -> None:
    events = (logged_on(0), logged_on(0, "support"), paused(10, "Lunch", ""), ready(20, ""))
    assert states(*events) == [(AVAILABLE, 0), (UNAVAILABLE, 10), (AVAILABLE, 20)]


def test_another_reason_is_another_interval() -> None:
    events = (logged_on(0), paused(10, "Lunch"), paused(20, "Meeting"))
    found = intervals(sessions(events), (), events, lambda _group: 0)
    assert [(one.state, one.reason) for one in found] == [
        (AVAILABLE, None),
        (UNAVAILABLE, "Lunch"),
        (UNAVAILABLE, "Meeting"),
    ]


def test_a_static_member_is_signed_in_by_the_snapshot() -> None:
    assert states(said(EventKind.AGENT_MEMBERSHIP, 0, cause="not_ready")) == [(UNAVAILABLE, 0)]
    again = said(EventKind.AGENT_MEMBERSHIP, 50, cause="not_ready")
    assert sessions([paused(0, "Lunch"), again]) == [Session("sales", at(0), None, True, "Lunch")]


def test_a_call_is_ringing_and_then_busy() -> None:
    assert states(logged_on(0), legs=(leg(10, 15, 60),)) == [
        (AVAILABLE, 0),
        (RINGING, 10),
        (BUSY, 15),
        (AVAILABLE, 60),
    ]


def test_the_agents_own_call_is_busy_from_the_dialling_on() -> None:
    assert states(logged_on(0), legs=(leg(10, 15, 60, LegRole.CALLER, None),)) == [
        (AVAILABLE, 0),
        (BUSY, 10),
        (AVAILABLE, 60),
    ]


def test_busy_goes_before_ringing_and_ringing_before_unavailable() -> None:
    calls = (leg(10, 15, 60), leg(20, None, 30, call_id=OTHER_CALL), leg(70, None, 80, call_id=OTHER_CALL))
    assert states(logged_on(0), paused(5), legs=calls) == [
        (AVAILABLE, 0),
        (UNAVAILABLE, 5),
        (RINGING, 10),
        (BUSY, 15),
        (UNAVAILABLE, 60),
        (RINGING, 70),
        (UNAVAILABLE, 80),
    ]


def test_wrap_up_follows_a_call_of_the_group() -> None:
    assert states(logged_on(0), legs=(leg(10, 15, 60),), wrap_up=30)[3:] == [(WRAP_UP, 60), (AVAILABLE, 90)]
    own_call = leg(10, 15, 60, LegRole.CALLER, None)
    assert states(logged_on(0), legs=(own_call,), wrap_up=30)[2:] == [(AVAILABLE, 60)]


def test_wrap_up_ends_with_whatever_comes_next() -> None:
    with_pause = states(logged_on(0), paused(70), legs=(leg(10, 15, 60),), wrap_up=30)
    assert with_pause[3:] == [(WRAP_UP, 60), (UNAVAILABLE, 70)]
    with_call = states(
        logged_on(0), legs=(leg(10, 15, 60), leg(65, None, 70, call_id=OTHER_CALL)), wrap_up=30
    )
    assert with_call[3:] == [(WRAP_UP, 60), (RINGING, 65), (AVAILABLE, 70)]


def test_wrap_up_goes_before_a_pause_that_was_there_already() -> None:
    assert states(logged_on(0), paused(50), legs=(leg(10, 15, 60),), wrap_up=30)[3:] == [
        (WRAP_UP, 60),
        (UNAVAILABLE, 90),
    ]


def test_announced_wrap_up_lasts_until_the_agent_is_ready() -> None:
    assert states(logged_on(0), said(EventKind.AGENT_WORKING_AFTER_CALL, 60), ready(100)) == [
        (AVAILABLE, 0),
        (WRAP_UP, 60),
        (AVAILABLE, 100),
    ]


def test_a_restart_of_the_pbx_signs_out_and_says_that_it_was_concluded() -> None:
    restart = Event(kind=EventKind.SYSTEM_STARTED, occurred_at=at(100), key=event_key(b"boot", at(100)))
    events = (logged_on(0), restart)
    found = intervals(sessions(events), (), events, lambda _group: 0)
    assert [(one.state, one.until_at, one.inferred) for one in found] == [
        (AVAILABLE, at(100), True),
        (SIGNED_OUT, None, False),
    ]


def test_a_call_whose_end_was_not_heard_ends_when_the_telephone_is_used_again() -> None:
    calls = (leg(10, 15, None), leg(500, None, 510, call_id=OTHER_CALL))
    found = intervals(sessions([logged_on(0)]), calls, (), lambda _group: 0)
    assert [(one.state, one.from_at) for one in found[2:]] == [
        (BUSY, at(15)),
        (RINGING, at(500)),
        (AVAILABLE, at(510)),
    ]
    assert found[2].inferred


QUEUES = ("sales", "support", "")
AGENT_KINDS = (
    EventKind.AGENT_LOGGED_ON,
    EventKind.AGENT_LOGGED_OFF,
    EventKind.AGENT_READY,
    EventKind.AGENT_NOT_READY,
    EventKind.AGENT_MEMBERSHIP,
    EventKind.AGENT_OFFERED,
    EventKind.AGENT_WORKING_AFTER_CALL,
    EventKind.SYSTEM_STARTED,
)

any_event = st.builds(
    said,
    st.sampled_from(AGENT_KINDS),
    st.integers(0, 200),
    st.sampled_from(QUEUES),
    st.sampled_from(("", "Lunch", "not_ready")),
)


@st.composite
def any_leg(draw: st.DrawFn) -> AgentLeg:
    offered = draw(st.integers(0, 200))
    answered = draw(st.none() | st.integers(offered, offered + 20))
    ended = draw(st.none() | st.integers(answered or offered, offered + 60))
    return leg(
        offered,
        answered,
        ended,
        draw(st.sampled_from(LegRole)),
        draw(st.sampled_from((None, "sales"))),
        UUID(int=draw(st.integers(1, 3))),
    )


some_events = st.lists(any_event, max_size=25)
some_legs = st.lists(any_leg(), max_size=8)


@settings(deadline=None)
@given(some_events, some_legs, st.integers(0, 30))
def test_intervals_follow_each_other_without_overlap_or_hole(
    events: list[Event], legs: list[AgentLeg], wrap_up: int
) -> None:
    signed_in = sessions(events)
    found = intervals(signed_in, legs, events, lambda _group: wrap_up)
    if not signed_in:
        assert found == []
        return
    assert found[0].from_at == min(session.from_at for session in signed_in)
    assert found[-1].until_at is None
    for one, following in pairwise(found):
        assert one.from_at < one.until_at == following.from_at  # type: ignore[operator]
        assert (one.state, one.reason, one.call_id) != (following.state, following.reason, following.call_id)


@settings(deadline=None)
@given(some_events, some_legs, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(
    events: list[Event], legs: list[AgentLeg], mixer: object
) -> None:
    mixed_events, mixed_legs = events * 2, list(legs)
    mixer.shuffle(mixed_events)  # type: ignore[attr-defined]
    mixer.shuffle(mixed_legs)  # type: ignore[attr-defined]
    assert intervals(sessions(mixed_events), mixed_legs, mixed_events, lambda _group: 10) == intervals(
        sessions(events), legs, events, lambda _group: 10
    )


@settings(deadline=None)
@given(some_events, some_legs, st.integers(0, 30), st.data())
def test_made_again_from_a_quiet_moment_is_the_same(
    events: list[Event], legs: list[AgentLeg], wrap_up: int, data: st.DataObject
) -> None:
    everything = intervals(sessions(events), legs, events, lambda _group: wrap_up)
    quiet = [one for one in everything if one.state in (AVAILABLE, UNAVAILABLE)]
    if not quiet:
        return
    begin = data.draw(st.sampled_from(quiet)).from_at
    open_then = [
        one
        for one in sessions(events)
        if one.from_at <= begin and (one.until_at is None or one.until_at > begin)
    ]
    later = [event for event in events if event.occurred_at > begin]
    later_legs = [one for one in legs if one.offered_at >= begin]
    again = intervals(sessions(later, open_then), later_legs, later, lambda _group: wrap_up, begin)

    assert again == [one for one in everything if one.from_at >= begin]
    assert sessions(later, open_then) == [
        one for one in sessions(events) if one.until_at is None or one.until_at > begin
    ]


@settings(deadline=None)
@given(some_events)
def test_sessions_of_a_group_never_overlap(events: list[Event]) -> None:
    for queue in QUEUES:
        own = [one for one in sessions(sorted(events, key=event_order)) if one.contact_group == queue]
        for one, following in pairwise(own):
            assert one.until_at is not None
            assert one.from_at < one.until_at <= following.from_at


def test_an_interval_names_the_call() -> None:
    found = intervals(sessions([logged_on(0)]), [leg(10, 15, 60)], (), lambda _group: 5)
    assert [(one.state, one.call_id) for one in found] == [
        (AVAILABLE, None),
        (RINGING, CALL),
        (BUSY, CALL),
        (WRAP_UP, CALL),
        (AVAILABLE, None),
    ]
    assert isinstance(found[0], Interval)
