"""Removes what is too old, once a day for each tenant, beside the building of calls and never in its way."""

import logging
import threading

import psycopg

from aggregator.metrics import Metrics
from store.connect import Connection, connect
from store.errors import UserError
from store.retention import expire_due, not_expired_today

log = logging.getLogger(__name__)

LOOK_SECONDS = 600.0
"""How long after its midnight a tenant waits at most."""


def expire_daily(url: str, stopped: threading.Event, metrics: Metrics) -> None:
    """Goes on until `stopped`; what cannot be done now is tried again."""
    while not stopped.is_set():
        try:
            with connect(url, "retention", autocommit=True) as connection:
                _look(connection, stopped, metrics)
        except (UserError, psycopg.Error) as error:
            metrics.retention_failures.inc()
            log.warning("retention: %s; trying again in %.0f s", str(error).strip(), LOOK_SECONDS)
        stopped.wait(LOOK_SECONDS)


def _look(connection: Connection, stopped: threading.Event, metrics: Metrics) -> None:
    """Removes what is due, and tells whether nothing is left to do, whoever did it."""
    size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert size is not None
    metrics.database_bytes.set(size[0])
    for expired in expire_due(connection):
        if expired.rows:
            log.info("retention: %d rows of tenant %d removed", expired.rows, expired.tenant_id)
        if stopped.is_set():
            return
    if not not_expired_today(connection):
        metrics.retention_last_success.set_to_current_time()
