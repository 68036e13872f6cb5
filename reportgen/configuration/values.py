"""How texts from a form, a CSV file or the API become values; what is wrong is said in a sentence."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from reportgen.errors import ReportError
from reportgen.texts import _
from store.numbers import e164

LONGEST_TEXT = 200
MOST_SECONDS = 86_400
YEARS = range(1970, 2200)


class FieldError(ReportError):
    """A value will not do."""

    code = "invalid-field"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to understand a value."""

    region: str
    """Where numbers without a country code belong (ISO 3166-1)."""


Read = Callable[[str, Reading], Any]
"""A text that is not empty → its value. Raises FieldError."""


def text(given: str, _reading: Reading) -> str:
    if len(given) > LONGEST_TEXT or not given.isprintable():
        raise FieldError(_("Write at most {most} characters on one line."), most=LONGEST_TEXT)
    return given


def code(given: str, reading: Reading) -> str:
    """A name that stands in addresses and events, such as an extension's number."""
    if "~" in given:
        raise FieldError(_('"{text}" cannot be a name here: leave out the ~.'), text=given)
    return text(given, reading)


def public_number(given: str, reading: Reading) -> str:
    """E.164."""
    # A spreadsheet's guard against formulas, as our own files have it.
    number = e164(given.removeprefix("'"), reading.region)
    if number is None:
        raise FieldError(_('"{text}" is no telephone number; write it like +31201234567.'), text=given)
    return number


def public_numbers(given: str, reading: Reading) -> tuple[str, ...]:
    """Several, with commas, semicolons or bars between them."""
    parts = [part.strip() for part in re.split(r"[,;|/\n]", given)]
    return tuple(dict.fromkeys(public_number(part, reading) for part in parts if part))


def line(given: str, reading: Reading) -> str:
    """A direct number, or a contact group's name on the telephone system."""
    return public_number(given, reading) if given.startswith(("+", "0", "'+")) else code(given, reading)


def whole_number(least: int, most: int) -> Read:
    def read(given: str, _reading: Reading) -> int:
        if not re.fullmatch(r"\d{1,9}", given) or not least <= int(given) <= most:
            raise FieldError(
                _('"{text}" is no whole number from {least} to {most}.'), text=given, least=least, most=most
            )
        return int(given)

    return read


def email(given: str, reading: Reading) -> str:
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+", given):
        raise FieldError(_('"{text}" is no e-mail address.'), text=given)
    return text(given, reading).lower()


def area_code(given: str, _reading: Reading) -> str:
    if not re.fullmatch(r"0[0-9]{1,5}", given):
        raise FieldError(_('"{text}" is no area code; write it like 020.'), text=given)
    return given


def day(given: str, _reading: Reading) -> date:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            found = datetime.strptime(given, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if found.year in YEARS:
            return found
    raise FieldError(_('"{text}" is no date; write it as 2026-12-31.'), text=given)


def time_of_day(given: str, _reading: Reading) -> time:
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::00)?", given)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise FieldError(_('"{text}" is no time of day; write it as 08:30.'), text=given)
    return time(int(found[1]), int(found[2]))


def closing_time(given: str, reading: Reading) -> time:
    """24:00 is the end of the day."""
    return time.max if given == "24:00" else time_of_day(given, reading)


def one_of(words: Mapping[str, tuple[str, ...]]) -> Read:
    """Value → the words that mean it, besides itself."""
    meanings = {word.casefold(): value for value, others in words.items() for word in (value, *others)}

    def read(given: str, _reading: Reading) -> str:
        found = meanings.get(given.casefold())
        if found is None:
            raise FieldError(
                _('"{text}" is not among the choices: {known}.'), text=given, known=", ".join(words)
            )
        return found

    return read


WEEKDAY_WORDS: Mapping[str, tuple[str, ...]] = {
    "monday": ("mon", "maandag", "ma"),
    "tuesday": ("tue", "dinsdag", "di"),
    "wednesday": ("wed", "woensdag", "wo"),
    "thursday": ("thu", "donderdag", "do"),
    "friday": ("fri", "vrijdag", "vr"),
    "saturday": ("sat", "zaterdag", "za"),
    "sunday": ("sun", "zondag", "zo"),
}
_weekday = one_of(WEEKDAY_WORDS)
_ORDER = tuple(WEEKDAY_WORDS)


def weekdays(given: str, reading: Reading) -> tuple[int, ...]:
    """ISO numbers; "mon-fri" and "ma, wo" are understood."""
    days: set[int] = set()
    for part in re.split(r"[,;+ ]+", re.sub(r"\s*-\s*", "-", given.strip())):
        first, _dash, last = part.partition("-")
        begin = _ORDER.index(_weekday(first, reading))
        end = _ORDER.index(_weekday(last or first, reading))
        days.update(each + 1 for each in range(begin, end + 1))
    if not days:
        raise FieldError(_('"{text}" is no weekday; choose from: {known}.'), text=given, known="ma-zo")
    return tuple(sorted(days))


def written(value: Any) -> str:
    """A value as it can be read again; for programs and files."""
    match value:
        case None:
            return ""
        case time():
            return "24:00" if value == time.max else f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case tuple() if all(isinstance(each, int) for each in value):
            return ", ".join(_ORDER[each - 1] for each in value)
        case tuple() | list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
