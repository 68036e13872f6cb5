"""Carries entries out on the caller's transaction, touching only what differs, and says what changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from reportgen.configuration.administration import Administration
from reportgen.configuration.customer_numbers import give_numbers
from reportgen.configuration.kinds import Field, Kind
from reportgen.configuration.lines import Change, Difference, Entry, Problem
from reportgen.configuration.lookups import AllNames
from reportgen.configuration.values import FieldError, written
from reportgen.errors import ReportError
from reportgen.texts import _
from store.seed_write import Changes, HistoryTable, Row, TenantRows
from store.validity import Stretch, overlaid

VIRTUAL = frozenset({"numbers"})
"""Fields that are kept in another table."""


class InUseError(ReportError):
    """Something cannot go, because calls or other things name it."""

    code = "in-use"

    def __init__(self) -> None:
        super().__init__(_("This is in use by calls or by other things: it can be changed, but not removed."))


class TakenError(ReportError):
    """Another thing has that key."""

    code = "taken"


class Writer:
    """Writes the things of one kind; what is changed is true from `day` on."""

    def __init__(self, administration: Administration, kind: Kind, names: AllNames, day: date) -> None:
        self.administration = administration
        self.kind = kind
        self.names = names
        self.begin = administration.midnight(day)
        self.notes = Changes()
        self.rows = TenantRows(
            administration.connection,
            administration.tenant_id,
            self.begin,
            self.notes,
            administration.schema,
        )
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.unchanged = 0

    def write(self, entries: Sequence[Entry]) -> None:
        """Adds what is new and changes what differs; what is not named stays."""
        if not self.kind.key:
            self._write_settings(entries[-1])
        elif self.kind.has_history:
            self._write_histories(entries)
        elif self.kind.slug == "working-hours":
            self._write_hours(entries)
        else:
            self._write_plain(entries)

    def columns(self, values: Mapping[str, Any]) -> Row:
        """Values as they are stored: names become ids."""
        return {
            self.kind.by_name[name].stored_in: self._stored(self.kind.by_name[name], value)
            for name, value in values.items()
            if name in self.kind.by_name and name not in VIRTUAL
        }

    def _stored(self, field: Field, value: Any) -> Any:
        if field.refers and value is not None:
            return self.names[field.refers].by_name[str(value).casefold()]
        return value

    def shown(self, field: Field, value: Any) -> str:
        """A stored value, written as in a file."""
        if field.refers and value is not None:
            return self.names[field.refers].by_id.get(value, "")
        return written(value)

    def note(self, line: int, what: str, old: Row | None, new: Row) -> bool:
        """Keeps what changes; whether anything does."""
        before = old or {}
        differences = tuple(
            Difference(field.name, self.shown(field, before.get(column)), self.shown(field, new[column]))
            for field in self.kind.fields
            if (column := field.stored_in) in new and (old is None or before.get(column) != new[column])
        )
        if old is not None and not differences:
            self.unchanged += 1
            return False
        self.changes.append(Change(line, what, "added" if old is None else "changed", differences))
        return True

    def _words(self, values: Mapping[str, Any]) -> str:
        return " ".join(written(values[each]) for each in self.kind.key if values.get(each) not in (None, ""))

    def _complete(self, entry: Entry, columns: Row) -> bool:
        """Whether a new thing has all that it must have; tells what it lacks."""
        missing = [each for each in self.kind.fields if each.required and columns.get(each.stored_in) is None]
        self.problems += [
            Problem(entry.line, each.name, FieldError(_("This must be filled in."))) for each in missing
        ]
        return not missing

    def _write_settings(self, entry: Entry) -> None:
        table = sql.Identifier(self.administration.schema, self.kind.table)
        columns = self.columns(entry.values)
        old = self.rows.current(self.kind.table, ())[()]
        if self.note(entry.line, self.administration.slug, old, columns):
            assignments = sql.SQL(", ").join(
                sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in columns
            )
            self.administration.connection.execute(
                sql.SQL("UPDATE {} SET {} WHERE tenant_id = {}").format(
                    table, assignments, sql.Literal(self.administration.tenant_id)
                ),
                columns,
            )
            self.rows.touch_all()

    def _write_plain(self, entries: Sequence[Entry]) -> None:
        current = self.rows.current(self.kind.table, self.kind.key_columns)
        for entry in entries:
            columns = {**self.kind.fixed, **self.columns(entry.values)}
            key = tuple(columns[name] for name in self.kind.key_columns)
            old = current.get(key)
            if old is None:
                defaults = {
                    each.stored_in: each.default for each in self.kind.fields if each.name not in VIRTUAL
                }
                columns = {**defaults, **columns}
                if not self._complete(entry, columns):
                    continue
            if self.note(entry.line, self._words(entry.values), old, columns):
                self._write_row(key, columns, is_new=old is None)
                current[key] = {**(old or {}), **columns}
        if self.kind.slug == "customers":
            give_numbers(self, entries)

    def _write_row(self, key: tuple[Any, ...], columns: Row, *, is_new: bool) -> None:
        if is_new:
            self.rows.write(self.kind.table, self.kind.key_columns, columns)
            return
        names = {
            "tenant_id": self.administration.tenant_id,
            **dict(zip(self.kind.key_columns, key, strict=True)),
        }
        self.rows.update(self.kind.table, names, columns)

    def replace_history(
        self, table: HistoryTable, stored: dict[str, list[Stretch[Row]]], key: str, after: list[Stretch[Row]]
    ) -> None:
        """Writes the history of a key, and keeps it in `stored`."""
        self.rows.replace_history(table, key, stored.get(key, []), after)
        stored[key] = after

    def history_table(self, values: Mapping[str, Any]) -> HistoryTable:
        """Where the history of a thing with these values is."""
        if self.kind.slug == "members":
            group_id = self.columns({"group": values["group"]})["group_id"]
            return HistoryTable(self.kind.slug, self.kind.table, "extension", "group_id", group_id, False)
        return HistoryTable(
            self.kind.slug, self.kind.table, "number", "tenant_id", self.administration.tenant_id
        )

    def _write_histories(self, entries: Sequence[Entry]) -> None:
        tables: dict[int, dict[str, list[Stretch[Row]]]] = {}
        for entry in entries:
            table = self.history_table(entry.values)
            if table.scope not in tables:
                tables[table.scope] = self.rows.stored(table)
            self._write_stretch(entry, table, tables[table.scope])

    def _write_stretch(
        self, entry: Entry, table: HistoryTable, stored: dict[str, list[Stretch[Row]]]
    ) -> None:
        columns = self.columns(entry.values)
        key = columns.pop(table.key_column)
        columns.pop(table.scope_column, None)
        before = stored.get(key, [])
        lower, upper = self._time(entry.values, known=bool(before) or not table.new_is_open)
        old = _at(before, lower)
        base = {each.stored_in: each.default for each in self.kind.fields if each.stored_in in columns}
        attributes = {**self._other_columns(columns), **base, **(old or {}), **columns}
        whole = {table.key_column: key, table.scope_column: table.scope, **attributes}
        if old is None and not self._complete(entry, whole):
            return
        after = overlaid(before, Stretch(lower, upper, attributes))
        if before == after:
            self.unchanged += 1
            return
        if not self.note(entry.line, self._words(entry.values), old, columns):
            # The same, for another time.
            self.unchanged -= 1
            verb = "ended" if upper is not None else "changed"
            self.changes.append(Change(entry.line, self._words(entry.values), verb))
        self.replace_history(table, stored, key, after)

    def _other_columns(self, columns: Row) -> Row:
        """Of a new thing: what its line does not speak of."""
        key_columns = {self.kind.by_name[each].stored_in for each in self.kind.key}
        return {
            each.stored_in: each.default
            for each in self.kind.fields
            if each.stored_in not in columns and each.stored_in not in key_columns
        }

    def _time(self, values: Mapping[str, Any], *, known: bool) -> tuple[datetime | None, datetime | None]:
        """What was never known is taken to have been so always."""
        first, last = values.get("valid_from"), values.get("valid_until")
        midnight = self.administration.midnight
        lower = midnight(first) if first else self.begin if known else None
        upper = midnight(last + timedelta(days=1)) if last else None
        if first is None and upper is not None and lower is not None and upper <= lower:
            # An end in the past, of what has begun before: "was so until then".
            lower = None
        return lower, upper

    def _write_hours(self, entries: Sequence[Entry]) -> None:
        columns = ("line", "weekday", "opens")
        current = self.rows.current("working_hours", columns)
        for entry in entries:
            for weekday in entry.values["days"]:
                row = {
                    "line": entry.values.get("line") or "",
                    "weekday": weekday,
                    "opens": entry.values["opens"],
                    "closes": entry.values["closes"],
                }
                key = (row["line"], weekday, row["opens"])
                if self._overlaps(entry, row, current.values()):
                    break
                old = current.get(key)
                shown = {**row, "weekday": (weekday,)}
                before = None if old is None else {**old, "weekday": (weekday,)}
                words = self._words({**entry.values, "days": (weekday,)})
                if self.note(entry.line, words, before, shown):
                    self.rows.write("working_hours", columns, row)
                    current[key] = row

    def _overlaps(self, entry: Entry, row: Row, others: Iterable[Row]) -> bool:
        for other in others:
            same = (other["line"], other["weekday"]) == (row["line"], row["weekday"])
            if (
                same
                and other["opens"] != row["opens"]
                and (row["opens"] < other["closes"] and other["opens"] < row["closes"])
            ):
                self.problems.append(
                    Problem(
                        entry.line,
                        "opens",
                        FieldError(
                            _("These hours overlap with {opens}–{closes} of the same day."),
                            opens=written(other["opens"]),
                            closes=written(other["closes"]),
                        ),
                    )
                )
                return True
        return False

    def rename(self, key: tuple[Any, ...], entry: Entry) -> None:
        """Changes a thing that is found by `key` (columns' values), its key too.

        Raises:
            TakenError: there is another of the new key.
        """
        current = self.rows.current(self.kind.table, self.kind.key_columns)
        old = current[key]
        columns = {**self.kind.fixed, **self.columns(entry.values)}
        new_key = tuple({**old, **columns}[name] for name in self.kind.key_columns)
        if new_key != key and new_key in current:
            raise TakenError(_('There is a "{text}" already.'), text=written(new_key[-1]))
        if self.note(entry.line, self._words(entry.values), old, columns):
            row = {
                "tenant_id": self.administration.tenant_id,
                **dict(zip(self.kind.key_columns, key, strict=True)),
            }
            self.rows.update(self.kind.table, row, columns)

    def remove(self, key: tuple[Any, ...]) -> None:
        """Removes a thing without history that nothing names.

        Raises:
            InUseError: something does.
        """
        row = self.rows.current(self.kind.table, self.kind.key_columns)[key]
        if self.kind.id_column and self._is_in_use(row[self.kind.id_column]):
            raise InUseError
        names = dict(zip(self.kind.key_columns, key, strict=True))
        try:
            with self.administration.connection.transaction():
                self.rows.delete(self.kind.table, {"tenant_id": self.administration.tenant_id, **names})
        except psycopg.errors.ForeignKeyViolation as error:
            raise InUseError from error
        if self.kind.table in ("working_hours", "holiday"):
            self.rows.touch_all()

    def _is_in_use(self, row_id: int) -> bool:
        row = self.administration.connection.execute(
            "SELECT configuration.is_in_use(%s, %s)", (self.kind.table, row_id)
        ).fetchone()
        return row == (True,)


def _at(history: Sequence[Stretch[Row]], moment: datetime | None) -> Row | None:
    """What was true at `moment`; of what is not true then, what was true before it."""
    before = None
    for stretch in history:
        if stretch.lower is None or (moment is not None and stretch.lower <= moment):
            before = stretch.attributes
    return before
