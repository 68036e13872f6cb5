"""What reports count: calls, legs of extensions, visits to contact groups."""

from sqlalchemy import and_, case, func

from reportgen.catalogue import filters, tables
from reportgen.catalogue.parts import Rollup, Subject
from reportgen.texts import _
from store.vocabulary import CallOutcome, Direction, LegKind, VisitOutcome

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
    derived={
        "number": lambda c: func.coalesce(
            c.outside_number,
            case((c.direction == Direction.INCOMING.value, c.caller_number), else_=c.called_number),
        )
    },
    filters=filters.CALL_FILTERS,
    rollups=(Rollup(tables.CALL_QUARTER, "bucket_start", "quarter", {"ddi": "", "contact_group": ""}),),
)

LEGS = Subject(
    name="leg",
    title=_("calls of extensions"),
    table=tables.LEG,
    counts=lambda c: c.total,
    order=("started_at", "call_id", "leg_number"),
    only=lambda c: c.kind == LegKind.EXTENSION.value,
    filters=filters.LEG_FILTERS,
    rollups=(
        Rollup(
            tables.EXTENSION_DAY,
            "local_day",
            "day",
            {"person_id": 0, "site_id": 0, "division_id": 0, "department_id": 0, "cost_centre_id": 0},
        ),
    ),
)

VISITS = Subject(
    name="visit",
    title=_("visits to contact groups"),
    table=tables.VISIT,
    counts=lambda c: c.presented - c.in_progress,
    order=("started_at", "call_id", "visit_number"),
    is_lost=lambda c: c.outcome == VisitOutcome.ABANDONED.value,
    filters=filters.VISIT_FILTERS,
    rollups=(Rollup(tables.VISIT_QUARTER, "bucket_start", "quarter"),),
)
