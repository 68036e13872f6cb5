"""Who called whom: a call's direction, numbers and line, which are those of its first segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.calls_facts import CallFacts, Connection
from store.numbers import e164, is_withheld
from store.organisation import Organisation, Pbx
from store.vocabulary import Direction, GroupKind, Treatment

SERVICE_CODE_SIGNS = ("*", "#")
"""What a number begins with that asks the PBX for a service instead of calling somebody."""


@dataclass(frozen=True, slots=True)
class Origin:
    direction: Direction
    caller_number: str | None
    """E.164 of an outside caller, or the extension; as received when it is neither; None when withheld."""
    caller_name: str | None
    withheld: bool
    called_number: str | None
    outside_number: str | None
    """E.164 of the outside party."""
    ddi: str | None


def find_caller(facts: CallFacts, parties: Sequence[Connection]) -> Connection | None:
    """The connection with which the call began.

    Nobody rang it (or only the PBX itself did, for somebody who let it dial). Where that does not decide,
    because the beginning was not heard, it is the one that the call has its identity from.
    """

    def place(party: Connection) -> tuple[bool, bool, datetime, str]:
        assert party.began_at is not None
        return party.was_called, party.ref not in facts.calls, party.began_at, party.ref

    callers = [party for party in parties if not party.picked_up_at]
    return min(callers, key=place, default=None)


def find_origin(
    caller: Connection, called: Sequence[Connection], organisation: Organisation, pbx: Pbx
) -> Origin:
    """Args:
    called: the parties that were rung, first rung first.
    """
    region = organisation.tenant.region
    if caller.device in pbx.trunks:
        return _incoming(caller, organisation, region)
    extension = organisation.extension_number(caller.device)
    dialled = dialled_number(caller)
    trunk = called[0] if called and called[0].device in pbx.trunks else None
    inside = is_inside(dialled, organisation)
    outside_number = None if inside else _outside_number(dialled, trunk, region)
    outgoing = trunk is not None or (not called and outside_number is not None)
    if outgoing and not inside:
        called_number = outside_number or dialled or (trunk.dialled if trunk else None)
        return Origin(
            Direction.OUTGOING, extension, caller.name or None, False, called_number, outside_number, None
        )
    if not dialled and called:
        dialled = organisation.extension_number(called[0].device)
    return Origin(Direction.INTERNAL, extension, caller.name or None, False, dialled or None, None, None)


def _incoming(caller: Connection, organisation: Organisation, region: str) -> Origin:
    withheld = caller.withheld or is_withheld(caller.number)
    ddi = _ddi(caller, organisation, region)
    if withheld:
        return Origin(Direction.INCOMING, None, None, True, ddi, None, ddi)
    outside_number = e164(caller.number, region)
    number = outside_number or caller.number
    return Origin(Direction.INCOMING, number, caller.name or None, False, ddi, outside_number, ddi)


def _ddi(caller: Connection, organisation: Organisation, region: str) -> str | None:
    """The line called: of what the PBX tells the one that is a line of the organisation, else the first."""
    candidates = [
        spelling
        for number in (caller.dialled, caller.line)
        for spelling in (e164(number, region), "+" + number.lstrip("+"), number)
        if number and spelling
    ]
    for candidate in candidates:
        if organisation.is_ddi(candidate):
            return candidate
    return candidates[0] if candidates else None


def dialled_number(caller: Connection) -> str:
    """What the caller dialled, or where the PBX sent somebody for whom it dialled."""
    if caller.dialled and not caller.offered_at:
        return caller.dialled
    routed = (event.number for event in caller.routes if event.cause == Treatment.ROUTED and event.number)
    return next(routed, "")


def is_inside(number: str, organisation: Organisation) -> bool:
    """Whether the number is one of the organisation's own: an extension, a group, or a service code."""
    if number.startswith(SERVICE_CODE_SIGNS) or organisation.is_extension(number):
        return True
    return any(organisation.group(kind, number) for kind in GroupKind) or number in {
        group.number for group in organisation.groups.values()
    }


def _outside_number(dialled: str, trunk: Connection | None, region: str) -> str | None:
    """What the trunk got in international form is sure; what was dialled may begin with an exit code."""
    if trunk is not None and trunk.dialled.startswith("+"):
        return e164(trunk.dialled, region)
    return e164(dialled, region) or (e164(trunk.dialled, region) if trunk is not None else None)


def is_service_code(caller: Connection, called: Sequence[Connection]) -> bool:
    """Whether nothing but a service of the PBX was asked for: no call to anybody."""
    if called:
        return False
    features = any(event.cause == Treatment.FEATURE for event in caller.routes)
    return features or caller.dialled.startswith(SERVICE_CODE_SIGNS)
