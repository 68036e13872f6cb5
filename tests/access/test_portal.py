"""The portal and the API, as those with different rights meet them."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pyotp
import pytest

from reportgen.access.accounts import ScopeWanted, create_account, make_scope
from reportgen.access.editions import NOT_WITH_CALL_CENTER_BASIC
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token
from reportgen.catalogue import CATALOGUE
from store.connect import Connection
from tests.access.conftest import NOW, PASSWORD, Accounts
from tests.reportgen.builders import TenantBuilder

OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}
AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
OTHER_PASSWORD = "four words are enough"


@pytest.fixture
def departments(acme: TenantBuilder) -> TenantBuilder:
    """A call of 201 in Sales, and two of 301 in Service."""
    for name, extension, calls in (("Sales", "201", 1), ("Service", "301", 2)):
        department, person = acme.unit("department", name), acme.person(extension)
        acme.connection.execute(
            "INSERT INTO store.extension (tenant_id, number, department_id, person_id) "
            "VALUES (%s, %s, %s, %s)",
            (acme.tenant_id, extension, department, person),
        )
        for hour in range(calls):
            acme.call(
                AT + timedelta(hours=hour), extension=extension, department_id=department, person_id=person
            )
    acme.roll_up()
    return acme


def sign_in(client: httpx.Client, name: str, password: str = PASSWORD) -> httpx.Response:
    return client.post("/sign-in", data={"name": name, "password": password})


def form_token(client: httpx.Client, path: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def totals(client: httpx.Client, headers: dict[str, str] | None = None) -> dict[str, int]:
    """Of October: calls in a list, per extension (from sums, where they may be used) and per hour."""
    found = {}
    for slug in ("calls-by-date", "extension-activity", "hourly-activity"):
        answer = client.get(f"/api/v1/reports/{slug}.json", params=OCTOBER, headers=headers)
        assert answer.status_code == 200, answer.text
        found[slug] = answer.json()["summary"]["total"]
    return found


def test_a_one_time_password_leads_to_the_choice_of_another(
    client: httpx.Client, administrator: Connection, acme: TenantBuilder
) -> None:
    given = create_account(administrator, "acme", "anna", Role.ADMINISTRATOR)
    answer = sign_in(client, "anna", given)
    assert answer.headers["location"] == "/sign-in/new-password"
    for path in ("/reports", "/reports/call-response", "/live", "/live/tiles"):
        assert client.get(path).headers["location"] == "/sign-in/new-password"
    assert client.get("/api/v1/reports").status_code == 401
    form = {"csrf": form_token(client, "/sign-in/new-password"), "old": given, "new": OTHER_PASSWORD}
    answer = client.post("/sign-in/new-password", data={**form, "again": "something else"})
    assert "verschillen" in answer.text
    answer = client.post("/sign-in/new-password", data={**form, "again": OTHER_PASSWORD})
    assert answer.headers["location"] == "/reports"
    assert client.get("/reports").status_code == 200


def test_a_second_factor_is_asked_for_before_anything_is_shown(
    client: httpx.Client, owner: psycopg.Connection, make_account: Accounts, clock: list[datetime]
) -> None:
    make_account("anna")
    totp = pyotp.TOTP(pyotp.random_base32())
    owner.execute("UPDATE store.account SET totp_secret = %s, totp_confirmed_at = now()", [totp.secret])
    assert sign_in(client, "anna").headers["location"] == "/sign-in/code"
    assert client.get("/reports").headers["location"] == "/sign-in/code"
    form = {"csrf": form_token(client, "/sign-in/code")}
    assert client.post("/sign-in/code", data={**form, "code": "000 000"}).status_code == 401
    answer = client.post("/sign-in/code", data={**form, "code": totp.at(NOW)})
    assert answer.headers["location"] == "/reports"
    assert client.get("/reports").status_code == 200


def test_everybody_can_have_a_code_asked_for(
    client: httpx.Client, make_account: Accounts, clock: list[datetime]
) -> None:
    make_account("anna", Role.PRIVACY_OFFICER)
    sign_in(client, "anna")
    csrf = {"csrf": form_token(client, "/account")}
    assert client.post("/account/second-factor").status_code == 403
    shown = client.post("/account/second-factor", data=csrf).text
    secret = re.search(r"secret=([A-Z2-7]+)", shown)
    assert secret is not None
    totp = pyotp.TOTP(secret[1])
    assert client.post("/sign-in/code", data={**csrf, "code": totp.at(NOW)}).headers["location"] == "/audit"
    assert "wordt om een eenmalige code gevraagd" in client.get("/account").text
    assert sign_in(client, "anna").headers["location"] == "/sign-in/code"


def test_too_many_attempts_are_told(client: httpx.Client, make_account: Accounts) -> None:
    make_account("anna")
    codes = [sign_in(client, "anna", "guess").status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]


def test_a_form_of_another_site_does_nothing(client: httpx.Client, make_account: Accounts) -> None:
    make_account("anna")
    data = {"name": "anna", "password": PASSWORD}
    answer = client.post("/sign-in", data=data, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    sign_in(client, "anna")
    for path in ("/sign-out", "/sign-in/new-password", "/sign-in/code"):
        for csrf in ({}, {"csrf": "0" * 64}):
            assert client.post(path, data=csrf).status_code == 403
    token = form_token(client, "/reports")
    answer = client.post("/sign-out", data={"csrf": token}, headers={"Origin": "null"})
    assert answer.status_code == 403
    assert client.get("/reports").status_code == 200


def test_everybody_sees_the_calls_of_his_scope_in_every_report(
    client: httpx.Client, make_account: Accounts, departments: TenantBuilder
) -> None:
    """From sums or from rows, the answer is the same."""
    sales = ScopeWanted({"department": ["Sales"]})
    make_account("all")
    make_account("sales", Role.SUPERVISOR, scope=sales)
    make_account("self", Role.USER, scope=ScopeWanted(persons=["p301"]))
    for name, calls in (("all", 3), ("sales", 1), ("self", 2)):
        sign_in(client, name)
        assert set(totals(client).values()) == {calls}, name


def test_a_filter_names_nobody_outside_the_scope(
    client: httpx.Client, make_account: Accounts, departments: TenantBuilder
) -> None:
    make_account("sales", Role.SUPERVISOR, scope=ScopeWanted({"department": ["Sales"]}))
    sign_in(client, "sales")
    page = client.get("/reports/extension-activity", params=OCTOBER).text
    assert "201" in page
    assert "301" not in page
    answer = client.get("/api/v1/reports/calls-by-date.json", params={**OCTOBER, "extension": "301"})
    assert answer.json()["rows"] == []


def test_a_token_for_a_part_opens_that_part(
    client: httpx.Client, administrator: Connection, departments: TenantBuilder
) -> None:
    make_scope(administrator, departments.tenant_id, ScopeWanted({"department": ["Sales"]}), "sales")
    token = create_token(administrator, "acme", name="x", days=1, scope="sales")
    assert set(totals(client, bearer(token)).values()) == {1}


def test_the_edition_decides_which_reports_there_are(
    client: httpx.Client, owner: psycopg.Connection, make_account: Accounts
) -> None:
    make_account("anna")
    make_account("basic", call_center_basic=True)

    def offered(name: str) -> set[str]:
        sign_in(client, name)
        return {each["slug"] for each in client.get("/api/v1/reports").json()}

    assert "contact-group-overview" in offered("anna")
    assert offered("anna") - offered("basic") == set(CATALOGUE) & NOT_WITH_CALL_CENTER_BASIC
    owner.execute("UPDATE store.tenant SET edition = 'standard'")
    slugs = offered("anna")
    assert "call-response" in slugs
    assert "contact-group-overview" not in slugs
    for path in (
        "/api/v1/reports/contact-group-overview",
        "/api/v1/reports/contact-group-overview.json?period=today",
        "/reports/contact-group-overview",
    ):
        assert client.get(path).status_code == 404, path
    run = client.post("/api/v1/reports/contact-group-overview/run", json={"period": "today"})
    assert run.status_code == 404


@pytest.mark.parametrize(("role", "tenant"), [(Role.OPERATOR, None), (Role.PRIVACY_OFFICER, "acme")])
def test_who_sees_no_calls_is_told_so(
    client: httpx.Client, make_account: Accounts, role: Role, tenant: str | None
) -> None:
    make_account("anna", role, tenant)
    sign_in(client, "anna")
    for path in ("/reports", "/live", "/api/v1/reports", "/api/v1/reports/call-response.pdf?period=today"):
        assert client.get(path).status_code == 403, path
