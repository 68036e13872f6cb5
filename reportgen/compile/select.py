"""From a declaration and a reader's choices to the statements that answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from reportgen.catalogue.parts import Column, Figure, Measure, Report
from reportgen.compile.arrangement import AS_DECLARED, Arrangement, columns_of
from reportgen.compile.drill import Drill, rows_behind
from reportgen.compile.queries import A_FEW_ROWS, Queries
from reportgen.compile.scope import Scope
from reportgen.compile.selection import Selection
from reportgen.compile.source import find_source
from reportgen.errors import MissingScopeError
from reportgen.units import Unit


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """One column of a statement's result."""

    name: str
    """Stable: the key in JSON and the heading in machine-readable CSV."""
    title: str
    """English source of the heading."""
    unit: Unit
    means: str
    """English source of the definition; empty when the title says it all."""
    is_figure: bool
    """Counted, so that it has a total."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One query with what it gives."""

    sql: str
    """With %(name)s for psycopg; for Grafana with its macros, and no parameters."""
    parameters: dict[str, Any]
    columns: tuple[OutputColumn, ...]


@dataclass(frozen=True, slots=True)
class CompiledReport:
    """Everything that is asked of the database for one report."""

    report: Report
    summary: Statement
    """One row: the figures above the table."""
    totals: Statement | None
    """One row: the table's figures over everything; None for a list."""
    table: Statement
    leading: Statement | None
    """At most one row: what the summary says of the table's first; None when it says nothing of it."""
    uses_rollup: bool
    count: Statement | None = None
    """One row: how many rows the table has; only when it is asked for a part of them."""
    counted_by: int | None = None
    """Place of the figure in the summary that is that number already."""
    in_bulk: bool = True
    """Whether names are joined on to all rows, and not only to those of one page."""


def compile_report(
    report: Report,
    scope: Scope,
    selections: Sequence[Selection] = (),
    *,
    arrangement: Arrangement = AS_DECLARED,
    drill: Drill | None = None,
    with_keys: bool = False,
    with_count: bool = False,
    limit: int | None = None,
    offset: int = 0,
    use_rollup: bool | None = None,
) -> CompiledReport:
    """Makes the statements of a report.

    Args:
        scope: whose calls of which time: `Bound` for psycopg, `GrafanaMacros` for a Grafana panel.
        selections: what the reader filters on, from `read_selections`.
        arrangement: the columns and the order of the table.
        drill: instead of the report, the rows that one of its figures is made of.
        with_keys: each group has its key behind what is shown.
        with_count: each group has the number of groups behind that, when a part of them is asked for.
        limit: of the table's rows, at most so many after the first `offset`.
        use_rollup: True: wherever one can answer; False: never; None: where it saves time.

    Raises:
        MissingScopeError: there is no scope.
    """
    if scope is None:
        raise MissingScopeError
    with_count = with_count and limit is not None
    wanted = _Wanted(
        report, tuple(selections), arrangement, drill, with_keys, with_count, limit, offset, use_rollup
    )
    return _compiled(wanted, scope)


@dataclass(frozen=True, slots=True)
class _Wanted:
    report: Report
    selections: tuple[Selection, ...]
    arrangement: Arrangement
    drill: Drill | None
    with_keys: bool
    with_count: bool
    limit: int | None
    offset: int
    use_rollup: bool | None


# A board asks the same of the same day again and again, and making statements takes longer than answering.
@lru_cache(maxsize=256)
def _compiled(wanted: _Wanted, scope: Scope) -> CompiledReport:
    if wanted.drill is not None:
        return _behind(wanted, wanted.drill, scope)
    declared, selections = wanted.report, wanted.selections
    report = wanted.arrangement.of(declared)
    source = find_source(report, selections, scope, use_rollup=wanted.use_rollup)
    queries = Queries(report, scope, source, wanted.arrangement.sort)
    return CompiledReport(
        declared,
        _figures(queries, report.summary, wanted),
        None if report.is_list else _figures(queries, report.figures, wanted),
        _table(queries, wanted),
        _leading(wanted, scope) if report.leading else None,
        source.rollup is not None,
        _count(queries, wanted),
        _counted_by(queries),
        _is_bulk(queries, wanted),
    )


def _figures(queries: Queries, figures: Sequence[Figure], wanted: _Wanted) -> Statement:
    """Figures over everything: sums may answer them where they cannot answer the table."""
    report, scope = queries.report, queries.scope
    if queries.source.rollup is not None:
        # The same sums: others of the same calls may be made a moment earlier or later.
        return _statement(scope, queries.figures(figures), figures)
    alone = replace(report, columns=(), dimensions=(), figures=(), summary=tuple(figures))
    source = find_source(alone, wanted.selections, scope, use_rollup=wanted.use_rollup)
    return _statement(scope, Queries(alone, scope, source).figures(figures), figures)


def _behind(wanted: _Wanted, drill: Drill, scope: Scope) -> CompiledReport:
    """The rows that a figure is made of; the figure itself is the summary."""
    behind = rows_behind(wanted.report, drill, wanted.selections, scope)
    report = wanted.arrangement.of(behind.report)
    queries = replace(behind.queries, report=report, sort=wanted.arrangement.sort)
    return CompiledReport(
        wanted.report,
        _statement(scope, behind.figure, behind.figure_columns),
        None,
        _table(queries, wanted),
        None,
        uses_rollup=False,
        count=_count(queries, wanted),
        in_bulk=_is_bulk(queries, wanted),
    )


def _table(queries: Queries, wanted: _Wanted) -> Statement:
    report = queries.report
    rows = (
        queries.list_rows(wanted.limit, wanted.offset)
        if report.is_list
        else queries.groups(
            wanted.limit, wanted.offset, with_keys=wanted.with_keys, with_count=wanted.with_count
        )
    )
    return _statement(queries.scope, rows, columns_of(report))


def _count(queries: Queries, wanted: _Wanted) -> Statement | None:
    if wanted.limit is None:
        return None
    sql, parameters = queries.scope.text(queries.count())
    return Statement(sql, parameters, ())


def _counted_by(queries: Queries) -> int | None:
    """Of a list whose rows each count as one in a figure above it, that figure's place."""
    report, columns = queries.report, queries.source.columns
    counts = report.subject.counts(columns)
    if not report.is_list:
        return None
    sums = (
        (place, figure.adds)
        for place, figure in enumerate(report.summary)
        if isinstance(figure, Measure) and figure.how == "sum" and figure.direction is None
    )
    return next((place for place, adds in sums if columns.get(adds) is counts), None)


def _is_bulk(queries: Queries, wanted: _Wanted) -> bool:
    return wanted.limit is None or wanted.limit > A_FEW_ROWS or queries.sorts_by_names


def _statement(scope: Scope, query: Select[Any], shown: Sequence[Column | Figure]) -> Statement:
    sql, parameters = scope.text(query)
    return Statement(sql, parameters, tuple(_output(each) for each in shown))


def _leading(wanted: _Wanted, scope: Scope) -> Statement:
    """Of the first row in the report's own order, whatever the reader chose."""
    report = wanted.report
    source = find_source(report, wanted.selections, scope, use_rollup=wanted.use_rollup)
    queries = Queries(report, scope, source)
    first = (queries.list_rows if report.is_list else queries.groups)(1, 0).subquery("first_row")
    return _statement(scope, select(*(first.c[each.name] for each in report.leading)), report.leading)


def _output(each: Column | Figure) -> OutputColumn:
    return OutputColumn(each.name, each.title, each.unit, each.means, is_figure=not isinstance(each, Column))
