"""What the aggregator tells about itself over HTTP: /metrics for Prometheus, /healthz for people."""

import json
import threading
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import ThreadingWSGIServer, make_wsgi_app

from store.errors import UserError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "gespreksrapportage_aggregator"

UNHEALTHY_AFTER = 30.0
"""Seconds without a round of work that succeeded."""


class Metrics:
    """The aggregator's own metrics; none grows with calls, numbers or names."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.events = Counter(f"{PREFIX}_events", "Events read to build calls.", registry=registry)
        self.calls = Counter(f"{PREFIX}_calls", "Calls built or built anew.", registry=registry)
        self.agents = Counter(
            f"{PREFIX}_agents", "Times an agent's states were made again.", registry=registry
        )
        self.quarters = Counter(f"{PREFIX}_quarters", "Quarter hours summed up again.", registry=registry)
        self.failures = Counter(
            f"{PREFIX}_failures", "Calls, agents and devices that could not be built.", registry=registry
        )
        self.set_aside = Gauge(
            f"{PREFIX}_set_aside", "Touched rows left alone since building them failed.", registry=registry
        )
        self.latency = Histogram(
            f"{PREFIX}_call_latency_seconds",
            "From the end of a call to when it can be read.",
            buckets=(0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300),
            registry=registry,
        )
        self.last_success = Gauge(
            f"{PREFIX}_last_success_timestamp_seconds",
            "When everything that was touched had been worked off last.",
            registry=registry,
        )
        self.retention_last_success = Gauge(
            f"{PREFIX}_retention_last_success_timestamp_seconds",
            "When the day's removal of what is too old was last found done for every tenant.",
            registry=registry,
        )
        self.retention_failures = Counter(
            f"{PREFIX}_retention_failures",
            "Looks at what is too old that did not get to the end.",
            registry=registry,
        )
        self.database_bytes = Gauge(
            f"{PREFIX}_database_bytes",
            "Size of the database on its server's disk.",
            registry=registry,
        )
        self._succeeded_at: float | None = None

    def succeeded(self) -> None:
        """A round of work is done."""
        self.last_success.set_to_current_time()
        self._succeeded_at = time.monotonic()

    @property
    def healthy(self) -> bool:
        return self._succeeded_at is not None and time.monotonic() - self._succeeded_at < UNHEALTHY_AFTER


class MetricsServer:
    """Serves the metrics from a thread.

    Raises:
        UserError: the port is taken.
    """

    def __init__(self, metrics: Metrics, host: str, port: int) -> None:
        page = make_wsgi_app(metrics.registry)

        def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            path = environ.get("PATH_INFO", "/")
            if path == "/metrics":
                metrics_page: Iterable[bytes] = page(environ, start_response)
                return metrics_page
            status = HTTPStatus.NOT_FOUND
            if path == "/healthz":
                status = HTTPStatus.OK if metrics.healthy else HTTPStatus.SERVICE_UNAVAILABLE
            start_response(f"{status.value} {status.phrase}", [("Content-Type", "application/json")])
            return [json.dumps({"status": status.phrase}).encode()]

        try:
            self._server = make_server(host, port, application, ThreadingWSGIServer, _QuietHandler)
        except OSError as error:
            raise UserError(
                f"The metrics cannot be served at {host}:{port} ({error.strerror}); "
                "choose another --metrics-port."
            ) from error
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
