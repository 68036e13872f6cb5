"""What figures are broken down by, and what the rows of a list show."""

from sqlalchemy import func

from reportgen.catalogue import lookups
from reportgen.catalogue.parts import Column, Dimension
from reportgen.texts import _
from reportgen.units import (
    AGENT_STATE,
    CALL_ID,
    CLOCK,
    COUNT,
    COUNTRY,
    DATE_TIME,
    DAY,
    DESTINATION,
    DIRECTION,
    DURATION,
    ENDER,
    GROUP_KIND,
    INTERVAL,
    LEG_KIND,
    LEG_OUTCOME,
    LEG_ROLE,
    MONTH,
    NUMBER,
    OUTCOME,
    TEXT,
    VISIT_OUTCOME,
)

extension = Dimension("extension", _("Extension"), NUMBER, "extension")
user = Dimension(
    "user", _("User"), TEXT, "person_id", _("Who had the extension at the time."), lookups.PERSON
)
site = Dimension(
    "site", _("Site"), TEXT, "site_id", _("Where it belonged at the time."), lookups.unit("site")
)
division = Dimension(
    "division",
    _("Division"),
    TEXT,
    "division_id",
    _("Where it belonged at the time."),
    lookups.unit("division"),
)
department = Dimension(
    "department",
    _("Department"),
    TEXT,
    "department_id",
    _("Where it belonged at the time."),
    lookups.unit("department"),
)
cost_centre = Dimension(
    "cost_centre",
    _("Cost centre"),
    TEXT,
    "cost_centre_id",
    _("Where it belonged at the time."),
    lookups.unit("cost_centre"),
)
call_type = Dimension("call_type", _("Call type"), DIRECTION, "direction")
ddi = Dimension("ddi", _("DDI"), NUMBER, "ddi", _("The direct number that was called."))
ddi_name = Dimension("ddi_name", _("DDI name"), TEXT, "ddi", "", lookups.DDI_NAME)
ddi_group = Dimension("ddi_group", _("DDI group"), TEXT, "ddi", "", lookups.DDI_GROUP)
contact_group = Dimension("contact_group", _("Contact group"), TEXT, "contact_group", "", lookups.GROUP_NAME)
group_kind = Dimension("group_kind", _("Kind"), GROUP_KIND, "group_kind")
agent = Dimension("agent", _("Agent"), TEXT, "agent")
agent_name = Dimension("agent_name", _("Name"), TEXT, "agent", "", lookups.AGENT_NAME)

_INTERVAL = _("A call belongs to the interval in which it started, in local time.")
half_hour = Dimension("half_hour", _("Half hour"), INTERVAL, "started_at", _INTERVAL, bucket="half_hour")
hour = Dimension("hour", _("Hour"), INTERVAL, "started_at", _INTERVAL, bucket="hour")
day = Dimension("day", _("Day"), DAY, "started_at", _INTERVAL, bucket="day")
month = Dimension("month", _("Month"), MONTH, "started_at", _INTERVAL, bucket="month")

started_at = Column("started_at", _("Date/time"), DATE_TIME, "started_at", _("When the call began."))
number = Column("number", _("Number"), NUMBER, "number", _("The other party; empty when withheld."))
area = Dimension("area", _("Area"), TEXT, "area_code", _("Area code of the other party's number."))
destination = Dimension("destination", _("Destination"), DESTINATION, "destination")
country = Dimension("country", _("Country"), COUNTRY, "country", _("Of the other party's number."))
customer = Dimension(
    "customer", _("Customer"), TEXT, "customer_id", _("Whose number it was at the time."), lookups.CUSTOMER
)
outside_number = Dimension(
    "number",
    _("Number"),
    NUMBER,
    "outside_key",
    _("The other party's number."),
    shown=lambda key: func.split_part(key, "#", 1),
)
"""Callers whose numbers look the same because their last digits are hidden stay apart by the key."""
waited = Dimension(
    "waited", _("Waited"), DURATION, "wait_seconds", _("How long the caller waited before giving up.")
)
ring_time = Column("ring_time", _("Ring time"), DURATION, "ring_seconds", _("How long devices rang."))
duration = Column(
    "duration",
    _("Duration"),
    DURATION,
    "duration_seconds",
    _("From answer to end; ring time is not part of it."),
)
talk_time = Column(
    "talk_time", _("Talk time"), DURATION, "talk_seconds", _("Time in conversation, hold included.")
)
wait = Column(
    "wait",
    _("Wait"),
    DURATION,
    "wait_seconds",
    _("From first ring, or entry to the queue, to the answer or to giving up."),
)
outcome = Dimension("outcome", _("Outcome"), OUTCOME, "outcome")
leg_outcome = Column("outcome", _("Outcome"), LEG_OUTCOME, "outcome")
visit_outcome = Column("outcome", _("Outcome"), VISIT_OUTCOME, "outcome")
outside_party = Column("number", _("Number"), NUMBER, "outside_number", _("The other party's number."))
answered_by = Column(
    "answered_by", _("Answered by"), NUMBER, "answered_by", _("The first extension where a person answered.")
)
went_to = Column(
    "went_to",
    _("Went to"),
    TEXT,
    "call_id",
    _("Who took the call after the first who answered."),
    lookups.WENT_TO,
)
ended_at = Column(
    "ended_at",
    _("Ended at"),
    NUMBER,
    "call_id",
    _("Who had the call when it ended; unanswered: who was rung last."),
    lookups.ENDED_AT,
)
call_id = Column("call_id", _("Call"), CALL_ID, "call_id", _("The identity of the call."))
other_party = Column(
    "number",
    _("Number"),
    NUMBER,
    "call_id",
    _("The other party; empty when withheld."),
    lookups.of_call("other_party"),
)
area_of_call = Column(
    "area",
    _("Area"),
    TEXT,
    "call_id",
    _("Area code of the other party's number."),
    lookups.of_call("area_code"),
)
answered_by_of_call = Column(
    "answered_by",
    _("Answered by"),
    NUMBER,
    "call_id",
    _("The first extension where a person answered."),
    lookups.of_call("answered_by", of_user=True),
)
leg_duration = Column(
    "duration", _("Duration"), DURATION, "talk_seconds", _("Time in conversation, hold included.")
)
part = Column("part", _("Part"), COUNT, "leg_number")
leg_kind = Column("kind", _("Kind"), LEG_KIND, "kind")
leg_role = Column("role", _("Role"), LEG_ROLE, "role")
party = Column("party", _("Party"), NUMBER, "number", _("The extension or outside number of this part."))
offered_at = Column("offered_at", _("Offered at"), CLOCK, "offered_at")
answered_at = Column("answered_at", _("Answered at"), CLOCK, "answered_at")
part_ended_at = Column("ended", _("Ended"), CLOCK, "ended_at")
hold_time = Column("hold_time", _("Hold time"), DURATION, "hold_seconds")

state_day = Dimension(
    "day", _("Day"), DAY, "from_at", _("Time in a state is cut at local midnight."), bucket="day"
)
on_day = Column("day", _("Day"), DAY, "from_at")
status = Dimension("status", _("Status"), AGENT_STATE, "state")
reason = Dimension(
    "reason",
    _("Reason"),
    TEXT,
    "reason",
    _("Why the agent was unavailable, as the telephone system says it."),
)
extension_user = Dimension(
    "user",
    _("User"),
    TEXT,
    "extension",
    _("Who had the extension at the time."),
    lookups.EXTENSION_USER,
)
from_at = Column("from", _("From"), DATE_TIME, "from_at", _("Within the period."))
until_at = Column("until", _("To"), DATE_TIME, "until_at", _("Within the period."))
lasted = Column("duration", _("Duration"), DURATION, "seconds", _("Within the period."))
on_at = Column("on", _("On"), DATE_TIME, "began_at", _("When it was switched on."))
off_at = Column("off", _("Off"), DATE_TIME, "ended_at", _("When it was switched off; empty while it is on."))

agent_day = Column("day", _("Day"), DAY, "day_start", _("Time in a state is cut at local midnight."))
opens_at = Column("opens", _("Opens"), CLOCK, "opens_at", _("When the organisation's working hours begin."))
closes_at = Column("closes", _("Closes"), CLOCK, "closes_at", _("When the organisation's working hours end."))
first_in_at = Column("first_in", _("First sign-in"), CLOCK, "first_in_at")
last_out_at = Column(
    "last_out", _("Last sign-out"), CLOCK, "last_out_at", _("Empty while the agent is signed in.")
)
late = Column(
    "late", _("Late start"), DURATION, "late_seconds", _("First sign-in after the working hours had begun.")
)
early = Column(
    "early",
    _("Early end"),
    DURATION,
    "early_seconds",
    _("Last sign-out before the working hours had ended; not told while they go on."),
)
signed_in = Column(
    "signed_in_time", _("Signed-in time"), DURATION, "signed_in_seconds", _("From signing in to signing out.")
)
available = Column(
    "available_time",
    _("Available time"),
    DURATION,
    "available_seconds",
    _("Signed in, without the time unavailable and in wrap-up."),
)

bounced_at = Column("offered_at", _("Date/time"), DATE_TIME, "offered_at", _("When the agent was rung."))
leg_number = Column(
    "number", _("Number"), NUMBER, "outside_number", _("The other party; empty when withheld.")
)
what_became = Column(
    "outcome",
    _("What became of it"),
    VISIT_OUTCOME,
    "call_id",
    _("How the caller's stay in that group ended."),
    lookups.VISIT_OUTCOME,
)
taken_by = Column(
    "taken_by",
    _("Taken by"),
    TEXT,
    "call_id",
    _("The agent of the group who took the call in the end."),
    lookups.TAKEN_BY,
)
passed_on_to = Column(
    "passed_on_to",
    _("Passed on to"),
    TEXT,
    "call_id",
    _("The group that the call overflowed into."),
    lookups.PASSED_ON_TO,
)
ended_by = Column("ended_by", _("Ended by"), ENDER, "ended_by", _("Who put down the receiver."))
