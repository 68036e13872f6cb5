"""Telephone numbers: one spelling for all the ways to write the same one."""

from functools import lru_cache

import phonenumbers

WITHHELD_SPELLINGS = frozenset(
    {"", "anonymous", "<unknown>", "unknown", "private", "withheld", "unavailable", "restricted", "asserted"}
)
"""What PBXs put where a caller's number would stand when there is none to show."""

SHORTEST_PUBLIC_NUMBER = 6
"""Shorter ones are extensions, feature codes, emergency and other short codes: left as they are."""


def is_withheld(number: str) -> bool:
    """Whether this text, as received, stands for a number that is not shown."""
    return number.strip().lower() in WITHHELD_SPELLINGS


@lru_cache(maxsize=65_536)
def parse(number: str, region: str) -> phonenumbers.PhoneNumber | None:
    """The number's parts; None when it has none. Kept, since each number is wanted more than once."""
    try:
        return phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None


@lru_cache(maxsize=65_536)
def e164(number: str, region: str) -> str | None:
    """The number in E.164, as seen from `region` (ISO 3166-1); None when it is no public number.

    "+31…", "0031…" and "0…" become one. Extensions, service codes and withheld spellings give None.
    """
    if is_withheld(number):
        return None
    digits = number.strip()
    if sum(character.isdigit() for character in digits) < SHORTEST_PUBLIC_NUMBER:
        return None
    parsed = parse(digits, region)
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
