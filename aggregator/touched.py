"""The rows by which the event writer says what changed: taken here, in the transaction that acts on them.

What cannot be built stays in its table, where everybody can see it, and is left alone by the process that
failed at it; the next start, or the next event of the same call, tries again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

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
    """What happened last comes first: a history that is imported keeps no call of now waiting."""
    rows = connection.execute(
        """
        DELETE FROM store.touched_call WHERE touched_id IN (
            SELECT touched_id FROM store.touched_call
            WHERE pbx_id = %(pbx)s AND touched_id <> ALL(%(aside)s)
            ORDER BY last_at DESC, touched_id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
        ) RETURNING call, first_at, last_at
        """,
        {"pbx": pbx_id, "aside": list(aside.calls), "limit": limit},
    ).fetchall()
    return [TouchedCall(*row) for row in rows]


def take_agents(connection: Connection, pbx_id: int, aside: SetAside, limit: int) -> dict[str, datetime]:
    """Agents, each with the first time at which anything changed."""
    return _take(connection, "touched_agent", "agent", pbx_id, aside.agents, limit)


def take_devices(connection: Connection, pbx_id: int, aside: SetAside, limit: int) -> dict[str, datetime]:
    """Devices, each with the first time at which anything changed."""
    return _take(connection, "touched_device", "device", pbx_id, aside.devices, limit)


def _take(
    connection: Connection, table: str, column: str, pbx_id: int, aside: Iterable[int], limit: int
) -> dict[str, datetime]:
    """All rows of some names, since one time of making a name's intervals serves them all."""
    statement = sql.SQL(
        """
        WITH wanted AS (
            SELECT DISTINCT {column} FROM {table}
            WHERE pbx_id = %(pbx)s AND touched_id <> ALL(%(aside)s) LIMIT %(limit)s
        ), taken AS (
            DELETE FROM {table} WHERE touched_id IN (
                SELECT touched_id FROM {table} JOIN wanted USING ({column})
                WHERE pbx_id = %(pbx)s AND touched_id <> ALL(%(aside)s) FOR UPDATE OF {alias} SKIP LOCKED
            ) RETURNING {column}, first_at
        )
        SELECT {column}, min(first_at) FROM taken GROUP BY {column}
        """
    ).format(table=sql.Identifier("store", table), column=sql.Identifier(column), alias=sql.Identifier(table))
    rows = connection.execute(statement, {"pbx": pbx_id, "aside": list(aside), "limit": limit}).fetchall()
    return dict(rows)


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
