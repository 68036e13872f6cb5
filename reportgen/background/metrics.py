"""How it goes with reports made in the background, for Prometheus: read at the moment of the scrape."""

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from psycopg_pool import ConnectionPool

from reportgen.background.makers import BROKE, ENDED_OFTEN, LOST_AFTER
from store.connect import Connection

STATES = ("waiting", "running", "lost", "done", "refused", "failed", "cancelled")
OWN_FAULTS = (BROKE, ENDED_OFTEN)
"""Problems that are the installation's; all others come from what was asked for."""
SECONDS_FOR_A_CONNECTION = 1.0
STATEMENT_SECONDS = 2
"""Together less than Prometheus waits: a database that is away must not look like a portal that is."""

Counts = Mapping[str, tuple[int, float, Any]]
"""State → how many, since how many seconds the longest has been in it, when the last ended."""


class RunsCollector(Collector):
    """The queue in the database, of all tenants and services together; nothing while the database is away."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        try:
            counts = self._counts()
        except psycopg.Error:
            return
        yield from told_of_runs(counts)

    def _counts(self) -> Counts:
        with self._pool.connection(SECONDS_FOR_A_CONNECTION) as connection:
            connection.execute("SELECT set_config('statement_timeout', %s, true)", (f"{STATEMENT_SECONDS}s",))
            rows = connection.execute(
                "SELECT * FROM report.run_counts(%s, %s)", (LOST_AFTER, list(OWN_FAULTS))
            ).fetchall()
        return {state: (runs, seconds, ended_at) for state, runs, seconds, ended_at in rows}


def told_of_runs(counts: Counts) -> Iterator[Metric]:
    """What the counts say, as metrics."""
    runs = GaugeMetricFamily(
        "gespreksrapportage_runs",
        "Reports made in the background that are still kept, which is for a day.",
        labels=["state"],
    )
    for state in STATES:
        runs.add_metric([state], counts[state][0] if state in counts else 0)
    yield runs
    waited = max(counts[state][1] if state in counts else 0.0 for state in ("waiting", "lost"))
    yield GaugeMetricFamily(
        "gespreksrapportage_runs_oldest_waiting_seconds",
        "How long the oldest has waited that nobody makes now.",
        waited,
    )
    if "failed" in counts:
        yield GaugeMetricFamily(
            "gespreksrapportage_runs_last_failure_timestamp_seconds",
            "When one failed last through no fault of who asked for it.",
            counts["failed"][2].timestamp(),
        )
