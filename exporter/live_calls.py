"""Which devices ring and talk now, and who waits: from events, without input or output."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from exporter.live_rows import LiveCall, LiveWaiting
from store.event import Event
from store.numbers import e164, is_withheld
from store.organisation import Organisation, Pbx
from store.vocabulary import DeviceKind, DeviceState, Direction, EventKind

RINGING, TALKING, HELD = "ringing", "talking", "held"
CALLING = "calling"
"""Rings the other party: whoever calls is busy."""

_OBSERVED_STATES = {
    DeviceState.RINGING: RINGING,
    DeviceState.BUSY: TALKING,
    DeviceState.HELD: HELD,
}


@dataclass(slots=True)
class _Connection:
    connection: str
    call: str
    device: str
    kind: DeviceKind
    started_at: datetime
    number: str
    dialled: str
    withheld: bool
    state: str = ""
    """Empty: neither rings nor talks, for example while the PBX deals with it."""
    state_since: datetime | None = None
    called: bool = False


@dataclass(slots=True)
class _Waiting:
    queue: str
    entered_at: datetime


class LiveCalls:
    """Connections that live; a connection is known by the PBX's identity of the leg."""

    def __init__(self, organisation: Organisation, pbx: Pbx) -> None:
        self._organisation = organisation
        self._trunks = pbx.trunks
        self._connections: dict[str, _Connection] = {}
        self._of_call: dict[str, dict[str, _Connection]] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._left: dict[str, _Waiting] = {}
        self.freed_at: dict[str, datetime] = {}
        """Device → when its last connection ended or was last given up."""
        self.last_wait: dict[str, int] = {}
        """Queue → how long the caller who was answered last had waited, in seconds."""
        self._handlers: dict[EventKind, Callable[[Event], None]] = {
            EventKind.ORIGINATED: self._originated,
            EventKind.OBSERVED: self._observed,
            EventKind.IDENTIFIED: self._identified,
            EventKind.DELIVERED: self._delivered,
            EventKind.ESTABLISHED: self._talks,
            EventKind.BRIDGED: self._talks,
            EventKind.UNBRIDGED: self._idles,
            EventKind.FAILED: self._idles,
            EventKind.HELD: self._held,
            EventKind.RETRIEVED: self._retrieved,
            EventKind.CLEARED: self._cleared,
            EventKind.QUEUED: self._queued,
            EventKind.QUEUE_LEFT: self._queue_left,
            EventKind.QUEUE_ABANDONED: self._queue_left,
            EventKind.AGENT_CONNECTED: self._agent_connected,
        }

    def use(self, organisation: Organisation, pbx: Pbx) -> None:
        """Goes on with an organisation that was changed meanwhile."""
        self._organisation = organisation
        self._trunks = pbx.trunks

    def apply(self, event: Event) -> None:
        """Brings the state up to this event; an event about a connection that is not known is let be."""
        if (handler := self._handlers.get(event.kind)) is not None:
            handler(event)
        # Any event may be the first to tell it.
        if event.withheld and (connection := self._connections.get(event.connection)) is not None:
            connection.withheld = True

    def clear(self) -> None:
        """Nothing that was known holds any more."""
        self._connections.clear()
        self._of_call.clear()
        self._waiting.clear()
        self._left.clear()
        self.freed_at.clear()

    def busy_devices(self) -> dict[str, list[tuple[str, datetime]]]:
        """Device → states and since when, of its connections that ring, call somebody or talk."""
        devices: dict[str, list[tuple[str, datetime]]] = {}
        for connection in self._connections.values():
            if connection.state and connection.state_since:
                calls = connection.state == RINGING and not connection.called
                state = CALLING if calls else connection.state
                devices.setdefault(connection.device, []).append((state, connection.state_since))
        return devices

    def rows(self) -> Iterator[LiveCall]:
        """One for each device that rings or talks."""
        for connection in self._connections.values():
            if connection.state and self._is_shown(connection):
                yield self._row(connection)

    def waiting_rows(self) -> Iterator[LiveWaiting]:
        """One for each caller in a queue."""
        for identity, waiting in self._waiting.items():
            connection = self._connections.get(identity)
            number, withheld = self._number_of(connection) if connection else (None, False)
            yield LiveWaiting(
                connection=identity,
                contact_group=waiting.queue,
                ddi=self._ddi(connection) if connection else None,
                number=number,
                withheld=withheld,
                entered_at=waiting.entered_at,
            )

    # What each kind of event changes.

    def _originated(self, event: Event) -> None:
        self._add(
            _Connection(
                event.connection,
                event.call,
                event.device,
                event.device_kind,
                event.occurred_at,
                event.number,
                event.dialled,
                event.withheld,
            )
        )

    def _observed(self, event: Event) -> None:
        if event.connection in self._connections:
            return
        age = timedelta(seconds=event.seconds or 0.0)
        started_at = event.occurred_at - age
        state = _OBSERVED_STATES.get(DeviceState(event.cause), "") if event.cause else ""
        self._add(
            _Connection(
                event.connection,
                event.call,
                event.device,
                event.device_kind,
                started_at,
                event.number,
                event.dialled,
                event.withheld,
                state,
                started_at,
                called=state == RINGING,
            )
        )

    def _identified(self, event: Event) -> None:
        if (connection := self._known(event)) is None:
            return
        if event.withheld:
            connection.withheld = True
            self._withhold(connection.call, event.number)
        connection.dialled = event.dialled or connection.dialled
        connection.number = event.number or connection.number

    def _withhold(self, call: str, number: str) -> None:
        """The presentation may be told of another leg that carries the caller's number onwards."""
        for member in self._of_call.get(call, {}).values():
            if member.number == number:
                member.withheld = True

    def _delivered(self, event: Event) -> None:
        connection = self._known(event)
        if connection is not None:
            connection.called = True
            if connection.state != TALKING:
                self._set(connection, RINGING, event.occurred_at)
        caller = self._connections.get(event.peer)
        if caller is not None and not caller.state and not self._is_trunk(caller):
            self._set(caller, RINGING, event.occurred_at)

    def _talks(self, event: Event) -> None:
        connection = self._known(event)
        if connection is not None and connection.state not in (TALKING, HELD):
            self._set(connection, TALKING, event.occurred_at)

    def _idles(self, event: Event) -> None:
        if (connection := self._known(event)) is not None and connection.state:
            self._set(connection, "", event.occurred_at)
            self._free(connection, event.occurred_at)

    def _held(self, event: Event) -> None:
        if (connection := self._known(event)) is not None and connection.state == TALKING:
            self._set(connection, HELD, event.occurred_at)

    def _retrieved(self, event: Event) -> None:
        if (connection := self._known(event)) is not None and connection.state == HELD:
            self._set(connection, TALKING, event.occurred_at)

    def _cleared(self, event: Event) -> None:
        self._waiting.pop(event.connection, None)
        self._left.pop(event.connection, None)
        connection = self._connections.pop(event.connection, None)
        if connection is None:
            return
        if connection.state:
            self._free(connection, event.occurred_at)
        self._leave_call(connection)

    def _queued(self, event: Event) -> None:
        self._known(event)
        if (present := self._waiting.get(event.connection)) is not None and present.queue == event.queue:
            return
        self._waiting[event.connection] = _Waiting(event.queue, event.occurred_at)

    def _queue_left(self, event: Event) -> None:
        waiting = self._waiting.get(event.connection)
        if waiting is not None and waiting.queue == event.queue:
            self._left[event.connection] = self._waiting.pop(event.connection)

    def _agent_connected(self, event: Event) -> None:
        waiting = self._waiting.pop(event.connection, None) or self._left.pop(event.connection, None)
        if waiting is not None and waiting.queue == event.queue:
            waited = (event.occurred_at - waiting.entered_at).total_seconds()
            self.last_wait[event.queue] = max(int(waited + 0.5), 0)

    # Connections and the calls that they belong to.

    def _known(self, event: Event) -> _Connection | None:
        connection = self._connections.get(event.connection)
        if connection is not None and event.call and event.call != connection.call:
            self._leave_call(connection)
            connection.call = event.call
            self._of_call.setdefault(event.call, {})[connection.connection] = connection
        return connection

    def _add(self, connection: _Connection) -> None:
        self._connections[connection.connection] = connection
        self._of_call.setdefault(connection.call, {})[connection.connection] = connection

    def _leave_call(self, connection: _Connection) -> None:
        members = self._of_call.get(connection.call)
        if members is not None:
            members.pop(connection.connection, None)
            if not members:
                del self._of_call[connection.call]

    @staticmethod
    def _set(connection: _Connection, state: str, at: datetime) -> None:
        connection.state = state
        connection.state_since = at

    def _free(self, connection: _Connection, at: datetime) -> None:
        # Virtual devices have a name of their own for each call: nobody asks for them again.
        if connection.kind is DeviceKind.ENDPOINT:
            self.freed_at[connection.device] = at

    # What is shown of them.

    def _is_trunk(self, connection: _Connection) -> bool:
        return connection.device in self._trunks

    def _is_shown(self, connection: _Connection) -> bool:
        """Telephones; and an outside destination that is called for a caller from outside."""
        if connection.kind is not DeviceKind.ENDPOINT or not connection.device:
            return False
        if not self._is_trunk(connection):
            return True
        return connection.called and self._is_trunk(self._first(connection))

    def _first(self, connection: _Connection) -> _Connection:
        """The oldest living connection of the same call: for as long as it lives, who began the call."""
        members = self._of_call.get(connection.call, {})
        return min(members.values(), key=lambda one: one.started_at, default=connection)

    def _row(self, connection: _Connection) -> LiveCall:
        first = self._first(connection)
        direction = self._direction(connection, first)
        number, withheld = self._other_party(connection, first)
        assert connection.state_since is not None
        is_trunk = self._is_trunk(connection)
        return LiveCall(
            connection=connection.connection,
            call=connection.call,
            direction=direction,
            state=connection.state,
            state_since=connection.state_since,
            started_at=min(first.started_at, connection.started_at),
            extension=None if is_trunk else self._organisation.extension_number(connection.device),
            device=connection.device or None,
            ddi=self._ddi(first),
            number=number,
            withheld=withheld,
        )

    def _direction(self, connection: _Connection, first: _Connection) -> Direction:
        if self._is_trunk(first):
            return Direction.INCOMING
        members = self._of_call.get(connection.call, {}).values()
        if any(self._is_trunk(member) for member in members):
            return Direction.OUTGOING
        return Direction.INTERNAL

    def _other_party(self, connection: _Connection, first: _Connection) -> tuple[str | None, bool]:
        if connection is not first:
            return self._number_of(first)
        return self._public(first.dialled) or first.dialled or None, False

    def _number_of(self, connection: _Connection) -> tuple[str | None, bool]:
        """The number at a connection, and whether it is withheld: then it is shown to nobody."""
        number = connection.number
        if not self._is_trunk(connection) and connection.device:
            return self._organisation.extension_number(connection.device), False
        if connection.withheld or is_withheld(number):
            return None, True
        return self._public(number) or number, False

    def _ddi(self, first: _Connection) -> str | None:
        if not self._is_trunk(first) or first.called:
            return None
        return self._public(first.dialled)

    def _public(self, number: str) -> str | None:
        return e164(number, self._organisation.tenant.region)
