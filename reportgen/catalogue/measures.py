"""The figures: each named, defined and given its unit once. What a row adds to one stands in the database."""

from reportgen.catalogue.parts import Measure, Ratio, Running
from reportgen.texts import _
from reportgen.units import COUNT, DATE_TIME, DURATION, PERCENT
from store.vocabulary import Direction

total = Measure("total", _("Total"), COUNT, "total", _("All calls that have ended, whatever became of them."))
incoming = Measure("incoming", _("Incoming"), COUNT, "incoming", _("Calls that came from outside."))
outgoing = Measure("outgoing", _("Outgoing"), COUNT, "outgoing", _("Calls to the outside."))
internal = Measure("internal", _("Internal"), COUNT, "internal", _("Calls from extension to extension."))
missed = Measure(
    "missed",
    _("Missed"),
    COUNT,
    "missed",
    _(
        "Incoming calls that nobody answered: given up, voicemail, busy or refused, timed out, closed, "
        "failed. For an extension: it rang, and nobody else took the call."
    ),
)
counts = (total, outgoing, incoming, missed, internal)

conversations = Measure(
    "conversations", _("Conversations"), COUNT, "conversations", _("Calls in which somebody answered.")
)
incoming_conversations = Measure(
    "incoming_conversations",
    _("Incoming conversations"),
    COUNT,
    "conversations",
    _("Incoming calls in which somebody answered."),
    direction=Direction.INCOMING,
)
outgoing_conversations = Measure(
    "outgoing_conversations",
    _("Outgoing conversations"),
    COUNT,
    "conversations",
    _("Outgoing calls in which somebody answered."),
    direction=Direction.OUTGOING,
)
total_talk = Measure(
    "total_talk", _("Total talk time"), DURATION, "talk_seconds", _("Time in conversation, hold included.")
)
total_incoming_talk = Measure(
    "total_incoming_talk",
    _("Total incoming talk time"),
    DURATION,
    "talk_seconds",
    _("Time in conversation on incoming calls, hold included."),
    direction=Direction.INCOMING,
)
total_outgoing_talk = Measure(
    "total_outgoing_talk",
    _("Total outgoing talk time"),
    DURATION,
    "talk_seconds",
    _("Time in conversation on outgoing calls, hold included."),
    direction=Direction.OUTGOING,
)
average_talk = Ratio(
    "average_talk",
    _("Average talk time"),
    DURATION,
    total_talk,
    conversations,
    _("Total talk time divided by the calls in which somebody answered."),
)
average_incoming_talk = Ratio(
    "average_incoming_talk",
    _("Average incoming talk time"),
    DURATION,
    total_incoming_talk,
    incoming_conversations,
    _("Incoming talk time divided by the incoming calls in which somebody answered."),
)
average_outgoing_talk = Ratio(
    "average_outgoing_talk",
    _("Average outgoing talk time"),
    DURATION,
    total_outgoing_talk,
    outgoing_conversations,
    _("Outgoing talk time divided by the outgoing calls in which somebody answered."),
)
talk = (average_talk, average_outgoing_talk, average_incoming_talk, total_talk)

rings = Measure("rings", _("Rings"), COUNT, "rings", _("How often the extension was rung."))
leg_ring = Measure(
    "total_leg_ring",
    _("Total ring time"),
    DURATION,
    "counted_ring_seconds",
    _("How long the extension rang."),
)
average_leg_ring = Ratio(
    "average_ring",
    _("Average ring time"),
    DURATION,
    leg_ring,
    rings,
    _("Ring time divided by the number of times the extension was rung."),
)
total_ring = Measure(
    "total_ring", _("Total ring time"), DURATION, "ring_seconds", _("How long devices rang.")
)
average_ring = Ratio(
    "average_ring", _("Average ring time"), DURATION, total_ring, total, _("Ring time divided by all calls.")
)
total_duration = Measure(
    "total_duration",
    _("Total duration"),
    DURATION,
    "duration_seconds",
    _("From answer to end; ring time is not part of it."),
)
average_duration = Ratio(
    "average_duration",
    _("Average duration"),
    DURATION,
    total_duration,
    conversations,
    _("Total duration divided by the calls in which somebody answered."),
)

offered = Measure(
    "offered",
    _("Offered"),
    COUNT,
    "offered",
    _("Incoming calls presented, without short calls and calls still going on."),
)
answered = Measure("answered", _("Answered"), COUNT, "answered", _("Offered calls that a person answered."))
answered_outside = Measure(
    "answered_outside",
    _("Answered outside"),
    COUNT,
    "answered_outside",
    _("Offered calls that an outside number answered to which they were diverted."),
)
answered_in_target = Measure(
    "answered_in_target",
    _("Answered in target"),
    COUNT,
    "answered_in_target",
    _("Answered calls whose caller waited no longer than the answer target."),
)
short_calls = Measure(
    "short_calls",
    _("Short calls"),
    COUNT,
    "short_calls",
    _("Incoming calls given up within the short-call threshold; they are not offered and not missed."),
)
answer_wait = Measure(
    "answer_wait",
    _("Wait of answered calls"),
    DURATION,
    "answer_wait_seconds",
    _("From first ring, or entry to the queue, to the answer."),
)
offered_wait = Measure(
    "offered_wait",
    _("Wait of offered calls"),
    DURATION,
    "offered_wait_seconds",
    _("From first ring, or entry to the queue, to the answer or to giving up."),
)
average_answer = Ratio(
    "average_answer",
    _("Average answer time"),
    DURATION,
    answer_wait,
    answered,
    _("How long callers waited for the answer: the wait of answered calls divided by answered calls."),
)
average_wait = Ratio(
    "average_wait",
    _("Average wait"),
    DURATION,
    offered_wait,
    offered,
    _("How long callers waited for the answer or until they gave up, divided by offered calls."),
)
gos = Ratio(
    "gos",
    _("GoS"),
    PERCENT,
    answered_in_target,
    offered,
    _("Grade of service: answered in target / offered."),
)
pca = Ratio("pca", _("PCA"), PERCENT, answered_in_target, answered, _("Answered in target / answered."))
answer_rate = Ratio("answer_rate", _("Answer rate"), PERCENT, answered, offered, _("Answered / offered."))
missed_share = Ratio("missed_share", _("Missed %"), PERCENT, missed, offered, _("Missed / offered."))
response = (
    offered,
    answered,
    answered_in_target,
    missed,
    total_talk,
    average_talk,
    average_answer,
    average_wait,
    gos,
    pca,
    answer_rate,
    missed_share,
)
response_summary = (
    offered,
    answered,
    answered_outside,
    answered_in_target,
    missed,
    short_calls,
    gos,
    pca,
    answer_rate,
    missed_share,
)

total_incoming_duration = Measure(
    "total_incoming_duration",
    _("Duration incoming"),
    DURATION,
    "duration_seconds",
    _("From answer to end, of incoming calls."),
    direction=Direction.INCOMING,
)
total_outgoing_duration = Measure(
    "total_outgoing_duration",
    _("Duration outgoing"),
    DURATION,
    "duration_seconds",
    _("From answer to end, of outgoing calls."),
    direction=Direction.OUTGOING,
)
traffic = (
    total,
    incoming,
    outgoing,
    total_duration,
    total_incoming_duration,
    total_outgoing_duration,
    average_duration,
)

leg_duration = Measure(
    "total_duration", _("Total duration"), DURATION, "talk_seconds", _("Time in conversation, hold included.")
)
distinct_calls = Measure(
    "total",
    _("Total"),
    COUNT,
    "call_id",
    _("All calls that have ended, whatever became of them."),
    how="distinct",
)

lost = Measure(
    "lost",
    _("Lost calls"),
    COUNT,
    "total",
    _("Incoming calls whose caller gave up while ringing or waiting."),
)
lost_wait = Measure(
    "lost_wait",
    _("Wait of lost calls"),
    DURATION,
    "wait_seconds",
    _("How long callers waited before giving up."),
)
average_lost_wait = Ratio(
    "average_lost_wait",
    _("Average wait before giving up"),
    DURATION,
    lost_wait,
    lost,
    _("Wait of lost calls divided by lost calls."),
)
median_lost_wait = Measure(
    "median_lost_wait",
    _("Median wait before giving up"),
    DURATION,
    "wait_seconds",
    _("Half of the callers who gave up had done so by then."),
    how="median",
)
percentile_lost_wait = Measure(
    "percentile_90_lost_wait",
    _("90th percentile"),
    DURATION,
    "wait_seconds",
    _("Nine of ten callers who gave up had done so by then."),
    how="percentile_90",
)
longest_lost_wait = Measure(
    "longest_lost_wait",
    _("Longest wait before giving up"),
    DURATION,
    "wait_seconds",
    _("Of the most patient caller who gave up."),
    how="largest",
)
lost_so_far = Running(
    "lost_so_far", _("Lost so far"), PERCENT, lost, _("Share of the lost calls that were lost by then.")
)

unreturned = Measure(
    "unreturned",
    _("Unreturned missed calls"),
    COUNT,
    "total",
    _(
        "Missed calls after which the caller was neither called back nor answered on calling again. "
        "Withheld numbers are left out: they cannot be called back."
    ),
)
callers = Measure(
    "callers", _("Callers"), COUNT, "outside_key", _("Different numbers that called."), how="distinct"
)
first_missed = Measure(
    "first_missed", _("First"), DATE_TIME, "started_at", _("The first unreturned call."), how="smallest"
)
last_missed = Measure(
    "last_missed", _("Last"), DATE_TIME, "started_at", _("The last unreturned call."), how="largest"
)
waiting = Measure(
    "waiting",
    _("Waiting"),
    DURATION,
    "waiting_seconds",
    _("From the first unreturned call until now, or until the end of a period that has passed."),
    how="largest",
)
longest_ring = Measure(
    "longest_ring", _("Longest ring time"), DURATION, "ring_seconds", _("Of the longest call."), how="largest"
)
