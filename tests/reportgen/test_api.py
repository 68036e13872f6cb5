"""The API and the portal, as a browser or a program meets them."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import psycopg
import pytest

from reportgen.access.accounts import create_account
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token
from reportgen.catalogue import CATALOGUE
from reportgen.web.app import create_app
from store.connect import connect
from store.vocabulary import AgentState
from tests.conftest import Database
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading
from tests.reportgen.serving import served

OCTOBER = {"from": "2026-10-23", "to": "2026-11-01"}


@pytest.fixture
def client(acme: TenantBuilder, report_url: str) -> Iterator[httpx.Client]:
    with served(create_app(report_url, clock=lambda: NOW)) as client:
        yield client


@pytest.fixture
def token(database: Database, acme: TenantBuilder) -> str:
    with connect(database.url, "test") as connection:
        return create_token(connection, acme.slug, name="Ann Owner", days=1)


@pytest.fixture
def ann(database: Database, acme: TenantBuilder) -> dict[str, str]:
    """What Ann types to sign in."""
    with connect(database.url, "test") as connection:
        password = create_account(connection, acme.slug, "ann", Role.ADMINISTRATOR, one_time=False)
    return {"name": "ann", "password": password}


@pytest.fixture
def signed_in(client: httpx.Client, ann: dict[str, str]) -> httpx.Client:
    """A browser after signing in."""
    assert client.post("/sign-in", data=ann).status_code == 303
    return client


def form_token(page: str) -> str:
    """What the page's forms carry."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_api_gives_what_the_report_gives(
    client: httpx.Client, token: str, acme: TenantBuilder, read: Reading
) -> None:
    sample.fill(acme, calls=150)
    for slug in CATALOGUE:
        found = read(slug, OCTOBER["from"], OCTOBER["to"])
        by_get = client.get(f"/api/v1/reports/{slug}.json", params=OCTOBER, headers=bearer(token)).json()
        by_post = client.post(f"/api/v1/reports/{slug}/run", json=OCTOBER, headers=bearer(token)).json()
        assert by_get == by_post
        assert len(by_get["rows"]) == len(found.rows) > 0
        assert json.loads(json.dumps(found.summary, default=float)) == by_get["summary"]


def test_the_api_pages_and_filters(client: httpx.Client, token: str, acme: TenantBuilder) -> None:
    for hour in range(5):
        acme.call(datetime(2026, 10, 23, 8 + hour, tzinfo=UTC), extension=str(201 + hour % 2))
    body = {**OCTOBER, "filters": {"extension": ["201"]}, "limit": 2, "offset": 1}
    found = client.post("/api/v1/reports/calls-by-date/run", json=body, headers=bearer(token)).json()
    assert [row["started_at"][11:13] for row in found["rows"]] == ["12", "14"]
    assert found["summary"]["total"] == 3
    assert found["filters"] == ["Toestel: 201"]


@pytest.mark.parametrize("form", ["pdf", "csv", "xlsx", "html"])
def test_a_report_comes_as_a_file(client: httpx.Client, token: str, acme: TenantBuilder, form: str) -> None:
    acme.call(datetime(2026, 10, 23, 8, tzinfo=UTC))
    answer = client.get(f"/api/v1/reports/call-response.{form}?from=2026-10-23", headers=bearer(token))
    assert answer.status_code == 200
    assert f"call-response_2026-10-23_2026-10-23.{form}" in answer.headers["content-disposition"]
    assert answer.content[:4] in (b"%PDF", b"PK\x03\x04", b"\xef\xbb\xbfU", b"<sec")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/reports/nonsense.csv?period=today", 404, "unknown-report"),
        ("/api/v1/reports/call-response.csv", 400, "invalid-period"),
        ("/api/v1/reports/call-response.csv?period=someday", 400, "invalid-period"),
        ("/api/v1/reports/call-response.csv?period=today&colour=red", 400, "unknown-filter"),
        ("/api/v1/reports/call-response.csv?period=today&site=Atlantis", 400, "invalid-filter"),
        ("/api/v1/reports/call-response.csv?period=today&language=fr", 422, "invalid-request"),
        ("/api/v1/reports/call-response.doc?period=today", 422, "invalid-request"),
        ("/api/v1/nothing", 404, "http"),
    ],
)
def test_errors_are_problem_details(
    client: httpx.Client, token: str, path: str, status: int, code: str
) -> None:
    answer = client.get(path, headers=bearer(token))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"].endswith(f":{code}")
    assert problem["detail"]


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}]
)
@pytest.mark.parametrize("path", ["/api/v1/reports", "/api/v1/reports/call-response.csv?period=today"])
def test_without_a_valid_token_nothing_is_given(
    client: httpx.Client, headers: dict[str, str], path: str
) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_ends(client: httpx.Client, token: str, acme: TenantBuilder) -> None:
    acme.connection.execute("UPDATE store.api_token SET expires_at = now() - interval '1 second'")
    assert client.get("/api/v1/reports", headers=bearer(token)).status_code == 401


def test_a_token_opens_its_own_tenants_reports_only(
    client: httpx.Client, database: Database, acme: TenantBuilder, token: str
) -> None:
    other = TenantBuilder(acme.connection, slug="other", name="Other BV")
    other.call(datetime(2026, 10, 23, 8, tzinfo=UTC))
    with connect(database.url, "test") as connection:
        others_token = create_token(connection, "other", name="Them", days=1)
    path = "/api/v1/reports/calls-by-date.json"
    assert client.get(path, params=OCTOBER, headers=bearer(token)).json()["rows"] == []
    assert len(client.get(path, params=OCTOBER, headers=bearer(others_token)).json()["rows"]) == 1


def test_only_the_hash_of_a_token_is_kept(acme: TenantBuilder, token: str) -> None:
    row = acme.connection.execute("SELECT api_token::text FROM store.api_token").fetchone()
    assert row is not None
    assert token not in row[0]


def test_the_report_role_cannot_read_tokens(token: str, report_url: str) -> None:
    with psycopg.connect(report_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM store.api_token")


def test_the_api_describes_itself(client: httpx.Client, token: str) -> None:
    described = client.get("/api/v1/reports/call-response", headers=bearer(token)).json()
    assert described["title"] == "Gespreks-responsanalyse"
    gos = next(figure for figure in described["summary"] if figure["name"] == "gos")
    assert gos["definition"].startswith("Grade of service")
    schema = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/reports/{slug}/run" in schema["paths"]
    assert schema["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def test_a_stranger_is_sent_to_sign_in(client: httpx.Client) -> None:
    for path in ("/reports", "/reports/call-response", "/live"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_signing_in_gives_a_session_that_scripts_cannot_read(
    client: httpx.Client, ann: dict[str, str]
) -> None:
    answer = client.post("/sign-in", data=ann)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert client.get("/reports").status_code == 200


def test_behind_https_the_cookie_is_secure(client: httpx.Client, ann: dict[str, str]) -> None:
    answer = client.post("/sign-in", data=ann, headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in answer.headers["set-cookie"]


def test_a_wrong_password_opens_nothing(client: httpx.Client, ann: dict[str, str]) -> None:
    answer = client.post("/sign-in", data={**ann, "password": "guess"})
    assert answer.status_code == 401
    assert "klopt niet" in answer.text
    assert "set-cookie" not in answer.headers


def test_after_signing_out_the_session_is_worth_nothing(signed_in: httpx.Client) -> None:
    session = signed_in.cookies["session"]
    assert signed_in.post("/sign-out").status_code == 403
    form = {"csrf": form_token(signed_in.get("/reports").text)}
    assert signed_in.post("/sign-out", data=form).status_code == 303
    assert signed_in.get("/reports", headers={"Cookie": f"session={session}"}).status_code == 303


def test_pages_are_dutch_and_english(signed_in: httpx.Client) -> None:
    assert "Toestelnummer gespreksactiviteit" in signed_in.get("/reports").text
    answer = signed_in.post("/language", data={"language": "en", "path": "/reports"})
    assert answer.headers["location"] == "/reports"
    assert "Extension call activity" in signed_in.get("/reports").text


@pytest.mark.parametrize("path", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])
def test_changing_the_language_leads_nowhere_else(client: httpx.Client, path: str) -> None:
    answer = client.post("/language", data={"language": "en", "path": path})
    assert answer.headers["location"] == "/"


def test_a_report_is_shown_with_its_form_and_downloads(signed_in: httpx.Client, acme: TenantBuilder) -> None:
    sample.fill(acme, calls=150)
    for slug in CATALOGUE:
        page = signed_in.get(f"/reports/{slug}", params={**OCTOBER, "period": ""}).text
        assert f"/api/v1/reports/{slug}.pdf?from=2026-10-23" in page
        assert "23 oktober 2026 tot en met 1 november 2026" in page
        assert "<td" in page


def test_a_mistake_in_the_form_is_told_in_the_readers_language(signed_in: httpx.Client) -> None:
    answer = signed_in.get("/reports/calls-by-date?period=today&duration=long")
    assert answer.status_code == 400
    assert "is geen aantal seconden" in answer.text


def test_downloads_work_with_the_session(signed_in: httpx.Client) -> None:
    assert signed_in.get("/api/v1/reports/call-response.csv?period=today").status_code == 200


def test_pages_load_nothing_from_elsewhere(signed_in: httpx.Client) -> None:
    for path in ("/reports", "/reports/call-response", "/live", "/sign-in"):
        answer = signed_in.get(path)
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "https://" not in answer.text
        assert "http://" not in answer.text.replace("http://www.w3.org", "")


def test_the_live_page_shows_the_state_of_now(signed_in: httpx.Client, acme: TenantBuilder) -> None:
    _make_live(acme)
    page = signed_in.get("/live/tiles").text
    assert _tile(page, "Wachtend") == "2"
    assert _tile(page, "Gesprekken nu") == "1"
    assert _tile(page, "In gesprek") == "1"
    assert _tile(page, "Beschikbaar") == "0"


def test_todays_figures_on_the_live_page_are_the_reports(
    signed_in: httpx.Client, acme: TenantBuilder, read: Reading
) -> None:
    for wait in (5, 15, 25):
        acme.call(NOW, wait=wait)
    page = signed_in.get("/live/tiles").text
    report = read("call-response", "2026-11-02")
    assert report.summary["gos"] is not None
    assert _tile(page, "GoS") == f"{report.summary['gos']}%".replace(".", ",")


def test_the_live_page_says_when_nothing_was_heard(signed_in: httpx.Client) -> None:
    assert "Nog geen telefooncentrale gehoord" in signed_in.get("/live").text


def test_health_and_metrics_need_no_token(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    assert "gespreksrapportage_reports_total" in client.get("/metrics").text


def test_without_a_database_the_service_says_so() -> None:
    app = create_app("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1", clock=lambda: NOW)
    app.state.service.pool.timeout = 0.5
    with served(app) as client:
        assert client.get("/healthz").status_code == 503
        answer = client.get("/api/v1/reports", headers=bearer("x"))
        assert answer.status_code == 503
        assert "127.0.0.1" not in answer.text


def _make_live(acme: TenantBuilder) -> None:
    """Two callers wait, one call rings at two devices, and one agent is busy in one of two queues."""
    ids = {"pbx": acme.pbx_id, "tenant": acme.tenant_id}
    execute = acme.connection.execute
    execute("INSERT INTO store.live_pbx VALUES (%(pbx)s, %(tenant)s, true, now(), now())", ids)
    for connection in ("a", "b"):
        execute(
            "INSERT INTO store.live_waiting "
            "(pbx_id, connection, tenant_id, contact_group, withheld, entered_at) "
            "VALUES (%(pbx)s, %(connection)s, %(tenant)s, 'sales', false, now())",
            {**ids, "connection": connection},
        )
        execute(
            "INSERT INTO store.live_call "
            "(pbx_id, connection, tenant_id, call, direction, state, state_since, started_at, withheld) "
            "VALUES (%(pbx)s, %(connection)s, %(tenant)s, 'one', 'incoming', 'ringing', now(), now(), false)",
            {**ids, "connection": connection},
        )
    for queue, state in (("sales", AgentState.AVAILABLE), ("service", AgentState.BUSY)):
        execute(
            "INSERT INTO store.live_agent (pbx_id, agent, contact_group, tenant_id, state, state_since) "
            "VALUES (%(pbx)s, 'Anna', %(queue)s, %(tenant)s, %(state)s, now())",
            {**ids, "queue": queue, "state": state.value},
        )


def _tile(page: str, title: str) -> str:
    return page.split(f"<span>{title}</span><strong>", 1)[1].split("</strong>", 1)[0]
