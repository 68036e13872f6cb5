"""An administrator keeps users and tokens; links in mails, taken by a real SMTP server, lead to passwords."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest
from aiosmtpd.smtp import AuthResult

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.mail.smtp import Mail, MailError, MailServer, mail_server
from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from tests.access.conftest import PASSWORD, Accounts
from tests.access.mailbox import AnyPort, Mailbox
from tests.access.test_configuration import sign_in
from tests.access.test_portal import form_token
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
NEW = "four words are enough"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp(mailbox: Mailbox) -> Iterator[MailServer]:
    """A server that wants a user and password."""
    controller = AnyPort(
        mailbox,
        hostname="127.0.0.1",
        port=0,
        auth_required=True,
        auth_require_tls=False,
        authenticator=lambda _server, _session, _envelope, _mechanism, given: AuthResult(
            success=(given.login, given.password) == (b"reports", b"secret")
        ),
    )
    controller.start()
    portal = "https://portal.example.org"
    yield MailServer("127.0.0.1", "reports@example.org", portal, controller.port, "none", "reports", "secret")
    controller.stop()


@pytest.fixture
def client(
    database: Database, make_account: Accounts, rival: TenantBuilder, role_names: RoleNames, smtp: MailServer
) -> Iterator[httpx.Client]:
    make_account("anna", email="anna@example.org")
    make_account("zoe", tenant="rival", email="zoe@example.org")
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW, mail=smtp)) as client:
        yield client


@pytest.fixture
def other(client: httpx.Client) -> Iterator[httpx.Client]:
    """Another browser or program."""
    with httpx.Client(base_url=client.base_url, timeout=60) as other:
        yield other


def enter(client: httpx.Client, name: str, password: str) -> str:
    """Where signing in leads."""
    answer = client.post("/sign-in", data={"name": name, "password": password})
    return answer.headers.get("location", "")


def link_in(mail: Any) -> str:
    found = re.search(r"https://portal\.example\.org(/password/\S+)", mail.get_content())
    assert found is not None
    return found[1]


def test_who_forgot_his_password_chooses_another_by_mail(
    client: httpx.Client, mailbox: Mailbox, owner: psycopg.Connection
) -> None:
    enter(client, "anna", PASSWORD)
    session = client.cookies["session"]
    client.cookies.clear()
    shown = client.post("/password", data={"name": "ANNA@example.org"}).text
    (mail,) = mailbox.wait_for(1)
    assert mail["To"] == "anna@example.org"
    assert "Kies een nieuw wachtwoord" in mail["Subject"]
    link = link_in(mail)
    assert link.rpartition("/")[2] not in str(owner.execute("SELECT * FROM store.password_link").fetchall())
    assert client.post("/password", data={"name": "nobody"}).text == shown
    assert "anna" in client.get(link).text
    assert client.post(link, data={"new": NEW, "again": "other"}).status_code == 400
    assert client.post(link, data={"new": "short", "again": "short"}).status_code == 400
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert client.post(link, data={"new": NEW, "again": NEW}, headers=elsewhere).status_code == 403
    assert client.post(link, data={"new": NEW, "again": NEW}).status_code == 200
    assert client.get("/reports", headers={"Cookie": f"session={session}"}).status_code == 303
    assert enter(client, "anna", PASSWORD) == ""
    assert enter(client, "anna", NEW) == "/reports"
    assert client.get(link).status_code == 404
    assert client.post(link, data={"new": PASSWORD, "again": PASSWORD}).status_code == 404
    trail = owner.execute("SELECT action FROM store.audit_entry WHERE object = 'session' ORDER BY audit_id")
    assert {("link_asked_for",), ("password_chosen",)} <= set(trail.fetchall())


def test_a_link_ends_by_time_by_another_password_and_with_its_account(
    client: httpx.Client, mailbox: Mailbox, owner: psycopg.Connection
) -> None:
    for count, change in enumerate(
        (
            "UPDATE store.password_link SET expires_at = now()",
            "UPDATE store.account SET password_hash = password_hash || 'x' WHERE name = 'anna'",
            "UPDATE store.account SET disabled_at = now() WHERE name = 'anna'",
        ),
        1,
    ):
        client.post("/password", data={"name": "acme/anna"})
        link = link_in(mailbox.wait_for(count)[-1])
        assert client.get(link).status_code == 200
        owner.execute(change.encode())
        assert client.get(link).status_code == 404, change
        assert client.post(link, data={"new": NEW, "again": NEW}).status_code == 404
    lifetimes = owner.execute(
        "SELECT count(*) FROM store.password_link WHERE expires_at > now() + '31 minutes'"
    )
    assert lifetimes.fetchone() == (0,)


def test_nobody_is_flooded_with_links(
    client: httpx.Client, mailbox: Mailbox, owner: psycopg.Connection
) -> None:
    for _attempt in range(8):
        client.post("/password", data={"name": "anna"})
    mailbox.wait_for(5)
    client.post("/password", data={"name": "zoe"})
    assert [mail["To"] for mail in mailbox.wait_for(6)] == ["anna@example.org"] * 5 + ["zoe@example.org"]


def test_an_invited_user_chooses_his_password(
    client: httpx.Client, mailbox: Mailbox, acme: TenantBuilder, owner: psycopg.Connection
) -> None:
    owner.execute("UPDATE store.tenant SET language = 'en' WHERE slug = 'acme'")
    acme.person("ben")
    sign_in(client, "acme/anna")
    body = {
        "name": "ben",
        "role": "user",
        "email": "Ben@example.org",
        "scope": {"persons": ["pben"]},
        "invite": True,
    }
    assert client.post("/api/v1/users", json=body).json() == {"password": None}
    (mail,) = mailbox.wait_for(1)
    assert "within a week" in mail.get_content()
    client.cookies.clear()
    assert client.post(link_in(mail), data={"new": NEW, "again": NEW}).status_code == 200
    assert enter(client, "ben@example.org", NEW) == "/my"


def test_an_administrator_does_by_the_api_what_the_command_line_can(
    client: httpx.Client, other: httpx.Client, acme: TenantBuilder, owner: psycopg.Connection
) -> None:
    acme.unit("department", "Sales")
    sign_in(client, "acme/anna")
    body = {
        "name": "sam",
        "role": "supervisor",
        "scope": {"departments": ["Sales"]},
        "call_center_basic": True,
    }
    password = client.post("/api/v1/users", json=body).json()["password"]
    assert enter(other, "acme/sam", password) == "/sign-in/new-password"
    shown = client.get("/api/v1/users/sam").json()
    assert shown["scope"]["departments"] == ["Sales"]
    assert shown["waits_for_password"]
    changed = client.put("/api/v1/users/sam", json={"role": "privacy_officer", "email": "sam@example.org"})
    assert changed.json()["role"] == "privacy_officer"
    assert owner.execute("SELECT count(*) FROM store.access_scope").fetchone() == (0,)
    assert client.post("/api/v1/users/sam/disable").json()["disabled"]
    assert enter(other, "acme/sam", password) == ""
    assert not client.post("/api/v1/users/sam/enable").json()["disabled"]
    given = client.post("/api/v1/users/sam/password").json()["password"]
    assert enter(other, "acme/sam", given) == "/sign-in/new-password"
    assert client.delete("/api/v1/users/sam/second-factor").status_code == 200
    for path, wrong in (
        ("/api/v1/users", {"name": "sam", "role": "administrator"}),
        ("/api/v1/users", {"name": "x", "role": "supervisor"}),
        ("/api/v1/users", {"name": "x", "role": "supervisor", "scope": {"sites": ["nowhere"]}}),
        ("/api/v1/users", {"name": "x", "role": "operator"}),
    ):
        assert client.post(path, json=wrong).status_code in (400, 422), wrong
    assert client.post("/api/v1/users/anna/disable").status_code == 400
    assert client.put("/api/v1/users/anna", json={"role": "privacy_officer"}).status_code == 400


def test_tokens_are_made_shown_without_their_secret_and_revoked(
    client: httpx.Client, other: httpx.Client, acme: TenantBuilder, make_account: Accounts
) -> None:
    acme.unit("department", "Sales")
    sign_in(client, "acme/anna")
    client.put("/api/v1/scopes/sales", json={"departments": ["Sales"]})
    made = {
        kind: client.post("/api/v1/tokens", json={"name": kind, **wish}).json()["token"]
        for kind, wish in (("all", {}), ("part", {"scope": "sales"}), ("own", {"user": "anna"}))
    }
    listed = client.get("/api/v1/tokens").json()
    assert {(each["name"], each["scope"], each["account"]) for each in listed} == {
        ("all", None, None),
        ("part", "sales", None),
        ("own", None, "anna"),
    }
    assert not [secret for secret in made.values() if secret in client.get("/api/v1/tokens").text]
    new = {"fields": {"name": "Verkoop"}}
    for kind, status in (("all", 403), ("part", 403), ("own", 201)):
        bearer = {"Authorization": f"Bearer {made[kind]}"}
        assert other.get("/api/v1/reports", headers=bearer).status_code == 200
        answer = other.post("/api/v1/configuration/departments", json=new, headers=bearer)
        assert answer.status_code == status, kind
    for each in listed:
        assert client.delete(f"/api/v1/tokens/{each['token_id']}").status_code == 204
    bearer = {"Authorization": f"Bearer {made['own']}"}
    assert other.get("/api/v1/reports", headers=bearer).status_code == 401
    assert client.delete("/api/v1/tokens/999").status_code == 404


def test_the_pages_of_users(
    client: httpx.Client, acme: TenantBuilder, mailbox: Mailbox, make_account: Accounts
) -> None:
    acme.unit("department", "Sales")
    sign_in(client, "acme/anna")
    csrf = {"csrf": form_token(client, "/users/new")}
    data = {**csrf, "name": "sam", "role": "supervisor", "email": "sam@example.org", "action": "save"}
    answer = client.post("/users/new", data=data)
    assert answer.status_code == 400
    assert "supervisor ziet" in answer.text
    answer = client.post("/users/new", data={**data, "department": "Sales"})
    assert "Eenmalig wachtwoord" in answer.text
    assert "Sales" in client.get("/users").text
    client.post("/users/sam", data={**csrf, "action": "invite"})
    assert mailbox.wait_for(1)[0]["To"] == "sam@example.org"
    client.post("/users/sam", data={**csrf, "action": "disable"})
    assert "Buitengesloten" in client.get("/users").text
    assert client.post("/users/anna", data={**csrf, "action": "disable"}).status_code == 400
    assert "Token" in client.post("/tokens", data={**csrf, "name": "x", "days": "3", "user": "anna"}).text
    for path in ("/users/new", "/users/sam", "/tokens", "/tokens/1/revoke"):
        assert client.post(path, data={"name": "x", "action": "enable"}).status_code == 403, path
    assert client.post("/tokens/1/revoke", data=csrf).status_code == 303


def test_users_of_another_tenant_are_as_if_they_were_not_there(
    client: httpx.Client, make_account: Accounts, rival: TenantBuilder, owner: psycopg.Connection
) -> None:
    sign_in(client, "acme/anna")
    assert [each["name"] for each in client.get("/api/v1/users").json()] == ["anna"]
    before = owner.execute("SELECT * FROM store.account WHERE name = 'zoe'").fetchall()
    for answer in (
        client.get("/api/v1/users/zoe"),
        client.put("/api/v1/users/zoe", json={"role": "administrator"}),
        *(client.post(f"/api/v1/users/zoe/{verb}") for verb in ("password", "invite", "disable", "enable")),
        client.delete("/api/v1/users/zoe/second-factor"),
        client.get("/users/zoe"),
    ):
        assert answer.status_code == 404, answer.url
    assert client.post("/api/v1/tokens", json={"name": "x", "user": "zoe"}).status_code == 400
    assert owner.execute("SELECT * FROM store.account WHERE name = 'zoe'").fetchall() == before


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PRIVACY_OFFICER])
def test_only_administrators_keep_users(
    client: httpx.Client, make_account: Accounts, acme: TenantBuilder, role: Role
) -> None:
    acme.unit("department", "Sales")
    scope = ScopeWanted({"department": ["Sales"]}) if role is Role.SUPERVISOR else None
    make_account("sam", role, scope=scope)
    sign_in(client, "acme/sam")
    for path in ("/users", "/users/anna", "/api/v1/users", "/api/v1/tokens", "/api/v1/scopes"):
        assert client.get(path).status_code == 403, path
    assert client.post("/api/v1/users", json={"name": "x", "role": "administrator"}).status_code == 403
    assert client.post("/api/v1/tokens", json={"name": "x"}).status_code == 403


def test_the_mail_servers_settings(tmp_path: Any) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush\n")
    given = {
        "SMTP_HOST": "mail.example.org",
        "MAIL_FROM": "a@example.org",
        "PORTAL_URL": "https://p.example.org/",
    }
    server = mail_server({**given, "SMTP_USER": "u", "SMTP_PASSWORD_FILE": str(secret)})
    assert server is not None
    assert (server.port, server.security, server.password) == (587, "starttls", "hush")
    assert "hush" not in repr(server)
    assert server.portal_url == "https://p.example.org"
    assert mail_server({}) is None
    for wrong in ({"MAIL_FROM": ""}, {"PORTAL_URL": "p"}, {"SMTP_PORT": "x"}, {"SMTP_SECURITY": "some"}):
        with pytest.raises(MailError):
            mail_server({**given, **wrong})


def test_a_server_that_takes_no_mail_is_told(smtp: MailServer) -> None:
    mail = Mail(["a@example.org"], "x", "y")
    for wrong in (replace(smtp, password="guess"), replace(smtp, port=1), replace(smtp, security="tls")):
        with pytest.raises(MailError, match="did not take"):
            wrong.send(mail)
