"""Every table and column of the store is declared personal or not, and what is personal is covered."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg import sql

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.privacy.access import about_number, about_person
from reportgen.privacy.erasure import erase_number, erase_person
from store.connect import Connection, connect
from store.login import create_login
from store.personal import Kept, Personal
from store.personal_data import TABLES
from tests.access.conftest import Accounts
from tests.conftest import Database, RoleNames
from tests.privacy.test_erasure import found
from tests.reportgen.builders import TenantBuilder

NUMBER, DIGITS = "+31687650001", "687650001"
NAME = "Wilhelmina Proefpersoon"

OUTSIDE = [
    (table, column)
    for table, declared in TABLES.items()
    for column, kind in declared.personal.items()
    if kind is Personal.OUTSIDE_NUMBER
]


def columns(owner: psycopg.Connection[Any]) -> dict[str, set[str]]:
    rows = owner.execute(
        """
        SELECT relname, array_agg(attname::text) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'store'::regnamespace AND relkind IN ('r', 'p')
          AND attnum > 0 AND NOT attisdropped GROUP BY 1
        """
    ).fetchall()
    return {table: set(names) for table, names in rows}


def test_every_column_is_declared_personal_or_not(owner: psycopg.Connection) -> None:
    missing, gone = [], []
    for table, names in columns(owner).items():
        if table not in TABLES:
            missing.append(
                f'a new table: "{table}": _table(Kept.…, "{" ".join(sorted(names))}") – '
                "how long it is kept, and each personal column taken out of the text as column=Personal.…"
            )
            continue
        declared = set(TABLES[table].personal) | TABLES[table].plain
        missing += [
            f'in "{table}": {name}=Personal.… when it tells of a person, else the word {name} in its text'
            for name in sorted(names - declared)
        ]
        gone += [f'in "{table}": {name}, which is no column any more' for name in sorted(declared - names)]
    gone += [f'"{table}", which is no table any more' for table in TABLES.keys() - columns(owner).keys()]
    assert not missing, "declare in store/personal_data.py:\n" + "\n".join(missing)
    assert not gone, "take out of store/personal_data.py:\n" + "\n".join(gone)


def test_what_has_a_limit_has_a_rule_for_removal(owner: psycopg.Connection) -> None:
    rules = {table for (table,) in owner.execute("SELECT table_name FROM store.retention_rule").fetchall()}
    limited = {table for table, declared in TABLES.items() if declared.kept is Kept.LIMIT}
    assert limited == rules, (
        "what is declared Kept.LIMIT needs a row in store.retention_rule (in a migration), and nothing else: "
        f"{sorted(limited ^ rules)}"
    )
    settings = columns(owner)["privacy_setting"]
    kinds = {kind for (kind,) in owner.execute("SELECT DISTINCT kind FROM store.retention_rule").fetchall()}
    assert {f"{kind}_days" for kind in kinds} <= settings


def test_whatever_is_of_a_tenant_goes_with_it(owner: psycopg.Connection) -> None:
    covered = {
        table for (table,) in owner.execute("SELECT table_name FROM privacy.tables_of_tenants()").fetchall()
    }
    personal = {table for table, declared in TABLES.items() if declared.personal}
    assert personal <= covered, (
        "privacy.tables_of_tenants() must know how the rows of these tables belong to a tenant "
        f"(a column tenant_id is enough): {sorted(personal - covered)}"
    )


def put(owner: psycopg.Connection[Any], table: str, column: str, value: Any, where: str = "true") -> int:
    statement = sql.SQL("UPDATE store.{} SET {} = %s WHERE {}").format(
        sql.Identifier(table),
        sql.Identifier(column),
        sql.SQL(where),  # type: ignore[arg-type]
    )
    return owner.execute(statement, [value]).rowcount


@pytest.fixture
def everywhere(company: TenantBuilder, owner: psycopg.Connection) -> TenantBuilder:
    """A tenant in which every column for an outside number has one and the same."""
    company.call(datetime(2026, 10, 25, 9, tzinfo=UTC), outside_number=NUMBER, caller_number=NUMBER)
    owner.execute(
        """
        INSERT INTO store.event (
            tenant_id, pbx_id, occurred_at, key, received_at, sequence, kind, call, connection, peer, device,
            device_kind, number, name, dialled, withheld, bridge, queue, agent, cause, raw
        )
        VALUES (%s, %s, now(), gen_random_uuid(), now(), 1, 'originated', '1', '1', '', '201', 'endpoint',
                '', '', '', false, '', '', '', '', 'CallerIDNum: 0687650001')
        """,
        (company.tenant_id, company.pbx_id),
    )
    owner.execute(
        "INSERT INTO store.event_reject (tenant_id, pbx_id, source, reason, raw, digest) "
        "VALUES (%s, %s, 'x', 'y', '0687650001', gen_random_uuid())",
        (company.tenant_id, company.pbx_id),
    )
    owner.execute(
        "INSERT INTO store.audit_entry (tenant_id, actor, action, object, name, details) "
        """VALUES (%s, 'anna', 'run', 'report', 'x', '{"filters": {"number": ["+31687650001"]}}')""",
        [company.tenant_id],
    )
    for table, column in OUTSIDE:
        # Every number of a customer is another.
        one = (
            "number = (SELECT min(number) FROM store.customer_number)"
            if table == "customer_number"
            else "true"
        )
        assert put(owner, table, column, NUMBER, one) > 0, f"{table} has no row to test with"
    return company


@pytest.fixture
def viewer(
    everywhere: TenantBuilder, database: Database, owner: psycopg.Connection, role_names: RoleNames
) -> Iterator[psycopg.Connection[Any]]:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("viewer"), "viewer", everywhere.slug)
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


def test_no_view_shows_an_outside_number_whole_when_it_is_masked(
    viewer: psycopg.Connection[Any], owner: psycopg.Connection
) -> None:
    views = [
        view
        for (view,) in owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'report'::regnamespace AND relkind = 'v'"
        ).fetchall()
    ]
    whole = {view for view in views if DIGITS in _said(viewer, view)}
    assert whole >= {table for table, _ in OUTSIDE} & set(views)
    owner.execute("UPDATE store.privacy_setting SET masked_roles = '{user}'")
    # Called on a call from inside or from outside, it may be a number of one's own.
    owner.execute(
        """
        UPDATE store.call
        SET caller_number = CASE direction WHEN 'outgoing' THEN '201' ELSE caller_number END,
            called_number = CASE direction WHEN 'incoming' THEN ddi ELSE called_number END
        """
    )
    for view in views:
        if view != "leg":
            assert DIGITS not in _said(viewer, view), (
                f"{view} shows a number that it must mask: migration 0018"
            )
    legs = viewer.execute(
        "SELECT DISTINCT number FROM report.leg WHERE number LIKE %s AND kind <> 'extension'", [f"%{DIGITS}%"]
    ).fetchall()
    assert legs == []


def _said(connection: psycopg.Connection[Any], view: str) -> str:
    query = sql.SQL("SELECT coalesce(string_agg(t::text, ' '), '') FROM {} AS t").format(
        sql.Identifier("report", view)
    )
    row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def test_a_request_for_access_to_a_number_finds_every_row_and_an_erasure_leaves_none(
    everywhere: TenantBuilder, owner: psycopg.Connection, portal: Connection
) -> None:
    tenant_id = everywhere.tenant_id
    rows = found(owner, DIGITS)
    assert {table for table, _ in OUTSIDE} <= set(rows)
    given = about_number(portal, tenant_id, NUMBER, "NL", now=datetime.now(UTC), actor="Paula")
    portal.commit()
    # The customer has the number by his list of numbers.
    assert {table: len(found_rows) for table, found_rows in given.rows.items()} == rows | {"customer": 1}
    assert json.dumps(given.as_json()).count(DIGITS) >= sum(rows.values())
    erase_number(portal, tenant_id, NUMBER, "NL", actor="Paula")
    portal.commit()
    left = found(owner, DIGITS)
    assert left == {}, f"privacy.erase_number (a new migration) must reach {sorted(left)}"
    kinds = owner.execute("SELECT kind, actor FROM store.privacy_act ORDER BY act_id").fetchall()
    assert kinds == [("number_disclosed", "Paula"), ("number_erased", "Paula")]


def test_a_request_for_access_to_a_user_finds_every_row_and_an_erasure_leaves_none(
    company: TenantBuilder,
    owner: psycopg.Connection,
    portal: Connection,
    make_account: Accounts,
    rival: TenantBuilder,
) -> None:
    person = owner.execute(
        "UPDATE store.person SET name = %s, email = 'w@proef.nl' WHERE reference = 'pAnna' "
        "RETURNING person_id",
        [NAME],
    ).fetchone()
    assert person is not None
    make_account("wil", Role.USER, scope=ScopeWanted(persons=["pAnna"]))
    other = owner.execute("SELECT pbx_name FROM store.agent WHERE person_id = %s", person).fetchone()
    assert other is not None
    given = about_person(portal, company.tenant_id, "pAnna", now=datetime.now(UTC))
    portal.commit()
    assert set(given.rows) >= {
        "person", "extension", "agent", "account", "call", "leg", "agent_state", "device_state",
        "rollup_extension_day", "audit_entry", "live_call", "access_scope_member",
    }  # fmt: skip
    said = json.dumps(given.as_json())
    assert NAME in said
    assert "argon2id" not in said
    assert {row["extension"] for row in given.rows["device_state"]} == {"201"}
    total = owner.execute("SELECT count(*) FROM store.leg WHERE person_id = %s", person).fetchone()
    assert total == (len(given.rows["leg"]),)
    erase_person(portal, company.tenant_id, "pAnna")
    portal.commit()
    left = found(owner, f"{NAME}|w@proef.nl|\\bwil\\b|{other[0]}")
    assert left == {}, f"privacy.erase_person (a new migration) must reach {sorted(left)}"
    for table, declared in TABLES.items():
        for column, kind in declared.personal.items():
            if kind is Personal.PERSON:
                rows = owner.execute(f"SELECT 1 FROM store.{table} WHERE {column} = %s".encode(), person)
                assert rows.fetchall() == [], f"privacy.erase_person must reach {table}.{column}"
