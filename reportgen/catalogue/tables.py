"""The views of schema `report`, as far as reports read them: names only."""

from sqlalchemy import TableClause, column, table

SCHEMA = "report"


def _view(name: str, *columns: str) -> TableClause:
    return table(name, *(column(each) for each in columns), schema=SCHEMA)


TENANT = _view("tenant", "tenant_id", "slug", "name", "time_zone", "language", "region")

CALL = _view(
    "call",
    "tenant_id",
    "started_at",
    "call_id",
    "pbx_id",
    "direction",
    "outcome",
    "caller_number",
    "caller_name",
    "withheld",
    "called_number",
    "outside_number",
    "ddi",
    "extension",
    "answered_by",
    "person_id",
    "site_id",
    "division_id",
    "department_id",
    "cost_centre_id",
    "contact_group",
    "customer_id",
    "answered_at",
    "ended_at",
    "duration_seconds",
    "ring_seconds",
    "wait_seconds",
    "talk_seconds",
    "hold_seconds",
    "answer_target_seconds",
    "transfers",
    "ended_by",
    "area_code",
    "destination",
    "country",
    "phase",
    "total",
    "incoming",
    "outgoing",
    "internal",
    "presented",
    "in_progress",
    "short_calls",
    "offered",
    "answered",
    "answered_outside",
    "answered_in_target",
    "missed",
    "conversations",
    "answer_wait_seconds",
    "offered_wait_seconds",
    "outside_key",
)

LEG = _view(
    "leg",
    "tenant_id",
    "started_at",
    "call_id",
    "leg_number",
    "kind",
    "role",
    "direction",
    "outcome",
    "extension",
    "agent",
    "person_id",
    "site_id",
    "division_id",
    "department_id",
    "cost_centre_id",
    "contact_group",
    "number",
    "outside_number",
    "ddi",
    "offered_at",
    "answered_at",
    "ended_at",
    "ring_seconds",
    "talk_seconds",
    "hold_seconds",
    "total",
    "incoming",
    "outgoing",
    "internal",
    "missed",
    "conversations",
    "rings",
    "counted_ring_seconds",
    "outside_key",
)

VISIT = _view(
    "visit",
    "tenant_id",
    "started_at",
    "call_id",
    "visit_number",
    "group_kind",
    "contact_group",
    "ddi",
    "direction",
    "outcome",
    "entered_at",
    "answered_at",
    "left_at",
    "overflowed_from",
    "agent",
    "extension",
    "wait_seconds",
    "ring_seconds",
    "talk_seconds",
    "presented",
    "in_progress",
    "short_calls",
    "offered",
    "answered",
    "answered_direct",
    "answered_after_overflow",
    "answered_in_target",
    "overflowed",
    "abandoned",
    "missed",
    "answer_wait_seconds",
)

_CALL_SUMS = (
    "total",
    "incoming",
    "outgoing",
    "internal",
    "presented",
    "in_progress",
    "short_calls",
    "offered",
    "answered",
    "answered_outside",
    "answered_in_target",
    "missed",
    "conversations",
    "duration_seconds",
    "ring_seconds",
    "wait_seconds",
    "talk_seconds",
    "hold_seconds",
    "answer_wait_seconds",
    "offered_wait_seconds",
)
CALL_DAY = _view(
    "rollup_call_day", "tenant_id", "local_day", "direction", "ddi", "contact_group", "last_at", *_CALL_SUMS
)
DIRECTION_QUARTER = _view("rollup_direction_quarter", "tenant_id", "bucket_start", "direction", *_CALL_SUMS)
CALL_QUARTER = _view(
    "rollup_call_quarter", "tenant_id", "bucket_start", "direction", "ddi", "contact_group", *_CALL_SUMS
)

_VISIT_SUMS = (
    "presented",
    "in_progress",
    "short_calls",
    "offered",
    "answered",
    "answered_direct",
    "answered_after_overflow",
    "answered_in_target",
    "overflowed",
    "abandoned",
    "missed",
    "wait_seconds",
    "talk_seconds",
    "answer_wait_seconds",
    "offered_wait_seconds",
    "counted_ring_seconds",
    "longest_wait_seconds",
)
VISIT_DAY = _view("rollup_visit_day", "tenant_id", "local_day", "contact_group", "group_kind", *_VISIT_SUMS)
VISIT_QUARTER = _view(
    "rollup_visit_quarter", "tenant_id", "bucket_start", "contact_group", "group_kind", *_VISIT_SUMS
)

EXTENSION_DAY = _view(
    "rollup_extension_day",
    "tenant_id",
    "local_day",
    "extension",
    "direction",
    "person_id",
    "site_id",
    "division_id",
    "department_id",
    "cost_centre_id",
    "total",
    "incoming",
    "outgoing",
    "internal",
    "missed",
    "conversations",
    "rings",
    "talk_seconds",
    "hold_seconds",
    "ring_seconds",
    "counted_ring_seconds",
)

UNIT_DAY = _view(
    "rollup_unit_day",
    "tenant_id",
    "local_day",
    "kind",
    "unit_id",
    "direction",
    "destination",
    "total",
    "incoming",
    "outgoing",
    "internal",
    "missed",
    "conversations",
    "talk_seconds",
)

LOST_DAY = _view("rollup_lost_day", "tenant_id", "local_day", "wait_seconds", "calls")

AREA_DAY = _view(
    "rollup_area_day",
    "tenant_id",
    "local_day",
    "direction",
    "area_code",
    "destination",
    "country",
    "total",
    "incoming",
    "outgoing",
    "internal",
    "missed",
    "conversations",
    "duration_seconds",
    "talk_seconds",
)

AGENT_CALL_DAY = _view(
    "rollup_agent_call_day",
    "tenant_id",
    "local_day",
    "agent",
    "own_extension",
    "contact_group",
    "direction",
    "rings",
    "agent_missed",
    "agent_bounced",
    "agent_answered",
    "agent_answered_ddi",
    "agent_answered_direct",
    "agent_answered_after_overflow",
    "agent_answer_seconds",
    "talk_seconds",
)

AGENT_DAY = _view(
    "rollup_agent_day", "tenant_id", "local_day", "agent", "state", "reason", "seconds", "began", "calls"
)

AGENT_STATE = _view(
    "agent_state",
    "tenant_id",
    "from_at",
    "until_at",
    "pbx_id",
    "agent",
    "state",
    "reason",
    "call_id",
    "takes_up_call",
)
AGENT_SESSION = _view("agent_group_session", "from_at", "until_at", "agent", "contact_group")
DEVICE_STATE = _view("device_state", "tenant_id", "from_at", "until_at", "pbx_id", "extension", "state")
AGENT_STATE_REACH = _view("agent_state_reach", "longest", "open_since")
DEVICE_STATE_REACH = _view("device_state_reach", "longest", "open_since")

MISSED_CALL = _view(
    "missed_call",
    "tenant_id",
    "started_at",
    "call_id",
    "state",
    "unreturned",
    "attempted_at",
    "reached_at",
    "came_back_at",
    "closed_at",
    "resolution_seconds",
    "target_seconds",
    "missed",
    "customer_id",
    "outside_key",
    "ring_seconds",
)

PERSON = _view("person", "person_id", "reference", "name", "archived_at")
UNIT = _view("organisation_unit", "unit_id", "kind", "name", "code")
EXTENSION = _view(
    "extension",
    "tenant_id",
    "number",
    "valid",
    "person_id",
    "site_id",
    "division_id",
    "department_id",
    "cost_centre_id",
)
DDI = _view("ddi", "number", "valid", "name", "ddi_group_id")
DDI_GROUP = _view("ddi_group", "ddi_group_id", "name")
CONTACT_GROUP = _view("contact_group", "kind", "pbx_name", "name")
AGENT = _view("agent", "pbx_name", "extension", "person_id")
WORKING_HOURS = _view("working_hours", "tenant_id", "line", "weekday", "opens", "closes")
HOLIDAY = _view("holiday", "tenant_id", "day")
CUSTOMER = _view("customer", "customer_id", "reference", "name")
PBX_GAP = _view("pbx_gap", "pbx_id", "began_at", "ended_at", "reason", "filled_at")
LIVE_PBX = _view("live_pbx", "pbx_id", "connected", "changed_at", "updated_at")
