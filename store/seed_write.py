"""How rows of a tenant's organisation are brought to what is wanted, touching only what differs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg.types.range import TimestamptzRange

from store.connect import Connection
from store.validity import Stretch, from_then, until

Key = tuple[Any, ...]
Row = dict[str, Any]


@dataclass
class Changes:
    """What a load did, or with a dry run would do: (section, what, "added", "changed" or "ended")."""

    new_tenant: bool = False
    entries: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, section: str, key: Key, verb: str) -> None:
        """Adds an entry; the key is put in words."""
        words = " ".join(str(part) for part in key if part not in (None, ""))
        self.entries.append((section, words, verb))

    def counts(self) -> dict[str, dict[str, int]]:
        """By section: how many of each verb."""
        counted: dict[str, dict[str, int]] = {}
        for section, _, verb in self.entries:
            verbs = counted.setdefault(section, {})
            verbs[verb] = verbs.get(verb, 0) + 1
        return counted


class Given(NamedTuple):
    """What is wanted of one key: its columns, and the days for which they are true if those are given."""

    key: str
    attributes: Row
    days: Stretch[None] | None


class HistoryTable(NamedTuple):
    """A table of things that are true for a time, and the rows of it that a load is about."""

    section: str
    table: str
    key_column: str
    scope_column: str
    scope: int
    new_is_open: bool = True
    """A key never seen before is taken to have been so always."""


class TenantRows:
    """Writes one tenant's rows on the caller's transaction; changes are true from `begin` (UTC) on."""

    def __init__(self, connection: Connection, tenant_id: int, begin: datetime, changes: Changes) -> None:
        self._connection = connection
        self._tenant_id = tenant_id
        self._begin = begin
        self._changes = changes

    def upsert(
        self, section: str, table: str, id_column: str, key: tuple[str, ...], rows: Iterable[Row]
    ) -> dict[Key, int]:
        """Writes what is new or different and gives the ids of all; what is not wanted stays.

        Nothing is deleted: calls of the past may refer to it.
        """
        current = self.current(table, key)
        wanted = {tuple(row[column] for column in key): row for row in rows}
        for name, row in wanted.items():
            before = current.get(name)
            if before is None:
                self._changes.note(section, name, "added")
            elif any(before[column] != value for column, value in row.items()):
                self._changes.note(section, name, "changed")
            else:
                continue
            self._write(table, key, row)
        if wanted:
            current = self.current(table, key)
        return {name: row[id_column] for name, row in current.items()}

    def current(self, table: str, key: tuple[str, ...]) -> dict[Key, Row]:
        """The tenant's rows of a table by their key."""
        rows = self._rows(table, "tenant_id", self._tenant_id)
        return {tuple(row[column] for column in key): row for row in rows}

    def _rows(self, table: str, scope_column: str, scope: int) -> list[Row]:
        with self._connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(
                sql.SQL("SELECT * FROM store.{} WHERE {} = %s").format(
                    sql.Identifier(table), sql.Identifier(scope_column)
                ),
                (scope,),
            ).fetchall()

    def _write(self, table: str, key: tuple[str, ...], row: Row) -> None:
        values = {
            column: Jsonb(value) if isinstance(value, dict) else value
            for column, value in {"tenant_id": self._tenant_id, **row}.items()
        }
        self._connection.execute(
            sql.SQL("INSERT INTO store.{} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}").format(
                sql.Identifier(table),
                identifiers(values),
                placeholders(values),
                identifiers(("tenant_id", *key)),
                excluded(values),
            ),
            values,
        )

    def histories(self, table: HistoryTable, wanted: Iterable[Given]) -> None:
        """Brings the histories of all keys in the table's scope to what is wanted; other keys end."""
        by_key: dict[str, list[Given]] = defaultdict(list)
        for given in wanted:
            by_key[given.key].append(given)
        stored = self._stored(table)
        for key in sorted({*by_key, *stored}):
            before = stored.get(key, [])
            after = self._history(before, by_key.get(key, []), table.new_is_open)
            if before != after:
                self._changes.note(table.section, (key,), _verb(before, after))
                self._replace(table, key, after)

    def _stored(self, table: HistoryTable) -> dict[str, list[Stretch[Row]]]:
        histories: dict[str, list[Stretch[Row]]] = defaultdict(list)
        for row in self._rows(table.table, table.scope_column, table.scope):
            key, valid = row.pop(table.key_column), row.pop("valid")
            del row[table.scope_column]
            histories[key].append(Stretch(valid.lower, valid.upper, row))
        return {key: _in_order(history) for key, history in histories.items()}

    def _history(
        self, before: list[Stretch[Row]], wanted: list[Given], new_is_open: bool
    ) -> list[Stretch[Row]]:
        if not wanted:
            return until(before, self._begin)
        if any(given.days for given in wanted):
            return _in_order(
                Stretch(given.days.lower, given.days.upper, given.attributes)
                for given in wanted
                if given.days
            )
        attributes = wanted[0].attributes
        if not before and new_is_open:
            return [Stretch(None, None, attributes)]
        return from_then(before, self._begin, attributes)

    def _replace(self, table: HistoryTable, key: str, history: list[Stretch[Row]]) -> None:
        names: Row = {table.scope_column: table.scope, table.key_column: key}
        self._connection.execute(
            sql.SQL("DELETE FROM store.{} WHERE {}").format(sql.Identifier(table.table), _equal(names)), names
        )
        for stretch in history:
            valid = TimestamptzRange(stretch.lower, stretch.upper)
            self._insert(table.table, {**names, **stretch.attributes, "valid": valid})

    def _insert(self, table: str, values: Row) -> None:
        self._connection.execute(
            sql.SQL("INSERT INTO store.{} ({}) VALUES ({})").format(
                sql.Identifier(table), identifiers(values), placeholders(values)
            ),
            values,
        )

    def replace(
        self,
        section: str,
        table: str,
        columns: tuple[str, ...],
        wanted: set[Key],
        may_go: Callable[[Key], bool] = lambda _: True,
    ) -> None:
        """Makes `wanted` (values of `columns`) the tenant's rows of a table without history."""
        current = set(self.current(table, columns))
        for values in sorted(filter(may_go, current - wanted)):
            self._changes.note(section, values, "ended")
            row = {"tenant_id": self._tenant_id, **dict(zip(columns, values, strict=True))}
            self._connection.execute(
                sql.SQL("DELETE FROM store.{} WHERE {}").format(sql.Identifier(table), _equal(row)), row
            )
        for values in sorted(wanted - current):
            self._changes.note(section, values, "added")
            self._insert(table, {"tenant_id": self._tenant_id, **dict(zip(columns, values, strict=True))})


def _verb(before: list[Stretch[Row]], after: list[Stretch[Row]]) -> str:
    if not before:
        return "added"
    return "changed" if after and after[-1].upper is None else "ended"


def _in_order(history: Iterable[Stretch[Row]]) -> list[Stretch[Row]]:
    return sorted(history, key=lambda stretch: (stretch.lower is not None, stretch.lower))


def _equal(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(" AND ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in names
    )


def identifiers(names: Iterable[str]) -> sql.Composed:
    """The names, quoted, with commas between them."""
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


def placeholders(names: Iterable[str]) -> sql.Composed:
    """A named placeholder for each name, with commas between them."""
    return sql.SQL(", ").join(sql.Placeholder(name) for name in names)


def excluded(names: Iterable[str] | Mapping[str, object]) -> sql.Composed:
    """Assignments for ON CONFLICT DO UPDATE."""
    return sql.SQL(", ").join(
        sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in names if name != "tenant_id"
    )
