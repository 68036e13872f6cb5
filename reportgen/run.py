"""Runs compiled reports: as the report role, for one tenant, read only, within a time limit."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql

from reportgen.catalogue.parts import NameFilter, Report
from reportgen.compile import Bound, OutputColumn, Selection, Statement, Tenant, compile_report
from reportgen.compile.choices import choices_of, names_among
from reportgen.compile.period import Period
from reportgen.errors import InvalidFilterError, ReportTooLongError
from reportgen.further import Further
from reportgen.texts import _
from reportgen.units import MOMENTS
from store.connect import Connection, sentences
from store.errors import UnknownTenantError

TIME_LIMIT_SECONDS = 60
ROWS_AT_A_TIME = 2000

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody listened to a PBX, and nothing filled it afterwards."""

    began_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to know."""

    report: Report
    tenant: Tenant
    period: Period
    selections: tuple[Selection, ...] = ()
    limit: int | None = None
    """Of the table, at most so many rows after the first `offset`."""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """The answer: all of one moment. The `rows` of a list can be read once, while the connection is open."""

    question: Question
    summary_columns: tuple[OutputColumn, ...]
    summary: Row
    columns: tuple[OutputColumn, ...]
    totals: Row | None
    """Of the columns that are figures; None for a list."""
    rows: Iterable[Row]
    """Of a list a stream; of groups a tuple."""
    made_at: datetime
    made_by: str
    data_up_to: datetime | None
    """Until when every PBX's events are in; None when no PBX was ever heard."""
    gaps: tuple[Gap, ...]
    further: Further
    """Asks what belongs to the report beside its table; while the connection is open."""


@dataclass(slots=True)
class Tally:
    """How many rows of a report's table were given out."""

    rows: int = 0


@contextmanager
def as_tenant(
    connection: Connection,
    tenant_id: int,
    *,
    scope_id: int | None = None,
    seconds: int = TIME_LIMIT_SECONDS,
) -> Iterator[None]:
    """A transaction that reads this tenant's rows as they are at one moment, and nothing else.

    Args:
        scope_id: the part of the tenant that is read; None: all of it.

    Raises:
        ReportTooLongError: a statement took longer than `seconds`.
        DatabaseUnavailableError: the connection was lost.
    """
    with sentences():
        try:
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                connection.execute(
                    "SELECT set_config('gespreksrapportage.tenant', %s, true), "
                    "set_config('gespreksrapportage.scope', %s, true), "
                    "set_config('statement_timeout', %s, true)",
                    (str(tenant_id), "" if scope_id is None else str(scope_id), f"{seconds}s"),
                )
                yield
        except psycopg.errors.QueryCanceled as error:
            raise ReportTooLongError(seconds) from error


def find_tenant(connection: Connection, slug: str) -> Tenant:
    """Raises UnknownTenantError when there is none of that name."""
    with sentences():
        row = connection.execute("SELECT report.tenant_of_slug(%s)", (slug,)).fetchone()
        connection.rollback()
    if row is None or row[0] is None:
        raise UnknownTenantError(slug)
    return load_tenant(connection, row[0])


def load_tenant(connection: Connection, tenant_id: int) -> Tenant:
    with as_tenant(connection, tenant_id):
        row = connection.execute(
            "SELECT tenant_id, slug, name, time_zone, language, region, NULL, colour, gos_target_percent "
            "FROM report.tenant"
        ).fetchone()
    if row is None:
        raise UnknownTenantError(str(tenant_id))
    return Tenant(*row)


@contextmanager
def answer(
    connection: Connection,
    question: Question,
    *,
    now: datetime,
    made_by: str,
    seconds: int = TIME_LIMIT_SECONDS,
    tally: Tally | None = None,
) -> Iterator[Result]:
    """Runs a report; its rows stream while the context is open.

    Args:
        now: printed as the moment at which the report was made.
        seconds: the longest that any of its statements may take.
        tally: counts the rows as they are given out.

    Raises:
        InvalidFilterError: the tenant has nothing of a name that is filtered on.
        ReportTooLongError: a statement took longer than `seconds`.
    """
    scope = Bound(question.tenant, question.period)
    tenant = question.tenant
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, seconds=seconds):
        selections = _known(connection, question.selections, scope)
        if question.limit is None:
            _join_in_bulk(connection)
        compiled = compile_report(
            question.report, scope, selections, limit=question.limit, offset=question.offset
        )
        summary, summary_columns = _one(connection, compiled.summary), compiled.summary.columns
        if compiled.leading is not None:
            summary += _one(connection, compiled.leading)
            summary_columns += compiled.leading.columns
        read = _stream if question.report.is_list else _all_at_once
        rows = read(connection, compiled.table, tally or Tally())
        totals = None if compiled.totals is None else _one(connection, compiled.totals)
        yield Result(
            question,
            summary_columns,
            summary,
            compiled.table.columns,
            totals,
            rows,
            now.astimezone(UTC),
            made_by,
            _data_up_to(connection),
            _gaps(connection, question.period),
            Further(connection, tenant, question.period, selections),
        )


def known_selections(connection: Connection, question: Question) -> tuple[Selection, ...]:
    """What a question filters on, with each name spelt as the tenant spells it.

    Raises:
        InvalidFilterError: the tenant has nothing of a name.
    """
    tenant = question.tenant
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id):
        return _known(connection, question.selections, Bound(tenant, question.period))


def summary(
    connection: Connection, question: Question, *, seconds: int = TIME_LIMIT_SECONDS
) -> dict[str, Any]:
    """The figures above a report's table alone, by name: what a tile shows.

    Raises:
        InvalidFilterError, ReportTooLongError: as for `answer`.
    """
    scope = Bound(question.tenant, question.period)
    tenant = question.tenant
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, seconds=seconds):
        selections = _known(connection, question.selections, scope)
        found = compile_report(question.report, scope, selections).summary
        row = _one(connection, found)
    return {column.name: value for column, value in zip(found.columns, row, strict=True)}


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
    scope = Bound(question.tenant, question.period)
    tenant = question.tenant
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, seconds=seconds):
        connection.execute("SELECT set_config('timezone', %s, true)", (question.period.zone,))
        selections = _known(connection, question.selections, scope)
        if question.limit is None:
            _join_in_bulk(connection)
        table = compile_report(
            question.report, scope, selections, limit=question.limit, offset=question.offset
        ).table
        columns = sql.SQL(", ").join(_machine_column(column) for column in table.columns)
        query = sql.SQL("COPY (SELECT {} FROM ({}) AS report) TO STDOUT WITH (FORMAT csv, HEADER)").format(
            columns, sql.SQL(table.sql)
        )
        cursor = connection.cursor()
        with cursor.copy(query, table.parameters) as copy:
            for block in copy:
                yield bytes(block)
        if tally is not None:
            tally.rows = cursor.rowcount


def choices(
    connection: Connection, report: Report, tenant: Tenant, period: Period
) -> dict[str, list[tuple[str, str]]]:
    """Per filter of a report what can be chosen: values with their labels."""
    scope = Bound(tenant, period)
    found = {}
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id):
        for name, filter_ in report.filters.items():
            statement = choices_of(filter_, scope)
            if statement is not None:
                rows = connection.execute(statement[0].encode(), statement[1]).fetchall()
                found[name] = [(value, label or "") for value, label in rows]
    return found


def _join_in_bulk(connection: Connection) -> None:
    """For the rest of the transaction: a whole report joins many rows to many.

    Where the tables' statistics are missing or old, as after an import, the planner takes them for few and
    would go through the one for every row of the other.
    """
    connection.execute("SELECT set_config('enable_nestloop', 'off', true)")


def _machine_column(column: OutputColumn) -> sql.Composable:
    name = sql.Identifier(column.name)
    if column.unit in MOMENTS:
        return sql.SQL("""to_char({}, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') AS {}""").format(name, name)
    return name


def _one(connection: Connection, statement: Statement) -> Row:
    """Figures over everything are always one row; a table without rows has no first."""
    row = connection.execute(statement.sql.encode(), statement.parameters).fetchone()
    return row or (None,) * len(statement.columns)


def _all_at_once(connection: Connection, statement: Statement, tally: Tally) -> tuple[Row, ...]:
    """Groups are few; without a cursor the database may count them with several processes."""
    rows = tuple(connection.execute(statement.sql.encode(), statement.parameters).fetchall())
    tally.rows += len(rows)
    return rows


def _stream(connection: Connection, statement: Statement, tally: Tally) -> Iterable[Row]:
    with connection.cursor(name="report") as cursor:
        cursor.itersize = ROWS_AT_A_TIME
        cursor.execute(statement.sql.encode(), statement.parameters)
        for row in cursor:
            tally.rows += 1
            yield row


def _known(connection: Connection, selections: Sequence[Selection], scope: Bound) -> tuple[Selection, ...]:
    """The selections, with each name spelt as the tenant spells it."""
    return tuple(
        Selection(selection.filter, _spelt(connection, selection.filter, selection.values, scope))
        if isinstance(selection.filter, NameFilter)
        else selection
        for selection in selections
    )


def _spelt(
    connection: Connection, filter_: NameFilter, values: tuple[str, ...], scope: Bound
) -> tuple[str, ...]:
    query, parameters = names_among(filter_, values, scope)
    spelling: dict[str, str] = {}
    for name, code in connection.execute(query.encode(), parameters).fetchall():
        if code is not None:
            spelling.setdefault(code.casefold(), code)
        spelling[name.casefold()] = name
    for value in values:
        if value.casefold() not in spelling:
            raise InvalidFilterError(
                _('The filter "{name}" knows no "{value}".'), name=filter_.name, value=value
            )
    return tuple(spelling[value.casefold()] for value in values)


def _data_up_to(connection: Connection) -> datetime | None:
    row = connection.execute(
        "SELECT min(CASE WHEN connected THEN updated_at ELSE changed_at END) FROM report.live_pbx"
    ).fetchone()
    return row[0] if row else None


def _gaps(connection: Connection, period: Period) -> tuple[Gap, ...]:
    rows = connection.execute(
        """
        SELECT began_at, ended_at, reason FROM report.pbx_gap
        WHERE filled_at IS NULL AND began_at < %s AND (ended_at IS NULL OR ended_at > %s)
        ORDER BY began_at
        """,
        (period.end, period.start),
    ).fetchall()
    return tuple(Gap(*row) for row in rows)
