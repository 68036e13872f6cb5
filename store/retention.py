"""Removes what is older than each tenant keeps it: store.privacy_setting, store.retention_rule."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from store.connect import Connection
from store.errors import UserError

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


class NotExpiredError(UserError):
    """What is too old of some tenants is still there."""

    def __init__(self, tenants: Sequence[int]) -> None:
        numbers = ", ".join(map(str, tenants))
        super().__init__(f"What is too old could not be removed of tenant {numbers}; the log says why.")


def expire(connection: Connection, tenant_id: int) -> Expired:
    """Removes what is too old of one tenant, in the caller's transaction; evidence of it stays."""
    row = connection.execute("SELECT privacy.expire(%s)", (tenant_id,)).fetchone()
    assert row is not None
    return Expired(tenant_id, row[0])


def expire_due(connection: Connection) -> Iterator[Expired]:
    """Does so for every tenant for which it has not been done today (of its own zone), each on its own.

    Args:
        connection: in autocommit mode. Where another does it already, nothing is left to do.

    Raises:
        NotExpiredError: at the end, when it failed for some; the others have had their turn.
    """
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    if row != (True,):
        return
    try:
        due, failed = not_expired_today(connection), []
        for tenant_id in due:
            try:
                expired = expire(connection, tenant_id)
            except psycopg.Error as error:
                if connection.broken:
                    raise
                # Without the error's detail, which may show a row.
                log.error(  # noqa: TRY400
                    "retention of tenant %d: %s", tenant_id, error.diag.message_primary or error
                )
                failed.append(tenant_id)
            else:
                yield expired
        if failed:
            raise NotExpiredError(failed)
        if due:
            dropped = connection.execute("SELECT privacy.drop_empty_chunks()").fetchone()
            log.info("retention: %d tenants done, %s empty chunks dropped", len(due), dropped and dropped[0])
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))


def not_expired_today(connection: Connection) -> list[int]:
    """The tenants for which it has not been done since the midnight of their zone."""
    return [tenant_id for (tenant_id,) in connection.execute("SELECT privacy.not_expired_today()")]
