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
from store.validity import Stretch, changed_time, from_then, in_order, until

Key = tuple[Any, ...]
Row = dict[str, Any]


@dataclass
class Changes:
    """What a load did, or with a dry run would do: (section, what, "added", "changed" or "ended")."""

    new_tenant: bool = False
    entries: list[tuple[str, str, str]] = field(default_factory=list)
    touched: list["Touched"] = field(default_factory=list)
    """By what calls have to be built again."""

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


class Touched(NamedTuple):
    """Something by which calls are built has changed for a time (UTC; None: without end)."""

    subject: str
    """As store.touch_calls() knows it."""
    key: str
    lower: datetime | None
    upper: datetime | None


SUBJECTS = {"extension": "extension", "ddi": "ddi", "customer_number": "outside_number"}
"""Table with a history → what it is by which calls are found."""
WHOLE_TENANT = frozenset({"working_hours", "holiday"})
"""Tables by which every call is built: whether a line was open."""


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
    """Writes one tenant's rows on the caller's transaction; changes are true from `begin` (UTC) on.

    Args:
        schema: "store", or "configuration" for whoever may write the session's tenant only.
    """

    def __init__(
        self,
        connection: Connection,
        tenant_id: int,
        begin: datetime,
        changes: Changes,
        schema: str = "store",
    ) -> None:
        self._connection = connection
        self._schema = schema
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
            self.write(table, key, row)
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
                sql.SQL("SELECT * FROM {} WHERE {} = %s").format(
                    self._table(table), sql.Identifier(scope_column)
                ),
                (scope,),
            ).fetchall()

    def write(self, table: str, key: tuple[str, ...], row: Row) -> None:
        """Adds a row, or changes the one of that key; notes what of it has calls built again."""
        self._touch(table, row)
        values = {
            column: Jsonb(value) if isinstance(value, dict) else value
            for column, value in {"tenant_id": self._tenant_id, **row}.items()
        }
        self._connection.execute(
            sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}").format(
                self._table(table),
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
        stored = self.stored(table)
        for key in sorted({*by_key, *stored}):
            before = stored.get(key, [])
            after = self._history(before, by_key.get(key, []), table.new_is_open)
            if before != after:
                self.replace_history(table, key, before, after)

    def stored(self, table: HistoryTable) -> dict[str, list[Stretch[Row]]]:
        """The histories that there are, by key, each in order of time."""
        histories: dict[str, list[Stretch[Row]]] = defaultdict(list)
        for row in self._rows(table.table, table.scope_column, table.scope):
            key, valid = row.pop(table.key_column), row.pop("valid")
            del row[table.scope_column]
            histories[key].append(Stretch(valid.lower, valid.upper, row))
        return {key: in_order(history) for key, history in histories.items()}

    def _history(
        self, before: list[Stretch[Row]], wanted: list[Given], new_is_open: bool
    ) -> list[Stretch[Row]]:
        if not wanted:
            return until(before, self._begin)
        if any(given.days for given in wanted):
            return in_order(
                Stretch(given.days.lower, given.days.upper, given.attributes)
                for given in wanted
                if given.days
            )
        attributes = wanted[0].attributes
        if not before and new_is_open:
            return [Stretch(None, None, attributes)]
        return from_then(before, self._begin, attributes)

    def replace_history(
        self, table: HistoryTable, key: str, before: list[Stretch[Row]], after: list[Stretch[Row]]
    ) -> None:
        """Brings one history from `before` to `after`, touching only the rows that differ."""
        self._changes.note(table.section, (key,), _verb(before, after))
        names: Row = {table.scope_column: table.scope, table.key_column: key}
        old = {stretch.lower: stretch for stretch in before}
        new = {stretch.lower: stretch for stretch in after}
        # In this order no two rows ever hold for the same time.
        for lower in old.keys() - new.keys():
            self.delete(table.table, {**names, "valid": _range(old[lower])})
        for lower, stretch in new.items():
            values = {**stretch.attributes, "valid": _range(stretch)}
            if lower not in old:
                continue
            if old[lower] != stretch:
                self.update(table.table, {**names, "valid": _range(old[lower])}, values)
        for lower in new.keys() - old.keys():
            self._insert(table.table, {**names, **new[lower].attributes, "valid": _range(new[lower])})
        time = changed_time(before, after)
        if time and table.table in SUBJECTS:
            self._changes.touched.append(Touched(SUBJECTS[table.table], key, *time))

    def delete(self, table: str, row: Row) -> int:
        """Removes the rows with these values; how many there were."""
        return self._connection.execute(
            sql.SQL("DELETE FROM {} WHERE {}").format(self._table(table), _equal(row)), row
        ).rowcount

    def update(self, table: str, names: Row, values: Row) -> None:
        """Gives the rows with `names` other values."""
        self._touch(table, {**names, **values})
        assignments = sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(f"new_{name}")) for name in values
        )
        self._connection.execute(
            sql.SQL("UPDATE {} SET {} WHERE {}").format(self._table(table), assignments, _equal(names)),
            {**names, **{f"new_{name}": value for name, value in values.items()}},
        )

    def _insert(self, table: str, values: Row) -> None:
        self._touch(table, values)
        self._connection.execute(
            sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                self._table(table), identifiers(values), placeholders(values)
            ),
            values,
        )

    def _table(self, name: str) -> sql.Identifier:
        return sql.Identifier(self._schema, name)

    def _touch(self, table: str, row: Row) -> None:
        """Things without a history count from the day of the change on."""
        subject = {"contact_group": "contact_group", "agent": "agent"}.get(table)
        if subject is not None:
            self._changes.touched.append(Touched(subject, row["pbx_name"], self._begin, None))
        elif table in WHOLE_TENANT:
            self.touch_all()

    def touch_all(self) -> None:
        """Has all calls from the day of the change on built again."""
        self._changes.touched.append(Touched("tenant", "", self._begin, None))

    def touch_calls(self) -> int:
        """Has calls built again by all that changed; how many calls."""
        by_time: dict[tuple[str, datetime | None, datetime | None], set[str]] = defaultdict(set)
        for subject, key, lower, upper in self._changes.touched:
            by_time[subject, lower, upper].add(key)
        touched = 0
        for (subject, lower, upper), keys in by_time.items():
            row = self._connection.execute(
                sql.SQL("SELECT {}(%s, %s, %s::text[], %s, %s)").format(self._table("touch_calls")),
                (self._tenant_id, subject, sorted(keys), lower, upper),
            ).fetchone()
            touched += int(row[0] or 0) if row else 0
        return touched

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
            self.delete(table, {"tenant_id": self._tenant_id, **dict(zip(columns, values, strict=True))})
            self.touch_all()
        for values in sorted(wanted - current):
            self._changes.note(section, values, "added")
            self._insert(table, {"tenant_id": self._tenant_id, **dict(zip(columns, values, strict=True))})


def _verb(before: list[Stretch[Row]], after: list[Stretch[Row]]) -> str:
    if not before:
        return "added"
    return "changed" if after and after[-1].upper is None else "ended"


def _range(stretch: Stretch[Row]) -> TimestamptzRange:
    return TimestamptzRange(stretch.lower, stretch.upper)


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
