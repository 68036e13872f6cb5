"""Runs compiled reports: as the report role, for one tenant, read only, within a time limit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import psycopg

from reportgen.catalogue.parts import NameFilter, Report
from reportgen.compile import (
    AS_DECLARED,
    Arrangement,
    Bound,
    CompiledReport,
    Drill,
    OutputColumn,
    Selection,
    Statement,
    Tenant,
    compile_report,
)
from reportgen.compile.choices import choices_of, names_among
from reportgen.compile.drill import key_of_row
from reportgen.compile.period import Period
from reportgen.compile.queries import keys_of
from reportgen.errors import InvalidFilterError, ReportTooLongError
from reportgen.further import Further
from reportgen.privacy.small_groups import without_few_users
from reportgen.texts import _
from store.connect import Connection, sentences
from store.errors import UnknownTenantError

TIME_LIMIT_SECONDS = 60
ROWS_AT_A_TIME = 2000
SORT_MEMORY = "64MB"
"""Of a whole report: with less, rows are sorted on disk."""

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
    arrangement: Arrangement = AS_DECLARED
    drill: Drill | None = None
    """Instead of the report, the rows that one of its figures is made of."""
    with_keys: bool = False
    """Whether each group tells its key, by which the rows behind its figures can be asked for."""


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
    row_count: int | None = None
    """How many rows the whole table has; None where all of them were asked for and the rows are a stream."""
    keys: tuple[Mapping[str, str | None], ...] = ()
    """Of each row of groups, where the question wants them."""

    @property
    def is_whole(self) -> bool:
        """Whether the table is as the report declares it: all rows in its own order, with all columns."""
        return self.question.limit is None and self.question.arrangement == AS_DECLARED

    @property
    def cut(self) -> bool:
        """Whether the table has more rows than were asked for."""
        limit, offset = self.question.limit, self.question.offset
        return (
            limit is not None
            and self.row_count is not None
            and (offset > 0 or self.row_count > offset + limit)
        )


@dataclass(slots=True)
class Tally:
    """How many rows of a report's table were given out."""

    rows: int = 0
    row_count: int | None = None
    """How many there are; None while that is not known."""

    def add(self, rows: int) -> None:
        self.rows += rows


@contextmanager
def as_tenant(
    connection: Connection,
    tenant_id: int,
    *,
    scope_id: int | None = None,
    role: str | None = None,
    seconds: int = TIME_LIMIT_SECONDS,
) -> Iterator[None]:
    """A transaction that reads this tenant's rows as they are at one moment, and nothing else.

    Args:
        scope_id: the part of the tenant that is read; None: all of it.
        role: of the reader: whether numbers are masked; None: as whoever sees least of them.

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
                    "set_config('gespreksrapportage.role', %s, true), "
                    "set_config('statement_timeout', %s, true)",
                    (
                        str(tenant_id),
                        "" if scope_id is None else str(scope_id),
                        role or "",
                        f"{seconds}s",
                    ),
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
        FewUsersError: the tenant shows no figures of so few users.
        ReportTooLongError: a statement took longer than `seconds`.
    """
    tenant, tally = question.tenant, tally or Tally()
    if question.drill is not None or question.offset:
        # Pictures and chapters stand with the first page of the report itself.
        question = replace(question, report=replace(question.report, charts=(), chapters=()))
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role, seconds=seconds):
        compiled, selections = prepared(connection, question)
        summary, summary_columns = _one(connection, compiled.summary), compiled.summary.columns
        if compiled.leading is not None:
            summary += _one(connection, compiled.leading)
            summary_columns += compiled.leading.columns
        rows: Iterable[Row]
        keys: tuple[Mapping[str, str | None], ...] = ()
        if question.report.is_list or question.drill is not None:
            tally.row_count = _count(connection, compiled, summary)
            rows = _stream(connection, compiled.table, tally)
        else:
            rows, keys = _all_at_once(connection, compiled, tally, question)
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
            tally.row_count,
            keys,
        )


def known_selections(connection: Connection, question: Question) -> tuple[Selection, ...]:
    """What a question filters on, with each name spelt as the tenant spells it.

    Raises:
        InvalidFilterError: the tenant has nothing of a name.
    """
    tenant = question.tenant
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role):
        return _known(connection, question.selections, Bound(tenant, question.period))


def summary(
    connection: Connection, question: Question, *, seconds: int = TIME_LIMIT_SECONDS
) -> dict[str, Any]:
    """The figures above a report's table alone, by name: what a tile shows.

    Raises:
        InvalidFilterError, FewUsersError, ReportTooLongError: as for `answer`.
    """
    scope = Bound(question.tenant, question.period)
    tenant = question.tenant
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role, seconds=seconds):
        selections = _known(connection, question.selections, scope)
        report = without_few_users(connection, question.report, selections)
        found = compile_report(report, scope, selections).summary
        row = _one(connection, found)
    return {column.name: value for column, value in zip(found.columns, row, strict=True)}


def choices(
    connection: Connection, report: Report, tenant: Tenant, period: Period
) -> dict[str, list[tuple[str, str]]]:
    """Per filter of a report what can be chosen: values with their labels."""
    scope = Bound(tenant, period)
    found = {}
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role):
        for name, filter_ in report.filters.items():
            statement = choices_of(filter_, scope)
            if statement is not None:
                rows = connection.execute(statement[0].encode(), statement[1]).fetchall()
                found[name] = [(value, label or "") for value, label in rows]
    return found


def prepared(connection: Connection, question: Question) -> tuple[CompiledReport, tuple[Selection, ...]]:
    """The statements, with the selections spelt as the tenant spells them; the transaction is prepared.

    Raises:
        InvalidFilterError: the tenant has nothing of a name that is filtered on.
        FewUsersError: the tenant shows no figures of so few users.
    """
    scope = Bound(question.tenant, question.period)
    selections = _known(connection, question.selections, scope)
    compiled = compile_report(
        without_few_users(connection, question.report, selections, drilled=question.drill is not None),
        scope,
        selections,
        arrangement=question.arrangement,
        drill=question.drill,
        with_keys=question.with_keys,
        with_count=True,
        limit=question.limit,
        offset=question.offset,
    )
    if compiled.in_bulk:
        _join_in_bulk(connection)
    return compiled, selections


def _join_in_bulk(connection: Connection) -> None:
    """For the rest of the transaction: a whole report joins many rows to many.

    Where the tables' statistics are missing or old, as after an import, the planner takes them for few and
    would go through the one for every row of the other.
    """
    connection.execute(
        "SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', %s, true)", (SORT_MEMORY,)
    )


def _one(connection: Connection, statement: Statement) -> Row:
    """Figures over everything are always one row; a table without rows has no first."""
    row = connection.execute(statement.sql.encode(), statement.parameters).fetchone()
    return row or (None,) * len(statement.columns)


def _count(connection: Connection, compiled: CompiledReport, summary: Row) -> int | None:
    """How many rows a list has; None where all of them are asked for."""
    if compiled.count is None:
        return None
    if compiled.counted_by is not None:
        return int(summary[compiled.counted_by])
    (rows,) = _one(connection, compiled.count)
    return int(rows)


def _all_at_once(
    connection: Connection, compiled: CompiledReport, tally: Tally, question: Question
) -> tuple[tuple[Row, ...], tuple[Mapping[str, str | None], ...]]:
    """Groups are few; without a cursor the database may count them with several processes."""
    statement = compiled.table
    rows = connection.execute(statement.sql.encode(), statement.parameters).fetchall()
    tally.add(len(rows))
    tally.row_count = len(rows)
    if compiled.count is not None:
        # After the last page no row is left to tell how many there are.
        (tally.row_count,) = rows[0][-1:] if rows else _one(connection, compiled.count)
    shown = len(statement.columns)
    if not question.with_keys:
        return tuple(row[:shown] for row in rows), ()
    names = [each.name for each in keys_of(question.arrangement.of(question.report).dimensions).values()]
    keys = (key_of_row(names, row[shown : shown + len(names)]) for row in rows)
    return tuple(row[:shown] for row in rows), tuple(keys)


def _stream(connection: Connection, statement: Statement, tally: Tally) -> Iterable[Row]:
    with connection.cursor(name="report") as cursor:
        cursor.itersize = ROWS_AT_A_TIME
        cursor.execute(statement.sql.encode(), statement.parameters)
        for row in cursor:
            tally.add(1)
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
