"""The figures of contact groups and agents."""

from reportgen.catalogue.measures import answered, answered_in_target, total_talk
from reportgen.catalogue.parts import Measure, Ratio
from reportgen.texts import _
from reportgen.units import COUNT, DURATION, PERCENT

overflowed = Measure(
    "overflowed", _("Overflowed"), COUNT, "overflowed", _("Visits that the group passed on to another.")
)
answered_direct = Measure(
    "answered_direct",
    _("Answered directly"),
    COUNT,
    "answered_direct",
    _("Answered by the group that the call first came to."),
)
answered_after_overflow = Measure(
    "answered_after_overflow",
    _("Answered after overflow"),
    COUNT,
    "answered_after_overflow",
    _("Answered by the group that the call overflowed into."),
)
visit_offered = Measure(
    "offered",
    _("Offered"),
    COUNT,
    "offered",
    _("Visits to the group, without short calls and those still going on."),
)
visit_missed = Measure(
    "missed",
    _("Missed"),
    COUNT,
    "missed",
    _("Visits that nobody of the group answered and that were not passed on."),
)
visit_average_talk = Ratio(
    "average_talk",
    _("Average talk time"),
    DURATION,
    total_talk,
    answered,
    _("Talk time of the group's members divided by answered visits."),
)

agent_offered = Measure(
    "offered",
    _("Offered"),
    COUNT,
    "agent_offered",
    _("How often the agent was rung; a parallel ring that another took does not count."),
)
agent_missed = Measure(
    "missed",
    _("Missed"),
    COUNT,
    "agent_missed",
    _("The caller gave up, or it rang out, while the agent was rung."),
)
agent_bounced = Measure(
    "bounced", _("Bounced"), COUNT, "agent_bounced", _("Not taken by the agent, and taken back by the queue.")
)
agent_answered = Measure("answered", _("Answered"), COUNT, "agent_answered", _("Taken by the agent."))
agent_answered_direct = Measure(
    "answered_direct",
    _("Answered directly"),
    COUNT,
    "agent_answered_direct",
    _("Answered by the group that the call first came to."),
)
agent_answered_after_overflow = Measure(
    "answered_after_overflow",
    _("Answered after overflow"),
    COUNT,
    "agent_answered_after_overflow",
    _("Answered by the group that the call overflowed into."),
)
agent_answer_time = Measure(
    "agent_answer_time",
    _("Answer time"),
    DURATION,
    "agent_answer_seconds",
    _("How long the agent let it ring."),
)
agent_average_answer = Ratio(
    "average_answer",
    _("Average answer time"),
    DURATION,
    agent_answer_time,
    agent_answered,
    _("How long the agent's telephone rang before the answer, divided by the calls answered."),
)
agent_average_talk = Ratio(
    "average_talk",
    _("Average talk time"),
    DURATION,
    total_talk,
    agent_answered,
    _("Talk time divided by the calls answered."),
)

agent_answered_ddi = Measure(
    "answered_ddi",
    _("Answered DDI"),
    COUNT,
    "agent_answered_ddi",
    _("Incoming calls on the agent's own number, outside the queues, that the agent answered."),
)

available_time = Measure(
    "available_time",
    _("Available time"),
    DURATION,
    "available_seconds",
    _("Signed in, without the time unavailable and in wrap-up."),
)
signed_in_time = Measure(
    "signed_in_time", _("Signed-in time"), DURATION, "signed_in_seconds", _("From signing in to signing out.")
)
talking_time = Measure(
    "talk_time",
    _("Talk time"),
    DURATION,
    "busy_seconds",
    _("Time busy with calls while signed in: of queues, on the own number and outgoing, dialling included."),
)
agent_calls = Measure(
    "calls",
    _("Calls"),
    COUNT,
    "calls",
    _("Calls of any kind that kept the agent busy while signed in, each counted when it first did."),
)
ready_time = Measure(
    "ready_time", _("Ready"), DURATION, "ready_seconds", _("Signed in and free to take a call.")
)
ringing_time = Measure(
    "ringing_time", _("Ringing"), DURATION, "ringing_seconds", _("While the agent's telephone rang.")
)
wrap_up_time = Measure(
    "wrap_up_time", _("Wrap-up"), DURATION, "wrap_up_seconds", _("Work after a call, before the next.")
)
unavailable_time = Measure(
    "unavailable_time", _("Unavailable"), DURATION, "unavailable_seconds", _("Signed in, and paused.")
)
pause_time = Measure("pause_time", _("Pause time"), DURATION, "seconds", _("Signed in, and paused."))
times = Measure("times", _("Times"), COUNT, "began", _("How often it began on the day."))
dnd_time = Measure("dnd_time", _("Time in do-not-disturb"), DURATION, "seconds", _("How long it was on."))
switches = Measure("switches", _("Switched on"), COUNT, "began", _("How often it was switched on."))
longest_pause = Measure(
    "longest", _("Longest"), DURATION, "seconds", _("The longest that it lasted at a stretch."), how="largest"
)
state_time = Measure("state_time", _("Time"), DURATION, "seconds", _("How long it lasted together."))
state_times = Measure("times", _("Times"), COUNT, "began", _("How often it began within the period."))
average_state_time = Ratio(
    "average_time",
    _("Average time"),
    DURATION,
    state_time,
    state_times,
    _("Time divided by how often it began."),
)
occupied_time = Measure(
    "busy_time", _("Busy time"), DURATION, "occupied_seconds", _("Talk time and wrap-up together.")
)
working_time = Measure(
    "working_time",
    _("Signed in and not paused"),
    DURATION,
    "working_seconds",
    _("Signed-in time without the time unavailable."),
)
occupancy = Ratio(
    "occupancy",
    _("Occupancy"),
    PERCENT,
    occupied_time,
    working_time,
    _("(Talk time + wrap-up) / (signed-in time − unavailable)."),
)
ready_share = Ratio(
    "ready_share", _("Ready %"), PERCENT, ready_time, signed_in_time, _("Ready / signed-in time.")
)

abandoned = Measure(
    "abandoned",
    _("Abandoned"),
    COUNT,
    "abandoned",
    _("Callers who gave up in the group, short calls not counted."),
)
visit_wait = Measure(
    "visit_wait",
    _("Wait of offered calls"),
    DURATION,
    "offered_wait_seconds",
    _("From entering the group to the answer or to leaving it."),
)
visit_average_wait = Ratio(
    "average_wait",
    _("Average wait"),
    DURATION,
    visit_wait,
    visit_offered,
    _("How long callers waited in the group, answered or not, divided by offered visits."),
)
visit_longest_wait = Measure(
    "longest_wait",
    _("Longest wait"),
    DURATION,
    "wait_seconds",
    _("Of the caller who waited the longest in the group."),
    how="largest",
)
visit_gos = Ratio(
    "gos",
    _("GoS"),
    PERCENT,
    answered_in_target,
    visit_offered,
    _("Grade of service: answered in target / offered."),
)
visit_missed_share = Ratio(
    "missed_share", _("Missed %"), PERCENT, visit_missed, visit_offered, _("Missed / offered.")
)
visit_ring = Measure(
    "visit_ring",
    _("Total ring time"),
    DURATION,
    "counted_ring_seconds",
    _("How long telephones of the group rang for offered visits."),
)
visit_average_ring = Ratio(
    "average_ring",
    _("Average ring time"),
    DURATION,
    visit_ring,
    visit_offered,
    _("How long telephones of the group rang, divided by offered visits."),
)

bounces = Measure(
    "bounced", _("Bounced"), COUNT, "rings", _("Not taken by the agent, and taken back by the queue.")
)
bounce_ring = Measure(
    "total_ring", _("Total ring time"), DURATION, "ring_seconds", _("How long agents let it ring.")
)
bounce_average_ring = Ratio(
    "average_ring",
    _("Average ring time"),
    DURATION,
    bounce_ring,
    bounces,
    _("How long agents let it ring before the queue took the call back."),
)
bounced_calls = Measure(
    "bounced_calls",
    _("Calls bounced"),
    COUNT,
    "call_id",
    _("Different calls that bounced at least once."),
    how="distinct",
)

agent_days = Measure(
    "agent_days", _("Days signed in"), COUNT, "agent_days", _("Days on which an agent signed in.")
)
late_starts = Measure(
    "late_starts", _("Late starts"), COUNT, "late", _("First sign-in after the working hours had begun.")
)
late_time = Measure(
    "late_time",
    _("Late together"),
    DURATION,
    "late_sum",
    _("From the beginning of the working hours to the first sign-in."),
)
early_ends = Measure(
    "early_ends",
    _("Early ends"),
    COUNT,
    "early",
    _("Last sign-out before the working hours had ended; not told while they go on."),
)
early_time = Measure(
    "early_time",
    _("Early together"),
    DURATION,
    "early_sum",
    _("From the last sign-out to the end of the working hours."),
)

extension_working_time = Measure(
    "working_time",
    _("Working hours"),
    DURATION,
    "working_seconds",
    _("The organisation's working hours; without any, the whole day."),
)
extension_available_time = Measure(
    "available_time",
    _("Available time"),
    DURATION,
    "available_seconds",
    _("Within working hours: not in conversation and not in do-not-disturb."),
)
extension_talk_time = Measure(
    "talk_time",
    _("In conversation"),
    DURATION,
    "talk_seconds",
    _("Within working hours, do-not-disturb left out."),
)
extension_dnd_time = Measure(
    "dnd_time", _("Time in do-not-disturb"), DURATION, "dnd_seconds", _("Within working hours.")
)
extension_available_share = Ratio(
    "available_share",
    _("Available %"),
    PERCENT,
    extension_available_time,
    extension_working_time,
    _("Available time / working hours."),
)
