"""What a call's events say, put together per connection: legs, visits and the call are built on this."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store.event import Event
from store.vocabulary import DeviceKind, DeviceState, EventKind, ReleaseCause, TransferKind, Treatment

SNAPSHOT_MARGIN = timedelta(seconds=5)
"""A connection heard of so shortly before a snapshot may have begun too late to be in its list."""


@dataclass(slots=True)
class Stint:
    """Time in one conversation (bridge); `end` is None while it lasts."""

    bridge: str
    start: datetime
    end: datetime | None = None


@dataclass(slots=True)
class Connection:
    """One leg as the PBX has it, with the first moment (UTC) of everything that happens once."""

    ref: str
    device: str = ""
    device_kind: DeviceKind = DeviceKind.ENDPOINT
    number: str = ""
    name: str = ""
    dialled: str = ""
    line: str = ""
    """The number called, when the PBX names it apart from what was dialled."""
    withheld: bool = False
    begin_heard: bool = False
    began_at: datetime | None = None
    """None for what only mentions a connection: nothing proves that there is one."""
    rung_by: str = ""
    offered_at: datetime | None = None
    established_at: datetime | None = None
    failed_at: datetime | None = None
    fail_cause: str = ""
    diverted_to: str = ""
    released_at: datetime | None = None
    cleared_at: datetime | None = None
    clear_cause: str = ""
    end_inferred: bool = False
    transferred_at: datetime | None = None
    picked_up_at: datetime | None = None
    picked_up_from: str = ""
    """The connection that rang when this one took its call."""
    half: str = ""
    """The other half of a virtual connection."""
    stints: list[Stint] = field(default_factory=list)
    holds: list[Stint] = field(default_factory=list)
    routes: list[Event] = field(default_factory=list)
    """TREATED events, in order."""
    last_at: datetime | None = None

    @property
    def is_party(self) -> bool:
        return self.device_kind is DeviceKind.ENDPOINT and self.began_at is not None

    @property
    def was_called(self) -> bool:
        """Whether another connection rang it, heard or found by a snapshot."""
        return self.rung_by != "" or (self.offered_at is not None and not self.begin_heard)

    @property
    def rang_until(self) -> datetime | None:
        """End of ringing; None while it rings, or when it never did."""
        ends = [at for at in (self.established_at, self.failed_at, self.cleared_at) if at is not None]
        return min(ends, default=None) if self.offered_at is not None else None


@dataclass(slots=True)
class CallFacts:
    events: Sequence[Event]
    connections: dict[str, Connection] = field(default_factory=dict)
    calls: set[str] = field(default_factory=set)
    queue_events: list[Event] = field(default_factory=list)
    transfers: list[Event] = field(default_factory=list)
    parties: list[Connection] = field(default_factory=list)
    """Connections behind which somebody or something outside the PBX is."""


def gather(events: Sequence[Event], system_events: Sequence[Event]) -> CallFacts:
    """The facts of one call.

    Args:
        events: of this call, once each, in order.
        system_events: of the whole PBX, in order; they end connections whose end was not heard.
    """
    facts = CallFacts(events)
    connections = facts.connections
    calls = facts.calls
    for event in events:
        calls.add(event.call)
        ref = event.connection
        if not ref:
            continue
        connection = connections.get(ref)
        if connection is None:
            connection = connections[ref] = Connection(ref)
        connection.last_at = event.occurred_at
        if event.withheld:
            connection.withheld = True
        handler = _HANDLERS.get(event.kind)
        if handler is not None:
            handler(facts, connection, event)
    calls.discard("")
    facts.parties = [connection for connection in connections.values() if connection.is_party]
    if len(facts.parties) < len(connections):
        _pair_halves(connections.values())
    for connection in connections.values():
        if connection.cleared_at is None and system_events:
            _infer_end(connection, system_events)
        if connection.cleared_at is not None:
            _close(connection)
    return facts


def _begin(connection: Connection, event: Event, began_at: datetime | None = None) -> None:
    began_at = began_at or event.occurred_at
    if connection.began_at is None or began_at < connection.began_at:
        connection.began_at = began_at
    if event.device and not connection.device:
        connection.device = event.device
        connection.device_kind = event.device_kind


def _originated(_facts: CallFacts, connection: Connection, event: Event) -> None:
    _begin(connection, event)
    connection.begin_heard = True
    connection.dialled = connection.dialled or event.dialled
    connection.number = connection.number or event.number
    connection.name = connection.name or event.name


def _observed(_facts: CallFacts, connection: Connection, event: Event) -> None:
    age = timedelta(seconds=event.seconds or 0)
    _begin(connection, event, event.occurred_at - age)
    if event.cause == DeviceState.RINGING and connection.offered_at is None:
        connection.offered_at = connection.began_at
    connection.number = connection.number or event.number
    connection.name = connection.name or event.name


def _delivered(_facts: CallFacts, connection: Connection, event: Event) -> None:
    _begin(connection, event)
    if connection.offered_at is None:
        connection.offered_at = event.occurred_at
        connection.rung_by = event.peer
        connection.begin_heard = True
    connection.dialled = connection.dialled or event.dialled
    connection.number = connection.number or event.number


def _established(_facts: CallFacts, connection: Connection, event: Event) -> None:
    _begin(connection, event)
    if connection.established_at is None:
        connection.established_at = event.occurred_at
    connection.rung_by = connection.rung_by or event.peer


def _failed(_facts: CallFacts, connection: Connection, event: Event) -> None:
    """The first failure tells why; a cancellation at the same moment only follows from it."""
    first = connection.failed_at is None
    follows = connection.failed_at == event.occurred_at and connection.fail_cause == ReleaseCause.CANCELLED
    if first or follows:
        connection.failed_at = event.occurred_at
        connection.fail_cause = event.cause


def _diverted(_facts: CallFacts, connection: Connection, event: Event) -> None:
    connection.diverted_to = connection.diverted_to or event.number
    if connection.failed_at is None:
        connection.failed_at = event.occurred_at
        connection.fail_cause = ReleaseCause.FORWARDED


def _bridged(_facts: CallFacts, connection: Connection, event: Event) -> None:
    _begin(connection, event)
    stints = connection.stints
    if not (stints and stints[-1].end is None and stints[-1].bridge == event.bridge):
        stints.append(Stint(event.bridge, event.occurred_at))


def _unbridged(_facts: CallFacts, connection: Connection, event: Event) -> None:
    for stint in connection.stints:
        if stint.end is None and stint.bridge == event.bridge:
            stint.end = event.occurred_at
            return


def _held(_facts: CallFacts, connection: Connection, event: Event) -> None:
    holds = connection.holds
    if not (holds and holds[-1].end is None):
        bridge = connection.stints[-1].bridge if connection.stints else ""
        holds.append(Stint(bridge, event.occurred_at))


def _retrieved(_facts: CallFacts, connection: Connection, event: Event) -> None:
    if connection.holds and connection.holds[-1].end is None:
        connection.holds[-1].end = event.occurred_at


def _transferred(facts: CallFacts, connection: Connection, event: Event) -> None:
    if connection.transferred_at is not None:
        return
    connection.transferred_at = event.occurred_at
    _retrieved(facts, connection, event)
    facts.transfers.append(event)
    if event.cause == TransferKind.CONSULTATION and event.peer in facts.connections:
        facts.connections[event.peer].transferred_at = event.occurred_at


def _released(_facts: CallFacts, connection: Connection, event: Event) -> None:
    if connection.released_at is None:
        connection.released_at = event.occurred_at


def _cleared(_facts: CallFacts, connection: Connection, event: Event) -> None:
    if connection.cleared_at is None:
        connection.cleared_at = event.occurred_at
        connection.clear_cause = event.cause
    if event.device and not connection.device:
        connection.device = event.device
        connection.device_kind = event.device_kind


def _identified(facts: CallFacts, connection: Connection, event: Event) -> None:
    """The presentation may be told of a virtual connection that carries the caller's number."""
    connection.line = connection.line or event.dialled
    connection.number = connection.number or event.number
    connection.name = connection.name or event.name
    if event.withheld:
        for other in facts.connections.values():
            if other.number and other.number == event.number and other.rung_by == "":
                other.withheld = True


def _treated(facts: CallFacts, connection: Connection, event: Event) -> None:
    _begin(connection, event)
    connection.routes.append(event)
    if event.cause == Treatment.ROUTED and event.queue:
        facts.queue_events.append(event)


def _picked_up(_facts: CallFacts, connection: Connection, event: Event) -> None:
    _begin(connection, event)
    if connection.picked_up_at is None:
        connection.picked_up_at = event.occurred_at
        connection.picked_up_from = event.peer


def _unparked(facts: CallFacts, _connection: Connection, event: Event) -> None:
    retriever = facts.connections.get(event.peer)
    if retriever is not None and retriever.picked_up_at is None:
        retriever.picked_up_at = event.occurred_at


def _queued(facts: CallFacts, connection: Connection, event: Event) -> None:
    _begin(connection, event)
    connection.number = connection.number or event.number
    facts.queue_events.append(event)


def _queue(facts: CallFacts, _connection: Connection, event: Event) -> None:
    facts.queue_events.append(event)


_HANDLERS: dict[EventKind, Callable[[CallFacts, Connection, Event], None]] = {
    EventKind.ORIGINATED: _originated,
    EventKind.OBSERVED: _observed,
    EventKind.DELIVERED: _delivered,
    EventKind.ESTABLISHED: _established,
    EventKind.FAILED: _failed,
    EventKind.DIVERTED: _diverted,
    EventKind.BRIDGED: _bridged,
    EventKind.UNBRIDGED: _unbridged,
    EventKind.HELD: _held,
    EventKind.RETRIEVED: _retrieved,
    EventKind.TRANSFERRED: _transferred,
    EventKind.RELEASE_REQUESTED: _released,
    EventKind.CLEARED: _cleared,
    EventKind.IDENTIFIED: _identified,
    EventKind.TREATED: _treated,
    EventKind.PICKED_UP: _picked_up,
    EventKind.UNPARKED: _unparked,
    EventKind.QUEUED: _queued,
    EventKind.QUEUE_ABANDONED: _queue,
    EventKind.QUEUE_LEFT: _queue,
    EventKind.QUEUE_REFUSED: _queue,
    EventKind.AGENT_OFFERED: _queue,
    EventKind.AGENT_REFUSED: _queue,
    EventKind.AGENT_CONNECTED: _queue,
    EventKind.AGENT_COMPLETED: _queue,
}


def _pair_halves(connections: Iterable[Connection]) -> None:
    by_device: dict[str, Connection] = {}
    for connection in connections:
        if connection.device_kind is DeviceKind.VIRTUAL:
            other = by_device.setdefault(connection.device, connection)
            if other is not connection:
                connection.half, other.half = other.ref, connection.ref


def _close(connection: Connection) -> None:
    """Whatever lasted ended with the connection, even if nobody said so; nothing ends before it begins."""
    assert connection.cleared_at is not None
    if connection.began_at is not None and connection.cleared_at < connection.began_at:
        connection.cleared_at = connection.began_at
    for stint in (*connection.stints, *connection.holds):
        if stint.end is None:
            stint.end = connection.cleared_at


def _infer_end(connection: Connection, system_events: Sequence[Event]) -> None:
    """Ends what a restart or a snapshot shows to be gone, at the last moment at which it may have lived."""
    assert connection.last_at is not None
    lost_at: datetime | None = None
    for event in system_events:
        at = event.occurred_at
        if at < connection.last_at:
            continue
        if event.kind is EventKind.LISTENING_STOPPED:
            lost_at = lost_at or at
        elif event.kind is not EventKind.SNAPSHOT_COMPLETED or at - connection.last_at > SNAPSHOT_MARGIN:
            connection.cleared_at = lost_at or at
            connection.end_inferred = True
            return
