"""Some hundreds of calls of every kind, the same each time."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from store.vocabulary import (
    AgentState,
    CallEnder,
    CallOutcome,
    Direction,
    GroupKind,
    LegOutcome,
    Phase,
    VisitOutcome,
)
from tests.reportgen.builders import TenantBuilder

DDIS = ("+31201234500", "+31201234510")
QUEUES, HUNT_GROUPS = ("sales", "service"), ("desk", "store")
GROUPS = (*QUEUES, *HUNT_GROUPS)
OUTCOMES = {
    Direction.INCOMING: tuple(outcome for outcome in CallOutcome if outcome is not CallOutcome.NO_ANSWER),
    Direction.OUTGOING: (CallOutcome.ANSWERED, CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.FAILED),
    Direction.INTERNAL: (CallOutcome.ANSWERED, CallOutcome.NO_ANSWER, CallOutcome.IN_PROGRESS),
}


AUTUMN = datetime(2026, 10, 22, 22, tzinfo=UTC)
"""The first of ten days with one of 25 hours among them: 23 October to 1 November 2026."""
SPRING = datetime(2026, 3, 25, 23, tzinfo=UTC)
"""The first of ten days with one of 23 hours among them: 26 March to 4 April 2026."""


def fill(tenant: TenantBuilder, *, calls: int = 300, seed: int = 1, first: datetime = AUTUMN) -> None:
    """Calls of ten days, with their sums."""
    chance = random.Random(seed)
    people = [tenant.person(name) for name in ("Anna", "Bram", "Chris")]
    units = {
        f"{kind}_id": [tenant.unit(kind, f"{kind} {name}") for name in ("one", "two")]
        for kind in ("site", "division", "department", "cost_centre")
    }
    customers = [tenant.customer(name) for name in ("Bakery", "Garage")]
    tenant.ddi(DDIS[0], "Main", group="Head office")
    tenant.ddi(DDIS[1], "Faults")
    for name in GROUPS:
        tenant.group(name, name.title(), _kind(name))
    for weekday in range(1, 6):
        tenant.opening(weekday, "08:30", "12:00")
        tenant.opening(weekday, "13:00", "17:30")
    tenant.holiday((first + timedelta(days=6)).date().isoformat())
    with tenant.connection.transaction():
        for _ in range(calls):
            at = first + timedelta(seconds=chance.randrange(10 * 24 * 3600))
            _call(tenant, chance, at, people, units, customers)
        _missed_calls(tenant)
        for place, person in enumerate(people):
            tenant.agent(f"Agent {place}", str(201 + place), person)
            tenant.extension(str(201 + place), person)
            _states(tenant, chance, place, first)
    tenant.roll_up()


def _kind(group: str) -> GroupKind:
    return GroupKind.QUEUE if group in QUEUES else GroupKind.HUNT_GROUP


def _call(
    tenant: TenantBuilder,
    chance: random.Random,
    at: datetime,
    people: list[int],
    units: dict[str, list[int]],
    customers: list[int],
) -> None:
    direction = chance.choice(list(Direction))
    outcome = chance.choice(OUTCOMES[direction])
    place = chance.randrange(3)
    wait = chance.randrange(60)
    incoming, outside = direction is Direction.INCOMING, direction is not Direction.INTERNAL
    number = chance.randrange(20)
    group = chance.choice(GROUPS)
    queued = incoming and chance.random() < 0.7
    legs = [_leg(chance, outcome, place, people, units, group if queued else None)]
    if queued and chance.random() < 0.5:
        legs.append(_leg(chance, outcome, (place + 1) % 3, people, units, group))
    tenant.call(
        at,
        direction=direction,
        outcome=outcome,
        extension=str(201 + place),
        person_id=people[place],
        wait=wait,
        talk=chance.randrange(600),
        ddi=chance.choice(DDIS) if incoming else None,
        outside_number=f"+3161234{number:04}" if outside else None,
        called_number=None if outside else "299",
        customer_id=customers[number % 2] if outside and number < 10 else None,
        area_code=chance.choice(["020", "030", None]) if outside else None,
        destination=chance.choice(["local", "mobile"]) if outside else None,
        country="NL" if outside else None,
        contact_group=group if incoming else None,
        phase=chance.choice(list(Phase)),
        ended_by=chance.choice([None, *CallEnder]),
        legs=tuple(legs),
        visits=_visits(chance, at, wait, group) if incoming else (),
        **{column: chance.choice(ids) for column, ids in units.items()},
    )


def _leg(
    chance: random.Random,
    outcome: CallOutcome,
    place: int,
    people: list[int],
    units: dict[str, list[int]],
    group: str | None,
) -> dict[str, Any]:
    kinds = [LegOutcome.MISSED, LegOutcome.ANSWERED_ELSEWHERE, LegOutcome.BOUNCED]
    if outcome is CallOutcome.ANSWERED:
        kinds.append(LegOutcome.ANSWERED)
    if outcome is CallOutcome.IN_PROGRESS:
        kinds = [LegOutcome.IN_PROGRESS]
    found = chance.choice(kinds)
    return {
        "extension": str(201 + place),
        "number": str(201 + place),
        "person_id": people[place],
        "agent": f"Agent {place}" if group else None,
        "contact_group": group,
        "outcome": found,
        "ring_seconds": chance.randrange(30),
        "talk_seconds": chance.randrange(600) if found is LegOutcome.ANSWERED else 0,
        **{column: ids[place % 2] for column, ids in units.items()},
    }


def _visits(chance: random.Random, at: datetime, wait: int, group: str) -> tuple[dict[str, Any], ...]:
    """A stay in the group, and sometimes one in the group that it overflowed into."""
    first = _visit(chance, wait, group)
    if first["outcome"] is not VisitOutcome.OVERFLOWED:
        return (first,)
    onward = {**_visit(chance, wait, QUEUES[group == QUEUES[0]]), "overflowed_from": group}
    return (first, {**onward, "entered_at": at + timedelta(seconds=wait)})


def _visit(chance: random.Random, wait: int, group: str) -> dict[str, Any]:
    return {
        "contact_group": group,
        "group_kind": _kind(group),
        "agent": f"Agent {chance.randrange(3)}",
        "ring_seconds": chance.randrange(20),
        "outcome": chance.choice(list(VisitOutcome)),
        "overflowed_from": chance.choice([None, "reception"]),
        "wait_seconds": wait,
        "short_call_seconds": 5,
    }


def _missed_calls(tenant: TenantBuilder) -> None:
    """Every second missed call was returned."""
    tenant.connection.execute(
        """
        INSERT INTO store.missed_call
            (tenant_id, started_at, call_id, outside_number, customer_id, ring_seconds, closed_at,
             target_seconds)
        SELECT tenant_id, started_at, call_id, outside_number, customer_id, ring_seconds,
               CASE WHEN mod(row_number() OVER (ORDER BY started_at), 2) = 0 THEN started_at END, 1800
        FROM store.call WHERE tenant_id = %s AND missed = 1
        """,
        (tenant.tenant_id,),
    )
    # As if the sample's days were not long ago.
    tenant.connection.execute("UPDATE store.tenant SET unreturned_days = 36500")


def _states(tenant: TenantBuilder, chance: random.Random, place: int, first: datetime) -> None:
    """An agent's states and a telephone's do-not-disturb, from before the period until after it."""
    at = first - timedelta(hours=3)
    while at < first + timedelta(days=11):
        until = at + timedelta(seconds=chance.randrange(60, 40_000))
        tenant.agent_state(f"Agent {place}", at, until, chance.choice(list(AgentState)))
        if chance.random() < 0.5:
            tenant.device_state(str(201 + place), at, until - timedelta(seconds=30))
        at = until
