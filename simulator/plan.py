"""The plan of a day: what each call does and when, before any telephone system has spoken of it.

All moments are milliseconds since 1970 (UTC), multiples of GRID, so that no duration lies on the border
between two whole seconds.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from store.vocabulary import CallEnder, Direction, TransferKind

GRID = 200
"""Milliseconds between two possible moments: rounded to whole seconds, durations never depend on less."""


class RingResult(StrEnum):
    """How ringing a device ended."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    GIVEN_UP = "given_up"
    """The caller hung up while it rang."""
    ELSEWHERE = "elsewhere"
    """Another of the same group answered."""
    NOT_DISTURBED = "not_disturbed"
    """The telephone does not want to be disturbed: it was not rung at all."""
    FAILED = "failed"
    DECLINED = "declined"


@dataclass(slots=True)
class Ring:
    """One device that is called: an extension, or an outside number."""

    device: str
    begin: int
    end: int
    result: RingResult


@dataclass(slots=True)
class Consultation:
    """The second call of an attended transfer, from asking the target until the caller is handed over."""

    ring: Ring
    joined: int


@dataclass(slots=True)
class Transfer:
    """The party passes the caller on."""

    kind: TransferKind
    target: str
    """Number dialled: an extension or a queue."""
    consultation: Consultation | None = None


@dataclass(slots=True)
class Conversation:
    """The caller with one party; it ends with the call, or with a transfer."""

    party: str
    begin: int
    end: int
    holds: list[tuple[int, int]] = field(default_factory=list)
    transfer: Transfer | None = None


@dataclass(slots=True)
class Dialling:
    """The caller is put through to one or more devices that ring together."""

    rings: list[Ring]
    begin: int
    end: int
    group: str | None = None
    """Number of the hunt group, when it is one."""
    outside: bool = False
    """The device is a number outside: an outgoing call, or a mobile where an extension's calls go on to."""
    conversation: Conversation | None = None


@dataclass(slots=True)
class QueueStay:
    """The caller waits in a queue, which rings one agent after another."""

    queue: str
    begin: int
    end: int
    """When answered, given up, or sent on."""
    rings: list[Ring]
    timed_out: bool = False
    conversation: Conversation | None = None
    position: int = 1
    """On entering: 1 is next. The same as how many wait then."""
    left_behind: int = 0
    """How many still wait when this one leaves."""


@dataclass(slots=True)
class Joined:
    """What follows an attended transfer: the caller with the target who was asked before."""

    conversation: Conversation
    consultation: Consultation


@dataclass(slots=True)
class Announcement:
    """The telephone system speaks to the caller: a greeting, or that the company is closed."""

    begin: int
    end: int
    closed: bool


@dataclass(slots=True)
class Voicemail:
    """The caller speaks to a box."""

    box: str
    begin: int
    end: int


Stage = Dialling | QueueStay | Joined | Announcement | Voicemail


@dataclass(slots=True)
class Call:
    """What one call does, from the first dialling to the last hang-up."""

    index: int
    """Place in the day's plan; not quite the order of time, as calls lead to other calls."""
    direction: Direction
    begin: int
    dialled: str
    """The direct number, the number outside or the extension, as it is dialled."""
    number: str | None = None
    """Of the outside party, E.164; None when nobody knows it."""
    withheld: bool = False
    extension: str | None = None
    """Who calls, of outgoing and internal calls."""
    stages: list[Stage] = field(default_factory=list)
    end: int = 0
    ended_by: CallEnder = CallEnder.PBX


class SignKind(StrEnum):
    """What a person tells the telephone system."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    PAUSE = "pause"
    RESUME = "resume"
    DO_NOT_DISTURB = "do_not_disturb"
    DISTURB = "disturb"


@dataclass(slots=True)
class Sign:
    """Something that a person tells the telephone system besides calling."""

    kind: SignKind
    at: int
    extension: str
    queues: tuple[str, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class Day:
    """A whole local day."""

    date: str
    begin: int
    end: int
    calls: list[Call]
    signs: list[Sign]
