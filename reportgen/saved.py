"""Reports that people keep under names of their own, with filters, columns, order and period.

What was asked is kept in the reader's words and read anew each time, with the rights of whoever opens it.
What does not exist for him, or is somebody else's and not shared, is not there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from reportgen.access.audit import act_as
from reportgen.access.editions import may_run
from reportgen.access.roles import Action, Principal
from reportgen.asked import Asked
from reportgen.errors import ForbiddenError, NameTakenError, UnknownSavedReportError
from store.connect import Connection, sentences


@dataclass(frozen=True, slots=True)
class SavedReport:
    saved_report_id: UUID
    name: str
    report: str
    """Slug of the catalogue."""
    asked: Asked
    shared: bool
    """Whether everybody of the tenant who may run the report sees it."""
    owner: str
    """Name of the account."""
    own: bool
    """Whether it is the reader's."""
    changed_at: datetime


def saved_reports(connection: Connection, principal: Principal) -> list[SavedReport]:
    """The reader's own and those that others share, by name; none that the reader may not run."""
    with _for(connection, principal):
        rows = connection.execute(
            "SELECT * FROM report.saved_reports(%s)", (principal.account_id,)
        ).fetchall()
    return [
        SavedReport(saved_id, name, report, Asked.from_json(asked), *others)
        for saved_id, name, report, asked, *others in rows
        if may_run(principal, report)
    ]


def find_saved(connection: Connection, principal: Principal, saved_report_id: str | UUID) -> SavedReport:
    """Raises UnknownSavedReportError when there is none for this reader."""
    for saved in saved_reports(connection, principal):
        if str(saved.saved_report_id) == str(saved_report_id):
            return saved
    raise UnknownSavedReportError


def save(
    connection: Connection, principal: Principal, name: str, report: str, asked: Asked, *, shared: bool
) -> UUID:
    """Keeps what was asked under a name.

    Raises:
        ForbiddenError: the reader has no account that could own it.
        NameTakenError: the reader has one of that name.
    """
    with _for(connection, principal):
        row = connection.execute(
            "SELECT report.save_report(%s, %s, %s, %s, %s)",
            (principal.account_id, name, report, Jsonb(asked.as_json()), shared),
        ).fetchone()
    if row is None or row[0] is None:
        raise ForbiddenError
    found = row[0]
    assert isinstance(found, UUID)
    return found


def change(
    connection: Connection, principal: Principal, saved: SavedReport, name: str, asked: Asked, *, shared: bool
) -> None:
    """Of the reader's own, or as administrator of one that is shared.

    Raises:
        ForbiddenError: it is shared by somebody else, and not the reader's to change.
        NameTakenError: its owner has another of that name.
    """
    with _for(connection, principal):
        row = connection.execute(
            "SELECT report.change_saved_report(%s, %s, %s, %s, %s, %s)",
            (
                saved.saved_report_id,
                principal.account_id,
                _watches(principal),
                name,
                Jsonb(asked.as_json()),
                shared,
            ),
        ).fetchone()
    _must_be_done(row)


def delete(connection: Connection, principal: Principal, saved: SavedReport) -> None:
    """Raises ForbiddenError when it is shared by somebody else, and not the reader's to delete."""
    with _for(connection, principal):
        row = connection.execute(
            "SELECT report.delete_saved_report(%s, %s, %s)",
            (saved.saved_report_id, principal.account_id, _watches(principal)),
        ).fetchone()
    _must_be_done(row)


def may_change(principal: Principal, saved: SavedReport) -> bool:
    return saved.own or (saved.shared and _watches(principal))


def _watches(principal: Principal) -> bool:
    return principal.may(Action.MANAGE_ACCOUNTS)


def _must_be_done(row: tuple[object, ...] | None) -> None:
    if row is None or not row[0]:
        raise ForbiddenError


@contextmanager
def _for(connection: Connection, principal: Principal) -> Iterator[None]:
    """A transaction in which the principal acts within its tenant."""
    try:
        with sentences(), connection.transaction():
            connection.execute(
                "SELECT set_config('gespreksrapportage.tenant', %s, true), "
                "set_config('gespreksrapportage.role', %s, true)",
                (str(principal.tenant_id or ""), principal.role.value),
            )
            act_as(connection, principal.name, principal.account_id)
            yield
    except psycopg.errors.UniqueViolation as error:
        raise NameTakenError from error
