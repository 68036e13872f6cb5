"""Reads what readers filter on: text such as "extension=201,202" becomes checked values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

import phonenumbers

from reportgen.catalogue.parts import (
    Filter,
    NameFilter,
    NumberFilter,
    RangeFilter,
    Report,
    ThresholdFilter,
    TimeOfDayFilter,
    ValueFilter,
    WeekdayFilter,
)
from reportgen.compile.scope import Variable
from reportgen.errors import InvalidFilterError, UnknownFilterError
from reportgen.texts import _
from store.numbers import e164

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_SECONDS = 7 * 24 * 3600
MOST_VALUES = 1000


@dataclass(frozen=True, slots=True)
class Range:
    """Seconds, both bounds included; None: no bound."""

    low: int | None
    high: int | None

    def __str__(self) -> str:
        """As it is given: 60..300, ..20, 60.."""
        return f"{'' if self.low is None else self.low}..{'' if self.high is None else self.high}"


@dataclass(frozen=True, slots=True)
class Window:
    """Local time of day: from `begin` up to but not including `end`, over midnight when it ends earlier."""

    begin: time
    end: time

    def __str__(self) -> str:
        """As it is given: 09:00-17:30."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Selection:
    """One filter with the values that were chosen: a row passes when any of them fits."""

    filter: Filter
    values: tuple[Any, ...]

    @property
    def words(self) -> list[str]:
        """What was chosen, a text each."""
        if isinstance(self.filter, WeekdayFilter):
            return [WEEKDAYS[value - 1] for value in self.values]
        return [str(value) for value in self.values]


def read_selections(
    report: Report, given: Mapping[str, Sequence[str | Variable]], region: str = "NL"
) -> tuple[Selection, ...]:
    """Checks what was given against the report's filters; a text may hold several values with commas between.

    Args:
        region: ISO 3166-1, where numbers without a country code belong.

    Raises:
        UnknownFilterError: the report has no such filter.
        InvalidFilterError: a value cannot be understood.
    """
    filters = report.filters
    selections = []
    for name, texts in given.items():
        if name not in filters:
            raise UnknownFilterError(name, filters)
        values = tuple(_values(filters[name], texts, region))
        if len(values) > MOST_VALUES:
            raise InvalidFilterError(
                _('The filter "{name}" has more than {most} values.'), name=name, most=MOST_VALUES
            )
        if values:
            selections.append(Selection(filters[name], values))
    return tuple(selections)


def read_pairs(pairs: Iterable[str]) -> dict[str, list[str]]:
    """Reads "name=value" as given on the command line; a name given twice has both values."""
    given: dict[str, list[str]] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator:
            raise InvalidFilterError(
                _('"{text}" is no filter; write it as name=value, for example extension=201.'), text=pair
            )
        given.setdefault(name.strip(), []).append(value)
    return given


def one_value(text: str) -> str:
    """The text, so that commas in it do not part it into several values."""
    return text.replace(",", "\\,")


def _values(filter_: Filter, texts: Sequence[str | Variable], region: str) -> Iterable[Any]:
    for text in texts:
        if isinstance(text, Variable):
            if not isinstance(filter_, ValueFilter | NameFilter):
                raise InvalidFilterError(
                    _('The filter "{name}" cannot be a dashboard variable.'), name=filter_.name
                )
            yield text
            continue
        for part in re.split(r"(?<!\\),", text):
            if part.strip():
                yield _value(filter_, part.strip().replace("\\,", ","), region)


def can_be_sent(text: str) -> bool:
    """Whether the database takes the text: no NUL, and no half of a character (a surrogate)."""
    return not any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in text)


def _value(filter_: Filter, text: str, region: str) -> Any:
    if not can_be_sent(text):
        raise InvalidFilterError(
            _('The value of the filter "{name}" has a character that is not allowed.'), name=filter_.name
        )
    match filter_:
        case ValueFilter():
            return _plain(filter_, text, region)
        case NumberFilter():
            return _pattern(filter_, text, region)
        case RangeFilter():
            return _range(filter_, text)
        case TimeOfDayFilter():
            return _window(filter_, text)
        case WeekdayFilter():
            return _weekday(text)
        case ThresholdFilter():
            return _seconds(filter_, text)
    return text


def _plain(filter_: ValueFilter, text: str, region: str) -> str:
    words = filter_.unit.words
    if words is not None and text not in words:
        raise InvalidFilterError(
            _('The filter "{name}" knows no "{value}"; choose from: {known}.'),
            name=filter_.name,
            value=text,
            known=", ".join(words),
        )
    if filter_.is_public_number:
        return e164(text, region) or text
    return text


def _pattern(filter_: NumberFilter, text: str, region: str) -> str:
    compact = re.sub(r"[\s()./-]", "", text)
    if not re.fullmatch(r"\+?[0-9*#]+", compact):
        raise InvalidFilterError(
            _(
                '"{text}" is no number for the filter "{name}"; '
                "write digits, with * for any digits, such as 020*."
            ),
            text=text,
            name=filter_.name,
        )
    if "*" not in compact:
        return e164(compact, region) or compact
    if compact.startswith("00"):
        return "+" + compact[2:]
    if compact.startswith("0"):
        return f"+{phonenumbers.country_code_for_region(region)}{compact[1:]}"
    return compact


def _seconds(filter_: Filter, text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text) or int(text) > LONGEST_SECONDS:
        raise InvalidFilterError(
            _('"{text}" is no number of seconds for the filter "{name}" (0 to {most}).'),
            text=text,
            name=filter_.name,
            most=LONGEST_SECONDS,
        )
    return int(text)


def _range(filter_: RangeFilter, text: str) -> Range:
    low, separator, high = text.partition("..")
    if not separator:
        return Range(_seconds(filter_, low), _seconds(filter_, low))
    if not low and not high:
        raise InvalidFilterError(
            _('The filter "{name}" needs a bound, such as 60..300, ..20 or 60..'), name=filter_.name
        )
    found = Range(_seconds(filter_, low) if low else None, _seconds(filter_, high) if high else None)
    if found.low is not None and found.high is not None and found.low > found.high:
        raise InvalidFilterError(
            _('The filter "{name}" ends ({high}) before it begins ({low}).'),
            name=filter_.name,
            high=high,
            low=low,
        )
    return found


def _window(filter_: Filter, text: str) -> Window:
    found = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", text, re.ASCII)
    try:
        window = Window(_clock(found[1]), _clock(found[2])) if found else None
    except ValueError:
        window = None
    if window is None or window.begin == window.end:
        raise InvalidFilterError(
            _('"{text}" is no window for the filter "{name}"; write it as 09:00-17:30.'),
            text=text,
            name=filter_.name,
        )
    return window


def _clock(text: str) -> time:
    """24:00 is the end of the day, which a window over midnight says as 00:00."""
    return time() if text == "24:00" else time.fromisoformat(text)


def _weekday(text: str) -> int:
    """ISO: Monday is 1."""
    if text.lower() not in WEEKDAYS:
        raise InvalidFilterError(
            _('"{text}" is no weekday; choose from: {known}.'), text=text, known=", ".join(WEEKDAYS)
        )
    return WEEKDAYS.index(text.lower()) + 1
