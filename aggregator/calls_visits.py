"""A call's stays in queues and hunt groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aggregator.calls_facts import CallFacts, Connection
from store.event import Event
from store.organisation import ContactGroup
from store.vocabulary import EventKind, GroupKind, QueueLeaveCause, Treatment

SAME_MOMENT = timedelta(seconds=1)
"""So far apart the PBX's messages about one happening may be."""

SNAPSHOT_PRECISION = timedelta(seconds=2)
"""A snapshot says in whole seconds how long a caller has been waiting."""


@dataclass(slots=True, eq=False)
class Visit:
    group_kind: GroupKind
    name: str
    connection: str
    entered_at: datetime
    entered_heard: bool = True
    left_at: datetime | None = None
    left_heard: bool = False
    leave_cause: str = ""
    abandoned: bool = False
    """The PBX called its end an abandonment, which for some of them includes being sent on."""
    connected: Event | None = None


@dataclass(slots=True)
class Visits:
    all: list[Visit] = field(default_factory=list)
    offers: dict[str, Event] = field(default_factory=dict)
    """By the connection that was rung for the queue: the AGENT_OFFERED event."""
    refused: set[str] = field(default_factory=set)
    """Connections whose ringing the queue itself gave up."""

    def of_offer(self, offer: Event) -> Visit | None:
        return self.at(offer.connection, offer.queue, offer.occurred_at)

    def at(self, connection: str, name: str, when: datetime) -> Visit | None:
        """The visit of this queue that had begun at that moment, or the first."""
        same = [visit for visit in self.all if visit.connection == connection and visit.name == name]
        begun = [visit for visit in same if visit.entered_at <= when]
        return begun[-1] if begun else next(iter(same), None)


def find_visits(facts: CallFacts, hunt_groups: Mapping[str, ContactGroup]) -> Visits:
    """Args:
    hunt_groups: by every name and number that leads to them.
    """
    visits = Visits()
    if facts.queue_events:
        _Queues(visits).follow(facts.queue_events)
    if hunt_groups:
        for connection in facts.connections.values():
            if connection.routes:
                visits.all.extend(_hunt_group_visits(connection, hunt_groups))
    visits.all.sort(key=lambda visit: (visit.entered_at, visit.connection, visit.name))
    for visit in visits.all:
        cleared_at = facts.connections[visit.connection].cleared_at
        if visit.left_at is None and visit.group_kind is GroupKind.QUEUE:
            visit.left_at = cleared_at
    return visits


class _Queues:
    """Follows callers through queues, event by event."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits
        self.led_to: dict[str, str] = {}
        """Connection → the queue to which the dialplan led it last."""

    def follow(self, events: Iterable[Event]) -> None:
        agents: list[Event] = []
        for event in events:
            if event.agent:
                agents.append(event)
            elif event.kind is EventKind.TREATED:
                self.led_to[event.connection] = event.queue
            elif event.kind is EventKind.QUEUED:
                self._enter(event)
            elif event.kind is EventKind.QUEUE_REFUSED:
                self._refuse(event)
            else:
                self._leave(event)
        for event in agents:
            self._agent(event)

    def _last(self, connection: str, name: str) -> Visit | None:
        for visit in reversed(self.visits.all):
            if visit.connection == connection and name in ("", visit.name):
                return visit
        return None

    def _enter(self, event: Event) -> None:
        snapshot = event.seconds is not None
        last = self._last(event.connection, event.queue)
        if last is not None and last.left_at is None:
            if snapshot:
                return
            if not last.entered_heard and event.occurred_at - last.entered_at <= SNAPSHOT_PRECISION:
                last.entered_at = event.occurred_at
                last.entered_heard = True
                return
            last.left_at = event.occurred_at
        self._add(event, event.queue, event.occurred_at, heard=not snapshot)

    def _refuse(self, event: Event) -> None:
        name = event.queue or self.led_to.get(event.connection, "")
        if name:
            visit = self._add(event, name, event.occurred_at)
            visit.left_at = event.occurred_at
            visit.leave_cause = event.cause

    def _leave(self, event: Event) -> None:
        visit = self._last(event.connection, event.queue)
        if visit is None:
            if not event.queue:
                return
            waited = timedelta(seconds=event.seconds or 0)
            visit = self._add(event, event.queue, event.occurred_at - waited, heard=False)
        if event.cause:
            visit.leave_cause = event.cause
        visit.left_heard = True
        if event.queue and visit.left_at is None:
            visit.left_at = event.occurred_at
        if event.kind is EventKind.QUEUE_ABANDONED:
            visit.abandoned = True

    def _agent(self, event: Event) -> None:
        if not event.connection:
            return
        if event.kind is EventKind.AGENT_OFFERED:
            self.visits.offers.setdefault(event.peer, event)
        elif event.kind is EventKind.AGENT_REFUSED:
            self.visits.refused.add(event.peer)
        visit = self.visits.at(event.connection, event.queue, event.occurred_at)
        if visit is None:
            waited = event.seconds if event.kind is EventKind.AGENT_CONNECTED else None
            began_at = event.occurred_at - timedelta(seconds=waited or 0)
            visit = self._add(event, event.queue, began_at, heard=False)
        if event.kind is EventKind.AGENT_CONNECTED and visit.connected is None:
            visit.connected = event
            if visit.left_at is None:
                visit.left_at = event.occurred_at

    def _add(self, event: Event, name: str, entered_at: datetime, *, heard: bool = True) -> Visit:
        visit = Visit(GroupKind.QUEUE, name, event.connection, entered_at, heard)
        self.visits.all.append(visit)
        return visit


def _hunt_group_visits(connection: Connection, hunt_groups: Mapping[str, ContactGroup]) -> Iterable[Visit]:
    visit: Visit | None = None
    for event in connection.routes:
        if event.cause != Treatment.ROUTED:
            continue
        group = None if event.queue else hunt_groups.get(event.number)
        if visit is not None and group is not None and group.pbx_name == visit.name:
            continue
        if visit is not None and (group is not None or event.occurred_at > visit.entered_at):
            visit.left_at = event.occurred_at
            visit = None
        if group is not None:
            visit = Visit(GroupKind.HUNT_GROUP, group.pbx_name, connection.ref, event.occurred_at)
            yield visit


def was_refused(visit: Visit) -> bool:
    return visit.left_at == visit.entered_at and visit.leave_cause in (
        QueueLeaveCause.FULL,
        QueueLeaveCause.EMPTY,
    )
