"""The demo company's past, brought in while the demo already runs: newest days first."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from gespreksrapportage.services import Say, command, end
from simulator.tenant_file import PBX, TENANT

LONGEST_PIECE = 14
"""Days in one import: from one day the pieces grow to this, so that the newest are there at once."""


class History(threading.Thread):
    """Writes the days that are missing and imports them; says how far it is.

    Which days are in the database is kept in `directory`, so that a later start goes on from there.

    Args:
        directory: for the recordings, which are deleted once imported.
        today: the company's; its past hours are imported too.
        days: how many days back from today.
        environment: with the exporter's login.
        say: told of each piece.
    """

    def __init__(
        self, directory: Path, today: date, days: int, environment: Mapping[str, str], say: Say
    ) -> None:
        super().__init__(name="history", daemon=True)
        self._directory = directory
        self._today = today
        self._days = days
        self._environment = {**os.environ, **environment}
        self._say = say
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._log = directory / "history.log"
        self._list = directory / "imported.json"
        directory.mkdir(parents=True, exist_ok=True)

    def run(self) -> None:
        done = self._imported()
        wanted = [self._today - timedelta(days=offset) for offset in range(1, self._days + 1)]
        missing = [day for day in wanted if day not in done]
        if not self._bring([self._today], "--until-now"):
            return
        for piece in pieces(missing):
            if not self._bring(piece):
                return
            done |= set(piece)
            self._list.write_text(json.dumps(sorted(day.isoformat() for day in done)), encoding="utf-8")
            have = sum(day in done for day in wanted)
            self._say(f"History: {have} of {self._days} days.")

    def stop(self) -> None:
        """Ends what is under way; what was imported stays."""
        self._stopping.set()
        process = self._process
        if process is not None:
            with suppress(ProcessLookupError):
                process.terminate()
        if self.is_alive():
            self.join()

    def _imported(self) -> set[date]:
        if not self._list.exists():
            return set()
        return {date.fromisoformat(day) for day in json.loads(self._list.read_text(encoding="utf-8"))}

    def _bring(self, days: Sequence[date], *options: str) -> bool:
        first, last = min(days), max(days)
        span = ("--from", first.isoformat(), "--to", last.isoformat())
        if not self._execute("simulate", "history", *span, "-o", str(self._directory), *options):
            return False
        files = sorted(self._directory.glob("*.ami.gz"))
        place = ("--tenant", TENANT, "--pbx", PBX, "--format", "ami")
        imported = self._execute("import", *place, *map(str, files))
        if imported:
            for file in files:
                file.unlink()
        return imported

    def _execute(self, *arguments: str) -> bool:
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                command(*arguments),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,
            )
            if self._stopping.is_set():
                self._process.terminate()
                end(self._process, 5)
        code = self._process.wait()
        if code and not self._stopping.is_set():
            self._say(f"The history stops here: {arguments[0]} ended with code {code}; see {self._log}.")
        return code == 0 and not self._stopping.is_set()


def pieces(days: Sequence[date]) -> Iterator[list[date]]:
    """Cuts days (newest first) into pieces that grow; no piece spans a day that is not in it."""
    piece: list[date] = []
    size = 1
    for day in days:
        if piece and (len(piece) == size or piece[-1] - day != timedelta(days=1)):
            yield piece
            piece, size = [], min(size * 3, LONGEST_PIECE)
        piece.append(day)
    if piece:
        yield piece
