"""Area, kind of destination and country from a number, as a Dutch company sees them."""

import pytest

from store.numbering import Numbering, area_name, numbering
from store.vocabulary import Destination


@pytest.mark.parametrize(
    ("number", "destination", "area_code", "country"),
    [
        ("+31201230000", Destination.LOCAL, "020", "NL"),
        ("+31302345678", Destination.NATIONAL, "030", "NL"),
        ("+31114123456", Destination.NATIONAL, "0114", "NL"),
        ("+31612345678", Destination.MOBILE, None, "NL"),
        ("+318001234", Destination.FREE, None, "NL"),
        ("+319001234", Destination.PREMIUM, None, "NL"),
        ("+31881234567", Destination.COMPANY, None, "NL"),
        ("14020", Destination.COMPANY, None, "NL"),
        ("112", Destination.EMERGENCY, None, "NL"),
        ("+3225551212", Destination.INTERNATIONAL, None, "BE"),
        ("+442079460000", Destination.INTERNATIONAL, None, "GB"),
        ("+88299990000", Destination.INTERNATIONAL, None, None),
        ("1233", Destination.SPECIAL, None, "NL"),
    ],
)
def test_a_number_is_classified_by_the_numbering_plan(
    number: str, destination: Destination, area_code: str | None, country: str | None
) -> None:
    found = numbering(number, "NL", "020")
    assert found is not None
    assert (found.destination, found.area_code) == (destination, area_code)
    if destination is not Destination.INTERNATIONAL or country:
        assert found.country == country


def test_local_depends_on_the_site() -> None:
    assert numbering("+31302345678", "NL", "030") == Numbering(Destination.LOCAL, "030", "NL")


@pytest.mark.parametrize("text", ["", "anonymous", "<unknown>"])
def test_what_is_no_number_has_no_class(text: str) -> None:
    assert numbering(text, "NL") is None


def test_places_have_names() -> None:
    assert area_name("020", "NL", "nl") == "Amsterdam"
    assert area_name("0114", "NL", "nl") == "Hulst"
    assert area_name("099", "NL", "nl") == "099"
