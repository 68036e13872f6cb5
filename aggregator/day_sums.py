"""Sums of whole local days that are over: of calls, visits, and states of agents.

The views of schema `report` make those of later days when they are asked for, so the present day costs the
aggregator nothing. Which days stand ready is told by `store.day_sums`.
"""

from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import NamedTuple

from store.connect import Connection
from store.organisation import Tenant

_DAY = timedelta(days=1)
_SQL = files("aggregator") / "sql"


class _Sums(NamedTuple):
    table: str
    kept_as: str
    """Kind of the facts that they are made from, as `store.keeps_from` calls it."""
    statement: bytes


def _sums(table: str, kept_as: str) -> _Sums:
    return _Sums(table, kept_as, (_SQL / f"{table}.sql").read_bytes())


_ALL = (
    _sums("rollup_call_day", "call"),
    _sums("rollup_visit_day", "call"),
    _sums("rollup_unit_day", "call"),
    _sums("rollup_area_day", "call"),
    _sums("rollup_lost_day", "call"),
    _sums("rollup_agent_call_day", "call"),
    _sums("rollup_agent_day", "state"),
)


def lock_ready(connection: Connection, tenant: Tenant) -> date:
    """The first day whose sums do not stand ready, for the transaction to make or to move: others wait."""
    connection.execute(
        "INSERT INTO store.day_sums VALUES (%s, '-infinity') ON CONFLICT DO NOTHING", (tenant.tenant_id,)
    )
    row = connection.execute(
        "SELECT CASE WHEN isfinite(ready_before) THEN ready_before ELSE '0001-01-01' END "
        "FROM store.day_sums WHERE tenant_id = %s FOR UPDATE",
        (tenant.tenant_id,),
    ).fetchone()
    assert row is not None
    ready: date = row[0]
    return ready


def advance(connection: Connection, tenant: Tenant, ready: date, most: int) -> int:
    """Makes the sums of at most so many days that are over and have none, oldest first; returns how many."""
    today = _today(connection, tenant)
    if ready >= today:
        return 0
    first = _next_day(connection, tenant, ready, today)
    end = min(today, first + most * _DAY)
    if first < end:
        replace_days(connection, tenant, first, end)
    connection.execute(
        "UPDATE store.day_sums SET ready_before = %s WHERE tenant_id = %s", (end, tenant.tenant_id)
    )
    return max((end - first).days, 0)


def _today(connection: Connection, tenant: Tenant) -> date:
    row = connection.execute("SELECT (now() AT TIME ZONE %s)::date", (tenant.time_zone,)).fetchone()
    assert row is not None
    today: date = row[0]
    return today


def _next_day(connection: Connection, tenant: Tenant, ready: date, today: date) -> date:
    """The first day from `ready` on that has anything to add up, at the latest today."""
    row = connection.execute(
        """
        SELECT greatest(%(ready)s, least(
            (least(
                (SELECT min(started_at) FROM store.call WHERE tenant_id = %(tenant)s),
                (SELECT min(from_at) FROM store.agent_state WHERE tenant_id = %(tenant)s)
            ) AT TIME ZONE %(zone)s)::date,
            %(today)s
        ))
        """,
        {"tenant": tenant.tenant_id, "zone": tenant.time_zone, "ready": ready, "today": today},
    ).fetchone()
    assert row is not None
    first: date = row[0]
    return first


def replace_days(connection: Connection, tenant: Tenant, first: date, end: date) -> None:
    """Makes the sums of the days from `first` up to but not including `end` again.

    Of days whose calls or states are not kept any more, the sums are all that is left: they stay.
    """
    for table, kept_as, statement in _ALL:
        begin, begin_at, end_at = _kept(connection, tenant, kept_as, first, end)
        if begin >= end:
            continue
        parameters = {
            "tenant": tenant.tenant_id,
            "first": begin,
            "after": end,
            "begin": begin_at,
            "end": end_at,
        }
        connection.execute(
            f"DELETE FROM store.{table} WHERE tenant_id = %(tenant)s "  # noqa: S608 - named above
            "AND local_day >= %(first)s AND local_day < %(after)s".encode(),
            parameters,
        )
        connection.execute(statement, parameters)


def _kept(
    connection: Connection, tenant: Tenant, kind: str, first: date, end: date
) -> tuple[date, datetime, datetime]:
    """The first of the days whose facts of a kind are all kept, its begin, and the end of the last (UTC)."""
    row = connection.execute(
        """
        SELECT day, day::timestamp AT TIME ZONE %(zone)s, %(end)s::date::timestamp AT TIME ZONE %(zone)s
        FROM (
            SELECT greatest(
                %(first)s::date, (store.keeps_from(%(tenant)s, %(kind)s) AT TIME ZONE %(zone)s)::date
            ) AS day
        ) AS kept
        """,
        {"tenant": tenant.tenant_id, "zone": tenant.time_zone, "kind": kind, "first": first, "end": end},
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def drop_day_sums(connection: Connection, tenant: Tenant) -> None:
    """Has the sums of all days made again from what calls and states are kept."""
    connection.execute("DELETE FROM store.day_sums WHERE tenant_id = %s", (tenant.tenant_id,))


def tenants_behind(connection: Connection) -> list[int]:
    """Tenants that have days that are over and have no sums yet."""
    rows = connection.execute(
        """
        SELECT t.tenant_id FROM store.tenant t JOIN store.day_sums_border b USING (tenant_id)
        WHERE b.local_day < (now() AT TIME ZONE t.time_zone)::date
        """
    ).fetchall()
    return [tenant_id for (tenant_id,) in rows]
