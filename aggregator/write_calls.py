"""Replaces calls: what was built before goes, what is built now comes, in the caller's transaction."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from aggregator.calls import call_id
from aggregator.copy_rows import copy_rows
from aggregator.dirty import mark_dirty
from aggregator.event_reader import StoredCall, event_refs
from aggregator.missed_calls import ChangedCaller, update_missed_calls
from aggregator.rows import BuiltCall, CallRow, LegRow, VisitRow
from store.calendar import Calendar
from store.connect import Connection
from store.event import Event
from store.organisation import Organisation, Pbx


class CallKeyRow(msgspec.Struct):
    """Field for field the columns of store.call_key."""

    pbx_id: int
    ref: str
    tenant_id: int
    call_id: UUID
    started_at: datetime
    first_at: datetime
    last_at: datetime


class Unbuilt(NamedTuple):
    """Events that hang together and make no call: a service code, or too little was heard.

    They are found again like a call's, since later events may make one of them.
    """

    refs: Collection[str]
    first_at: datetime
    last_at: datetime


def no_call(events: Sequence[Event]) -> Unbuilt:
    """Of the events of one call, in order, from which none could be built."""
    refs = {ref for event in events for ref in event_refs(event)}
    return Unbuilt(refs, events[0].occurred_at, events[-1].occurred_at)


class RungExtension(NamedTuple):
    """An extension had a part in a call from this time on (UTC)."""

    extension: str
    from_at: datetime


@dataclass
class Changes:
    """What a replacement of calls may have changed elsewhere, of calls old and new."""

    rung: set[RungExtension]
    callers: set[tuple[str, datetime]]
    """Outside number (E.164) and start of calls."""


def replace_calls(
    connection: Connection,
    organisation: Organisation,
    calendar: Calendar,
    pbx: Pbx,
    stored: Collection[StoredCall],
    built: Sequence[BuiltCall],
    unbuilt: Sequence[Unbuilt],
) -> set[RungExtension]:
    """Writes `built` in place of `stored`, and marks what has to be computed again.

    Returns the extensions whose time may have changed, for the states of their agents.
    """
    changes = Changes(set(), set())
    if stored:
        _delete(connection, pbx, stored, changes)
    insert_calls(connection, pbx, built, unbuilt)
    for one in built:
        if one.call.outside_number:
            changes.callers.add((one.call.outside_number, one.call.started_at))
        changes.rung.update(RungExtension(leg.extension, leg.offered_at) for leg in one.legs if leg.extension)
    starts = {call.started_at for call in stored} | {one.call.started_at for one in built}
    mark_dirty(connection, organisation.tenant, starts)
    update_missed_calls(
        connection,
        organisation.tenant,
        calendar,
        [ChangedCaller(number, at, at) for number, at in sorted(changes.callers)],
        [call.call_id for call in stored],
        [one.call.call_id for one in built if one.call.outside_number is None],
    )
    return changes.rung


def insert_calls(
    connection: Connection, pbx: Pbx, built: Sequence[BuiltCall], unbuilt: Sequence[Unbuilt]
) -> None:
    """Writes calls that are not there yet, with the keys by which they are found again.

    Raises:
        psycopg.errors.UniqueViolation: an identity of one of them belongs to a call that is there.
    """
    copy_rows(connection, "call_key", CallKeyRow, _keys(pbx, built, unbuilt))
    copy_rows(connection, "call", CallRow, (one.call for one in built))
    copy_rows(connection, "leg", LegRow, (leg for one in built for leg in one.legs))
    copy_rows(connection, "visit", VisitRow, (visit for one in built for visit in one.visits))


def _keys(pbx: Pbx, built: Iterable[BuiltCall], unbuilt: Iterable[Unbuilt]) -> Iterator[CallKeyRow]:
    for one in built:
        identity, started_at = one.call.call_id, one.call.started_at
        for ref in one.refs:
            yield CallKeyRow(pbx.pbx_id, ref, pbx.tenant_id, identity, started_at, one.first_at, one.last_at)
    for refs, first_at, last_at in unbuilt:
        identity = call_id(pbx, min(refs))
        for ref in refs:
            yield CallKeyRow(pbx.pbx_id, ref, pbx.tenant_id, identity, first_at, first_at, last_at)


def _delete(connection: Connection, pbx: Pbx, stored: Collection[StoredCall], changes: Changes) -> None:
    calls = {
        "tenant": pbx.tenant_id,
        "pbx": pbx.pbx_id,
        "ids": [call.call_id for call in stored],
        # Keeps the search within the chunks of these times.
        "first": min(call.started_at for call in stored),
        "last": max(call.started_at for call in stored),
    }
    connection.execute("DELETE FROM store.call_key WHERE pbx_id = %(pbx)s AND call_id = ANY(%(ids)s)", calls)
    changes.callers.update(
        connection.execute(
            """
            WITH deleted AS (
                DELETE FROM store.call
                WHERE tenant_id = %(tenant)s AND call_id = ANY(%(ids)s)
                    AND started_at BETWEEN %(first)s AND %(last)s
                RETURNING outside_number, started_at
            )
            SELECT outside_number, started_at FROM deleted WHERE outside_number IS NOT NULL
            """,
            calls,
        ).fetchall()
    )
    changes.rung.update(
        RungExtension(extension, offered_at)
        for extension, offered_at in connection.execute(
            """
            WITH deleted AS (
                DELETE FROM store.leg
                WHERE tenant_id = %(tenant)s AND call_id = ANY(%(ids)s)
                    AND started_at BETWEEN %(first)s AND %(last)s
                RETURNING extension, offered_at
            )
            SELECT extension, offered_at FROM deleted WHERE extension IS NOT NULL
            """,
            calls,
        ).fetchall()
    )
    connection.execute(
        """
        DELETE FROM store.visit
        WHERE tenant_id = %(tenant)s AND call_id = ANY(%(ids)s) AND started_at BETWEEN %(first)s AND %(last)s
        """,
        calls,
    )
