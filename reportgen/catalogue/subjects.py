"""What reports count: calls, legs of extensions, visits to contact groups."""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    literal_column,
    select,
    true,
)

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import filters, tables
from reportgen.catalogue.lookups import other_party
from reportgen.catalogue.parts import Columns, Rollup, Subject, Terms
from reportgen.texts import _
from store.vocabulary import CallOutcome, Direction, LegKind, LegOutcome, OrganisationUnitKind, VisitOutcome

CALL_LINES = (
    by.started_at,
    by.call_type,
    by.number,
    by.ddi,
    by.extension,
    by.user,
    by.outcome,
    by.wait,
    by.ring_time,
    by.duration,
)
LEG_DETAILS = (
    by.started_at,
    by.call_type,
    by.outside_party,
    by.extension,
    by.user,
    by.ddi,
    by.leg_outcome,
    by.ring_time,
    by.talk_time,
)
VISIT_DETAILS = (
    by.started_at,
    by.call_type,
    by.contact_group,
    by.ddi,
    by.agent,
    by.extension,
    by.visit_outcome,
    by.wait,
    by.talk_time,
)


def is_abandoned(c: Columns) -> ColumnElement[bool]:
    """Of an incoming call: its caller gave up, and not within the short-call threshold."""
    return c.outcome == CallOutcome.ABANDONED.value


def _lost_calls(_terms: Terms) -> FromClause:
    """The calls of the sums, one by one again: for the middle of how long callers waited."""
    lost = tables.LOST_DAY.c
    each = func.generate_series(literal_column("1"), lost.calls).table_valued("place", name="each")
    return (
        select(lost.tenant_id, lost.local_day, lost.wait_seconds)
        .join_from(tables.LOST_DAY, each, true())
        .subquery("lost")
    )


_CALL_KEYS = ("direction", "ddi", "contact_group")

CALLS = Subject(
    name="call",
    title=_("calls"),
    table=tables.CALL,
    counts=lambda c: c.total,
    order=("started_at", "call_id"),
    is_lost=lambda c: and_(
        c.direction == Direction.INCOMING.value,
        c.outcome.in_([CallOutcome.ABANDONED.value, CallOutcome.SHORT_ABANDONED.value]),
    ),
    lost_outcomes=(CallOutcome.SHORT_ABANDONED.value, CallOutcome.ABANDONED.value),
    derived={"number": other_party},
    filters=filters.CALL_FILTERS,
    lines=CALL_LINES,
    rollups=(
        Rollup(tables.CALL_DAY, "local_day", "day", _CALL_KEYS, last="last_at"),
        Rollup(tables.DIRECTION_QUARTER, "bucket_start", "quarter", ("direction",)),
        Rollup(tables.CALL_QUARTER, "bucket_start", "quarter", _CALL_KEYS, {"ddi": "", "contact_group": ""}),
        Rollup(tables.AREA_DAY, "local_day", "day", ("direction", "area_code", "destination", "country")),
        Rollup(
            _lost_calls,
            "local_day",
            "day",
            holds=is_abandoned,
            one_by_one=True,
            derived={
                "total": lambda _: literal_column("1"),
                "direction": lambda _: literal(Direction.INCOMING.value),
                "outcome": lambda _: literal(CallOutcome.ABANDONED.value),
            },
        ),
    ),
)

_OWNERS = ("person_id", "site_id", "division_id", "department_id", "cost_centre_id")

LEGS = Subject(
    name="leg",
    title=_("calls of extensions"),
    table=tables.LEG,
    counts=lambda c: c.total,
    order=("started_at", "call_id", "leg_number"),
    only=lambda c: c.kind == LegKind.EXTENSION.value,
    filters=filters.LEG_FILTERS,
    lines=LEG_DETAILS,
    rollups=(
        Rollup(
            tables.EXTENSION_DAY,
            "local_day",
            "day",
            ("extension", "direction", *_OWNERS),
            dict.fromkeys(_OWNERS, 0),
        ),
    ),
)

LEG_LINES = Subject(
    name="leg_line",
    title=_("calls of extensions"),
    table=tables.LEG,
    counts=lambda c: c.total,
    order=("started_at", "call_id", "leg_number"),
    only=lambda c: c.kind == LegKind.EXTENSION.value,
    filters=filters.LEG_FILTERS,
    rollups=LEGS.rollups,
)

CALL_PARTS = Subject(
    name="call_part",
    title=_("parts of calls"),
    table=tables.LEG,
    counts=lambda c: case((c.outcome != LegOutcome.IN_PROGRESS.value, 1), else_=0),
    order=("started_at", "call_id", "leg_number"),
    filters=filters.LEG_FILTERS,
)
"""Every party of every call: extensions, outside parties, voicemail, announcements."""


def touched(kind: OrganisationUnitKind) -> Subject:
    """Calls, each once for every unit of this kind that one of its extensions belongs to.

    As for the extension itself, a parallel ring that another took is no call for its unit. The talk time is
    that of the unit's own extensions.
    """
    return Subject(
        name=f"call_of_{kind.value}",
        title=_("calls"),
        table=lambda terms: _touched_units(f"{kind.value}_id", terms),
        counts=lambda c: c.total,
        order=("started_at", "call_id"),
        derived={"number": other_party},
        filters=filters.unit_call_filters(kind),
        lines=CALL_LINES,
        rollups=(
            Rollup(
                tables.UNIT_DAY,
                "local_day",
                "day",
                (f"{kind.value}_id", "direction", "destination"),
                only=lambda c: c.kind == kind.value,
                derived={f"{kind.value}_id": lambda c: c.unit_id},
            ),
        ),
    )


def _touched_units(column: str, terms: Terms) -> FromClause:
    leg, call = tables.LEG.c, tables.CALL.c
    units = (
        select(
            leg.tenant_id,
            leg.started_at,
            leg.call_id,
            leg[column],
            func.sum(leg.talk_seconds).label("talk_seconds"),
            func.max(leg.conversations).label("conversations"),
        )
        .where(
            leg.kind == LegKind.EXTENSION.value,
            leg.total == literal_column("1"),
            leg[column].is_not(None),
            terms.in_period(leg.started_at),
        )
        .group_by(leg.tenant_id, leg.started_at, leg.call_id, leg[column])
        .subquery("unit")
    )
    same_call = and_(
        units.c.tenant_id == call.tenant_id,
        units.c.call_id == call.call_id,
        units.c.started_at == call.started_at,
    )
    of_call = (
        *("direction", "outcome", "ddi", "destination", "contact_group", "customer_id"),
        *("caller_number", "called_number", "outside_number", "extension", "person_id"),
        *("wait_seconds", "ring_seconds", "duration_seconds"),
    )
    counted = ("total", "incoming", "outgoing", "internal", "missed")
    return (
        select(*units.c, *(call[name] for name in (*of_call, *counted)))
        .join_from(units, tables.CALL, same_call)
        .where(terms.in_period(call.started_at))
        .subquery("touched")
    )


def _missed_calls(terms: Terms) -> FromClause:
    """Each with its call, looked up one by one: those to be returned are few among all calls.

    In order, so that the first page looks up no more calls than it shows.
    """
    known = ("tenant_id", "started_at", "call_id")
    missed = (
        select(*tables.MISSED_CALL.c, _waiting_seconds(terms))
        .where(terms.in_period(tables.MISSED_CALL.c.started_at))
        .order_by(tables.MISSED_CALL.c.started_at, tables.MISSED_CALL.c.call_id)
        .subquery("in_order")
    )
    its_call = and_(*(tables.CALL.c[name] == missed.c[name] for name in known))
    call = select(*tables.CALL.c).where(its_call).limit(literal_column("1")).lateral("its_call")
    return (
        select(
            *(missed.c[name] for name in (*known, "state", "unreturned", "waiting_seconds")),
            *(column for name, column in call.c.items() if name not in known),
        )
        .join_from(missed, call, true())
        .subquery("missed")
    )


def _missed_calls_alone(terms: Terms) -> FromClause:
    missed = tables.MISSED_CALL.c
    return (
        select(*missed, missed.missed.label("total"), _waiting_seconds(terms))
        .where(terms.in_period(missed.started_at))
        .subquery("missed_alone")
    )


def _waiting_seconds(terms: Terms) -> ColumnElement[int]:
    passed = func.least(func.now(), terms.end()) - tables.MISSED_CALL.c.started_at
    return cast(extract("epoch", passed), Integer).label("waiting_seconds")


MISSED_CALLS = Subject(
    name="missed_call",
    title=_("missed calls"),
    table=_missed_calls,
    counts=lambda c: c.total,
    order=("started_at", "call_id"),
    derived={"number": other_party},
    filters=filters.MISSED_CALL_FILTERS,
    lines=CALL_LINES,
    rollups=(Rollup(_missed_calls_alone, "started_at", "row"),),
)
"""Missed calls with what became of them."""


_VISIT_KEYS = ("contact_group", "group_kind")
_LONGEST = {"wait_seconds": "longest_wait_seconds"}

VISITS = Subject(
    name="visit",
    title=_("visits to contact groups"),
    table=tables.VISIT,
    counts=lambda c: c.presented - c.in_progress,
    order=("started_at", "call_id", "visit_number"),
    is_lost=lambda c: c.outcome == VisitOutcome.ABANDONED.value,
    derived={
        "offered_wait_seconds": lambda c: case((c.offered == 1, c.wait_seconds), else_=0),
        "counted_ring_seconds": lambda c: case((c.offered == 1, c.ring_seconds), else_=0),
    },
    filters=filters.VISIT_FILTERS,
    lines=VISIT_DETAILS,
    rollups=(
        Rollup(tables.VISIT_DAY, "local_day", "day", _VISIT_KEYS, largest=_LONGEST),
        Rollup(tables.VISIT_QUARTER, "bucket_start", "quarter", _VISIT_KEYS, largest=_LONGEST),
    ),
)
