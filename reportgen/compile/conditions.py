"""Filters as conditions in a statement, and as a sentence under a report's title."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from babel.dates import get_day_names
from babel.lists import format_list
from sqlalchemy import (
    ColumnElement,
    Integer,
    Time,
    and_,
    cast,
    exists,
    extract,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from reportgen.catalogue.parts import (
    Columns,
    NameFilter,
    NumberFilter,
    RangeFilter,
    ThresholdFilter,
    TimeOfDayFilter,
    ValueFilter,
    WeekdayFilter,
)
from reportgen.compile.scope import Scope, Variable, local
from reportgen.compile.selection import Range, Selection, Window
from reportgen.texts import _, locale
from reportgen.units import DURATION, Writer


def columns_used(selection: Selection) -> frozenset[str]:
    """The subject's columns that a selection looks at: without them a rollup cannot answer."""
    if selection.filter.through is not None:
        return frozenset(selection.filter.through.keys)
    match selection.filter:
        case NameFilter() as filter_:
            timed = "valid" in filter_.names.c
            return frozenset({filter_.column, "started_at"} if timed else {filter_.column})
        case ValueFilter() | NumberFilter() | RangeFilter() as filter_:
            return frozenset({filter_.column})
    return frozenset({"started_at"})


def condition(selection: Selection, c: Columns, scope: Scope) -> ColumnElement[bool] | None:
    """What a row must satisfy; None for a filter that changes how rows are counted, not which."""
    through = selection.filter.through
    if through is None:
        return _of_columns(selection, c, scope)
    other = Columns.of(through.table.alias(f"{through.name}_{selection.filter.name}"))
    fits = _of_columns(selection, other, scope)
    assert fits is not None
    return exists(select(literal_column("1")).where(through.belongs(other, c), fits))


def _of_columns(selection: Selection, c: Columns, scope: Scope) -> ColumnElement[bool] | None:
    match selection.filter:
        case ValueFilter() as filter_:
            return scope.any_of(c[filter_.column], selection.values)
        case NameFilter() as filter_:
            return _named(filter_, selection.values, c, scope)
        case NumberFilter() as filter_:
            return or_(*(_matches(c[filter_.column], value) for value in selection.values))
        case RangeFilter() as filter_:
            return or_(*(_within(c[filter_.column], value) for value in selection.values))
        case TimeOfDayFilter():
            return or_(*(_in_window(c, value, scope) for value in selection.values))
        case WeekdayFilter():
            weekday = extract("isodow", local(c.started_at, scope))
            return or_(*(weekday == literal(value, Integer) for value in selection.values))
    return None


def _named(filter_: NameFilter, values: Sequence[Any], c: Columns, scope: Scope) -> ColumnElement[bool]:
    names = filter_.names.alias(f"chosen_{filter_.column}").c
    chosen = or_(scope.any_of(names.name, values), scope.any_of(names.code, values))
    if "valid" in names:
        at_the_time = names.valid.op("@>", is_comparison=True)(c.started_at)
        found: ColumnElement[bool] = exists(
            select(names.key).where(names.key == c[filter_.column], at_the_time, chosen)
        )
    else:
        found = c[filter_.column].in_(select(names.key).where(chosen))
    # What belongs to no name at all counts too while nothing is chosen.
    return or_(scope.everything(values), found)


def _matches(column: ColumnElement[Any], pattern: str) -> ColumnElement[bool]:
    if "*" not in pattern:
        # Masked like what it is compared with, or a filter would tell the digits that are hidden.
        return column == func.report.shown_number(pattern)
    return column.like(pattern.replace("*", "%"))


def _within(column: ColumnElement[Any], bounds: Range) -> ColumnElement[bool]:
    conditions = []
    if bounds.low is not None:
        conditions.append(column >= bounds.low)
    if bounds.high is not None:
        conditions.append(column <= bounds.high)
    return and_(*conditions)


def _in_window(c: Columns, window: Window, scope: Scope) -> ColumnElement[bool]:
    clock = cast(local(c.started_at, scope), Time)
    after, before = clock >= window.begin, clock < window.end
    if window.end == time():
        return after
    return and_(after, before) if window.begin < window.end else or_(after, before)


def sentence(selection: Selection, writer: Writer) -> str:
    """The selection in words, for people."""
    text, title = writer.text, writer.text(selection.filter.title)
    match selection.filter:
        case ThresholdFilter() as filter_:
            return text(filter_.sentence, seconds=selection.values[-1])
        case RangeFilter():
            return _or([_range(title, value, writer) for value in selection.values], writer)
        case TimeOfDayFilter():
            windows = [
                text(_("between {begin} and {end}"), begin=f"{value.begin:%H:%M}", end=f"{value.end:%H:%M}")
                for value in selection.values
            ]
            return f"{title}: {_or(windows, writer)}"
        case WeekdayFilter():
            names = get_day_names("wide", locale=locale(writer.language))
            return f"{title}: {_or([names[value - 1] for value in sorted(set(selection.values))], writer)}"
        case ValueFilter() as filter_:
            return (
                f"{title}: {_or([writer.write(filter_.unit, _shown(v)) for v in selection.values], writer)}"
            )
    return f"{title}: {_or([_shown(value) for value in selection.values], writer)}"


def _shown(value: Any) -> str:
    return f"${value.name}" if isinstance(value, Variable) else str(value)


def _or(parts: list[str], writer: Writer) -> str:
    return format_list(parts, style="or", locale=locale(writer.language))


def _range(title: str, bounds: Range, writer: Writer) -> str:
    low = "" if bounds.low is None else writer.write(DURATION, bounds.low)
    high = "" if bounds.high is None else writer.write(DURATION, bounds.high)
    if bounds.low is None:
        return writer.text(_("{title} at most {high}"), title=title, high=high)
    if bounds.high is None:
        return writer.text(_("{title} at least {low}"), title=title, low=low)
    return writer.text(_("{title} from {low} to {high}"), title=title, low=low, high=high)
