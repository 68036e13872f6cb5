"""From a declaration and a reader's choices to the statements that answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from reportgen.catalogue.parts import Column, Figure, Report, ThresholdFilter
from reportgen.compile.queries import Queries
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


def compile_report(
    report: Report,
    scope: Scope,
    selections: Sequence[Selection] = (),
    *,
    limit: int | None = None,
    offset: int = 0,
    use_rollup: bool | None = None,
) -> CompiledReport:
    """Makes the statements of a report.

    Args:
        scope: whose calls of which time: `Bound` for psycopg, `GrafanaMacros` for a Grafana panel.
        selections: what the reader filters on, from `read_selections`.
        limit: of the table's rows, at most so many after the first `offset`.
        use_rollup: True: wherever one can answer; False: never; None: where it saves time.

    Raises:
        MissingScopeError: there is no scope.
    """
    if scope is None:
        raise MissingScopeError
    return _compiled(report, scope, tuple(selections), limit, offset, use_rollup)


# A board asks the same of the same day again and again, and making statements takes longer than answering.
@lru_cache(maxsize=256)
def _compiled(
    report: Report,
    scope: Scope,
    selections: tuple[Selection, ...],
    limit: int | None,
    offset: int,
    use_rollup: bool | None,
) -> CompiledReport:
    source = find_source(report, selections, scope, use_rollup=use_rollup)
    queries = Queries(report, scope, source, _thresholds(selections))
    rows = queries.list_rows if report.is_list else queries.groups
    columns = report.columns if report.is_list else report.dimensions
    totals = None if report.is_list else _statement(scope, queries.figures(report.figures), report.figures)
    return CompiledReport(
        report,
        _statement(scope, queries.figures(report.summary), report.summary),
        totals,
        _statement(scope, rows(limit, offset), (*columns, *report.figures)),
        _leading(scope, rows(1, 0), report) if report.leading else None,
        source.rollup is not None,
    )


def _thresholds(selections: Sequence[Selection]) -> dict[str, int]:
    return {
        selection.filter.name: selection.values[-1]
        for selection in selections
        if isinstance(selection.filter, ThresholdFilter)
    }


def _statement(scope: Scope, query: Select[Any], shown: Sequence[Column | Figure]) -> Statement:
    sql, parameters = scope.text(query)
    return Statement(sql, parameters, tuple(_output(each) for each in shown))


def _leading(scope: Scope, first_row: Select[Any], report: Report) -> Statement:
    first = first_row.subquery("first_row")
    return _statement(scope, select(*(first.c[each.name] for each in report.leading)), report.leading)


def _output(each: Column | Figure) -> OutputColumn:
    return OutputColumn(each.name, each.title, each.unit, each.means, is_figure=not isinstance(each, Column))
