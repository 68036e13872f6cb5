"""Removes what is too old, once a day for each tenant, beside the building of calls and never in its way."""

import logging
import threading

import psycopg

from store.connect import connect
from store.errors import UserError
from store.retention import expire_due

log = logging.getLogger(__name__)

LOOK_SECONDS = 600.0
"""How long after its midnight a tenant waits at most."""


def expire_daily(url: str, stopped: threading.Event) -> None:
    """Goes on until `stopped`; what cannot be done now is tried again."""
    while not stopped.is_set():
        try:
            with connect(url, "retention", autocommit=True) as connection:
                for expired in expire_due(connection):
                    if expired.rows:
                        log.info("retention: %d rows of tenant %d removed", expired.rows, expired.tenant_id)
                    if stopped.is_set():
                        return
        except (UserError, psycopg.Error) as error:
            log.warning("retention: %s; trying again in %.0f s", str(error).strip(), LOOK_SECONDS)
        stopped.wait(LOOK_SECONDS)
