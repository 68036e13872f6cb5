"""Removes what is older than each tenant keeps it: store.privacy_setting, store.retention_rule."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from store.connect import Connection

log = logging.getLogger(__name__)

LOCK = 7_201_963
"""Of the database: one does it, the others have nothing to do."""

KINDS = ("event", "call", "state", "rollup", "gap", "reject", "audit")
"""Kinds of data with a limit of their own: store.privacy_setting.KIND_days."""


@dataclass(frozen=True, slots=True)
class Expired:
    """What went of one tenant."""

    tenant_id: int
    removed: Mapping[str, Mapping[str, Any]]
    """Kind of data → table → rows; and "before": from when on the kind is kept."""

    @property
    def rows(self) -> int:
        return sum(
            count for tables in self.removed.values() for name, count in tables.items() if name != "before"
        )


def expire(connection: Connection, tenant_id: int) -> Expired:
    """Removes what is too old of one tenant, in the caller's transaction; evidence of it stays."""
    row = connection.execute("SELECT privacy.expire(%s)", (tenant_id,)).fetchone()
    assert row is not None
    return Expired(tenant_id, row[0])


def expire_due(connection: Connection) -> Iterator[Expired]:
    """Does so for every tenant for which it has not been done today (of its own zone), each on its own.

    Args:
        connection: in autocommit mode. Where another does it already, nothing is left to do.
    """
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    if row != (True,):
        return
    try:
        due = [tenant_id for (tenant_id,) in connection.execute("SELECT privacy.not_expired_today()")]
        for tenant_id in due:
            yield expire(connection, tenant_id)
        if due:
            dropped = connection.execute("SELECT privacy.drop_empty_chunks()").fetchone()
            log.info("retention: %d tenants done, %s empty chunks dropped", len(due), dropped and dropped[0])
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))
