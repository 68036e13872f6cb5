"""What the aggregator makes of the simulator's messages is what was planned, to the second."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from aggregator.calls import build_calls
from aggregator.rows import BuiltCall
from exporter.asterisk.ami_events import is_known
from simulator.ami_messages import day_messages
from simulator.company import make_company
from simulator.day import plan_day
from simulator.plan import GRID
from simulator.truth import TrueCall, TrueLeg, TrueVisit, true_call, unreturned
from store.vocabulary import CallOutcome, LegKind, LegRole
from tests.simulator.play import PBX, events, organisation

COMPANY = make_company()
ORGANISATION = organisation(COMPANY)
DAYS = [
    date(2026, 9, 14),
    date(2026, 9, 15),
    date(2026, 9, 23),
    date(2026, 9, 26),
    date(2026, 10, 25),
    date(2026, 11, 5),
    date(2027, 3, 28),
]
ANSWERED = (CallOutcome.ANSWERED, CallOutcome.ANSWERED_OUTSIDE)


def planned_moment(moment: datetime | None) -> int:
    """The plan's moment, of which each message comes some milliseconds later."""
    assert moment is not None
    return int(moment.timestamp() * 1000) // GRID * GRID


def as_truth(built: BuiltCall) -> TrueCall:
    call = built.call
    return TrueCall(
        started_at=planned_moment(call.started_at),
        ended_at=planned_moment(call.ended_at),
        direction=call.direction,
        outcome=call.outcome,
        outside_number=call.outside_number,
        withheld=call.withheld,
        ddi=call.ddi,
        extension=call.extension,
        answered_by=call.answered_by,
        contact_group=call.contact_group,
        wait_seconds=call.wait_seconds,
        talk_seconds=call.talk_seconds,
        hold_seconds=call.hold_seconds,
        duration_seconds=call.duration_seconds,
        transfers=call.transfers,
        ended_by=call.ended_by if call.outcome in ANSWERED else None,
        legs=in_order(
            TrueLeg(
                leg.extension or leg.number or "",
                leg.outcome,
                planned_moment(leg.offered_at),
                leg.ring_seconds,
                leg.talk_seconds,
                leg.contact_group,
            )
            for leg in built.legs
            if leg.role is LegRole.CALLED and leg.kind in (LegKind.EXTENSION, LegKind.OUTSIDE)
        ),
        visits=[
            TrueVisit(
                visit.group_kind,
                visit.contact_group,
                visit.outcome,
                planned_moment(visit.entered_at),
                visit.wait_seconds,
                visit.overflowed_from,
                visit.extension,
            )
            for visit in built.visits
        ],
    )


def in_order(legs: Iterable[TrueLeg]) -> list[TrueLeg]:
    return sorted(legs, key=lambda leg: (leg.offered_at, leg.party))


def key(call: TrueCall) -> tuple[object, ...]:
    return call.started_at, call.direction, call.ddi or "", call.extension or "", call.outside_number or ""


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_is_built_is_what_was_planned(day: date) -> None:
    plan = plan_day(COMPANY, day)
    truth = sorted((true_call(call) for call in plan.calls), key=key)
    for call in truth:
        call.legs.sort(key=lambda leg: (leg.offered_at, leg.party))
    built = sorted((as_truth(one) for one in build_calls(events(COMPANY, plan), ORGANISATION, PBX)), key=key)
    assert len(built) == len(truth)
    for one, other in zip(built, truth, strict=True):
        assert one == other


def test_the_exporter_knows_every_event() -> None:
    names = {
        message.split("\r\n", 1)[0].removeprefix("Event: ")
        for _, message in day_messages(COMPANY, plan_day(COMPANY, DAYS[0]), device_states=True)
    }
    assert names
    assert {name for name in names if not is_known(name)} == set()


def test_calls_stay_unreturned_until_somebody_calls_back_or_the_caller_is_answered() -> None:
    day = DAYS[0]
    calls = [
        true_call(call) for offset in range(5) for call in plan_day(COMPANY, day + timedelta(offset)).calls
    ]
    left = unreturned(calls)
    missed = [call for call in calls if call.is_missed and call.outside_number]
    assert 0 < len(left) < len(missed)
    for call in left:
        later = [
            other
            for other in calls
            if other.outside_number == call.outside_number and other.started_at > call.started_at
        ]
        assert all(other.is_missed or other.outcome is CallOutcome.ANSWERED_OUTSIDE for other in later)
