"""Recordings of AMI connections: the bytes as they came, with a timing file where they have no times."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from exporter.asterisk.ami_events import is_wanted, translate
from exporter.asterisk.ami_protocol import GREETING, Message, MessageKind, MessageParser, Rejected
from exporter.batch import Gap, Reject
from exporter.errors import InvalidRecordingError
from exporter.files.reading import Piece, from_epoch, opened
from store.event import Event, event_key
from store.vocabulary import EventKind

READ_BYTES = 262_144
SOURCE = "ami"
MOST_UNTIMED = 10_000
"""Messages at the beginning of a connection that wait for the first time."""
NOT_RECORDED = "The recording was interrupted."


class Timing:
    """A timing file: a CSV with a row for each message (seq, offset, length, recv_epoch, …, name).

    Row 0 is the greeting; the others have the messages' numbers, `length` counts the empty line that closes
    a message, and `recv_epoch` is when it was received, in seconds since 1970.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows = self._read()
        self._window: dict[int, tuple[str, str, str]] = {}
        self._last = -1

    def received_at(self, message: Message, rejects: int) -> datetime:
        """When this message came (UTC); asked for messages in order.

        Args:
            message: as the parser gave it.
            rejects: how many of the numbers before it are of no message: they may have no row.

        Raises:
            InvalidRecordingError: no row fits: this is the timing of other bytes.
        """
        first = message.number - rejects
        while self._last < message.number and (row := next(self._rows, None)) is not None:
            self._last, fields = row
            self._window[self._last] = fields
        for seq in [seq for seq in self._window if seq < first]:
            del self._window[seq]
        length = str(len(message.raw) + 4)
        for row_length, epoch, name in reversed(self._window.values()):
            if row_length == length and name == message.name and (at := from_epoch(epoch)):
                return at
        raise InvalidRecordingError(
            f"The timing file {self.path} does not belong to this recording: "
            f"it has no row for message {message.number} ({message.name}, {length} bytes)."
        )

    def _read(self) -> Iterator[tuple[int, tuple[str, str, str]]]:
        with opened(self.path) as file:
            lines = csv.reader(io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline=""))
            try:
                header = next(lines)
                seq, length, epoch, name = (
                    header.index(column) for column in ("seq", "length", "recv_epoch", "name")
                )
                for row in lines:
                    yield int(row[seq]), (row[length], row[epoch], row[name])
            except (StopIteration, IndexError, ValueError, csv.Error) as error:
                raise InvalidRecordingError(
                    f"Line {lines.line_num} of the timing file {self.path} cannot be read; "
                    "it must have the columns seq, length, recv_epoch and name."
                ) from error


class AmiRecording:
    """One or more files with the bytes of AMI connections.

    A file that begins with the server's greeting is a connection of its own; one that does not goes on where
    the file before it ended.

    Args:
        paths: the files, in order of time.
        timings: for each connection its timing file, or none where its events carry `Timestamp`.
    """

    def __init__(self, paths: Sequence[Path], timings: Sequence[Path] = ()) -> None:
        self._paths = paths
        self._timings = iter([Timing(path) for path in timings])
        self._timing: Timing | None = None
        self._parser: MessageParser | None = None
        self._path = paths[0]
        self._untimed: list[Message] = []
        self._rejects = 0
        self._responses = 0
        self._read = 0
        self._last_at: datetime | None = None
        self._ended_at: datetime | None = None
        self.cut_off: str = ""
        """Says where a file ends in the middle of a message; empty when none does."""

    def pieces(self) -> Iterator[Piece]:
        """Everything in the files, with bounded memory.

        Raises:
            InvalidRecordingError: a file cannot be read, or has no times.
        """
        for path in self._paths:
            self._path = path
            with opened(path) as file:
                at_start = True
                while data := file.read1(READ_BYTES):
                    if self._parser is None or (at_start and data.startswith(GREETING)):
                        yield from self._finish()
                        self._begin()
                    assert self._parser is not None
                    at_start = False
                    yield self._piece(self._parser.feed(data))
        yield from self._finish()

    def _begin(self) -> None:
        self._parser = MessageParser(is_wanted)
        self._timing = next(self._timings, None)
        self._rejects = self._responses = self._read = 0

    def _finish(self) -> Iterator[Piece]:
        """Where a connection ends, nobody listens any more: calls that go on are not heard to end."""
        if self._parser is None:
            return
        if self._untimed:
            raise self._no_times()
        rest = self._parser.finish()
        if rest:
            self.cut_off = f"{self._path} ends in the middle of message {rest[0].number}."
        piece = self._piece(rest)
        if self._last_at is not None:
            self._ended_at = self._last_at
            piece.events.append(
                Event(
                    kind=EventKind.LISTENING_STOPPED,
                    occurred_at=self._last_at,
                    key=event_key(b"listening stopped", self._last_at),
                )
            )
        yield piece

    def _piece(self, messages: Sequence[Message | Rejected]) -> Piece:
        piece = Piece()
        for message in messages:
            if isinstance(message, Rejected):
                self._rejects += 1
                piece.rejects.append(
                    Reject(source=SOURCE, reason=message.reason, raw=message.raw, line_number=message.number)
                )
            elif message.kind is MessageKind.RESPONSE:
                self._responses += 1
            elif (at := self._received_at(message)) is None:
                self._untimed.append(message)
            else:
                self._translate([*self._untimed, message], at, piece)
                self._untimed.clear()
        assert self._parser is not None
        read = self._parser.event_counts.total() + self._responses + self._rejects
        piece.messages, self._read = read - self._read, read
        return piece

    def _translate(self, messages: Sequence[Message], at: datetime, piece: Piece) -> None:
        if self._ended_at is not None:
            piece.gaps.append(_gap(self._ended_at, at))
            self._ended_at = None
        for message in messages:
            piece.events += translate(message, at, message.number)

    def _received_at(self, message: Message) -> datetime | None:
        """When it came, or about when: items of lists have no time, they came after the event before them."""
        if self._timing is not None:
            self._last_at = self._timing.received_at(message, self._rejects)
        elif stamp := message.get("Timestamp"):
            self._last_at = from_epoch(stamp) or self._last_at
        elif len(self._untimed) > MOST_UNTIMED:
            raise self._no_times()
        return self._last_at

    def _no_times(self) -> InvalidRecordingError:
        return InvalidRecordingError(
            f"The messages in {self._path} have no times: name their timing file with --timing, "
            "or set timestampevents=yes in manager.conf for the next recording."
        )


def _gap(ended_at: datetime, began_at: datetime) -> Gap:
    """Between the end of one connection and the beginning of the next nobody listened."""
    return Gap(began_at=ended_at, ended_at=max(began_at, ended_at), reason=NOT_RECORDED)
