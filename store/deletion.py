"""Deletes a tenant for good: its rows in every table, and its database logins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from store.connect import Connection, sentences
from store.errors import UserError
from store.organisation import load_tenant


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was removed, and what is found of it afterwards: nothing."""

    tenant: str
    """Slug."""
    tenant_id: int
    deleted_at: datetime
    removed: Mapping[str, int]
    """Table → rows."""
    found_afterwards: Mapping[str, int]
    """Table → rows that are still there."""
    database_logins: Sequence[str]
    grafana_organisations: Sequence[int]
    """Grafana's own numbers."""
    files: Sequence[str]

    @property
    def is_clean(self) -> bool:
        return not any(self.found_afterwards.values())


def logins_of(connection: Connection, tenant_slug: str) -> list[str]:
    """The database logins of a tenant's readers.

    Raises:
        UnknownTenantError: there is no such tenant.
    """
    tenant_id = load_tenant(connection, tenant_slug).tenant_id
    rows = connection.execute(
        "SELECT role_name FROM store.database_login WHERE tenant_id = %s ORDER BY 1", (tenant_id,)
    )
    return [name for (name,) in rows.fetchall()]


def organisations_of(connection: Connection, tenant_slug: str) -> list[int]:
    """A tenant's organisations in Grafana, by Grafana's own numbers.

    Raises:
        UnknownTenantError: there is no such tenant.
    """
    tenant_id = load_tenant(connection, tenant_slug).tenant_id
    rows = connection.execute(
        "SELECT organisation FROM store.grafana_organisation WHERE tenant_id = %s ORDER BY 1", (tenant_id,)
    )
    return [number for (number,) in rows.fetchall()]


def delete_tenant(
    connection: Connection,
    tenant_slug: str,
    *,
    database_logins: Sequence[str] = (),
    grafana_organisations: Sequence[int] = (),
    files: Sequence[str] = (),
) -> Certificate:
    """Deletes everything of a tenant, in the caller's transaction; only the certificate stays.

    Args:
        connection: of a login that may drop others.
        database_logins, grafana_organisations, files: what else was removed, for the certificate.

    Raises:
        UnknownTenantError: there is no such tenant.
        UserError: the login may not drop others.
    """
    tenant_id = load_tenant(connection, tenant_slug).tenant_id
    logins = logins_of(connection, tenant_slug)
    besides: dict[str, Any] = {
        "database_logins": sorted({*logins, *database_logins}),
        "grafana_organisations": list(grafana_organisations),
        "files": list(files),
    }
    try:
        for login in logins:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (login,)
            )
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise UserError(
            "This database login may not drop the tenant's logins; use the one that owns the server."
        ) from error
    with sentences():
        row = connection.execute(
            "SELECT privacy.delete_tenant(%s, %s)", (tenant_id, Jsonb(besides))
        ).fetchone()
    assert row is not None
    told = row[0]
    return Certificate(**{**told, "deleted_at": datetime.fromisoformat(told["deleted_at"])})
