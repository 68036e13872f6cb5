"""Tables as the database itself writes them: several times the speed of Python."""

from collections.abc import Iterator

from psycopg import sql

from reportgen.compile import OutputColumn
from reportgen.run import TIME_LIMIT_SECONDS, Question, Tally, as_tenant, prepared
from reportgen.units import MOMENTS
from store.connect import Connection


def copy_csv(
    connection: Connection,
    question: Question,
    *,
    seconds: int = TIME_LIMIT_SECONDS,
    tally: Tally | None = None,
) -> Iterator[bytes]:
    """The table as machine-readable CSV, written by the database itself: several times the speed of Python.

    Headings are the columns' stable names; moments are ISO 8601 with offset; durations are seconds.
    """
    tenant = question.tenant
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role, seconds=seconds):
        connection.execute("SELECT set_config('timezone', %s, true)", (question.period.zone,))
        compiled, _selections = prepared(connection, question)
        table = compiled.table
        columns = sql.SQL(", ").join(_machine_column(column) for column in table.columns)
        query = sql.SQL("COPY (SELECT {} FROM ({}) AS report) TO STDOUT WITH (FORMAT csv, HEADER)").format(
            columns, sql.SQL(table.sql)
        )
        cursor = connection.cursor()
        with cursor.copy(query, table.parameters) as copy:
            for block in copy:
                if tally is not None:
                    tally.add(0)
                yield bytes(block)
        if tally is not None:
            tally.add(cursor.rowcount)


def _machine_column(column: OutputColumn) -> sql.Composable:
    name = sql.Identifier(column.name)
    if column.unit in MOMENTS:
        return sql.SQL("""to_char({}, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') AS {}""").format(name, name)
    return name
