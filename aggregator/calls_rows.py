"""Writes a call, its legs and its visits down as rows, with the organisation as it was at that time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from aggregator.calls_facts import CallFacts, Connection
from aggregator.calls_legs import Leg, all_holds
from aggregator.calls_origin import Origin
from aggregator.calls_outcome import Ending, call_ender, call_outcome, visit_outcome
from aggregator.calls_talk import Interval, common, length, whole_seconds
from aggregator.calls_visits import Visit
from aggregator.rows import CallRow, LegRow, VisitRow
from store.numbering import numbering
from store.numbers import e164
from store.organisation import ContactGroup, Organisation, Pbx
from store.vocabulary import (
    CallOutcome,
    Direction,
    GroupKind,
    LegKind,
    LegOutcome,
    LegRole,
    Phase,
    VisitOutcome,
)

_NOTHING = timedelta(0)

_CALLING_LEG_OUTCOME = {
    CallOutcome.BUSY: LegOutcome.BUSY,
    CallOutcome.FAILED: LegOutcome.FAILED,
    CallOutcome.VOICEMAIL: LegOutcome.DIVERTED,
    CallOutcome.CLOSED: LegOutcome.DIVERTED,
    CallOutcome.IN_PROGRESS: LegOutcome.IN_PROGRESS,
}
"""How an unanswered call went for the one who called; otherwise nobody answered: MISSED."""


class RowMaker:
    def __init__(
        self,
        organisation: Organisation,
        pbx: Pbx,
        facts: CallFacts,
        call_id: UUID,
        caller: Connection,
        origin: Origin,
        ending: Ending,
    ) -> None:
        assert caller.began_at is not None
        self.organisation = organisation
        self.pbx = pbx
        self.facts = facts
        self.call_id = call_id
        self.caller = caller
        self.origin = origin
        self.ending = ending
        self.started_at: datetime = caller.began_at

    def call(self, legs: Sequence[Leg], visits: Sequence[Visit]) -> CallRow:
        origin, ending = self.origin, self.ending
        first_group = self._group(visits[0]) if visits else None
        target_seconds, short_seconds = self._thresholds(first_group)
        phase = self._phase(visits)
        outcome = call_outcome(
            ending,
            origin.direction,
            visits,
            short_seconds=short_seconds,
            surely_open=phase is Phase.OPEN and self._has_hours(visits),
        )
        answered_at = ending.answered.answered_at if ending.answered else None
        talk = self._talk(legs)
        row = CallRow(
            tenant_id=self.pbx.tenant_id,
            started_at=self.started_at,
            call_id=self.call_id,
            pbx_id=self.pbx.pbx_id,
            call_ref=min(self.facts.calls, default=self.caller.ref),
            direction=origin.direction,
            outcome=outcome,
            caller_number=origin.caller_number,
            caller_name=origin.caller_name,
            withheld=origin.withheld,
            called_number=origin.called_number,
            outside_number=origin.outside_number,
            ddi=origin.ddi,
            extension=self._extension(legs),
            answered_by=ending.answered.extension if ending.answered else None,
            contact_group=visits[0].name if visits else None,
            answered_at=answered_at,
            ended_at=ending.ended_at,
            duration_seconds=self._between(answered_at, ending.ended_at),
            ring_seconds=self._ring_seconds(answered_at),
            wait_seconds=self._wait_seconds(outcome),
            talk_seconds=whole_seconds(length(talk)),
            # Somebody was on hold in this call only while it had a conversation.
            hold_seconds=whole_seconds(length(common(talk, all_holds(legs)))),
            answer_target_seconds=target_seconds,
            transfers=len(self.facts.transfers),
            ended_by=call_ender(ending, self.facts, outcome),
            phase=phase,
            inferred=self._inferred(),
        )
        if origin.outside_number:
            row.customer_id = self.organisation.customer_id(origin.outside_number, self.started_at)
        self._place(row)
        self._classify(row)
        return row

    def _classify(self, row: CallRow) -> None:
        """What the outside party's number tells."""
        outside = row.outside_number
        if outside is None and row.direction is Direction.OUTGOING:
            outside = row.called_number
        organisation = self.organisation
        if outside is not None:
            own_area_code = organisation.area_code(row.site_id)
            if found := numbering(outside, organisation.tenant.region, own_area_code):
                row.area_code = found.area_code
                row.destination = found.destination
                row.country = found.country

    def _phase(self, visits: Sequence[Visit]) -> Phase:
        return self.organisation.calendar.phase(self.started_at, *self._lines(visits))

    def _has_hours(self, visits: Sequence[Visit]) -> bool:
        return self.organisation.calendar.has_hours(*self._lines(visits))

    def _lines(self, visits: Sequence[Visit]) -> tuple[str | None, ...]:
        return self.origin.ddi, visits[0].name if visits else None

    def _between(self, begin: datetime | None, end: datetime | None) -> int:
        return whole_seconds(end - begin) if begin is not None and end is not None and end > begin else 0

    def _group(self, visit: Visit) -> ContactGroup | None:
        return self.organisation.group(visit.group_kind, visit.name)

    def _thresholds(self, group: ContactGroup | None) -> tuple[int, int]:
        """Answer target and short-call threshold: the line's, else the group's, else the tenant's."""
        tenant = self.organisation.tenant
        ddi = self.organisation.ddi(self.origin.ddi, self.started_at) if self.origin.ddi else None
        targets = (ddi.answer_target_seconds if ddi else None, group.answer_target_seconds if group else None)
        shorts = (ddi.short_call_seconds if ddi else None, group.short_call_seconds if group else None)
        target = next((seconds for seconds in targets if seconds is not None), tenant.answer_target_seconds)
        short = next((seconds for seconds in shorts if seconds is not None), tenant.short_call_seconds)
        return target, short

    def _extension(self, legs: Sequence[Leg]) -> str | None:
        """The caller's of a call from inside; else the first that answered, else the first that was rung."""
        if self.origin.direction is not Direction.INCOMING:
            return legs[0].extension
        if self.ending.answered is not None and self.ending.answered.extension:
            return self.ending.answered.extension
        return next((leg.extension for leg in self.ending.called if leg.extension), None)

    def _place(self, row: CallRow | LegRow) -> None:
        """Whose extension it was at the time, and where that person belonged."""
        extension = self.organisation.extension(row.extension, self.started_at) if row.extension else None
        if extension is not None:
            row.person_id = extension.person_id
            row.site_id = extension.site_id
            row.division_id = extension.division_id
            row.department_id = extension.department_id
            row.cost_centre_id = extension.cost_centre_id
        elif isinstance(row, CallRow) and row.ddi:
            ddi = self.organisation.ddi(row.ddi, self.started_at)
            row.site_id = ddi.site_id if ddi else None

    def _ring_seconds(self, answered_at: datetime | None) -> int:
        """The time in which at least one device rang, up to the first answer."""
        return whole_seconds(
            length(
                (start, end)
                for leg in self.ending.called
                if answered_at is None or leg.offered_at < answered_at
                for start, end in leg.rang
            )
        )

    def _wait_seconds(self, outcome: CallOutcome) -> int:
        if outcome is CallOutcome.IN_PROGRESS and self.ending.answered is None:
            return 0
        return self._between(self.ending.wait_began_at, self.ending.waited_until)

    def _talk(self, legs: Sequence[Leg]) -> list[Interval]:
        """Of the outside party, who is there from beginning to end; of an internal call its caller."""
        outside = [leg for leg in legs if leg.kind is LegKind.OUTSIDE and leg.talk]
        return max(outside, key=lambda leg: length(leg.talk), default=legs[0]).talk

    def _inferred(self) -> bool:
        answered = self.ending.answered
        if not self.caller.begin_heard or (answered is not None and answered.inferred):
            return True
        return any(party.end_inferred for party in self.facts.parties)

    def legs(self, legs: Sequence[Leg], call: CallRow) -> list[LegRow]:
        return [self._leg(number, leg, call) for number, leg in enumerate(legs, 1)]

    def _leg(self, number: int, leg: Leg, call: CallRow) -> LegRow:
        outcome = leg.outcome
        if leg.role is LegRole.CALLER:
            outcome = (
                LegOutcome.ANSWERED if leg.talk else _CALLING_LEG_OUTCOME.get(call.outcome, LegOutcome.MISSED)
            )
        if outcome is LegOutcome.ANSWERED and leg.ended_at is None:
            # How long it will have talked is not known yet: it counts with its end, like the call.
            outcome = LegOutcome.IN_PROGRESS
        row = LegRow(
            tenant_id=call.tenant_id,
            started_at=call.started_at,
            call_id=call.call_id,
            leg_number=number,
            connection=leg.connection.ref,
            kind=leg.kind,
            role=leg.role,
            direction=call.direction,
            outcome=outcome,
            extension=leg.extension,
            agent=leg.offer.agent if leg.offer else None,
            contact_group=leg.visit.name if leg.visit else None,
            number=self._number(leg),
            outside_number=call.outside_number,
            ddi=call.ddi,
            offered_at=leg.offered_at,
            answered_at=leg.answered_at,
            ended_at=leg.ended_at,
            ring_seconds=whole_seconds(length(leg.rang)),
            talk_seconds=whole_seconds(length(leg.talk)),
            hold_seconds=whole_seconds(length(leg.holds)),
            inferred=leg.inferred,
        )
        self._place(row)
        return row

    def _number(self, leg: Leg) -> str | None:
        if leg.kind is LegKind.EXTENSION:
            return leg.extension
        if leg.kind is not LegKind.OUTSIDE:
            return None
        if leg.connection is self.caller:
            return self.origin.caller_number
        if self.origin.direction is Direction.OUTGOING and leg in self.ending.called[:1]:
            return self.origin.called_number
        dialled = leg.connection.dialled or leg.connection.number
        return e164(dialled, self.organisation.tenant.region) or dialled or None

    def visits(self, visits: Sequence[Visit], legs: Sequence[Leg], call: CallRow) -> list[VisitRow]:
        rows: list[VisitRow] = []
        for number, visit in enumerate(visits, 1):
            own = [leg for leg in legs if leg.visit is visit and leg.is_rung]
            row = self._visit(number, visit, own, call)
            row.outcome = visit_outcome(visit, own, self.ending, visits[number:])
            if rows and rows[-1].outcome is VisitOutcome.OVERFLOWED:
                row.overflowed_from = rows[-1].contact_group
            rows.append(row)
        return rows

    def _visit(self, number: int, visit: Visit, legs: Sequence[Leg], call: CallRow) -> VisitRow:
        answered = next((leg for leg in legs if leg.outcome is LegOutcome.ANSWERED), None)
        answered_at = answered.answered_at if answered else None
        target_seconds, short_seconds = self._thresholds(self._group(visit))
        return VisitRow(
            tenant_id=call.tenant_id,
            started_at=call.started_at,
            call_id=call.call_id,
            visit_number=number,
            group_kind=visit.group_kind,
            contact_group=visit.name,
            ddi=call.ddi,
            direction=call.direction,
            outcome=VisitOutcome.IN_PROGRESS,
            entered_at=visit.entered_at,
            answered_at=answered_at,
            left_at=visit.left_at,
            agent=answered.offer.agent if answered and answered.offer else None,
            extension=answered.extension if answered else None,
            wait_seconds=self._between(_wait_began_at(visit, legs), answered_at or visit.left_at),
            ring_seconds=whole_seconds(length(ring for leg in legs for ring in leg.rang)),
            talk_seconds=whole_seconds(length(answered.talk)) if answered else 0,
            answer_target_seconds=target_seconds,
            short_call_seconds=short_seconds,
            inferred=call.inferred or not visit.entered_heard,
        )


def _wait_began_at(visit: Visit, legs: Sequence[Leg]) -> datetime:
    """Entry to a queue; what a hunt group says before it rings is no waiting."""
    if visit.group_kind is GroupKind.QUEUE:
        return visit.entered_at
    return min((leg.offered_at for leg in legs), default=visit.left_at or visit.entered_at)
