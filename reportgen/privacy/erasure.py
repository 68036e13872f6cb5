"""Erasing a number or a person, and archiving a person: store/migrations/0020_erasure.sql does it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import phonenumbers

from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection, sentences
from store.numbering import numbering
from store.numbers import e164

DIGITS_THAT_STAY = 2
"""Of a number called, beyond its country: with its area code, or the first digits of a mobile number."""

Removed = Mapping[str, int]
"""Table → rows in which something was erased."""


class NoNumberError(ReportError):
    """What was given is no telephone number that could belong to somebody."""

    code = "no-number"

    def __init__(self, text: str) -> None:
        super().__init__(
            _('"{text}" is no telephone number; write it as 06 12345678 or +31612345678.'), text=text
        )


class UnknownPersonError(ReportError):
    """The tenant has no user of that reference."""

    code = "unknown-person"

    def __init__(self, reference: str) -> None:
        super().__init__(_('There is no user with the reference "{reference}".'), reference=reference)


@dataclass(frozen=True, slots=True)
class Subject:
    """A number that somebody asks about, in all the ways in which it may have been written."""

    number: str
    """E.164."""
    digits: str
    """Those that every way of writing it ends in."""
    spelled: str
    """A pattern (of PostgreSQL) of those ways."""
    hidden: int
    """How many of the last digits become zeros in a number that was called."""

    @property
    def zeroed(self) -> str:
        """E.164; belongs to nobody."""
        return self.number[: -self.hidden] + "0" * self.hidden


def read_number(text: str, region: str) -> Subject:
    """The number that somebody of `region` (ISO 3166-1) means.

    Raises:
        NoNumberError: it is none.
    """
    number = e164(text, region)
    if number is None:
        raise NoNumberError(text)
    parsed = phonenumbers.parse(number)
    digits = phonenumbers.national_significant_number(parsed)
    country = str(parsed.country_code)
    # A code for a line to the outside stands before a prefix only: before bare digits it may be a country's.
    prefixes = [rf"\+?{country}", rf"[0-9*#]{{0,2}}00{country}"]
    if country == str(phonenumbers.country_code_for_region(region)):
        prefixes.append("[0-9*#]{0,2}0")
    stays = max(phonenumbers.length_of_geographical_area_code(parsed), DIGITS_THAT_STAY)
    return Subject(
        number, digits, rf"^(?:{'|'.join(prefixes)})?{re.escape(digits)}$", max(len(digits) - stays, 1)
    )


def erase_number(
    connection: Connection, tenant_id: int, text: str, region: str, *, actor: str | None = None
) -> Removed:
    """Erases a number everywhere, in the caller's transaction; evidence of it stays, without the number.

    Args:
        actor: who does it; None: the database login.

    Raises:
        NoNumberError: it is none.
    """
    subject = read_number(text, region)
    told = numbering(subject.zeroed, region)
    removed = _act(
        connection,
        "SELECT privacy.erase_number(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            tenant_id,
            subject.number,
            subject.spelled,
            subject.digits,
            subject.hidden,
            subject.zeroed,
            told and told.area_code,
            told and told.destination.value,
            told and told.country,
            actor,
        ),
    )
    return removed or {}


def erase_person(
    connection: Connection, tenant_id: int, reference: str, *, actor: str | None = None
) -> Removed:
    """Erases everything that leads to a user, in the caller's transaction.

    Raises:
        UnknownPersonError: there is none of this reference.
    """
    return _of_person(connection, "SELECT privacy.erase_person(%s, %s, %s)", tenant_id, reference, actor)


def archive_person(
    connection: Connection, tenant_id: int, reference: str, *, actor: str | None = None
) -> Removed:
    """Takes a user's name away and closes the account; the calls stay, under the reference.

    Raises:
        UnknownPersonError: there is none of this reference.
    """
    return _of_person(connection, "SELECT privacy.archive_person(%s, %s, %s)", tenant_id, reference, actor)


def _of_person(
    connection: Connection, statement: str, tenant_id: int, reference: str, actor: str | None
) -> Removed:
    told = _act(connection, statement, (tenant_id, reference, actor))
    if told is None:
        raise UnknownPersonError(reference)
    return told


def _act(connection: Connection, statement: str, parameters: tuple[Any, ...]) -> Removed | None:
    with sentences():
        row = connection.execute(statement.encode(), parameters).fetchone()
    assert row is not None
    told: Removed | None = row[0]
    return told
