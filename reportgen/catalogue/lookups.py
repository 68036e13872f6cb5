"""Names that belong to the keys on the rows. The keys say to whom a call belonged when it was made."""

from typing import Any

from sqlalchemy import ColumnElement, Select, TableClause, Text, and_, case, func, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from reportgen.catalogue import tables
from reportgen.catalogue.parts import Beside, Columns, Gathered, Lookup
from store.vocabulary import Direction, LegKind, LegRole


def _shown_name(person: TableClause) -> Any:
    """An archived person's calls stay, without the name."""
    return case((person.c.archived_at.is_(None), person.c.name)).label("name")


def unit(kind: str) -> Lookup:
    """A site, division, department or cost centre."""
    return Lookup(kind, tables.UNIT, "unit_id", "name")


PERSON = Lookup(
    "person", select(tables.PERSON.c.person_id, _shown_name(tables.PERSON)).subquery(), "person_id", "name"
)
EXTENSION_USER = Lookup(
    "extension_user",
    select(tables.EXTENSION.c.number, tables.EXTENSION.c.valid, _shown_name(tables.PERSON))
    .join_from(
        tables.EXTENSION,
        tables.PERSON,
        tables.EXTENSION.c.person_id == tables.PERSON.c.person_id,
    )
    .subquery(),
    "number",
    "name",
    timed=True,
)
DDI_NAME = Lookup("ddi_name", tables.DDI, "number", "name", timed=True)
DDI_GROUP = Lookup(
    "ddi_group",
    select(tables.DDI.c.number, tables.DDI.c.valid, tables.DDI_GROUP.c.name)
    .join_from(tables.DDI, tables.DDI_GROUP, tables.DDI.c.ddi_group_id == tables.DDI_GROUP.c.ddi_group_id)
    .subquery(),
    "number",
    "name",
    timed=True,
)
GROUP_NAME = Lookup(
    "group_name",
    # A queue and a hunt group may bear one name; a row is joined to one of them only.
    select(tables.CONTACT_GROUP.c.pbx_name, func.min(tables.CONTACT_GROUP.c.name).label("name"))
    .group_by(tables.CONTACT_GROUP.c.pbx_name)
    .subquery(),
    "pbx_name",
    "name",
)
CUSTOMER = Lookup("customer", tables.CUSTOMER, "customer_id", "name")
AGENT_NAME = Lookup(
    "agent_name",
    select(tables.AGENT.c.pbx_name, _shown_name(tables.PERSON))
    .join_from(tables.AGENT, tables.PERSON, tables.AGENT.c.person_id == tables.PERSON.c.person_id)
    .subquery(),
    "pbx_name",
    "name",
)


_leg = tables.LEG.c
_party = func.coalesce(_leg.extension, _leg.number)
_in_turn = func.array_agg(aggregate_order_by(_party, _leg.answered_at, _leg.leg_number), type_=ARRAY(Text))
_last_first = (
    _leg.answered_at.is_(None),
    # Of those who were rung in vain, when the ringing ended tells nothing.
    case((_leg.answered_at.is_not(None), _leg.ended_at)).desc().nulls_last(),
    func.coalesce(_leg.answered_at, _leg.offered_at).desc(),
    _leg.leg_number.desc(),
)
_after_first = type_coerce(_in_turn.filter(_leg.answered_at.is_not(None)), ARRAY(Text))[2:32767]
_course = select(
    func.nullif(func.array_to_string(_after_first, " → "), "").label("went_to"),
    func.array_agg(aggregate_order_by(_party, *_last_first), type_=ARRAY(Text))[1].label("ended_at"),
).where(
    _leg.role == LegRole.CALLED.value,
    _leg.kind.in_([LegKind.EXTENSION.value, LegKind.OUTSIDE.value]),
)

WENT_TO = Gathered("course", tables.LEG, ("call_id", "started_at"), "started_at", _course, "went_to")
ENDED_AT = Gathered("course", tables.LEG, ("call_id", "started_at"), "started_at", _course, "ended_at")


def other_party(c: Columns) -> ColumnElement[str]:
    """Of a call: the number outside, or of an internal call the one that was called."""
    of_direction = case((c.direction == Direction.INCOMING.value, c.caller_number), else_=c.called_number)
    return func.coalesce(c.outside_number, of_direction)


_of_call = select(
    tables.CALL.c.area_code,
    tables.CALL.c.answered_by,
    other_party(Columns.of(tables.CALL)).label("other_party"),
)


def of_call(value: str, *, of_user: bool = False) -> Gathered:
    """What the call of a leg knows."""
    keys = ("call_id", "started_at")
    return Gathered(
        "its_call", tables.CALL, keys, "started_at", _of_call, value, one_each=True, of_user=of_user
    )


def _same_call(visit: TableClause, c: Columns) -> ColumnElement[bool]:
    return and_(visit.c.call_id == c.call_id, visit.c.started_at == c.started_at)


def _stay(c: Columns) -> Select[Any]:
    """The stay of the caller in the group during which it rang there."""
    visit = tables.VISIT
    return (
        select(
            visit.c.outcome.label("visit_outcome"),
            func.coalesce(visit.c.agent, visit.c.extension).label("taken_by"),
        )
        .where(_same_call(visit, c), visit.c.contact_group == c.contact_group)
        .where(visit.c.entered_at <= c.offered_at)
        .order_by(visit.c.entered_at.desc(), visit.c.visit_number.desc())
        .limit(1)
    )


def _next_stay(c: Columns) -> Select[Any]:
    """The group that the caller overflowed into afterwards."""
    visit, names = tables.VISIT, GROUP_NAME.source
    return (
        select(names.c[GROUP_NAME.value].label("passed_on_to"))
        .join_from(visit, names, names.c[GROUP_NAME.key] == visit.c.contact_group, isouter=True)
        .where(_same_call(visit, c), visit.c.overflowed_from == c.contact_group)
        .where(visit.c.entered_at >= c.offered_at)
        .order_by(visit.c.entered_at, visit.c.visit_number)
        .limit(1)
    )


_OF_RING = ("call_id", "started_at", "contact_group", "offered_at")
VISIT_OUTCOME = Beside("stay", _OF_RING, _stay, "visit_outcome", of_user=False)
TAKEN_BY = Beside("stay", _OF_RING, _stay, "taken_by")
PASSED_ON_TO = Beside("next_stay", _OF_RING, _next_stay, "passed_on_to", of_user=False)
