"""Folders 7 and 8: contact groups and their agents."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import group_measures as g
from reportgen.catalogue import measures as m
from reportgen.catalogue.agent_subjects import AGENT_DAYS, AGENT_LEGS, ALL_AGENT_LEGS
from reportgen.catalogue.parts import Folder, OverTime, Report, Top
from reportgen.catalogue.subjects import VISITS
from reportgen.texts import _

contact_group_overview = Report(
    slug="contact-group-overview",
    section="1.37",
    folder=Folder.CONTACT_GROUPS,
    title=_("Contact group overview"),
    subject=VISITS,
    summary=(
        g.visit_offered,
        g.visit_missed,
        g.overflowed,
        g.answered_direct,
        g.answered_after_overflow,
    ),
    dimensions=(by.contact_group, by.group_kind),
    figures=(
        g.visit_offered,
        g.visit_missed,
        g.overflowed,
        g.answered_direct,
        g.answered_after_overflow,
        m.answered,
        g.visit_average_talk,
        m.average_answer,
    ),
    charts=(Top((by.contact_group,), (m.answered, g.visit_missed, g.overflowed)),),
)

TAKEN_OR_NOT = Top((by.agent, by.agent_name), (g.agent_answered, g.agent_missed, g.agent_bounced))

agent_by_group = Report(
    slug="agent-by-group",
    section="1.38",
    folder=Folder.AGENTS,
    title=_("Agents by contact group"),
    subject=AGENT_LEGS,
    summary=(g.agent_offered, g.agent_missed, g.agent_answered_direct, g.agent_answered_after_overflow),
    dimensions=(by.contact_group, by.agent, by.agent_name),
    figures=(
        g.agent_offered,
        g.agent_missed,
        g.agent_bounced,
        g.agent_answered,
        g.agent_answered_direct,
        g.agent_answered_after_overflow,
        g.agent_average_talk,
        g.agent_average_answer,
    ),
    charts=(TAKEN_OR_NOT,),
)

agent_activity = Report(
    slug="agent-activity",
    section="1.39",
    folder=Folder.AGENTS,
    title=_("Agent call activity"),
    subject=ALL_AGENT_LEGS,
    summary=(
        g.agent_offered,
        g.agent_missed,
        g.agent_answered_ddi,
        g.agent_answered_direct,
        g.agent_answered_after_overflow,
    ),
    dimensions=(by.agent, by.agent_name),
    figures=(
        g.agent_offered,
        g.agent_missed,
        g.agent_bounced,
        g.agent_answered,
        g.agent_answered_ddi,
        g.agent_answered_direct,
        g.agent_answered_after_overflow,
        m.total_talk,
        g.agent_average_answer,
    ),
    charts=(TAKEN_OR_NOT,),
)

_AVAILABILITY = (g.available_time, g.agent_calls, g.talking_time, g.signed_in_time)

available_agents = Report(
    slug="available-agents",
    section="1.40",
    folder=Folder.AGENTS,
    title=_("Available agent activity"),
    subject=AGENT_DAYS,
    summary=_AVAILABILITY,
    dimensions=(by.agent, by.agent_name),
    figures=_AVAILABILITY,
    charts=(Top((by.agent, by.agent_name), (g.available_time,)),),
)
available_agents_daily = Report(
    slug="available-agents-daily",
    section="1.41",
    folder=Folder.AGENTS,
    title=_("Available agent activity by day"),
    subject=AGENT_DAYS,
    summary=_AVAILABILITY,
    dimensions=(by.agent, by.agent_name, by.state_day),
    figures=_AVAILABILITY,
    charts=(OverTime((g.available_time,)),),
)

REPORTS = (
    contact_group_overview,
    agent_by_group,
    agent_activity,
    available_agents,
    available_agents_daily,
)
