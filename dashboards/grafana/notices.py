"""Whose own boards have changed, as the database tells it the moment it happens."""

import logging
import time
from types import TracebackType

import psycopg

from store.connect import Connection, connect
from store.errors import UserError

log = logging.getLogger(__name__)

CHANNEL = "gespreksrapportage_own_boards"
"""Its payload is the number of an account."""
GATHERED_SECONDS = 0.1
"""Several changes that one page makes are one."""


class Notices:
    """Listens; what was told while nobody could listen is found by the next round, which looks at all."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._listener: Connection | None = None

    def __enter__(self) -> "Notices":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._close()

    def wait(self, seconds: float) -> set[int]:
        """The accounts that were told of; returns as soon as there is one, at the latest after `seconds`."""
        until = time.monotonic() + seconds
        try:
            listener = self._listening()
            told = [notice.payload for notice in listener.notifies(timeout=seconds, stop_after=1)]
            if told:
                told += [notice.payload for notice in listener.notifies(timeout=GATHERED_SECONDS)]
        except (UserError, psycopg.Error) as error:
            log.warning("%s", str(error).strip())
            self._close()
            time.sleep(max(0.0, until - time.monotonic()))
            return set()
        # Any login may tell anything.
        return {int(each) for each in told if each.isdecimal() and len(each) < 10}

    def _listening(self) -> Connection:
        if self._listener is None:
            self._listener = connect(self._url, "grafana notices", autocommit=True)
            self._listener.execute(f"LISTEN {CHANNEL}")
        return self._listener

    def _close(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
