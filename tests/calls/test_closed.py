"""A caller for whom nobody was rung and who got an announcement: was the line closed?"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import pytest

from aggregator.calls import build_calls
from store.calendar import Calendar, Opening
from store.event import Event
from store.organisation import Organisation
from store.vocabulary import CallOutcome, EventKind, Treatment
from tests.recordings import PBX, TENANT

OFFICE_HOURS = [Opening("", weekday, time(8), time(18)) for weekday in range(1, 6)]
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 21, tzinfo=UTC)


def outcome(events: Iterable[Event], openings: Iterable[Opening]) -> CallOutcome:
    organisation = Organisation(TENANT, calendar=Calendar(TENANT.time_zone, openings, []))
    (call,) = build_calls(events, organisation, PBX)
    return call.call.outcome


def announcement(began_at: datetime, *, hung_up_by_caller: bool) -> list[Event]:
    def event(kind: EventKind, seconds: float, **fields: str) -> Event:
        at = began_at + timedelta(seconds=seconds)
        return Event(kind=kind, occurred_at=at, call="1.1", connection="1.1", device="trunk", **fields)  # type: ignore[arg-type]

    events = [
        event(EventKind.ORIGINATED, 0, number="+31612345678", dialled="+31201230001"),
        event(EventKind.TREATED, 0, cause=Treatment.ANNOUNCEMENT),
        event(EventKind.CLEARED, 5),
    ]
    return [*events, event(EventKind.RELEASE_REQUESTED, 5)] if hung_up_by_caller else events


@pytest.mark.parametrize("hung_up_by_caller", [True, False])
@pytest.mark.parametrize(("began_at", "openings"), [(NIGHT, OFFICE_HOURS), (NIGHT, []), (MORNING, [])])
def test_an_announcement_and_nothing_else_is_a_closed_line(
    began_at: datetime, openings: list[Opening], hung_up_by_caller: bool
) -> None:
    events = announcement(began_at, hung_up_by_caller=hung_up_by_caller)
    assert outcome(events, openings) is CallOutcome.CLOSED


def test_in_opening_hours_who_hangs_up_in_the_welcome_has_given_up() -> None:
    assert outcome(announcement(MORNING, hung_up_by_caller=True), OFFICE_HOURS) is CallOutcome.ABANDONED


def test_a_line_that_sends_its_callers_away_in_opening_hours_is_closed() -> None:
    assert outcome(announcement(MORNING, hung_up_by_caller=False), OFFICE_HOURS) is CallOutcome.CLOSED
