"""What an exporter accepts at one time: the unit that the outbox keeps and the event writer stores."""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec

from store.event import Event


class Reject(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A message that could not be understood, kept aside with the reason."""

    source: str
    """Where it came from: "ami", "cel", "queue_log", "cdr"."""
    reason: str
    raw: bytes
    line_number: int | None = None
    """Line of the file, counted from 1; for a stream, the number of the message."""

    @property
    def digest(self) -> UUID:
        """The same message from the same place is kept once."""
        digest = hashlib.blake2b(self.raw, digest_size=16, person=b"reject")
        digest.update(b"/%d" % (self.line_number or 0))
        return UUID(bytes=digest.digest())


class Gap(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A time in which nobody listened to the PBX (UTC); `ended_at` is None while it lasts."""

    began_at: datetime
    ended_at: datetime | None
    reason: str


class Batch(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Events, rejects and gaps of one PBX, in the order in which they came."""

    tenant_id: int
    pbx_id: int
    received_at: datetime
    """UTC: when we had the last of them."""
    events: tuple[Event, ...] = ()
    rejects: tuple[Reject, ...] = ()
    gaps: tuple[Gap, ...] = ()
