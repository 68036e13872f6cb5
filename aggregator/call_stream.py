"""Puts a PBX's events, as they come by in order of time, together to calls, and lets go of finished ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aggregator.event_reader import event_refs
from store.event import Event
from store.vocabulary import EventKind

QUIET = timedelta(seconds=60)
"""So long after its last event a call whose connections are gone is over: stragglers have come by then."""

LONGEST_SILENCE = timedelta(hours=6)
"""A call that is not over is let go of after this, since memory is not endless."""

_SWEEP = timedelta(seconds=10)


@dataclass(eq=False, slots=True)
class StreamedCall:
    """Events that hang together."""

    events: list[Event] = field(default_factory=list)
    refs: set[str] = field(default_factory=set)
    connections: set[str] = field(default_factory=set)
    cleared: set[str] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        return self.connections <= self.cleared

    @property
    def first_at(self) -> datetime:
        return min(event.occurred_at for event in self.events)

    @property
    def last_at(self) -> datetime:
        return max(event.occurred_at for event in self.events)


class CallStream:
    """Memory holds the calls that are going on, and no others."""

    def __init__(self) -> None:
        self._by_ref: dict[str, StreamedCall] = {}
        self._open: dict[StreamedCall, datetime] = {}
        self._swept_at: datetime | None = None

    def add(self, event: Event) -> None:
        """Takes an event that names a call or a connection, no earlier than those before it."""
        call = self._call_of(event)
        call.events.append(event)
        self._open[call] = event.occurred_at
        if event.connection:
            (call.cleared if event.kind is EventKind.CLEARED else call.connections).add(event.connection)

    def finished(self, now: datetime) -> Iterator[StreamedCall]:
        """Calls that are over at `now`, the last event's time, and those that were silent for too long."""
        if self._swept_at is not None and now - self._swept_at < _SWEEP:
            return
        self._swept_at = now
        quiet, silent = now - QUIET, now - LONGEST_SILENCE
        for call, heard_at in list(self._open.items()):
            if heard_at < silent or (heard_at < quiet and call.is_over):
                self._let_go(call)
                yield call

    def rest(self) -> Iterable[StreamedCall]:
        """What is going on at the end."""
        return self._open.keys()

    def _call_of(self, event: Event) -> StreamedCall:
        by_ref = self._by_ref
        call = by_ref.get(event.call or event.connection)
        if (
            call is not None
            and (not event.connection or by_ref.get(event.connection) is call)
            and (not event.peer or by_ref.get(event.peer) is call)
        ):
            return call
        return self._joined(event)

    def _joined(self, event: Event) -> StreamedCall:
        """The one call of all identities in the event: the biggest takes in the others."""
        refs = list(event_refs(event))
        found = {call for ref in refs if (call := self._by_ref.get(ref)) is not None}
        call = max(found, key=lambda one: len(one.events), default=None) or StreamedCall()
        for other in found - {call}:
            call.events += other.events
            call.refs |= other.refs
            call.connections |= other.connections
            call.cleared |= other.cleared
            del self._open[other]
            self._by_ref.update(dict.fromkeys(other.refs, call))
        call.refs.update(refs)
        self._by_ref.update(dict.fromkeys(refs, call))
        return call

    def _let_go(self, call: StreamedCall) -> None:
        del self._open[call]
        for ref in call.refs:
            del self._by_ref[ref]
