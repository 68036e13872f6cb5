"""Who may ask for reports: tokens, each for one tenant, and the browser sessions that they open.

The secrets are 32 random bytes; the database holds their SHA-256 only. A slow password hash would add
nothing: there is no guessing 256 bits.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from store.connect import Connection, sentences
from store.errors import UnknownTenantError

SESSION_LIFETIME = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose token or session it is."""

    tenant_id: int
    name: str


def create_token(connection: Connection, tenant_slug: str, *, name: str, days: int) -> str:
    """Makes a token and returns it; afterwards nobody can see it again.

    Raises:
        UnknownTenantError: there is no such tenant.
    """
    token = secrets.token_urlsafe(32)
    with sentences(), connection.transaction():
        made = connection.execute(
            """
            INSERT INTO store.api_token (token_hash, tenant_id, name, expires_at)
            SELECT %s, tenant_id, %s, now() + make_interval(days => %s) FROM store.tenant WHERE slug = %s
            """,
            (digest(token), name, days, tenant_slug),
        ).rowcount
    if made == 0:
        raise UnknownTenantError(tenant_slug)
    return token


def holder_of_token(connection: Connection, token: str) -> Holder | None:
    """None when the token is unknown or no longer valid."""
    return _holder(connection, "SELECT tenant_id, name FROM report.holder_of_token(%s)", token)


def holder_of_session(connection: Connection, session: str) -> Holder | None:
    """None when the session is unknown or over, or its token is no longer valid."""
    return _holder(connection, "SELECT tenant_id, name FROM report.holder_of_session(%s)", session)


def open_session(connection: Connection, token: str) -> str | None:
    """A new session for the holder of a token; None when the token is not valid."""
    session = secrets.token_urlsafe(32)
    with sentences(), connection.transaction():
        row = connection.execute(
            "SELECT report.open_session(%s, %s, %s)", (digest(token), digest(session), SESSION_LIFETIME)
        ).fetchone()
    return session if row and row[0] else None


def close_session(connection: Connection, session: str) -> None:
    with sentences(), connection.transaction():
        connection.execute("SELECT report.close_session(%s)", (digest(session),))


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _holder(connection: Connection, query: str, secret: str) -> Holder | None:
    with sentences(), connection.transaction():
        row = connection.execute(query.encode(), (digest(secret),)).fetchone()
    return Holder(*row) if row else None
