"""Reads stored events: of touched calls with all that hangs together with them, or of a whole PBX.

Columns are read in the order of `Event`'s fields, so that a page of rows becomes events in one conversion.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from aggregator.touched import TouchedCall
from store.connect import Connection
from store.event import Event

EVENT_COLUMNS = ", ".join(name for name in Event.__struct_fields__ if name != "raw")

_PAGE = 20_000
"""Events in memory at one time when a whole PBX is read, beside those of calls that are not complete."""


class StoredCall(NamedTuple):
    """A call as it was built before."""

    call_id: UUID
    started_at: datetime


@dataclass
class CallEvents:
    """All events of some calls, and what was built from them before."""

    events: list[Event] = field(default_factory=list)
    stored: set[StoredCall] = field(default_factory=set)


def event_refs(event: Event) -> Iterator[str]:
    """The identities of calls and connections that an event names."""
    for ref in (event.call, event.connection, event.peer):
        if ref:
            yield ref


def read_calls(
    connection: Connection, pbx_id: int, touched: Iterable[TouchedCall], aside: Iterable[TouchedCall] = ()
) -> CallEvents:
    """The events of the touched calls and of every call that hangs together with one of them.

    Every event lies within the times of a touched row or of the call that was built from it, so the union of
    these times bounds the search to few chunks. Touched rows that were set aside are looked at when one of
    their calls is met.
    """
    search = _Search(connection, pbx_id, aside)
    for call in touched:
        search.span(call.first_at, call.last_at)
        search.unknown.add(call.ref)
    return search.run()


class _Search:
    """Widens from identity to identity until nothing new turns up."""

    def __init__(self, connection: Connection, pbx_id: int, aside: Iterable[TouchedCall]) -> None:
        self.connection = connection
        self.pbx_id = pbx_id
        self.aside = list(aside)
        self.unknown: set[str] = set()
        self.known: set[str] = set()
        self.begin: datetime | None = None
        self.end: datetime | None = None
        self.stored: set[StoredCall] = set()

    def span(self, first_at: datetime, last_at: datetime) -> bool:
        """Whether this time lay outside what has been searched."""
        begin = first_at if self.begin is None else min(self.begin, first_at)
        end = last_at if self.end is None else max(self.end, last_at)
        wider = (begin, end) != (self.begin, self.end)
        self.begin, self.end = begin, end
        return wider

    def run(self) -> CallEvents:
        events: dict[UUID, Event] = {}
        while self.unknown:
            wider = self._stored_calls()
            # A wider time can hold more events of identities that were searched already.
            wanted = self.unknown | self.known if wider else self.unknown
            found = self._events(sorted(wanted))
            events.update((event.key, event) for event in found)
            self.known |= self.unknown
            self.unknown = {ref for event in found for ref in event_refs(event)} - self.known
        if events and self.begin is not None:
            for event in read_system_events(self.connection, self.pbx_id, self.begin):
                events[event.key] = event
        return CallEvents(list(events.values()), self.stored)

    def _stored_calls(self) -> bool:
        """Adds the calls that were built with the unknown identities; whether they widen the time."""
        wider = False
        for call in self.aside:
            if call.ref in self.unknown:
                wider = self.span(call.first_at, call.last_at) or wider
        rows = self.connection.execute(
            """
            SELECT ref, call_id, started_at, first_at, last_at FROM store.call_key
            WHERE pbx_id = %(pbx)s AND call_id IN
                (SELECT call_id FROM store.call_key WHERE pbx_id = %(pbx)s AND ref = ANY(%(refs)s))
            """,
            {"pbx": self.pbx_id, "refs": list(self.unknown)},
        ).fetchall()
        for ref, call_id, started_at, first_at, last_at in rows:
            self.stored.add(StoredCall(call_id, started_at))
            if ref not in self.known:
                self.unknown.add(ref)
            wider = self.span(first_at, last_at) or wider
        return wider

    def _events(self, refs: Sequence[str]) -> list[Event]:
        with self.connection.cursor(binary=True) as cursor:
            rows = cursor.execute(
                f"""
                SELECT {EVENT_COLUMNS} FROM store.event
                WHERE pbx_id = %(pbx)s AND call <> '' AND call = ANY(%(refs)s)
                    AND occurred_at BETWEEN %(begin)s AND %(end)s
                UNION ALL
                SELECT {EVENT_COLUMNS} FROM store.event
                WHERE pbx_id = %(pbx)s AND call = '' AND connection <> '' AND connection = ANY(%(refs)s)
                    AND occurred_at BETWEEN %(begin)s AND %(end)s
                """.encode(),  # noqa: S608 - the columns are our own constants
                {"pbx": self.pbx_id, "refs": refs, "begin": self.begin, "end": self.end},
            ).fetchall()
        return msgspec.convert(rows, list[Event])


def read_system_events(connection: Connection, pbx_id: int, begin: datetime) -> list[Event]:
    """Events about the whole PBX from `begin` on, in order of time."""
    with connection.cursor(binary=True) as cursor:
        rows = cursor.execute(
            f"""
            SELECT {EVENT_COLUMNS} FROM store.event
            WHERE pbx_id = %s AND occurred_at >= %s
                AND kind IN ('system_started', 'system_stopped', 'listening_stopped', 'snapshot_completed')
            ORDER BY occurred_at, sequence, key
            """.encode(),  # noqa: S608 - the columns are our own constants
            (pbx_id, begin),
        ).fetchall()
    return msgspec.convert(rows, list[Event])
