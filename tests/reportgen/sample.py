"""Some hundreds of calls of every kind, the same each time."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from store.vocabulary import CallOutcome, Direction, LegOutcome, VisitOutcome
from tests.reportgen.builders import TenantBuilder

DDIS = ("+31201234500", "+31201234510")
GROUPS = ("sales", "service")
OUTCOMES = {
    Direction.INCOMING: tuple(outcome for outcome in CallOutcome if outcome is not CallOutcome.NO_ANSWER),
    Direction.OUTGOING: (CallOutcome.ANSWERED, CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.FAILED),
    Direction.INTERNAL: (CallOutcome.ANSWERED, CallOutcome.NO_ANSWER, CallOutcome.IN_PROGRESS),
}


def fill(tenant: TenantBuilder, *, calls: int = 300, seed: int = 1) -> None:
    """Calls over 23 October to 1 November 2026, the day of 25 hours among them, with their sums."""
    chance = random.Random(seed)
    people = [tenant.person(name) for name in ("Anna", "Bram", "Chris")]
    departments = [tenant.unit("department", name) for name in ("Sales", "Service")]
    tenant.ddi(DDIS[0], "Main", group="Head office")
    tenant.ddi(DDIS[1], "Faults")
    for name in GROUPS:
        tenant.group(name, name.title())
    first = datetime(2026, 10, 22, 22, tzinfo=UTC)
    with tenant.connection.transaction():
        for _ in range(calls):
            _call(
                tenant,
                chance,
                first + timedelta(seconds=chance.randrange(10 * 24 * 3600)),
                people,
                departments,
            )
    tenant.roll_up()


def _call(
    tenant: TenantBuilder, chance: random.Random, at: datetime, people: list[int], departments: list[int]
) -> None:
    direction = chance.choice(list(Direction))
    outcome = chance.choice(OUTCOMES[direction])
    place = chance.randrange(3)
    wait = chance.randrange(60)
    incoming = direction is Direction.INCOMING
    legs = [_leg(chance, outcome, place, people)]
    if incoming and chance.random() < 0.5:
        legs.append(_leg(chance, outcome, (place + 1) % 3, people))
    tenant.call(
        at,
        direction=direction,
        outcome=outcome,
        extension=str(201 + place),
        person_id=people[place],
        department_id=departments[place % 2],
        wait=wait,
        talk=chance.randrange(600),
        ddi=chance.choice(DDIS) if incoming else None,
        outside_number=None if direction is Direction.INTERNAL else f"+3161234{chance.randrange(10000):04}",
        contact_group=chance.choice(GROUPS) if incoming else None,
        legs=tuple(legs),
        visits=(_visit(chance, wait),) if incoming else (),
    )


def _leg(chance: random.Random, outcome: CallOutcome, place: int, people: list[int]) -> dict[str, Any]:
    kinds = [LegOutcome.MISSED, LegOutcome.ANSWERED_ELSEWHERE, LegOutcome.BOUNCED]
    if outcome is CallOutcome.ANSWERED:
        kinds.append(LegOutcome.ANSWERED)
    if outcome is CallOutcome.IN_PROGRESS:
        kinds = [LegOutcome.IN_PROGRESS]
    found = chance.choice(kinds)
    return {
        "extension": str(201 + place),
        "person_id": people[place],
        "outcome": found,
        "ring_seconds": chance.randrange(30),
        "talk_seconds": chance.randrange(600) if found is LegOutcome.ANSWERED else 0,
    }


def _visit(chance: random.Random, wait: int) -> dict[str, Any]:
    return {
        "contact_group": chance.choice(GROUPS),
        "outcome": chance.choice(list(VisitOutcome)),
        "wait_seconds": wait,
        "short_call_seconds": 5,
    }
