"""The metrics page: what Prometheus reads, and nothing about a person."""

import re
import subprocess
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which

import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from exporter.asterisk.ami_events import is_known
from exporter.live_rows import LiveSnapshot
from exporter.live_state import LiveState
from exporter.metrics import ExporterCollector, MetricsServer
from exporter.outbox import OutboxSize
from exporter.statistics import Statistics
from tests.recordings import ORGANISATION, PBX, PEOPLE, events, truth


def busiest() -> LiveSnapshot:
    """The state of a recording at the moment with the most calls."""
    state = LiveState(ORGANISATION, PBX)
    best = state.snapshot(events("sipp")[0].occurred_at)
    for event in events("sipp"):
        state.apply(event)
        now = state.snapshot(event.occurred_at)
        if len(now.calls) + 10 * len(now.waiting) > len(best.calls) + 10 * len(best.waiting):
            best = now
    return best


@pytest.fixture(scope="module")
def snapshot() -> LiveSnapshot:
    return busiest()


@pytest.fixture
def statistics() -> Statistics:
    return Statistics(
        events=12,
        rejects=3,
        connected=True,
        event_counts=Counter({b"Newchannel": 5, b"Brandnew": 2, b"VarSet": 1}),
    )


@pytest.fixture
def server(statistics: Statistics, snapshot: LiveSnapshot) -> Iterator[MetricsServer]:
    oldest_at = datetime.now(UTC) - timedelta(seconds=90)
    collector = ExporterCollector(
        "lab", "main", statistics, lambda: OutboxSize(2, 40, 9_000, oldest_at), lambda: snapshot, is_known
    )
    server = MetricsServer("127.0.0.1", 0, collector, statistics)
    server.start()
    yield server
    server.stop()


def page(server: MetricsServer) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=5) as response:
        return str(response.read().decode())


def samples(server: MetricsServer) -> list[Sample]:
    return [sample for family in text_string_to_metric_families(page(server)) for sample in family.samples]


def value(server: MetricsServer, name: str, **labels: str) -> float:
    (found,) = [
        sample.value
        for sample in samples(server)
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    return found


def test_promtool_finds_nothing_to_say(server: MetricsServer) -> None:
    if which("promtool") is None:
        pytest.skip("promtool is not installed")
    result = subprocess.run(
        ["promtool", "check", "metrics"], input=page(server), capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_every_series_names_tenant_and_pbx_and_else_only_queue_and_state(server: MetricsServer) -> None:
    for sample in samples(server):
        assert sample.name.startswith("gespreksrapportage_")
        assert sample.labels.keys() <= {"tenant", "pbx", "queue", "state"}
        assert (sample.labels["tenant"], sample.labels["pbx"]) == ("lab", "main")


def test_no_number_and_no_name_is_on_the_page(server: MetricsServer, snapshot: LiveSnapshot) -> None:
    text = page(server)
    numbers = {row.number for row in snapshot.calls.values()} | {
        call["caller"] for call in truth("sipp")["calls"]
    }
    assert len(numbers) > 10
    for word in (*filter(None, numbers), *PEOPLE.values(), *(f'"{extension}"' for extension in PEOPLE)):
        assert word not in text


def test_the_live_figures_are_those_of_the_snapshot(server: MetricsServer, snapshot: LiveSnapshot) -> None:
    states = Counter(row.state for row in snapshot.calls.values())
    assert states
    for state in ("ringing", "talking", "held"):
        name = "gespreksrapportage_live_devices_in_call"
        assert value(server, name, state=state) == states[state]
    for queue, row in snapshot.queues.items():
        assert value(server, "gespreksrapportage_live_waiting_calls", queue=queue) == row.waiting
    agents = Counter((row.contact_group, row.state) for row in snapshot.agents.values())
    for (queue, state), count in agents.items():
        assert value(server, "gespreksrapportage_live_agents", queue=queue, state=state) == count


def test_its_own_work_is_counted(server: MetricsServer) -> None:
    assert value(server, "gespreksrapportage_messages_total") == 8
    assert value(server, "gespreksrapportage_unknown_events_total") == 2
    assert value(server, "gespreksrapportage_events_total") == 12
    assert value(server, "gespreksrapportage_rejects_total") == 3
    assert value(server, "gespreksrapportage_outbox_events") == 40
    assert value(server, "gespreksrapportage_outbox_bytes") == 9_000
    assert 90 <= value(server, "gespreksrapportage_outbox_oldest_age_seconds") < 120
    assert value(server, "gespreksrapportage_pbx_connected") == 1


def test_a_pbx_that_is_not_heard_has_no_state_of_now(server: MetricsServer, statistics: Statistics) -> None:
    statistics.connected = False
    assert value(server, "gespreksrapportage_pbx_connected") == 0
    assert [sample for sample in samples(server) if "_live_" in sample.name] == []


def test_the_manual_lists_every_metric_and_no_other(server: MetricsServer) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "exporter.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(gespreksrapportage_\w+)` \|", manual))
    assert documented == {sample.name for sample in samples(server)}
