"""Own boards in a real Grafana: placed by the set-up, moved by their owner, kept on the next run."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from reportgen.access.roles import Principal, Role
from reportgen.tiles.definition import Tile, TileForm
from reportgen.tiles.own_boards import OwnBoards, own_boards
from reportgen.tiles.predefined import DASHBOARD, LIVE_WALLBOARD, WALLBOARD
from store.connect import connect
from store.login import create_login
from store.vocabulary import Edition
from tests.conftest import RoleNames
from tests.dashboards.listeners import eventually
from tests.dashboards.real_grafana import World, real_grafana
from tests.dashboards.tenants import TenantUnderTest, fill, moment

MISSED = Tile(report="missed-calls", form=TileForm.TABLE, title="Gemist", width=4, height=2)


@pytest.fixture
def world(tmp_path: Path, ours: TenantUnderTest) -> Iterator[World]:
    with real_grafana(tmp_path, ours) as world:
        fill(ours, 3, moment())
        world.account("ours", "anna")
        world.account("ours", "bert")
        yield world


@pytest.fixture
def annas(world: World, ours: TenantUnderTest, role_names: RoleNames) -> Iterator[OwnBoards]:
    """Anna's boards, as the portal opens them; every change is there at once."""
    url = create_login(world.connection, ours.database.url, role_names("report"), "report", None)
    anna = Principal("anna", Role.ADMINISTRATOR, ours.tenant_id, edition=Edition.PREMIUM, account_id=1)
    with connect(url, "test") as connection:
        yield Portal(connection, anna)  # type: ignore[misc]


class Portal:
    """Each call of a method of OwnBoards in a transaction of its own, as a request to the portal is."""

    def __init__(self, connection: Any, principal: Principal) -> None:
        self._connection = connection
        self._principal = principal

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            with own_boards(self._connection, self._principal) as boards:
                return getattr(boards, name)(*arguments, **named)

        return call


def board(client: httpx.Client, uid: str) -> Any:
    return client.get(f"/api/dashboards/uid/{uid}").raise_for_status().json()


def places(content: Any) -> dict[str, Any]:
    return {panel["title"]: panel["gridPos"] for panel in content["dashboard"]["panels"]}


def test_tiles_are_placed_moved_by_their_owner_and_kept(
    world: World, ours: TenantUnderTest, annas: OwnBoards
) -> None:
    world.sync()
    with world.admin(world.organisation(ours)) as admin:
        first = board(admin, "my-1")
        assert first["meta"]["folderUid"] == "person-1"
        assert list(places(first)) == [
            "GoS · vandaag",
            "PCA · vandaag",
            "Beller tolerantie · vandaag",
            "Uurlijkse gespreksactiviteit · vandaag",
            "Laatste bericht van de centrale",
        ]
        annas.begin(DASHBOARD, "Vandaag", (*LIVE_WALLBOARD, *WALLBOARD))
        added = annas.add(MISSED)
        world.sync()
        assert world.sync().differences == [], "a second run changes nothing"
        second = board(admin, "my-1")
        assert places(second)["Gemist · vandaag"] == {"x": 0, "y": 20, "w": 24, "h": 10}

        content = second["dashboard"]
        content["panels"][-2]["gridPos"] = {"x": 12, "y": 40, "w": 12, "h": 7}
        mine = {"id": 99, "type": "text", "title": "Mijn eigen", "gridPos": {"x": 0, "y": 40, "w": 6, "h": 3}}
        content["panels"].append(mine)
        moved = {"dashboard": content, "folderUid": "person-1"}
        admin.post("/api/dashboards/db", json=moved).raise_for_status()
        assert world.sync().differences == []
        annas.change(added, Tile(**{**fields(MISSED), "title": "Nog gemist"}), "dashboard", None)
        world.sync()
        kept = places(board(admin, "my-1"))
        assert kept["Nog gemist · vandaag"] == {"x": 12, "y": 40, "w": 12, "h": 7}
        assert kept["Mijn eigen"] == mine["gridPos"]
        annas.remove(added)
        world.sync()
        assert "Nog gemist · vandaag" not in places(board(admin, "my-1"))
        assert "Gemist · vandaag" not in places(board(admin, "my-2")), "another's board is another's"


def fields(tile: Tile) -> dict[str, Any]:
    return {name: getattr(tile, name) for name in tile.__struct_fields__}


def test_the_views_of_a_wallboard_take_turns_with_the_dock_above_each(
    world: World, ours: TenantUnderTest, annas: OwnBoards
) -> None:
    annas.begin(DASHBOARD, "Vandaag", (*LIVE_WALLBOARD, *WALLBOARD))
    annas.add(Tile(report="call-response", form=TileForm.FIGURE, figure="gos", title="Altijd"), "dock")
    second = annas.add_view("Gemist", seconds=15, page_url=None)
    annas.add(MISSED, "view", second)
    world.sync()
    with world.admin(world.organisation(ours)) as admin:
        (playlist,) = [each for each in admin.get("/api/playlists").json() if each["uid"] == "my-wallboard-1"]
        assert playlist["interval"] == "15s"
        items = admin.get("/api/playlists/my-wallboard-1").json()["items"]
        assert [item["value"] for item in items] == ["my-view-1", f"my-view-{second}"]
        for uid in ("my-view-1", f"my-view-{second}"):
            assert next(iter(places(board(admin, uid)))) == "Altijd · vandaag"
        assert board(admin, f"my-view-{second}")["dashboard"]["title"] == "Gemist"
        annas.remove_view(second)
        world.sync()
        assert admin.get(f"/api/dashboards/uid/my-view-{second}").status_code == httpx.codes.NOT_FOUND
        assert world.sync().differences == []


@contextmanager
def provisioner(world: World, tmp_path: Path, every: int) -> Iterator[None]:
    """The service, as it runs beside the others."""
    password = tmp_path / "admin"
    password.write_text(world.grafana.admin_password, encoding="utf-8")
    command = [sys.executable, "-m", "gespreksrapportage", "grafana", "sync", "--serve", f"--every={every}"]
    environment = {
        **os.environ,
        "DATABASE_URL": world.setup.database_url,
        "GRAFANA_URL": world.grafana.url,
        "GRAFANA_ADMIN_PASSWORD_FILE": str(password),
    }
    process = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        process.terminate()
        assert process.wait(30) == 0


def test_a_new_or_changed_tile_does_not_wait_for_the_next_round(
    world: World, ours: TenantUnderTest, annas: OwnBoards, tmp_path: Path
) -> None:
    annas.begin(DASHBOARD, "Vandaag", (*LIVE_WALLBOARD, *WALLBOARD))
    with provisioner(world, tmp_path, every=3600):
        eventually(lambda: finished(world), "the first round ends", 120)
        with world.admin(world.organisation(ours)) as admin:

            def at_once(there: Callable[[str], bool]) -> None:
                eventually(lambda: there(json.dumps(board(admin, "my-1"))), "the board follows", 5)

            added = annas.add(MISSED)
            at_once(lambda content: "Gemist" in content)
            annas.change(added, replace(MISSED, filters={"duration": ("61..",)}), "dashboard", None)
            at_once(lambda content: ">= 61" in content)
            annas.remove(added)
            at_once(lambda content: "Gemist" not in content)


def finished(world: World) -> bool:
    """Whether a whole round is done."""
    row = world.connection.execute("SELECT FROM store.grafana_organisation WHERE wanted_hash IS NOT NULL")
    return row.rowcount > 0


def test_a_tile_that_comes_in_the_middle_of_a_round_is_not_taken_back(
    world: World, ours: TenantUnderTest, annas: OwnBoards
) -> None:
    world.sync()
    annas.begin(DASHBOARD, "Vandaag", (*LIVE_WALLBOARD, *WALLBOARD))
    placed: list[str] = []

    def meanwhile() -> None:
        annas.add(MISSED)
        placed.extend(world.setup.place_boards(1))

    differences = world.sync(changed_only=True, meanwhile=meanwhile).differences
    assert len(placed) == 3, "the dashboard, a view, and the round of views"
    assert differences == []
    with world.admin(world.organisation(ours)) as admin:
        assert "Gemist · vandaag" in places(board(admin, "my-1"))


def test_nobodys_boards_are_placed_but_his_own(world: World, ours: TenantUnderTest, annas: OwnBoards) -> None:
    world.sync()
    annas.begin(DASHBOARD, "Vandaag", ())
    annas.add(MISSED)
    assert world.setup.place_boards(1, slug="another") == []
    assert world.setup.place_boards(2) == []
    assert world.setup.place_boards(99) == []
    assert len(world.setup.place_boards(1, slug="ours")) == 3
