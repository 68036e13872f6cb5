"""Which parts of the organisation a call touched besides those that stand on the call itself."""

from collections.abc import Iterable, Sequence

from aggregator.rows import CallRow, LegRow, VisitRow
from store.vocabulary import LegOutcome


def note_touched(call: CallRow, legs: Sequence[LegRow], visits: Sequence[VisitRow]) -> None:
    """Notes them on the call, where a reader who sees only a part of the organisation looks for his own.

    A parallel ring that another took is no call for that extension.
    """
    own_legs = [leg for leg in legs if leg.outcome is not LegOutcome.ANSWERED_ELSEWHERE]
    call.also_units = _besides(_units(call), (unit for leg in own_legs for unit in _units(leg)))
    call.also_persons = _besides((call.person_id,), (leg.person_id for leg in own_legs))
    groups = {visit.contact_group for visit in visits} - {call.contact_group}
    call.also_groups = sorted(groups) or None


def _units(row: CallRow | LegRow) -> tuple[int | None, ...]:
    return row.site_id, row.division_id, row.department_id, row.cost_centre_id


def _besides(own: Iterable[int | None], touched: Iterable[int | None]) -> list[int] | None:
    more = {key for key in touched if key is not None}.difference(own)
    return sorted(more) or None
