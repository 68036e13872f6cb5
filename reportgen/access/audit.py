"""The audit trail: what everybody did. Changes of users, rights and organisation the database adds itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from reportgen.access.roles import Principal
from reportgen.run import Question, Tally
from store.connect import Connection, sentences

ENTRIES_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Entry:
    audit_id: int
    occurred_at: datetime
    actor: str
    address: str | None
    action: str
    object: str
    """What kind of thing it was done to: "report", "session", or the name of a table."""
    name: str | None
    details: Mapping[str, Any]


def record_report(
    connection: Connection,
    principal: Principal,
    slug: str,
    details: Mapping[str, Any],
    *,
    address: str | None = None,
) -> None:
    """Keeps that a report was run, by whom, and what came out: format, period, filters, rows, mailed to."""
    record(connection, principal, "run", "report", slug, details, address=address)


def record(
    connection: Connection,
    principal: Principal,
    action: str,
    kind: str,
    name: str,
    details: Mapping[str, Any],
    *,
    address: str | None = None,
) -> None:
    """Keeps something that somebody did to a thing of a kind, where no change in the database tells of it."""
    who = (principal.tenant_id, principal.account_id, principal.name, address)
    with sentences(), connection.transaction():
        connection.execute(
            "SELECT report.record_audit(%s, %s, %s, %s, %s, %s, %s, %s)",
            (*who, action, kind, name, Jsonb(dict(details))),
        )


def run_details(question: Question, form: str, tally: Tally, *, whole: bool) -> dict[str, Any]:
    """What a report's entry says; moments are ISO 8601.

    Args:
        whole: all of it was given out; otherwise the reader went away, or it failed.
    """
    period = question.period
    return {
        "format": form,
        "from": period.first_day.isoformat(),
        "to": period.last_day.isoformat(),
        "filters": {each.filter.name: each.words for each in question.selections},
        **(
            {}
            if question.drill is None
            else {"figure": question.drill.figure, "of": dict(question.drill.key)}
        ),
        "rows": tally.rows,
        "whole": whole,
    }


def record_sign_in(connection: Connection, account_id: int | None, address: str, action: str) -> None:
    """Keeps what became of an attempt to sign in; in the caller's transaction."""
    connection.execute("SELECT report.record_sign_in(%s, %s, %s)", (account_id, address, action))


def record_session(connection: Connection, session_hash: bytes, action: str) -> None:
    """Keeps what became of a session or of a code given in it; in the caller's transaction."""
    connection.execute("SELECT report.record_session(%s, %s)", (session_hash, action))


def act_as(connection: Connection, name: str, account_id: int | None = None) -> None:
    """Names who makes the changes of this transaction."""
    connection.execute(
        "SELECT set_config('gespreksrapportage.actor', %s, true), "
        "set_config('gespreksrapportage.account', %s, true)",
        (name, "" if account_id is None else str(account_id)),
    )


def trail(
    connection: Connection,
    tenant_id: int,
    *,
    first_at: datetime | None = None,
    end_at: datetime | None = None,
    before_id: int | None = None,
    most: int | None = None,
    role: str | None = None,
) -> Iterator[Entry]:
    """A tenant's entries, newest first.

    Args:
        role: of the reader: whether numbers are masked; None: as whoever sees least of them.
        before_id: only entries older than this one: the next page.
        most: at most so many; None: all of them.
    """
    while most is None or most > 0:
        page = ENTRIES_AT_A_TIME if most is None else min(most, ENTRIES_AT_A_TIME)
        entries = _page(connection, tenant_id, role, before_id, first_at, end_at, page)
        yield from entries
        if len(entries) < page:
            return
        before_id = entries[-1].audit_id
        most = None if most is None else most - len(entries)


def _page(
    connection: Connection,
    tenant_id: int,
    role: str | None,
    before_id: int | None,
    first_at: datetime | None,
    end_at: datetime | None,
    most: int,
) -> list[Entry]:
    with sentences(), connection.transaction():
        connection.execute(
            "SELECT set_config('gespreksrapportage.tenant', %s, true), "
            "set_config('gespreksrapportage.scope', '', true), "
            "set_config('gespreksrapportage.role', %s, true)",
            (str(tenant_id), role or ""),
        )
        rows = connection.execute(
            "SELECT * FROM report.audit_trail(%s, %s, %s, %s)", (before_id, first_at, end_at, most)
        ).fetchall()
    return [Entry(*row) for row in rows]
