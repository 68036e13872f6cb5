"""Entries of the audit trail as a reader sees them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from reportgen.access.audit import Entry
from reportgen.catalogue import CATALOGUE
from reportgen.history.columns import ACTIONS, COLUMNS, DETAILS, OBJECTS, UNTOLD, Column, Reads
from reportgen.history.names import Trail
from reportgen.texts import _
from reportgen.units import Writer

_FILTERS = {name: each.title for report in CATALOGUE.values() for name, each in report.filters.items()}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that an entry tells: what it is about, and its old and new value."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words."""

    moment: str
    actor: str
    address: str
    action: str
    what: str
    """To what it was done: the kind of thing, and its name."""
    said: Sequence[Said]


class Teller:
    """Puts entries into the words of one reader."""

    def __init__(self, writer: Writer, trail: Trail) -> None:
        self._writer, self._trail, self._text = writer, trail, writer.text

    def tell(self, entries: Iterable[Entry]) -> list[Told]:
        return [self._told(entry) for entry in entries]

    def _told(self, entry: Entry) -> Told:
        kind = self._text(OBJECTS.get(entry.object, entry.object))
        return Told(
            self._writer.minute(entry.occurred_at),
            entry.actor,
            entry.address or "",
            self._text(ACTIONS.get(entry.action, entry.action)),
            f"{kind} {self._name(entry)}".strip(),
            list(self._changes(entry) if {"old", "new"} & entry.details.keys() else self._details(entry)),
        )

    def _name(self, entry: Entry) -> str:
        """Of what it was done to, where that is no number of ours."""
        if entry.object == "report" and entry.name in CATALOGUE:
            return self._text(CATALOGUE[entry.name].title)
        if entry.object == "session" and entry.name == entry.actor:
            return ""
        return entry.name or ""

    def _changes(self, entry: Entry) -> Iterator[Said]:
        old, new = entry.details.get("old") or {}, entry.details.get("new") or {}
        declared = COLUMNS.get(entry.object, {})
        for name in [*declared, *sorted((old.keys() | new.keys()) - declared.keys() - UNTOLD)]:
            column = declared.get(name, Column(name))
            if column.reads is Reads.SECRET:
                if name in old and name in new:
                    yield Said(self._text(column.title), "", self._text(_("changed")))
                continue
            values = [self._value(column, each[name]) if name in each else "" for each in (old, new)]
            # What a new thing is not, nobody asks.
            said_no = not (old and new) and (old or new).get(name) in (None, False) and not column.empty
            if values[0] != values[1] and not said_no:
                yield Said(self._text(column.title), *values)

    def _details(self, entry: Entry) -> Iterator[Said]:
        details = entry.details
        for name in [
            *(each for each in DETAILS if each in details),
            *sorted(details.keys() - DETAILS.keys()),
        ]:
            column, value = DETAILS.get(name, Column(name)), details[name]
            if value not in (None, "", [], {}):
                yield Said(self._text(column.title), "", self._value(column, value))

    def _value(self, column: Column, value: Any) -> str:
        match value:
            case None:
                return self._text(_("no") if column.reads is Reads.IS_SET else column.empty)
            case list():
                return ", ".join(self._value(column, each) for each in value)
            case dict():
                return ", ".join(self._pair(name, each) for name, each in value.items())
            case bool():
                return self._text(_("yes") if value else _("no"))
        if column.refers and isinstance(value, int):
            return self._trail.name(column.refers, value) or "–"
        if str(value) in column.words:
            return self._text(column.words[str(value)])
        return self._read(column, str(value))

    def _pair(self, name: str, value: Any) -> str:
        return f"{self._text(_FILTERS.get(name, name))} {self._value(Column(name), value)}"

    def _read(self, column: Column, value: str) -> str:
        match column.reads:
            case Reads.IS_SET:
                return self._text(_("yes"))
            case Reads.MOMENT:
                return self._writer.minute(datetime.fromisoformat(value))
            case Reads.DAY:
                return self._writer.day(date.fromisoformat(value))
            case Reads.COUNT_OF_DAYS:
                return self._text(_("{days} days"), days=value)
            case Reads.DAYS:
                return self._days(value)
        return value

    def _days(self, valid: str) -> str:
        """A range of moments, as the trail has it, in local days."""
        bounds = re.fullmatch(r'[\[(]"?([^",]*)"?,"?([^",]*)"?[\])]', valid)
        if bounds is None:
            return ""
        first, end = (
            self._writer.local(datetime.fromisoformat(each)).date() if each else None
            for each in bounds.groups()
        )
        last = end - timedelta(days=1) if end else None
        days = [self._writer.day(each) if each else "" for each in (first, last)]
        if all(days):
            return " – ".join(days)
        if days[0]:
            return self._text(_("from {day}"), day=days[0])
        return self._text(_("until {day}"), day=days[1]) if days[1] else self._text(_("always"))
