"""From a figure to exactly the rows that it is made of."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, and_, cast, literal, or_

from reportgen.catalogue.parts import (
    Column,
    Columns,
    Dimension,
    Figure,
    Measure,
    Order,
    Ratio,
    Report,
    Running,
)
from reportgen.compile.period import FIRST_YEAR, LAST_YEAR
from reportgen.compile.queries import Queries, keys_of
from reportgen.compile.scope import MOMENT, Scope
from reportgen.compile.selection import Selection, can_be_sent
from reportgen.compile.source import ZERO, Source, added, find_source, key_of
from reportgen.errors import InvalidDrillError
from reportgen.texts import _
from reportgen.units import COUNT, DATE_TIME, TEXT

LONGEST_STRETCH = {
    "half_hour": timedelta(hours=1),
    "hour": timedelta(hours=2),
    "day": timedelta(days=2),
    "month": timedelta(days=32),
}
"""No interval of a kind is longer, so that only the rows near it need be looked at."""


@dataclass(frozen=True, slots=True)
class Drill:
    """A figure of a report: of one group of the table, or over everything."""

    figure: str
    key: tuple[tuple[str, str | None], ...] = ()
    """What tells the group from the others: names of dimensions with values; moments in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What is asked for the rows behind a figure."""

    report: Report
    """A list of those rows."""
    queries: Queries
    figure: Select[Any]
    """One row: the names of the group, and the figure."""
    figure_columns: tuple[Column | Figure, ...]


def read_drill(report: Report, figure: str, key: str = "") -> Drill:
    """Checks what was asked for.

    Args:
        key: of a group, as `write_key` gave it.

    Raises:
        InvalidDrillError: the report has no such figure, or the key is none of its groups'.
    """
    _find(report, figure)
    if not key:
        return Drill(figure)
    try:
        given = json.loads(key)
    except (ValueError, RecursionError):
        given = None
    keys = {dimension.name: dimension for dimension in keys_of(report.dimensions).values()}
    if not isinstance(given, dict) or not all(
        name in keys and _is_key(keys[name], value) for name, value in given.items()
    ):
        raise InvalidDrillError(_("The group of the figure cannot be read; open the figure from its report."))
    return Drill(figure, tuple(given.items()))


def write_key(key: Mapping[str, str | None]) -> str:
    """The key of a group as text, for an address."""
    return json.dumps(key, separators=(",", ":"), ensure_ascii=False)


def key_of_row(names: Sequence[str], values: Sequence[Any]) -> dict[str, str | None]:
    """What tells a group from the others, as text."""
    return {name: _text(value) for name, value in zip(names, values, strict=True)}


def _text(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return None if value is None else str(value)


def _is_key(dimension: Dimension, value: object) -> bool:
    if value is None:
        return dimension.bucket is None
    if not isinstance(value, str) or not can_be_sent(value):
        return False
    if dimension.bucket is None:
        return True
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    # In UTC the first day of all begins in the year before.
    return moment.tzinfo is not None and FIRST_YEAR - 1 <= moment.year <= LAST_YEAR


def _find(report: Report, name: str) -> Figure:
    figures = {figure.name: figure for figure in (*report.summary, *report.figures)}
    if name not in figures:
        raise InvalidDrillError(
            _('This report has no figure "{name}"; choose from: {known}.'),
            name=name,
            known=", ".join(figures),
        )
    return figures[name]


def rows_behind(
    report: Report,
    drill: Drill,
    selections: tuple[Selection, ...],
    scope: Scope,
) -> Behind:
    """The rows themselves, never their sums: those that add something to the figure."""
    figure = _find(report, drill.figure)
    source = _of_group(find_source(report, selections, scope, use_rollup=False), report, drill, figure, scope)
    names = _names(report, figure)
    amounts = {name: added(measure, source) for measure, name in names.items()}
    columns = Columns(source.columns | amounts)
    adding = or_(*(_adds(measure, amounts[name]) for measure, name in names.items()))
    listed = replace(source, columns=columns, conditions=(*source.conditions, adding))
    behind = details_of(report, drill.figure)
    figure_query, figure_columns = _figure(report, drill, figure, Queries(report, scope, source))
    return Behind(behind, Queries(behind, scope, listed), figure_query, figure_columns)


def details_of(report: Report, figure_name: str) -> Report:
    """A list of the rows behind a figure: what is told of each, and what it adds where not just one."""
    names = _names(report, _find(report, figure_name))
    adds = (
        Column(name, measure.title, TEXT if measure.how == "distinct" else measure.unit, name)
        for measure, name in names.items()
        if len(names) > 1 or not (measure.unit is COUNT and measure.how == "sum")
    )
    return replace(
        report,
        columns=(*lines_of(report), *adds),
        dimensions=(),
        figures=(),
        charts=(),
        chapters=(),
        leading=(),
        order=_order(names),
    )


def lines_of(report: Report) -> tuple[Column, ...]:
    """What is told of each row behind a figure."""
    subject = report.subject
    if report.is_list:
        return report.columns
    if subject.lines:
        return subject.lines
    moment = Column("at", _("Date/time"), DATE_TIME, subject.time)
    return (moment, *(each for each in report.dimensions if each.bucket is None))


def _measures(figure: Figure) -> tuple[Measure, ...]:
    match figure:
        case Ratio(part=part, whole=whole):
            return (part, whole)
        case Running(part=part):
            return (part,)
        case Measure():
            return (figure,)


def _names(report: Report, figure: Figure) -> dict[Measure, str]:
    """What each row adds to the figure, under names that no column has."""
    taken = {name for line in lines_of(report) for name in (line.name, line.column)}
    return {
        measure: measure.name if measure.name not in taken else f"{measure.name}_counted"
        for measure in _measures(figure)
    }


def _adds(measure: Measure, amount: ColumnElement[Any]) -> ColumnElement[bool]:
    return amount != ZERO if measure.how == "sum" else amount.is_not(None)


def _order(names: Mapping[Measure, str]) -> tuple[Order, ...]:
    """Of the smallest or largest of something, that row comes first."""
    measure, name = next(iter(names.items()))
    if measure.how in ("smallest", "largest"):
        return (Order(name, falling=measure.how == "largest"),)
    return ()


def _of_group(source: Source, report: Report, drill: Drill, figure: Figure, scope: Scope) -> Source:
    dimensions = {dimension.name: dimension for dimension in report.dimensions}
    conditions = [
        _is_up_to(dimensions[name], value, source, scope)
        if isinstance(figure, Running)
        else _is_in(dimensions[name], value, source, scope)
        for name, value in drill.key
    ]
    return replace(source, conditions=(*source.conditions, *conditions))


def _is_in(dimension: Dimension, value: str | None, source: Source, scope: Scope) -> ColumnElement[bool]:
    key = key_of(dimension, source, scope)
    if value is None:
        return key.is_(None)
    if dimension.bucket is None:
        return cast(key, Text) == literal(value, Text)
    moment = datetime.fromisoformat(value)
    assert source.at is not None
    return and_(
        key == literal(moment, MOMENT),
        source.at >= literal(moment, MOMENT),
        source.at < literal(moment + LONGEST_STRETCH[dimension.bucket], MOMENT),
    )


def _is_up_to(dimension: Dimension, value: str | None, source: Source, scope: Scope) -> ColumnElement[bool]:
    """What has been reached with this row, of a table in the order of one dimension of whole numbers."""
    if value is None or not re.fullmatch("[0-9]{1,9}", value):
        raise InvalidDrillError(_("The group of the figure cannot be read; open the figure from its report."))
    return key_of(dimension, source, scope) <= literal(int(value), Integer)


def _figure(
    report: Report, drill: Drill, figure: Figure, queries: Queries
) -> tuple[Select[Any], tuple[Column | Figure, ...]]:
    """The figure once more, counted from the rows, with the names of its group."""
    if isinstance(figure, Running):
        return queries.figures((figure.part,)), (figure.part,)
    named = {name for name, _value in drill.key}
    keys = {key for key, dimension in keys_of(report.dimensions).items() if dimension.name in named}
    dimensions = tuple(each for each in report.dimensions if (each.bucket or each.column) in keys)
    if not dimensions:
        return queries.figures((figure,)), (figure,)
    group = replace(report, dimensions=dimensions, figures=(figure,), order=())
    return replace(queries, report=group).groups(None, 0), (*dimensions, figure)
