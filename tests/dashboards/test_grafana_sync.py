"""`grafana sync` in a real Grafana: what each tenant gets there, that it stays, and that it goes."""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest
from click.testing import CliRunner

from dashboards.boards import BOARDS
from dashboards.grafana import commands
from dashboards.grafana.administration import Administration
from dashboards.grafana.service import Rounds
from dashboards.grafana.sync import Setup
from dashboards.grafana.wanted import STANDARD_BOARDS
from gespreksrapportage import tenant_commands
from reportgen.access import accounts
from store.connect import connect
from store.errors import DatabaseUnavailableError, UnknownTenantError, UserError
from tests.dashboards.real_grafana import World, real_grafana, rows_of
from tests.dashboards.tenants import TenantUnderTest


@pytest.fixture
def world(tmp_path: Path, ours: TenantUnderTest, theirs: TenantUnderTest) -> Iterator[World]:
    """Two tenants with calls and an administrator each; ours has a supervisor of one queue too."""
    with real_grafana(tmp_path, ours) as world:
        world.with_people(ours, theirs)
        yield world


def get(client: httpx.Client, path: str) -> Any:
    return client.get(path).raise_for_status().json()


def members(world: World, organisation: int) -> dict[str, str]:
    with world.admin(1) as admin:
        return {each["login"]: each["role"] for each in get(admin, f"/api/orgs/{organisation}/users")}


def board_uids(client: httpx.Client) -> set[str]:
    return {each["uid"] for each in get(client, "/api/search?type=dash-db")}


def run(world: World, tmp_path: Path, *arguments: str) -> str:
    """What the command says; a UserError is its exit code 1."""
    password = tmp_path / "admin"
    password.write_text(world.grafana.admin_password, encoding="utf-8")
    options = [f"--grafana-url={world.grafana.url}", f"--admin-password-file={password}"]
    environment = {"DATABASE_URL": world.setup.database_url}
    result = CliRunner().invoke(
        commands.grafana, [*arguments, *options], env=environment, catch_exceptions=False
    )
    return result.output


def test_what_a_tenant_gets_and_that_a_second_run_changes_nothing(
    world: World, ours: TenantUnderTest, theirs: TenantUnderTest, tmp_path: Path
) -> None:
    assert len(world.sync().differences) > 40
    assert world.sync().differences == []
    assert world.sync(check=True).differences == []
    assert run(world, tmp_path, "sync", "--check") == "Grafana is as it should be.\n"

    organisation = world.organisation(ours)
    assert members(world, organisation) == {
        "admin": "Admin",
        "account-1": "Viewer",
        "gespreksrapportage-portal": "Editor",
    }
    assert members(world, 1) == {"admin": "Admin", "account-4": "Editor"}
    with world.admin(organisation) as admin:
        assert [each["name"] for each in get(admin, "/api/datasources")] == ["Gespreksrapportage"]
        assert values(rows_of(admin, "SELECT slug FROM report.tenant")) == [["ours"]]
        assert {each["title"] for each in get(admin, "/api/folders")} == {
            "Gespreksrapportage",
            "Alarmen",
            "anna",
        }
        own = get(admin, "/api/folders/person-1/permissions")
        assert [(each["userLogin"], each["permission"]) for each in own] == [("account-1", 2)]
        premium = {f"{board.uid}-nl" for board in BOARDS if not board.operator_only}
        assert premium <= board_uids(admin)
        assert get(admin, "/api/org/preferences")["homeDashboardUID"] == "live-overview-nl"
        teams = get(admin, "/api/teams/search")["teams"]
        assert {each["name"]: each["memberCount"] for each in teams} == {"Beheerders": 1, "Teamleiders": 0}
        (playlist,) = get(admin, "/api/playlists")
        assert playlist["name"] == "Wisselend scherm"
        rules = {each["uid"] for each in get(admin, "/api/v1/provisioning/alert-rules")}
        assert rules == {
            "alarm-longest-wait-0",
            "alarm-no-agent-5",
            "alarm-gos-0",
            "alarm-unreturned-0",
            "alarm-no-data-0",
        }
        points = get(admin, "/api/v1/provisioning/contact-points")
        assert {each["settings"]["addresses"] for each in points if each["uid"].startswith("alarm-")} == {
            "anna@example.org"
        }


def values(answer: httpx.Response) -> Any:
    result = answer.json()["results"]["A"]
    assert "error" not in result, result["error"]
    return result["frames"][0]["data"]["values"]


def test_a_part_of_a_tenant_has_an_organisation_whose_data_source_sees_that_part(
    world: World, ours: TenantUnderTest
) -> None:
    world.sync("ours")
    rows = world.connection.execute(
        "SELECT organisation FROM store.grafana_organisation WHERE scope_id IS NOT NULL"
    ).fetchall()
    ((part,),) = rows
    assert members(world, part) == {"admin": "Admin", "account-2": "Viewer"}
    with world.admin(part) as admin:
        assert values(rows_of(admin, "SELECT count(*) FROM report.live_call")) == [[0]]
        assert values(rows_of(admin, "SELECT count(*) FROM report.live_waiting")) == [[2]]
        assert get(admin, "/api/v1/provisioning/alert-rules") == []
    world.connection.execute("UPDATE store.privacy_setting SET masked_roles = '{supervisor}'")
    shown = {world.organisation(ours): "ours caller", part: "ours ca****"}
    for organisation, number in shown.items():
        with world.admin(organisation) as admin:
            assert values(rows_of(admin, "SELECT DISTINCT number FROM report.live_waiting")) == [[number]]


def test_an_edition_without_queues_has_no_boards_of_them(world: World, ours: TenantUnderTest) -> None:
    world.connection.execute(
        "UPDATE store.tenant SET edition = 'standard', language = 'en', time_zone = 'America/New_York' "
        "WHERE slug = 'ours'"
    )
    world.sync("ours")
    with world.admin(world.organisation(ours)) as admin:
        boards = {f"{board.uid}-en" for board in BOARDS if board.uid in STANDARD_BOARDS}
        assert {uid for uid in board_uids(admin) if uid.endswith("-en")} == boards
        assert "call-centre-en" not in boards
        shown = get(admin, "/api/dashboards/uid/trends-en")["dashboard"]
        assert shown["timezone"] == "America/New_York"
        assert get(admin, "/api/org/preferences")["homeDashboardUID"] == "company-overview-en"
    world.connection.execute("UPDATE store.tenant SET edition = 'premium', language = 'nl'")
    world.sync("ours")
    with world.admin(world.organisation(ours)) as admin:
        assert "call-centre-nl" in board_uids(admin)
        assert "trends-en" not in board_uids(admin)
        assert {each["name"] for each in get(admin, "/api/teams/search")["teams"]} == {
            "Beheerders",
            "Teamleiders",
        }


def test_what_was_changed_in_grafana_is_told_and_mended_and_what_is_personal_stays(
    world: World, ours: TenantUnderTest, tmp_path: Path
) -> None:
    world.sync()
    with world.admin(world.organisation(ours)) as admin:
        mine = {"dashboard": {"uid": "mine", "title": "Mine", "panels": []}, "folderUid": "person-1"}
        admin.post("/api/dashboards/db", json=mine).raise_for_status()
        assert world.sync(check=True).differences == []
        board = get(admin, "/api/dashboards/uid/trends-nl")["dashboard"]
        changed = {"dashboard": {**board, "title": "X", "panels": []}, "overwrite": True}
        admin.post("/api/dashboards/db", json={**changed, "folderUid": "gespreksrapportage-nl"})
        admin.delete("/api/dashboards/uid/call-back-nl").raise_for_status()
        everybody = {"items": [{"role": "Viewer", "permission": 2}]}
        admin.post("/api/folders/person-1/permissions", json=everybody).raise_for_status()
        admin.delete("/api/playlists/gespreksrapportage").raise_for_status()
        admin.patch("/api/org/preferences", json={"timezone": "utc"}).raise_for_status()
        admin.delete("/api/v1/provisioning/folder/gespreksrapportage-alarms/rule-groups/GoS%20vandaag")
        stranger = {"name": "Metrics", "type": "prometheus", "access": "proxy", "url": "http://127.0.0.1:9"}
        admin.post("/api/datasources", json=stranger).raise_for_status()
        with pytest.raises(UserError, match="Grafana differs"):
            run(world, tmp_path, "sync", "--check")
        told = world.sync(check=True).differences
        assert told == [
            'Organisation "ours": there is a data source "Metrics" too many.',
            'Organisation "ours": the folder "person-1" is open to others than it should be.',
            'Organisation "ours": the board "Terugbellen" is missing.',
            'Organisation "ours": the board "Trends" is not current.',
            'Organisation "ours": its home board, time zone or language is another.',
            'Organisation "ours": the playlist is missing.',
            'Organisation "ours": the rule "GoS vandaag" is missing.',
        ]
        assert run(world, tmp_path, "sync").splitlines() == told
        assert world.sync(check=True).differences == []
        assert "mine" in board_uids(admin)


def test_the_database_login_of_a_data_source_is_made_and_replaced(
    world: World, ours: TenantUnderTest, tmp_path: Path
) -> None:
    world.sync("ours")
    row = world.connection.execute(
        "SELECT role_name, rolconnlimit FROM store.grafana_organisation JOIN pg_roles ON rolname = role_name "
        "WHERE scope_id IS NULL"
    ).fetchone()
    assert row is not None
    assert row[0].startswith("grafana_")
    assert "ours" not in row[0]
    assert row[1] == 10
    with world.admin(world.organisation(ours)) as admin:
        world.connection.execute(f"ALTER ROLE {row[0]} PASSWORD 'another'")
        world.connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (row[0],)
        )
        differences = world.sync("ours", check=True).differences
        assert differences == ['Organisation "ours": the data source cannot log in to the database.']
        world.sync("ours")
        assert values(rows_of(admin, "SELECT slug FROM report.tenant")) == [["ours"]]
        told = run(world, tmp_path, "sync", "--tenant=ours", "--new-passwords").splitlines()
        assert told == [
            f'Organisation "{name}": the password of the data source is to be replaced.'
            for name in ("ours", "ours:1")
        ]
        assert values(rows_of(admin, "SELECT slug FROM report.tenant")) == [["ours"]]


def test_who_may_look_no_longer_is_gone_and_so_is_a_tenant(
    world: World, ours: TenantUnderTest, theirs: TenantUnderTest, tmp_path: Path
) -> None:
    world.sync()
    gone = world.organisation(theirs)
    accounts.accounts_of(world.connection, "ours").disable("anna")
    differences = world.sync().differences
    assert 'Organisation "ours": "anna" may look no longer.' in differences
    assert "account-1" not in members(world, world.organisation(ours))
    with world.admin(1) as admin:
        assert admin.get("/api/users/lookup?loginOrEmail=account-1").status_code == httpx.codes.NOT_FOUND

    world.connection.execute("DELETE FROM store.tenant WHERE slug = %s", (theirs.slug,))
    assert world.sync().differences == [f'Organisation "tenant {theirs.tenant_id}": it is wanted no longer.']
    with world.admin(1) as admin:
        assert admin.get(f"/api/orgs/{gone}").status_code == httpx.codes.NOT_FOUND
        assert admin.get("/api/users/lookup?loginOrEmail=account-3").status_code == httpx.codes.NOT_FOUND

    assert run(world, tmp_path, "remove", "--tenant=ours").count("it is wanted no longer") == 2
    assert run(world, tmp_path, "remove", "--tenant=ours") == 'Tenant "ours" has nothing in Grafana.\n'
    with world.admin(1) as admin:
        assert [each["id"] for each in get(admin, "/api/orgs")] == [1]
    left = world.connection.execute("SELECT FROM pg_roles WHERE rolname LIKE 'grafana!_%' ESCAPE '!'")
    assert left.rowcount == 0


def test_a_change_in_the_database_is_all_that_a_round_looks_at(world: World, ours: TenantUnderTest) -> None:
    world.sync()
    with world.admin(world.organisation(ours)) as admin:
        admin.delete("/api/playlists/gespreksrapportage").raise_for_status()
        assert world.sync(changed_only=True).differences == []
        world.account("ours", "carla")
        world.connection.execute(
            "UPDATE store.alarm SET mail_to = '{}' WHERE kind = 'gos' AND tenant_id = %s",
            (ours.tenant_id,),
        )
        told = world.sync(changed_only=True).differences
        assert 'Organisation "ours": "carla" has no user in Grafana.' in told
        assert 'Organisation "ours": the playlist is missing.' in told
        assert not [sentence for sentence in told if "theirs" in sentence]
        assert world.sync(changed_only=True).differences == []


def test_defaults_come_once(world: World, ours: TenantUnderTest) -> None:
    world.sync()
    world.connection.execute("DELETE FROM store.alarm")
    told = world.sync().differences
    assert 'Organisation "ours": the rule "GoS vandaag" is needed no longer.' in told
    assert world.connection.execute("SELECT FROM store.alarm").rowcount == 0
    with world.admin(world.organisation(ours)) as admin:
        assert get(admin, "/api/v1/provisioning/alert-rules") == []


def test_grafana_says_nothing_against_what_it_is_given(world: World) -> None:
    world.sync()
    lines = world.grafana.log.read_text(encoding="utf-8").splitlines()
    of_ours = [line for line in lines if "logger=provisioning" in line or "logger=ngalert" in line]
    assert of_ours
    assert [line for line in of_ours if "level=warn" in line or "level=error" in line] == []


@pytest.fixture
def away(ours: TenantUnderTest) -> Iterator[Setup]:
    """A Grafana that does not answer."""
    with connect(ours.database.url, "test", autocommit=True) as connection:
        administration = Administration("http://127.0.0.1:9/grafana", "admin", "x")
        yield Setup(administration, connection, ours.database.url)


def test_a_grafana_that_is_away_is_one_sentence_for_each_tenant(away: Setup) -> None:
    outcome = away.synchronise()
    assert outcome.differences == []
    assert [failure.split(" does not")[0] for failure in outcome.failures] == [
        "ours: Grafana at http://127.0.0.1:9/grafana",
        "operators: Grafana at http://127.0.0.1:9/grafana",
    ]
    with pytest.raises(UnknownTenantError):
        away.synchronise("nobody")


def test_without_a_grafana_the_command_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRAFANA_URL", raising=False)
    with pytest.raises(UserError, match="set GRAFANA_URL"):
        CliRunner().invoke(commands.grafana, ["sync"], catch_exceptions=False)


def test_a_tenant_is_deleted_with_its_organisations(
    world: World, ours: TenantUnderTest, theirs: TenantUnderTest, tmp_path: Path
) -> None:
    world.sync()
    organisation = world.organisation(ours)
    password = tmp_path / "admin"
    password.write_text(world.grafana.admin_password, encoding="utf-8")
    arguments = ["delete", ours.slug, "--confirm", ours.slug, "--certificate", str(tmp_path)]
    environment = {"DATABASE_URL": world.setup.database_url}
    refused = CliRunner().invoke(tenant_commands.tenant, arguments, env=environment)
    assert "The tenant has organisations in Grafana" in str(refused.exception)
    options = [f"--grafana-url={world.grafana.url}", f"--admin-password-file={password}"]
    CliRunner().invoke(
        tenant_commands.tenant, [*arguments, *options], env=environment, catch_exceptions=False
    )
    certificate = json.loads(next(tmp_path.glob("deletion-ours-*.json")).read_text(encoding="utf-8"))
    assert organisation in certificate["grafana_organisations"]
    assert set(certificate["found_afterwards"].values()) == {0}
    with world.admin(1) as admin:
        assert ours.slug not in admin.get("/api/orgs").text
        assert {each["login"] for each in get(admin, "/api/users")} >= {"account-3", "account-4"}
        assert "account-1" not in admin.get("/api/users").text


def test_a_round_that_fails_is_told_to_prometheus_and_the_next_one_comes(away: Setup) -> None:
    rounds = Rounds(lambda: nullcontext(away), None)
    rounds.one()
    assert sample(rounds, "gespreksrapportage_grafana_failing") == 2
    assert sample(rounds, "gespreksrapportage_grafana_last_success_timestamp_seconds") == 0

    def unreachable() -> NoReturn:
        raise DatabaseUnavailableError("The database cannot be reached.")

    Rounds(unreachable, None).one()


def sample(rounds: Rounds, name: str) -> float | None:
    return rounds.registry.get_sample_value(name)
