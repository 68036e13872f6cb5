"""The state of now as rows: field for field the columns of store.live_* (without tenant and PBX)."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from store.vocabulary import AgentState, DeviceState, Direction


class LiveCall(msgspec.Struct, frozen=True, kw_only=True):
    """A device that rings or talks."""

    connection: str
    call: str
    direction: Direction
    state: str
    """"ringing", "talking" or "held"."""
    state_since: datetime
    started_at: datetime
    extension: str | None
    device: str | None
    ddi: str | None
    number: str | None
    """The other party's: E.164 where it is a public number; None when withheld."""
    withheld: bool


class LiveWaiting(msgspec.Struct, frozen=True, kw_only=True):
    """A caller that waits in a queue."""

    connection: str
    contact_group: str
    ddi: str | None
    number: str | None
    withheld: bool
    entered_at: datetime


class LiveQueue(msgspec.Struct, frozen=True, kw_only=True):
    contact_group: str
    waiting: int
    last_wait_seconds: int | None
    """How long the caller who was answered last had waited."""


class LiveAgent(msgspec.Struct, frozen=True, kw_only=True):
    """An agent in one of its queues."""

    agent: str
    contact_group: str
    extension: str | None
    state: AgentState
    reason: str | None
    state_since: datetime


class LiveDevice(msgspec.Struct, frozen=True, kw_only=True):
    extension: str
    state: DeviceState
    do_not_disturb: bool
    state_since: datetime


class LiveSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one PBX at one moment, each kind of row under its primary key."""

    at: datetime
    calls: Mapping[str, LiveCall]
    waiting: Mapping[str, LiveWaiting]
    queues: Mapping[str, LiveQueue]
    agents: Mapping[tuple[str, str], LiveAgent]
    devices: Mapping[str, LiveDevice]
