"""From lines to entries: values are understood, names found; everything that is wrong is told."""

from collections.abc import Iterable, Iterator
from typing import Any

from reportgen.configuration.csv_file import fields_of
from reportgen.configuration.kinds import Field, Kind
from reportgen.configuration.lines import Entry, Line, Problem
from reportgen.configuration.lookups import AllNames
from reportgen.configuration.values import FieldError, Reading
from reportgen.errors import ReportError
from reportgen.texts import _


def read_lines(
    kind: Kind, lines: Iterable[Line], names: AllNames, region: str
) -> tuple[list[Entry], list[Problem]]:
    """The entries that are right, and what is wrong with the others."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        values, wrong = _values(kind, line, names, Reading(region))
        key = tuple(values.get(each) for each in kind.key)
        if not wrong and kind.key and not kind.has_history and kind.slug != "working-hours":
            wrong = list(_second(kind, line, key, seen))
        problems += wrong
        if not wrong:
            seen.setdefault(key, line.number)
            entries.append(Entry(line.number, values))
    return entries, problems


def _values(
    kind: Kind, line: Line, names: AllNames, reading: Reading
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    wrong: list[Problem] = []
    for field in fields_of(kind):
        if field.name not in line.texts:
            if field.required and field.name in kind.key:
                wrong.append(Problem(line.number, field.name, FieldError(_("This must be filled in."))))
            continue
        try:
            values[field.name] = _value(field, line.texts[field.name].strip(), names, reading)
        except ReportError as error:
            wrong.append(Problem(line.number, field.name, error))
    if not wrong:
        wrong += _together(kind, line, values, names)
    return values, wrong


def _value(field: Field, text: str, names: AllNames, reading: Reading) -> Any:
    if not text:
        if field.required:
            raise FieldError(_("This must be filled in."))
        return field.default
    value = field.read(text, reading)
    if field.refers and str(value).casefold() not in names[field.refers].by_name:
        raise FieldError(_('There is no "{text}"; add it first.'), text=value)
    return value


def _together(kind: Kind, line: Line, values: dict[str, Any], names: AllNames) -> Iterator[Problem]:
    """Rules over several fields."""
    first, last = values.get("valid_from"), values.get("valid_until")
    if first and last and last < first:
        yield Problem(line.number, "valid_until", FieldError(_("The last day lies before the first.")))
    if kind.slug == "working-hours":
        if values["closes"] <= values["opens"]:
            sentence = _("It closes before it opens; write hours past midnight as two lines.")
            yield Problem(line.number, "closes", FieldError(sentence))
        if given := values.get("line"):
            values["line"] = names["line"].by_name.get(given.casefold())
            if values["line"] is None:
                sentence = _('There is no "{text}"; add it first.')
                yield Problem(line.number, "line", FieldError(sentence, text=given))


def _second(
    kind: Kind, line: Line, key: tuple[Any, ...], seen: dict[tuple[Any, ...], int]
) -> Iterator[Problem]:
    if key in seen and kind.slug != "customers":
        error = FieldError(_('"{text}" stands on line {line} already.'), text=key[-1], line=seen[key])
        yield Problem(line.number, kind.key[-1], error)
