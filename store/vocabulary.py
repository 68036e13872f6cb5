"""The closed lists of words that the whole product uses, each with its one spelling.

The event words follow ECMA-269 (CSTA phase III) where it has one. What each figure and outcome means
stands in the specification's definitions; the docstrings here say only what tells the words apart.
"""

from enum import StrEnum


class EventKind(StrEnum):
    """What a PBX said, in one vocabulary for all kinds of PBX."""

    ORIGINATED = "originated"
    """A connection came into being: a caller arrived, or a device began to be called."""
    DELIVERED = "delivered"
    """A device is being rung: `connection` rings, `peer` is the connection that rings it."""
    ESTABLISHED = "established"
    """The rung `connection` was answered by its device (a person, or the far end of a trunk)."""
    FAILED = "failed"
    """The rung `connection` ended without an answer; `cause` is a ReleaseCause."""
    BRIDGED = "bridged"
    """`connection` entered the conversation `bridge`."""
    UNBRIDGED = "unbridged"
    """`connection` left the conversation `bridge`."""
    HELD = "held"
    RETRIEVED = "retrieved"
    DIVERTED = "diverted"
    """The device forwarded the call to `number` before anybody answered."""
    TRANSFERRED = "transferred"
    """`connection` (the transferring party) gave the call to `number`/`peer`; `cause` is a TransferKind."""
    CONFERENCED = "conferenced"
    """`connection` brought its conversation and that at `peer` together, and stayed in it."""
    PICKED_UP = "picked_up"
    """`connection` took the call that was ringing at `peer`."""
    PARKED = "parked"
    UNPARKED = "unparked"
    TREATED = "treated"
    """The PBX itself deals with the caller at `connection`; `cause` is a Treatment, and with ROUTED `number`
    or `queue` is where to."""
    IDENTIFIED = "identified"
    """More became known of the party at `connection`: its number's presentation, the line called."""
    RELEASE_REQUESTED = "release_requested"
    """The party at `connection` hung up: tells who ended the call."""
    CLEARED = "cleared"
    """`connection` is gone; `cause` is a ReleaseCause if the PBX's own code tells one."""
    OBSERVED = "observed"
    """A snapshot found `connection` alive, `seconds` old: proof of a call whose beginning nobody heard;
    `cause` is a DeviceState."""
    LINKED = "linked"
    """`connection` and `peer` (or the call identity `call`) belong to one call."""

    QUEUED = "queued"
    """The caller at `connection` entered `queue`."""
    QUEUE_ABANDONED = "queue_abandoned"
    """The caller at `connection` left `queue` unanswered; `cause` is a QueueLeaveCause if the PBX tells."""
    QUEUE_LEFT = "queue_left"
    """The caller at `connection` left `queue`, answered or not; `cause` as for QUEUE_ABANDONED."""
    QUEUE_REFUSED = "queue_refused"
    """`queue` did not take the caller: full, or nobody there; `cause` is a QueueLeaveCause."""
    AGENT_OFFERED = "agent_offered"
    """`queue` rings `agent` at `peer` for the caller at `connection`."""
    AGENT_REFUSED = "agent_refused"
    """`agent` did not take the call that `queue` offered; `seconds` is how long it rang."""
    AGENT_CONNECTED = "agent_connected"
    """`agent` answered the caller of `queue`."""
    AGENT_COMPLETED = "agent_completed"
    """The conversation of `agent` with the caller of `queue` ended; `cause` says who ended it."""

    AGENT_LOGGED_ON = "agent_logged_on"
    AGENT_LOGGED_OFF = "agent_logged_off"
    AGENT_READY = "agent_ready"
    AGENT_NOT_READY = "agent_not_ready"
    """`agent` paused in `queue` (empty: in all); `cause` is the reason as the PBX gives it."""
    AGENT_WORKING_AFTER_CALL = "agent_working_after_call"
    AGENT_MEMBERSHIP = "agent_membership"
    """A snapshot's word on `agent` in `queue`: belongs to it; `cause` is "ready" or "not_ready"."""

    DO_NOT_DISTURB_ON = "do_not_disturb_on"
    DO_NOT_DISTURB_OFF = "do_not_disturb_off"

    DEVICE_STATE = "device_state"
    """What `device` does now; `cause` is a DeviceState."""
    SYSTEM_STARTED = "system_started"
    """The PBX began anew: no connection from before lives on."""
    SYSTEM_STOPPED = "system_stopped"
    LISTENING_STOPPED = "listening_stopped"
    """The PBX is out of reach: until the next snapshot what happens is not heard."""
    SNAPSHOT_COMPLETED = "snapshot_completed"
    """Every connection that lives was OBSERVED by now: an older one that was not is gone."""


SYSTEM_KINDS = frozenset(
    {
        EventKind.SYSTEM_STARTED,
        EventKind.SYSTEM_STOPPED,
        EventKind.LISTENING_STOPPED,
        EventKind.SNAPSHOT_COMPLETED,
    }
)
"""Events about the whole PBX: they belong to no call, and tell that calls which were going on are over."""


class ReleaseCause(StrEnum):
    """Why a rung connection was not answered."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    """Whoever rang stopped ringing: the caller gave up, or another device answered."""
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    UNAVAILABLE = "unavailable"
    CONGESTION = "congestion"
    FORWARDED = "forwarded"
    ABORTED = "aborted"


class TransferKind(StrEnum):
    SINGLE_STEP = "single_step"
    """Blind: given away without asking."""
    CONSULTATION = "consultation"
    """Attended: after asking the receiving party."""


class Treatment(StrEnum):
    """What the PBX itself does with a caller; none of these ever answers a call."""

    VOICEMAIL = "voicemail"
    ANNOUNCEMENT = "announcement"
    MENU = "menu"
    MUSIC = "music"
    FEATURE = "feature"
    """A service code (sign in to a queue, do-not-disturb): not a call to anybody."""
    CLOSED = "closed"
    """Outside opening hours."""
    ROUTED = "routed"
    """The PBX sent the caller on inside its plan: to a group, a queue or an extension (`number`)."""


class QueueLeaveCause(StrEnum):
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    TIMED_OUT = "timed_out"
    KEY = "key"
    EMPTY = "empty"
    FULL = "full"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class DeviceKind(StrEnum):
    """What stands behind a connection's device name, as far as its name tells."""

    ENDPOINT = "endpoint"
    """A telephone or a trunk: which of the two, the PBX's settings say."""
    VIRTUAL = "virtual"
    """A leg inside the PBX that only ties other legs together (Asterisk: a local channel's half). Its two
    halves have one device name: what goes into the one comes out of the other."""
    SERVICE = "service"
    """Voicemail, announcement, parking, recorder."""


class DeviceState(StrEnum):
    IDLE = "idle"
    RINGING = "ringing"
    BUSY = "busy"
    HELD = "held"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"


class CallOutcome(StrEnum):
    ANSWERED = "answered"
    ANSWERED_OUTSIDE = "answered_outside"
    ABANDONED = "abandoned"
    SHORT_ABANDONED = "short_abandoned"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    TIMED_OUT = "timed_out"
    CLOSED = "closed"
    NO_ANSWER = "no_answer"
    """Outgoing and internal calls only."""
    FAILED = "failed"
    IN_PROGRESS = "in_progress"


MISSED_OUTCOMES = frozenset(
    {
        CallOutcome.ABANDONED,
        CallOutcome.VOICEMAIL,
        CallOutcome.BUSY,
        CallOutcome.TIMED_OUT,
        CallOutcome.CLOSED,
        CallOutcome.FAILED,
    }
)
"""Outcomes that make an incoming call a missed one (definitions: Missed)."""


class LegKind(StrEnum):
    EXTENSION = "extension"
    OUTSIDE = "outside"
    VOICEMAIL = "voicemail"
    ANNOUNCEMENT = "announcement"


class LegRole(StrEnum):
    CALLER = "caller"
    CALLED = "called"


class LegOutcome(StrEnum):
    ANSWERED = "answered"
    MISSED = "missed"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    BOUNCED = "bounced"
    DIVERTED = "diverted"
    BUSY = "busy"
    DECLINED = "declined"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"


class VisitOutcome(StrEnum):
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    OVERFLOWED = "overflowed"
    TIMED_OUT = "timed_out"
    LEFT_EMPTY = "left_empty"
    LEFT_BY_KEY = "left_by_key"
    TRANSFERRED = "transferred"
    IN_PROGRESS = "in_progress"


class GroupKind(StrEnum):
    QUEUE = "queue"
    HUNT_GROUP = "hunt_group"


class AgentState(StrEnum):
    SIGNED_OUT = "signed_out"
    AVAILABLE = "available"
    RINGING = "ringing"
    BUSY = "busy"
    WRAP_UP = "wrap_up"
    UNAVAILABLE = "unavailable"


STAFFED = tuple(state for state in AgentState if state is not AgentState.SIGNED_OUT)
"""The states of agents who are signed in."""


class CallEnder(StrEnum):
    CALLER = "caller"
    CALLEE = "callee"
    PBX = "pbx"


class OrganisationUnitKind(StrEnum):
    SITE = "site"
    DIVISION = "division"
    DEPARTMENT = "department"
    COST_CENTRE = "cost_centre"


class Edition(StrEnum):
    STANDARD = "standard"
    PREMIUM = "premium"


class AlarmKind(StrEnum):
    """The figures that an alarm can watch."""

    QUEUE_LENGTH = "queue_length"
    LONGEST_WAIT = "longest_wait"
    NO_AGENT = "no_agent"
    """Fewer agents available than the limit."""
    GOS = "gos"
    """The grade of service since midnight is below the limit."""
    UNRETURNED = "unreturned"
    """The oldest unreturned missed call waits for longer than the limit."""
    NO_DATA = "no_data"
    """A telephone system has not been heard for longer than the limit."""


class PbxKind(StrEnum):
    ASTERISK = "asterisk"
    BROADWORKS = "broadworks"
    WEBHOOK = "webhook"


class Phase(StrEnum):
    """Of the receiving line's calendar, when the call came."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"


class Destination(StrEnum):
    """What kind of line the outside party's number is, by the numbering plan."""

    LOCAL = "local"
    """A geographic number in the site's own area."""
    NATIONAL = "national"
    MOBILE = "mobile"
    FREE = "free"
    """Free of charge to the caller: 0800."""
    PREMIUM = "premium"
    """The caller pays for the service: 0900, 0906, 0909, 18xx."""
    COMPANY = "company"
    """Numbers without a place: 085, 088, 14 with a municipality's area code."""
    EMERGENCY = "emergency"
    INTERNATIONAL = "international"
    SPECIAL = "special"
    """Any other short or service number."""
