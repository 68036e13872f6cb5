"""Which events belong to one call: those that the identities in them tie together, directly or by others.

A PBX gives a call a new identity on the way (a transfer joins two), so neither one identity nor the first one
is enough: calls are the connected components over call, connection and peer.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from store.event import Event
from store.vocabulary import SYSTEM_KINDS, EventKind

_ORDER_WITHIN_AN_INSTANT = {
    kind: place
    for place, kind in enumerate(
        (
            EventKind.ORIGINATED,
            EventKind.LINKED,
            EventKind.OBSERVED,
            EventKind.IDENTIFIED,
            EventKind.AGENT_OFFERED,
            EventKind.DELIVERED,
            EventKind.DIVERTED,
            EventKind.FAILED,
            EventKind.ESTABLISHED,
            EventKind.PICKED_UP,
            EventKind.BRIDGED,
            EventKind.HELD,
            EventKind.RETRIEVED,
            EventKind.TRANSFERRED,
            EventKind.RELEASE_REQUESTED,
            EventKind.UNBRIDGED,
            EventKind.AGENT_REFUSED,
            EventKind.AGENT_CONNECTED,
            EventKind.QUEUE_ABANDONED,
            EventKind.QUEUE_LEFT,
            EventKind.TREATED,
            EventKind.QUEUE_REFUSED,
            EventKind.QUEUED,
        )
    )
}
"""Many messages can have one time; where the source gives no sequence, this is how they follow."""

_ANYWHERE = len(_ORDER_WITHIN_AN_INSTANT)


_moment = attrgetter("occurred_at", "sequence")


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events once each, in the order in which they happened, however and however often they came."""
    once: list[Event] = []
    seen: set[int | Event] = set()
    for _, of_one_moment in groupby(sorted(events, key=_moment), _moment):
        alike = list(of_one_moment)
        # Most events are alone at their moment: only the others are worth a closer look.
        for event in alike if len(alike) == 1 else sorted(alike, key=_place):
            identity = event.key.int or event
            if identity not in seen:
                seen.add(identity)
                once.append(event)
    return once


def _place(event: Event) -> tuple[int, int]:
    return _ORDER_WITHIN_AN_INSTANT.get(event.kind, _ANYWHERE), event.key.int


def group(events: Iterable[Event]) -> tuple[list[list[Event]], list[Event]]:
    """Events of one PBX, apart for each call, and those about the whole PBX; all in order.

    Events that name no call and no connection (an agent signs in) are left out.
    """
    ordered = in_order(events)
    set_of = _Sets((event.call, event.connection, event.peer) for event in ordered)
    by_set: dict[str, list[Event]] = {}
    by_ref: dict[str, list[Event]] = {}
    system: list[Event] = []
    for event in ordered:
        ref = event.call or event.connection or event.peer
        if ref:
            call = by_ref.get(ref)
            if call is None:
                call = by_ref[ref] = by_set.setdefault(set_of.representative(ref), [])
            call.append(event)
        elif event.kind in SYSTEM_KINDS:
            system.append(event)
    return list(by_set.values()), system


class _Sets:
    """Disjoint sets of identities, joined by every combination of them that occurs in an event."""

    def __init__(self, combinations: Iterable[tuple[str, str, str]]) -> None:
        self._parent: dict[str, str] = {}
        for combination in set(combinations):
            first = ""
            for ref in combination:
                if ref:
                    first = self._join(first, ref) if first else self.representative(ref)

    def representative(self, ref: str) -> str:
        parent = self._parent
        above = parent.setdefault(ref, ref)
        while above != ref:
            # Hanging each on its grandparent keeps later searches short.
            further = parent[above]
            parent[ref] = further
            ref, above = above, further
        return ref

    def _join(self, root: str, ref: str) -> str:
        other = self.representative(ref)
        self._parent[other] = root
        return root
