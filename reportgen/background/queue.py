"""The queue of reports that are made in the background, as far as those see it who ask for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from reportgen.access.roles import Principal
from reportgen.asked import Asked
from reportgen.errors import ForbiddenError, TooManyRunsError, UnknownRunError
from reportgen.render.outputs import Output
from reportgen.run import Question
from reportgen.texts import Language
from store.connect import Connection, sentences

LIFETIME = timedelta(days=1)
"""How long a result can be fetched."""
MOST_OPEN = 20
"""Runs of one tenant that wait or are being made at a time."""

State = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Run:
    """A report that somebody wants as a file."""

    run_id: UUID
    report: str
    """Slug of the catalogue."""
    asked: Asked
    output: Output
    state: State
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime
    rows_done: int
    rows_total: int | None
    """None while it is not known."""
    size_bytes: int | None
    problem: str | None
    """Why it failed: English source of a sentence."""
    problem_values: dict[str, Any]

    @property
    def is_open(self) -> bool:
        return self.state in ("waiting", "running")


def request_run(
    connection: Connection,
    principal: Principal,
    question: Question,
    asked: Asked,
    output: Output,
    language: Language,
    *,
    address: str,
) -> UUID:
    """Puts a report in the queue; its days are those of now, also when midnight passes meanwhile.

    Raises:
        TooManyRunsError: the tenant has as many open as it may.
    """
    with _for(connection, principal):
        row = connection.execute(
            "SELECT report.request_run(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                _owner(principal),
                principal.account_id,
                principal.name,
                address,
                question.report.slug,
                Jsonb(asked.on_days_of(question.period).as_json()),
                output.form,
                output.flavour,
                language.value,
                LIFETIME,
                MOST_OPEN,
            ),
        ).fetchone()
    if row is None or row[0] is None:
        raise TooManyRunsError(MOST_OPEN)
    found = row[0]
    assert isinstance(found, UUID)
    return found


def runs_of(connection: Connection, principal: Principal) -> list[Run]:
    """The principal's own, newest first."""
    with _for(connection, principal), connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute("SELECT * FROM report.runs_of(%s)", (_owner(principal),)).fetchall()
    return [
        Run(
            run_id=row["run_id"],
            report=row["report"],
            asked=Asked.from_json(row["asked"]),
            output=Output(row["form"], row["flavour"]),
            problem_values=row["problem_values"] or {},
            **{name: row[name] for name in _AS_THEY_ARE},
        )
        for row in rows
    ]


_AS_THEY_ARE = (
    *("state", "created_at", "finished_at", "expires_at"),
    *("rows_done", "rows_total", "size_bytes", "problem"),
)


def find_run(connection: Connection, principal: Principal, run_id: str | UUID) -> Run:
    """Raises UnknownRunError when the principal has none of that identity."""
    for run in runs_of(connection, principal):
        if str(run.run_id) == str(run_id):
            return run
    raise UnknownRunError


def cancel_run(connection: Connection, principal: Principal, run: Run) -> None:
    """Ends what is open: whoever makes it stops within a second."""
    with _for(connection, principal):
        connection.execute("SELECT report.cancel_run(%s, %s)", (run.run_id, _owner(principal)))


def delete_run(connection: Connection, principal: Principal, run: Run) -> None:
    """Forgets what is no longer open; its file goes with it."""
    with _for(connection, principal):
        connection.execute("SELECT report.delete_run(%s, %s)", (run.run_id, _owner(principal)))


def _owner(principal: Principal) -> str:
    if principal.account_id is not None:
        return f"account {principal.account_id}"
    if principal.token is not None:
        return f"token {principal.token}"
    raise ForbiddenError


@contextmanager
def _for(connection: Connection, principal: Principal) -> Iterator[None]:
    scope = "" if principal.scope_id is None else str(principal.scope_id)
    with sentences(), connection.transaction():
        connection.execute(
            "SELECT set_config('gespreksrapportage.tenant', %s, true), "
            "set_config('gespreksrapportage.scope', %s, true)",
            (str(principal.tenant_id or ""), scope),
        )
        yield
