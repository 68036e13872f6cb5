"""Signing in with a company account, at a provider that speaks OpenID Connect over the network."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pyotp
import pytest
from click.testing import CliRunner, Result

from reportgen.access.accounts import create_account
from reportgen.access.audit import trail
from reportgen.access.oidc_commands import oidc
from reportgen.access.roles import Role
from reportgen.web.app import create_app
from store.connect import Connection, connect
from store.login import create_login
from tests.access.conftest import NOW, Accounts
from tests.access.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, provider_process
from tests.access.test_portal import form_token, sign_in
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

PORTAL = "https://reports.example.org"
ANNA: dict[str, Any] = {"sub": "subject-1", "email": "Anna@acme.example", "email_verified": True}
REFUSED = "Aanmelden met het bedrijfsaccount is niet gelukt"
LOST = "Deze aanmelding is voorbij"
BROKEN_OFF = "De aanmelddienst van uw organisatie liet u niet door"
DOWN = "De aanmelddienst van uw organisatie antwoordt niet"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_process() as provider:
        provider.tell(claims=ANNA)
        yield provider


class Command:
    """`gespreksrapportage oidc`, as the installation's operator runs it."""

    def __init__(self, administrator_url: str, secret_file: Path) -> None:
        self._url = administrator_url
        self._secret_file = secret_file

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(oidc, arguments, env={"DATABASE_URL": self._url}, catch_exceptions=False)

    def set(self, issuer: str, *more: str, tenant: str = "acme", secret: str = CLIENT_SECRET) -> None:
        self._secret_file.write_text(f"{secret}\n", encoding="utf-8")
        result = self(
            "set", "--tenant", tenant, "--issuer", issuer, "--client-id", CLIENT_ID,
            "--client-secret-file", str(self._secret_file), *more,
        )  # fmt: skip
        assert result.exit_code == 0, result.output


@pytest.fixture
def command(database: Database, owner: psycopg.Connection, role_names: RoleNames, tmp_path: Path) -> Command:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("commands"), "administrator", None)
    return Command(url, tmp_path / "secret")


@pytest.fixture
def client(
    database: Database, command: Command, make_account: Accounts, provider: Provider, role_names: RoleNames
) -> Iterator[httpx.Client]:
    make_account("anna", email="anna@acme.example")
    command.set(provider.issuer, "--name", "Acme-account")
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW, portal_url=PORTAL)) as client:
        yield client


def leave(client: httpx.Client, tenant: str = "acme") -> str:
    """To the provider and back: the address that the browser is told to open."""
    left = client.get("/sign-in/oidc", params={"tenant": tenant})
    assert left.status_code == 303, left.text
    back = httpx.get(left.headers["location"], timeout=30).headers["location"]
    assert back.startswith(f"{PORTAL}/sign-in/oidc/callback?")
    return back.removeprefix(PORTAL)


def come_in(client: httpx.Client, tenant: str = "acme") -> httpx.Response:
    return client.get(leave(client, tenant))


def is_refused(client: httpx.Client, answer: httpx.Response, said: str = REFUSED) -> bool:
    assert answer.status_code == 401, answer.text
    assert "password" not in answer.text, "there is no form for a password or an organisation"
    return said in answer.text and "session=" not in str(answer.headers.get_list("set-cookie"))


def sessions(portal: Connection, tenant_id: int) -> list[tuple[str, str, object, object]]:
    """Of the trail, the newest first: who, what, by which method and why."""
    return [
        (each.actor, each.action, each.details.get("method"), each.details.get("why"))
        for each in trail(portal, tenant_id)
        if each.object == "session"
    ]


def test_whoever_the_provider_vouches_for_is_let_in(
    client: httpx.Client, portal: Connection, acme: TenantBuilder
) -> None:
    page = client.get("/sign-in", params={"tenant": "acme"}).text
    assert re.search(r'href="/sign-in/oidc\?tenant=acme">Acme-account<', page)
    answer = come_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports")
    assert client.get("/reports").status_code == 200
    assert sessions(portal, acme.tenant_id) == [("anna", "signed_in", "oidc", None)]


def test_the_subject_is_known_again_whatever_its_address_is_by_then(
    client: httpx.Client, provider: Provider, owner: psycopg.Connection
) -> None:
    come_in(client)
    provider.tell(claims={"sub": "subject-1"})
    client.cookies.clear()
    assert come_in(client).headers["location"] == "/reports"
    linked = owner.execute("SELECT subject FROM store.oidc_account").fetchall()
    assert linked == [("subject-1",)]


def test_an_address_that_another_subject_has_by_now_opens_nothing(
    client: httpx.Client, provider: Provider, owner: psycopg.Connection
) -> None:
    come_in(client)
    client.cookies.clear()
    provider.tell(claims={**ANNA, "sub": "subject-2"})
    assert is_refused(client, come_in(client))
    # Until an administrator gives the account another address: then it is somebody else's.
    owner.execute("UPDATE store.account SET email = 'a.jansen@acme.example' WHERE name = 'anna'")
    provider.tell(claims={**ANNA, "sub": "subject-2", "email": "a.jansen@acme.example"})
    assert come_in(client).headers["location"] == "/reports"
    client.cookies.clear()
    provider.tell(claims=ANNA)
    assert is_refused(client, come_in(client))


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"claims": {**ANNA, "nonce": "another"}}, "token refused: nonce"),
        ({"claims": {**ANNA, "nonce": None}}, "token refused: MissingRequiredClaimError"),
        ({"claims": {**ANNA, "aud": "another client"}}, "token refused: InvalidAudienceError"),
        (
            {"claims": {**ANNA, "aud": [CLIENT_ID, "another"], "azp": "another"}},
            "token refused: authorised party",
        ),
        ({"claims": {**ANNA, "iss": "https://another.example"}}, "token refused: InvalidIssuerError"),
        ({"claims": {**ANNA, "exp": 1_700_000_000}}, "token refused: ExpiredSignatureError"),
        ({"claims": ANNA, "signed": "not at all"}, "token refused: InvalidAlgorithmError"),
        (
            {"claims": ANNA, "signed": "with the public key as a secret"},
            "token refused: InvalidAlgorithmError",
        ),
        ({"claims": ANNA, "signed": "with another key"}, "token refused: InvalidSignatureError"),
        ({"claims": ANNA, "key": {"kty": "oct", "k": "c2VjcmV0"}}, "token refused: InvalidKeyError"),
        ({"claims": ANNA, "key": {"n": "%"}}, "token refused: InvalidKeyError"),
        ({"claims": ANNA, "jwks": {"keys": 5}}, "token refused: TypeError"),
        ({"claims": {**ANNA, "sub": "\ud800"}}, "token refused: subject"),
        ({"claims": ANNA, "iss": "https://another.example"}, "another issuer"),
        ({"claims": {**ANNA, "email_verified": False}}, "no verified address"),
        ({"claims": {**ANNA, "email_verified": "true"}}, "no verified address"),
        ({"claims": {"sub": "subject-1", "email": "anna@acme.example"}}, "no verified address"),
        ({"claims": {**ANNA, "email": "nobody@acme.example"}}, "no account"),
    ],
)
def test_what_proves_nothing_opens_nothing(
    client: httpx.Client,
    provider: Provider,
    portal: Connection,
    acme: TenantBuilder,
    owner: psycopg.Connection,
    how: dict[str, Any],
    why: str,
) -> None:
    """One sentence whatever it is; the trail says which."""
    provider.tell(**how)
    assert is_refused(client, come_in(client))
    assert client.get("/reports").headers["location"] == "/sign-in"
    assert [each[1:] for each in sessions(portal, acme.tenant_id)] == [("refused", "oidc", why)]
    assert owner.execute("SELECT count(*) FROM store.oidc_account").fetchone() == (0,)
    assert owner.execute("SELECT count(*) FROM store.account").fetchone() == (1,)


def test_who_does_not_get_through_at_the_provider_is_told_so(
    client: httpx.Client, provider: Provider, portal: Connection, acme: TenantBuilder
) -> None:
    provider.tell(denied=True)
    answer = come_in(client)
    assert is_refused(client, answer, BROKEN_OFF)
    assert 'href="/sign-in/oidc?tenant=acme">Begin opnieuw<' in answer.text
    assert sessions(portal, acme.tenant_id) == [("", "refused", "oidc", "no code: access_denied")]
    provider.tell(claims=ANNA)
    assert come_in(client).headers["location"] == "/reports"


def test_what_a_browser_brings_is_not_shown(client: httpx.Client) -> None:
    page = client.get("/sign-in/oidc/callback?error=<b>x&error_description=pay+here&state=y").text
    assert LOST in page
    assert 'href="/sign-in">Begin opnieuw<' in page
    assert "pay here" not in page
    client.cookies.set("oidc", 'x."><script>')
    page = client.get("/sign-in/oidc/callback?error=x").text
    assert "<script" not in page
    assert 'tenant=%22%3E%3Cscript%3E"' in page


SUBJECT = {"sub": "subject-1"}
ADDRESS = {"email": "Anna@acme.example", "email_verified": True}


@pytest.mark.parametrize(
    "claims", [SUBJECT, {**SUBJECT, "email": "anna@acme.example"}, {**SUBJECT, "email_verified": True}]
)
def test_an_address_that_the_token_leaves_open_is_asked_for(
    client: httpx.Client, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.tell(claims=claims, userinfo=ADDRESS)
    assert come_in(client).headers["location"] == "/reports"
    assert provider.asked_userinfo() == 1


def test_what_the_token_says_is_not_asked_again(client: httpx.Client, provider: Provider) -> None:
    provider.tell(claims=ANNA, userinfo={"sub": "another"})
    assert come_in(client).headers["location"] == "/reports"
    client.cookies.clear()
    provider.tell(claims={**ANNA, "sub": "subject-2", "email_verified": False}, userinfo=ADDRESS)
    assert is_refused(client, come_in(client))
    assert provider.asked_userinfo() == 0


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"userinfo": {**ADDRESS, "sub": "subject-2"}}, "userinfo of another subject"),
        ({"userinfo": {**ADDRESS, "sub": None}}, "userinfo of another subject"),
        ({"userinfo": {**ADDRESS, "email_verified": False}}, "no verified address"),
        ({"userinfo": {**ADDRESS, "email_verified": "true"}}, "no verified address"),
        ({"userinfo": {"email": "anna@acme.example"}}, "no verified address"),
        ({"userinfo": {**ADDRESS, "email": "nobody@acme.example"}}, "no account"),
        ({"userinfo": ADDRESS, "access_token": "another"}, "no verified address"),
        ({"userinfo": ADDRESS, "access_token": "two\nlines"}, "no verified address"),
        ({"userinfo": ADDRESS, "access_token": None}, "no verified address"),
        ({"userinfo": ADDRESS, "status": 403}, "no verified address"),
        ({"userinfo": ADDRESS, "discovery": {"userinfo_endpoint": None}}, "no verified address"),
    ],
)
def test_userinfo_that_proves_nothing_opens_nothing(
    client: httpx.Client,
    provider: Provider,
    portal: Connection,
    acme: TenantBuilder,
    how: dict[str, Any],
    why: str,
) -> None:
    provider.tell(claims=SUBJECT, **how)
    assert is_refused(client, come_in(client))
    assert [each[1:] for each in sessions(portal, acme.tenant_id)] == [("refused", "oidc", why)]


def test_userinfo_that_fails_is_told_as_a_provider_that_fails(
    client: httpx.Client, provider: Provider
) -> None:
    provider.tell(claims=SUBJECT, userinfo=ADDRESS, status=500)
    answer = come_in(client)
    assert (answer.status_code, DOWN in answer.text) == (503, True)


def test_a_subject_that_is_known_needs_no_address(client: httpx.Client, provider: Provider) -> None:
    come_in(client)
    client.cookies.clear()
    provider.tell(claims=SUBJECT, status=403)
    assert come_in(client).headers["location"] == "/reports"


def test_a_secret_that_the_provider_does_not_know_opens_nothing(
    client: httpx.Client, provider: Provider, command: Command, portal: Connection, acme: TenantBuilder
) -> None:
    command.set(provider.issuer, secret="another")
    assert is_refused(client, come_in(client))
    assert sessions(portal, acme.tenant_id) == [("", "refused", "oidc", "code refused")]


def test_a_provider_may_want_the_secret_in_the_form(client: httpx.Client, provider: Provider) -> None:
    methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    provider.tell(claims=ANNA, discovery=methods)
    assert come_in(client).headers["location"] == "/reports"


def test_from_one_address_a_thousand_may_be_on_their_way(
    client: httpx.Client, owner: psycopg.Connection
) -> None:
    owner.execute(
        "INSERT INTO store.oidc_sign_in SELECT sha256(n::text::bytea), tenant_id, '127.0.0.1', "
        "now() + interval '1 minute' FROM store.oidc_provider CROSS JOIN generate_series(1, 999) AS n"
    )
    leave(client)
    assert client.get("/sign-in/oidc?tenant=acme").status_code == 429
    owner.execute("UPDATE store.oidc_sign_in SET expires_at = now()")
    leave(client)


def test_a_token_is_taken_while_the_clocks_differ_by_less_than_a_minute(
    client: httpx.Client, provider: Provider
) -> None:
    provider.tell(claims={**ANNA, "exp": int(time.time()) - 20})
    assert come_in(client).headers["location"] == "/reports"


def test_the_way_back_leads_in_once(client: httpx.Client) -> None:
    back = leave(client)
    way = client.cookies["oidc"]
    assert client.get(back).headers["location"] == "/reports"
    client.cookies.clear()
    client.cookies.set("oidc", way)
    assert is_refused(client, client.get(back), LOST)


def test_the_way_back_is_the_browsers_own(client: httpx.Client) -> None:
    theirs = leave(client)
    with httpx.Client(base_url=client.base_url, timeout=60) as other:
        assert is_refused(other, other.get(theirs), LOST)
        leave(other)
        assert is_refused(other, other.get(theirs), LOST)
        answer = other.get("/sign-in/oidc/callback", params={"code": "x"})
        assert is_refused(other, answer, LOST)
    assert client.get(theirs).headers["location"] == "/reports"


def test_the_way_back_is_open_for_ten_minutes(client: httpx.Client, owner: psycopg.Connection) -> None:
    back = leave(client)
    lasting = owner.execute("SELECT extract(epoch FROM expires_at - now())::int FROM store.oidc_sign_in")
    assert 500 < (lasting.fetchone() or (0,))[0] <= 600
    owner.execute("UPDATE store.oidc_sign_in SET expires_at = now()")
    assert is_refused(client, client.get(back), LOST)


def test_nothing_in_the_address_leads_out_of_the_portal(client: httpx.Client) -> None:
    back = f"{leave(client)}&redirect_uri=https://evil.example&next=//evil.example&path=https://evil.example"
    assert client.get(back).headers["location"] == "/reports"
    left = client.get("/sign-in/oidc?tenant=acme", headers={"Host": "evil.example"}).headers["location"]
    assert parse_qs(urlsplit(left).query)["redirect_uri"] == [f"{PORTAL}/sign-in/oidc/callback"]


def test_no_account_of_another_tenant_is_opened(
    client: httpx.Client,
    provider: Provider,
    make_account: Accounts,
    rival: TenantBuilder,
    command: Command,
    portal: Connection,
    acme: TenantBuilder,
) -> None:
    """Neither by its address nor by its subject: both tenants may have one provider."""
    make_account("zoe", tenant="rival", email="zoe@rival.example")
    make_account("root", Role.OPERATOR, None, email="root@acme.example")
    for email in ("zoe@rival.example", "root@acme.example"):
        provider.tell(claims={**ANNA, "email": email})
        assert is_refused(client, come_in(client))
    command.set(provider.issuer, tenant="rival")
    provider.tell(claims={**ANNA, "email": "zoe@rival.example"})
    assert come_in(client, "rival").headers["location"] == "/reports"
    client.cookies.clear()
    assert is_refused(client, come_in(client))
    provider.tell(claims=ANNA)
    come_in(client)
    assert sessions(portal, acme.tenant_id)[0] == ("anna", "signed_in", "oidc", None)


@pytest.mark.parametrize("linked", [False, True])
def test_who_is_kept_out_stays_out(
    client: httpx.Client, owner: psycopg.Connection, portal: Connection, acme: TenantBuilder, linked: bool
) -> None:
    if linked:
        come_in(client)
    owner.execute("UPDATE store.account SET disabled_at = now() WHERE name = 'anna'")
    assert client.get("/reports").headers["location"] == "/sign-in"
    client.cookies.clear()
    assert is_refused(client, come_in(client))
    assert sessions(portal, acme.tenant_id)[0] == ("anna", "refused", "oidc", "account disabled")


def test_a_second_factor_is_still_asked_for(
    client: httpx.Client, owner: psycopg.Connection, portal: Connection, acme: TenantBuilder
) -> None:
    totp = pyotp.TOTP(pyotp.random_base32())
    owner.execute(
        "UPDATE store.account SET totp_secret = %s, totp_confirmed_at = now(), "
        "one_time_until = now() + interval '1 day'",
        [totp.secret],
    )
    assert come_in(client).headers["location"] == "/sign-in/code"
    assert client.get("/reports").headers["location"] == "/sign-in/code"
    form = {"csrf": form_token(client, "/sign-in/code"), "code": totp.at(NOW)}
    assert client.post("/sign-in/code", data=form).headers["location"] == "/reports"
    assert client.get("/reports").status_code == 200
    assert sessions(portal, acme.tenant_id) == [
        ("anna", "signed_in", "oidc", None),
        ("anna", "provider_passed", "oidc", None),
    ]


def test_a_one_time_password_need_not_be_changed_by_who_does_not_use_it(
    client: httpx.Client, administrator: Connection, provider: Provider
) -> None:
    create_account(administrator, "acme", "bob", Role.ADMINISTRATOR, email="bob@acme.example")
    provider.tell(claims={"sub": "bob", "email": "bob@acme.example", "email_verified": True})
    assert come_in(client).headers["location"] == "/reports"


def test_a_provider_that_is_down_is_told_in_one_sentence(
    client: httpx.Client, provider: Provider, portal: Connection, acme: TenantBuilder
) -> None:
    back = leave(client)
    provider.stop()
    answer = client.get(back)
    assert (answer.status_code, DOWN in answer.text) == (503, True)
    assert sessions(portal, acme.tenant_id) == [("", "refused", "oidc", "provider fails")]
    answer = client.get("/sign-in/oidc?tenant=acme", headers={"Cookie": "language=en"})
    assert answer.status_code == 503
    assert "The sign-in service of your organisation does not answer" in answer.text
    assert sign_in(client, "anna").headers["location"] == "/reports"
