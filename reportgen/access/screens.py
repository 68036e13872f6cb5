"""Wall screens: devices without an account that show boards, paired by a code that they show."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import sql

from reportgen.access.roles import Principal, Role
from reportgen.access.tokens import digest
from reportgen.configuration.administration import Administration
from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection, sentences
from store.vocabulary import Edition

LONGEST_NAME = 200
CODE_LIFETIME = timedelta(minutes=10)
ATTEMPTS = 5
"""Codes are few: another device may show the same."""


class ScreenError(ReportError):
    """A wall screen cannot be paired."""

    code = "wall-screen"


class UnknownScreenError(ScreenError):
    """There is none of that number."""

    code = "unknown-screen"


@dataclass(frozen=True, slots=True)
class ScreenShown:
    screen_id: int
    name: str
    boards: Sequence[str]
    scope_id: int | None
    paired_at: datetime
    seen_at: datetime | None


def new_secret() -> str:
    """What a device is known by; it goes into its cookie and is kept nowhere else."""
    return secrets.token_urlsafe(32)


def code_of_screen(connection: Connection, secret: str, *, address: str) -> str:
    """The six digits that a waiting device shows; they are good for ten minutes.

    Raises:
        ScreenError: too many devices wait at this address.
    """
    for _attempt in range(ATTEMPTS):
        code = f"{secrets.randbelow(1_000_000):06}"
        with sentences(), connection.transaction():
            row = connection.execute(
                "SELECT report.offer_screen(%s, %s, %s, %s)", (digest(secret), code, address, CODE_LIFETIME)
            ).fetchone()
        if row is not None and row[0] is not None:
            return str(row[0])
    raise ScreenError(_("Too many screens wait for their code here; try again in ten minutes."))


def principal_of_screen(connection: Connection, secret: str) -> Principal | None:
    """None when the device waits, is unknown, or was revoked."""
    with sentences(), connection.transaction():
        row = connection.execute(
            "SELECT name, tenant_id, scope_id, boards, edition FROM report.screen_of_secret(%s)",
            (digest(secret),),
        ).fetchone()
    if row is None:
        return None
    name, tenant_id, scope_id, boards, edition = row
    return Principal(name, Role.WALL_SCREEN, tenant_id, scope_id, Edition(edition), boards=frozenset(boards))


def renew_screen(connection: Connection, secret: str) -> str | None:
    """Another secret for a device that was paired with this one; None when it has got one already."""
    renewed = new_secret()
    with sentences(), connection.transaction():
        row = connection.execute(
            "SELECT report.renew_screen(%s, %s)", (digest(secret), digest(renewed))
        ).fetchone()
    return renewed if row == (True,) else None


def pair_screen(
    administration: Administration, code: str, name: str, boards: Sequence[str], scope_id: int | None
) -> bool:
    """Lets the device that shows `code` show boards of (a part of) the tenant; whether one shows it.

    A code that fails counts: the caller's transaction must be carried out.

    Raises:
        ScreenError: too many codes failed.
    """
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise ScreenError(_("Give a name of at most {most} characters on one line."), most=LONGEST_NAME)
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit()):
        return False
    row = administration.connection.execute(
        "SELECT configuration.pair_screen(%s, %s, %s, %s)", (digits, name, scope_id, list(boards))
    ).fetchone()
    if row == ("refused",):
        raise ScreenError(_("There were too many attempts; try again in a quarter of an hour."))
    return row == ("paired",)


def screens(administration: Administration) -> list[ScreenShown]:
    """In order of their names."""
    rows = administration.connection.execute(
        sql.SQL(
            "SELECT screen_id, name, boards, scope_id, paired_at, seen_at FROM {}.wall_screen "
            "WHERE tenant_id = %s ORDER BY lower(name), screen_id"
        ).format(sql.Identifier(administration.schema)),
        (administration.tenant_id,),
    ).fetchall()
    return [ScreenShown(*row) for row in rows]


def revoke_screen(administration: Administration, screen_id: int) -> None:
    """Ends what a screen may show, at once.

    Raises:
        UnknownScreenError: there is none of that number.
    """
    gone = administration.connection.execute(
        sql.SQL("DELETE FROM {}.wall_screen WHERE tenant_id = %s AND screen_id = %s").format(
            sql.Identifier(administration.schema)
        ),
        (administration.tenant_id, screen_id),
    ).rowcount
    if gone == 0:
        raise UnknownScreenError(_("There is no such screen."))
