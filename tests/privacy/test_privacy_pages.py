"""The privacy officer and the administrator decide, answer requests and show evidence; nobody else does."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token
from reportgen.privacy.commands import privacy
from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from tests.access.conftest import PASSWORD, Accounts
from tests.access.test_portal import form_token
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW
from tests.reportgen.serving import served

NUMBER = "+31612340003"


@pytest.fixture
def client(
    company: TenantBuilder, make_account: Accounts, database: Database, role_names: RoleNames
) -> Iterator[httpx.Client]:
    make_account("anna")
    make_account("paula", Role.PRIVACY_OFFICER)
    make_account("sam", Role.SUPERVISOR, scope=ScopeWanted({"site": ["site one"]}))
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        yield client


def sign_in(client: httpx.Client, name: str) -> None:
    client.cookies.clear()
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
    client.headers["X-CSRF-Token"] = form_token(client, "/account")


def send(client: httpx.Client, path: str, **fields: str | list[str]) -> httpx.Response:
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/privacy").text)
    assert csrf is not None
    return client.post(path, data={"csrf": csrf[1], **fields})


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("name", ["anna", "paula"])
def test_settings_are_changed_on_the_page_and_stand_in_the_audit_trail(
    client: httpx.Client, name: str
) -> None:
    sign_in(client, name)
    saved = send(
        client,
        "/privacy/settings",
        masked_roles=["supervisor", "user"],
        masked_digits="3",
        event_days="30",
        call_days="365",
        state_days="365",
        purpose="Answering customers",
        legal_ground="Legitimate interest",
    )
    assert (saved.status_code, saved.headers["location"]) == (303, "/privacy?done=saved")
    found = client.get("/api/v1/privacy/settings").json()
    assert found["masked_roles"] == ["supervisor", "user"]
    assert (found["masked_digits"], found["event_days"], found["rollup_days"]) == (3, 30, None)
    entry = client.get("/api/v1/audit", params={"limit": 1}).json()[0]
    assert (entry["actor"], entry["object"], entry["action"]) == (name, "privacy_setting", "changed")
    assert entry["details"]["new"]["event_days"] == 30
    record = pdf_text(client.get("/api/v1/privacy/record.pdf?language=en").content)
    for said in ("Answering customers", "Legitimate interest", "365 days", "without limit", "Supervisor"):
        assert said in record
        assert said in client.get("/privacy/record", headers={"Cookie": _english(client)}).text


def _english(client: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in {**client.cookies, "language": "en"}.items())


def test_settings_that_bring_back_what_is_gone_are_refused_with_a_sentence(client: httpx.Client) -> None:
    sign_in(client, "paula")
    refused = send(client, "/privacy/settings", event_days="60", call_days="30")
    assert refused.status_code == 400
    assert "Gebeurtenissen mogen niet langer bewaard worden" in refused.text
    for days in ("x", "0", "1000000"):
        assert send(client, "/privacy/settings", gap_days=days).status_code == 400
    told = client.put("/api/v1/privacy/settings", json={"call_days": 30})
    assert (told.status_code, told.json()["type"]) == (
        400,
        "urn:gespreksrapportage:problem:invalid-privacy-settings",
    )


def test_somebodys_data_are_given_out_and_erased(client: httpx.Client, owner: psycopg.Connection) -> None:
    sign_in(client, "paula")
    given = send(client, "/privacy/requests", number="06 12340003", act="json")
    calls = json.loads(given.text)["tables"]["call"]
    assert {call["outside_number"] for call in calls} == {NUMBER}
    document = pdf_text(send(client, "/privacy/requests", number=NUMBER, act="pdf").content)
    assert "06 12340003" in document
    assert f"({len(calls)})" in document
    unsure = send(client, "/privacy/requests", number=NUMBER, act="erase")
    assert unsure.status_code == 400
    gone = send(client, "/privacy/requests", number=NUMBER, act="erase", sure="1")
    assert gone.headers["location"] == "/privacy?done=number_erased"
    left = owner.execute("SELECT count(*) FROM store.call WHERE outside_number = %s", [NUMBER]).fetchone()
    assert left == (0,)
    assert "Nummer gewist" in client.get("/privacy?done=number_erased").text
    kinds = [(act["kind"], act["actor"]) for act in client.get("/api/v1/privacy/evidence").json()]
    assert kinds == [("number_erased", "paula"), *[("number_disclosed", "paula")] * 2]


def test_a_user_is_archived_or_erased(client: httpx.Client, owner: psycopg.Connection) -> None:
    sign_in(client, "anna")
    assert send(client, "/privacy/requests", number=NUMBER, act="archive", sure="1").status_code == 400
    archived = send(client, "/privacy/requests", user="pBram", act="archive", sure="1")
    assert archived.headers["location"] == "/privacy?done=person_archived"
    assert client.post("/api/v1/privacy/erase", json={"user": "pChris"}).json()["person"] == 1
    left = owner.execute("SELECT name, archived_at IS NULL FROM store.person ORDER BY 1").fetchall()
    assert left == [("Anna", True), (None, False)]
    assert client.post("/api/v1/privacy/archive/nobody").status_code == 404
    assert send(client, "/privacy/requests", user="nobody", act="pdf").status_code == 400
    assert send(client, "/privacy/requests", user="x", number=NUMBER, act="pdf").status_code == 400


def test_nobody_else_may(client: httpx.Client, database: Database, company: TenantBuilder) -> None:
    sign_in(client, "sam")
    with connect(database.url, "test", autocommit=True) as connection:
        token = create_token(connection, company.slug, name="x", days=1)
    for headers in ({}, {"Authorization": f"Bearer {token}"}):
        for path in ("/api/v1/privacy/settings", "/api/v1/privacy/evidence", "/api/v1/privacy/record.pdf"):
            assert client.get(path, headers=headers).status_code == 403
        for path in ("access", "erase"):
            answered = client.post(f"/api/v1/privacy/{path}", json={"number": NUMBER}, headers=headers)
            assert answered.status_code == 403
        assert client.post("/api/v1/privacy/archive/pAnna", headers=headers).status_code == 403
        assert client.put("/api/v1/privacy/settings", json={}, headers=headers).status_code == 403
    for path in ("/privacy", "/privacy/record"):
        assert client.get(path).status_code == 403
    client.cookies.clear()
    assert client.get("/privacy").headers["location"] == "/sign-in"
    sign_in(client, "paula")
    assert client.post("/privacy/requests", data={"number": NUMBER, "act": "pdf"}).status_code == 403


def test_another_tenants_people_are_not_found(client: httpx.Client, rival: TenantBuilder) -> None:
    rival.person("Theirs")
    sign_in(client, "paula")
    assert client.post("/api/v1/privacy/access", json={"user": "pTheirs"}).status_code == 404
    assert client.post("/api/v1/privacy/erase", json={"user": "pTheirs"}).status_code == 404


def test_the_same_on_the_command_line(
    company: TenantBuilder,
    owner: psycopg.Connection,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)

    def run(*arguments: str, say: str = "") -> str:
        done = CliRunner().invoke(privacy, arguments, input=say, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    of_acme = ("--tenant", "acme")
    run("access", *of_acme, "--number", NUMBER, "-o", str(tmp_path / "data.json"))
    assert NUMBER in (tmp_path / "data.json").read_text(encoding="utf-8")
    run("access", *of_acme, "--user", "pAnna", "-o", str(tmp_path / "data.pdf"), "--language", "en")
    assert "Personal data on record" in pdf_text((tmp_path / "data.pdf").read_bytes())
    assert "call: " in run("erase", *of_acme, "--number", NUMBER, say="y\n")
    assert "leg: " in run("archive", *of_acme, "pAnna", "--yes")
    assert "acme: 0 rows removed" in run("expire")
    assert "Nothing is left to do today." in run("expire")
    owner.execute("UPDATE store.privacy_setting SET event_days = 1, call_days = 1, state_days = 1")
    assert re.search(r"acme: \d{3,} rows removed", run("expire", *of_acme))
    refused = CliRunner().invoke(privacy, ["erase", *of_acme, "--number", "1", "--user", "x", "--yes"])
    assert refused.exit_code == 2
