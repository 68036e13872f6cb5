"""The SELECTs of a report: count and group first, join the names afterwards, divide at the very end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Label,
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
    Beside,
    Column,
    Columns,
    Dimension,
    Figure,
    Gathered,
    Lookup,
    Measure,
    Order,
    Report,
    Running,
    Terms,
)
from reportgen.compile.scope import Scope
from reportgen.compile.source import ONE, ZERO, Source, added, key_of, measures_of
from reportgen.units import NUMBER, PERCENT, Unit

COUNTED = "rows_counted"
AT_TIME = "at_time"
A_FEW_ROWS = 1000
"""Up to so many, names are looked up row by row; for more they are joined in bulk."""


@dataclass(frozen=True, slots=True)
class Queries:
    """The SELECTs of one report."""

    report: Report
    scope: Scope
    source: Source
    sort: tuple[Order, ...] = ()
    """By what is shown; goes before the report's own order."""

    def figures(self, figures: Sequence[Figure]) -> Select[Any]:
        """One row of figures over everything."""
        facts = self._facts(figures, ())
        sums = select(*_sums(figures, facts)).subquery("sums")
        return select(*(_shown_figure(figure, sums) for figure in figures))

    def groups(
        self, limit: int | None, offset: int, *, with_keys: bool = False, with_count: bool = False
    ) -> Select[Any]:
        """One row per group.

        Args:
            with_keys: behind what is shown, each row has what tells its group from the others.
            with_count: behind that, how many groups there are.
        """
        report, grouped = self.report, self._grouped()
        rows, names = _with_names(report.dimensions, grouped)
        own_order = _order(report, names, grouped)
        figures = [_shown_figure(figure, grouped, own_order) for figure in report.figures]
        shown = dict(zip(_names(report), (*names, *figures), strict=True))
        order = [
            term for each in self.sort for term in _sorted(each, _unit(report, each.name), shown[each.name])
        ]
        keys = [grouped.c[key].label(f"key_of_{key}") for key in keys_of(report.dimensions)]
        count = [func.count().over().label("groups")] if with_count else []
        query = select(*shown.values(), *(keys if with_keys else ()), *count).select_from(rows)
        return _page(query.order_by(*order, *own_order), limit, offset)

    def list_rows(self, limit: int | None, offset: int) -> Select[Any]:
        """Single rows in their one order; cut to the page before anything is joined on, where that can be."""
        report, c = self.report, self.source.columns
        chosen = {column.name: column for column in report.columns}
        in_turn = [Order(chosen[each.name].column, each.falling) for each in self.sort]
        units = [chosen[each.name].unit for each in self.sort]
        order = (*report.order, *(Order(name) for name in report.subject.order))
        names = dict.fromkeys(
            (*(each.name for each in order), *(name for column in report.columns for name in _needs(column)))
        )
        assert self.source.at is not None
        facts = (
            select(*(c[name].label(name) for name in names), self.source.at.label(AT_TIME))
            .select_from(self.source.table)
            .where(*self.source.conditions)
        )
        cut_first = not self.sorts_by_names
        if cut_first and limit is not None:
            sorted_by = [
                term
                for each, unit in zip(in_turn, units, strict=True)
                for term in _sorted(each, unit, c[each.name])
            ]
            facts = _page(
                facts.order_by(*sorted_by, *(_ordered(each, c[each.name]) for each in order)), limit, offset
            )
        page = facts.subquery("facts")
        few = cut_first and limit is not None and limit <= A_FEW_ROWS
        rows, columns = _with_names(report.columns, page, None if few else self.scope)
        shown = dict(zip(_names(report), columns, strict=True))
        sorted_by = [
            term for each in self.sort for term in _sorted(each, chosen[each.name].unit, shown[each.name])
        ]
        query = (
            select(*columns)
            .select_from(rows)
            .order_by(*sorted_by, *(_ordered(each, page.c[each.name]) for each in order))
        )
        return query if cut_first else _page(query, limit, offset)

    @property
    def sorts_by_names(self) -> bool:
        """Whether what stands elsewhere must be joined on to all single rows before they are in order."""
        looked_up = {column.name for column in self.report.columns if column.lookup is not None}
        return any(each.name in looked_up for each in self.sort)

    def count(self) -> Select[Any]:
        """How many rows the table has."""
        if self.report.is_list:
            return (
                select(func.count().label("count"))
                .select_from(self.source.table)
                .where(*self.source.conditions)
            )
        return select(func.count().label("count")).select_from(self._grouped())

    def _grouped(self) -> Subquery:
        """The groups, with what is added up in each."""
        report = self.report
        facts = self._facts(report.figures, report.dimensions)
        keys = [facts.c[key] for key in keys_of(report.dimensions)]
        return (
            select(
                *keys,
                *_sums(report.figures, facts),
                *([func.max(facts.c[AT_TIME]).label(AT_TIME)] if AT_TIME in facts.c else []),
            )
            .group_by(*keys)
            .having(func.sum(facts.c[COUNTED]) > ZERO)
            .subquery("grouped")
        )

    def _facts(self, figures: Sequence[Figure], dimensions: Sequence[Dimension]) -> Subquery:
        """Per row of the source: the groups it belongs to, and what it adds to each measure.

        A sub-query of its own, so that the time zone's parameter stands in one expression that both the
        selection and the grouping refer to.
        """
        source, subject = self.source, self.report.subject
        keys = {_key_name(each): key_of(each, source, self.scope) for each in dimensions}
        amounts = {name: added(measure, source) for name, measure in measures_of(figures).items()}
        columns = [expression.label(name) for name, expression in (keys | amounts).items()]
        columns.append(subject.counts(source.columns).label(COUNTED))
        if any(isinstance(each.lookup, Lookup) and each.lookup.timed for each in dimensions):
            assert source.last is not None
            columns.append(source.last.label(AT_TIME))
        return select(*columns).select_from(source.table).where(*source.conditions).subquery("facts")


def _key_name(dimension: Dimension) -> str:
    return dimension.bucket or dimension.column


def keys_of(dimensions: Sequence[Dimension]) -> dict[str, Dimension]:
    """What tells one group from another, with the first of the dimensions that show something of it."""
    keys: dict[str, Dimension] = {}
    for dimension in dimensions:
        keys.setdefault(_key_name(dimension), dimension)
    return keys


def _names(report: Report) -> list[str]:
    return [each.name for each in (*report.columns, *report.dimensions, *report.figures)]


def _unit(report: Report, name: str) -> Unit:
    return next(each.unit for each in (*report.dimensions, *report.figures) if each.name == name)


def _needs(column: Column) -> tuple[str, ...]:
    return column.lookup.keys if isinstance(column.lookup, Gathered | Beside) else (column.column,)


def _sums(figures: Sequence[Figure], facts: Subquery) -> list[ColumnElement[Any]]:
    return [_aggregated(measure, facts.c[name]).label(name) for name, measure in measures_of(figures).items()]


def _aggregated(measure: Measure, column: ColumnElement[Any]) -> ColumnElement[Any]:
    match measure.how:
        case "smallest":
            return func.min(column)
        case "largest":
            return func.max(column)
        case "median":
            return func.percentile_disc(literal_column("0.5")).within_group(column)
        case "percentile_90":
            return func.percentile_disc(literal_column("0.9")).within_group(column)
        case "distinct":
            return func.count(column.distinct())
    return cast(func.coalesce(func.sum(column), ZERO), BigInteger)


def _shown_figure(
    figure: Figure, sums: Subquery, order: Sequence[ColumnElement[Any]] = ()
) -> ColumnElement[Any]:
    if isinstance(figure, Measure):
        return sums.c[figure.name]
    if isinstance(figure, Running):
        part = cast(sums.c[figure.part.name], Numeric)
        reached, everything = (
            (func.sum(part).over(order_by=order), func.sum(part).over()) if order else (part, part)
        )
        return func.round(literal_column("100") * reached / func.nullif(everything, ZERO), ONE).label(
            figure.name
        )
    part, whole = cast(sums.c[figure.part.name], Numeric), func.nullif(sums.c[figure.whole.name], ZERO)
    if figure.unit is PERCENT:
        return func.round(literal_column("100") * part / whole, ONE).label(figure.name)
    return cast(func.round(part / whole), Integer).label(figure.name)


def _with_names(
    columns: Sequence[Column], rows: Subquery, terms: Terms | None = None
) -> tuple[FromClause, Sequence[ColumnElement[Any]]]:
    """Joins on the names that belong to the keys; every row stays, and stays one row.

    What is gathered from other rows is looked up row by row on a page of few; of many rows it is gathered for
    the whole period at once (`terms`).
    """
    joined: FromClause = rows
    aliases: dict[tuple[str, str], FromClause] = {}
    shown = []
    matches: ColumnElement[bool]
    for column in columns:
        key = _key_name(column) if isinstance(column, Dimension) else column.column
        if column.lookup is None:
            shown.append(_shown_key(column, rows.c[key]).label(column.name))
            continue
        place = (column.lookup.name, key)
        if place not in aliases:
            name = f"{column.lookup.name}_of_{key}"
            if isinstance(column.lookup, Beside):
                aliases[place], matches = column.lookup.query(Columns.of(rows)).lateral(name), true()
            elif isinstance(column.lookup, Gathered):
                aliases[place], matches = _gathered(column.lookup, name, rows, terms)
            else:
                aliases[place], matches = _looked_up(column.lookup, name, key, rows)
            joined = joined.outerjoin(aliases[place], matches)
        shown.append(aliases[place].c[column.lookup.value].label(column.name))
    return joined, shown


def _shown_key(column: Column, key: ColumnElement[Any]) -> ColumnElement[Any]:
    return column.shown(key) if isinstance(column, Dimension) and column.shown is not None else key


def _looked_up(lookup: Lookup, name: str, key: str, rows: Subquery) -> tuple[FromClause, ColumnElement[bool]]:
    names = lookup.source.alias(name)
    matches = names.c[lookup.key] == rows.c[key]
    if lookup.timed:
        matches = and_(matches, names.c.valid.op("@>", is_comparison=True)(rows.c[AT_TIME]))
    return names, matches


def _gathered(
    gathered: Gathered, name: str, rows: Subquery, terms: Terms | None
) -> tuple[FromClause, ColumnElement[bool]]:
    source, keys = gathered.source.c, gathered.keys
    if terms is None:
        of_row = gathered.query.where(*(source[key] == rows.c[key] for key in keys))
        # With a limit it is looked up for the rows of the page, and not joined to all rows there are.
        return (of_row.limit(ONE) if gathered.one_each else of_row).lateral(name), true()
    of_keys = [source[key] for key in keys]
    found_rows = gathered.query.add_columns(*of_keys).where(terms.in_period(source[gathered.time]))
    found = (found_rows if gathered.one_each else found_rows.group_by(*of_keys)).subquery(name)
    return found, and_(*(found.c[key] == rows.c[key] for key in keys))


def _order(
    report: Report, shown: Sequence[ColumnElement[Any]], grouped: Subquery
) -> list[ColumnElement[Any]]:
    """By what is shown, then by the keys behind it; where nothing stands comes last."""
    order: list[ColumnElement[Any]] = [_ordered(each, grouped.c[each.name]) for each in report.order]
    for dimension, column in zip(report.dimensions, shown, strict=True):
        value = column.element if hasattr(column, "element") else column
        if dimension.unit is NUMBER:
            order.append(func.length(value).nulls_last())
        order.append(value.nulls_last())
    return order + [
        grouped.c[_key_name(dimension)]
        for dimension in report.dimensions
        if dimension.lookup is not None or dimension.shown is not None
    ]


def _sorted(order: Order, unit: Unit, shown: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """The terms that put rows in order by what is shown; where nothing stands comes last either way."""
    value = shown.element if isinstance(shown, Label) else shown
    terms = [func.length(value), value] if unit is NUMBER else [value]
    return [(term.desc() if order.falling else term.asc()).nulls_last() for term in terms]


def _ordered(order: Order, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column.desc().nulls_last() if order.falling else column


def _page(query: Select[Any], limit: int | None, offset: int) -> Select[Any]:
    return query if limit is None else query.limit(limit).offset(offset)
