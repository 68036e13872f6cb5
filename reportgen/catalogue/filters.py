"""What readers can filter on, per subject."""

from sqlalchemy import Subquery, select

from reportgen.catalogue import tables
from reportgen.catalogue.parts import (
    Filter,
    NameFilter,
    NumberFilter,
    RangeFilter,
    ThresholdFilter,
    TimeOfDayFilter,
    ValueFilter,
    WeekdayFilter,
)
from reportgen.texts import _
from reportgen.units import AGENT_STATE, DIRECTION, LEG_OUTCOME, NUMBER, OUTCOME, TEXT, VISIT_OUTCOME
from store.vocabulary import OrganisationUnitKind

ANSWER_TARGET = "answer-target"
SHORT_CALL = "short-call"


def _units(kind: str) -> Subquery:
    unit = tables.UNIT.c
    return select(unit.unit_id.label("key"), unit.name, unit.code).where(unit.kind == kind).subquery()


_people = select(
    tables.PERSON.c.person_id.label("key"), tables.PERSON.c.name, tables.PERSON.c.reference.label("code")
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
ddi = ValueFilter("ddi", _("DDI"), "ddi", NUMBER, _ddis.subquery())
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
number = NumberFilter("number", _("Number"), "number")
leg_number = NumberFilter("number", _("Number"), "outside_number")
duration = RangeFilter("duration", _("Duration"), "duration_seconds")
talk_time = RangeFilter("talk-time", _("Talk time"), "talk_seconds")
ring_time = RangeFilter("ring-time", _("Ring time"), "ring_seconds")
wait = RangeFilter("wait", _("Wait"), "wait_seconds")
time_of_day = TimeOfDayFilter("time-of-day", _("Time of day"))
weekday = WeekdayFilter("weekday", _("Weekday"))
answer_target = ThresholdFilter(ANSWER_TARGET, _("Answer target"), _("Answer target: {seconds} seconds"))
short_call = ThresholdFilter(
    SHORT_CALL, _("Short-call threshold"), _("Short calls: given up within {seconds} seconds")
)

_organisation: tuple[Filter, ...] = (site, division, department, cost_centre, user, extension)
_moment: tuple[Filter, ...] = (time_of_day, weekday)

CALL_FILTERS: tuple[Filter, ...] = (
    *_organisation,
    ddi,
    ddi_group,
    contact_group,
    direction,
    outcome,
    number,
    customer,
    duration,
    ring_time,
    wait,
    *_moment,
    answer_target,
    short_call,
)
LEG_FILTERS: tuple[Filter, ...] = (
    *_organisation,
    ddi,
    ddi_group,
    contact_group,
    agent,
    direction,
    leg_outcome,
    leg_number,
    talk_time,
    ring_time,
    *_moment,
)
STATE_FILTERS: tuple[Filter, ...] = (agent, state, reason)
DEVICE_FILTERS: tuple[Filter, ...] = (extension,)
VISIT_FILTERS: tuple[Filter, ...] = (
    contact_group,
    ddi,
    ddi_group,
    agent,
    extension,
    direction,
    visit_outcome,
    wait,
    ring_time,
    *_moment,
    answer_target,
    short_call,
)


def unit_call_filters(kind: OrganisationUnitKind) -> tuple[Filter, ...]:
    """Of calls that are counted per unit: that unit, and what belongs to the whole call."""
    unit = {
        OrganisationUnitKind.SITE: site,
        OrganisationUnitKind.DIVISION: division,
        OrganisationUnitKind.DEPARTMENT: department,
        OrganisationUnitKind.COST_CENTRE: cost_centre,
    }[kind]
    return (unit, ddi, ddi_group, contact_group, direction, outcome, customer, *_moment)
