"""Prometheus's rules and the boards' PromQL: right by promtool, and about metrics that our programs have."""

import re
import shutil
import subprocess
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric

from aggregator.metrics import Metrics
from dashboards.boards import BOARDS
from dashboards.grafana.service import Rounds
from dashboards.panels import METRICS
from exporter.live_rows import LiveSnapshot
from exporter.metrics import ExporterCollector
from exporter.outbox import OutboxSize
from exporter.statistics import Statistics
from reportgen.background.metrics import told_of_runs
from reportgen.web import health

PROVISIONING = Path(__file__).parent.parent.parent / "provisioning"
RULES = PROVISIONING / "prometheus/rules/services.yml"
PROMETHEUS = PROVISIONING / "prometheus/prometheus.yml"
ALERTMANAGER = PROVISIONING / "alertmanager/alertmanager.yml"
PLAYED = Path(__file__).with_name("rules_test.yml")
PROMETHEUS_ITSELF = {"up", "ALERTS"}
OF_NODE_EXPORTER = {"node_filesystem_avail_bytes", "node_filesystem_size_bytes", "node_filesystem_readonly"}
"""Of another's program, where an installation has it: rules and boards say nothing without it."""
ROUNDS = Rounds(nullcontext, None)


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def expressions() -> list[str]:
    """Every PromQL that we ship."""
    on_boards = [
        target["expr"]
        for board in BOARDS
        for row in board.rows
        for panel in row
        for target in panel["targets"]
        if target["datasource"] == METRICS
    ]
    return [rule["expr"] for rule in rules()] + on_boards


def series_names() -> set[str]:
    """The names of all series that our services give out."""
    statistics = Statistics(connected=True)
    nothing: dict[Any, Any] = {}
    snapshot = LiveSnapshot(
        at=datetime.now(UTC), calls=nothing, waiting=nothing, queues=nothing, agents=nothing, devices=nothing
    )
    size = OutboxSize(batches=0, events=0, bytes=0, oldest_at=None)
    exporter = ExporterCollector("t", "p", statistics, lambda: size, lambda: snapshot, lambda _: True)
    registry = CollectorRegistry()
    Metrics(registry)
    collected = (
        *exporter.collect(),
        *registry.collect(),
        *health.DATABASE.collect(),
        *ROUNDS.registry.collect(),
        *told_of_runs({"failed": (1, 0.0, datetime.now(UTC))}),
    )
    return {name for metric in collected for name in names_of(metric)}


def names_of(metric: Metric) -> set[str]:
    suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"]}.get(metric.type, [""])
    return {metric.name + suffix for suffix in suffixes}


@pytest.fixture
def promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("promtool is not installed here")
    return found


@pytest.mark.parametrize("expression", expressions())
def test_a_rule_is_about_a_metric_that_exists(expression: str) -> None:
    used = set(re.findall(r"\b(?:gespreksrapportage_\w+|node_\w+|up|ALERTS)\b", expression))
    assert used
    assert used <= series_names() | PROMETHEUS_ITSELF | OF_NODE_EXPORTER


def test_the_configuration_is_right(promtool: str) -> None:
    subprocess.run([promtool, "check", "config", str(PROMETHEUS)], check=True)


def test_every_expression_of_the_boards_is_right(promtool: str, tmp_path: Path) -> None:
    written_as_rules = [
        {"record": f"board:{number}", "expr": re.sub(r"\$__\w+", "5m", expression)}
        for number, expression in enumerate(expressions())
    ]
    file = tmp_path / "expressions.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "g", "rules": written_as_rules}]}), encoding="utf-8")
    subprocess.run([promtool, "check", "rules", str(file)], check=True)


def test_alarms_ring_when_they_should_and_only_then(promtool: str, tmp_path: Path) -> None:
    shutil.copy(RULES, tmp_path)
    shutil.copy(PLAYED, tmp_path)
    subprocess.run([promtool, "test", "rules", str(tmp_path / "rules_test.yml")], check=True)


def test_every_alarm_is_played_and_speaks_both_languages() -> None:
    played = yaml.safe_load(PLAYED.read_text(encoding="utf-8"))
    ringing = {
        case["alertname"]
        for test in played["tests"]
        for case in test["alert_rule_test"]
        if case["exp_alerts"]
    }
    assert ringing == {rule["alert"] for rule in rules()}
    for rule in rules():
        assert rule["labels"]["severity"] in ("warning", "critical")
        assert rule["annotations"].keys() == {"summary", "samenvatting"}


def test_every_receiver_that_is_routed_to_exists() -> None:
    settings = yaml.safe_load(ALERTMANAGER.read_text(encoding="utf-8"))
    receivers = {receiver["name"] for receiver in settings["receivers"]}
    routed = {settings["route"]["receiver"], *(route["receiver"] for route in settings["route"]["routes"])}
    assert routed == receivers


def test_alertmanager_itself_agrees() -> None:
    amtool = shutil.which("amtool")
    if amtool is None:
        pytest.skip("amtool is not installed here")
    told = subprocess.run([amtool, "--version"], capture_output=True, text=True, check=True).stdout
    if (version := re.search(r"version (\d+)\.(\d+)", told)) and (int(version[1]), int(version[2])) < (0, 26):
        pytest.skip("this amtool is too old to know url_file")
    subprocess.run([amtool, "check-config", str(ALERTMANAGER)], check=True)
