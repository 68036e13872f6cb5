"""Ways round the doors: another site's page, a token with less than its owner, a code planted on a screen."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import psycopg
import pytest
from fastapi.routing import APIRoute

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Action, Principal, Role
from reportgen.web.administration import may_change
from reportgen.web.app import create_app
from reportgen.web.sign_in import own_form, same_site
from store.connect import connect
from store.login import create_login
from tests.access.conftest import NOW, PASSWORD, Accounts
from tests.access.test_configuration import sign_in
from tests.access.test_hostile_api import every_route
from tests.conftest import Database, RoleNames
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

BEFORE_A_SESSION = {"/sign-in", "/password", "/password/{link}"}
"""Forms that are sent before there is a session: browsers say from which site."""
CHANGES_NOTHING = {"/language", "/api/v1/reports/{slug}/run"}


@pytest.fixture
def client(
    database: Database,
    make_account: Accounts,
    acme: TenantBuilder,
    rival: TenantBuilder,
    role_names: RoleNames,
) -> Iterator[httpx.Client]:
    """Signed in as Acme's administrator; says nothing by itself that another site's page could not."""
    sample.fill(acme, calls=20)
    make_account("anna")
    make_account("zoe", tenant="rival")
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        client.post("/sign-in", data={"name": "acme/anna", "password": PASSWORD})
        yield client


@pytest.fixture
def other(client: httpx.Client) -> Iterator[httpx.Client]:
    """A program, or another browser."""
    with httpx.Client(base_url=client.base_url, timeout=60) as other:
        yield other


def asked_of(route: APIRoute) -> set[Callable[..., Any] | None]:
    found, left = set(), [route.dependant]
    while left:
        each = left.pop()
        found.add(each.call)
        left += each.dependencies
    return found


def test_whatever_changes_something_asks_for_what_no_other_site_knows() -> None:
    changing = [
        route
        for route in every_route(create_app("postgresql://nowhere/nothing"))
        if (route.methods or set()) - {"GET", "HEAD"} and route.path not in CHANGES_NOTHING
    ]
    assert len(changing) > 60
    for route in changing:
        wanted = {same_site} if route.path in BEFORE_A_SESSION else {own_form, may_change}
        assert wanted & asked_of(route), f"{route.methods} {route.path}"


def test_another_sites_page_changes_nothing_by_the_api(
    client: httpx.Client, owner: psycopg.Connection
) -> None:
    """A form without a body is a request that browsers send without asking first, with the cookie when they
    take the other site for the same one.
    """
    tables = ("person", "privacy_setting", "saved_report", "tile", "alarm", "report_run", "privacy_act")

    def kept() -> list[Any]:
        return [
            owner.execute(f"SELECT t::text FROM store.{table} AS t ORDER BY 1".encode()).fetchall()
            for table in tables
        ]

    before = kept()
    month = {"from": "2026-10-01", "to": "2026-10-31"}
    for answer in (
        client.post("/api/v1/privacy/archive/pAnna"),
        client.post("/api/v1/privacy/erase", json={"number": "+31612340001"}),
        client.post("/api/v1/privacy/access", json={"number": "+31612340001"}),
        client.put("/api/v1/privacy/settings", json={}),
        client.post("/api/v1/tiles", json={"report": "call-response", "form": "figure", "figure": "gos"}),
        client.post("/api/v1/saved-reports", json={"name": "x", "report": "call-response", **month}),
        client.post("/api/v1/runs", json={"report": "call-response", "format": "pdf", **month}),
        client.post("/api/v1/alarms", json={"kind": "gos", "limit_value": 80, "recovery_value": 90}),
    ):
        assert answer.status_code == 403, (answer.url, answer.text)
    assert kept() == before
    sign_in(client, "acme/anna")
    assert client.post("/api/v1/privacy/archive/pAnna").is_success


def test_a_token_for_a_part_does_nothing_for_the_whole(
    client: httpx.Client, other: httpx.Client, owner: psycopg.Connection
) -> None:
    """Also when it is an administrator's: what it is limited to, it is limited to."""
    sign_in(client, "acme/anna")
    client.put("/api/v1/scopes/one", json={"departments": ["department one"]})
    wish = {"name": "part", "user": "anna", "scope": "one"}
    part = client.post("/api/v1/tokens", json=wish).json()["token"]
    whole = client.post("/api/v1/tokens", json={"name": "whole", "user": "anna"}).json()["token"]
    alarm = {"kind": "gos", "limit_value": 80, "recovery_value": 90}
    asked: list[tuple[str, str, Any]] = [
        ("GET", "/api/v1/audit", None),
        ("GET", "/api/v1/audit.csv", None),
        ("GET", "/api/v1/privacy/settings", None),
        ("PUT", "/api/v1/privacy/settings", {"masked_roles": []}),
        ("POST", "/api/v1/privacy/access", {"number": "+31612340001"}),
        ("POST", "/api/v1/alarms", alarm),
        ("GET", "/api/v1/users", None),
        ("GET", "/api/v1/configuration/customers", None),
    ]
    for token, wanted in ((part, {403}), (whole, {200, 201})):
        bearer = {"Authorization": f"Bearer {token}"}
        for method, path, body in asked:
            answer = other.request(method, path, json=body, headers=bearer)
            assert answer.status_code in wanted, (path, answer.status_code)
        assert other.get("/api/v1/reports", headers=bearer).status_code == 200


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_whoever_sees_a_part_only_watches_over_nothing(role: Role) -> None:
    for action in Action:
        if Principal("x", role, 1, scope_id=7).may(action):
            assert action in (Action.SEE_REPORTS, Action.SEE_LIVE, Action.SEE_GRAFANA, Action.SEE_ALARMS)


def test_what_was_planted_on_a_screen_opens_nothing_once_it_is_paired(
    client: httpx.Client, other: httpx.Client
) -> None:
    """Somebody who gave the device its cookie beforehand does not look over its shoulder afterwards."""
    other.get("/screen")
    planted = other.cookies["screen"]
    code = re.search(r"\b(\d{3} \d{3})\b", other.get("/screen").text)
    assert code is not None
    sign_in(client, "acme/anna")
    assert client.post("/api/v1/screens", json={"code": code[1], "name": "Hall"}).status_code == 201
    assert other.get("/screen/state").json() == {"paired": True}
    assert other.get("/screen").headers["location"] == "/live"
    assert other.cookies["screen"] != planted
    assert other.get("/live").status_code == 200
    assert other.get("/screen").headers["location"] == "/live", "a second time it keeps what it has"
    kept = other.cookies["screen"]
    other.get("/screen")
    assert other.cookies["screen"] == kept
    with httpx.Client(base_url=client.base_url, timeout=60, cookies={"screen": planted}) as thief:
        assert thief.get("/live").status_code == 303
        assert thief.get("/screen/state").json() == {"paired": False}


def test_numbers_that_somebody_filtered_on_are_masked_for_whom_they_are(
    client: httpx.Client, other: httpx.Client, make_account: Accounts, owner: psycopg.Connection
) -> None:
    """A saved report is shared with whoever may run it, also with those who must not see whole numbers."""
    sign_in(client, "acme/anna")
    asked = {"period": "last-week", "filters": {"number": ["+31612340001"]}}
    saved = {"name": "Of 0612340001", "report": "calls-by-date", "shared": True, **asked}
    answer = client.post("/api/v1/saved-reports", json=saved)
    assert answer.status_code == 201, answer.text
    make_account("sam", Role.SUPERVISOR, scope=ScopeWanted({"department": ["department one"]}))
    sign_in(other, "acme/sam")
    assert "+31612340001" in other.get("/api/v1/saved-reports").text
    owner.execute("UPDATE store.privacy_setting SET masked_roles = '{supervisor}'")
    shown = other.get("/api/v1/saved-reports").text
    assert "+3161234****" in shown
    assert "12340001" not in shown
    assert "12340001" not in other.get("/reports").text
    assert "+31612340001" in client.get("/api/v1/saved-reports").text
