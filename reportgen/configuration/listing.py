"""What there is: lists of things, one thing with its history, and files that can be read in again."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import sql
from psycopg.rows import dict_row

from reportgen.access.audit import Entry as AuditEntry
from reportgen.configuration.administration import Administration
from reportgen.configuration.csv_file import fields_of
from reportgen.configuration.kinds import Field, Kind
from reportgen.configuration.lookups import AllNames
from reportgen.configuration.values import written
from reportgen.errors import ReportError
from reportgen.render.csv_file import guarded
from reportgen.texts import _

THINGS_PER_PAGE = 100
MOST_CHANGES = 100
SEPARATOR = "~"
"""Between the parts of a key."""


class UnknownThingError(ReportError):
    """The tenant has no such thing."""

    code = "unknown-thing"


@dataclass(frozen=True, slots=True)
class Thing:
    """A row: of what has a history, one stretch of it."""

    name: str
    """Its key in addresses."""
    key: tuple[Any, ...]
    """Stored values of the key's columns."""
    key_texts: Mapping[str, str]
    values: Mapping[str, Any]
    """By field: ids are names again, and validity is days."""
    row: Mapping[str, Any]

    def texts(self) -> dict[str, str]:
        """Written as in a file."""
        return {name: written(value) for name, value in self.values.items()}


def list_things(
    administration: Administration,
    kind: Kind,
    *,
    search: str = "",
    past: bool = False,
    offset: int = 0,
    limit: int | None = THINGS_PER_PAGE,
) -> list[Thing]:
    """Things in order of their keys.

    Args:
        search: a part of any of their texts.
        past: of what has a history, also what is over.
    """
    conditions: list[sql.Composable] = []
    parameters: dict[str, Any] = {"search": f"%{_escaped(search)}%"}
    if search:
        conditions.append(sql.SQL("t::text ILIKE %(search)s"))
    if kind.has_history and not past:
        conditions.append(sql.SQL("(upper_inf(t.valid) OR upper(t.valid) > %(now)s)"))
        parameters["now"] = administration.midnight(administration.today)
    return _things(administration, kind, conditions, parameters, offset, limit)


def find_thing(administration: Administration, kind: Kind, name: str) -> Thing:
    """The thing of a key; of a history its latest stretch.

    Raises:
        UnknownThingError: there is none.
    """
    return history_of(administration, kind, name)[-1]


def history_of(administration: Administration, kind: Kind, name: str) -> list[Thing]:
    """All stretches of a thing, in order of time; one without history has one.

    Raises:
        UnknownThingError: there is none.
    """
    parts = name.split(SEPARATOR) if name.isprintable() else []
    conditions: list[sql.Composable] = []
    parameters: dict[str, Any] = {}
    for place, each in enumerate(kind.key if len(parts) == len(kind.key) else ()):
        field = kind.by_name[each]
        conditions.append(
            sql.SQL("t.{}::text = ANY(%({})s)").format(
                sql.Identifier(field.stored_in), sql.SQL(f"part{place}")
            )
        )
        parameters[f"part{place}"] = _stored_texts(administration, field, parts[place])
    things = (
        _things(administration, kind, conditions, parameters, 0, None) if conditions or not kind.key else []
    )
    if not things:
        raise UnknownThingError(_('There is no "{name}" in this list.'), name=name)
    return things


def changes_of(administration: Administration, kind: Kind, thing: Thing) -> list[AuditEntry]:
    """Every change of a thing, the newest first."""
    row = thing.row
    keys = {
        "contact_group_member": lambda: f"{row['group_id']} {row['extension']}",
        "working_hours": lambda: f"{row['line']} {row['weekday']}",
        "holiday": lambda: written(row["day"]),
        "tenant": lambda: str(administration.tenant_id),
    }
    key = keys[kind.table]() if kind.table in keys else str(row.get(kind.id_column or "number"))
    entries = _entries(administration, kind.table, key)
    if kind.slug == "customers":
        entries += _changes_of_numbers(administration, row["customer_id"])
    return sorted(entries, key=lambda entry: -entry.audit_id)[:MOST_CHANGES]


def _entries(administration: Administration, table: str, key: str) -> list[AuditEntry]:
    rows = administration.connection.execute(
        "SELECT * FROM configuration.history_of(%s, %s, %s)", (table, key, MOST_CHANGES)
    ).fetchall()
    return [AuditEntry(*each) for each in rows]


def _changes_of_numbers(administration: Administration, customer_id: int) -> list[AuditEntry]:
    """Of the numbers that are or were a customer's, while they were his."""
    query = sql.SQL(
        "SELECT DISTINCT number FROM {}.customer_number WHERE tenant_id = %s AND customer_id = %s"
    ).format(sql.Identifier(administration.schema))
    numbers = administration.connection.execute(query, (administration.tenant_id, customer_id)).fetchall()
    return [
        entry
        for (number,) in numbers
        for entry in _entries(administration, "customer_number", number)
        if customer_id in _customers_named(entry) or not _customers_named(entry)
    ]


def _customers_named(entry: AuditEntry) -> set[int]:
    rows = (entry.details.get("old") or {}, entry.details.get("new") or {})
    return {row["customer_id"] for row in rows if "customer_id" in row}


def csv_of(administration: Administration, kind: Kind) -> Iterator[str]:
    """All of a kind, as a file that can be read in again."""
    fields = fields_of(kind)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow([each.name for each in fields])
    for thing in list_things(administration, kind, past=True, limit=None):
        texts = thing.texts()
        writer.writerow([guarded(texts[each.name]) for each in fields])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _things(
    administration: Administration,
    kind: Kind,
    conditions: Sequence[sql.Composable],
    parameters: Mapping[str, Any],
    offset: int,
    limit: int | None,
) -> list[Thing]:
    table = sql.Identifier(administration.schema, kind.table)
    own: sql.Composable = sql.SQL("t.tenant_id = %(tenant)s")
    if kind.slug == "members":
        own = sql.SQL(
            "t.group_id IN (SELECT group_id FROM {}.contact_group WHERE tenant_id = %(tenant)s)"
        ).format(sql.Identifier(administration.schema))
    fixed: list[sql.Composable] = [
        sql.SQL("t.{} = {}").format(sql.Identifier(name), sql.Literal(value))
        for name, value in kind.fixed.items()
    ]
    order: list[sql.Composable] = [sql.SQL("t.{}").format(sql.Identifier(name)) for name in kind.key_columns]
    order += [sql.SQL("lower(t.valid) NULLS FIRST")] if kind.has_history else []
    query = sql.SQL("SELECT t.* FROM {} AS t WHERE {} ORDER BY {} LIMIT %(limit)s OFFSET %(offset)s").format(
        table, sql.SQL(" AND ").join([own, *fixed, *conditions]), sql.SQL(", ").join(order or [sql.SQL("1")])
    )
    bound = {**parameters, "tenant": administration.tenant_id, "limit": limit, "offset": offset}
    with administration.connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(query, bound).fetchall()
    numbers = _numbers_of(administration, rows) if kind.slug == "customers" else {}
    names = AllNames(administration)
    return [_thing(administration, kind, row, names, numbers) for row in rows]


def _thing(
    administration: Administration,
    kind: Kind,
    row: dict[str, Any],
    names: AllNames,
    numbers: Mapping[int, Sequence[str]],
) -> Thing:
    values: dict[str, Any] = {}
    for field in kind.fields:
        if field.name == "numbers":
            values["numbers"] = tuple(numbers.get(row["customer_id"], ()))
            continue
        value = row[field.stored_in]
        values[field.name] = _named(field, value, names)
    if kind.has_history:
        valid = row["valid"]
        zone = ZoneInfo(administration.time_zone)
        values["valid_from"] = _day(valid.lower, zone)
        values["valid_until"] = _day(valid.upper, zone, last=True)
    key_texts = {each: written(values[each]) for each in kind.key}
    parts = [
        str(row[kind.by_name[each].stored_in]) if each == "days" else key_texts[each] for each in kind.key
    ]
    key = tuple(row[name] for name in kind.key_columns)
    return Thing(SEPARATOR.join(parts), key, key_texts, values, row)


def _named(field: Field, value: Any, names: AllNames) -> Any:
    if field.name == "days":
        return (value,)
    if field.refers and field.stored_in != field.name and value is not None:
        return names[field.refers].by_id.get(value, "")
    return value


def _stored_texts(administration: Administration, field: Field, text: str) -> list[str]:
    """The stored values, as texts, that a part of a key may mean."""
    if field.refers:
        found = AllNames(administration)[field.refers].by_name.get(text.casefold())
        return [] if found is None else [str(found)]
    return [text, f"{text}:00"] if field.name == "opens" else [text]


def _numbers_of(administration: Administration, rows: Sequence[Mapping[str, Any]]) -> dict[int, list[str]]:
    """Of customers, the numbers that are theirs now."""
    query = sql.SQL(
        "SELECT customer_id, array_agg(number ORDER BY number) FROM {}.customer_number "
        "WHERE tenant_id = %s AND customer_id = ANY(%s) AND upper_inf(valid) GROUP BY customer_id"
    ).format(sql.Identifier(administration.schema))
    ids = [row["customer_id"] for row in rows]
    return dict(administration.connection.execute(query, (administration.tenant_id, ids)).fetchall())


def _day(moment: datetime | None, zone: ZoneInfo, *, last: bool = False) -> date | None:
    """The local day that begins at a moment, or the last one before it."""
    if moment is None:
        return None
    day = moment.astimezone(zone).date()
    return day - timedelta(days=1) if last else day


def _escaped(search: str) -> str:
    return search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
