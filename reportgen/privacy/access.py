"""Everything that is kept about a number or a user, for whoever asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from reportgen.privacy.erasure import UnknownPersonError, read_number
from store.connect import Connection, sentences
from store.personal import Table
from store.personal_data import TABLES

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is kept about somebody."""

    about: str
    """The number (E.164), or the reference of a user."""
    made_at: datetime
    rows: Mapping[str, Rows]
    """Table → its rows; only tables that have any."""

    def as_json(self) -> dict[str, Any]:
        """For programs: moments as ISO 8601, in UTC."""
        return {"about": self.about, "made_at": self.made_at.isoformat(), "tables": dict(self.rows)}


def about_number(
    connection: Connection, tenant_id: int, text: str, region: str, *, now: datetime, actor: str | None = None
) -> Disclosure:
    """Everything about a number, in the caller's transaction; that it was given out is kept as evidence.

    Raises:
        NoNumberError: it is none.
    """
    subject = read_number(text, region)
    rows = _rows(connection, tenant_id, subject.spelled, subject.digits, None)
    _record(connection, tenant_id, "number", subject.number, actor, rows)
    return Disclosure(subject.number, now, rows)


def about_person(
    connection: Connection, tenant_id: int, reference: str, *, now: datetime, actor: str | None = None
) -> Disclosure:
    """Everything about a user.

    Raises:
        UnknownPersonError: there is none of this reference.
    """
    with sentences():
        row = connection.execute("SELECT privacy.person_of(%s, %s)", (tenant_id, reference)).fetchone()
    if row is None or row[0] is None:
        raise UnknownPersonError(reference)
    rows = _rows(connection, tenant_id, None, None, row[0])
    _record(connection, tenant_id, "person", reference, actor, rows)
    return Disclosure(reference, now, rows)


def _rows(
    connection: Connection, tenant_id: int, spelled: str | None, digits: str | None, person_id: int | None
) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    with sentences():
        for name, table in TABLES.items():
            if table.personal:
                rows = connection.execute(
                    "SELECT * FROM privacy.rows_about(%s, %s, %s, %s, %s, %s, %s)",
                    (tenant_id, name, Jsonb(_columns(table)), table.at, spelled, digits, person_id),
                ).fetchall()
                if rows:
                    found[name] = [row for (row,) in rows]
    return found


def _columns(table: Table) -> dict[str, list[str]]:
    """Kind of personal data → columns."""
    kinds: dict[str, list[str]] = {}
    for column, kind in table.personal.items():
        kinds.setdefault(kind.value, []).append(column)
    return kinds


def _record(
    connection: Connection,
    tenant_id: int,
    kind: str,
    secret: str,
    actor: str | None,
    rows: Mapping[str, Rows],
) -> None:
    counts = {table: len(found) for table, found in rows.items()}
    with sentences():
        connection.execute(
            "SELECT privacy.record_disclosure(%s, %s, %s, %s, %s)",
            (tenant_id, kind, secret, actor, Jsonb(counts)),
        )
