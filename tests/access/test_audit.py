"""The audit trail: everything is kept, nothing is changed, and only those who watch over a tenant read it."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest

from reportgen.access.accounts import ScopeWanted, accounts_of
from reportgen.access.audit import act_as, trail
from reportgen.access.roles import Role
from reportgen.access.sign_in import (
    SignInError,
    TooManyAttemptsError,
    change_password,
    sign_in,
    sign_out,
)
from reportgen.access.tokens import create_token
from reportgen.web.app import create_app
from store.connect import Connection, connect
from store.login import create_login
from tests.access.conftest import PASSWORD, Accounts
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

HERE = "192.0.2.1"
OTHER_PASSWORD = "four words are enough"


@pytest.fixture
def client(database: Database, owner: psycopg.Connection, role_names: RoleNames) -> Iterator[httpx.Client]:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url)) as client:
        yield client


def entries(portal: Connection, tenant: TenantBuilder, object_: str) -> list[tuple[str, str, str | None]]:
    """Actor, action and name, oldest first."""
    found = [each for each in trail(portal, tenant.tenant_id) if each.object == object_]
    return [(each.actor, each.action, each.name) for each in reversed(found)]


def test_every_attempt_to_sign_in_is_kept(
    portal: Connection, make_account: Accounts, acme: TenantBuilder
) -> None:
    make_account("anna")
    sign_out(portal, sign_in(portal, "anna", PASSWORD, address=HERE).secret)
    for _ in range(5):
        with pytest.raises(SignInError):
            sign_in(portal, "anna", "wrong", address=HERE)
    with pytest.raises(TooManyAttemptsError):
        sign_in(portal, "anna", PASSWORD, address=HERE)
    kept = [action for _actor, action, _name in entries(portal, acme, "session")]
    assert kept == ["signed_in", "signed_out", *["refused"] * 5, "locked_out"]
    assert {each.address for each in trail(portal, acme.tenant_id) if each.object == "session"} == {HERE}


def test_a_name_that_nobody_has_is_not_kept(portal: Connection, owner: psycopg.Connection) -> None:
    with pytest.raises(SignInError):
        sign_in(portal, "my-secret-password", "x", address=HERE)
    rows = owner.execute("SELECT a::text FROM store.audit_entry AS a WHERE object = 'session'").fetchall()
    assert len(rows) == 1
    assert "my-secret-password" not in rows[0][0]


def test_changes_of_users_are_kept_with_who_made_them_and_without_secrets(
    portal: Connection,
    administrator: Connection,
    owner: psycopg.Connection,
    make_account: Accounts,
    acme: TenantBuilder,
) -> None:
    make_account("anna")
    change_password(portal, sign_in(portal, "anna", PASSWORD, address=HERE).secret, PASSWORD, OTHER_PASSWORD)
    with administrator.transaction():
        act_as(administrator, "the operator")
        accounts_of(administrator, "acme").disable("anna")
    found = [each for each in trail(portal, acme.tenant_id) if each.object == "account"]
    disabled, changed, created = found
    assert [disabled.actor, disabled.action, disabled.name] == ["the operator", "changed", "anna"]
    assert disabled.details["old"] == {"disabled_at": None}
    assert disabled.details["new"]["disabled_at"] is not None
    assert (changed.actor, changed.details["new"]) == ("anna", {"password_hash": "***"})
    assert (created.action, created.details["new"]["role"]) == ("created", "administrator")
    everything = owner.execute("SELECT string_agg(a::text, ' ') FROM store.audit_entry AS a").fetchone()
    assert everything is not None
    assert "argon2" not in everything[0]


def test_changes_of_the_organisation_are_kept_with_old_and_new_value(
    portal: Connection, owner: psycopg.Connection, acme: TenantBuilder
) -> None:
    unit = acme.unit("department", "Sales")
    owner.execute("UPDATE store.organisation_unit SET name = 'Sales North' WHERE unit_id = %s", [unit])
    owner.execute("UPDATE store.organisation_unit SET name = name")
    acme.group("q", "Queue")
    owner.execute(
        "INSERT INTO store.contact_group_member (group_id, extension) "
        "SELECT group_id, '201' FROM store.contact_group"
    )
    owner.execute("DELETE FROM store.organisation_unit")
    kept = [each for each in trail(portal, acme.tenant_id) if each.object != "tenant"]
    assert [(each.action, each.object, each.name) for each in reversed(kept)] == [
        ("created", "pbx", "main"),
        ("created", "organisation_unit", "Sales"),
        ("changed", "organisation_unit", "Sales North"),
        ("created", "contact_group", "Queue"),
        ("created", "contact_group_member", "201"),
        ("deleted", "organisation_unit", "Sales North"),
    ]
    assert kept[3].details == {"old": {"name": "Sales"}, "new": {"name": "Sales North"}}
    assert kept[0].details["old"]["name"] == "Sales North"


def test_rights_are_kept_too(
    portal: Connection,
    administrator: Connection,
    make_account: Accounts,
    acme: TenantBuilder,
    owner: psycopg.Connection,
) -> None:
    acme.unit("site", "Utrecht")
    make_account("anna", Role.SUPERVISOR, scope=ScopeWanted({"site": ["Utrecht"]}))
    token = create_token(administrator, "acme", name="planning", days=1)
    kept = {(each.object, each.action) for each in trail(portal, acme.tenant_id)}
    assert {("access_scope", "created"), ("access_scope_member", "created"), ("api_token", "created")} <= kept
    everything = owner.execute("SELECT string_agg(a::text, ' ') FROM store.audit_entry AS a").fetchone()
    assert everything is not None
    assert token not in everything[0]


@pytest.mark.parametrize(
    "role", ["owner of the server", "gespreksrapportage_owner", "administrator", "report"]
)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store.audit_entry SET actor = 'somebody else'",
        "DELETE FROM store.audit_entry",
        "TRUNCATE store.audit_entry",
    ],
)
def test_nobody_changes_what_is_kept(
    owner: psycopg.Connection,
    administrator: Connection,
    portal: Connection,
    acme: TenantBuilder,
    role: str,
    statement: str,
) -> None:
    """Not even those who own the table, unless they take it apart."""
    connection = {"administrator": administrator, "report": portal}.get(role, owner)
    if role == "gespreksrapportage_owner":
        owner.execute("SET ROLE gespreksrapportage_owner")
    else:
        connection.execute("SELECT set_config('gespreksrapportage.expiring', 'audit', false)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())
    connection.rollback()
    owner.execute("RESET ROLE")
    count = owner.execute("SELECT count(*) FROM store.audit_entry").fetchone()
    assert count is not None
    assert count[0] > 0


def test_entries_that_are_too_old_go_and_that_is_kept(
    portal: Connection, administrator: Connection, acme: TenantBuilder, rival: TenantBuilder
) -> None:
    before = datetime(2126, 1, 1, tzinfo=UTC)
    (gone,) = administrator.execute(
        "SELECT store.expire_audit(%s, %s)", (acme.tenant_id, before)
    ).fetchone() or (0,)
    assert gone > 0
    (left,) = trail(portal, acme.tenant_id)
    assert (left.action, left.details["entries"]) == ("expired", gone)
    assert len(list(trail(portal, rival.tenant_id))) > 0


def test_a_report_is_kept_with_what_was_asked_and_given(
    client: httpx.Client,
    portal: Connection,
    administrator: Connection,
    make_account: Accounts,
    acme: TenantBuilder,
) -> None:
    make_account("anna")
    for hour in range(3):
        acme.call(datetime(2026, 10, 5, 9 + hour, tzinfo=UTC))
    client.post("/sign-in", data={"name": "anna", "password": PASSWORD})
    asked = {"from": "2026-10-05", "to": "2026-10-05", "extension": "201"}
    for form, more in (("json", {}), ("csv", {"flavour": "machine"}), ("csv", {}), ("xlsx", {})):
        path = f"/api/v1/reports/calls-by-date.{form}"
        assert client.get(path, params={**asked, **more}).status_code == 200
    client.get("/reports/calls-by-date", params={**asked, "period": ""})
    token = create_token(administrator, "acme", name="planning", days=1)
    client.post(
        "/api/v1/reports/calls-by-date/run",
        json={"from": "2026-10-05", "to": "2026-10-05", "limit": 1},
        headers={"Authorization": f"Bearer {token}"},
    )
    runs = [each for each in trail(portal, acme.tenant_id) if each.object == "report"]
    kept = [(each.actor, each.name, each.details["format"], each.details["rows"]) for each in reversed(runs)]
    assert kept == [
        ("anna", "calls-by-date", "json", 3),
        ("anna", "calls-by-date", "csv", 3),
        ("anna", "calls-by-date", "csv", 3),
        ("anna", "calls-by-date", "xlsx", 3),
        ("anna", "calls-by-date", "screen", 3),
        ("planning", "calls-by-date", "json", 1),
    ]
    assert runs[-1].details["filters"] == {"extension": ["201"]}
    assert (runs[-1].details["from"], runs[-1].details["to"]) == ("2026-10-05", "2026-10-05")
    assert all(each.details["whole"] for each in runs)
    assert {each.address for each in runs} == {"127.0.0.1"}


def test_every_kind_of_filter_is_kept_as_it_was_given(
    client: httpx.Client, portal: Connection, make_account: Accounts, acme: TenantBuilder
) -> None:
    make_account("anna")
    acme.call(datetime(2026, 10, 5, 9, tzinfo=UTC))
    client.post("/sign-in", data={"name": "anna", "password": PASSWORD})
    filters = {
        "time-of-day": ["09:00-17:30", "22:00-06:00"],
        "duration": ["60..300", "..20", "500.."],
        "weekday": ["mon", "sun"],
        "answer-target": ["15"],
        "number": ["+3120*"],
        "direction": ["incoming", "internal"],
    }
    body = {"from": "2026-10-05", "to": "2026-10-05", "filters": filters}
    assert client.post("/api/v1/reports/calls-by-date/run", json=body).status_code == 200

    (run,) = (each for each in trail(portal, acme.tenant_id) if each.object == "report")
    assert run.details["filters"] == filters


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.PRIVACY_OFFICER, True),
        (Role.USER, False),
        (Role.SUPERVISOR, False),
        (Role.OPERATOR, False),
    ],
)
def test_only_those_who_watch_over_the_tenant_read_it(
    client: httpx.Client,
    make_account: Accounts,
    acme: TenantBuilder,
    rival: TenantBuilder,
    role: Role,
    reads: bool,
) -> None:
    acme.person("1")
    acme.unit("site", "Utrecht")
    scope = {
        Role.USER: ScopeWanted(persons=["p1"]),
        Role.SUPERVISOR: ScopeWanted({"site": ["Utrecht"]}),
    }.get(role)
    make_account("anna", role, None if role is Role.OPERATOR else "acme", scope)
    make_account("boss", tenant="rival")
    client.post("/sign-in", data={"name": "anna", "password": PASSWORD})
    answers = [client.get(path) for path in ("/audit", "/api/v1/audit", "/api/v1/audit.csv")]
    assert [answer.status_code for answer in answers] == [200 if reads else 403] * 3
    for answer in answers:
        assert "rival" not in answer.text.lower()
        assert "boss" not in answer.text


def test_the_trail_can_be_paged_and_exported(
    client: httpx.Client, make_account: Accounts, acme: TenantBuilder
) -> None:
    make_account("anna", Role.PRIVACY_OFFICER)
    answer = client.post("/sign-in", data={"name": "anna", "password": PASSWORD})
    assert answer.headers["location"] == "/audit"
    for number in range(5):
        acme.unit("site", f"=cmd|{number}")

    def page(**asked: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get("/api/v1/audit", params=asked).json()
        return found

    whole = page()
    first = page(limit=3)
    assert first + page(before=first[-1]["audit_id"]) == whole
    assert page(**{"from": "2020-01-01", "to": "2020-01-02"}) == []
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/audit.csv").text)))
    assert [int(row["audit_id"]) for row in rows] == [entry["audit_id"] for entry in whole]
    assert rows[0]["name"] == "'=cmd|4"
    assert json.loads(rows[0]["details"])["new"]["kind"] == "site"
    assert "=cmd|4" in client.get("/audit").text
