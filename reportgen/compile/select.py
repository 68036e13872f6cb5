"""The statements of a report: count and group first, join the names afterwards, divide at the very end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Numeric,
    Select,
    Subquery,
    and_,
    cast,
    func,
    literal_column,
    select,
    true,
)

from reportgen.catalogue.parts import (
    Column,
    Columns,
    Dimension,
    Figure,
    Lookup,
    PerRow,
    Ratio,
    Report,
    ThresholdFilter,
)
from reportgen.compile.scope import Scope
from reportgen.compile.selection import Selection
from reportgen.compile.source import ONE, ZERO, Source, added, find_source, key_of, measures_of
from reportgen.errors import MissingScopeError
from reportgen.units import NUMBER, PERCENT, Unit

COUNTED = "rows_counted"
AT_TIME = "at_time"


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
    selections = tuple(selections)
    source = find_source(report, selections, scope, use_rollup=use_rollup)
    build = _Build(report, scope, source, _thresholds(selections))
    table = build.list_rows(limit, offset) if report.is_list else build.groups(limit, offset)
    columns = report.columns if report.is_list else report.dimensions
    shown = tuple(_output(each) for each in columns) + tuple(_figure(each) for each in report.figures)
    return CompiledReport(
        report,
        _statement(scope, build.figures(report.summary), tuple(_figure(each) for each in report.summary)),
        None
        if report.is_list
        else _statement(
            scope, build.figures(report.figures), tuple(_figure(each) for each in report.figures)
        ),
        _statement(scope, table, shown),
        source.rollup is not None,
    )


def _thresholds(selections: Sequence[Selection]) -> dict[str, int]:
    return {
        selection.filter.name: selection.values[-1]
        for selection in selections
        if isinstance(selection.filter, ThresholdFilter)
    }


def _statement(scope: Scope, query: Select[Any], columns: tuple[OutputColumn, ...]) -> Statement:
    sql, parameters = scope.text(query)
    return Statement(sql, parameters, columns)


def _output(column: Column) -> OutputColumn:
    return OutputColumn(column.name, column.title, column.unit, column.means, is_figure=False)


def _figure(figure: Figure) -> OutputColumn:
    return OutputColumn(figure.name, figure.title, figure.unit, figure.means, is_figure=True)


@dataclass(frozen=True, slots=True)
class _Build:
    report: Report
    scope: Scope
    source: Source
    thresholds: Mapping[str, int]

    def figures(self, figures: Sequence[Figure]) -> Select[Any]:
        """One row of figures over everything."""
        facts = self._facts(figures, ())
        sums = select(*_sums(figures, facts)).subquery("sums")
        return select(*(_shown_figure(figure, sums) for figure in figures))

    def groups(self, limit: int | None, offset: int) -> Select[Any]:
        """One row per group."""
        report = self.report
        facts = self._facts(report.figures, report.dimensions)
        keys = {_key_name(dimension): facts.c[_key_name(dimension)] for dimension in report.dimensions}
        grouped = (
            select(
                *keys.values(),
                *_sums(report.figures, facts),
                *([func.max(facts.c[AT_TIME]).label(AT_TIME)] if AT_TIME in facts.c else []),
            )
            .group_by(*keys.values())
            .having(func.sum(facts.c[COUNTED]) > ZERO)
            .subquery("grouped")
        )
        rows, shown = _with_names(report.dimensions, grouped)
        query = select(*shown, *(_shown_figure(figure, grouped) for figure in report.figures)).select_from(
            rows
        )
        return _page(query.order_by(*_order(report.dimensions, shown, grouped)), limit, offset)

    def list_rows(self, limit: int | None, offset: int) -> Select[Any]:
        """Single rows in their one order; cut to the page before anything is joined on."""
        report, c = self.report, self.source.columns
        names = dict.fromkeys(
            (*report.subject.order, *(name for each in report.columns for name in _needs(each)))
        )
        assert self.source.at is not None
        facts = (
            select(*(c[name].label(name) for name in names), self.source.at.label(AT_TIME))
            .select_from(self.source.table)
            .where(*self.source.conditions)
            .order_by(*(c[name] for name in report.subject.order))
        )
        page = _page(facts, limit, offset).subquery("facts")
        rows, shown = _with_names(report.columns, page)
        return select(*shown).select_from(rows).order_by(*(page.c[name] for name in report.subject.order))

    def _facts(self, figures: Sequence[Figure], dimensions: Sequence[Dimension]) -> Subquery:
        """Per row of the source: the groups it belongs to, and what it adds to each measure.

        A sub-query of its own, so that the time zone's parameter stands in one expression that both the
        selection and the grouping refer to.
        """
        source, subject = self.source, self.report.subject
        keys = {_key_name(each): key_of(each, source, self.scope) for each in dimensions}
        amounts = {
            name: added(measure, source, subject, self.thresholds)
            for name, measure in measures_of(figures).items()
        }
        columns = [expression.label(name) for name, expression in (keys | amounts).items()]
        columns.append(subject.counts(source.columns).label(COUNTED))
        if any(isinstance(each.lookup, Lookup) and each.lookup.timed for each in dimensions):
            assert source.at is not None
            columns.append(source.at.label(AT_TIME))
        return select(*columns).select_from(source.table).where(*source.conditions).subquery("facts")


def _key_name(dimension: Dimension) -> str:
    return dimension.bucket or dimension.column


def _needs(column: Column) -> tuple[str, ...]:
    return column.lookup.needs if isinstance(column.lookup, PerRow) else (column.column,)


def _sums(figures: Sequence[Figure], facts: Subquery) -> list[ColumnElement[int]]:
    return [
        cast(func.coalesce(func.sum(facts.c[name]), ZERO), BigInteger).label(name)
        for name in measures_of(figures)
    ]


def _shown_figure(figure: Figure, sums: Subquery) -> ColumnElement[Any]:
    if not isinstance(figure, Ratio):
        return sums.c[figure.name]
    part, whole = cast(sums.c[figure.part.name], Numeric), func.nullif(sums.c[figure.whole.name], ZERO)
    if figure.unit is PERCENT:
        return func.round(literal_column("100") * part / whole, ONE).label(figure.name)
    return cast(func.round(part / whole), Integer).label(figure.name)


def _with_names(columns: Sequence[Column], rows: Subquery) -> tuple[FromClause, Sequence[ColumnElement[Any]]]:
    """Joins on the names that belong to the keys; every row stays, and stays one row."""
    joined: FromClause = rows
    aliases: dict[tuple[str, str], FromClause] = {}
    shown = []
    for column in columns:
        key = _key_name(column) if isinstance(column, Dimension) else column.column
        if column.lookup is None:
            shown.append(rows.c[key].label(column.name))
            continue
        place = (column.lookup.name, key)
        if place not in aliases:
            aliases[place], matches = _joined(column.lookup, key, rows)
            joined = joined.outerjoin(aliases[place], matches)
        shown.append(aliases[place].c[column.lookup.value].label(column.name))
    return joined, shown


def _joined(lookup: Lookup | PerRow, key: str, rows: Subquery) -> tuple[FromClause, ColumnElement[bool]]:
    name = f"{lookup.name}_of_{key}"
    if isinstance(lookup, PerRow):
        return lookup.query(Columns.of(rows)).lateral(name), true()
    names = lookup.source.alias(name)
    matches = names.c[lookup.key] == rows.c[key]
    if lookup.timed:
        matches = and_(matches, names.c.valid.op("@>", is_comparison=True)(rows.c[AT_TIME]))
    return names, matches


def _order(
    dimensions: Sequence[Dimension], shown: Sequence[ColumnElement[Any]], grouped: Subquery
) -> list[ColumnElement[Any]]:
    """By what is shown, then by the keys behind it; where nothing stands comes last."""
    order: list[ColumnElement[Any]] = []
    for dimension, column in zip(dimensions, shown, strict=True):
        value = column.element if hasattr(column, "element") else column
        if dimension.unit is NUMBER:
            order.append(func.length(value).nulls_last())
        order.append(value.nulls_last())
    return order + [
        grouped.c[_key_name(dimension)] for dimension in dimensions if dimension.lookup is not None
    ]


def _page(query: Select[Any], limit: int | None, offset: int) -> Select[Any]:
    return query if limit is None else query.limit(limit).offset(offset)
