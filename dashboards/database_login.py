"""The database login that one tenant's Grafana organisation reads with.

Whoever may see a board may send any SQL through its data source, so the login itself is the boundary: it sees
the views of schema `report`, and in them the rows of its own tenant.
"""

import psycopg
from psycopg import sql

from store.connect import Connection
from store.errors import UnknownTenantError, UserError

SETTINGS = {
    "search_path": "report",
    "timezone": "UTC",
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
    "default_transaction_read_only": "on",
}
"""Defaults that keep a careless query short; a session may change them, so no protection rests on them."""
CONNECTION_LIMIT = 10
TEMPORARY_FILES = "1GB"
"""How much one session may write to disk while it sorts; this one a session cannot change."""


def ensure_viewer_login(connection: Connection, tenant_slug: str, role_name: str, password: str) -> None:
    """Makes the login `role_name` for the tenant, or gives the one that is there this password.

    The connection's own login must be allowed to make roles.

    Raises:
        UnknownTenantError: no tenant has this slug.
        UserError: the role exists and is not a viewer login of this tenant.
    """
    with connection.transaction():
        tenant = connection.execute(
            "SELECT tenant_id FROM store.tenant WHERE slug = %s", (tenant_slug,)
        ).fetchone()
        if tenant is None:
            raise UnknownTenantError(tenant_slug)
        _ensure_role(connection, role_name, tenant[0])
        role = sql.Identifier(role_name)
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {} CONNECTION LIMIT {}").format(
                role, sql.Literal(password), sql.Literal(CONNECTION_LIMIT)
            )
        )
        connection.execute(sql.SQL("GRANT gespreksrapportage_viewer TO {}").format(role))
        for name, value in SETTINGS.items():
            connection.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(role, sql.Identifier(name), sql.Literal(value))
            )
        _limit_temporary_files(connection, role)


def _ensure_role(connection: Connection, role_name: str, tenant_id: int) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role_name,)).fetchone()
    if exists is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role_name)))
        connection.execute(
            "INSERT INTO store.database_login (role_name, tenant_id) VALUES (%s, %s)", (role_name, tenant_id)
        )
        return
    owner = connection.execute(
        "SELECT tenant_id FROM store.database_login WHERE role_name = %s", (role_name,)
    ).fetchone()
    if owner != (tenant_id,):
        raise UserError(f'The role "{role_name}" is there already and is not a login of this tenant.')


def _limit_temporary_files(connection: Connection, role: sql.Identifier) -> None:
    try:
        with connection.transaction():
            connection.execute(
                sql.SQL("ALTER ROLE {} SET temp_file_limit = {}").format(role, sql.Literal(TEMPORARY_FILES))
            )
    except psycopg.errors.InsufficientPrivilege:
        # Managed servers keep this setting to themselves; they guard their disks in their own way.
        return
