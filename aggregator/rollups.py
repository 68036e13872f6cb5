"""Sums of calls, visits, legs and states, made again from the facts wherever these have changed.

Quarter hours are of UTC: every zone's offset is a multiple of them, so local hours and days are sums of whole
ones. Days of extensions are the tenant's own, 23 or 25 hours long when the clock changes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import TypeVar

from aggregator.day_sums import advance, drop_day_sums, lock_ready, replace_days
from store.connect import Connection
from store.organisation import Tenant

_SQL = files("aggregator") / "sql"
_CALL_QUARTER = (_SQL / "rollup_call_quarter.sql").read_bytes()
_DIRECTION_QUARTER = (_SQL / "rollup_direction_quarter.sql").read_bytes()
_VISIT_QUARTER = (_SQL / "rollup_visit_quarter.sql").read_bytes()
_EXTENSION_DAY = (_SQL / "rollup_extension_day.sql").read_bytes()

_QUARTERS = ("rollup_call_quarter", "rollup_direction_quarter", "rollup_visit_quarter")

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)

_AT_ONCE = 500
"""Quarter hours or days in one transaction: what a stop in between costs, and how long others wait."""
_DAYS_AT_ONCE = 30
"""Of calls that nobody has added up yet: so many that sorting them needs no disk."""
_SORT_MEMORY = "64MB"


@dataclass(frozen=True, slots=True)
class RolledUp:
    quarters: int = 0
    days: int = 0

    def __add__(self, other: "RolledUp") -> "RolledUp":
        return RolledUp(self.quarters + other.quarters, self.days + other.days)

    def __bool__(self) -> bool:
        return bool(self.quarters or self.days)


def roll_up(connection: Connection, tenant: Tenant) -> RolledUp:
    """Makes some of the tenant's changed rollups again, in one transaction; nothing done means none is left.

    Several may do this at a time: each takes what no other has.
    """
    with connection.transaction():
        _add_up_in_bulk(connection)
        since = _calls_kept_since(connection, tenant)
        quarters = _take_quarters(connection, tenant)
        for begin, end in _runs((each for each in quarters if each >= since.quarter), QUARTER):
            _replace_quarters(connection, tenant, begin, end + QUARTER)
        ready = lock_ready(connection, tenant)
        days = _take_days(connection, tenant)
        for first, last in _runs((each for each in days if each >= since.day), DAY):
            _replace_days(connection, tenant, first, last)
        for first, last in _runs((each for each in days if each < ready), DAY):
            replace_days(connection, tenant, first, last + DAY)
        advanced = advance(connection, tenant, ready, _DAYS_AT_ONCE)
    return RolledUp(len(quarters), len(days) + advanced)


def _add_up_in_bulk(connection: Connection) -> None:
    """For the rest of the transaction: many rows are joined to many.

    Calls that have just been made have no statistics yet, and the planner, which takes them for few, would go
    through all of a day's for each of them.
    """
    connection.execute(
        "SELECT set_config('work_mem', %s, true), set_config('enable_nestloop', 'off', true)", (_SORT_MEMORY,)
    )


@dataclass(frozen=True, slots=True)
class _Since:
    """From when on calls are there to make rollups from; older rollups are all that is left of theirs."""

    quarter: datetime
    day: date


def _calls_kept_since(connection: Connection, tenant: Tenant) -> _Since:
    row = connection.execute(
        """
        SELECT since, (since AT TIME ZONE %(zone)s)::date
        FROM (SELECT store.keeps_from(%(tenant)s, 'call') AS since) AS kept
        """,
        {"tenant": tenant.tenant_id, "zone": tenant.time_zone},
    ).fetchone()
    if row is None or row[0] is None:
        return _Since(datetime.min.replace(tzinfo=UTC), date.min)
    return _Since(*row)


def drop_rollups(connection: Connection, tenant: Tenant) -> None:
    """Removes the rollups that can be made again from calls."""
    since = _calls_kept_since(connection, tenant)
    for table in _QUARTERS:
        connection.execute(
            f"DELETE FROM store.{table} WHERE tenant_id = %s AND bucket_start >= %s".encode(),  # noqa: S608
            (tenant.tenant_id, since.quarter),
        )
    connection.execute(
        "DELETE FROM store.rollup_extension_day WHERE tenant_id = %s AND local_day >= %s",
        (tenant.tenant_id, since.day),
    )
    drop_day_sums(connection, tenant)


def mark_all_dirty(connection: Connection, tenant: Tenant) -> None:
    """Has all of the tenant's rollups made again."""
    parameters = {"tenant": tenant.tenant_id, "zone": tenant.time_zone}
    connection.execute(
        """
        INSERT INTO store.dirty_bucket (tenant_id, bucket_start)
        SELECT DISTINCT tenant_id, date_bin('15 minutes', started_at, 'epoch') FROM store.call
        WHERE tenant_id = %(tenant)s ORDER BY 2
        ON CONFLICT (tenant_id, bucket_start) DO UPDATE SET bucket_start = excluded.bucket_start
        """,
        parameters,
    )
    connection.execute(
        """
        INSERT INTO store.dirty_day (tenant_id, local_day)
        SELECT DISTINCT tenant_id, (started_at AT TIME ZONE %(zone)s)::date FROM store.call
        WHERE tenant_id = %(tenant)s ORDER BY 2
        ON CONFLICT (tenant_id, local_day) DO UPDATE SET local_day = excluded.local_day
        """,
        parameters,
    )
    drop_day_sums(connection, tenant)


_T = TypeVar("_T", datetime, date)


def _runs(points: Iterable[_T], step: timedelta) -> Iterator[tuple[_T, _T]]:
    """First and last of each stretch of points that follow each other without a hole."""
    first = last = None
    for point in sorted(points):
        if last is not None and first is not None and point - last != step:
            yield first, last
            first = point
        first = first or point
        last = point
    if first is not None and last is not None:
        yield first, last


def _take_quarters(connection: Connection, tenant: Tenant) -> list[datetime]:
    rows = connection.execute(
        """
        DELETE FROM store.dirty_bucket WHERE tenant_id = %(tenant)s AND bucket_start IN (
            SELECT bucket_start FROM store.dirty_bucket WHERE tenant_id = %(tenant)s
            ORDER BY bucket_start LIMIT %(limit)s FOR UPDATE SKIP LOCKED
        ) RETURNING bucket_start
        """,
        {"tenant": tenant.tenant_id, "limit": _AT_ONCE},
    ).fetchall()
    return [bucket for (bucket,) in rows]


def _take_days(connection: Connection, tenant: Tenant) -> list[date]:
    rows = connection.execute(
        """
        DELETE FROM store.dirty_day WHERE tenant_id = %(tenant)s AND local_day IN (
            SELECT local_day FROM store.dirty_day WHERE tenant_id = %(tenant)s
            ORDER BY local_day LIMIT %(limit)s FOR UPDATE SKIP LOCKED
        ) RETURNING local_day
        """,
        {"tenant": tenant.tenant_id, "limit": _AT_ONCE},
    ).fetchall()
    return [day for (day,) in rows]


def _replace_quarters(connection: Connection, tenant: Tenant, begin: datetime, end: datetime) -> None:
    parameters = {"tenant": tenant.tenant_id, "begin": begin, "end": end}
    for table in _QUARTERS:
        connection.execute(
            f"DELETE FROM store.{table} WHERE tenant_id = %(tenant)s "  # noqa: S608 - named above
            "AND bucket_start >= %(begin)s AND bucket_start < %(end)s".encode(),
            parameters,
        )
    connection.execute(_CALL_QUARTER, parameters)
    connection.execute(_DIRECTION_QUARTER, parameters)
    connection.execute(_VISIT_QUARTER, parameters)


def _replace_days(connection: Connection, tenant: Tenant, first: date, last: date) -> None:
    """The sums of extensions, of the present day too."""
    parameters: dict[str, object] = {
        "tenant": tenant.tenant_id,
        "zone": tenant.time_zone,
        "first": first,
        "after": last + DAY,
    }
    connection.execute(
        "DELETE FROM store.rollup_extension_day "
        "WHERE tenant_id = %(tenant)s AND local_day >= %(first)s AND local_day < %(after)s",
        parameters,
    )
    row = connection.execute(
        "SELECT %(first)s::date::timestamp AT TIME ZONE %(zone)s, "
        "%(after)s::date::timestamp AT TIME ZONE %(zone)s",
        parameters,
    ).fetchone()
    assert row is not None
    parameters["begin"], parameters["end"] = row
    connection.execute(_EXTENSION_DAY, parameters)
