"""Keeps store.live_* as the live state is: only what changed is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from psycopg import sql

from exporter.live_rows import LiveAgent, LiveCall, LiveDevice, LiveQueue, LiveSnapshot, LiveWaiting
from store.connect import Connection
from store.organisation import Pbx


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    key: tuple[str, ...]
    row_type: type[msgspec.Struct]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.row_type.__struct_fields__

    def upsert(self) -> sql.Composed:
        values = [column for column in self.columns if column not in self.key]
        return sql.SQL(
            "INSERT INTO store.{table} (tenant_id, pbx_id, {columns}) VALUES (%s, %s, {places}) "
            "ON CONFLICT (pbx_id, {key}) DO UPDATE SET {updates}"
        ).format(
            table=sql.Identifier(self.name),
            columns=_identifiers(self.columns),
            places=sql.SQL(", ").join([sql.Placeholder()] * len(self.columns)),
            key=_identifiers(self.key),
            updates=sql.SQL(", ").join(
                sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column)) for column in values
            ),
        )

    def delete(self) -> sql.Composed:
        conditions = sql.SQL(" AND ").join(
            sql.SQL("{} = %s").format(sql.Identifier(column)) for column in self.key
        )
        return sql.SQL("DELETE FROM store.{} WHERE pbx_id = %s AND {}").format(
            sql.Identifier(self.name), conditions
        )

    def delete_all(self) -> sql.Composed:
        return sql.SQL("DELETE FROM store.{} WHERE pbx_id = %s").format(sql.Identifier(self.name))


def _identifiers(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


TABLES = {
    "calls": _Table("live_call", ("connection",), LiveCall),
    "waiting": _Table("live_waiting", ("connection",), LiveWaiting),
    "queues": _Table("live_queue", ("contact_group",), LiveQueue),
    "agents": _Table("live_agent", ("agent", "contact_group"), LiveAgent),
    "devices": _Table("live_device", ("extension",), LiveDevice),
}
"""Part of a snapshot → the table that shows it."""

Rows = Mapping[Any, msgspec.Struct]


class LiveTables:
    """Writes snapshots over one connection; the first one replaces whatever an earlier run left behind."""

    def __init__(self, connection: Connection, pbx: Pbx) -> None:
        self._connection = connection
        self._pbx = pbx
        self._written: dict[str, Rows] | None = None

    def write(self, snapshot: LiveSnapshot, *, connected: bool, changed_at: datetime) -> None:
        """Brings the tables to this snapshot, in one transaction.

        Args:
            snapshot: what they are to show.
            connected: whether the PBX is heard now.
            changed_at: since when that is so (UTC).

        Raises:
            psycopg.OperationalError: the connection was lost; begin with a new object.
        """
        rows: dict[str, Rows] = {part: getattr(snapshot, part) for part in TABLES}
        with self._connection.transaction(), self._connection.pipeline():
            for part, table in TABLES.items():
                if self._written is None:
                    self._connection.execute(table.delete_all(), (self._pbx.pbx_id,))
                self._write_changes(table, self._written[part] if self._written else {}, rows[part])
            self._connection.execute(
                "INSERT INTO store.live_pbx (pbx_id, tenant_id, connected, changed_at, updated_at) "
                "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (pbx_id) DO UPDATE SET "
                "connected = excluded.connected, changed_at = excluded.changed_at, "
                "updated_at = excluded.updated_at",
                (self._pbx.pbx_id, self._pbx.tenant_id, connected, changed_at, snapshot.at),
            )
        self._written = rows

    def _write_changes(self, table: _Table, before: Rows, after: Rows) -> None:
        gone = [key for key in before if key not in after]
        changed = [row for key, row in after.items() if before.get(key) != row]
        with self._connection.cursor() as cursor:
            if gone:
                cursor.executemany(table.delete(), [(self._pbx.pbx_id, *_parts(key)) for key in gone])
            if changed:
                cursor.executemany(
                    table.upsert(),
                    [
                        (self._pbx.tenant_id, self._pbx.pbx_id, *msgspec.structs.astuple(row))
                        for row in changed
                    ],
                )


def _parts(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)
