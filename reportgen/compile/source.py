"""Where a report's figures come from: its rows, or sums that stand ready; both give the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    literal_column,
)

from reportgen.catalogue.filters import ANSWER_TARGET, SHORT_CALL
from reportgen.catalogue.parts import (
    Columns,
    Dimension,
    Figure,
    Lookup,
    Measure,
    Ratio,
    Report,
    Rollup,
    Running,
    Subject,
    ThresholdFilter,
)
from reportgen.compile.conditions import columns_used, condition
from reportgen.compile.scope import Scope, local
from reportgen.compile.selection import Selection

SHORTEST_FOR_ROLLUP = timedelta(days=2)
"""Shorter periods are counted from the rows: that is fast enough, and the newest rows may lack their sums."""
QUARTER = timedelta(minutes=15)
ZERO: ColumnElement[int] = literal_column("0")
ONE: ColumnElement[int] = literal_column("1")
ADJUSTED_BY_SHORT_CALLS = frozenset({"offered", "missed", "abandoned"})


@dataclass(frozen=True, slots=True)
class Source:
    """A table and the conditions under which its rows belong to the report."""

    table: FromClause
    columns: Columns
    conditions: tuple[ColumnElement[bool], ...]
    rollup: Rollup | None
    at: ColumnElement[Any] | None
    """The moment of a row: in which bucket it counts."""
    last: ColumnElement[Any] | None
    """The last moment that a row tells of, for names that were true for a time only."""


def find_source(
    report: Report,
    selections: tuple[Selection, ...],
    scope: Scope,
    *,
    use_rollup: bool | None = None,
) -> Source:
    """Chooses between the subject's rows and its rollups.

    Args:
        use_rollup: True: wherever one can answer; False: never; None: where it saves time.
    """
    for rollup in report.subject.rollups:
        if use_rollup is not False and _can_answer(
            rollup, report, selections, scope, always=bool(use_rollup)
        ):
            return _from_rollup(rollup, report, selections, scope)
    return _from_rows(report, selections, scope)


def measures_of(figures: Iterable[Figure]) -> dict[str, Measure]:
    """What must be added up for these figures, by name."""
    measures: dict[str, Measure] = {}
    for figure in figures:
        match figure:
            case Ratio(part=part, whole=whole):
                measures |= {part.name: part, whole.name: whole}
            case Running(part=part):
                measures[part.name] = part
            case Measure():
                measures[figure.name] = figure
    return measures


def _can_answer(
    rollup: Rollup, report: Report, selections: tuple[Selection, ...], scope: Scope, *, always: bool
) -> bool:
    if rollup.holds is not None and report.only is not rollup.holds:
        return False
    if report.is_list or (rollup.grain != "row" and not _sums_fit(rollup, scope, always=always)):
        return False
    columns = _columns_of(rollup, _table_of(rollup, scope))
    keys = columns if _has_rows(rollup) else Columns({name: columns[name] for name in rollup.keys})
    used = {name for selection in selections for name in columns_used(selection)}
    measures = measures_of((*report.figures, *report.summary)).values()
    return (
        used <= keys.keys()
        and all(_keeps(rollup, keys, dimension) for dimension in report.dimensions)
        and all(_adds_up(rollup, columns, measure) for measure in measures)
        and _knows_which(keys, report)
    )


def _sums_fit(rollup: Rollup, scope: Scope, *, always: bool) -> bool:
    """Whether the period is made of whole sums, all of which the reader may see."""
    moments = scope.moments()
    if moments is None or not scope.whole_tenant():
        # Sums do not tell whose they are: a reader of a part is not shown them.
        return False
    if moments[1] - moments[0] < SHORTEST_FOR_ROLLUP and not always:
        return False
    return rollup.grain == "day" or not any(_since_quarter(moment) for moment in moments)


def _adds_up(rollup: Rollup, columns: Columns, measure: Measure) -> bool:
    if not _has_rows(rollup) and measure.how == "largest":
        return measure.adds in rollup.largest
    return (_has_rows(rollup) or measure.how == "sum") and measure.adds in columns


def _has_rows(rollup: Rollup) -> bool:
    return rollup.one_by_one or rollup.grain == "row"


def _table_of(rollup: Rollup, scope: Scope) -> FromClause:
    return rollup.table if isinstance(rollup.table, FromClause) else rollup.table(scope)


def _columns_of(rollup: Rollup, table: FromClause) -> Columns:
    columns = Columns.of(table)
    columns.update({name: func.nullif(columns[name], empty) for name, empty in rollup.empty.items()})
    columns.update({name: make(columns) for name, make in rollup.derived.items()})
    return columns


def _knows_which(keys: Columns, report: Report) -> bool:
    """Whether the rollup's keys tell which rows the report is about."""
    try:
        return report.only is None or report.only(keys) is not None
    except (AttributeError, KeyError):
        return False


def _since_quarter(moment: datetime) -> timedelta:
    return timedelta(seconds=moment.timestamp() % QUARTER.total_seconds())


def _keeps(rollup: Rollup, keys: Columns, dimension: Dimension) -> bool:
    """Whether a rollup still knows what this dimension tells apart."""
    if dimension.bucket is not None:
        return rollup.grain != "day" or dimension.bucket in ("day", "month")
    timed = isinstance(dimension.lookup, Lookup) and dimension.lookup.timed
    return dimension.column in keys and not (timed and rollup.grain == "day" and rollup.last is None)


def _from_rollup(rollup: Rollup, report: Report, selections: tuple[Selection, ...], scope: Scope) -> Source:
    table = _table_of(rollup, scope)
    columns = _columns_of(rollup, table)
    time = table.c[rollup.time]
    if rollup.grain == "day":
        days = scope.days()
        assert days is not None, "only a period of whole days is looked up by day"
        in_period = and_(time >= literal(days[0], Date), time <= literal(days[1], Date))
        at: ColumnElement[Any] = func.timezone(scope.zone(), cast(time, DateTime))
        last = at if rollup.last is None else table.c[rollup.last]
    else:
        in_period, at, last = scope.in_period(time), time, time
    conditions = (
        scope.of_tenant(table.c.tenant_id),
        in_period,
        *([rollup.only(columns)] if rollup.only is not None else []),
        *_conditions(report, selections, columns, scope),
    )
    return Source(table, columns, conditions, rollup, at, last)


def _from_rows(report: Report, selections: tuple[Selection, ...], scope: Scope) -> Source:
    subject = report.subject
    table = subject.table if isinstance(subject.table, FromClause) else subject.table(scope)
    columns = Columns.of(table)
    columns.update(_by_thresholds(columns, subject, selections))
    columns.update({name: make(columns) for name, make in subject.derived.items()})
    time = table.c[subject.time]
    conditions = [scope.of_tenant(table.c.tenant_id), scope.in_period(time)]
    if subject.only is not None:
        conditions.append(subject.only(columns))
    conditions.append(subject.counts(columns) == ONE)
    conditions += _conditions(report, selections, columns, scope)
    return Source(table, columns, tuple(conditions), None, time, time)


def _conditions(
    report: Report, selections: tuple[Selection, ...], columns: Columns, scope: Scope
) -> list[ColumnElement[bool]]:
    conditions = []
    if report.direction is not None:
        conditions.append(columns.direction == report.direction.value)
    if report.only is not None:
        conditions.append(report.only(columns))
    for selection in selections:
        made = condition(selection, columns, scope)
        if made is not None:
            conditions.append(made)
    return conditions


def key_of(dimension: Dimension, source: Source, scope: Scope) -> ColumnElement[Any]:
    """What rows of one group have in common."""
    if dimension.bucket is None:
        return source.columns[dimension.column]
    at = source.at
    assert at is not None
    if dimension.bucket != "half_hour":
        return func.date_trunc(dimension.bucket, at, scope.zone())
    # From the hour on, so that an hour that comes twice keeps its own halves.
    past_half = extract("minute", local(at, scope)) >= literal_column("30")
    half: ColumnElement[Any] = literal_column("interval '30 minutes'")
    hour = func.date_trunc("hour", at, scope.zone())
    return case((past_half, hour + half), else_=hour)


def added(measure: Measure, source: Source) -> ColumnElement[int]:
    """What one row adds to a measure."""
    c, rollup = source.columns, source.rollup
    of_sums = rollup is not None and not _has_rows(rollup)
    adds = rollup.largest[measure.adds] if rollup and of_sums and measure.how == "largest" else measure.adds
    amount: ColumnElement[int] = c[adds]
    if measure.direction is None:
        return amount
    return case(
        (c.direction == measure.direction.value, amount), else_=ZERO if measure.how == "sum" else None
    )


def _by_thresholds(
    c: Columns, subject: Subject, selections: Iterable[Selection]
) -> Mapping[str, ColumnElement[Any]]:
    """Columns of a row that are otherwise with the thresholds that were chosen."""
    thresholds = {
        selection.filter.name: selection.values[-1]
        for selection in selections
        if isinstance(selection.filter, ThresholdFilter)
    }
    target, short = thresholds.get(ANSWER_TARGET), thresholds.get(SHORT_CALL)
    changed: dict[str, ColumnElement[Any]] = {}
    if target is not None:
        in_target = and_(c.answered == ONE, c.wait_seconds <= target)
        changed["answered_in_target"] = case((in_target, ONE), else_=ZERO)
    if short is not None and subject.is_lost is not None:
        changed |= _with_short_calls(c, subject.is_lost(c), subject.lost_outcomes, short)
    return changed


def _with_short_calls(
    c: Columns, is_lost: ColumnElement[bool], outcomes: tuple[str, str] | None, short: int
) -> Mapping[str, ColumnElement[Any]]:
    within = and_(is_lost, c.wait_seconds < short)
    is_short = case((within, ONE), else_=ZERO)
    changed: dict[str, ColumnElement[Any]] = {"short_calls": is_short}
    for name in ADJUSTED_BY_SHORT_CALLS & c.keys():
        changed[name] = c[name] + c.short_calls - is_short
    if "offered_wait_seconds" in c:
        changed["offered_wait_seconds"] = case((changed["offered"] == ONE, c.wait_seconds), else_=ZERO)
    if outcomes is not None:
        changed["outcome"] = case((within, outcomes[0]), (is_lost, outcomes[1]), else_=c.outcome)
    return changed
