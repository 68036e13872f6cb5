"""Own boards: every login has its own, and nobody has another's."""

import httpx
import pytest

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token
from store.connect import Connection, connect
from store.login import create_login
from store.vocabulary import CallOutcome
from tests.access.conftest import Accounts
from tests.access.test_configuration import sign_in
from tests.access.test_portal import bearer, form_token
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.tiles.conftest import NOW

GOS = {"report": "call-response", "form": "figure", "figure": "gos"}


@pytest.fixture
def anna(client: httpx.Client, make_account: Accounts) -> httpx.Client:
    """A browser in which the tenant's administrator has signed in."""
    make_account("anna")
    sign_in(client, "acme/anna")
    return client


def calls_of_today(acme: TenantBuilder) -> None:
    """Four calls answered in time, and one missed."""
    for minute in range(4):
        acme.call(NOW.replace(hour=9, minute=minute), wait=5)
    acme.call(NOW.replace(hour=10), outcome=CallOutcome.ABANDONED, wait=40)


def test_every_login_begins_with_the_predefined_tiles(anna: httpx.Client) -> None:
    tiles = anna.get("/api/v1/tiles").json()
    dashboard = [
        (tile["report"], tile["form"], tile["figure"]) for tile in tiles if tile["place"] == "dashboard"
    ]
    assert dashboard == [
        ("call-response", "gauge", "gos"),
        ("call-response", "gauge", "pca"),
        ("caller-tolerance", "chart", ""),
        ("hourly-activity", "chart", ""),
    ]
    assert anna.get("/dashboard").text.count("data-source") == 4


def test_what_is_removed_stays_away(anna: httpx.Client) -> None:
    for tile in anna.get("/api/v1/tiles").json():
        assert anna.delete(f"/api/v1/tiles/{tile['tile_id']}").status_code == 204
    assert anna.get("/api/v1/tiles").json() == []
    assert "data-source" not in anna.get("/dashboard").text


def test_a_tile_shows_the_reports_own_figure(anna: httpx.Client, acme: TenantBuilder) -> None:
    calls_of_today(acme)
    added = anna.post(
        "/api/v1/tiles", json=GOS | {"steps": [{"colour": "red"}, {"from": 75, "colour": "green"}]}
    )
    assert added.status_code == 201
    shown = anna.get(f"/own-tiles/{added.json()['tile_id']}/shown").text
    ran = anna.post("/api/v1/reports/call-response/run", json={"period": "today"}).json()
    assert ran["summary"]["gos"] == 80.0
    assert "80,0%" in shown
    assert "colour-green" in shown
    assert 'href="/reports/call-response?period=today"' in shown


@pytest.mark.parametrize(
    ("tile", "seen"),
    [
        ({"report": "call-response", "form": "chart"}, "data:image/svg+xml"),
        ({"report": "call-response", "form": "table"}, "<td>02-11-2026 10:00"),
        ({"report": "call-response", "form": "gauge", "figure": "pca"}, 'class="gauge"'),
        ({"report": "calls-by-date", "form": "table", "filters": {"outcome": ["abandoned"]}}, "Opgehangen"),
        ({"report": "calls-by-date", "form": "figure", "figure": "total", "period": "yesterday"}, ">0<"),
    ],
)
def test_any_report_becomes_a_tile_in_any_form(
    anna: httpx.Client,
    acme: TenantBuilder,
    tile: dict[str, object],
    seen: str,
) -> None:
    calls_of_today(acme)
    number = anna.post("/api/v1/tiles", json=tile).json()["tile_id"]
    assert seen in anna.get(f"/own-tiles/{number}/shown").text


@pytest.mark.parametrize(
    ("tile", "status", "code"),
    [
        (GOS | {"report": "no-such"}, 404, "unknown-report"),
        (GOS | {"figure": "no-such"}, 400, "invalid-tile"),
        (GOS | {"period": "some-day"}, 400, "invalid-tile"),
        (GOS | {"filters": {"colour": ["red"]}}, 400, "unknown-filter"),
        (GOS | {"filters": {"wait": ["soon"]}}, 400, "invalid-filter"),
        (GOS | {"refresh_seconds": 1}, 400, "invalid-tile"),
        (GOS | {"width": 5}, 400, "invalid-tile"),
        (GOS | {"title": "x" * 101}, 400, "invalid-tile"),
        (GOS | {"title": "\0"}, 400, "invalid-tile"),
        (GOS | {"steps": [{"from": 5, "colour": "red"}]}, 400, "invalid-tile"),
        (
            GOS | {"steps": [{"colour": "red"}, {"from": 9, "colour": "red"}, {"from": 8, "colour": "red"}]},
            400,
            "invalid-tile",
        ),
        (GOS | {"form": "gauge", "figure": "offered"}, 400, "invalid-tile"),
        (GOS | {"place": "view"}, 404, "unknown-tile"),
        (GOS | {"place": "view", "view_id": 2**31 - 1}, 404, "unknown-tile"),
        ({"report": "call-lifecycle", "form": "chart"}, 400, "invalid-tile"),
        ({"report": "now", "form": "chart"}, 400, "invalid-tile"),
        (
            {"report": "now", "form": "figure", "figure": "calls", "filters": {"contact-group": ["x"]}},
            400,
            "invalid-tile",
        ),
    ],
)
def test_a_tile_that_cannot_be_is_refused_in_a_sentence(
    anna: httpx.Client, tile: dict[str, object], status: int, code: str
) -> None:
    answer = anna.post("/api/v1/tiles", json=tile)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:gespreksrapportage:problem:{code}")
    assert len(anna.get("/api/v1/tiles").json()) == 14


def test_nobody_has_anothers_tiles(
    client: httpx.Client,
    make_account: Accounts,
    rival: TenantBuilder,
) -> None:
    for name, tenant in (("anna", "acme"), ("bert", "acme"), ("carla", "rival")):
        make_account(name, tenant=tenant)
    sign_in(client, "acme/anna")
    mine = client.post("/api/v1/tiles", json=GOS).json()["tile_id"]
    view = client.get("/api/v1/tiles").json()[-2]["view_id"]
    for other in ("acme/bert", "rival/carla"):
        sign_in(client, other)
        csrf = {"csrf": form_token(client, "/dashboard")}
        assert all(tile["tile_id"] != mine for tile in client.get("/api/v1/tiles").json())
        for answer in (
            client.get(f"/api/v1/tiles/{mine}"),
            client.put(f"/api/v1/tiles/{mine}", json=GOS),
            client.patch(f"/api/v1/tiles/{mine}", json={"filters": {}}),
            client.delete(f"/api/v1/tiles/{mine}"),
            client.post("/api/v1/tiles", json=GOS | {"place": "view", "view_id": view}),
            client.get(f"/own-tiles/{mine}/shown"),
            client.get(f"/own-tiles/{mine}"),
            client.post(f"/own-tiles/{mine}", data=csrf),
            client.post(f"/own-tiles/{mine}/remove", data=csrf),
            client.post(f"/own-tiles/{mine}/move/back", data=csrf),
            client.post(f"/wallboard/views/{view}", data=csrf | {"title": "x"}),
            client.post(f"/wallboard/views/{view}/remove", data=csrf),
            client.post(f"/wallboard/views/{view}/move/back", data=csrf),
        ):
            assert answer.status_code == 404, answer.request.url
    sign_in(client, "acme/anna")
    assert client.get(f"/api/v1/tiles/{mine}").json()["figure"] == "gos"


def test_the_database_itself_keeps_accounts_apart(
    client: httpx.Client,
    database: Database,
    make_account: Accounts,
    role_names: RoleNames,
) -> None:
    """Without an account, or as a viewer of the tenant, the report generator's views of tiles are empty."""
    make_account("anna")
    sign_in(client, "acme/anna")
    client.get("/dashboard")
    with connect(database.url, "test", autocommit=True) as connection:
        urls = {
            role: create_login(connection, database.url, role_names(role), role, tenant)
            for role, tenant in (("report", None), ("viewer", "acme"))
        }
        row = connection.execute("SELECT account_id, tenant_id FROM store.account").fetchone()
    assert row is not None
    for role, account, seen in (("report", row[0], 14), ("report", "", 0), ("viewer", row[0], 0)):
        with connect(urls[role], "test") as connection:
            connection.execute(
                "SELECT set_config('gespreksrapportage.tenant', %s, false), "
                "set_config('gespreksrapportage.account', %s, false)",
                (str(row[1]), str(account)),
            )
            assert connection.execute("SELECT count(*) FROM report.tile").fetchone() == (seen,), role


def test_a_standard_edition_has_no_tiles_of_premium_and_none_of_now(
    client: httpx.Client,
    make_account: Accounts,
    acme: TenantBuilder,
) -> None:
    make_account("anna")
    sign_in(client, "acme/anna")
    premium = client.post("/api/v1/tiles", json={"report": "dnd-detail", "form": "table"}).json()["tile_id"]
    waiting = {"report": "now", "form": "figure", "figure": "waiting"}
    live = client.post("/api/v1/tiles", json=waiting).json()["tile_id"]
    acme.connection.execute("UPDATE store.tenant SET edition = 'standard'")
    assert client.post("/api/v1/tiles", json={"report": "dnd-detail", "form": "table"}).status_code == 404
    assert client.post("/api/v1/tiles", json=waiting).status_code == 403
    assert "bestaat voor u niet" in client.get(f"/own-tiles/{premium}/shown").text
    assert "U mag dit niet doen" in client.get(f"/own-tiles/{live}/shown").text


def test_a_program_without_an_account_has_no_tiles(
    client: httpx.Client,
    administrator: Connection,
    acme: TenantBuilder,
) -> None:
    token = create_token(administrator, "acme", name="program", days=1)
    assert client.get("/api/v1/tiles", headers=bearer(token)).status_code == 403
    assert client.get("/api/v1/tiles").status_code == 401


def test_a_user_sees_only_own_calls_on_a_tile(
    client: httpx.Client,
    make_account: Accounts,
    acme: TenantBuilder,
) -> None:
    acme.person("dirk")
    calls_of_today(acme)
    make_account("dirk", Role.USER, scope=ScopeWanted(persons=["pdirk"]))
    sign_in(client, "acme/dirk")
    total = {"report": "calls-by-date", "form": "figure", "figure": "total"}
    number = client.post("/api/v1/tiles", json=total).json()["tile_id"]
    assert ">0<" in client.get(f"/own-tiles/{number}/shown").text


def test_a_tile_of_now_is_empty_where_no_pbx_is_heard(
    anna: httpx.Client,
    acme: TenantBuilder,
) -> None:
    acme.group("sales", "Verkoop")
    waiting = {
        "report": "now",
        "form": "figure",
        "figure": "waiting",
        "filters": {"contact-group": ["Verkoop"]},
    }
    number = anna.post("/api/v1/tiles", json=waiting).json()["tile_id"]
    assert "–" in anna.get(f"/own-tiles/{number}/shown").text
    acme.connection.execute(
        "INSERT INTO store.live_pbx (pbx_id, tenant_id, connected, changed_at, updated_at) "
        "VALUES (%s, %s, true, now(), now())",
        (acme.pbx_id, acme.tenant_id),
    )
    acme.connection.execute(
        "INSERT INTO store.live_waiting (pbx_id, connection, tenant_id, contact_group, withheld, entered_at) "
        "SELECT %s, g, %s, g, true, now() FROM unnest(ARRAY['sales', 'other']) AS g",
        (acme.pbx_id, acme.tenant_id),
    )
    assert ">1<" in anna.get(f"/own-tiles/{number}/shown").text


def test_a_report_is_made_a_tile_by_a_form_and_moved_changed_and_removed(anna: httpx.Client) -> None:
    page = anna.get("/reports/call-response?period=this-week&ddi=%2B31201234567").text
    assert 'href="/own-tiles/new/call-response?period=this-week&amp;ddi=%2B31201234567' in page
    form = anna.get("/own-tiles/new/call-response?period=this-week&ddi=%2B31201234567").text
    assert '<input name="ddi" value="+31201234567"' in form
    csrf = {"csrf": form_token(anna, "/dashboard")}
    tile = {
        "ddi": "+31201234567",
        "form": "figure",
        "figure": "missed",
        "period": "this-week",
        "title": "Gemist",
    }
    colours = {"colouring": "high-is-bad", "orange": "5", "red": "9,5"}
    assert anna.post("/own-tiles/new/call-response", data=csrf | tile | colours).status_code == 303
    added = anna.get("/api/v1/tiles").json()[-1]
    assert added["filters"] == {"ddi": ["+31201234567"]}
    assert added["steps"] == [
        {"from": None, "colour": "green"},
        {"from": 5.0, "colour": "orange"},
        {"from": 9.5, "colour": "red"},
    ]
    number = added["tile_id"]
    assert anna.post(f"/own-tiles/{number}/move/forward", data=csrf).status_code == 303
    dashboard = [tile["tile_id"] for tile in anna.get("/api/v1/tiles").json() if tile["place"] == "dashboard"]
    assert dashboard.index(number) == 3
    assert 'value="9.5"' in anna.get(f"/own-tiles/{number}").text
    wrong = anna.post(f"/own-tiles/{number}", data=csrf | tile | colours | {"red": "veel"})
    assert wrong.status_code == 400
    assert "&#34;veel&#34; is geen getal." in wrong.text
    assert '<input name="ddi" value="+31201234567"' in wrong.text, "what was filled in is still there"
    assert anna.post(f"/own-tiles/{number}", data=csrf | tile | {"place": "dock"}).status_code == 303
    changed = anna.get(f"/api/v1/tiles/{number}").json()
    assert (changed["place"], changed["steps"], changed["filters"]) == ("dock", [], added["filters"])
    assert anna.post(f"/own-tiles/{number}/remove", data=csrf).status_code == 303
    assert anna.get(f"/api/v1/tiles/{number}").status_code == 404


def test_a_part_of_a_tile_is_changed_and_all_else_stays(anna: httpx.Client, acme: TenantBuilder) -> None:
    acme.unit("site", "Utrecht")
    steps = [{"from": None, "colour": "red"}, {"from": 80.0, "colour": "green"}]
    wanted = GOS | {"title": "Mijn", "period": "this-week", "steps": steps, "place": "dock", "width": 2}
    tile = anna.post("/api/v1/tiles", json=wanted).json()
    address = f"/api/v1/tiles/{tile['tile_id']}"
    changed = anna.patch(address, json={"filters": {"site": ["utrecht"], "duration": ["60.."]}})
    assert changed.status_code == 200
    filters = {"site": ["Utrecht"], "duration": ["60.."]}
    assert changed.json() == tile | {"filters": filters}, "as the tenant spells it"
    assert anna.get(address).json() == changed.json()
    assert anna.patch(address, json={"title": ""}).json() == tile | {"filters": filters, "title": ""}
    assert anna.patch(address, json={"filters": {}}).json()["filters"] == {}
    view = next(each["view_id"] for each in anna.get("/api/v1/tiles").json() if each["place"] == "view")
    moved = anna.patch(address, json={"place": "view", "view_id": view}).json()
    assert (moved["place"], moved["view_id"]) == ("view", view)
    assert anna.patch(address, json={"width": 1}).json()["view_id"] == view
    back = anna.patch(address, json={"place": "dashboard"}).json()
    assert (back["place"], back["view_id"]) == ("dashboard", None)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"filters": {"colour": ["red"]}}, 400, "unknown-filter"),
        ({"filters": {"site": ["Atlantis"]}}, 400, "invalid-filter"),
        ({"filters": {"wait": ["soon"]}}, 400, "invalid-filter"),
        ({"report": "no-such"}, 404, "unknown-report"),
        ({"form": "gauge", "figure": "offered"}, 400, "invalid-tile"),
        ({"place": "view", "view_id": 2**31 - 1}, 404, "unknown-tile"),
        ({"place": "view"}, 404, "unknown-tile"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_changes(
    anna: httpx.Client, change: dict[str, object], status: int, code: str
) -> None:
    tile = anna.post("/api/v1/tiles", json=GOS | {"filters": {"duration": ["60.."]}}).json()
    answer = anna.patch(f"/api/v1/tiles/{tile['tile_id']}", json=change)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:gespreksrapportage:problem:{code}")
    assert anna.get(f"/api/v1/tiles/{tile['tile_id']}").json() == tile
    assert anna.patch(f"/api/v1/tiles/{tile['tile_id']}", json={"colour": "red"}).status_code == 422


def test_a_figure_of_now_can_only_be_about_groups_that_there_are(
    anna: httpx.Client, acme: TenantBuilder
) -> None:
    acme.group("sales", "Verkoop, binnendienst")
    waiting = {"report": "now", "form": "figure", "figure": "waiting"}
    refused = anna.post("/api/v1/tiles", json=waiting | {"filters": {"contact-group": ["Verkop"]}})
    assert (refused.status_code, refused.json()["type"]) == (
        400,
        "urn:gespreksrapportage:problem:invalid-filter",
    )
    number = anna.post("/api/v1/tiles", json=waiting).json()["tile_id"]
    csrf = {"csrf": form_token(anna, "/dashboard")}
    given = {"form": "figure", "figure": "waiting", "contact-group": "Verkoop\\, binnendienst"}
    assert anna.post(f"/own-tiles/{number}", data=csrf | given).status_code == 303
    kept = anna.get(f"/api/v1/tiles/{number}").json()["filters"]
    assert kept == {"contact-group": ["Verkoop\\, binnendienst"]}
    acme.connection.execute(
        "INSERT INTO store.live_pbx (pbx_id, tenant_id, connected, changed_at, updated_at) "
        "VALUES (%s, %s, true, now(), now())",
        (acme.pbx_id, acme.tenant_id),
    )
    acme.connection.execute(
        "INSERT INTO store.live_waiting (pbx_id, connection, tenant_id, contact_group, withheld, entered_at) "
        "VALUES (%s, 'x', %s, 'sales', true, now())",
        (acme.pbx_id, acme.tenant_id),
    )
    assert ">1<" in anna.get(f"/own-tiles/{number}/shown").text


def test_the_form_shows_the_filters_and_changes_them(anna: httpx.Client, acme: TenantBuilder) -> None:
    for site in ("Utrecht", "Zwolle", "Delft, Oost"):
        acme.unit("site", site)
    sites = ["Utrecht", "Delft\\, Oost"]
    filters = {"site": sites, "weekday": ["mon,tue"], "duration": ["60.."]}
    number = anna.post("/api/v1/tiles", json=GOS | {"filters": filters}).json()["tile_id"]
    form = anna.get(f"/own-tiles/{number}").text
    assert '<select name="site" multiple>' in form
    assert '<option value="Delft\\, Oost" selected>Delft, Oost</option>' in form
    assert '<option value="Zwolle">Zwolle</option>' in form
    assert 'name="weekday" value="tue" checked' in form
    assert '<input name="duration" value="60.."' in form
    csrf = {"csrf": form_token(anna, "/dashboard")}
    same = {"form": "figure", "figure": "gos", "period": "today", "title": "Nieuw"}
    kept = {"site": sites, "weekday": ["mon", "tue"], "duration": "60..", "division": ""}
    assert anna.post(f"/own-tiles/{number}", data=csrf | same | kept).status_code == 303
    tile = anna.get(f"/api/v1/tiles/{number}").json()
    assert tile["title"] == "Nieuw"
    assert tile["filters"] == {"site": sites, "weekday": ["mon", "tue"], "duration": ["60.."]}
    assert anna.post(f"/own-tiles/{number}", data=csrf | same | {"site": "Zwolle"}).status_code == 303
    assert anna.get(f"/api/v1/tiles/{number}").json()["filters"] == {"site": ["Zwolle"]}


def test_a_filter_on_what_is_gone_stays_chosen_in_the_form(anna: httpx.Client, acme: TenantBuilder) -> None:
    """Else whoever changed the title alone would ask for all sites."""
    acme.unit("site", "Utrecht")
    number = anna.post("/api/v1/tiles", json=GOS | {"filters": {"site": ["Utrecht"]}}).json()["tile_id"]
    acme.connection.execute("DELETE FROM store.organisation_unit")
    form = anna.get(f"/own-tiles/{number}").text
    assert '<option value="Utrecht" selected>Utrecht</option>' in form
    csrf = {"csrf": form_token(anna, "/dashboard")}
    same = {"form": "figure", "figure": "gos", "site": "Utrecht"}
    assert anna.post(f"/own-tiles/{number}", data=csrf | same).status_code == 400
    too_long = anna.post(f"/own-tiles/{number}", data=csrf | same | {"number": "1" * 20_001})
    assert too_long.status_code == 400
    assert anna.get(f"/api/v1/tiles/{number}").json()["filters"] == {"site": ["Utrecht"]}


def test_the_trail_tells_who_changed_which_tile(anna: httpx.Client, acme: TenantBuilder) -> None:
    number = anna.post("/api/v1/tiles", json=GOS).json()["tile_id"]
    anna.patch(f"/api/v1/tiles/{number}", json={"filters": {"duration": ["60.."]}, "period": "this-week"})
    anna.patch(f"/api/v1/tiles/{number}", json={"period": "this-week"})
    anna.delete(f"/api/v1/tiles/{number}")
    told = anna.get("/api/v1/audit").json()
    entries = [each for each in reversed(told) if each["object"] == "tile"]
    assert [each["action"] for each in entries] == ["created", "changed", "deleted"], "predefined: nobody's"
    assert {(each["actor"], each["name"]) for each in entries} == {("anna", "call-response")}
    assert entries[1]["details"] == {
        "tile_id": number,
        "old": {"filters": {}, "period": "today"},
        "new": {"filters": {"duration": ["60.."]}, "period": "this-week"},
    }


def test_a_form_of_another_site_changes_nothing(anna: httpx.Client) -> None:
    number = anna.get("/api/v1/tiles").json()[0]["tile_id"]
    csrf = {"csrf": form_token(anna, "/dashboard")}
    for path in (
        f"/own-tiles/{number}/remove",
        f"/own-tiles/{number}",
        "/wallboard/views",
        "/wallboard/hosts",
    ):
        elsewhere = {"Origin": "https://elsewhere.example"}
        assert anna.post(path, data=csrf, headers=elsewhere).status_code == 403
        assert anna.post(path, data={"csrf": "x"}).status_code == 403


def test_a_wallboard_has_views_with_a_dock_and_allowed_pages_only(anna: httpx.Client) -> None:
    csrf = {"csrf": form_token(anna, "/dashboard")}
    page = {"title": "Verkeer", "seconds": "30", "page_url": "https://verkeer.example.org/kaart"}
    refused = anna.post("/wallboard/views", data=csrf | page)
    assert refused.status_code == 400
    assert "mag niet worden getoond" in refused.text
    assert anna.post("/wallboard/hosts", data=csrf | {"hosts": "not a/host"}).status_code == 400
    hosts = {"hosts": "https://verkeer.example.org/\nstatus.example.org:8443"}
    assert anna.post("/wallboard/hosts", data=csrf | hosts).status_code == 303
    assert anna.post("/wallboard/views", data=csrf | page).status_code == 303
    anna.post("/api/v1/tiles", json=GOS | {"place": "dock"})
    board = anna.get("/wallboard")
    assert board.text.count('<section class="view"') == 2
    assert board.text.count('class="dock"') == 1
    assert 'data-page="https://verkeer.example.org/kaart"' in board.text
    policy = board.headers["Content-Security-Policy"]
    assert policy.endswith("; frame-src https://status.example.org:8443 https://verkeer.example.org")
    assert "frame-src" not in anna.get("/dashboard").headers["Content-Security-Policy"]
    for address in (
        "http://verkeer.example.org/",
        "https://verkeer.example.org.evil.example/",
        "javascript:alert(1)",
    ):
        assert anna.post("/wallboard/views", data=csrf | page | {"page_url": address}).status_code == 400
    anna.post("/wallboard/hosts", data=csrf | {"hosts": ""})
    board = anna.get("/wallboard")
    assert "data-page" not in board.text
    assert "frame-src" not in board.headers["Content-Security-Policy"]


def test_views_are_moved_and_removed_with_their_tiles(anna: httpx.Client) -> None:
    csrf = {"csrf": form_token(anna, "/dashboard")}
    anna.post("/wallboard/views", data=csrf | {"title": "Tweede"})
    first = next(tile["view_id"] for tile in anna.get("/api/v1/tiles").json() if tile["place"] == "view")
    assert anna.post(f"/wallboard/views/{first}/move/back", data=csrf).status_code == 303
    board = anna.get("/wallboard").text
    assert board.index("Tweede") < board.index(f'data-view="{first}"')
    assert anna.post("/wallboard/transition", data=csrf | {"transition": "slide"}).status_code == 303
    assert "transition-slide" in anna.get("/wallboard").text
    assert anna.post(f"/wallboard/views/{first}/remove", data=csrf).status_code == 303
    assert {tile["place"] for tile in anna.get("/api/v1/tiles").json()} == {"dashboard"}


def test_only_administrators_say_whose_pages_may_be_shown(
    client: httpx.Client,
    make_account: Accounts,
    acme: TenantBuilder,
) -> None:
    acme.unit("site", "Utrecht")
    make_account("sam", Role.SUPERVISOR, scope=ScopeWanted(units={"site": ["Utrecht"]}))
    sign_in(client, "acme/sam")
    csrf = {"csrf": form_token(client, "/dashboard")}
    assert 'name="hosts"' not in client.get("/wallboard/edit").text
    assert client.post("/wallboard/hosts", data=csrf | {"hosts": "example.org"}).status_code == 403
