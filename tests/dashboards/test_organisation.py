"""A Grafana organisation for each tenant: its own people, its own rows, and no way to another's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from dashboards.boards import BOARDS
from dashboards.local_stack import PROVISIONING, Grafana, find_grafana, start_grafana
from dashboards.organisation import (
    DATA_SOURCE_SETTINGS,
    Administration,
    delete_organisation,
    ensure_organisation,
    ensure_person,
)
from reportgen.texts import Language
from store.connect import connect
from store.errors import UserError
from tests.dashboards.tenants import TenantUnderTest, fill, moment

TENANT_BOARDS = {
    f"{board.uid}-{language}" for board in BOARDS for language in Language if not board.operator_only
}


@pytest.fixture
def grafana(tmp_path: Path, ours: TenantUnderTest) -> Iterator[Grafana]:
    if find_grafana() is None:
        pytest.skip("Grafana is not installed here (GRAFANA_HOME may name its directory)")
    started = start_grafana(tmp_path / "grafana", ours.viewer_url)
    yield started
    started.stop()


def client(grafana: Grafana, organisation: int, user: str, password: str) -> httpx.Client:
    headers = {"X-Grafana-Org-Id": str(organisation)}
    return httpx.Client(base_url=grafana.url, auth=(user, password), headers=headers, timeout=60)


def rows_of(client: httpx.Client, sql: str) -> Any:
    query = {
        "refId": "A",
        "datasource": {"uid": "gespreksrapportage"},
        "format": "table",
        "rawSql": sql,
        "rawQuery": True,
    }
    return client.post("/api/ds/query", json={"queries": [query], "from": "now-1h", "to": "now"}).json()


def test_tenants_share_grafana_and_see_nothing_of_each_other(
    grafana: Grafana, ours: TenantUnderTest, theirs: TenantUnderTest
) -> None:
    fill(ours, 1, moment())
    fill(theirs, 2, moment())
    administration = Administration(grafana.url, "admin", grafana.admin_password)
    organisations = [ensure_organisation(administration, tenant.viewer_url) for tenant in (ours, theirs)]
    assert len({1, *organisations}) == 3, "the operator's, ours and theirs"
    for organisation, name in zip(organisations, ("anna", "bert"), strict=True):
        ensure_person(administration, organisation, name, f"{name} of the test")

    with client(grafana, organisations[0], "anna", "anna of the test") as anna:
        belongs = [(each["orgId"], each["role"]) for each in anna.get("/api/user/orgs").json()]
        assert belongs == [(organisations[0], "Viewer")]
        assert {each["uid"] for each in anna.get("/api/search?type=dash-db").json()} <= TENANT_BOARDS
        for uid in TENANT_BOARDS:
            board = anna.get(f"/api/dashboards/uid/{uid}").raise_for_status().json()
            assert board["meta"]["canSave"] is False
        assert anna.get("/api/dashboards/uid/system-health-nl").status_code == httpx.codes.NOT_FOUND
        shown = rows_of(anna, "SELECT slug FROM report.tenant")
        assert shown["results"]["A"]["frames"][0]["data"]["values"] == [["ours"]]
        both = rows_of(anna, "RESET ROLE; SELECT * FROM store.call")
        assert "permission denied" in both["results"]["A"]["error"]
    with client(grafana, organisations[1], "anna", "anna of the test") as anna:
        assert anna.get("/api/dashboards/uid/live-overview-nl").status_code in (401, 403, 404)
        assert anna.get("/api/datasources/uid/gespreksrapportage").status_code in (401, 403, 404)
    with client(grafana, organisations[1], "bert", "bert of the test") as bert:
        shown = rows_of(bert, "SELECT slug FROM report.tenant")
        assert shown["results"]["A"]["frames"][0]["data"]["values"] == [[theirs.slug]]
        metrics = bert.get("/api/datasources/uid/gespreksrapportage-metrics")
        assert metrics.status_code in (403, 404)


def test_a_second_time_changes_nothing_and_takes_what_is_new(grafana: Grafana, ours: TenantUnderTest) -> None:
    administration = Administration(grafana.url, "admin", grafana.admin_password)
    organisation = ensure_organisation(administration, ours.viewer_url)
    with client(grafana, organisation, "admin", grafana.admin_password) as admin:
        mine = {"dashboard": {"uid": "mine", "title": "Mine", "panels": []}, "folderUid": ""}
        admin.post("/api/dashboards/db", json=mine).raise_for_status()
    with connect(ours.database.url, "test") as connection:
        connection.execute("UPDATE tenant SET time_zone = 'America/New_York', language = 'en'")
    assert ensure_organisation(administration, ours.viewer_url) == organisation
    with client(grafana, organisation, "admin", grafana.admin_password) as admin:
        board = admin.get("/api/dashboards/uid/live-overview-en").raise_for_status().json()
        assert board["dashboard"]["timezone"] == "America/New_York"
        assert admin.get("/api/org/preferences").json()["homeDashboardUID"] == "live-overview-en"
        assert admin.get("/api/dashboards/uid/mine").status_code == httpx.codes.OK
        assert len(admin.get("/api/datasources").json()) == 1


def test_a_login_belongs_to_one_tenant(
    grafana: Grafana, ours: TenantUnderTest, theirs: TenantUnderTest
) -> None:
    administration = Administration(grafana.url, "admin", grafana.admin_password)
    first, second = (ensure_organisation(administration, each.viewer_url) for each in (ours, theirs))
    ensure_person(administration, first, "anna", "the first password")
    ensure_person(administration, first, "anna", "another password")
    with client(grafana, first, "anna", "another password") as anna:
        assert anna.get("/api/user").status_code == httpx.codes.OK
    with pytest.raises(UserError, match="belongs to another organisation"):
        ensure_person(administration, second, "anna", "a third password")


def test_a_grafana_that_is_away_is_one_sentence(ours: TenantUnderTest) -> None:
    with pytest.raises(
        UserError, match=r"Grafana at http://127\.0\.0\.1:9/grafana does not do what it should"
    ):
        ensure_organisation(Administration("http://127.0.0.1:9/grafana", "admin", "x"), ours.viewer_url)


def test_a_login_without_a_tenant_is_told_what_to_do(ours: TenantUnderTest) -> None:
    with connect(ours.database.url, "test") as connection:
        connection.execute("DELETE FROM database_login")
    with pytest.raises(UserError, match="sees no tenant; make one with"):
        ensure_organisation(Administration("http://127.0.0.1:9/grafana", "admin", "x"), ours.viewer_url)


def test_files_and_code_set_up_the_same_data_source() -> None:
    file = PROVISIONING / "grafana/datasources/gespreksrapportage.yaml"
    sources = yaml.safe_load(file.read_text(encoding="utf-8"))["datasources"]
    by_uid = {source["uid"]: source for source in sources}
    settings = by_uid["gespreksrapportage"]["jsonData"]
    assert {name: settings[name] for name in DATA_SOURCE_SETTINGS} == DATA_SOURCE_SETTINGS


def test_a_tenants_organisation_goes_with_its_people(
    grafana: Grafana, ours: TenantUnderTest, theirs: TenantUnderTest
) -> None:
    administration = Administration(grafana.url, "admin", grafana.admin_password)
    organisations = [ensure_organisation(administration, tenant.viewer_url) for tenant in (ours, theirs)]
    for organisation, name in zip(organisations, ("anna", "bert"), strict=True):
        ensure_person(administration, organisation, name, f"{name} of the test")
    assert delete_organisation(administration, ours.slug) == organisations[0]
    assert delete_organisation(administration, ours.slug) is None
    with client(grafana, 1, "admin", grafana.admin_password) as admin:
        assert {each["name"] for each in admin.get("/api/orgs").json()} >= {theirs.slug}
        assert ours.slug not in admin.get("/api/orgs").text
        assert {each["login"] for each in admin.get("/api/users").json()} == {"admin", "bert"}
