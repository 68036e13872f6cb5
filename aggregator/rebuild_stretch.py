"""One pass over a stretch of a PBX's events: writes the calls that begin and end in it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import msgspec
import psycopg

from aggregator.call_stream import QUIET, CallStream, Passed
from aggregator.calls import CallBuilder
from aggregator.event_reader import EVENT_COLUMNS, read_system_events
from aggregator.write_calls import insert_calls, no_call
from store.connect import Connection, connect
from store.event import Event
from store.organisation import Organisation, Pbx, Tenant, load_organisation

log = logging.getLogger(__name__)

_PAGE = 20_000
"""Events that come at one time."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Times (UTC) of one PBX, in slices; each ends where the next begins."""

    url: str
    tenant: Tenant
    pbx: Pbx
    borders: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made in one pass."""

    events: int = 0
    calls: int = 0
    left: int = 0
    """Calls left to the usual way."""

    def __add__(self, other: "Rebuilt") -> "Rebuilt":
        return Rebuilt(self.events + other.events, self.calls + other.calls, self.left + other.left)


def rebuild_stretch(stretch: Stretch) -> Rebuilt:
    """One pass over a stretch of a PBX's events."""
    stream = CallStream()
    rebuilt = Rebuilt()
    with (
        connect(stretch.url, "aggregator rebuild") as reader,
        connect(stretch.url, "aggregator rebuild", autocommit=True) as connection,
    ):
        # Lost with the machine's power, it is begun anew: no need to wait for the disk.
        connection.execute("SET synchronous_commit = off")
        writer = _Writer(connection, load_organisation(reader, stretch.tenant), stretch.pbx)
        writer.whole_pbx = read_system_events(reader, stretch.pbx.pbx_id, stretch.borders[0])
        for page in _pages(reader, stretch):
            rebuilt += Rebuilt(events=len(page)) + writer.write(stream.add(page))
        return rebuilt + writer.write(Passed(silent=stream.rest()))


def _pages(reader: Connection, stretch: Stretch) -> Iterator[list[Event]]:
    for begin, end in pairwise(stretch.borders):
        with reader.cursor("events", binary=True) as cursor:
            cursor.execute(
                f"""
                SELECT {EVENT_COLUMNS} FROM store.event
                WHERE pbx_id = %s AND occurred_at >= %s AND occurred_at < %s
                    AND (call <> '' OR connection <> '')
                ORDER BY occurred_at
                """.encode(),  # noqa: S608 - the columns are our own constants
                (stretch.pbx.pbx_id, begin, end),
            )
            while rows := cursor.fetchmany(_PAGE):
                yield msgspec.convert(rows, list[Event])


class _Writer:
    """Writes the calls of one PBX as they are finished."""

    def __init__(self, connection: Connection, organisation: Organisation, pbx: Pbx) -> None:
        self.connection = connection
        self.pbx = pbx
        self.whole_pbx: Sequence[Event] = ()
        self._builder = CallBuilder(organisation, pbx)

    def write(self, passed: Passed) -> Rebuilt:
        """In one transaction; what cannot be written so is left to the usual way."""
        finished, left = passed.finished, list(passed.silent)
        calls = 0
        with self.connection.transaction():
            try:
                with self.connection.transaction():
                    calls = self._insert(finished)
            except (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected):
                log.info("PBX %s: of one of %d calls a part came late", self.pbx.slug, len(finished))
                left += finished
            except (psycopg.OperationalError, psycopg.InterfaceError):
                raise
            except Exception as error:
                log.warning(
                    "PBX %s: one of %d calls cannot be built: %r", self.pbx.slug, len(finished), type(error)
                )
                left += finished
            self._leave(left)
        return Rebuilt(calls=calls, left=len(left))

    def _insert(self, finished: Sequence[Sequence[Event]]) -> int:
        meanwhile = self._meanwhile(finished)
        built, unbuilt = [], []
        for events in finished:
            call = self._builder.build(events, meanwhile)
            if call is None:
                unbuilt.append(no_call(events))
            else:
                built.append(call)
        insert_calls(self.connection, self.pbx, built, unbuilt)
        return len(built)

    def _meanwhile(self, finished: Sequence[Sequence[Event]]) -> list[Event]:
        """Events about the whole PBX that the finished calls can have to do with."""
        if not finished or not self.whole_pbx:
            return []
        begin = min(events[0].occurred_at for events in finished)
        end = max(events[-1].occurred_at for events in finished) + QUIET
        return [event for event in self.whole_pbx if begin <= event.occurred_at <= end]

    def _leave(self, calls: Sequence[Sequence[Event]]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO store.touched_call (tenant_id, pbx_id, call, first_at, last_at) "
                "VALUES (%s, %s, %s, %s, %s)",
                [
                    (self.pbx.tenant_id, self.pbx.pbx_id, ref, events[0].occurred_at, events[-1].occurred_at)
                    for events in calls
                    for ref in {event.call or event.connection for event in events}
                ],
            )
