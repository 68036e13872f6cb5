"""Database logins: one for each service and each reader, with no more rights than its role."""

import re
import secrets
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from store.connect import Connection
from store.errors import UserError
from store.organisation import load_tenant

ROLES = ("exporter", "aggregator", "report", "viewer", "administrator")
READERS = ("administrator", "supervisor", "user")
"""Roles of accounts that see calls, by which a tenant says who sees whole numbers."""
VIEWER_CONNECTIONS = 10
VIEWER_FILES = "1GB"
"""How much a viewer's session may write to disk while it sorts."""
NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def create_login(
    connection: Connection,
    url: str,
    name: str,
    role: str,
    tenant: str | None,
    *,
    new_password: bool = False,
    password: str | None = None,
    scope: str | int | None = None,
    reader: str | None = None,
) -> str:
    """Makes the login `name` a member of the role's group and gives its address, with its password.

    Args:
        connection: of a login that may create others; the caller commits.
        url: address of the database, from which the login's own is made.
        tenant: slug of the one tenant that a viewer sees; only for viewers.
        new_password: for a login that exists already.
        password: if it is chosen elsewhere; otherwise a random one.
        scope: name or number of the part of the tenant that a viewer sees; None: all of it.
        reader: role (one of READERS) of those who look through a viewer's login, by which numbers are masked;
            None: anybody, so they are masked as soon as they are for somebody.

    Raises:
        UserError: the name is no good or taken, or the tenant is missing or not wanted.
        UnknownTenantError: there is no such tenant.
    """
    _check(name, role, tenant)
    exists = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (name,)).rowcount
    if exists and not new_password:
        raise UserError(f'There is a login "{name}" already; give it another password with --new-password.')
    password = password or secrets.token_urlsafe(24)
    login = sql.Identifier(name)
    # Only the verifier goes to the server, so that no log can hold the password.
    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    try:
        connection.execute(
            sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
                sql.SQL("ALTER" if exists else "CREATE"), login, sql.Literal(verifier.decode())
            )
        )
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(f"gespreksrapportage_{role}"), login)
        )
    except psycopg.errors.InsufficientPrivilege as error:
        raise UserError(
            "This database login may not create others; use the one that owns the server."
        ) from error
    if tenant is not None:
        tenant_id = load_tenant(connection, tenant).tenant_id
        _bind_viewer(connection, name, tenant_id, _scope_id(connection, tenant_id, scope), reader)
    return with_login(url, name, password)


def _check(name: str, role: str, tenant: str | None) -> None:
    if not NAME.fullmatch(name) or name.startswith(("pg_", "gespreksrapportage_")):
        raise UserError(
            f'"{name}" cannot be a login: take small letters, digits and _, '
            "not beginning with pg_ or gespreksrapportage_."
        )
    if role not in ROLES:
        raise UserError(f'There is no role "{role}"; there are: {", ".join(ROLES)}.')
    if role == "viewer" and tenant is None:
        raise UserError("A viewer sees one tenant: say which with --tenant.")
    if role != "viewer" and tenant is not None:
        raise UserError(f"A login of the role {role} serves all tenants: leave --tenant out.")


def _scope_id(connection: Connection, tenant_id: int, name: str | int | None) -> int | None:
    if name is None:
        return None
    column = sql.Identifier("scope_id" if isinstance(name, int) else "name")
    row = connection.execute(
        sql.SQL("SELECT scope_id FROM store.access_scope WHERE tenant_id = %s AND {} = %s").format(column),
        (tenant_id, name),
    ).fetchone()
    if row is None:
        raise UserError(
            f'The tenant has no scope "{name}"; make it with: gespreksrapportage scope create {name}.'
        )
    return int(row[0])


def _bind_viewer(
    connection: Connection, name: str, tenant_id: int, scope_id: int | None, reader: str | None
) -> None:
    connection.execute(
        """
        INSERT INTO store.database_login (role_name, tenant_id, scope_id, role) VALUES (%s, %s, %s, %s)
        ON CONFLICT (role_name) DO UPDATE
            SET tenant_id = EXCLUDED.tenant_id, scope_id = EXCLUDED.scope_id, role = EXCLUDED.role
        """,
        (name, tenant_id, scope_id, reader),
    )
    login = sql.Identifier(name)
    # A viewer's queries are written by whoever makes a board: the views are what it should find by name.
    connection.execute(sql.SQL("ALTER ROLE {} SET search_path = report").format(login))
    connection.execute(sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(login))
    connection.execute(sql.SQL("ALTER ROLE {} SET statement_timeout = '60s'").format(login))
    connection.execute(
        sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(login, sql.Literal(VIEWER_CONNECTIONS))
    )
    _limit_temporary_files(connection, login)


def _limit_temporary_files(connection: Connection, login: sql.Identifier) -> None:
    """The one setting among these that the session itself cannot change."""
    try:
        with connection.transaction():
            connection.execute(
                sql.SQL("ALTER ROLE {} SET temp_file_limit = {}").format(login, sql.Literal(VIEWER_FILES))
            )
    except psycopg.errors.InsufficientPrivilege:
        # Managed servers keep this setting to themselves, and guard their disks in their own way.
        return


def with_login(url: str, name: str, password: str) -> str:
    """The same database's address for another login."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(name)}:{quote(password)}@{host}").geturl()
