"""Many spellings, one number; what is no public number is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.numbers import e164, is_withheld


@pytest.mark.parametrize(
    "spelling", ["0612345678", "+31612345678", "0031612345678", "06-12345678", "+31 6 1234 5678"]
)
def test_dutch_spellings_are_one(spelling: str) -> None:
    assert e164(spelling, "NL") == "+31612345678"


@pytest.mark.parametrize("number", ["1001", "112", "14020", "*76", "400", ""])
def test_extensions_and_short_codes_are_no_public_numbers(number: str) -> None:
    assert e164(number, "NL") is None


@pytest.mark.parametrize("spelling", ["anonymous", "<unknown>", "", "Anonymous", "restricted"])
def test_withheld_in_every_spelling(spelling: str) -> None:
    assert is_withheld(spelling)
    assert e164(spelling, "NL") is None


def test_a_foreign_number_keeps_its_country() -> None:
    assert e164("0032 2 555 12 12", "NL") == "+3225551212"


@given(st.text(max_size=30))
def test_any_text_gives_a_number_or_nothing_and_is_stable(text: str) -> None:
    number = e164(text, "NL")
    if number is not None:
        assert e164(number, "NL") == number
        assert e164(number, "BE") == number
