"""The rows by which the event writer says what changed: taken here, in the transaction that acts on them.

What cannot be built stays in its table, where everybody can see it, and is left alone by the process that
failed at it; the next start, or the next event of the same call, tries again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import sql

from store.connect import Connection

LOCK_SPACE = 7_201_962
"""First key of the advisory locks on a PBX (the second is its id): who holds it may write its calls."""


class TouchedCall(NamedTuple):
    """A call (by an identity of the PBX) that got events between these times (UTC).

    Without `ref`: events about the whole PBX.
    """

    ref: str
    first_at: datetime
    last_at: datetime


@dataclass
class SetAside:
    """Touched rows of one PBX that this process failed at."""

    calls: dict[int, TouchedCall] = field(default_factory=dict)
    """By the row's identifier."""
    agents: set[int] = field(default_factory=set)
    """Identifiers of rows, as in `devices`."""
    devices: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.calls) + len(self.agents) + len(self.devices)


def lock_pbx(connection: Connection, pbx_id: int) -> bool:
    """Whether this transaction may write the calls of a PBX; False when another is at it."""
    row = connection.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (LOCK_SPACE, pbx_id)).fetchone()
    assert row is not None
    return bool(row[0])


def touched_pbxs(connection: Connection) -> list[tuple[int, int]]:
    """Tenant and PBX of everything that was touched, except of tenants that are being rebuilt."""
    return connection.execute(
        """
        SELECT tenant_id, pbx_id FROM (
            SELECT tenant_id, pbx_id FROM store.touched_call
            UNION SELECT tenant_id, pbx_id FROM store.touched_agent
            UNION SELECT tenant_id, pbx_id FROM store.touched_device
        ) touched
        JOIN store.pbx USING (tenant_id, pbx_id)
        WHERE tenant_id NOT IN (SELECT tenant_id FROM store.rebuild)
        ORDER BY tenant_id, pbx_id
        """
    ).fetchall()


def take_calls(connection: Connection, pbx_id: int, aside: SetAside, limit: int) -> list[TouchedCall]:
    """In the order in which they were written, so that calls of one time come together."""
    columns = ("call", "first_at", "last_at")
    return [
        TouchedCall(*row) for row in _take(connection, "touched_call", columns, pbx_id, aside.calls, limit)
    ]


def take_agents(connection: Connection, pbx_id: int, aside: SetAside, limit: int) -> dict[str, datetime]:
    """Agents, each with the first time at which anything changed."""
    columns = ("agent", "first_at")
    return _first(_take(connection, "touched_agent", columns, pbx_id, aside.agents, limit))


def take_devices(connection: Connection, pbx_id: int, aside: SetAside, limit: int) -> dict[str, datetime]:
    """Devices, each with the first time at which anything changed."""
    columns = ("device", "first_at")
    return _first(_take(connection, "touched_device", columns, pbx_id, aside.devices, limit))


def _take(
    connection: Connection, table: str, columns: Sequence[str], pbx_id: int, aside: Iterable[int], limit: int
) -> list[tuple[Any, ...]]:
    statement = sql.SQL(
        """
        DELETE FROM {table} WHERE touched_id IN (
            SELECT touched_id FROM {table}
            WHERE pbx_id = %(pbx)s AND touched_id <> ALL(%(aside)s)
            ORDER BY touched_id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
        ) RETURNING {columns}
        """
    ).format(table=sql.Identifier("store", table), columns=sql.SQL(", ").join(map(sql.Identifier, columns)))
    return connection.execute(statement, {"pbx": pbx_id, "aside": list(aside), "limit": limit}).fetchall()


def _first(rows: Sequence[tuple[str, datetime]]) -> dict[str, datetime]:
    first: dict[str, datetime] = {}
    for name, at in rows:
        first[name] = min(at, first.get(name, at))
    return first


def touch_call(connection: Connection, tenant_id: int, pbx_id: int, call: TouchedCall) -> int:
    """Puts a call among the touched ones; returns the row's identifier."""
    row = connection.execute(
        "INSERT INTO store.touched_call (tenant_id, pbx_id, call, first_at, last_at) "
        "VALUES (%s, %s, %s, %s, %s) RETURNING touched_id",
        (tenant_id, pbx_id, *call),
    ).fetchone()
    assert row is not None
    return int(row[0])


def touch_agent(connection: Connection, tenant_id: int, pbx_id: int, agent: str, at: datetime) -> int:
    """Puts an agent among the touched ones; returns the row's identifier."""
    return _touch(connection, "touched_agent", "agent", (tenant_id, pbx_id, agent, at))


def touch_device(connection: Connection, tenant_id: int, pbx_id: int, device: str, at: datetime) -> int:
    """Puts a device among the touched ones; returns the row's identifier."""
    return _touch(connection, "touched_device", "device", (tenant_id, pbx_id, device, at))


def _touch(connection: Connection, table: str, column: str, values: tuple[int, int, str, datetime]) -> int:
    statement = sql.SQL(
        "INSERT INTO {} (tenant_id, pbx_id, {}, first_at) VALUES (%s, %s, %s, %s) RETURNING touched_id"
    ).format(sql.Identifier("store", table), sql.Identifier(column))
    row = connection.execute(statement, values).fetchone()
    assert row is not None
    return int(row[0])
