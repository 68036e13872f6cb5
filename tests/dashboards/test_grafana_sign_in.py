"""The portal's sign-in opens Grafana, for the right organisation and no longer than the session lasts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from reportgen.access.grafana import Grafana
from reportgen.access.roles import Role
from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from store.migrate import migrate
from tests.conftest import RoleNames
from tests.dashboards.door import door, jwt_settings, new_key
from tests.dashboards.real_grafana import PASSWORD, World, real_grafana, rows_of
from tests.dashboards.tenants import TenantUnderTest
from tests.reportgen.serving import served

REFUSED = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)


@dataclass
class Site:
    """Where browsers come in, and what stands behind."""

    world: World
    address: str
    key: EllipticCurvePrivateKey

    @contextmanager
    def browser(self, name: str | None = None) -> Iterator[httpx.Client]:
        """Somebody's browser, signed in as `name` (TENANT/NAME)."""
        with httpx.Client(base_url=self.address, timeout=60) as client:
            if name is not None:
                answer = client.post("/sign-in", data={"name": name, "password": PASSWORD})
                assert answer.status_code == 303
                assert answer.headers["location"] != "/sign-in"
            yield client

    def token(self, login: str, key: EllipticCurvePrivateKey | None = None, **claims: Any) -> str:
        now = datetime.now(UTC)
        said = {
            "iss": "gespreksrapportage",
            "aud": "grafana",
            "sub": login,
            "iat": now,
            "exp": now + timedelta(minutes=1),
        }
        said |= claims
        return jwt.encode({name: value for name, value in said.items() if value}, key or self.key, "ES256")


@pytest.fixture
def site(
    tmp_path: Path, ours: TenantUnderTest, theirs: TenantUnderTest, role_names: RoleNames
) -> Iterator[Site]:
    migrate(ours.database.url)
    key = new_key()
    with connect(ours.database.url, "test", autocommit=True) as connection:
        url = create_login(connection, ours.database.url, role_names("report"), "report", None)
    with real_grafana(tmp_path, ours, jwt_settings(tmp_path, key)) as world:
        world.with_people(ours, theirs)
        world.account("ours", "paul", Role.PRIVACY_OFFICER)
        world.sync()
        app = create_app(url, grafana_beside=Grafana(world.grafana.url, key))
        with (
            served(app) as portal,
            door(tmp_path, urlsplit(str(portal.base_url)).netloc, urlsplit(world.grafana.url).netloc) as way,
        ):
            yield Site(world, way, key)


def slugs(client: httpx.Client, **headers: str) -> Any:
    """Which tenants the reader's data source shows."""
    client.headers.update(headers)
    answer = rows_of(client, "SELECT slug FROM report.tenant")
    if answer.status_code != httpx.codes.OK:
        return answer.status_code
    return [
        slug for (slug,) in zip(*answer.json()["results"]["A"]["frames"][0]["data"]["values"], strict=True)
    ]


@contextmanager
def grafana_of(client: httpx.Client) -> Iterator[httpx.Client]:
    """The same browser, in Grafana."""
    with httpx.Client(base_url=f"{client.base_url}/grafana", cookies=client.cookies, timeout=60) as inside:
        yield inside


def test_everybody_comes_into_his_own_organisation_and_nowhere_else(
    site: Site, theirs: TenantUnderTest
) -> None:
    """With whatever headers a browser sends: who it is, the portal alone says."""
    forged = {
        "X-Grafana-Org-Id": str(site.world.organisation(theirs)),
        "X-JWT-Assertion": site.token("admin", new_key()),
        "X-WEBAUTH-USER": "admin",
        "X-WEBAUTH-ROLE": "Admin",
    }
    with site.browser("ours/anna") as portal, grafana_of(portal) as anna:
        user = anna.get("/api/user").raise_for_status().json()
        assert (user["login"], user["name"], user["isGrafanaAdmin"]) == ("account-1", "anna", False)
        assert [(each["name"], each["role"]) for each in anna.get("/api/user/orgs").json()] == [
            ("ours", "Viewer")
        ]
        assert slugs(anna) == ["ours"]
        assert slugs(anna, **forged) == ["ours"]
        basic = anna.get("/api/user", auth=("admin", site.world.grafana.admin_password))
        assert basic.json()["login"] == "account-1", "no password opens anything from outside"
    with site.browser(f"{theirs.slug}/bert") as portal, grafana_of(portal) as bert:
        assert slugs(bert) == [theirs.slug]
    with site.browser("ours/sven") as portal, grafana_of(portal) as sven:
        assert sven.get("/api/org").json()["name"] == "ours:1"
    with site.browser("olga") as portal, grafana_of(portal) as olga:
        assert (olga.get("/api/org").json()["id"], olga.get("/api/user").json()["login"]) == (1, "account-4")


def test_a_viewer_gets_nothing_of_another_tenant_by_any_query_and_changes_his_own_folder_alone(
    site: Site, theirs: TenantUnderTest
) -> None:
    with site.browser("ours/anna") as portal, grafana_of(portal) as anna:
        for sql in (
            "SELECT * FROM store.call",
            "RESET ROLE; SELECT * FROM store.call",
            "SET ROLE gespreksrapportage_owner; SELECT * FROM store.tenant",
            f"SET SESSION AUTHORIZATION {theirs.role_name}; SELECT slug FROM report.tenant",
            f"SET gespreksrapportage.tenant = '{theirs.tenant_id}'; SELECT slug, name FROM report.tenant",
            "SELECT rolname, rolpassword FROM pg_authid",
            "SELECT * FROM pg_stat_activity",
            "COPY (SELECT 1) TO PROGRAM 'id'",
        ):
            assert "theirs-9134" not in rows_of(anna, sql).text, sql
        for source in ("gespreksrapportage-metrics", "-- Grafana --", "grafana"):
            other = {"datasource": {"uid": source}, "expr": "up"}
            assert "theirs-9134" not in rows_of(anna, "", **other).text
        assert [each["name"] for each in anna.get("/api/datasources").json()] == ["Gespreksrapportage"]
        assert (
            anna.get("/api/datasources/proxy/uid/gespreksrapportage-metrics/api/v1/labels").status_code >= 400
        )
        organisation = site.world.organisation(theirs)
        for path in ("/api/orgs", f"/api/orgs/{organisation}", "/api/admin/settings", "/api/users"):
            assert anna.get(path).status_code in REFUSED, path
        assert anna.post(f"/api/user/using/{organisation}").status_code >= 400
        assert anna.get("/api/dashboards/uid/system-health-nl").status_code in (403, 404)
        assert "bert" not in anna.get("/api/org/users/lookup").text
        assert anna.post("/api/v1/provisioning/contact-points", json={}).status_code in REFUSED
        points = anna.get("/api/v1/provisioning/contact-points?decrypt=true").text
        assert "anna@example.org" in points
        assert "bert" not in points
        board = {"title": "Mine", "panels": []}
        own = anna.post("/api/dashboards/db", json={"dashboard": board, "folderUid": "person-1"})
        assert own.status_code == httpx.codes.OK
        for folder in ("gespreksrapportage-nl", "gespreksrapportage-alarms", ""):
            answer = anna.post("/api/dashboards/db", json={"dashboard": board, "folderUid": folder})
            assert answer.status_code in REFUSED, folder


def test_without_a_session_nothing_opens_and_it_ends_at_once(site: Site) -> None:
    with site.browser() as portal, grafana_of(portal) as stranger:
        for path in (
            "/api/user",
            "/api/search",
            "/apis/dashboard.grafana.app/v1beta1/namespaces/org-2/dashboards",
        ):
            assert stranger.get(path).status_code == httpx.codes.UNAUTHORIZED, path
        page = portal.get("/grafana/d/live-overview-nl")
        assert (page.status_code, page.headers["location"]) == (303, "/sign-in")
        for path in ("/internal/grafana", "/grafana/metrics", "/metrics"):
            assert portal.get(path).status_code == httpx.codes.NOT_FOUND, path
        headers = {"X-JWT-Assertion": site.token("account-1"), "X-Grafana-Org-Id": "2"}
        assert stranger.get("/api/user", headers=headers).status_code == httpx.codes.UNAUTHORIZED

    with site.browser("ours/anna") as portal, grafana_of(portal) as anna:
        overview = portal.get("/reports").text
        assert 'href="/grafana/"' in overview
        assert slugs(anna) == ["ours"]
        csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', overview)
        assert csrf is not None
        assert portal.post("/sign-out", data={"csrf": csrf[1]}).status_code == 303
        assert slugs(anna) == httpx.codes.UNAUTHORIZED

    with site.browser("ours/anna") as portal, grafana_of(portal) as anna:
        assert slugs(anna) == ["ours"]
        site.world.connection.execute("UPDATE store.account SET disabled_at = now() WHERE name = 'anna'")
        assert slugs(anna) == httpx.codes.UNAUTHORIZED

    with site.browser("ours/paul") as portal:
        answer = portal.get("/grafana/")
        assert answer.status_code == httpx.codes.FORBIDDEN
        assert "niet voor u ingericht" in answer.text
        assert 'href="/grafana/"' not in portal.get("/audit").text


def forged_tokens(site: Site) -> Iterator[tuple[str, str]]:
    """What somebody might try who reaches Grafana itself."""
    claims = {"sub": "account-1", "iss": "gespreksrapportage", "aud": "grafana"}
    yield "another key", site.token("account-1", new_key())
    yield "too old", site.token("account-1", exp=datetime.now(UTC) - timedelta(minutes=2))
    yield "for another", site.token("account-1", aud="elsewhere")
    yield "of another", site.token("account-1", iss="somebody")
    yield "nobody", site.token("nobody")
    yield "signature", site.token("account-1")[:-4] + "AAAA"
    yield "unsigned", jwt.encode(claims, None, "none")
    yield "symmetric", jwt.encode(claims, "x" * 64, "HS256")
    yield "none", ""


def test_a_forged_or_old_token_opens_nothing_even_behind_the_door(site: Site) -> None:
    for what, token in forged_tokens(site):
        answer = httpx.get(
            f"{site.world.grafana.url}/api/user", headers={"X-JWT-Assertion": token}, timeout=60
        )
        assert answer.status_code == httpx.codes.UNAUTHORIZED, what
    good = {"X-JWT-Assertion": site.token("account-1")}
    assert httpx.get(f"{site.world.grafana.url}/api/user", headers=good, timeout=60).status_code == 200
