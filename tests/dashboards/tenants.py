"""Two tenants with calls of today and a state of now, and a viewer login for each."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from store.connect import connect
from store.login import create_login
from tests.conftest import Database, RoleNames

FACT_TABLES = ("call", "leg", "visit", "agent_state", "pbx_gap", "live_pbx", "live_call", "live_waiting")
TABLES = (*FACT_TABLES, "live_queue", "live_agent", "live_device")


@dataclass(frozen=True)
class TenantUnderTest:
    """One tenant with its viewer login."""

    database: Database
    slug: str
    """Stands in every text of its rows."""
    tenant_id: int
    role_name: str
    viewer_url: str
    """Address of the database for its login."""

    def connect(self, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        """As the tenant's own viewer login."""
        return psycopg.connect(self.viewer_url, autocommit=autocommit)


def make_tenant(database: Database, slug: str, role_names: RoleNames) -> TenantUnderTest:
    """A tenant without rows, and its login."""
    role = role_names("viewer")
    with connect(database.url, "test", autocommit=True) as connection:
        row = connection.execute(
            "INSERT INTO tenant (slug, name) VALUES (%s, %s) RETURNING tenant_id", (slug, f"{slug} BV")
        ).fetchone()
        assert row is not None
        url = create_login(connection, database.url, role, "viewer", slug)
    return TenantUnderTest(database, slug, row[0], role, url)


def fill(tenant: TenantUnderTest, calls: int, now: datetime) -> None:
    """Rows in every table that a board reads: `calls` calls at `now`, the first of them missed."""
    with connect(tenant.database.url, "test") as connection:
        _organisation(connection, tenant)
        pbx = insert(
            connection,
            "pbx",
            {"tenant_id": tenant.tenant_id, "slug": f"{tenant.slug}-pbx", "kind": "asterisk"},
            returning="pbx_id",
        )
        own = {"tenant_id": tenant.tenant_id, "pbx_id": pbx}
        _calls(connection, own, tenant.slug, calls, now)
        _live(connection, own, tenant.slug, calls, now)
        insert(connection, "pbx_gap", {**own, "began_at": now, "reason": f"{tenant.slug} connection lost"})


def _organisation(connection: psycopg.Connection[Any], tenant: TenantUnderTest) -> None:
    own = {"tenant_id": tenant.tenant_id}
    person = insert(
        connection,
        "person",
        {**own, "reference": "p1", "name": f"{tenant.slug} person"},
        returning="person_id",
    )
    name = f"{tenant.slug}-agent"
    insert(connection, "agent", {**own, "pbx_name": name, "extension": "101", "person_id": person})
    queue = {**own, "kind": "queue", "pbx_name": f"{tenant.slug}-queue", "name": f"{tenant.slug} queue"}
    insert(connection, "contact_group", queue)


def _calls(
    connection: psycopg.Connection[Any], own: dict[str, Any], slug: str, calls: int, now: datetime
) -> None:
    for number in range(calls):
        call_id = uuid.uuid4()
        outcome = "answered" if number else "abandoned"
        row = {
            "started_at": now,
            "call_id": call_id,
            "direction": "incoming",
            "outcome": outcome,
            "ddi": "+31201234567",
            "contact_group": f"{slug}-queue",
            "wait_seconds": 10 * number,
            "answer_target_seconds": 20,
        }
        zeros = dict.fromkeys(
            ("duration_seconds", "ring_seconds", "talk_seconds", "hold_seconds", "transfers"), 0
        )
        flags = {"withheld": False, "inferred": False, "call_ref": f"{slug}-{number}"}
        insert(connection, "call", {**own, **row, **zeros, **flags})
        visit = {key: row[key] for key in row if key not in ("ddi",)}
        insert(
            connection,
            "visit",
            {
                **visit,
                "tenant_id": own["tenant_id"],
                "visit_number": 1,
                "group_kind": "queue",
                "entered_at": now,
                "ring_seconds": 0,
                "talk_seconds": 0,
                "short_call_seconds": 0,
                "inferred": False,
            },
        )


def _live(
    connection: psycopg.Connection[Any], own: dict[str, Any], slug: str, rows: int, now: datetime
) -> None:
    insert(connection, "live_pbx", {**own, "connected": True, "changed_at": now, "updated_at": now})
    queue = {**own, "contact_group": f"{slug}-queue"}
    insert(connection, "live_queue", {**queue, "waiting": rows, "last_wait_seconds": 7})
    agent = {"agent": f"{slug}-agent", "extension": "101", "state": "available", "state_since": now}
    insert(connection, "live_agent", {**queue, **agent})
    for number in range(rows):
        caller = {"connection": f"{slug}-{number}", "number": f"{slug} caller", "withheld": False}
        insert(connection, "live_waiting", {**queue, **caller, "entered_at": now - timedelta(seconds=number)})
        call = {"call": f"{slug}-{number}", "direction": "incoming", "extension": f"{slug} {number}"}
        state = {"state": "ringing" if number == 0 else "talking", "state_since": now, "started_at": now}
        insert(connection, "live_call", {**own, **caller, **call, **state})
    interval = {"from_at": now - timedelta(seconds=rows), "agent": f"{slug}-agent", "state": "available"}
    insert(connection, "agent_state", {**own, **interval, "inferred": False})
    device = {"extension": f"{slug} 1", "state": "busy", "do_not_disturb": False, "state_since": now}
    insert(connection, "live_device", {**own, **device})


def insert(
    connection: psycopg.Connection[Any], table: str, row: dict[str, Any], returning: LiteralString = ""
) -> Any:
    """Puts a row into a table of the store; gives the column `returning` of it, if asked."""
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier("store", table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(sql.Placeholder() * len(row)),
    )
    if not returning:
        return connection.execute(statement, list(row.values()))
    answer = connection.execute(statement + sql.SQL(" RETURNING " + returning), list(row.values())).fetchone()
    assert answer is not None
    return answer[0]


def moment() -> datetime:
    """Now, as the database server will say it: boards of now are about the server's clock."""
    return datetime.now(UTC)
