"""Folder 9: availability of agents, and do-not-disturb."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import group_measures as g
from reportgen.catalogue.agent_subjects import AGENT_DAYS, AGENT_STATES, DND_DAYS, DND_STATES
from reportgen.catalogue.parts import Folder, Order, OverTime, Report, Top
from reportgen.texts import _
from store.vocabulary import AgentState

STATES = (g.talking_time, g.wrap_up_time, g.ringing_time, g.ready_time, g.unavailable_time)
STATES_OF_AGENTS = Top((by.agent, by.agent_name), STATES)
"""The states that signed-in time falls into."""

agent_status_detail = Report(
    slug="agent-status-detail",
    section="1.42",
    folder=Folder.AVAILABILITY,
    title=_("Agent status detail"),
    subject=AGENT_STATES,
    summary=(*STATES, g.signed_in_time),
    columns=(by.agent, by.agent_name, by.status, by.reason, by.from_at, by.until_at, by.lasted),
    order=(Order("agent"),),
    charts=(STATES_OF_AGENTS,),
)
agent_unavailable_daily = Report(
    slug="agent-unavailable-daily",
    section="1.43",
    folder=Folder.AVAILABILITY,
    title=_("Agents not available by day"),
    subject=AGENT_DAYS,
    summary=(g.pause_time,),
    dimensions=(by.state_day, by.agent, by.agent_name, by.reason),
    figures=(g.pause_time, g.times),
    only=lambda c: c.state == AgentState.UNAVAILABLE.value,
    charts=(Top((by.reason,), (g.pause_time,), note=g.times),),
)
dnd_overview = Report(
    slug="dnd-overview",
    section="1.44",
    folder=Folder.AVAILABILITY,
    title=_("Do-not-disturb overview"),
    subject=DND_DAYS,
    summary=(g.dnd_time,),
    dimensions=(by.extension, by.extension_user, by.state_day),
    figures=(g.dnd_time, g.times),
    charts=(OverTime((g.dnd_time,)),),
)
dnd_detail = Report(
    slug="dnd-detail",
    section="1.45",
    folder=Folder.AVAILABILITY,
    title=_("Do-not-disturb detail"),
    subject=DND_STATES,
    summary=(g.switches,),
    columns=(by.extension, by.extension_user, by.on_at, by.off_at, by.lasted),
    order=(Order("extension"),),
    charts=(Top((by.extension, by.extension_user), (g.dnd_time,), note=g.switches),),
)

REPORTS = (agent_status_detail, agent_unavailable_daily, dnd_overview, dnd_detail)
