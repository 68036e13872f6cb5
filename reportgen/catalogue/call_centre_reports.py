"""Folder 10: what a call centre's supervisor looks at; live on the boards, here over a period."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import group_measures as g
from reportgen.catalogue import measures as m
from reportgen.catalogue.agent_subjects import AGENT_DAYS, AGENT_STATES, BOUNCED
from reportgen.catalogue.availability_reports import STATES, STATES_OF_AGENTS
from reportgen.catalogue.availability_subjects import AGENT_WORKING_DAYS, EXTENSION_DAYS
from reportgen.catalogue.parts import Figure, Folder, HeatMap, Order, OverTime, Report, Top
from reportgen.catalogue.subjects import CALLS, VISITS
from reportgen.texts import _
from store.vocabulary import AgentState, Direction, GroupKind

availability_punctuality = Report(
    slug="availability-punctuality",
    section="10.1",
    folder=Folder.CALL_CENTRE,
    title=_("Availability and punctuality"),
    subject=AGENT_WORKING_DAYS,
    summary=(g.agent_days, g.late_starts, g.late_time, g.early_ends, g.early_time),
    columns=(
        by.agent,
        by.agent_name,
        by.agent_day,
        by.opens_at,
        by.first_in_at,
        by.late,
        by.closes_at,
        by.last_out_at,
        by.early,
        by.signed_in,
        by.available,
    ),
    order=(Order("agent"),),
    charts=(Top((by.agent, by.agent_name), (g.late_starts, g.early_ends)),),
)

extension_availability = Report(
    slug="extension-availability",
    section="10.2",
    folder=Folder.CALL_CENTRE,
    title=_("Available time of extensions"),
    subject=EXTENSION_DAYS,
    summary=(
        g.extension_working_time,
        g.extension_available_time,
        g.extension_talk_time,
        g.extension_dnd_time,
        g.extension_available_share,
    ),
    dimensions=(by.extension, by.extension_user),
    figures=(
        g.extension_working_time,
        g.extension_available_time,
        g.extension_talk_time,
        g.extension_dnd_time,
        g.extension_available_share,
    ),
    charts=(Top((by.extension, by.extension_user), (g.extension_talk_time, g.extension_dnd_time)),),
)


def _group_figures(*others: Figure) -> tuple[Figure, ...]:
    return (g.visit_offered, m.answered, m.answered_in_target, *others)


queue_performance = Report(
    slug="queue-performance",
    section="10.3",
    folder=Folder.CALL_CENTRE,
    title=_("Queue performance"),
    subject=VISITS,
    summary=_group_figures(
        g.abandoned,
        g.overflowed,
        g.visit_missed,
        g.visit_average_wait,
        g.visit_longest_wait,
        g.visit_gos,
        m.pca,
    ),
    dimensions=(by.contact_group, by.hour),
    figures=_group_figures(
        g.abandoned,
        g.overflowed,
        g.visit_missed,
        g.visit_average_wait,
        g.visit_longest_wait,
        m.average_answer,
        g.visit_gos,
        m.pca,
    ),
    only=lambda c: c.group_kind == GroupKind.QUEUE.value,
    charts=(OverTime((m.answered, g.visit_missed, g.overflowed), line=g.visit_gos),),
)

hunt_group_activity = Report(
    slug="hunt-group-activity",
    section="10.4",
    folder=Folder.CALL_CENTRE,
    title=_("Hunt group activity"),
    subject=VISITS,
    summary=_group_figures(g.visit_missed, g.visit_missed_share, g.visit_gos, m.pca),
    dimensions=(by.contact_group,),
    figures=_group_figures(
        g.overflowed,
        g.visit_missed,
        g.visit_missed_share,
        g.visit_average_ring,
        m.total_talk,
        g.visit_average_talk,
        m.average_answer,
        g.visit_gos,
        m.pca,
    ),
    only=lambda c: c.group_kind == GroupKind.HUNT_GROUP.value,
    charts=(Top((by.contact_group,), (m.answered, g.visit_missed, g.overflowed), note=g.visit_gos),),
)

bounced_calls = Report(
    slug="bounced-calls",
    section="10.5",
    folder=Folder.CALL_CENTRE,
    title=_("Bounced calls"),
    subject=BOUNCED,
    summary=(g.bounces, g.bounced_calls, g.bounce_ring, g.bounce_average_ring),
    columns=(
        by.agent,
        by.agent_name,
        by.contact_group,
        by.bounced_at,
        by.ring_time,
        by.leg_number,
        by.what_became,
        by.taken_by,
        by.passed_on_to,
    ),
    order=(Order("agent"), Order("contact_group")),
    charts=(Top((by.agent, by.agent_name), (g.bounces,)),),
)

agent_busy = Report(
    slug="agent-busy",
    section="10.6",
    folder=Folder.CALL_CENTRE,
    title=_("Agent busy time"),
    subject=AGENT_DAYS,
    summary=(g.occupied_time, g.talking_time, g.wrap_up_time, g.occupancy),
    dimensions=(by.agent, by.agent_name),
    figures=(
        g.signed_in_time,
        g.unavailable_time,
        g.agent_calls,
        g.talking_time,
        g.wrap_up_time,
        g.occupied_time,
        g.occupancy,
    ),
    charts=(Top((by.agent, by.agent_name), (g.talking_time, g.wrap_up_time), note=g.occupancy),),
)

status_duration = Report(
    slug="status-duration",
    section="10.7",
    folder=Folder.CALL_CENTRE,
    title=_("Duration per status"),
    subject=AGENT_DAYS,
    summary=(*STATES, g.signed_in_time),
    dimensions=(by.agent, by.agent_name),
    figures=(*STATES, g.signed_in_time, g.ready_share),
    charts=(STATES_OF_AGENTS,),
)

wrap_up = Report(
    slug="wrap-up",
    section="10.8",
    folder=Folder.CALL_CENTRE,
    title=_("Wrap-up and reason codes"),
    subject=AGENT_STATES,
    summary=(g.wrap_up_time, g.unavailable_time, g.state_times),
    dimensions=(by.agent, by.agent_name, by.status, by.reason),
    figures=(g.state_time, g.state_times, g.average_state_time, g.longest_pause),
    only=lambda c: c.state.in_([AgentState.WRAP_UP.value, AgentState.UNAVAILABLE.value]),
    charts=(Top((by.status, by.reason), (g.state_time,), note=g.state_times),),
)

# A report of its own and not a mere bundle: so it is filtered, kept and opened to its calls like any other.
management_summary = Report(
    slug="management-summary",
    section="10.9",
    folder=Folder.CALL_CENTRE,
    title=_("Management summary"),
    subject=CALLS,
    summary=(*m.response_summary, m.average_answer, m.average_wait),
    dimensions=(by.day,),
    figures=m.response,
    direction=Direction.INCOMING,
    charts=(OverTime((m.answered, m.missed), line=m.gos), HeatMap(m.offered)),
    chapters=(
        "ddi-activity",
        "caller-tolerance",
        "missed-calls",
        "unreturned-missed-calls",
        "department-activity",
        "extension-activity",
        "customer-activity",
    ),
)

REPORTS = (
    availability_punctuality,
    extension_availability,
    queue_performance,
    hunt_group_activity,
    bounced_calls,
    agent_busy,
    status_duration,
    wrap_up,
    management_summary,
)
