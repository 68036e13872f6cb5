"""What a telephone number tells by the numbering plan: area, kind of destination, country.

The plan itself is phonenumbers' (the metadata of libphonenumber); only the words are ours.
"""

from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

from store.numbers import parse
from store.vocabulary import Destination

_BY_TYPE = {
    PhoneNumberType.MOBILE: Destination.MOBILE,
    PhoneNumberType.PAGER: Destination.MOBILE,
    PhoneNumberType.TOLL_FREE: Destination.FREE,
    PhoneNumberType.PREMIUM_RATE: Destination.PREMIUM,
    PhoneNumberType.SHARED_COST: Destination.PREMIUM,
    PhoneNumberType.VOIP: Destination.COMPANY,
    PhoneNumberType.PERSONAL_NUMBER: Destination.COMPANY,
    PhoneNumberType.UAN: Destination.COMPANY,
}


@dataclass(frozen=True, slots=True)
class Numbering:
    destination: Destination
    area_code: str | None = None
    """With the national prefix, as dialled inside the country: "020". Only of geographic numbers at home."""
    country: str | None = None
    """ISO 3166-1; None for numbers that belong to no country."""


@lru_cache(maxsize=65_536)
def numbering(number: str, region: str, own_area_code: str | None = None) -> Numbering | None:
    """Classifies an outside party's number: E.164, or a short number as it was dialled in `region`.

    `own_area_code` is the site's ("020"): calls to it are local. None when the text is no number.
    """
    if phonenumbers.is_emergency_number(number, region):
        return Numbering(Destination.EMERGENCY, country=region)
    parsed = parse(number, region)
    if parsed is None:
        return None
    country = phonenumbers.region_code_for_number(parsed)
    if country is None and not number.startswith("+"):
        return Numbering(Destination.SPECIAL, country=region)
    if country != region:
        return Numbering(Destination.INTERNATIONAL, country=country)
    return _at_home(parsed, region, own_area_code)


def _at_home(parsed: phonenumbers.PhoneNumber, region: str, own_area_code: str | None) -> Numbering:
    kind = phonenumbers.number_type(parsed)
    if kind in _BY_TYPE:
        return Numbering(_BY_TYPE[kind], country=region)
    length = phonenumbers.length_of_geographical_area_code(parsed)
    if not length:
        return Numbering(Destination.SPECIAL, country=region)
    area_code = _national_prefix(region) + phonenumbers.national_significant_number(parsed)[:length]
    local = area_code == own_area_code
    return Numbering(Destination.LOCAL if local else Destination.NATIONAL, area_code, region)


def _national_prefix(region: str) -> str:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    return metadata.national_prefix or "" if metadata else ""


def area_name(area_code: str, region: str, language: str) -> str:
    """The place of an area code ("020" → "Amsterdam") in `language`; the code itself where it has no name."""
    # Imported here: the place names of the whole world take 100 MB, which only a report on areas needs.
    from phonenumbers.geodata import GEOCODE_DATA

    key = f"{phonenumbers.country_code_for_region(region)}{area_code.removeprefix(_national_prefix(region))}"
    names = GEOCODE_DATA.get(key, {})
    return str(names.get(language) or names.get("en") or area_code)
