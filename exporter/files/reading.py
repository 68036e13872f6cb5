"""What every importer of files shares: opening them and handing over what was read, piece by piece."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import cast

import msgspec

from exporter.batch import Gap, Reject
from exporter.errors import InvalidRecordingError
from store.event import Event

GZIP_MAGIC = b"\x1f\x8b"


class Piece(msgspec.Struct, kw_only=True):
    """What a stretch of a file gave."""

    messages: int = 0
    """How many messages or lines were read."""
    events: list[Event] = []
    rejects: list[Reject] = []
    gaps: list[Gap] = []


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """The file's content, unpacked where it is gzip.

    Raises:
        InvalidRecordingError: there is no such file, it may not be read, or its compression is broken.
    """
    try:
        with path.open("rb") as plain:
            is_packed = plain.read(2) == GZIP_MAGIC
        with cast("BufferedReader", gzip.open(path, "rb")) if is_packed else path.open("rb") as file:
            yield file
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InvalidRecordingError(
            f"{path} is cut off or damaged: what could be unpacked was imported, the rest was not."
        ) from error
    except OSError as error:
        raise InvalidRecordingError(f"{path} cannot be read: {error.strerror or error}.") from error


def from_epoch(text: str) -> datetime | None:
    """The time (UTC) that a count of seconds since 1970 stands for; None when the text is no such count."""
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None
