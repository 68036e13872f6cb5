"""The normalised event: what adapters make of a PBX's messages and the aggregator builds calls from."""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec

from store.vocabulary import DeviceKind, EventKind


# gc=False: an event refers to nothing that could refer back to it, and there are millions of them.
class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, array_like=True, gc=False):
    """One thing that a PBX said, in the product's vocabulary (docs/events.md describes every kind).

    Empty text means "not said"; no field is ever guessed by an adapter. An event is a function of one PBX
    message and its time alone, so that order, repetition and lateness of messages change no event.
    """

    kind: EventKind
    occurred_at: datetime
    """UTC: the PBX's own time where it gives one, else when we received the message."""
    sequence: int = 0
    """Place within the source, to tell events of one instant apart; 0 where the source has none."""
    call: str = ""
    """The PBX's call identity at that moment (Asterisk: linked id; BroadWorks: external tracking id)."""
    connection: str = ""
    """The PBX's identity of the leg that this is about (Asterisk: unique id; BroadWorks: call id)."""
    peer: str = ""
    """The other leg concerned, as the kind's description says."""
    device: str = ""
    """Device at `connection`, as the PBX names it without technology or serial: "1001", "trunk"."""
    device_kind: DeviceKind = DeviceKind.ENDPOINT
    number: str = ""
    """Number at `connection` (or the one the kind's description names), as received."""
    name: str = ""
    """Name shown with `number`, as received."""
    dialled: str = ""
    """Number dialled by `connection` when it came in or was originated, as received."""
    withheld: bool = False
    """The party at `connection` asked that its number be not shown."""
    bridge: str = ""
    queue: str = ""
    agent: str = ""
    """The agent (queue member) as named by the PBX; `device` is where the agent sits, when it is known."""
    cause: str = ""
    """A word of the vocabulary that the kind's description names, or the PBX's own reason text."""
    seconds: float | None = None
    """A duration that the PBX states with this event."""
    key: UUID = UUID(int=0)
    """Identity for storing once: see `event_key`."""
    raw: bytes = b""
    """The message as the PBX sent it; only on the first event of a message that gives several."""


def event_key(message: bytes, occurred_at: datetime, part: int = 0) -> UUID:
    """Identity of the `part`-th event of `message`: the same message at the same time is the same event."""
    digest = hashlib.blake2b(message, digest_size=16, person=b"event")
    digest.update(b"%d/%d" % (int(occurred_at.timestamp() * 1_000_000), part))
    return UUID(bytes=digest.digest())
