"""What became of missed calls: kept beside the calls, and following them however late they come.

A call can only change the fate of missed calls from the same caller before it, so a change of calls leads to
the missed calls of the same callers from `unreturned_days` before the change on, and to no others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from store.calendar import Calendar
from store.connect import Connection
from store.organisation import Tenant


@dataclass(frozen=True, slots=True)
class ChangedCaller:
    """Calls with this outside party (E.164) were written or removed, started within these times (UTC)."""

    outside_number: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class MissedCall:
    """A missed call and what followed it."""

    started_at: datetime
    call_id: UUID
    outside_number: str | None
    customer_id: int | None
    ddi: str | None
    contact_group: str | None
    ended_at: datetime
    attempted_at: datetime | None
    attempted_call_id: UUID | None
    reached_at: datetime | None
    reached_call_id: UUID | None
    came_back_at: datetime | None
    came_back_call_id: UUID | None
    closed_at: datetime | None
    ring_seconds: int


def update_missed_calls(
    connection: Connection,
    tenant: Tenant,
    calendar: Calendar,
    changed: Iterable[ChangedCaller],
    removed_calls: Sequence[UUID] = (),
    withheld_calls: Sequence[UUID] = (),
) -> int:
    """Brings store.missed_call up to date after calls have changed, in the caller's transaction.

    `removed_calls` are the calls that were replaced or dropped; `withheld_calls` are new missed calls that
    have no number to return. Returns how many missed calls were written.
    """
    callers = list(changed)
    parameters: dict[str, Any] = {
        "tenant": tenant.tenant_id,
        "numbers": [caller.outside_number for caller in callers],
        "first": [caller.first_at for caller in callers],
        "last": [caller.last_at for caller in callers],
        "withheld": list(withheld_calls),
    }
    if removed_calls:
        connection.execute(
            "DELETE FROM store.missed_call WHERE tenant_id = %s AND call_id = ANY(%s)",
            (tenant.tenant_id, list(removed_calls)),
        )
    with connection.cursor(row_factory=class_row(MissedCall)) as cursor:
        rows = cursor.execute(_FATE, parameters).fetchall()
    _write(connection, tenant, calendar, rows)
    return len(rows)


_FATE = (files("aggregator") / "sql" / "missed_call_fate.sql").read_bytes()
_UPSERT = (files("aggregator") / "sql" / "missed_call_upsert.sql").read_bytes()


def _write(connection: Connection, tenant: Tenant, calendar: Calendar, rows: Sequence[MissedCall]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            _UPSERT,
            [
                {
                    "tenant": tenant.tenant_id,
                    "started_at": row.started_at,
                    "call_id": row.call_id,
                    "outside_number": row.outside_number,
                    "customer_id": row.customer_id,
                    "ddi": row.ddi,
                    "attempted_at": row.attempted_at,
                    "attempted_call_id": row.attempted_call_id,
                    "reached_at": row.reached_at,
                    "reached_call_id": row.reached_call_id,
                    "came_back_at": row.came_back_at,
                    "came_back_call_id": row.came_back_call_id,
                    "closed_at": row.closed_at,
                    "ring_seconds": row.ring_seconds,
                    "resolution_seconds": _resolution_seconds(calendar, row),
                    "target_seconds": tenant.resolution_target_minutes * 60,
                }
                for row in rows
            ],
        )


def _resolution_seconds(calendar: Calendar, row: MissedCall) -> int | None:
    if row.closed_at is None:
        return None
    return calendar.open_seconds(row.ended_at, row.closed_at, row.ddi, row.contact_group)
