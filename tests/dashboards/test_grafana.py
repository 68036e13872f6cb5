"""The boards in a real Grafana, where there is one: GRAFANA_HOME, or `grafana` on the PATH."""

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from dashboards.build import files
from dashboards.local_stack import Grafana, find_grafana, find_prometheus, start_grafana, start_prometheus
from reportgen.texts import Language
from tests.dashboards.browser import find_chromium, page, signed_in
from tests.dashboards.grafana_macros import with_variables
from tests.dashboards.tenants import TenantUnderTest, fill, moment

BOARDS = [json.loads(content) for content in files().values()]


@pytest.fixture
def prometheus_url(tmp_path: Path) -> Iterator[str]:
    """Where Prometheus answers; an address where nothing does when it is not installed."""
    if find_prometheus() is None:
        yield "http://127.0.0.1:9"
        return
    prometheus = start_prometheus(tmp_path / "prometheus", {})
    yield prometheus.url
    prometheus.stop()


@pytest.fixture
def grafana(tmp_path: Path, ours: TenantUnderTest, prometheus_url: str) -> Iterator[Grafana]:
    """Set up from the provisioned files, reading as our tenant's login; the tenant has calls."""
    if find_grafana() is None:
        pytest.skip("Grafana is not installed here (GRAFANA_HOME may name its directory)")
    fill(ours, 3, moment())
    started = start_grafana(tmp_path / "grafana", ours.viewer_url, prometheus_url)
    yield started
    started.stop()


def test_grafana_takes_the_files_and_every_panel_answers(grafana: Grafana) -> None:
    with httpx.Client(base_url=grafana.url, auth=("admin", grafana.admin_password), timeout=60) as client:
        for board in BOARDS:
            assert provisioned(client, board["uid"])
            for panel in board["panels"]:
                if panel["datasource"]["type"] != "prometheus" or find_prometheus():
                    assert answers(client, panel), f"{board['uid']}: {panel['title']}"
    log = grafana.log.read_text(encoding="utf-8")
    assert re.findall(r"^.*logger=provisioning.*level=(?:warn|error).*$", log, re.MULTILINE) == []


def provisioned(client: httpx.Client, uid: str) -> bool:
    """Whether the board comes from a file; Grafana reads the files a moment after it answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answer = client.get(f"/api/dashboards/uid/{uid}")
        if answer.status_code == httpx.codes.OK:
            return bool(answer.json()["meta"]["provisioned"])
        time.sleep(0.2)
    return False


def answers(client: httpx.Client, panel: dict[str, list[dict[str, str]]]) -> bool:
    """Whether each query of the panel gets an answer without an error."""
    now = datetime.now(UTC)
    period = {"from": now - timedelta(days=1), "to": now}
    queries = [
        {**target, "rawSql": with_variables(target.get("rawSql", "")), "intervalMs": 15000}
        for target in panel["targets"]
    ]
    body = {
        "queries": queries,
        **{name: str(int(moment.timestamp() * 1000)) for name, moment in period.items()},
    }
    response = client.post("/api/ds/query", json=body)
    results = response.json()["results"].values()
    return response.status_code == httpx.codes.OK and all(
        result["status"] == httpx.codes.OK and "error" not in result for result in results
    )


def test_a_stranger_sees_nothing(grafana: Grafana) -> None:
    for path in ("/api/search", "/api/dashboards/uid/live-overview-nl", "/api/datasources"):
        assert httpx.get(f"{grafana.url}{path}").status_code == httpx.codes.UNAUTHORIZED
    for path in ("/", "/d/live-overview-nl", "/metrics"):
        answer = httpx.get(f"{grafana.url}{path}")
        assert answer.status_code == httpx.codes.FOUND
        assert answer.headers["Location"].startswith("/grafana/login")
    sign_up = httpx.post(f"{grafana.url}/api/user/signup", json={"email": "stranger@example.org"})
    assert sign_up.status_code in (401, 404, 405)


@pytest.mark.parametrize("language", Language)
def test_a_browser_shows_the_live_board(grafana: Grafana, tmp_path: Path, language: Language) -> None:
    shown = browsed(grafana, tmp_path, [f"live-overview-{language}"])
    assert "ours queue" in shown, "the table has its rows"


def test_a_browser_shows_every_board_of_a_tenant(grafana: Grafana, tmp_path: Path) -> None:
    uids = [board["uid"] for board in BOARDS if board["uid"] != "system-health-nl"]
    browsed(grafana, tmp_path, [uid for uid in uids if uid.endswith("-nl")])


def browsed(grafana: Grafana, tmp_path: Path, uids: list[str]) -> str:
    """What a browser shows of these boards: every panel, and none with an error."""
    if find_chromium() is None:
        pytest.skip("Chromium is not installed here")
    shown = ""
    with signed_in(grafana.url, "admin", grafana.admin_password) as address:
        for board in (board for board in BOARDS if board["uid"] in uids):
            titles = [panel["title"] for panel in board["panels"]]
            html = filled_page(f"{address}/d/{board['uid']}?kiosk", tmp_path / "profile", titles)
            assert "Panel status error" not in html, board["uid"]
            shown += html
    return shown


def filled_page(url: str, profile: Path, texts: list[str]) -> str:
    """The page with all these texts in it; a busy machine needs more than one look."""
    deadline = time.monotonic() + 150
    while True:
        html = page(url, profile)
        missing = [text for text in texts if text not in html]
        if not missing:
            return html
        assert time.monotonic() < deadline, f"{url} lacks {missing}"
