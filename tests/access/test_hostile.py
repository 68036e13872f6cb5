"""Whoever tries, by whatever way, gets nothing of another tenant, and nothing outside his own scope."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import sql

from reportgen.access.accounts import ScopeWanted, create_account, make_scope
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token, digest
from reportgen.catalogue import CATALOGUE
from reportgen.configuration.kinds import KINDS
from reportgen.web.app import create_app
from store.connect import Connection, connect
from store.login import create_login
from tests.access.conftest import PASSWORD
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}
ADMINISTRATOR, SUPERVISOR, USER = "administrator", "supervisor", "user"


@dataclass(frozen=True)
class Part:
    """A department whose every row bears its mark."""

    mark: str
    extension: str
    number: str
    """Of its callers."""

    def words(self) -> tuple[str, ...]:
        return self.mark, self.number, self.number.removeprefix("+31")


SALES = Part("alpha", "211", "+31201111111")
SERVICE = Part("bravo", "322", "+31302222222")
THEIRS = Part("zulu", "933", "+31709999999")
HIDDEN = {ADMINISTRATOR: (THEIRS,), SUPERVISOR: (THEIRS, SERVICE), USER: (THEIRS, SERVICE)}
"""Who → what he must never see."""


def fill(tenant: TenantBuilder, part: Part) -> None:
    """A department with an extension, a queue, a line, and calls of which one was missed."""
    mark, extension = part.mark, part.extension
    department = tenant.unit("department", f"{mark} department")
    person = tenant.person(f"{mark} person")
    queue = f"{mark}-queue"
    tenant.group(queue, f"{mark} queue")
    tenant.connection.execute(
        "INSERT INTO store.extension (tenant_id, number, department_id, person_id) VALUES (%s, %s, %s, %s)",
        (tenant.tenant_id, extension, department, person),
    )
    tenant.connection.execute(
        "INSERT INTO store.agent (tenant_id, pbx_name, extension, person_id) VALUES (%s, %s, %s, %s)",
        (tenant.tenant_id, f"{mark} agent", extension, person),
    )
    own = {"extension": extension, "department_id": department, "person_id": person}
    for hour in range(3):
        tenant.call(
            AT + timedelta(hours=hour),
            caller_name=f"{mark} caller",
            caller_number=part.number,
            outside_number=part.number,
            contact_group=queue,
            legs=({**own, "agent": f"{mark} agent", "contact_group": queue, "number": extension},),
            visits=({"contact_group": queue, "agent": f"{mark} agent", "extension": extension},),
            **own,
        )
    tenant.connection.execute(
        "INSERT INTO store.agent_state (tenant_id, from_at, until_at, pbx_id, agent, state, inferred) "
        "VALUES (%s, %s, %s, %s, %s, 'unavailable', false)",
        (tenant.tenant_id, AT, AT + timedelta(hours=1), tenant.pbx_id, f"{mark} agent"),
    )
    tenant.connection.execute(
        "INSERT INTO store.device_state (tenant_id, from_at, until_at, pbx_id, extension, state) "
        "VALUES (%s, %s, %s, %s, %s, 'do_not_disturb')",
        (tenant.tenant_id, AT, AT + timedelta(hours=1), tenant.pbx_id, extension),
    )
    tenant.connection.execute(
        "INSERT INTO store.live_waiting "
        "(pbx_id, connection, tenant_id, contact_group, number, withheld, entered_at) "
        "VALUES (%s, %s, %s, %s, %s, false, now())",
        (tenant.pbx_id, mark, tenant.tenant_id, queue, part.number),
    )


@pytest.fixture
def world(acme: TenantBuilder, rival: TenantBuilder, administrator: Connection) -> TenantBuilder:
    """Two departments of ours, and another tenant; three of ours may sign in."""
    fill(acme, SALES)
    fill(acme, SERVICE)
    fill(rival, THEIRS)
    rival.ddi("+31708888888", "zulu line")
    rival.customer("zulu customer")
    acme.roll_up()
    rival.roll_up()
    sales = ScopeWanted({"department": ["alpha department"]}, ["alpha-queue"])
    for name, role, scope in (
        (ADMINISTRATOR, Role.ADMINISTRATOR, None),
        (SUPERVISOR, Role.SUPERVISOR, sales),
        (USER, Role.USER, ScopeWanted(persons=["palpha person"])),
    ):
        create_account(administrator, "acme", name, role, scope=scope, password=PASSWORD, one_time=False)
    make_scope(administrator, acme.tenant_id, sales, "sales")
    return acme


@pytest.fixture
def client(database: Database, world: TenantBuilder, role_names: RoleNames) -> Iterator[httpx.Client]:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        yield client


def sign_in(client: httpx.Client, name: str) -> None:
    answer = client.post("/sign-in", data={"name": f"acme/{name}", "password": PASSWORD})
    assert answer.headers["location"] in ("/reports", "/my")


def readable_paths(client: httpx.Client) -> list[str]:
    """Every address that can be read: those that the API describes, and the portal's pages."""
    described = client.get("/api/v1/openapi.json").json()["paths"]
    templates = [path for path, methods in described.items() if "get" in methods]
    assert "/api/v1/reports/{slug}.{form}" in templates
    templates += ["/reports", "/reports/{slug}", "/live", "/live/tiles", "/audit"]
    templates += ["/my", "/users", "/screens", "/configuration"]
    templates += [
        each for kind in KINDS for each in (f"/configuration/{kind}", f"/api/v1/configuration/{kind}")
    ]
    slugs = [report["slug"] for report in client.get("/api/v1/reports").json()]
    return sorted(
        {
            template.replace("{slug}", slug).replace("{form}", form)
            for template in templates
            for slug in slugs
            for form in ("json", "csv", "html")
        }
    )


@pytest.mark.parametrize("who", [ADMINISTRATOR, SUPERVISOR, USER])
def test_no_page_and_no_answer_shows_a_word_of_what_is_hidden(client: httpx.Client, who: str) -> None:
    sign_in(client, who)
    paths = readable_paths(client)
    assert len(paths) > 4 * len(CATALOGUE) / 2
    own = 0
    for path in paths:
        text = client.get(path, params=OCTOBER).text
        own += "alpha" in text or SALES.extension in text
        # Names of departments and queues are the same for all of a tenant, in the forms to choose from.
        shown = re.sub(r"<option[^>]*>[^<]*|bravo (department|queue)|bravo-queue", "", text)
        for part in HIDDEN[who]:
            assert not [word for word in part.words() if word in shown], (path, part.mark)
    assert own > 10, "not even our own is shown"


def test_a_filter_tells_nothing_of_another_tenants_names(client: httpx.Client) -> None:
    """What they have is answered exactly as what nobody has."""
    sign_in(client, ADMINISTRATOR)
    theirs = {
        "department": "zulu department",
        "contact-group": "zulu queue",
        "user": "zulu person",
        "customer": "zulu customer",
        "ddi": "+31708888888",
        "extension": "933",
        "agent": "zulu agent",
        "number": "+31709999999",
    }
    asked = 0
    for slug, report in CATALOGUE.items():
        for name, value in theirs.items():
            if name not in report.filters:
                continue
            nobodys = re.sub(r"\d{3}$", "555", value) if value[-1].isdigit() else f"no {value}"
            answers = []
            for each in (value, nobodys):
                answer = client.get(f"/api/v1/reports/{slug}.json", params={**OCTOBER, name: each})
                answers.append((answer.status_code, without_echo(answer.text, each)))
            if answers[0][0] != 404:
                assert answers[0] == answers[1], (slug, name)
                asked += 1
    assert asked > 50


def without_echo(text: str, asked: str) -> str:
    """An answer without what was asked, however it writes that, and without the moment."""
    digits = re.sub(r"\D", "", asked)[-9:]
    spelt = r"[\s\-()+]*".join(digits) if len(digits) > 4 else re.escape(asked)
    text = re.sub(rf"(\+31|0)?[\s\-()]*{spelt}" if len(digits) > 4 else spelt, "·", text)
    return re.sub(r'"made_at":"[^"]*"', "", text)


def test_ids_of_another_tenant_in_a_filter_find_nothing(client: httpx.Client, world: TenantBuilder) -> None:
    sign_in(client, ADMINISTRATOR)
    for value in ("1", "999", "-1", "1 OR 1=1", "' OR ''='", "%", "*", "\\", "\N{NULL}"[:0] + "{}"):
        for name in (
            "department",
            "user",
            "extension",
            "contact-group",
            "number",
            "agent",
            "tenant",
            "tenant_id",
        ):
            answer = client.get("/api/v1/reports/calls-by-date.json", params={**OCTOBER, name: value})
            assert answer.status_code in (200, 400), (name, value, answer.text)
            assert "zulu" not in answer.text
            assert THEIRS.number not in answer.text


def test_a_session_or_token_that_is_no_good_opens_nothing(
    client: httpx.Client, administrator: Connection, owner: psycopg.Connection
) -> None:
    expired = create_token(administrator, "acme", name="expired", days=1)
    owner.execute("UPDATE store.api_token SET expires_at = now() - interval '1 second'")
    good = create_token(administrator, "acme", name="good", days=1)
    sign_in(client, ADMINISTRATOR)
    session = client.cookies["session"]
    assert client.get("/api/v1/reports").status_code == 200
    client.cookies.clear()
    forged = (
        "x",
        good[:-1],
        good + "A",
        good.swapcase(),
        expired,
        session,
        digest(good).hex(),
        hashlib.sha256(session.encode()).hexdigest(),
        "null",
        "' OR '1'='1",
        "é" * 43,
        "A" * 5000,
    )
    for secret in forged:
        bearer = {"Authorization": b"Bearer " + secret.encode()}
        assert client.get("/api/v1/reports", headers=bearer).status_code == 401, secret
    for secret in (*forged[:5], good, digest(session).hex(), session[:-1]):
        answer = client.get("/reports", headers={"Cookie": f"session={secret}"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in"), secret
    assert client.get("/api/v1/reports", headers={"Authorization": f"Bearer {good}"}).status_code == 200
    for age in ("seen_at = seen_at - interval '2 hours'", "expires_at = now() - interval '1 second'"):
        owner.execute(f"UPDATE store.account_session SET {age}".encode())
        assert client.get("/reports", headers={"Cookie": f"session={session}"}).status_code == 303


def test_every_address_but_the_doors_wants_to_know_who_asks(client: httpx.Client) -> None:
    sign_in(client, ADMINISTRATOR)
    paths = readable_paths(client)
    client.cookies.clear()
    open_doors = {"/healthz", "/metrics"}
    for path in set(paths) - open_doors:
        assert client.get(path, params=OCTOBER).status_code in (303, 401), path


@pytest.fixture
def viewer(
    database: Database, world: TenantBuilder, role_names: RoleNames
) -> Iterator[psycopg.Connection[Any]]:
    """A Grafana login of our tenant that sees Sales alone, used to send SQL of its own."""
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("viewer"), "viewer", "acme", scope="sales")
        connection.execute("ANALYZE")
    with psycopg.connect(url, autocommit=True) as viewer:
        viewer.execute("SET default_transaction_read_only = off")
        yield viewer


def test_a_scoped_viewers_own_sql_finds_nothing_else(
    viewer: psycopg.Connection[Any], world: TenantBuilder, rival: TenantBuilder
) -> None:
    """In no relation that it may read, the system's and the extension's too."""
    relations = viewer.execute(
        "SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE relkind IN ('r', 'p', 'v', 'm') AND has_table_privilege(pg_class.oid, 'SELECT')"
    ).fetchall()
    attempts = [("gespreksrapportage.tenant", str(rival.tenant_id))]
    attempts += [("gespreksrapportage.scope", value) for value in ("", "0", "1", "2", "3")]
    words = [
        *THEIRS.words(),
        f"{SERVICE.mark} p",
        f"{SERVICE.mark} c",
        f"{SERVICE.mark} a",
        *SERVICE.words()[1:],
    ]
    found = 0
    for setting, value in attempts:
        viewer.execute("SELECT set_config(%s, %s, false)", (setting, value))
        for schema, name in relations:
            if schema != "report" and value != "0":
                continue
            query = sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(schema, name))
            try:
                rows = [text for (text,) in viewer.execute(query).fetchall() if text]
            except psycopg.Error:
                continue
            if name != "pg_stat_activity":
                assert [row for row in rows for word in words if word in row] == [], (schema, name)
            found += any(SALES.mark in row for row in rows)
    assert found > 20


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM report.account_of_session('\\x00')",
        "SELECT * FROM report.account_of_token('\\x00')",
        "SELECT * FROM report.begin_sign_in(NULL, 'administrator', '')",
        "SELECT report.record_audit(1, 1, 'x', 'x', 'x', 'x', 'x', '{}')",
        "SELECT * FROM report.audit_trail(NULL, NULL, NULL, 10)",
        "SELECT report.is_report_generator()",
        "SELECT store.expire_audit(1, now())",
        "SELECT store.count_attempt(1, 'account:1', 'x')",
        "SELECT * FROM store.account",
        "SELECT * FROM store.account_session",
        "SELECT * FROM store.api_token",
        "SELECT * FROM store.access_scope_member",
        "SELECT * FROM store.database_login",
        "SELECT * FROM store.audit_entry",
        "UPDATE store.database_login SET scope_id = NULL",
        "SELECT report.tenant_of_slug('rival')",
    ],
)
def test_a_viewer_reaches_neither_accounts_nor_the_trail(
    viewer: psycopg.Connection[Any], statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        viewer.execute(statement.encode())


@pytest.mark.parametrize(
    "table",
    ["account", "account_session", "api_token", "sign_in_attempt", "audit_entry", "access_scope_member"],
)
def test_the_report_generators_own_login_reads_no_secret(
    portal: Connection, world: TenantBuilder, table: str
) -> None:
    for statement in ("SELECT * FROM store.{}", "DELETE FROM store.{}"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            portal.execute(sql.SQL(statement).format(sql.Identifier(table)))
        portal.rollback()


def test_services_that_read_events_reach_no_account(
    database: Database, world: TenantBuilder, role_names: RoleNames
) -> None:
    for role in ("exporter", "aggregator"):
        with connect(database.url, "test", autocommit=True) as connection:
            url = create_login(connection, database.url, role_names(role), role, None)
        with connect(url, "test", autocommit=True) as service:
            for table in ("account", "account_session", "api_token", "audit_entry"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    service.execute(sql.SQL("SELECT * FROM store.{}").format(sql.Identifier(table)))
