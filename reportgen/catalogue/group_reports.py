"""Folders 7 and 8: contact groups and their agents."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue.parts import Chart, Folder, Report
from reportgen.catalogue.subjects import AGENT_LEGS, VISITS
from reportgen.texts import _

contact_group_overview = Report(
    slug="contact-group-overview",
    section="1.37",
    folder=Folder.CONTACT_GROUPS,
    title=_("Contact group overview"),
    subject=VISITS,
    summary=(
        m.visit_offered,
        m.visit_missed,
        m.overflowed,
        m.answered_direct,
        m.answered_after_overflow,
    ),
    dimensions=(by.contact_group, by.group_kind),
    figures=(
        m.visit_offered,
        m.visit_missed,
        m.overflowed,
        m.answered_direct,
        m.answered_after_overflow,
        m.answered,
        m.visit_average_talk,
        m.average_answer,
    ),
    chart=Chart(by.contact_group, (m.answered, m.visit_missed, m.overflowed)),
)

agent_by_group = Report(
    slug="agent-by-group",
    section="1.38",
    folder=Folder.AGENTS,
    title=_("Agents by contact group"),
    subject=AGENT_LEGS,
    summary=(m.agent_offered, m.agent_missed, m.agent_answered_direct, m.agent_answered_after_overflow),
    dimensions=(by.contact_group, by.agent, by.agent_name),
    figures=(
        m.agent_offered,
        m.agent_missed,
        m.agent_bounced,
        m.agent_answered,
        m.agent_answered_direct,
        m.agent_answered_after_overflow,
        m.agent_average_talk,
        m.agent_average_answer,
    ),
)

REPORTS = (contact_group_overview, agent_by_group)
