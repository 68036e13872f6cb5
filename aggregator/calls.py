"""Builds calls from events: a pure function, so that order, repetition and lateness change nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from aggregator.calls_facts import CallFacts, gather
from aggregator.calls_legs import Leg, LegFinder, treatment_legs
from aggregator.calls_origin import find_caller, find_origin, is_service_code
from aggregator.calls_outcome import find_ending
from aggregator.calls_rows import RowMaker
from aggregator.calls_talk import conversations
from aggregator.calls_touched import note_touched
from aggregator.calls_visits import Visit, find_visits
from aggregator.grouping import group
from aggregator.rows import BuiltCall
from store.event import Event
from store.organisation import ContactGroup, Organisation, Pbx
from store.vocabulary import GroupKind

_CALL_NAMESPACE = uuid5(NAMESPACE_URL, "gespreksrapportage/call")


def build_calls(events: Iterable[Event], organisation: Organisation, pbx: Pbx) -> list[BuiltCall]:
    """The calls that some events of one PBX tell of, in order of their start.

    Args:
        events: all events of each call concerned, in any order and any number of times; with those about
            the PBX itself (`store.vocabulary.SYSTEM_KINDS`) from the first call's beginning on, for these are
            what ends a call of which the end was not heard.

    Service codes (do-not-disturb, signing in to a queue) are no calls and give none; neither do events of a
    call of which nothing is known but that it ended.
    """
    builder = CallBuilder(organisation, pbx)
    components, system_events = group(events)
    built = (builder.build(component, system_events) for component in components)
    return sorted(
        (call for call in built if call is not None),
        key=lambda call: (call.call.started_at, call.call.call_id),
    )


def call_id(pbx: Pbx, ref: str) -> UUID:
    """The identity of the call that began with this connection of the PBX."""
    return uuid5(_CALL_NAMESPACE, f"{pbx.pbx_id}/{ref}")


class CallBuilder:
    """For events that are apart for each call already, as `group` gives them."""

    def __init__(self, organisation: Organisation, pbx: Pbx) -> None:
        self.organisation = organisation
        self.pbx = pbx
        self.hunt_groups = _hunt_groups(organisation)

    def build(self, events: Sequence[Event], system_events: Sequence[Event]) -> BuiltCall | None:
        """The call that the events of one tell of, if they do (see `build_calls`)."""
        facts = gather(events, system_events)
        parties = facts.parties
        caller = find_caller(facts, parties)
        if caller is None or caller.began_at is None:
            return None
        talk = conversations(facts, parties)
        visits = find_visits(facts, self.hunt_groups)
        finder = LegFinder(facts, visits, talk, self.organisation, self.pbx)
        legs = finder.legs(caller, parties)
        rung = sorted((leg for leg in legs if leg.is_rung), key=lambda leg: leg.offered_at)
        if not visits.all and is_service_code(caller, [leg.connection for leg in rung]):
            return None
        finder.settle(legs, caller.released_at or caller.cleared_at)
        _end_hunt_group_visits(visits.all, rung, caller.cleared_at)
        origin = find_origin(caller, [leg.connection for leg in rung], self.organisation, self.pbx)
        ending = find_ending(facts, caller, legs, visits.all, system_events)
        legs += treatment_legs(list(facts.connections.values()), legs)
        identity = call_id(self.pbx, caller.ref)
        rows = RowMaker(self.organisation, self.pbx, facts, identity, caller, origin, ending)
        call = rows.call(legs, visits.all)
        leg_rows = rows.legs(legs, call)
        visit_rows = rows.visits(visits.all, legs, call)
        note_touched(call, leg_rows, visit_rows)
        return BuiltCall(
            call=call,
            legs=leg_rows,
            visits=visit_rows,
            refs=_refs(facts),
            first_at=events[0].occurred_at,
            last_at=events[-1].occurred_at,
        )


def _hunt_groups(organisation: Organisation) -> dict[str, ContactGroup]:
    groups = [group for group in organisation.groups.values() if group.kind is GroupKind.HUNT_GROUP]
    by_name = {group.pbx_name: group for group in groups}
    return {**{group.number: group for group in groups if group.number}, **by_name}


def _end_hunt_group_visits(visits: Sequence[Visit], rung: Sequence[Leg], cleared_at: datetime | None) -> None:
    """A hunt group does not say that a caller left it: it is over when its last telephone stopped ringing."""
    for visit in visits:
        if visit.group_kind is not GroupKind.HUNT_GROUP or visit.left_at is not None:
            continue
        ends = [leg.rang_until or leg.answered_at for leg in rung if leg.visit is visit]
        if ends and all(end is not None for end in ends):
            visit.left_at = max(end for end in ends if end is not None)
        elif not ends:
            visit.left_at = cleared_at


def _refs(facts: CallFacts) -> frozenset[str]:
    refs = set(facts.calls) | set(facts.connections)
    refs.update(event.peer for event in facts.events if event.peer)
    return frozenset(refs)
