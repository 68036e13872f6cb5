"""The provider of a tenant: how it is set, what it is trusted with, and who reads its secret."""

from typing import Any

import httpx
import psycopg
import pytest

from reportgen.access.audit import trail
from reportgen.access.oidc_protocol import is_safe
from reportgen.access.roles import Role
from store.connect import Connection, connect
from store.deletion import delete_tenant
from store.errors import UserError
from tests.access.conftest import Accounts
from tests.access.oidc_provider import CLIENT_SECRET, Provider, provider_process
from tests.access.test_oidc import ANNA, Command, client, come_in, command, is_refused, leave, provider
from tests.access.test_portal import sign_in
from tests.conftest import Database
from tests.reportgen.builders import TenantBuilder

__all__ = ["client", "command", "provider"]


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "http://127.0.0.1:1"},
        {"token_endpoint": "http://provider.example/token"},
        {"jwks_uri": None},
        {"userinfo_endpoint": "http://provider.example/userinfo"},
        {"userinfo_endpoint": 5},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_discovery_document_that_leads_elsewhere_is_not_followed(
    client: httpx.Client, provider: Provider, command: Command, discovery: dict[str, Any]
) -> None:
    provider.tell(claims=ANNA, discovery=discovery)
    assert client.get("/sign-in/oidc?tenant=acme").status_code == 503
    with pytest.raises(UserError, match="nothing was changed"):
        command.set(provider.issuer, "--name", "Another")
    assert "Acme-account" in client.get("/sign-in?tenant=acme").text


def test_addresses_are_reached_by_https_or_on_this_machine() -> None:
    for address in ("https://login.example/x", "http://127.0.0.1:9/x", "http://[::1]/", "http://localhost:9"):
        assert is_safe(address), address
    for address in (
        "http://login.example", "http://127.0.0.1.example", "ftp://localhost", "https://", "//localhost",
        "https://user:word@login.example", "http://[", "",
    ):  # fmt: skip
        assert not is_safe(address), address


def test_a_tenant_may_refuse_passwords_but_not_of_its_administrators(
    client: httpx.Client, make_account: Accounts, provider: Provider, command: Command
) -> None:
    make_account("paula", Role.PRIVACY_OFFICER, email="paula@acme.example")
    assert sign_in(client, "paula").headers["location"] == "/audit"
    command.set(provider.issuer, "--only")
    for name in ("paula", "acme/paula", "paula@acme.example"):
        answer = sign_in(client, name)
        assert answer.status_code == 401
    assert sign_in(client, "anna").headers["location"] == "/reports"
    client.cookies.clear()
    provider.tell(claims={"sub": "paula", "email": "paula@acme.example", "email_verified": True})
    assert come_in(client).headers["location"] == "/audit"


def test_the_page_says_which_organisation_has_a_provider(client: httpx.Client, command: Command) -> None:
    assert 'name="tenant"' in client.get("/sign-in").text
    answer = client.get("/sign-in", params={"tenant": 'nobody"><script>'})
    assert "geen bedrijfsaccount" in answer.text
    assert "<script>" not in answer.text
    assert client.get("/sign-in/oidc", params={"tenant": "nobody\0"}).status_code == 404
    assert command("remove", "--tenant", "acme").exit_code == 0
    assert 'name="tenant"' not in client.get("/sign-in").text
    assert client.get("/sign-in/oidc?tenant=acme").status_code == 404
    with pytest.raises(UserError, match="has no provider"):
        command("remove", "--tenant", "acme")


def test_the_secret_is_nowhere_to_be_read(
    client: httpx.Client,
    provider: Provider,
    command: Command,
    portal: Connection,
    administrator: Connection,
    acme: TenantBuilder,
) -> None:
    command.set(provider.issuer, "--name", "Acme")
    changes = [each for each in trail(portal, acme.tenant_id) if each.object == "oidc_provider"]
    assert [each.action for each in changes] == ["changed", "created"]
    assert changes[1].details["new"]["client_secret"] == "***"
    assert CLIENT_SECRET not in str(changes)
    for table in ("oidc_provider", "oidc_account", "oidc_sign_in"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            portal.execute(f"SELECT * FROM store.{table}".encode())
        portal.rollback()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        administrator.execute("SELECT client_secret FROM store.oidc_provider")


def test_only_a_way_that_led_back_opens_a_session(
    client: httpx.Client, provider: Provider, portal: Connection, administrator: Connection
) -> None:
    """Not a subject alone, nor of another issuer, nor any other login than the portal's."""
    ask = "SELECT * FROM report.open_oidc_session(%s, %s, 'x', 'anna@acme.example', %s, '1 hour', '1 hour')"
    begin = "SELECT * FROM report.begin_oidc('acme', %s, '', '10 minutes')"
    way, session = b"w" * 32, b"s" * 32
    assert portal.execute(ask, (way, provider.issuer, session)).fetchall() == []
    portal.execute(begin, [way])
    assert portal.execute(ask, (way, provider.issuer, session)).fetchall() == []
    portal.execute("SELECT * FROM report.return_from_oidc(%s)", [way])
    assert portal.execute(ask, (way, "https://another.example", session)).fetchall() == []
    assert [row[1] for row in portal.execute(ask, (way, provider.issuer, session)).fetchall()] == ["open"]
    assert portal.execute(ask, (way, provider.issuer, b"t" * 32)).fetchall() == []
    portal.rollback()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        administrator.execute(ask, (way, provider.issuer, session))


def test_another_issuer_makes_links_void(
    client: httpx.Client, command: Command, owner: psycopg.Connection
) -> None:
    come_in(client)
    with provider_process() as another:
        command.set(another.issuer)
        assert owner.execute("SELECT count(*) FROM store.oidc_account").fetchone() == (0,)
        another.tell(claims={"sub": "subject-1"})
        client.cookies.clear()
        assert is_refused(client, come_in(client))


def test_a_provider_goes_with_its_tenant(
    client: httpx.Client, owner: psycopg.Connection, database: Database
) -> None:
    come_in(client)
    leave(client)
    with connect(database.url, "test") as connection:
        certificate = delete_tenant(connection, "acme")
    assert certificate.is_clean
    tables = ("oidc_provider", "oidc_account", "oidc_sign_in")
    assert [certificate.removed[table] for table in tables] == [1, 1, 1]
    for table in tables:
        assert owner.execute(f"SELECT count(*) FROM store.{table}".encode()).fetchone() == (0,)
