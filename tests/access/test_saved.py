"""Saved reports: one's own, those that are shared, and nobody else's."""

from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token
from store.connect import Connection
from tests.access.conftest import PASSWORD, Accounts
from tests.access.test_portal import form_token
from tests.reportgen.builders import TenantBuilder

SAVED = "/api/v1/saved-reports"
BODY: dict[str, Any] = {
    "name": "Sales, longest first",
    "report": "calls-by-date",
    "period": "last-month",
    "filters": {"department": ["Sales"]},
    "columns": ["duration", "extension"],
    "sort": ["-duration"],
}


@pytest.fixture
def company(acme: TenantBuilder, rival: TenantBuilder, make_account: Accounts) -> TenantBuilder:
    """Calls of Sales and Service; supervisors of both, an administrator, and a rival's."""
    for name, extension in (("Sales", "201"), ("Service", "301")):
        department = acme.unit("department", name)
        for minute in (1, 2, 3):
            acme.call(
                datetime(2026, 10, 5, 9, minute, tzinfo=UTC),
                extension=extension,
                department_id=department,
                talk=60 * minute,
            )
    sales, service = (ScopeWanted({"department": [name]}) for name in ("Sales", "Service"))
    make_account("anna", Role.SUPERVISOR, scope=sales)
    make_account("bram", Role.SUPERVISOR, scope=sales)
    make_account("chris", Role.SUPERVISOR, scope=service)
    make_account("boss")
    make_account("rival", tenant="rival")
    return acme


def as_user(client: httpx.Client, name: str) -> httpx.Client:
    client.cookies.clear()
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
    client.headers["X-CSRF-Token"] = form_token(client, "/account")
    return client


def saved_by(client: httpx.Client, who: str, /, **changes: Any) -> str:
    answer = as_user(client, who).post(SAVED, json=BODY | changes)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{SAVED}/{answer.json()['id']}"
    return str(answer.json()["id"])


def names(client: httpx.Client) -> list[str]:
    return [each["name"] for each in client.get(SAVED).json()]


def test_a_saved_report_is_run_as_it_was_saved(client: httpx.Client, company: TenantBuilder) -> None:
    saved = saved_by(client, "anna")
    found = client.get(f"{SAVED}/{saved}").json()
    assert found["asked"] == {key: BODY[key] for key in ("period", "filters", "columns", "sort")}
    assert (found["owner"], found["own"], found["shared"]) == ("anna", True, False)
    answer = client.get(f"{SAVED}/{saved}.json").json()
    assert answer["period"]["from"] == "2026-10-01"
    assert answer["rows"] == [{"duration": 60 * minute, "extension": "201"} for minute in (3, 2, 1)]


def test_a_saved_report_of_somebody_else_is_simply_not_there(
    client: httpx.Client, company: TenantBuilder
) -> None:
    saved = saved_by(client, "anna")
    shared = saved_by(client, "anna", name="Shared", shared=True)
    for name, may_see in (("bram", [shared]), ("chris", [shared]), ("boss", [shared]), ("rival", [])):
        as_user(client, name)
        assert [each["id"] for each in client.get(SAVED).json()] == may_see, name
        for path in (f"{SAVED}/{saved}", f"{SAVED}/{saved}.csv"):
            assert client.get(path).status_code == 404
        assert client.put(f"{SAVED}/{saved}", json=BODY).status_code == 404
        assert client.delete(f"{SAVED}/{saved}").status_code == 404
    assert names(as_user(client, "anna")) == [BODY["name"], "Shared"]


def test_rights_are_those_of_whoever_runs_it(
    client: httpx.Client, company: TenantBuilder, owner: psycopg.Connection
) -> None:
    shared = saved_by(client, "anna", shared=True, filters={})
    extensions = {}
    for name in ("anna", "chris", "boss"):
        rows = as_user(client, name).get(f"{SAVED}/{shared}.json").json()["rows"]
        extensions[name] = {row["extension"] for row in rows}
    assert extensions == {"anna": {"201"}, "chris": {"301"}, "boss": {"201", "301"}}


def test_a_report_that_no_longer_exists_for_the_reader_is_gone_and_comes_back(
    client: httpx.Client, company: TenantBuilder, owner: psycopg.Connection
) -> None:
    body = {"report": "agent-activity", "columns": [], "sort": [], "filters": {}}
    owner.execute("UPDATE store.tenant SET edition = 'premium'")
    saved = saved_by(client, "anna", **body)
    owner.execute("UPDATE store.tenant SET edition = 'standard'")
    assert names(client) == []
    assert client.get(f"{SAVED}/{saved}.json").status_code == 404
    owner.execute("UPDATE store.tenant SET edition = 'premium'")
    owner.execute("UPDATE store.account SET call_center_basic = true WHERE name = 'anna'")
    assert names(client) == []
    owner.execute("UPDATE store.account SET call_center_basic = false")
    assert client.get(f"{SAVED}/{saved}.json").status_code == 200


def test_the_owner_changes_and_deletes(client: httpx.Client, company: TenantBuilder) -> None:
    saved = saved_by(client, "anna")
    changed = client.put(f"{SAVED}/{saved}", json=BODY | {"name": "Other", "sort": [], "shared": True})
    assert (changed.json()["name"], changed.json()["shared"]) == ("Other", True)
    assert "sort" not in changed.json()["asked"]
    assert client.delete(f"{SAVED}/{saved}").status_code == 204
    assert names(client) == []


def test_an_administrator_ends_what_is_shared_and_a_colleague_does_not(
    client: httpx.Client, company: TenantBuilder
) -> None:
    saved = saved_by(client, "anna", shared=True)
    as_user(client, "bram")
    assert client.delete(f"{SAVED}/{saved}").status_code == 403
    assert client.put(f"{SAVED}/{saved}", json=BODY).status_code == 403
    answer = as_user(client, "boss").put(f"{SAVED}/{saved}", json=BODY | {"shared": False})
    assert answer.status_code == 200
    assert names(client) == []
    assert names(as_user(client, "anna")) == [BODY["name"]]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"report": "nonsense"}, 404),
        ({"columns": ["nonsense"]}, 400),
        ({"sort": ["user"]}, 400),
        ({"filters": {"colour": ["red"]}}, 400),
        ({"period": "someday"}, 400),
        ({"period": None}, 400),
        ({"name": ""}, 422),
        ({"name": "  "}, 400),
        ({"name": "a\x00b"}, 400),
        ({"filters": {"extension": ["x" * 150] * 1000}}, 400),
        ({"colour": "red"}, 422),
    ],
)
def test_what_cannot_be_run_cannot_be_saved(
    client: httpx.Client, company: TenantBuilder, changes: dict[str, Any], status: int
) -> None:
    answer = as_user(client, "anna").post(SAVED, json=BODY | changes)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_one_owner_has_a_name_once(client: httpx.Client, company: TenantBuilder) -> None:
    saved_by(client, "anna")
    assert as_user(client, "anna").post(SAVED, json=BODY).status_code == 409
    saved_by(client, "bram")


def test_a_program_sees_what_is_shared_and_owns_nothing(
    client: httpx.Client, company: TenantBuilder, administrator: Connection
) -> None:
    saved_by(client, "anna")
    shared = saved_by(client, "anna", name="Shared", shared=True)
    client.cookies.clear()
    token = create_token(administrator, "acme", name="program", days=1)
    client.headers["Authorization"] = f"Bearer {token}"
    assert [each["id"] for each in client.get(SAVED).json()] == [shared]
    assert client.post(SAVED, json=BODY).status_code == 403
    assert client.delete(f"{SAVED}/{shared}").status_code == 403


def test_changes_are_in_the_audit_trail(
    client: httpx.Client, company: TenantBuilder, owner: psycopg.Connection
) -> None:
    saved = saved_by(client, "anna")
    client.put(f"{SAVED}/{saved}", json=BODY | {"shared": True})
    as_user(client, "boss").delete(f"{SAVED}/{saved}")
    entries = owner.execute(
        "SELECT actor, action, name FROM store.audit_entry WHERE object = 'saved_report' ORDER BY audit_id"
    ).fetchall()
    assert entries == [
        (who, what, BODY["name"])
        for who, what in (("anna", "created"), ("anna", "changed"), ("boss", "deleted"))
    ]
    shared = owner.execute(
        "SELECT details -> 'new' -> 'shared' FROM store.audit_entry "
        "WHERE object = 'saved_report' AND action = 'changed'"
    ).fetchone()
    assert shared == (True,)


def test_the_database_shows_a_saved_report_to_the_report_generator_alone(
    client: httpx.Client, company: TenantBuilder, portal: Connection
) -> None:
    saved_by(client, "anna")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        portal.execute("SELECT * FROM store.saved_report")
    portal.rollback()
    assert portal.execute("SELECT * FROM report.saved_reports(1)").fetchall() == []


def test_a_report_is_saved_opened_changed_and_deleted_in_the_portal(
    client: httpx.Client, company: TenantBuilder
) -> None:
    page = as_user(client, "anna").get("/reports/calls-by-date", params={"period": "last-month"}).text
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    form = {
        "csrf": csrf,
        "report": "calls-by-date",
        "query": "period=last-month&columns=duration&columns=user",
    }
    assert client.post("/saved", data=form | {"csrf": "x", "name": "Mine"}).status_code == 403
    assert client.post("/saved", data=form | {"name": " "}).status_code == 400
    answer = client.post("/saved", data=form | {"name": "Mine <b>"})
    assert answer.status_code == 303
    saved = answer.headers["location"]
    assert "Mine &lt;b&gt;" in client.get("/reports").text
    opened = client.get(saved).headers["location"]
    assert opened.startswith("/reports/calls-by-date?period=last-month&columns=duration&columns=user")
    assert "Mine &lt;b&gt;" in client.get(opened).text
    client.post(saved, data={"csrf": csrf, "query": "period=last-week", "name": "Ours", "shared": "true"})
    assert "Ours" in as_user(client, "bram").get("/reports").text
    assert client.get(saved).status_code == 303
    csrf = client.get("/reports").text.split('name="csrf" value="')[1].split('"')[0]
    assert client.post(f"{saved}/delete", data={"csrf": csrf}).status_code == 403
    as_user(client, "anna")
    csrf = client.get("/reports").text.split('name="csrf" value="')[1].split('"')[0]
    assert client.post(f"{saved}/delete", data={"csrf": csrf}).status_code == 303
    assert client.get(saved).status_code == 404
