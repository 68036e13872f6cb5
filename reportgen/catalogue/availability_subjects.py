"""Days of agents and of extensions, held against the tenant's working hours."""

from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSTZMULTIRANGE

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import filters, tables
from reportgen.catalogue.agent_subjects import AVAILABLE, days_of, seconds_in, seconds_of
from reportgen.catalogue.parts import Columns, Subject, Terms
from reportgen.texts import _
from store.vocabulary import STAFFED, LegKind

_NOW: ColumnElement[Any] = literal_column("now()")
_A_DAY: ColumnElement[Any] = literal_column("interval '1 day'")
_NEVER: ColumnElement[Any] = literal_column("'{}'::tstzmultirange")
_NO_MOMENT: ColumnElement[Any] = literal_column("NULL::timestamptz")
_NO_TIME: ColumnElement[Any] = literal_column("NULL::tstzrange")
_NO_TIMES: ColumnElement[Any] = literal_column("NULL::tstzmultirange")
_hours = tables.WORKING_HOURS.c
_OF_THE_TENANT = _hours.line == ""


def _is_holiday(local_day: ColumnElement[Any]) -> ColumnElement[bool]:
    return exists(select(tables.HOLIDAY.c.day).where(tables.HOLIDAY.c.day == cast(local_day, Date)))


def _agent_days(terms: Terms) -> FromClause:
    """Each day on which an agent was signed in: from when till when, and what it should have been."""
    worked = _signed_in_days(terms)
    c, zone = worked.c, terms.zone
    hours = (
        select(_hours.weekday, func.min(_hours.opens).label("opens"), func.max(_hours.closes).label("closes"))
        .where(_OF_THE_TENANT)
        .group_by(_hours.weekday)
        .subquery("hours")
    )
    due = and_(hours.c.weekday == extract("isodow", c.local_day), ~_is_holiday(c.local_day))
    day = (
        select(
            *c,
            func.timezone(zone(), cast(c.local_day + hours.c.opens, DateTime)).label("opens_at"),
            func.timezone(zone(), cast(c.local_day + hours.c.closes, DateTime)).label("closes_at"),
        )
        .join_from(worked, hours, due, isouter=True)
        .subquery("day")
    )
    # Who came first or went last is known once the period has begun before the hours, and the hours are over.
    opened = case((day.c.opens_at >= terms.start(), day.c.opens_at))
    closed = case((day.c.closes_at <= func.least(terms.end(), _NOW), day.c.closes_at))
    return select(
        *day.c,
        _seconds_after(day.c.first_in_at, opened).label("late_seconds"),
        _seconds_after(closed, day.c.last_out_at).label("early_seconds"),
    ).subquery("agent_day")


def _seconds_after(moment: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[int]:
    """How much later it is; 0 when it is not, nothing where one of them is missing."""
    seconds = cast(func.round(extract("epoch", moment - other)), Integer)
    return case((moment > other, seconds), (moment <= other, 0))


def _signed_in_days(terms: Terms) -> Subquery:
    pieces = days_of(tables.AGENT_STATE, terms)
    c = Columns.of(pieces)
    goes_on = func.bool_or(and_(c.ended_at.is_(None), c.until_at == _NOW))
    return (
        select(
            c.tenant_id,
            c.agent,
            c.local_day,
            func.timezone(terms.zone(), c.local_day).label("day_start"),
            func.min(c.from_at).label("first_in_at"),
            # An agent who is still there has not signed out.
            case((~goes_on, func.max(c.until_at))).label("last_out_at"),
            func.max(c.until_at).label("until_at"),
            func.sum(seconds_in(seconds_of, *STAFFED)(c)).label("signed_in_seconds"),
            func.sum(seconds_in(seconds_of, *AVAILABLE)(c)).label("available_seconds"),
        )
        .where(c.state.in_([state.value for state in STAFFED]))
        .group_by(c.tenant_id, c.agent, c.local_day)
        .subquery("worked")
    )


def _one(_columns: Columns) -> ColumnElement[int]:
    return literal_column("1")


AGENT_WORKING_DAYS = Subject(
    name="agent_working_day",
    title=_("working days of agents"),
    table=_agent_days,
    time="first_in_at",
    counts=_one,
    order=("first_in_at", "agent"),
    derived={
        "started_at": lambda c: c.first_in_at,
        "from_at": lambda c: c.first_in_at,
        "agent_days": _one,
        "late": lambda c: case((c.late_seconds > 0, 1), else_=0),
        "early": lambda c: case((c.early_seconds > 0, 1), else_=0),
        "late_sum": lambda c: func.coalesce(c.late_seconds, 0),
        "early_sum": lambda c: func.coalesce(c.early_seconds, 0),
    },
    filters=filters.AGENT_DAY_FILTERS,
)


def _open_days(terms: Terms) -> Subquery:
    """The days of the period, up to now, each with its working hours: all of it where nobody has said any."""
    zone = terms.zone
    until = func.least(terms.end(), _NOW)
    first = func.date_trunc("day", func.timezone(zone(), terms.start()))
    series = func.generate_series(first, func.timezone(zone(), until), _A_DAY)
    each = series.table_valued("start", name="each_day").render_derived()
    start = cast(each.c.start, DateTime)
    midnight, next_midnight = func.timezone(zone(), start), func.timezone(zone(), start + _A_DAY)
    span = func.tstzmultirange(
        func.tstzrange(
            func.greatest(midnight, terms.start()),
            func.greatest(func.least(next_midnight, until), func.greatest(midnight, terms.start())),
        )
    )
    at_hours = func.tstzrange(
        func.timezone(zone(), cast(start + _hours.opens, DateTime)),
        func.timezone(zone(), cast(start + _hours.closes, DateTime)),
    )
    hours = (
        select(func.range_agg(at_hours))
        .where(_OF_THE_TENANT, _hours.weekday == extract("isodow", start))
        .scalar_subquery()
    )
    says_hours = exists(select(_hours.weekday).where(_OF_THE_TENANT))
    opening = case(
        (_is_holiday(start), _NEVER),
        (says_hours, func.coalesce(hours, _NEVER)),
        else_=func.tstzmultirange(func.tstzrange(midnight, next_midnight)),
    )
    return (
        select(
            start.label("local_day"),
            func.greatest(midnight, terms.start()).label("from_at"),
            _cut(opening, span).label("opening"),
        )
        .select_from(each)
        .subquery("open_day")
    )


def _cut(times: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return type_coerce(times, TSTZMULTIRANGE).op("*", return_type=TSTZMULTIRANGE())(other)


def _without(times: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return type_coerce(times, TSTZMULTIRANGE).op("-", return_type=TSTZMULTIRANGE())(other)


def _length(times: ColumnElement[Any]) -> ColumnElement[int]:
    """Seconds."""
    piece = func.unnest(times).column_valued("piece")
    seconds = func.sum(extract("epoch", func.upper(piece) - func.lower(piece)))
    return cast(func.round(func.coalesce(select(seconds).scalar_subquery(), 0)), Integer)


def _conversations(terms: Terms) -> Subquery:
    leg = tables.LEG.c
    begun: Select[Any] = select(
        leg.tenant_id, leg.extension, leg.answered_at.label("from_at"), leg.ended_at.label("until_at")
    ).where(
        leg.kind == LegKind.EXTENSION.value,
        leg.answered_at.is_not(None),
        # A conversation of the evening before can last into the period.
        leg.started_at >= terms.start() - _A_DAY,
        leg.started_at < terms.end(),
    )
    return begun.subquery("conversation")


def _extension_days(terms: Terms) -> FromClause:
    """Each working day of each extension: what of its hours it was free, talking, or not to be disturbed.

    Hours, do-not-disturb and conversations are laid on one heap and grouped: a join of them would compare
    all with all wherever the planner takes them for few.
    """
    heap = union_all(
        _hours_there(terms),
        _pieces(days_of(tables.DEVICE_STATE, terms), "dnd"),
        _pieces(days_of(_conversations(terms), terms), "talk"),
    ).subquery("heap")
    c = heap.c
    day = (
        select(
            c.tenant_id,
            c.extension,
            func.min(c.from_at).label("from_at"),
            func.range_agg(c.opening).label("opening"),
            func.coalesce(func.range_agg(c.dnd), _NEVER).label("dnd"),
            func.coalesce(func.range_agg(c.talk), _NEVER).label("talk"),
        )
        .group_by(c.tenant_id, c.extension, c.local_day)
        .having(func.range_agg(c.opening).is_not(None))
        .subquery("day")
    )
    opening, dnd, talk = day.c.opening, day.c.dnd, day.c.talk
    return select(
        day.c.tenant_id,
        day.c.extension,
        day.c.from_at,
        _length(opening).label("working_seconds"),
        _length(_cut(opening, dnd)).label("dnd_seconds"),
        _length(_without(_cut(opening, talk), dnd)).label("talk_seconds"),
        _length(_without(_without(opening, dnd), talk)).label("available_seconds"),
    ).subquery("extension_day")


def _hours_there(terms: Terms) -> Select[Any]:
    day = _open_days(terms)
    extension = tables.EXTENSION.c
    return (
        select(
            extension.tenant_id,
            extension.number.label("extension"),
            day.c.local_day,
            day.c.from_at,
            day.c.opening,
            _NO_TIME.label("dnd"),
            _NO_TIME.label("talk"),
        )
        .join_from(tables.EXTENSION, day, extension.valid.op("@>", is_comparison=True)(day.c.from_at))
        .where(~func.isempty(day.c.opening))
    )


def _pieces(pieces: FromClause, kind: Literal["dnd", "talk"]) -> Select[Any]:
    c = pieces.c
    times = func.tstzrange(c.from_at, c.until_at)
    return select(
        c.tenant_id,
        c.extension,
        c.local_day,
        _NO_MOMENT.label("from_at"),
        _NO_TIMES.label("opening"),
        (times if kind == "dnd" else _NO_TIME).label("dnd"),
        (times if kind == "talk" else _NO_TIME).label("talk"),
    )


EXTENSION_DAYS = Subject(
    name="extension_day",
    title=_("working days of extensions"),
    table=_extension_days,
    time="from_at",
    counts=_one,
    order=("from_at", "extension"),
    derived={"started_at": lambda c: c.from_at},
    filters=filters.DEVICE_FILTERS,
    lines=(by.on_day, by.extension, by.extension_user),
)
