"""Bulk writing of the aggregator's rows by binary COPY."""

from collections.abc import Iterable

import msgspec
from psycopg import sql

from store.connect import Connection


def copy_rows(
    connection: Connection, table: str, row_type: type[msgspec.Struct], rows: Iterable[msgspec.Struct]
) -> None:
    """Writes rows, whose fields are columns of `table` in schema store, in the caller's transaction.

    Raises:
        psycopg.errors.UniqueViolation: a row of that key is there.
    """
    columns = row_type.__struct_fields__
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier("store", table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    types = _types(connection, table)
    as_tuple = msgspec.structs.astuple
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types([types[column] for column in columns])
        write_row = copy.write_row
        for row in rows:
            write_row(as_tuple(row))


_TYPES: dict[str, dict[str, int]] = {}


def _types(connection: Connection, table: str) -> dict[str, int]:
    """Type of each column; all are PostgreSQL's own types, which have the same identity in every database."""
    if table not in _TYPES:
        _TYPES[table] = dict(
            connection.execute(
                "SELECT attname, atttypid::int FROM pg_attribute "
                "WHERE attrelid = %s::regclass AND attnum > 0",
                (f"store.{table}",),
            ).fetchall()
        )
    return _TYPES[table]
