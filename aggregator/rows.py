"""The rows that the aggregator makes: field for field the columns of their tables in schema store.

Columns that the database derives itself (what is counted) are not here.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from store.vocabulary import (
    AgentState,
    CallEnder,
    CallOutcome,
    Destination,
    Direction,
    GroupKind,
    LegKind,
    LegOutcome,
    LegRole,
    Phase,
    VisitOutcome,
)


class CallRow(msgspec.Struct, kw_only=True, gc=False):
    tenant_id: int
    started_at: datetime
    call_id: UUID
    pbx_id: int
    call_ref: str
    direction: Direction
    outcome: CallOutcome
    caller_number: str | None = None
    caller_name: str | None = None
    withheld: bool = False
    called_number: str | None = None
    outside_number: str | None = None
    ddi: str | None = None
    extension: str | None = None
    answered_by: str | None = None
    person_id: int | None = None
    site_id: int | None = None
    division_id: int | None = None
    department_id: int | None = None
    cost_centre_id: int | None = None
    contact_group: str | None = None
    customer_id: int | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    duration_seconds: int = 0
    ring_seconds: int = 0
    wait_seconds: int = 0
    talk_seconds: int = 0
    hold_seconds: int = 0
    answer_target_seconds: int = 20
    transfers: int = 0
    ended_by: CallEnder | None = None
    area_code: str | None = None
    destination: Destination | None = None
    country: str | None = None
    phase: Phase | None = None
    inferred: bool = False
    also_units: list[int] | None = None
    also_persons: list[int] | None = None
    also_groups: list[str] | None = None


class LegRow(msgspec.Struct, kw_only=True, gc=False):
    tenant_id: int
    started_at: datetime
    call_id: UUID
    leg_number: int
    connection: str
    kind: LegKind
    role: LegRole
    direction: Direction
    outcome: LegOutcome
    extension: str | None = None
    agent: str | None = None
    person_id: int | None = None
    site_id: int | None = None
    division_id: int | None = None
    department_id: int | None = None
    cost_centre_id: int | None = None
    contact_group: str | None = None
    number: str | None = None
    outside_number: str | None = None
    ddi: str | None = None
    offered_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ring_seconds: int = 0
    talk_seconds: int = 0
    hold_seconds: int = 0
    inferred: bool = False


class VisitRow(msgspec.Struct, kw_only=True, gc=False):
    tenant_id: int
    started_at: datetime
    call_id: UUID
    visit_number: int
    group_kind: GroupKind
    contact_group: str
    ddi: str | None = None
    direction: Direction
    outcome: VisitOutcome
    entered_at: datetime
    answered_at: datetime | None = None
    left_at: datetime | None = None
    overflowed_from: str | None = None
    agent: str | None = None
    extension: str | None = None
    wait_seconds: int = 0
    ring_seconds: int = 0
    talk_seconds: int = 0
    answer_target_seconds: int = 20
    short_call_seconds: int = 0
    inferred: bool = False


class BuiltCall(msgspec.Struct, kw_only=True, gc=False):
    """One call with all that belongs to it."""

    call: CallRow
    legs: list[LegRow]
    visits: list[VisitRow]
    refs: frozenset[str]
    """Every identity (call and connection) of the PBX that belongs to this call."""
    first_at: datetime
    last_at: datetime
    """First and last event of the call, UTC."""


class AgentGroupSessionRow(msgspec.Struct, kw_only=True, frozen=True):
    """A stretch in which an agent was signed in to one group; a pause in it begins another."""

    tenant_id: int
    from_at: datetime
    until_at: datetime | None = None
    pbx_id: int
    agent: str
    contact_group: str
    """Empty: signed in to the PBX, which does not say for which groups."""
    paused: bool = False
    reason: str | None = None


class AgentStateRow(msgspec.Struct, kw_only=True, frozen=True):
    tenant_id: int
    from_at: datetime
    until_at: datetime | None = None
    pbx_id: int
    agent: str
    state: AgentState
    reason: str | None = None
    call_id: UUID | None = None
    inferred: bool = False
    takes_up_call: bool = False
    """The first of the stretches in which this call kept the agent busy."""


class DeviceStateRow(msgspec.Struct, kw_only=True, frozen=True):
    tenant_id: int
    from_at: datetime
    until_at: datetime | None = None
    pbx_id: int
    extension: str
    state: str
