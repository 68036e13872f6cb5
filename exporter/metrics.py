"""The state of now and the exporter's own work as Prometheus metrics, and its health, over HTTP.

Labels are tenant, PBX, queue and state only: no number, no name, nothing that grows with the calls. Served by
the standard library: two small pages on loopback need no web framework in this process.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import ThreadingWSGIServer, make_wsgi_app
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from exporter.live_rows import LiveSnapshot
from exporter.outbox import OutboxSize
from exporter.statistics import Statistics
from store.vocabulary import AgentState, DeviceState

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CALL_STATES = ("ringing", "talking", "held")


class ExporterCollector(Collector):
    """Reads what the exporter knows at the moment of the scrape.

    Args:
        tenant: slug of the tenant.
        pbx: slug of the PBX.
        statistics: the exporter's counts.
        outbox_size: how much waits for the database.
        snapshot: the live state that was published last, None before the first.
        is_known: whether events of a name are understood.
    """

    def __init__(
        self,
        tenant: str,
        pbx: str,
        statistics: Statistics,
        outbox_size: Callable[[], OutboxSize],
        snapshot: Callable[[], LiveSnapshot | None],
        is_known: Callable[[str], bool],
    ) -> None:
        self._labels = [tenant, pbx]
        self._statistics = statistics
        self._outbox_size = outbox_size
        self._snapshot = snapshot
        self._is_known = is_known

    def collect(self) -> Iterator[Metric]:
        yield from self._own_work()
        yield from self._outbox()
        snapshot = self._snapshot()
        # A PBX that nobody hears has no state of now: no series is better than an old number.
        if snapshot is not None and self._statistics.connected:
            yield from self._live(snapshot)

    def _own_work(self) -> Iterator[Metric]:
        statistics = self._statistics
        messages = sum(statistics.event_counts.values())
        unknown = sum(
            count
            for name, count in statistics.event_counts.items()
            if not self._is_known(name.decode("utf-8", "replace"))
        )
        yield self._counter("messages", "Event messages read from the PBX.", messages)
        yield self._counter("events", "Events accepted on disk.", statistics.events)
        yield self._counter(
            "stored_events", "Events newly committed to the database.", statistics.stored_events
        )
        yield self._counter("rejects", "Messages that could not be understood.", statistics.rejects)
        yield self._counter("unknown_events", "Messages of event names that are not known.", unknown)
        yield self._counter("gap_seconds", "Time in which the PBX was not heard.", statistics.gap_seconds)
        yield self._gauge("pbx_connected", "Whether the PBX is heard now.", float(statistics.connected))
        yield self._gauge(
            "exporter_database_available",
            "Whether the database took what was handed to it last.",
            float(statistics.database_available),
        )
        yield self._gauge(
            "exporter_lag_seconds",
            "From receiving to the commit, of what was stored last.",
            statistics.lag_seconds,
        )

    def _outbox(self) -> Iterator[Metric]:
        size = self._outbox_size()
        age = (datetime.now(UTC) - size.oldest_at).total_seconds() if size.oldest_at else 0.0
        yield self._gauge("outbox_events", "Events that wait for the database.", size.events)
        yield self._gauge("outbox_bytes", "Size of what waits for the database.", size.bytes)
        yield self._gauge("outbox_oldest_age_seconds", "Age of the oldest that waits.", max(age, 0.0))
        yield self._gauge("outbox_disk_free_bytes", "What the outbox's disk has left.", size.disk_free_bytes)

    def _live(self, snapshot: LiveSnapshot) -> Iterator[Metric]:
        calls = Counter(row.state for row in snapshot.calls.values())
        yield self._by(
            "live_devices_in_call",
            "Devices that ring or talk now.",
            "state",
            {s: calls[s] for s in CALL_STATES},
        )
        devices = Counter(row.state for row in snapshot.devices.values())
        yield self._by(
            "live_devices", "Devices now.", "state", {state: devices[state] for state in DeviceState}
        )
        disturbed = sum(row.do_not_disturb for row in snapshot.devices.values())
        yield self._gauge(
            "live_devices_do_not_disturb", "Devices that do not want to be disturbed.", disturbed
        )
        yield from self._queues(snapshot)
        agents = GaugeMetricFamily(
            "gespreksrapportage_live_agents",
            "Agents now.",
            labels=["tenant", "pbx", "queue", "state"],
        )
        counts = Counter((row.contact_group, row.state) for row in snapshot.agents.values())
        for queue in sorted(snapshot.queues):
            for state in AgentState:
                agents.add_metric([*self._labels, queue, state], counts[queue, state])
        yield agents

    def _queues(self, snapshot: LiveSnapshot) -> Iterator[Metric]:
        queues = snapshot.queues
        yield self._by(
            "live_waiting_calls",
            "Callers that wait now.",
            "queue",
            {queue: row.waiting for queue, row in queues.items()},
        )
        longest = dict.fromkeys(queues, 0.0)
        now = datetime.now(UTC)
        for row in snapshot.waiting.values():
            waited = (now - row.entered_at).total_seconds()
            longest[row.contact_group] = max(longest[row.contact_group], waited)
        yield self._by("live_longest_wait_seconds", "Of the callers that wait now.", "queue", longest)
        yield self._by(
            "live_last_wait_seconds",
            "How long the caller who was answered last had waited.",
            "queue",
            {
                queue: row.last_wait_seconds
                for queue, row in queues.items()
                if row.last_wait_seconds is not None
            },
        )

    def _counter(self, name: str, text: str, value: float) -> Metric:
        family = CounterMetricFamily(f"gespreksrapportage_{name}", text, labels=["tenant", "pbx"])
        family.add_metric(self._labels, value)
        return family

    def _gauge(self, name: str, text: str, value: float) -> Metric:
        family = GaugeMetricFamily(f"gespreksrapportage_{name}", text, labels=["tenant", "pbx"])
        family.add_metric(self._labels, value)
        return family

    def _by(self, name: str, text: str, label: str, values: dict[str, float]) -> Metric:
        family = GaugeMetricFamily(f"gespreksrapportage_{name}", text, labels=["tenant", "pbx", label])
        for value, count in values.items():
            family.add_metric([*self._labels, value], count)
        return family


def health(statistics: Statistics) -> tuple[HTTPStatus, dict[str, object]]:
    """Whether the exporter does its work: it hears the PBX and what it hears is accepted."""
    ok = statistics.connected and not statistics.problem
    received = statistics.last_received_at
    return (
        HTTPStatus.OK if ok else HTTPStatus.SERVICE_UNAVAILABLE,
        {
            "status": "ok" if ok else "unwell",
            "connected": statistics.connected,
            "database_available": statistics.database_available,
            "last_received_at": received.isoformat() if received else None,
            "problem": statistics.problem or None,
        },
    )


class MetricsServer:
    """Serves /metrics and /healthz in a thread of its own.

    Raises:
        OSError: the address is taken.
    """

    def __init__(self, host: str, port: int, collector: Collector, statistics: Statistics) -> None:
        registry = CollectorRegistry(auto_describe=False)
        registry.register(collector)
        metrics_page = make_wsgi_app(registry)

        def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            path = environ.get("PATH_INFO")
            if path == "/metrics":
                page: Iterable[bytes] = metrics_page(environ, start_response)
                return page
            if path == "/healthz":
                status, body = health(statistics)
            else:
                status, body = HTTPStatus.NOT_FOUND, {"pages": ["/metrics", "/healthz"]}
            start_response(f"{status.value} {status.phrase}", [("Content-Type", "application/json")])
            return [json.dumps(body).encode()]

        self._server = make_server(host, port, application, ThreadingWSGIServer, _QuietHandler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="metrics", daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """A scrape every few seconds is no news."""
