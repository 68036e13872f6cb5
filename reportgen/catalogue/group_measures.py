"""The figures of contact groups and agents."""

from reportgen.catalogue.measures import answered, total_talk
from reportgen.catalogue.parts import Measure, Ratio
from reportgen.texts import _
from reportgen.units import COUNT, DURATION

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
    "offered", _("Offered"), COUNT, "agent_offered", _("How often a queue offered the agent a call.")
)
agent_missed = Measure(
    "missed",
    _("Missed"),
    COUNT,
    "agent_missed",
    _("Offered to the agent, and given up by the caller meanwhile."),
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
    "talk_time", _("Talk time"), DURATION, "busy_seconds", _("Time busy with calls of the queues.")
)
agent_calls = Measure(
    "calls",
    _("Calls"),
    COUNT,
    "busy_call_id",
    _("Calls of the queues that kept the agent busy."),
    how="distinct",
)
ready_time = Measure(
    "ready_time", _("Ready"), DURATION, "ready_seconds", _("Signed in and free to take a call.")
)
ringing_time = Measure(
    "ringing_time", _("Ringing"), DURATION, "ringing_seconds", _("While a queue rang the agent.")
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
