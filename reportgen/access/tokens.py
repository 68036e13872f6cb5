"""Tokens, by which programs ask: each for one tenant, or a part of it.

The secrets are 32 random bytes; the database holds their SHA-256 only. A slow password hash would add
nothing: there is no guessing 256 bits.
"""

import hashlib
import secrets

from store.connect import Connection, sentences
from store.errors import UserError
from store.organisation import load_tenant


def create_token(
    connection: Connection, tenant_slug: str, *, name: str, days: int, scope: str | None = None
) -> str:
    """Makes a token and returns it; afterwards nobody can see it again.

    Args:
        scope: name of the part of the tenant that it opens; None: all of it.

    Raises:
        UnknownTenantError: there is no such tenant.
        UserError: the tenant has no such scope.
    """
    token = secrets.token_urlsafe(32)
    with sentences(), connection.transaction():
        tenant_id = load_tenant(connection, tenant_slug).tenant_id
        made = connection.execute(
            """
            INSERT INTO store.api_token (token_hash, tenant_id, name, expires_at, scope_id)
            SELECT %(hash)s, %(tenant)s, %(name)s, now() + make_interval(days => %(days)s), scope_id
            FROM (SELECT NULL::integer AS scope_id WHERE %(scope)s::text IS NULL
                  UNION ALL
                  SELECT scope_id FROM store.access_scope
                  WHERE tenant_id = %(tenant)s AND name = %(scope)s) AS one
            """,
            {"hash": digest(token), "tenant": tenant_id, "name": name, "days": days, "scope": scope},
        ).rowcount
    if made == 0:
        raise UserError(f'Tenant "{tenant_slug}" has no scope "{scope}".')
    return token


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()
