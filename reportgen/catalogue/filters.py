"""What readers can filter on, per subject.

What does not stand on a subject's own rows is looked up through the call, its legs, or the place where an
agent or a device worked at the time.
"""

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import ColumnElement, Subquery, and_, func, literal_column, select

from reportgen.catalogue import tables
from reportgen.catalogue.parts import (
    Columns,
    Filter,
    NameFilter,
    NumberFilter,
    RangeFilter,
    ThresholdFilter,
    Through,
    TimeOfDayFilter,
    ValueFilter,
    WeekdayFilter,
)
from reportgen.texts import _
from reportgen.units import (
    AGENT_STATE,
    DESTINATION,
    DIRECTION,
    LEG_OUTCOME,
    NUMBER,
    OUTCOME,
    PHASE,
    TEXT,
    VISIT_OUTCOME,
)
from store.vocabulary import OrganisationUnitKind

ANSWER_TARGET = "answer-target"
SHORT_CALL = "short-call"


def _units(kind: str) -> Subquery:
    unit = tables.UNIT.c
    return select(unit.unit_id.label("key"), unit.name, unit.code).where(unit.kind == kind).subquery()


_people = select(
    tables.PERSON.c.person_id.label("key"),
    # A name is not required of a person, and everybody can be chosen.
    func.coalesce(tables.PERSON.c.name, tables.PERSON.c.reference).label("name"),
    tables.PERSON.c.reference.label("code"),
).where(tables.PERSON.c.archived_at.is_(None))
_ddi_groups = select(
    tables.DDI.c.number.label("key"),
    tables.DDI.c.valid,
    tables.DDI_GROUP.c.name,
    tables.DDI_GROUP.c.name.label("code"),
).join_from(tables.DDI, tables.DDI_GROUP, tables.DDI.c.ddi_group_id == tables.DDI_GROUP.c.ddi_group_id)
_groups = select(
    tables.CONTACT_GROUP.c.pbx_name.label("key"),
    tables.CONTACT_GROUP.c.name,
    tables.CONTACT_GROUP.c.pbx_name.label("code"),
)
_customers = select(
    tables.CUSTOMER.c.customer_id.label("key"),
    tables.CUSTOMER.c.name,
    tables.CUSTOMER.c.reference.label("code"),
)
_ddis = select(tables.DDI.c.number.label("key"), tables.DDI.c.name)
_agents = select(tables.AGENT.c.pbx_name.label("key"), tables.AGENT.c.pbx_name.label("name"))
_extensions = select(tables.EXTENSION.c.number.label("key"), tables.PERSON.c.name).join_from(
    tables.EXTENSION,
    tables.PERSON,
    (tables.EXTENSION.c.person_id == tables.PERSON.c.person_id) & tables.PERSON.c.archived_at.is_(None),
    isouter=True,
)

site = NameFilter("site", _("Site"), "site_id", _units("site"))
division = NameFilter("division", _("Division"), "division_id", _units("division"))
department = NameFilter("department", _("Department"), "department_id", _units("department"))
cost_centre = NameFilter("cost-centre", _("Cost centre"), "cost_centre_id", _units("cost_centre"))
user = NameFilter("user", _("User"), "person_id", _people.subquery())
extension = ValueFilter("extension", _("Extension"), "extension", NUMBER, _extensions.subquery())
ddi = ValueFilter("ddi", _("DDI"), "ddi", NUMBER, _ddis.subquery(), is_public_number=True)
ddi_group = NameFilter("ddi-group", _("DDI group"), "ddi", _ddi_groups.subquery())
contact_group = NameFilter("contact-group", _("Contact group"), "contact_group", _groups.subquery())
agent = ValueFilter("agent", _("Agent"), "agent", TEXT, _agents.subquery())
direction = ValueFilter("direction", _("Call type"), "direction", DIRECTION)
outcome = ValueFilter("outcome", _("Outcome"), "outcome", OUTCOME)
leg_outcome = ValueFilter("outcome", _("Outcome"), "outcome", LEG_OUTCOME)
visit_outcome = ValueFilter("outcome", _("Outcome"), "outcome", VISIT_OUTCOME)
state = ValueFilter("state", _("Status"), "state", AGENT_STATE)
reason = ValueFilter("reason", _("Reason"), "reason", TEXT)
customer = NameFilter("customer", _("Customer"), "customer_id", _customers.subquery())
area_code = ValueFilter("area-code", _("Area code"), "area_code", TEXT)
destination = ValueFilter("destination", _("Destination"), "destination", DESTINATION)
working_hours = ValueFilter("working-hours", _("Working hours"), "phase", PHASE)
number = NumberFilter("number", _("Number"), "number")
leg_number = NumberFilter("number", _("Number"), "outside_number")
duration = RangeFilter("duration", _("Duration"), "duration_seconds")
talk_duration = RangeFilter("duration", _("Duration"), "talk_seconds")
ring_time = RangeFilter("ring-time", _("Ring time"), "ring_seconds")
wait = RangeFilter("wait", _("Wait"), "wait_seconds")
time_of_day = TimeOfDayFilter("time-of-day", _("Time of day"))
weekday = WeekdayFilter("weekday", _("Weekday"))
answer_target = ThresholdFilter(ANSWER_TARGET, _("Answer target"), _("Answer target: {seconds} seconds"))
short_call = ThresholdFilter(
    SHORT_CALL, _("Short-call threshold"), _("Short calls: given up within {seconds} seconds")
)

_NOW: ColumnElement[object] = literal_column("now()")


def _same_call(other: Columns, c: Columns) -> ColumnElement[bool]:
    return and_(other.tenant_id == c.tenant_id, other.call_id == c.call_id, other.started_at == c.started_at)


def _agent_there(other: Columns, c: Columns) -> ColumnElement[bool]:
    return and_(other.agent == c.agent, other.valid.op("@>", is_comparison=True)(c.from_at))


def _agent_signed_in(other: Columns, c: Columns) -> ColumnElement[bool]:
    return and_(
        other.agent == c.agent,
        other.from_at < c.until_at,
        func.coalesce(other.until_at, _NOW) > c.from_at,
    )


def _device_there(other: Columns, c: Columns) -> ColumnElement[bool]:
    return and_(other.number == c.extension, other.valid.op("@>", is_comparison=True)(c.from_at))


_extension_units = tuple(
    tables.EXTENSION.c[name] for name in ("site_id", "division_id", "department_id", "cost_centre_id")
)
_agents_places = select(
    tables.AGENT.c.pbx_name.label("agent"),
    tables.AGENT.c.extension,
    func.coalesce(tables.AGENT.c.person_id, tables.EXTENSION.c.person_id).label("person_id"),
    *_extension_units,
    func.coalesce(tables.EXTENSION.c.valid, literal_column("tstzrange(NULL, NULL)")).label("valid"),
).join_from(
    tables.AGENT, tables.EXTENSION, tables.AGENT.c.extension == tables.EXTENSION.c.number, isouter=True
)

OF_CALL = Through("of_call", tables.CALL, _same_call, ("call_id",))
OF_LEGS = Through("of_legs", tables.LEG, _same_call, ("call_id",))
OF_AGENT = Through("of_agent", _agents_places.subquery(), _agent_there, ("agent", "from_at"))
OF_SESSION = Through("of_session", tables.AGENT_SESSION, _agent_signed_in, ("agent", "from_at", "until_at"))
OF_DEVICE = Through("of_device", tables.EXTENSION, _device_there, ("extension", "from_at"))

F = TypeVar("F", bound=Filter)


def through(place: Through, *filters: F) -> tuple[F, ...]:
    """The filters, looked up through another table."""
    return tuple(replace(each, through=place) for each in filters)


_units_and_user: tuple[Filter, ...] = (site, division, department, cost_centre, user)
_organisation: tuple[Filter, ...] = (*_units_and_user, extension)
_moment: tuple[Filter, ...] = (time_of_day, weekday)
_ddi: tuple[Filter, ...] = (ddi, ddi_group)
_outside_party: tuple[Filter, ...] = (customer, area_code, destination)

MISSED_CALL_FILTERS: tuple[Filter, ...] = (
    *_organisation,
    *_ddi,
    contact_group,
    *through(OF_LEGS, agent),
    direction,
    outcome,
    number,
    *_outside_party,
    duration,
    ring_time,
    wait,
    *_moment,
    working_hours,
)
CALL_FILTERS: tuple[Filter, ...] = (*MISSED_CALL_FILTERS, answer_target, short_call)
LEG_FILTERS: tuple[Filter, ...] = (
    *_organisation,
    *_ddi,
    contact_group,
    agent,
    direction,
    leg_outcome,
    leg_number,
    *through(OF_CALL, *_outside_party),
    talk_duration,
    ring_time,
    *_moment,
    *through(OF_CALL, working_hours),
)
VISIT_FILTERS: tuple[Filter, ...] = (
    *through(OF_CALL, *_units_and_user),
    extension,
    *_ddi,
    contact_group,
    agent,
    direction,
    visit_outcome,
    *through(OF_CALL, leg_number, *_outside_party),
    talk_duration,
    ring_time,
    wait,
    *_moment,
    *through(OF_CALL, working_hours),
    answer_target,
    short_call,
)
AGENT_DAY_FILTERS: tuple[Filter, ...] = (
    *through(OF_AGENT, *_units_and_user, extension),
    *through(OF_SESSION, contact_group),
    agent,
    weekday,
)
STATE_FILTERS: tuple[Filter, ...] = (*AGENT_DAY_FILTERS, state, reason)
DEVICE_FILTERS: tuple[Filter, ...] = (*through(OF_DEVICE, *_units_and_user), extension, weekday)


def unit_call_filters(kind: OrganisationUnitKind) -> tuple[Filter, ...]:
    """Of calls that are counted per unit: that unit, and what belongs to the whole call."""
    unit = {
        OrganisationUnitKind.SITE: site,
        OrganisationUnitKind.DIVISION: division,
        OrganisationUnitKind.DEPARTMENT: department,
        OrganisationUnitKind.COST_CENTRE: cost_centre,
    }[kind]
    others = tuple(each for each in _organisation if each is not unit)
    return (
        unit,
        *through(OF_CALL, *others),
        *_ddi,
        contact_group,
        *through(OF_LEGS, agent),
        direction,
        outcome,
        *through(OF_CALL, leg_number),
        customer,
        *through(OF_CALL, area_code),
        destination,
        *through(OF_CALL, duration, ring_time, wait),
        *_moment,
        *through(OF_CALL, working_hours),
    )
