"""The numbers that stand on customers' own lines."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.configuration.lines import Change, Entry
from store.seed_write import HistoryTable, Row
from store.validity import Stretch, overlaid, until

if TYPE_CHECKING:
    from reportgen.configuration.writing import Writer

Histories = dict[str, list[Stretch[Row]]]


def give_numbers(writer: "Writer", entries: Sequence[Entry]) -> None:
    """What is named is the customer's from the day of the change on, what is left out no longer.

    Customers whose lines say nothing of numbers keep theirs.
    """
    wanted = _wanted(entries)
    if not wanted:
        return
    customers = writer.rows.current("customer", ("reference",))
    table = HistoryTable(
        "customer numbers", "customer_number", "number", "tenant_id", writer.administration.tenant_id
    )
    stored = writer.rows.stored(table)
    owned = _owned(stored)
    for reference, numbers in wanted.items():
        if (customer := customers.get((reference,))) is None:
            continue
        customer_id = customer["customer_id"]
        for number, line in numbers.items():
            _give(writer, table, stored, number, customer_id, Change(line, f"{reference} {number}", "added"))
        for number in sorted(owned[customer_id] - numbers.keys()):
            # Another line may have given it to another customer meanwhile.
            if stored[number][-1].attributes["customer_id"] == customer_id:
                writer.replace_history(table, stored, number, until(stored[number], writer.begin))
                line = next(iter(numbers.values()), entries[0].line)
                writer.changes.append(Change(line, f"{reference} {number}", "ended"))


def _wanted(entries: Sequence[Entry]) -> Mapping[str, dict[str, int]]:
    """Customer → numbers, each with its line; one customer may have several lines."""
    wanted: dict[str, dict[str, int]] = {}
    for entry in entries:
        if "numbers" in entry.values:
            numbers = dict.fromkeys(entry.values["numbers"] or (), entry.line)
            wanted.setdefault(entry.values["reference"], {}).update(numbers)
    return wanted


def _owned(stored: Histories) -> Mapping[int, set[str]]:
    """Customer's id → the numbers that are theirs now."""
    owned: dict[int, set[str]] = defaultdict(set)
    for number, history in stored.items():
        if history[-1].upper is None:
            owned[history[-1].attributes["customer_id"]].add(number)
    return owned


def _give(
    writer: "Writer", table: HistoryTable, stored: Histories, number: str, customer_id: int, added: Change
) -> None:
    before = stored.get(number, [])
    begin = writer.begin if before else None
    after = overlaid(before, Stretch(begin, None, {"customer_id": customer_id}))
    if before and before[-1].upper is None and before[-1].attributes["customer_id"] == customer_id:
        return
    writer.replace_history(table, stored, number, after)
    writer.changes.append(Change(added.line, added.what, "changed") if before else added)
