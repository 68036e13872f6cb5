"""Wall screens: paired by a code, bound to their boards and their part of the company, revocable."""

from collections.abc import Iterator

import httpx
import psycopg
import pytest

from reportgen.access.roles import Role
from reportgen.access.tokens import digest
from reportgen.web.app import create_app
from store.connect import Connection, connect
from store.login import create_login
from tests.access.conftest import Accounts
from tests.access.test_configuration import NOW, refused, sign_in
from tests.access.test_portal import form_token
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served


@pytest.fixture
def client(
    database: Database, make_account: Accounts, rival: TenantBuilder, role_names: RoleNames
) -> Iterator[httpx.Client]:
    make_account("anna")
    make_account("zoe", tenant="rival")
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        sign_in(client, "acme/anna")
        yield client


@pytest.fixture
def device(client: httpx.Client) -> Iterator[httpx.Client]:
    """The browser of a screen on a wall."""
    with httpx.Client(base_url=client.base_url, timeout=60) as device:
        yield device


def code_on(device: httpx.Client) -> str:
    page = device.get("/screen")
    assert page.status_code == 200
    shown = page.text.partition('id="code">')[2].partition("<")[0]
    assert len(shown.replace(" ", "")) == 6
    return shown


def pair(client: httpx.Client, code: str, **more: object) -> httpx.Response:
    return client.post("/api/v1/screens", json={"code": code, "name": "Hal", **more})


def test_a_device_shows_its_board_once_its_code_was_given(
    client: httpx.Client, device: httpx.Client, owner: psycopg.Connection
) -> None:
    assert device.get("/live").headers["location"] == "/sign-in"
    code = code_on(device)
    assert code_on(device) == code
    assert device.get("/screen/state").json() == {"paired": False}
    assert pair(client, code).status_code == 201
    assert device.get("/screen/state").json() == {"paired": True}
    assert device.get("/screen").headers["location"] == "/live"
    page = device.get("/live")
    assert page.status_code == 200
    assert "Acme BV" in page.text
    assert "/sign-out" not in page.text
    assert device.get("/live/tiles").status_code == 200
    secret = device.cookies["screen"]
    assert secret not in str(owner.execute("SELECT * FROM store.wall_screen").fetchall())
    trail = owner.execute("SELECT details FROM store.audit_entry WHERE object = 'wall_screen'").fetchall()
    assert digest(secret).hex() not in str(trail)


def test_it_shows_nothing_but_its_boards(client: httpx.Client, device: httpx.Client) -> None:
    pair(client, code_on(device))
    for path in (
        "/reports",
        "/reports/call-response",
        "/audit",
        "/account",
        "/configuration",
        "/users",
        "/my",
    ):
        assert device.get(path).status_code in (303, 403), path
    for path in ("/api/v1/reports", "/api/v1/audit", "/api/v1/users", "/api/v1/configuration/persons"):
        assert device.get(path).status_code in (401, 403), path


def test_it_shows_its_part_of_the_company(
    client: httpx.Client, device: httpx.Client, acme: TenantBuilder, owner: psycopg.Connection
) -> None:
    for queue in ("sales", "service"):
        acme.group(queue, queue)
        owner.execute(
            "INSERT INTO store.live_waiting "
            "(pbx_id, connection, tenant_id, contact_group, withheld, entered_at) "
            "VALUES (%s, %s, %s, %s, false, now())",
            [acme.pbx_id, queue, acme.tenant_id, queue],
        )
    owner.execute(
        "INSERT INTO store.live_pbx VALUES (%s, %s, true, now(), now())", [acme.pbx_id, acme.tenant_id]
    )
    pair(client, code_on(device), scope={"groups": ["sales"]})
    assert "<strong>1</strong>" in device.get("/live/tiles").text
    assert "<strong>2</strong>" in client.get("/live/tiles").text


def test_it_is_revoked_at_once_and_by_its_own_tenant_alone(
    client: httpx.Client, device: httpx.Client
) -> None:
    (screen,) = pair(client, code_on(device)).json()
    address = f"/api/v1/screens/{screen['screen_id']}"
    sign_in(client, "rival/zoe")
    assert client.get("/api/v1/screens").json() == []
    assert client.delete(address).status_code == 404
    assert device.get("/live").status_code == 200
    sign_in(client, "acme/anna")
    assert client.delete(address).status_code == 204
    assert device.get("/live").headers["location"] == "/sign-in"
    assert device.get("/screen").status_code == 200


def test_codes_end_and_guessing_them_ends_sooner(
    client: httpx.Client, device: httpx.Client, owner: psycopg.Connection
) -> None:
    code = code_on(device)
    owner.execute("UPDATE store.screen_pairing SET expires_at = now()")
    assert pair(client, code).status_code == 400
    code = code_on(device)
    wrong = f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06}"
    for _attempt in range(4):
        assert "ten minutes" in pair(client, wrong).json()["detail"]
    assert "too many" in pair(client, code).json()["detail"]
    sign_in(client, "rival/zoe")
    assert pair(client, code).status_code == 201


def test_the_page_of_screens(client: httpx.Client, device: httpx.Client, make_account: Accounts) -> None:
    csrf = {"csrf": form_token(client, "/screens")}
    data = {**csrf, "code": code_on(device), "name": "Hal"}
    assert client.post("/screens", data={**data, "csrf": "x"}).status_code == 403
    assert client.post("/screens", data={**data, "code": "000"}).status_code == 400
    assert client.post("/screens", data=data).status_code == 303
    assert "Hal" in client.get("/screens").text
    (screen,) = client.get("/api/v1/screens").json()
    assert client.post(f"/screens/{screen['screen_id']}/revoke", data=csrf).status_code == 303
    make_account("pat", Role.PRIVACY_OFFICER)
    sign_in(client, "acme/pat")
    assert client.get("/screens").status_code == 403
    assert pair(client, "123456").status_code == 403


def test_the_report_generators_login_pairs_nothing_by_itself(
    client: httpx.Client, device: httpx.Client, portal: Connection
) -> None:
    code = code_on(device).replace(" ", "")
    row = portal.execute("SELECT configuration.pair_screen(%s, 'x', NULL, ARRAY['live'])", [code]).fetchone()
    assert row == ("refused",)
    for statement in ("SELECT * FROM store.wall_screen", "SELECT * FROM store.screen_pairing"):
        assert refused(portal, statement)
