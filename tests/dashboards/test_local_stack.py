"""Prometheus and Grafana on this machine: found or not, started or not, in one sentence."""

import http.client
import json
from pathlib import Path

import pytest
import yaml

from dashboards import local_stack
from dashboards.local_stack import find_grafana, find_prometheus, start_grafana, start_prometheus
from store.errors import UserError

VIEWER_URL = "postgresql://viewer:secret@127.0.0.1:5432/calls"


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_nothing_installed_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("GRAFANA_HOME", raising=False)
    assert find_prometheus() is None
    assert find_grafana() is None
    with pytest.raises(UserError, match="Prometheus is not installed"):
        start_prometheus(tmp_path, {})
    with pytest.raises(UserError, match="Grafana is not installed"):
        start_grafana(tmp_path, VIEWER_URL)


def test_a_wrong_grafana_home_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GRAFANA_HOME", str(tmp_path))
    with pytest.raises(UserError, match="no bin/grafana in that directory"):
        find_grafana()


def test_a_program_that_ends_is_told_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    program(home / "bin" / "grafana", "echo first; echo 'the disk is full'; exit 3")
    monkeypatch.setenv("GRAFANA_HOME", str(home))
    with pytest.raises(UserError, match="Grafana does not start: the disk is full"):
        start_grafana(tmp_path / "grafana", VIEWER_URL)


def test_secrets_are_kept_for_their_owner_and_for_the_next_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    seen = tmp_path / "environment"
    program(home / "bin" / "grafana", f"env > {seen}; exit 3")
    monkeypatch.setenv("GRAFANA_HOME", str(home))
    contents = []
    for _ in range(2):
        with pytest.raises(UserError, match="Grafana does not start"):
            start_grafana(tmp_path / "grafana", VIEWER_URL)
        files = [
            tmp_path / "grafana" / name for name in ("admin-password", "secret-key", "database-password")
        ]
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
        contents.append([file.read_text(encoding="utf-8") for file in files])
    assert contents[0] == contents[1]
    assert contents[0][2] == "secret"
    environment = seen.read_text(encoding="utf-8")
    assert not any(secret in environment for secret in contents[0] if secret != "secret")
    assert "viewer:secret" not in environment


def test_links_on_the_boards_lead_to_the_portal_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    program(home / "bin" / "grafana", "exit 3")
    monkeypatch.setenv("GRAFANA_HOME", str(home))
    with pytest.raises(UserError, match="Grafana does not start"):
        start_grafana(tmp_path / "grafana", VIEWER_URL, portal_url="http://127.0.0.1:8000")
    files = list((tmp_path / "grafana" / "provisioning").glob("dashboards/nl/*.json"))
    assert len(files) > 10
    for file in files:
        variables = json.loads(file.read_text(encoding="utf-8"))["templating"]["list"]
        assert [each["query"] for each in variables if each["name"] == "portal"] == ["http://127.0.0.1:8000"]


def test_prometheus_scrapes_what_it_is_told(tmp_path: Path) -> None:
    if find_prometheus() is None:
        pytest.skip("Prometheus is not installed here")
    prometheus = start_prometheus(tmp_path, {"exporter": "127.0.0.1:9"})
    try:
        assert prometheus.url.startswith("http://127.0.0.1:")
        connection = http.client.HTTPConnection(prometheus.url.removeprefix("http://"), timeout=10)
        connection.request("GET", "/api/v1/rules")
        rules = yaml.safe_load(connection.getresponse().read())["data"]["groups"]
        connection.close()
    finally:
        prometheus.stop()
    assert {group["name"] for group in rules} == {"services", "background", "exporter", "aggregator"}
    assert prometheus.process.returncode is not None
    targets = yaml.safe_load((tmp_path / "configuration/targets/services.yml").read_text(encoding="utf-8"))
    assert targets == [{"targets": ["127.0.0.1:9"], "labels": {"service": "exporter"}}]


def test_a_free_port_is_free() -> None:
    assert 1024 < local_stack.free_port() < 65536
