"""A real Grafana with the tenants of a real database, set up as the provider does it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from psycopg import sql

from dashboards.grafana.administration import Administration
from dashboards.grafana.sync import Outcome, Setup
from dashboards.local_stack import Grafana, find_grafana, start_grafana
from reportgen.access.accounts import ScopeWanted, create_account
from reportgen.access.roles import Role
from store.connect import Connection, connect
from tests.dashboards.tenants import TenantUnderTest, fill, moment

NO_GRAFANA = "Grafana is not installed here (GRAFANA_HOME may name its directory)"
PASSWORD = "correct horse battery"


@dataclass
class World:
    """Grafana, the database and what sets up the one from the other."""

    grafana: Grafana
    connection: Connection
    setup: Setup

    def sync(self, slug: str | None = None, **how: Any) -> Outcome:
        outcome = self.setup.synchronise(slug, **how)
        assert not outcome.failures, outcome.failures
        return outcome

    def organisation(self, tenant: TenantUnderTest) -> int:
        row = self.connection.execute(
            "SELECT organisation FROM store.grafana_organisation WHERE tenant_id = %s AND scope_id IS NULL",
            (tenant.tenant_id,),
        ).fetchone()
        assert row is not None
        return int(row[0])

    def account(
        self, tenant: str | None, name: str, role: Role = Role.ADMINISTRATOR, group: str | None = None
    ) -> int:
        """Makes an account of the portal; gives its number."""
        scope = ScopeWanted(groups=[group]) if group else None
        create_account(
            self.connection,
            tenant,
            name,
            role,
            email=f"{name}@example.org",
            scope=scope,
            password=PASSWORD,
            one_time=False,
        )
        row = self.connection.execute("SELECT max(account_id) FROM store.account").fetchone()
        assert row is not None
        return int(row[0])

    def with_people(self, ours: TenantUnderTest, theirs: TenantUnderTest) -> None:
        """Both have calls and an administrator (anna, bert), ours a supervisor of its queue (sven); and there
        is an operator (olga). Their accounts are numbered in this order: anna, sven, bert, olga.
        """
        fill(ours, 2, moment())
        fill(theirs, 5, moment())
        self.account("ours", "anna")
        self.account("ours", "sven", Role.SUPERVISOR, "ours-queue")
        self.account(theirs.slug, "bert")
        self.account(None, "olga", Role.OPERATOR)

    @contextmanager
    def admin(self, organisation: int) -> Iterator[httpx.Client]:
        """Grafana's own administrator in an organisation."""
        with httpx.Client(
            base_url=self.grafana.url,
            auth=("admin", self.grafana.admin_password),
            headers={"X-Grafana-Org-Id": str(organisation)},
            timeout=60,
        ) as client:
            yield client


@contextmanager
def real_grafana(
    directory: Path, tenant: TenantUnderTest, settings: dict[str, str] | None = None
) -> Iterator[World]:
    """Starts Grafana; the database logins that are made for it are removed at the end."""
    if find_grafana() is None:
        pytest.skip(NO_GRAFANA)
    with ExitStack() as stack:
        grafana = start_grafana(directory / "grafana", tenant.viewer_url, settings=settings)
        stack.callback(grafana.stop)
        connection = stack.enter_context(connect(tenant.database.url, "test", autocommit=True))
        stack.callback(_drop_logins, connection)
        administration = Administration(grafana.url, "admin", grafana.admin_password)
        yield World(grafana, connection, Setup(administration, connection, tenant.database.url))


def _drop_logins(connection: Connection) -> None:
    for (name,) in connection.execute("SELECT role_name FROM store.grafana_organisation").fetchall():
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (name,)
        )
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))


def rows_of(client: httpx.Client, raw_sql: str, **more: Any) -> Any:
    """What the tenant's data source answers to any SQL."""
    query = {
        "refId": "A",
        "datasource": {"uid": "gespreksrapportage", "type": "grafana-postgresql-datasource"},
        "format": "table",
        "rawSql": raw_sql,
        "rawQuery": True,
    }
    body = {"queries": [{**query, **more}], "from": "now-1h", "to": "now"}
    return client.post("/api/ds/query", json=body)
