"""Which parts of the organisation a call touched besides those that stand on the call itself."""

from collections.abc import Sequence

from aggregator.rows import CallRow, LegRow, VisitRow
from store.vocabulary import LegOutcome


def note_touched(call: CallRow, legs: Sequence[LegRow], visits: Sequence[VisitRow]) -> None:
    """Notes them on the call, where a reader who sees only a part of the organisation looks for his own.

    A parallel ring that another took is no call for that extension.
    """
    own = [leg for leg in legs if leg.outcome is not LegOutcome.ANSWERED_ELSEWHERE]
    units = {unit for leg in own for unit in _units(leg)}.difference(_units(call), _NOBODY)
    persons = {leg.person_id for leg in own}.difference((call.person_id,), _NOBODY)
    groups = {visit.contact_group for visit in visits} - {call.contact_group}
    call.also_units = sorted(unit for unit in units if unit is not None) if units else None
    call.also_persons = sorted(person for person in persons if person is not None) if persons else None
    call.also_groups = sorted(groups) if groups else None


_NOBODY = (None,)


def _units(row: CallRow | LegRow) -> tuple[int | None, ...]:
    return row.site_id, row.division_id, row.department_id, row.cost_centre_id
