"""Hands what waits in the outbox to the database, in order, for as long as it takes."""

import logging
import threading
from datetime import UTC, datetime

import psycopg

from exporter.event_writer import write_batches
from exporter.outbox import Outbox
from exporter.statistics import Statistics
from store.connect import Connection, connect, sentences
from store.errors import UserError

log = logging.getLogger(__name__)

BATCHES = 10
"""Batches in one transaction: after an outage larger transactions catch up sooner."""
FIRST_DELAY = 0.5
LONGEST_DELAY = 15.0


class Delivery:
    """A thread that moves batches from the outbox to the database.

    A database that is away, or refuses, is tried again with growing delays; the outbox keeps everything.
    """

    def __init__(self, outbox: Outbox, database_url: str, statistics: Statistics) -> None:
        self._outbox = outbox
        self._url = database_url
        self._statistics = statistics
        self._connection: Connection | None = None
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._delay = FIRST_DELAY
        self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is something in the outbox."""
        self._wake.set()

    def stop(self, deadline: float) -> bool:
        """Hands over what still waits, for at most `deadline` seconds; the rest stays in the outbox.

        Returns:
            Whether the thread has ended; if not, it still uses the outbox.
        """
        self._stopping.set()
        self._wake.set()
        self._thread.join(deadline)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            self._wake.clear()
            handed_over = self._try_to_hand_over()
            if self._stopping.is_set() and not handed_over:
                break
            if not handed_over and self._statistics.database_available:
                self._wake.wait(1.0)
        if self._connection is not None:
            self._connection.close()

    def _try_to_hand_over(self) -> bool:
        """Whether something was handed over; False when nothing waits or it did not work."""
        try:
            with sentences():
                handed_over = self._hand_over()
        except (UserError, psycopg.Error) as error:
            self._failed(error)
            return False
        if not self._statistics.database_available:
            log.info("The database takes events again.")
        self._statistics.database_available = True
        self._delay = FIRST_DELAY
        return handed_over

    def _hand_over(self) -> bool:
        waiting = self._outbox.oldest(BATCHES)
        if not waiting:
            return False
        if self._connection is None:
            self._connection = connect(self._url, "exporter")
        written = write_batches(self._connection, [one.batch for one in waiting])
        self._outbox.remove(waiting[-1].batch_id)
        self._statistics.stored_events += written.new_events
        age = datetime.now(UTC) - waiting[0].batch.received_at
        self._statistics.lag_seconds = max(age.total_seconds(), 0.0)
        return True

    def _failed(self, error: Exception) -> None:
        if self._statistics.database_available:
            log.warning("%s Events wait in the outbox meanwhile.", error)
        self._statistics.database_available = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._stopping.wait(self._delay)
        self._delay = min(self._delay * 2, LONGEST_DELAY)
