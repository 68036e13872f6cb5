"""A tenant's organisation and calls, written into the store: defaults for all that a test is not about."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg import sql

from aggregator.rollups import mark_all_dirty, roll_up
from aggregator.rows import CallRow, LegRow, VisitRow
from store.organisation import load_tenant
from store.vocabulary import (
    AgentState,
    CallOutcome,
    Direction,
    GroupKind,
    LegKind,
    LegOutcome,
    LegRole,
    VisitOutcome,
)

_LEG_OUTCOMES = {
    CallOutcome.ANSWERED: LegOutcome.ANSWERED,
    CallOutcome.IN_PROGRESS: LegOutcome.IN_PROGRESS,
    CallOutcome.BUSY: LegOutcome.BUSY,
}


@dataclass
class TenantBuilder:
    """Fills one tenant; everything that is added is visible at once."""

    connection: psycopg.Connection
    slug: str = "acme"
    name: str = "Acme BV"
    time_zone: str = "Europe/Amsterdam"
    tenant_id: int = field(init=False)
    pbx_id: int = field(init=False)

    def __post_init__(self) -> None:
        self.tenant_id = self._insert(
            "tenant", "tenant_id", slug=self.slug, name=self.name, time_zone=self.time_zone
        )
        self.pbx_id = self._insert("pbx", "pbx_id", tenant_id=self.tenant_id, slug="main", kind="asterisk")
        self._numbers = itertools.count(1)

    def unit(self, kind: str, name: str, code: str | None = None) -> int:
        return self._insert(
            "organisation_unit", "unit_id", tenant_id=self.tenant_id, kind=kind, name=name, code=code
        )

    def person(self, name: str, *, archived: bool = False) -> int:
        return self._insert(
            "person",
            "person_id",
            tenant_id=self.tenant_id,
            reference=f"p{name}",
            name=name,
            archived_at=datetime.fromisoformat("2026-01-01T00:00Z") if archived else None,
        )

    def ddi(self, number: str, name: str, *, group: str | None = None, valid: str = "(,)") -> None:
        group_id = None
        if group is not None:
            group_id = self._insert("ddi_group", "ddi_group_id", tenant_id=self.tenant_id, name=group)
        self._insert(
            "ddi",
            "number",
            tenant_id=self.tenant_id,
            number=number,
            name=name,
            ddi_group_id=group_id,
            valid=valid,
        )

    def group(self, pbx_name: str, name: str, kind: GroupKind = GroupKind.QUEUE) -> None:
        self._insert(
            "contact_group",
            "group_id",
            tenant_id=self.tenant_id,
            kind=kind.value,
            pbx_name=pbx_name,
            name=name,
        )

    def agent(self, pbx_name: str, extension: str, person_id: int) -> None:
        self._insert(
            "agent",
            "agent_id",
            tenant_id=self.tenant_id,
            pbx_name=pbx_name,
            extension=extension,
            person_id=person_id,
        )

    def agent_state(
        self, agent: str, from_at: datetime, until_at: datetime | None, state: AgentState
    ) -> None:
        self._insert(
            "agent_state",
            "from_at",
            tenant_id=self.tenant_id,
            pbx_id=self.pbx_id,
            agent=agent,
            from_at=from_at,
            until_at=until_at,
            state=state.value,
            reason="lunch" if state is AgentState.UNAVAILABLE else None,
            call_id=UUID(int=next(self._numbers)) if state is AgentState.BUSY else None,
            takes_up_call=state is AgentState.BUSY,
            inferred=False,
        )

    def device_state(self, extension: str, from_at: datetime, until_at: datetime) -> None:
        self._insert(
            "device_state",
            "from_at",
            tenant_id=self.tenant_id,
            pbx_id=self.pbx_id,
            extension=extension,
            from_at=from_at,
            until_at=until_at,
            state="do_not_disturb",
        )

    def opening(self, weekday: int, opens: str, closes: str) -> None:
        """Working hours of the whole tenant; Monday is 1."""
        self._insert(
            "working_hours", "line", tenant_id=self.tenant_id, weekday=weekday, opens=opens, closes=closes
        )

    def holiday(self, day: str) -> None:
        self._insert("holiday", "day", tenant_id=self.tenant_id, day=day, name="Holiday")

    def extension(self, number: str, person_id: int, *, valid: str = "(,)") -> None:
        self._insert(
            "extension", "number", tenant_id=self.tenant_id, number=number, person_id=person_id, valid=valid
        )

    def customer(self, name: str) -> int:
        return self._insert(
            "customer", "customer_id", tenant_id=self.tenant_id, reference=f"c{name}", name=name
        )

    def call(
        self,
        started_at: datetime,
        *,
        direction: Direction = Direction.INCOMING,
        outcome: CallOutcome = CallOutcome.ANSWERED,
        extension: str = "201",
        wait: int = 5,
        talk: int = 60,
        legs: tuple[dict[str, Any], ...] | None = None,
        visits: tuple[dict[str, Any], ...] = (),
        **columns: Any,
    ) -> UUID:
        """One call; without `legs` it has the one of `extension`."""
        number = next(self._numbers)
        call_id = UUID(int=(self.tenant_id << 64) + number)
        answered = outcome in (CallOutcome.ANSWERED, CallOutcome.ANSWERED_OUTSIDE)
        answered_at = started_at + timedelta(seconds=wait) if answered else None
        talk = talk if answered else 0
        row = CallRow(
            tenant_id=self.tenant_id,
            started_at=started_at,
            call_id=call_id,
            pbx_id=self.pbx_id,
            call_ref=f"{number}.1",
            direction=direction,
            outcome=outcome,
            extension=extension,
            wait_seconds=wait,
            ring_seconds=columns.pop("ring_seconds", wait),
            talk_seconds=talk,
            duration_seconds=talk,
            answered_at=answered_at,
            ended_at=started_at + timedelta(seconds=wait + talk),
            answered_by=columns.pop("answered_by", extension if outcome is CallOutcome.ANSWERED else None),
            **columns,
        )
        self._copy("call", row)
        if legs is None:
            legs = ({"extension": extension, "talk_seconds": talk},)
        for place, leg in enumerate(legs):
            self._leg(row, place, leg)
        for place, visit in enumerate(visits):
            self._visit(row, place, visit)
        return call_id

    def roll_up(self) -> None:
        """Makes the sums, as the aggregator does after every change."""
        tenant = load_tenant(self.connection, self.slug)
        mark_all_dirty(self.connection, tenant)
        while roll_up(self.connection, tenant):
            pass

    def _leg(self, call: CallRow, place: int, columns: dict[str, Any]) -> None:
        outgoing = call.direction is Direction.OUTGOING
        defaults = {
            "kind": LegKind.EXTENSION,
            "role": LegRole.CALLER if outgoing else LegRole.CALLED,
            "outcome": _LEG_OUTCOMES.get(call.outcome, LegOutcome.MISSED),
            "offered_at": call.started_at,
            "ring_seconds": 0 if outgoing else call.ring_seconds,
            "person_id": call.person_id,
            "department_id": call.department_id,
            "site_id": call.site_id,
            "ddi": call.ddi,
            "outside_number": call.outside_number,
        }
        values = defaults | columns
        if values["outcome"] is LegOutcome.ANSWERED and "answered_at" not in values:
            values["answered_at"] = call.answered_at
        if values.get("answered_at") is not None and "ended_at" not in values:
            values["ended_at"] = values["answered_at"] + timedelta(seconds=values.get("talk_seconds", 0))
        self._copy(
            "leg",
            LegRow(
                tenant_id=self.tenant_id,
                started_at=call.started_at,
                call_id=call.call_id,
                leg_number=place,
                connection=f"{call.call_ref}-{place}",
                direction=call.direction,
                **values,
            ),
        )

    def _visit(self, call: CallRow, place: int, columns: dict[str, Any]) -> None:
        defaults = {
            "group_kind": GroupKind.QUEUE,
            "contact_group": "sales",
            "outcome": VisitOutcome.ANSWERED,
            "entered_at": call.started_at,
            "wait_seconds": call.wait_seconds,
            "talk_seconds": call.talk_seconds,
        }
        self._copy(
            "visit",
            VisitRow(
                tenant_id=self.tenant_id,
                started_at=call.started_at,
                call_id=call.call_id,
                visit_number=place,
                direction=call.direction,
                **(defaults | columns),
            ),
        )

    def _copy(self, table: str, row: msgspec.Struct) -> None:
        names = row.__struct_fields__
        self.connection.execute(_insert_into(table, names), {name: getattr(row, name) for name in names})

    def _insert(self, table: str, returning: str, **columns: Any) -> Any:
        query = _insert_into(table, tuple(columns)) + sql.SQL(" RETURNING {}").format(
            sql.Identifier(returning)
        )
        row = self.connection.execute(query, columns).fetchone()
        assert row is not None
        return row[0]


def _insert_into(table: str, names: tuple[str, ...]) -> sql.Composed:
    return sql.SQL("INSERT INTO store.{} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(map(sql.Placeholder, names)),
    )
