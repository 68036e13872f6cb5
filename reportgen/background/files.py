"""The files that come out of the background, in one directory that all services of an installation share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from store.connect import Connection, sentences


class Results:
    """A directory that belongs to this installation alone: files in it that nobody waits for are removed."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.directory = directory

    def path(self, run_id: UUID) -> Path:
        return self.directory / str(run_id)

    @contextmanager
    def writing(self, run_id: UUID, claim_id: UUID) -> Iterator[BinaryIO]:
        """A file that is there only once it is whole."""
        partial = self.directory / f"{run_id}.{claim_id}"
        try:
            with partial.open("wb") as file:
                yield file
            partial.replace(self.path(run_id))
        finally:
            partial.unlink(missing_ok=True)

    def size(self, run_id: UUID) -> int | None:
        """Bytes; None when the file is not there (any more)."""
        try:
            return self.path(run_id).stat().st_size
        except FileNotFoundError:
            return None

    def remove(self, run_id: UUID) -> None:
        self.path(run_id).unlink(missing_ok=True)

    def sweep(self, connection: Connection) -> None:
        """Removes runs that are too old, and the files of those that are gone."""
        files = {path: _run_of(path) for path in self.directory.iterdir()}
        with sentences(), connection.transaction():
            row = connection.execute(
                "SELECT report.keep_runs(%s::uuid[])", (list({run for run in files.values() if run}),)
            ).fetchone()
        wanted = set(row[0]) if row is not None else set()
        for path, run_id in files.items():
            if run_id is not None and run_id not in wanted:
                path.unlink(missing_ok=True)


def _run_of(path: Path) -> UUID | None:
    try:
        return UUID(path.name.partition(".")[0])
    except ValueError:
        return None
