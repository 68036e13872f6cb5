"""Every change is shown on the thing itself: when, by whom, old and new value, in the reader's words."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import psycopg
import pytest

from reportgen.access.roles import Role
from reportgen.history.columns import COLUMNS, OBJECTS, UNTOLD
from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from tests.access.conftest import NOW, PASSWORD, Accounts
from tests.access.test_configuration import API, sign_in
from tests.access.test_portal import form_token
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served


@pytest.fixture
def client(
    database: Database, make_account: Accounts, acme: TenantBuilder, role_names: RoleNames
) -> Iterator[httpx.Client]:
    """An administrator who reads English."""
    make_account("anna", email="anna@example.org")
    for department in ("Sales", "Service"):
        acme.unit("department", department)
    acme.person("1")
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        sign_in(client, "acme/anna")
        client.cookies.set("language", "en")
        yield client


def rows(client: httpx.Client, path: str) -> list[list[str]]:
    """The cells of the page's last table that tells changes, without the moments; the newest first."""
    page = client.get(path)
    assert page.status_code == 200, page.text
    table = page.text.rpartition('<table class="trail-table">')[2].partition("</table>")[0]
    body = table.partition("<tbody>")[2]
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", body, re.S):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        assert re.fullmatch(r"\d\d[-/]\d\d[-/]\d{4} \d\d:\d\d", cells[0]), cells[0]
        found.append([plain(cell) for cell in cells[1:]])
    return found


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html.replace("</div>", "; "))).strip().removesuffix(";")


def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def test_each_table_of_the_trail_has_its_words(owner: psycopg.Connection) -> None:
    kept = owner.execute(
        "SELECT relname, array_agg(attname::text) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped "
        "WHERE tgname = 'audit' GROUP BY relname"
    ).fetchall()
    assert {table for table, _columns in kept} == set(COLUMNS)
    for table, columns in kept:
        assert table in OBJECTS
        assert set(columns) - UNTOLD <= set(COLUMNS[table]), f"{table}: a column without a title"
        assert set(COLUMNS[table]) <= set(columns), f"{table}: a title without a column"


def test_a_users_changes_stand_on_his_page(client: httpx.Client) -> None:
    def user(**said: Any) -> None:
        ok(client.put("/api/v1/users/sam", json={"role": "supervisor", **said}))

    ok(client.post("/api/v1/users", json={"name": "sam", "role": "user", "scope": {"persons": ["p1"]}}))
    user(scope={"departments": ["Sales"]}, email="sam@example.org")
    user(scope={"departments": ["Sales", "Service"]}, email="sam@example.org", call_center_basic=True)
    ok(client.post("/api/v1/users/sam/password"))
    ok(client.post("/api/v1/users/sam/disable"))
    ok(client.post("/api/v1/users/sam/enable"))
    told = rows(client, "/users/sam")
    assert {actor for actor, *_rest in told} == {"anna"}
    assert [action for _actor, action, _said in told] == ["Changed"] * 5 + ["Added"]
    said = [said for _actor, _action, said in told]
    assert said[0] == "Kept out: yes → no"
    assert said[1] == "Kept out: no → yes"
    assert "Password: changed" in said[2]
    assert said[3] == "Sees: Sales → Sales, Service; Call Center Basic: no → yes"
    assert said[4] == "E-mail address: sam@example.org; Role: User → Supervisor; Sees: 1 → Sales"
    assert said[5].startswith("User name: sam; Role: User; Sees: 1; One-time password until: ")
    client.cookies.set("language", "nl")
    assert rows(client, "/users/sam")[0][1:] == ["Gewijzigd", "Buitengesloten: ja → nee"]
    entries = client.get("/api/v1/users/sam/changes").json()
    assert len(entries) == 6
    assert entries[0]["details"]["new"] == {"disabled_at": None}
    assert client.get("/api/v1/users/nobody/changes").status_code == 404


def test_screens_and_tokens_tell_who_made_and_ended_them(client: httpx.Client) -> None:
    with httpx.Client(base_url=client.base_url, timeout=60) as device:
        code = re.search(r"\b(\d{3} \d{3})\b", device.get("/screen").text)
        assert code is not None
    made = {"code": code[1], "name": "Hall", "scope": {"departments": ["Service"]}}
    (screen,) = ok(client.post("/api/v1/screens", json=made))
    ok(client.delete(f"/api/v1/screens/{screen['screen_id']}"))
    assert rows(client, "/screens") == [
        ["anna", "Removed", "Wall screen Hall", "Name: Hall; Sees: Service; Boards: Live"],
        ["anna", "Added", "Wall screen Hall", "Name: Hall; Sees: Service; Boards: Live"],
    ]
    ok(client.post("/api/v1/tokens", json={"name": "planning", "user": "anna"}))
    (token,) = ok(client.get("/api/v1/tokens"))
    ok(client.delete(f"/api/v1/tokens/{token['token_id']}"))
    ended, begun = rows(client, "/users")
    assert ended[:3] == ["anna", "Removed", "Token planning"]
    assert begun[:3] == ["anna", "Added", "Token planning"]
    assert begun[3].startswith("Name: planning; User: anna; Valid until: ")


@pytest.mark.parametrize(
    ("kind", "key", "before", "after", "told"),
    [
        ("departments", "Sales", {"name": "Sales"}, {"code": "S1"}, "Code: S1"),
        ("extensions", "201", {"number": "201", "department": "Sales"}, {"department": "Service"},
         "Number: 201; Department: Service; Days: from 01/12/2026"),
        ("ddis", "+31201234567", {"number": "0201234567", "name": "Front"}, {"name": "Desk"},
         "Days: always → until 30/11/2026"),
        ("contact-groups", "queue~sales", {"kind": "queue", "pbx_name": "sales", "name": "Sales"},
         {"wrap_up_seconds": "20"}, "Wrap-up time (s): 0 → 20"),
        ("customers", "C1", {"reference": "C1", "name": "Baker"}, {"name": "Butcher"},
         "Name: Baker → Butcher"),
        ("holidays", "2026-12-25", {"day": "2026-12-25", "name": "Christmas"}, {"name": "Christmas Day"},
         "Name: Christmas → Christmas Day"),
    ],
)  # fmt: skip
def test_a_thing_of_the_configuration_shows_its_changes(
    client: httpx.Client, kind: str, key: str, before: dict[str, str], after: dict[str, str], told: str
) -> None:
    if kind != "departments":
        ok(client.post(f"{API}/{kind}", json={"fields": before}))
    ok(client.put(f"{API}/{kind}/{key}", json={"fields": after, "from": "2026-12-01"}))
    shown = rows(client, f"/configuration/{kind}/entry/{key}")
    assert any(told in row[-1] for row in shown if row[0] == "anna"), shown


def test_targets_and_privacy_settings_show_their_changes(client: httpx.Client, acme: TenantBuilder) -> None:
    ok(client.put(f"{API}/targets/", json={"fields": {"answer_target_seconds": "15"}}))
    assert rows(client, "/configuration/targets")[0][1:] == ["Changed", "Answer target (s): 20 → 15"]
    settings = ok(client.get("/api/v1/privacy/settings"))
    ok(
        client.put(
            "/api/v1/privacy/settings",
            json={**settings, "masked_roles": ["supervisor", "user"], "call_days": 400, "event_days": 30,
                  "state_days": 400, "rollup_days": 800},
        )
    )  # fmt: skip
    kept = {"Events": 30, "Calls": 400, "States": 400, "Sums": 800}
    assert rows(client, "/privacy")[0] == [
        "anna",
        "Changed",
        "Last digits hidden from: Supervisor, User; "
        + "; ".join(f"{kind}: without limit → {days} days" for kind, days in kept.items()),
    ]


def test_an_alarms_page_shows_its_changes(client: httpx.Client) -> None:
    data = {
        "csrf": form_token(client, "/alarms/new"), "kind": "longest_wait", "limit_value": "120",
        "recovery_value": "60", "enabled": "1", "teams": "https://teams.example.org/secret",
    }  # fmt: skip
    assert client.post("/alarms", data=data).status_code == 303
    (alarm,) = [each for each in client.get("/api/v1/alarms").json() if each["limit_value"] in (120, "120")]
    address = f"/alarms/{alarm['alarm_id']}"
    client.post("/alarms", data={**data, "alarm_id": alarm["alarm_id"], "limit_value": "90"})
    changed, made = rows(client, address)
    assert changed == ["anna", "Changed", "Rings beyond: 120 → 90"]
    assert "Figure: Longest wait" in made[2]
    assert "On: yes" in made[2]
    assert "secret" not in client.get("/audit").text


def test_the_trail_is_read_in_words(
    client: httpx.Client, make_account: Accounts, acme: TenantBuilder
) -> None:
    client.post("/sign-in", data={"name": "anna", "password": "wrong"})
    ok(client.get("/api/v1/reports/calls-by-date.json", params={
        "from": "2026-10-05", "to": "2026-10-06", "extension": "201"}))  # fmt: skip
    told = rows(client, "/audit")
    assert told[0][0] == "anna"
    assert told[0][2:4] == ["Run", "Report Calls by date"]
    assert told[0][4] == (
        "Format: json; From: 05/10/2026; Until and including: 06/10/2026; Filters: Extension 201; Rows: 0; "
        "Given out completely: yes"
    )
    assert told[1][2:] == ["Refused", "Sign-in", ""]
    page = client.get("/audit").text
    assert not [word for word in (*COLUMNS, "{", "pbx_name") if f">{word}" in page]
    assert {row[3].partition(" ")[0] for row in rows(client, "/audit?about=person")} == {"Person"}
    client.cookies.set("language", "nl")
    assert rows(client, "/audit")[1][2:4] == ["Geweigerd", "Aanmelding"]
    assert client.get("/api/v1/audit", params={"object": "person"}).json()[0]["object"] == "person"


def test_a_privacy_officer_reads_names_too(
    client: httpx.Client, make_account: Accounts, rival: TenantBuilder
) -> None:
    rival.unit("department", "Spying")
    made = {"name": "sam", "role": "supervisor", "scope": {"departments": ["Sales"]}}
    ok(client.post("/api/v1/users", json=made))
    make_account("olga", Role.PRIVACY_OFFICER)
    client.cookies.clear()
    client.post("/sign-in", data={"name": "olga", "password": PASSWORD})
    client.cookies.set("language", "en")
    told = rows(client, "/audit")
    assert any("Sees: Sales" in row[4] for row in told)
    assert "Spying" not in client.get("/audit").text
    assert client.get("/users/sam").status_code == 403
    assert client.get("/api/v1/users/sam/changes").status_code == 403
