"""Alarms in the portal and the API: who may see and change them, what is refused, what is kept."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from store.vocabulary import GroupKind
from tests.access.conftest import PASSWORD, Accounts
from tests.access.test_portal import form_token
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

NOW = datetime(2026, 11, 2, 8, 0, 10, tzinfo=UTC)
WAIT = {"kind": "longest_wait", "limit_value": 120, "recovery_value": 60}


@pytest.fixture
def client(
    database: Database,
    acme: TenantBuilder,
    make_account: Accounts,
    rival: TenantBuilder,
    role_names: RoleNames,
) -> Iterator[httpx.Client]:
    """Acme has two queues, an administrator, a supervisor of Sales, and a user; so has its rival."""
    for builder in (acme, rival):
        builder.group("sales", "Sales")
        builder.group("service", "Service")
        builder.group("600", "Reception", kind=GroupKind.HUNT_GROUP)
    make_account("anna")
    make_account("sven", Role.SUPERVISOR, scope=ScopeWanted(groups=["sales"]))
    acme.person("1")
    make_account("uma", Role.USER, scope=ScopeWanted(persons=["p1"]))
    make_account("rita", tenant="rival")
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        yield client


def sign_in(client: httpx.Client, name: str, tenant: str = "acme") -> None:
    client.cookies.clear()
    assert client.post("/sign-in", data={"name": f"{tenant}/{name}", "password": PASSWORD}).status_code == 303
    client.headers["X-CSRF-Token"] = form_token(client, "/account")


def make(client: httpx.Client, **alarm: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/alarms", json={**WAIT, **alarm})
    assert answer.status_code == httpx.codes.CREATED, answer.text
    made: dict[str, Any] = answer.json()
    return made


def csrf(client: httpx.Client, path: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def test_an_administrator_makes_changes_and_deletes_and_all_of_it_is_kept(
    client: httpx.Client, owner: psycopg.Connection
) -> None:
    sign_in(client, "anna")
    made = make(
        client,
        contact_group="sales",
        mail_to=["anna@example.org"],
        channels={"slack": "https://hooks.slack.com/services/T0/B0/secret"},
    )
    assert client.get("/api/v1/alarms").json() == [made]
    changed = {**WAIT, "limit_value": 90, "contact_group": "service"}
    answer = client.put(f"/api/v1/alarms/{made['alarm_id']}", json=changed)
    assert (answer.json()["limit_value"], answer.json()["contact_group"]) == ("90", "service")
    assert client.delete(f"/api/v1/alarms/{made['alarm_id']}").status_code == httpx.codes.NO_CONTENT
    assert client.get("/api/v1/alarms").json() == []
    assert client.delete(f"/api/v1/alarms/{made['alarm_id']}").status_code == httpx.codes.NOT_FOUND
    entries = owner.execute(
        "SELECT action, actor, details::text FROM store.audit_entry WHERE object = 'alarm' ORDER BY audit_id"
    ).fetchall()
    assert [entry[:2] for entry in entries] == [("created", "anna"), ("changed", "anna"), ("deleted", "anna")]
    assert "secret" not in str(entries), "the address of a webhook is a secret"
    assert '"limit_value": 120' in entries[1][2]
    assert '"limit_value": 90' in entries[1][2]


def test_a_supervisor_sees_the_alarms_of_his_part_without_who_is_told_and_changes_none(
    client: httpx.Client,
) -> None:
    sign_in(client, "anna")
    mine = make(client, contact_group="sales", mail_to=["anna@example.org"])
    other = make(client, contact_group="service")
    make(client)
    sign_in(client, "sven")
    (seen,) = client.get("/api/v1/alarms").json()
    assert (seen["alarm_id"], seen["mail_to"], seen["channels"]) == (mine["alarm_id"], [], {})
    page = client.get("/alarms").text
    assert "Sales" in page
    assert "Service" not in page
    assert "anna@example.org" not in page
    for request in (
        client.post("/api/v1/alarms", json=WAIT),
        client.put(f"/api/v1/alarms/{mine['alarm_id']}", json=WAIT),
        client.delete(f"/api/v1/alarms/{mine['alarm_id']}"),
        client.get("/alarms/new"),
        client.get(f"/alarms/{mine['alarm_id']}"),
    ):
        assert request.status_code == httpx.codes.FORBIDDEN
    path = f"/api/v1/alarms/{other['alarm_id']}/acknowledgement"
    assert client.put(path, json={"hours": 1}).status_code == httpx.codes.NOT_FOUND
    sign_in(client, "uma")
    assert client.get("/api/v1/alarms").status_code == httpx.codes.FORBIDDEN
    assert client.get("/alarms").status_code == httpx.codes.FORBIDDEN
    assert 'href="/alarms"' not in client.get("/reports").text


def test_another_tenant_neither_sees_nor_changes(client: httpx.Client) -> None:
    sign_in(client, "anna")
    made = make(client)
    sign_in(client, "rita", tenant="rival")
    assert client.get("/api/v1/alarms").json() == []
    path = f"/api/v1/alarms/{made['alarm_id']}"
    for answer in (
        client.put(path, json=WAIT),
        client.delete(path),
        client.put(f"{path}/acknowledgement", json={}),
        client.get(f"/alarms/{made['alarm_id']}"),
    ):
        assert answer.status_code == httpx.codes.NOT_FOUND
    sign_in(client, "anna")
    assert client.get("/api/v1/alarms").json() == [made]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"recovery_value": 130}, "it can only recover at the limit or below it"),
        ({"kind": "gos", "limit_value": 80, "recovery_value": 70}, "at the limit or above it"),
        ({"limit_value": -1, "recovery_value": -1}, "Limits are numbers from 0"),
        ({"for_minutes": 3}, "Choose how long it must last"),
        ({"contact_group": "sales", "ddi": "+31201234567"}, "not both"),
        ({"kind": "no_data", "contact_group": "sales"}, "choose no contact group"),
        (
            {"kind": "no_agent", "ddi": "+31201234567", "recovery_value": 120},
            "does not watch a direct number",
        ),
        ({"ddi": "020-1234567"}, "Write the direct number as +31"),
        ({"contact_group": "Sales"}, 'has no contact group "Sales"'),
        ({"contact_group": "600"}, "choose one, not a hunt group"),
        (
            {"kind": "no_agent", "contact_group": "600", "recovery_value": 120},
            "choose one, not a hunt group",
        ),
        ({"ddi": "+31207654321"}, 'There is no direct number "+31207654321"'),
        ({"mail_to": ["anna"]}, '"anna" is not an e-mail address'),
        ({"mail_to": ["a@example.org\r\nBcc: b@example.org"]}, "is not an e-mail address"),
        ({"mail_to": [f"a{number}@example.org" for number in range(51)]}, "at most 50 addresses"),
        ({"channels": {"pager": "https://example.org"}}, 'no channel "pager"'),
        *(
            ({"channels": {"webhook": address}}, "names a host on the internet")
            for address in (
                "http://example.org/hook",
                "https://prometheus:9090/",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://2130706433/",
                "https://grafana.internal/",
                "https://grafana.internal./",
                "https://localhost./",
                "https://127.0.0.1./",
                "https://user:password@example.org/",
                "https://example.org:x/",
                "https://example.org/ hook",
            )
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    client: httpx.Client, wrong: dict[str, Any], told: str
) -> None:
    sign_in(client, "anna")
    answer = client.post("/api/v1/alarms", json={**WAIT, **wrong})
    assert answer.status_code == httpx.codes.BAD_REQUEST
    assert told in answer.json()["detail"]
    assert client.get("/api/v1/alarms").json() == []


def test_what_is_gone_can_be_watched_no_more_but_its_alarm_put_to_rest(
    client: httpx.Client, owner: psycopg.Connection
) -> None:
    sign_in(client, "anna")
    made = make(client, contact_group="sales")
    owner.execute("DELETE FROM store.contact_group WHERE pbx_name = 'sales'")
    path = f"/api/v1/alarms/{made['alarm_id']}"
    kept = {name: value for name, value in made.items() if name != "alarm_id"}
    assert client.put(path, json=kept).status_code == httpx.codes.BAD_REQUEST
    assert client.put(path, json=kept | {"enabled": False}).status_code == httpx.codes.OK
    hunt_group = {"kind": "gos", "limit_value": 60, "recovery_value": 70, "contact_group": "600"}
    assert client.post("/api/v1/alarms", json=hunt_group).status_code == httpx.codes.CREATED


def test_the_form_makes_an_alarm_and_keeps_what_was_typed_after_a_mistake(client: httpx.Client) -> None:
    sign_in(client, "anna")
    form = {
        "csrf": csrf(client, "/alarms/new"),
        "kind": "gos",
        "name": "  Service   te laag ",
        "contact_group": "service",
        "limit_value": "79,5",
        "recovery_value": "tachtig",
        "for_minutes": "5",
        "least_offered": "20",
        "enabled": "1",
        "mail_to": "anna@example.org; bert@example.org",
        "teams": "https://example.org/teams",
    }
    answer = client.post("/alarms", data=form)
    assert answer.status_code == httpx.codes.BAD_REQUEST
    assert "“tachtig” is geen getal." in answer.text
    assert 'value="tachtig"' in answer.text
    assert 'value="anna@example.org, bert@example.org"' in answer.text
    assert client.post("/alarms", data={**form, "recovery_value": "85"}).headers["location"] == "/alarms"
    (made,) = client.get("/api/v1/alarms").json()
    del made["alarm_id"]
    assert made == {
        "kind": "gos",
        "name": "Service te laag",
        "contact_group": "service",
        "ddi": None,
        "limit_value": "79.5",
        "recovery_value": "85",
        "for_minutes": 5,
        "least_offered": 20,
        "working_hours_only": False,
        "enabled": True,
        "mail_to": ["anna@example.org", "bert@example.org"],
        "channels": {"teams": "https://example.org/teams"},
    }
    page = client.get("/alarms").text
    assert "Service te laag" in page
    assert "&lt; 79,5 %" in page
    assert "anna@example.org, bert@example.org, Teams" in page
    assert client.post("/alarms", data={**form, "csrf": "0" * 64}).status_code == httpx.codes.FORBIDDEN


def test_without_a_grafana_the_definitions_are_there_and_the_rest_is_told(client: httpx.Client) -> None:
    sign_in(client, "anna")
    made = make(client, name="<b>Wait</b>")
    page = client.get("/alarms").text
    assert "Grafana is niet bereikbaar of nog niet ingericht" in page
    assert "&lt;b&gt;Wait&lt;/b&gt;" in page
    assert 'href="/grafana/"' not in page
    assert client.get("/internal/grafana").status_code == httpx.codes.NOT_FOUND
    answer = client.get("/api/v1/alarms/ringing")
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    path = f"/api/v1/alarms/{made['alarm_id']}/acknowledgement"
    assert client.put(path, json={"hours": 4}).status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert client.get("/audit").text.count("acknowledged") == 0
