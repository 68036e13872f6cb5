"""Files of which each line is a record: the good ones become events, the others are kept aside."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from exporter.batch import Reject
from exporter.errors import InvalidRecordingError
from exporter.files.reading import Piece, opened
from store.event import Event, event_key

PIECE_LINES = 1_000

Record = tuple[datetime, list[dict[str, Any]]]
"""When it happened (UTC), and each event's fields; "ago" is how many seconds before that an event was."""


class LineError(ValueError):
    """Why a line cannot be read."""


def pieces(path: Path, source: str, read: Callable[[str], Record | None]) -> Iterator[Piece]:
    """Everything in a file, a thousand lines at a time.

    Args:
        path: the file, plain or gzip.
        source: name of the format, for what is kept aside.
        read: what a line says; None for one that says nothing, LineError for one that cannot be read.

    Raises:
        InvalidRecordingError: the file cannot be read.
    """
    piece = Piece()
    try:
        with opened(path) as file:
            for number, line in enumerate(file, start=1):
                _read_into(piece, source, read, number, line.rstrip(b"\r\n"))
                if piece.messages == PIECE_LINES:
                    yield piece
                    piece = Piece()
    except InvalidRecordingError:
        yield piece
        raise
    yield piece


def _read_into(
    piece: Piece, source: str, read: Callable[[str], Record | None], number: int, raw: bytes
) -> None:
    if not raw:
        return
    piece.messages += 1
    try:
        record = read(raw.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}"))
    except (LineError, csv.Error) as error:
        piece.rejects.append(Reject(source=source, reason=str(error), raw=raw, line_number=number))
    else:
        if record is not None:
            piece.events += _events(raw, *record)


def _events(raw: bytes, occurred_at: datetime, said: list[dict[str, Any]]) -> Iterator[Event]:
    for part, fields in enumerate(said):
        at = occurred_at - timedelta(seconds=fields.pop("ago", 0.0))
        yield Event(occurred_at=at, key=event_key(raw, at, part), raw=b"" if part else raw, **fields)
