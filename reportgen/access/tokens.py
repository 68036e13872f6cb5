"""Tokens, by which programs ask: each for one tenant, or a part of it.

The secrets are 32 random bytes; the database holds their SHA-256 only. A slow password hash would add
nothing: there is no guessing 256 bits.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection, sentences
from store.organisation import load_tenant

LONGEST_NAME = 200


class TokenError(ReportError):
    """A token cannot be made as it is wanted."""

    code = "invalid-token-wish"


class UnknownTokenError(TokenError):
    """There is none of that number."""

    code = "unknown-token"


@dataclass(frozen=True, slots=True)
class TokenShown:
    token_id: int
    name: str
    account: str | None
    """Whose it is; None: the tenant's."""
    scope: str | None
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tokens:
    """Those of one tenant; changes are on the caller's transaction."""

    connection: Connection
    tenant_id: int
    schema: str = "store"
    """Or "configuration": for whoever may change the session's tenant only."""

    def create(self, name: str, days: int, *, scope: str | None = None, account: str | None = None) -> str:
        """Makes a token and returns it; afterwards nobody can see it again.

        Args:
            scope: name of the part of the tenant that it opens; None: all of it.
            account: the user whose it is: it may what he may, and ends with him.

        Raises:
            TokenError: the tenant has no such scope or user.
        """
        if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
            raise TokenError(_("Give a name of at most {most} characters on one line."), most=LONGEST_NAME)
        if not f"{scope or ''}{account or ''}".isprintable():
            raise TokenError(_('There is no "{text}"; add it first.'), text=scope or account)
        token = secrets.token_urlsafe(32)
        made = self._execute(
            """
            INSERT INTO {0}.api_token (token_hash, tenant_id, name, expires_at, scope_id, account_id)
            SELECT %(hash)s, %(tenant)s, %(name)s, now() + make_interval(days => %(days)s),
                   scope_id, account_id
            FROM (SELECT NULL::integer AS scope_id WHERE %(scope)s::text IS NULL
                  UNION ALL
                  SELECT scope_id FROM {0}.access_scope
                  WHERE tenant_id = %(tenant)s AND name = %(scope)s) AS wanted_scope,
                 (SELECT NULL::integer AS account_id WHERE %(account)s::text IS NULL
                  UNION ALL
                  SELECT account_id FROM {0}.account
                  WHERE tenant_id = %(tenant)s AND name = %(account)s) AS wanted_account
            """,
            {"hash": digest(token), "name": name, "days": days, "scope": scope, "account": account},
        ).rowcount
        if made == 0:
            raise TokenError(_('There is no "{text}"; add it first.'), text=scope or account)
        return token

    def all(self) -> list[TokenShown]:
        """Those that are not too old, the newest first."""
        rows = self._execute(
            """
            SELECT k.token_id, k.name, a.name, s.name, k.created_at, k.expires_at, k.last_used_at
            FROM {0}.api_token k LEFT JOIN {0}.account a USING (tenant_id, account_id)
                LEFT JOIN {0}.access_scope s ON s.tenant_id = k.tenant_id AND s.scope_id = k.scope_id
            WHERE k.tenant_id = %(tenant)s AND k.expires_at > now() ORDER BY k.token_id DESC
            """,
            {},
        ).fetchall()
        return [TokenShown(*row) for row in rows]

    def revoke(self, token_id: int) -> None:
        """Ends a token, at once.

        Raises:
            UnknownTokenError: there is none of that number.
        """
        gone = self._execute(
            "DELETE FROM {0}.api_token WHERE tenant_id = %(tenant)s AND token_id = %(id)s", {"id": token_id}
        ).rowcount
        if gone == 0:
            raise UnknownTokenError(_("There is no such token."))

    def _execute(self, query: LiteralString, values: dict[str, object]) -> psycopg.Cursor[tuple[Any, ...]]:
        statement = sql.SQL(query).format(sql.Identifier(self.schema))
        return self.connection.execute(statement, {**values, "tenant": self.tenant_id})


def create_token(
    connection: Connection, tenant_slug: str, *, name: str, days: int, scope: str | None = None
) -> str:
    """Makes a token for a login with the administrator role: see `Tokens.create`.

    Raises:
        UnknownTenantError: there is no such tenant.
        TokenError: the tenant has no such scope.
    """
    with sentences(), connection.transaction():
        tenant_id = load_tenant(connection, tenant_slug).tenant_id
        return Tokens(connection, tenant_id).create(name, days, scope=scope)


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()
