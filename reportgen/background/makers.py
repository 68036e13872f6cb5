"""Makes the reports that are in the queue, in threads of a service.

A maker claims a run in the database and shows every second that it lives. A run whose maker is gone is taken
up by another, on whatever machine; one that was cancelled is noticed with the next sign of life.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from reportgen.access.audit import record_report, run_details
from reportgen.access.roles import Principal, Role
from reportgen.asked import Asked
from reportgen.background.files import Results
from reportgen.catalogue import find_report
from reportgen.errors import ReportError
from reportgen.render.outputs import Output, blocks
from reportgen.run import Question, Tally, load_tenant
from reportgen.texts import Language, _
from reportgen.units import Writer
from store.connect import Connection, sentences
from store.errors import UserError

log = logging.getLogger(__name__)

LONGEST_SECONDS = 1800
"""Of one statement."""
BEAT_SECONDS = 1.0
LOST_AFTER = timedelta(seconds=30)
MOST_CLAIMS = 3
ENDED_OFTEN = _("The service that made the report ended several times; ask for less at once.")
BROKE = _("The report could not be made; those who run the service can read why in its log.")
IDLE_SECONDS = 2.0
SWEEP_SECONDS = 60.0
SECONDS_TO_END = 10.0


class StoppedError(Exception):
    """What is being made is no longer wanted, or not from here."""


class WatchedTally(Tally):
    """Ends the making of a report at its next row."""

    stopped = False

    def add(self, rows: int) -> None:
        super().add(rows)
        if self.stopped:
            raise StoppedError


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that is ours to make."""

    run_id: UUID
    claim_id: UUID
    tenant_id: int
    scope_id: int | None
    account_id: int | None
    actor: str
    address: str
    report: str
    asked: dict[str, Any]
    form: str
    flavour: Any
    language: str


class Makers:
    """Threads that take from the queue until they are stopped."""

    def __init__(
        self,
        pool: ConnectionPool[Connection],
        results: Results,
        clock: Callable[[], datetime],
        count: int,
    ) -> None:
        self._pool, self._results, self._clock = pool, results, clock
        self._wanted, self._stopping = threading.Event(), threading.Event()
        self._tallies: dict[UUID, tuple[WatchedTally, Connection]] = {}
        self._swept = 0.0
        self._threads = [
            threading.Thread(target=self._work, name=f"maker {place}", daemon=True) for place in range(count)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Something was put in the queue."""
        self._wanted.set()

    def stop(self) -> None:
        """Gives back what is being made, and ends the threads."""
        self._stopping.set()
        self._wanted.set()
        for claim_id in list(self._tallies):
            self._end(claim_id)
        deadline = time.monotonic() + SECONDS_TO_END
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        while not self._stopping.is_set():
            if not self._made_one():
                self._wanted.wait(IDLE_SECONDS)
                self._wanted.clear()

    def _made_one(self) -> bool:
        """Whether there was a run to make; whatever goes wrong with it, the thread lives on for the next."""
        try:
            self._sweep()
            claim = self._claim()
            if claim is not None:
                self._make(claim)
        except UserError as error:
            log.warning("Reports in the background wait: %s", error)
            return False
        except Exception:
            log.exception("a maker of reports was interrupted")
            return False
        return claim is not None

    def _sweep(self) -> None:
        if time.monotonic() - self._swept > SWEEP_SECONDS or not self._swept:
            self._swept = time.monotonic()
            try:
                with self._connection() as connection:
                    self._results.sweep(connection)
            except OSError:
                log.exception("the directory of finished reports cannot be tidied")

    def _claim(self) -> Claim | None:
        with self._connection() as connection:
            row = connection.execute(
                "SELECT * FROM report.claim_run(%s, %s, %s)", (LOST_AFTER, MOST_CLAIMS, ENDED_OFTEN)
            ).fetchone()
        return None if row is None else Claim(*row)

    def _make(self, claim: Claim) -> None:
        tally = WatchedTally()
        problem: str | None = None
        values: dict[str, object] = {}
        ended = threading.Event()
        try:
            with self._connection() as connection:
                self._tallies[claim.claim_id] = (tally, connection)
                beating = threading.Thread(target=self._beat, args=(claim, tally, ended), daemon=True)
                beating.start()
                try:
                    self._write(connection, claim, tally)
                finally:
                    ended.set()
                    beating.join()
        except StoppedError:
            pass
        except ReportError as error:
            problem, values = error.source, error.values
        except Exception:
            # Also errors whose own words are for those who run the service: they name the database's address.
            log.exception("a report in the background failed")
            problem = BROKE
        finally:
            self._tallies.pop(claim.claim_id, None)
        self._finish(claim, tally, problem, values)

    def _write(self, connection: Connection, claim: Claim, tally: WatchedTally) -> None:
        question = self._question(connection, claim)
        writer = Writer(Language(claim.language), question.tenant.time_zone, question.tenant.region)
        parts = blocks(
            connection,
            question,
            writer,
            Output(claim.form, claim.flavour),
            now=self._clock(),
            made_by=claim.actor,
            seconds=LONGEST_SECONDS,
            tally=tally,
        )
        whole = False
        try:
            with closing(parts), self._results.writing(claim.run_id, claim.claim_id) as file:
                for block in parts:
                    tally.add(0)
                    file.write(block)
            whole = True
        finally:
            with self._connection() as other:
                self._record(other, claim, question, tally, whole=whole)

    def _question(self, connection: Connection, claim: Claim) -> Question:
        role = connection.execute("SELECT report.role_of_account(%s)", (claim.account_id,)).fetchone()
        connection.rollback()
        tenant = replace(
            load_tenant(connection, claim.tenant_id),
            scope_id=claim.scope_id,
            role=role[0] if role else None,
        )
        return Asked.from_json(claim.asked).question(find_report(claim.report), tenant, self._clock())

    def _record(
        self, connection: Connection, claim: Claim, question: Question, tally: Tally, *, whole: bool
    ) -> None:
        principal = Principal(claim.actor, Role.USER, claim.tenant_id, account_id=claim.account_id)
        details = run_details(question, claim.form, tally, whole=whole)
        record_report(connection, principal, claim.report, details, address=claim.address)

    def _finish(
        self, claim: Claim, tally: WatchedTally, problem: str | None, values: dict[str, object]
    ) -> None:
        try:
            with self._connection() as connection:
                if tally.stopped:
                    connection.execute("SELECT report.release_run(%s)", (claim.claim_id,))
                    return
                shown = {name: str(value) for name, value in values.items()}
                size = self._results.size(claim.run_id) if problem is None else None
                row = connection.execute(
                    "SELECT report.finish_run(%s, %s, %s, %s, %s)",
                    (claim.claim_id, tally.rows, size, problem, Jsonb(shown)),
                ).fetchone()
            if row is None or not row[0]:
                self._results.remove(claim.run_id)
        except UserError as error:
            log.warning("A report in the background will be taken up again: %s", error)

    def _beat(self, claim: Claim, tally: WatchedTally, ended: threading.Event) -> None:
        while not ended.wait(BEAT_SECONDS):
            try:
                with self._connection() as connection:
                    row = connection.execute(
                        "SELECT report.beat_run(%s, %s, %s)", (claim.claim_id, tally.rows, tally.row_count)
                    ).fetchone()
            except (UserError, psycopg.Error):
                continue
            if row is not None and not row[0]:
                self._end(claim.claim_id)

    def _end(self, claim_id: UUID) -> None:
        found = self._tallies.get(claim_id)
        if found is not None:
            tally, connection = found
            tally.stopped = True
            connection.cancel_safe()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with sentences(), self._pool.connection() as connection:
            yield connection
