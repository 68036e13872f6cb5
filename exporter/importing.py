"""Brings files into the database: as a stream, in batches that may be repeated after any interruption."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from exporter.batch import Batch
from exporter.errors import InvalidRecordingError
from exporter.event_writer import Written, write_batches
from exporter.files.ami_recording import AmiRecording
from exporter.files.cdr import read_cdr
from exporter.files.cel import read_cel
from exporter.files.queue_log import read_queue_log
from exporter.files.reading import Piece
from store.connect import Connection, sentences
from store.event import Event
from store.organisation import Pbx

log = logging.getLogger(__name__)

BATCH_EVENTS = 5_000


class FileFormat(StrEnum):
    AMI = "ami"
    CEL = "cel"
    QUEUE_LOG = "queue_log"
    CDR = "cdr"


GAP_FILLING = frozenset({FileFormat.CEL, FileFormat.CDR})
"""Formats that have every call of their time, also those that happened while nobody listened."""


Selection = Callable[[list[Event]], list[Event]]

LIVE = "substring(raw FOR 7) = 'Event: '"
"""Of events that were heard from AMI."""

CALLS_TOLD_BETTER = f"""
SELECT DISTINCT call FROM store.event
WHERE pbx_id = %(pbx)s AND call = ANY(%(calls)s) AND ({LIVE} OR substring(raw FOR 12) = '"CHAN_START"')
"""  # noqa: S608 - joined from constants

_THE_SAME = f"""
event.kind = told.kind
AND (event.connection, event.queue, event.agent) = (told.connection, told.queue, told.agent)
AND event.occurred_at BETWEEN told.occurred_at - %(slack)s AND told.occurred_at + %(slack)s
AND {LIVE}
"""
EVENTS_TOLD_BETTER = f"""
SELECT told.place
FROM unnest(%(places)s::integer[], %(times)s::timestamptz[], %(kinds)s::text[], %(calls)s::text[],
            %(connections)s::text[], %(queues)s::text[], %(agents)s::text[])
    AS told (place, occurred_at, kind, call, connection, queue, agent)
WHERE told.agent <> '' AND EXISTS (
    SELECT FROM store.event
    WHERE pbx_id = %(pbx)s AND event.agent <> '' AND event.agent = told.agent AND {_THE_SAME}
) OR told.agent = '' AND EXISTS (
    SELECT FROM store.event
    WHERE pbx_id = %(pbx)s AND event.call <> '' AND event.call = told.call AND {_THE_SAME}
)
"""  # noqa: S608 - joined from constants

SLACK = {FileFormat.CEL: timedelta(seconds=0.2), FileFormat.QUEUE_LOG: timedelta(seconds=2)}
"""How far the time in a file may be from when the same was heard: queue_log has whole seconds."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import did so far; times in UTC."""

    messages: int = 0
    events: int = 0
    new_events: int = 0
    rejects: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def known_events(self) -> int:
        """Events that the database already had."""
        return self.events - self.new_events

    def sentence(self) -> str:
        """The figures, for people."""
        return (
            f"{self.messages:,} messages read, {self.new_events:,} events stored, "
            f"{self.known_events:,} already known, {self.rejects:,} rejected."
        )


class Importer:
    """Writes what files hold into one PBX's events.

    Args:
        connection: to the database; used by one other thread while importing.
        pbx: whose files they are.
        report: told the figures after every batch.
    """

    def __init__(
        self, connection: Connection, pbx: Pbx, report: Callable[[Summary], None] = lambda _: None
    ) -> None:
        self._connection = connection
        self._pbx = pbx
        self._report = report
        self.summary = Summary()

    def run(
        self, file_format: FileFormat, paths: Sequence[Path], timings: Sequence[Path], zone: ZoneInfo
    ) -> Summary:
        """Imports files; what was stored before an error stays.

        Args:
            file_format: of all of them.
            paths: the files, in order of time.
            timings: of AMI recordings without times of their own, one for each connection.
            zone: of a CDR file's times.

        Raises:
            InvalidRecordingError: a file could not be read, or not wholly: lines that could not be understood
                are in store.event_reject, the others were imported.
            DatabaseUnavailableError: the connection was lost.
        """
        recording = AmiRecording(paths, timings) if file_format is FileFormat.AMI else None
        pieces = recording.pieces() if recording else _read_lines(file_format, paths, zone)
        with sentences():
            self._write_all(pieces, partial(self._untold, file_format))
            if file_format in GAP_FILLING:
                self._fill_gaps(file_format)
        if recording and recording.cut_off:
            raise InvalidRecordingError(f"{recording.cut_off} {self.summary.sentence()}")
        if self.summary.rejects:
            raise InvalidRecordingError(
                f"Not everything could be understood; what was not is kept in store.event_reject. "
                f"{self.summary.sentence()}"
            )
        return self.summary

    def _write_all(self, pieces: Iterator[Piece], untold: Selection) -> None:
        """Reads the next batch while the one before is being stored."""
        with ThreadPoolExecutor(1, "import") as executor:
            under_way: tuple[Piece, Future[Written]] | None = None
            try:
                for piece in _batches(pieces):
                    if under_way:
                        self._count(*under_way)
                    under_way = piece, executor.submit(self._write, piece, untold)
            finally:
                if under_way:
                    self._count(*under_way)

    def _write(self, piece: Piece, untold: Selection) -> Written:
        batch = Batch(
            tenant_id=self._pbx.tenant_id,
            pbx_id=self._pbx.pbx_id,
            received_at=datetime.now(UTC),
            events=tuple(untold(piece.events)),
            rejects=tuple(piece.rejects),
            gaps=tuple(piece.gaps),
        )
        return write_batches(self._connection, [batch])

    def _count(self, piece: Piece, under_way: Future[Written]) -> None:
        written = under_way.result()
        summary = self.summary
        times = [event.occurred_at for event in piece.events]
        known = [at for at in (summary.first_at, summary.last_at) if at is not None]
        self.summary = replace(
            summary,
            messages=summary.messages + piece.messages,
            events=summary.events + len(piece.events),
            new_events=summary.new_events + written.new_events,
            rejects=summary.rejects + len(piece.rejects),
            first_at=min((*times, *known), default=None),
            last_at=max((*times, *known), default=None),
        )
        self._report(self.summary)

    def _untold(self, file_format: FileFormat, events: list[Event]) -> list[Event]:
        """Without what a better source has told."""
        if file_format is FileFormat.AMI:
            return events
        if file_format is FileFormat.CDR:
            return self._without_calls_told_better(events)
        return self._without_events_told_better(file_format, events)

    def _without_calls_told_better(self, events: list[Event]) -> list[Event]:
        """A call that a better source told of must not get a second telling: CDRs name the legs otherwise."""
        known = self._execute(
            CALLS_TOLD_BETTER, {"pbx": self._pbx.pbx_id, "calls": list({event.call for event in events})}
        )
        calls = {call for (call,) in known}
        return [event for event in events if event.call not in calls]

    def _without_events_told_better(self, file_format: FileFormat, events: list[Event]) -> list[Event]:
        """What was heard live is not told again with less: a stay in a queue would become two."""
        known = self._execute(
            EVENTS_TOLD_BETTER,
            {
                "places": list(range(len(events))),
                "times": [event.occurred_at for event in events],
                "kinds": [event.kind for event in events],
                "calls": [event.call for event in events],
                "connections": [event.connection for event in events],
                "queues": [event.queue for event in events],
                "agents": [event.agent for event in events],
                "pbx": self._pbx.pbx_id,
                "slack": SLACK[file_format],
            },
        )
        places = {place for (place,) in known}
        return [event for place, event in enumerate(events) if place not in places]

    def _execute(self, query: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
        with self._connection.transaction():
            return self._connection.execute(query.encode(), parameters).fetchall()

    def _fill_gaps(self, file_format: FileFormat) -> None:
        """A gap that lies wholly within the time of the files is one no more."""
        self._connection.execute(
            "UPDATE store.pbx_gap SET filled_at = now(), filled_from = %s "
            "WHERE pbx_id = %s AND began_at >= %s AND ended_at <= %s AND filled_at IS NULL",
            (file_format, self._pbx.pbx_id, self.summary.first_at, self.summary.last_at),
        )
        self._connection.commit()


def _read_lines(file_format: FileFormat, paths: Sequence[Path], zone: ZoneInfo) -> Iterator[Piece]:
    for path in paths:
        match file_format:
            case FileFormat.CEL:
                yield from read_cel(path)
            case FileFormat.QUEUE_LOG:
                yield from read_queue_log(path)
            case _:
                yield from read_cdr(path, zone)


def _batches(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces joined to a size that is worth a transaction; what was read before an error is not lost."""
    joined = Piece()
    try:
        for piece in pieces:
            joined.messages += piece.messages
            joined.events += piece.events
            joined.rejects += piece.rejects
            joined.gaps += piece.gaps
            if len(joined.events) >= BATCH_EVENTS:
                yield joined
                joined = Piece()
    except InvalidRecordingError:
        yield joined
        raise
    yield joined
