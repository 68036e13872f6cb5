"""Which events belong to one call: those that the identities in them tie together, directly or by others.

A PBX gives a call a new identity on the way (a transfer joins two), so neither one identity nor the first one
is enough: calls are the connected components over call, connection and peer.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

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


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events once each, in the order in which they happened, however and however often they came."""
    once: list[Event] = []
    seen: set[UUID | Event] = set()
    for event in sorted(events, key=_place):
        identity = event.key if event.key.int else event
        if identity not in seen:
            seen.add(identity)
            once.append(event)
    return once


def _place(event: Event) -> tuple[datetime, int, int, UUID]:
    rank = _ORDER_WITHIN_AN_INSTANT.get(event.kind, _ANYWHERE)
    return event.occurred_at, event.sequence, rank, event.key


def group(events: Iterable[Event]) -> tuple[list[list[Event]], list[Event]]:
    """Events of one PBX, apart for each call, and those about the whole PBX; all in order.

    Events that name no call and no connection (an agent signs in) are left out.
    """
    ordered = in_order(events)
    set_of = _Sets((event.call, event.connection, event.peer) for event in ordered)
    calls: dict[str, list[Event]] = {}
    system: list[Event] = []
    for event in ordered:
        ref = event.call or event.connection or event.peer
        if ref:
            calls.setdefault(set_of.representative(ref), []).append(event)
        elif event.kind in SYSTEM_KINDS:
            system.append(event)
    return list(calls.values()), system


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
