"""The filters of a report as fields of a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.catalogue.parts import (
    Filter,
    NameFilter,
    RangeFilter,
    Report,
    ThresholdFilter,
    TimeOfDayFilter,
    ValueFilter,
    WeekdayFilter,
)
from reportgen.compile.selection import WEEKDAYS, one_value, parts_of
from reportgen.texts import _
from reportgen.units import Writer

PLACEHOLDERS = {
    "RangeFilter": "60..300",
    "ThresholdFilter": "20",
    "TimeOfDayFilter": "09:00-17:30",
    "NumberFilter": "020*",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One filter in the form."""

    name: str
    title: str
    kind: str
    """"choice", "days", "seconds" or "text"."""
    options: Sequence[tuple[str, str]]
    """Values with their labels: all there are, or suggestions for a text."""
    given: Sequence[str]
    placeholder: str


def fields_of(
    report: Report,
    listed: Mapping[str, list[tuple[str, str]]],
    given: Mapping[str, Sequence[str]],
    writer: Writer,
) -> list[Field]:
    return [
        _field(filter_, listed.get(name, []), given.get(name, []), writer)
        for name, filter_ in report.filters.items()
    ]


def _field(filter_: Filter, listed: list[tuple[str, str]], given: Sequence[str], writer: Writer) -> Field:
    options: list[tuple[str, str]] = listed
    kind = "text"
    match filter_:
        case ValueFilter(unit=unit) if unit.words is not None:
            kind, options = "choice", [(word, writer.text(title)) for word, title in unit.words.items()]
        case NameFilter():
            kind, options = "choice", [(one_value(name), name) for name, _code in listed]
        case WeekdayFilter():
            kind, options = (
                "days",
                [(day, writer.text(title)) for day, title in zip(WEEKDAYS, _DAYS, strict=True)],
            )
        case TimeOfDayFilter() | ThresholdFilter():
            kind = "text"
    given = [part for text in given for part in parts_of(text)]
    if kind == "choice":
        # What is there no longer stays chosen: the form would else ask for more than it was given.
        known = {value for value, _label in options}
        options = [*options, *((value, value.replace("\\,", ",")) for value in given if value not in known)]
    title = writer.text(filter_.title)
    if isinstance(filter_, RangeFilter | ThresholdFilter):
        title = writer.text(_("{title} (seconds)"), title=title)
    return Field(filter_.name, title, kind, options, given, PLACEHOLDERS.get(type(filter_).__name__, ""))


_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
