"""The tenant file: a tenant's whole organisation as a person writes it (docs/tenant-file.md).

Sections that a file leaves out stay as they are in the database; an empty list empties the section.
"""

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

import holidays
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from store import seed_text
from store.errors import InvalidOrganisationError
from store.numbers import e164
from store.picture import MOST_BYTES, checked_picture
from store.vocabulary import Edition, GroupKind, PbxKind

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


def _slug(slug: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", slug):
        raise ValueError(f'"{slug}" is no slug; take small letters, digits and -')
    return slug


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f'"{name}" is no time zone; write it like Europe/Amsterdam')
    return name


def _region(code: str) -> str:
    if code not in holidays.list_supported_countries():
        raise ValueError(f'"{code}" is no country code; write it like NL')
    return code


def _public_number(number: str, info: ValidationInfo) -> str:
    region = info.context["region"] if info.context else "NL"
    public = e164(number, region)
    if public is None:
        raise ValueError(f'"{number}" is no telephone number; write it like +31201234567')
    return public


def _line(line: str, info: ValidationInfo) -> str:
    return _public_number(line, info) if line.startswith(("+", "0")) else line


def _closing_time(value: object) -> object:
    # A day that never closes: 24:00 has no place in Python's times.
    return time.max if value == "24:00" else value


def _colour(colour: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f'"{colour}" is no colour; write it like "#12475c"')
    return colour.lower()


def _logo(value: object, info: ValidationInfo) -> object:
    """A picture: as SVG in the file itself, or the name of a file beside it."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("<"):
        return checked_picture(value.encode())
    folder = info.context.get("folder") if info.context else None
    if folder is None:
        raise ValueError("a picture's file is looked for beside the tenant file, and this one has no place")
    try:
        with (folder / value).open("rb") as file:
            picture = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ValueError(f'"{value}" cannot be read: {error.strerror}') from error
    return checked_picture(picture)


Slug = Annotated[str, AfterValidator(_slug)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Seconds = Annotated[int, Field(ge=0)]
TimeZone = Annotated[str, AfterValidator(_zone)]
Region = Annotated[str, AfterValidator(_region)]
PublicNumber = Annotated[str, AfterValidator(_public_number)]
"""E.164; written in any way that the tenant's region allows."""


class Entry(BaseModel):
    """Anything in the file; a field that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ValidEntry(Entry):
    """Something that is true for a time; without days it is true from the load on (docs/tenant-file.md)."""

    valid_from: date | None = None
    valid_until: date | None = None
    """The last day."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until lies before valid_from")
        return self


class TenantEntry(Entry):
    """Fields are the columns of store.tenant, but for the logo."""

    slug: Slug
    name: Text
    time_zone: TimeZone = "Europe/Amsterdam"
    language: Literal["nl", "en"] = "nl"
    region: Region = "NL"
    edition: Edition = Edition.PREMIUM
    answer_target_seconds: Seconds = 20
    short_call_seconds: Seconds = 0
    resolution_target_minutes: Annotated[int, Field(gt=0)] = 30
    returned_when: Literal["attempted", "reached"] = "attempted"
    unreturned_days: Annotated[int, Field(gt=0)] = 30
    gos_target_percent: Annotated[int, Field(ge=1, le=100)] = 80
    colour: Annotated[str, AfterValidator(_colour)] = "#12475c"
    logo: Annotated[bytes | None, BeforeValidator(_logo)] = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class PbxEntry(Entry):
    slug: Slug
    kind: PbxKind
    time_zone: TimeZone = "Europe/Amsterdam"
    trunks: list[Text] = []
    settings: dict[str, Any] = {}


class UnitEntry(Entry):
    name: Text
    code: Text | None = None


class SiteEntry(UnitEntry):
    area_code: Annotated[str, Field(pattern=r"^0[0-9]{1,5}$")] | None = None


class PersonEntry(Entry):
    reference: Text
    name: Text | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None


class ExtensionEntry(ValidEntry):
    number: Text
    device_name: Text | None = None
    person: Text | None = None
    site: Text | None = None
    division: Text | None = None
    department: Text | None = None
    cost_centre: Text | None = None


class DdiGroupEntry(Entry):
    name: Text


class DdiEntry(ValidEntry):
    number: PublicNumber
    name: Text | None = None
    ddi_group: Text | None = None
    site: Text | None = None
    answer_target_seconds: Seconds | None = None
    short_call_seconds: Seconds | None = None


class MemberEntry(ValidEntry):
    extension: Text


def _member(value: object) -> object:
    return {"extension": value} if isinstance(value, str) else value


class ContactGroupEntry(Entry):
    kind: GroupKind
    pbx_name: Text
    name: Text
    number: Text | None = None
    answer_target_seconds: Seconds | None = None
    short_call_seconds: Seconds | None = None
    wrap_up_seconds: Seconds = 0
    members: list[Annotated[MemberEntry, BeforeValidator(_member)]] = []


class AgentEntry(Entry):
    pbx_name: Text
    extension: Text | None = None
    person: Text | None = None


class CustomerNumberEntry(ValidEntry):
    number: PublicNumber


def _customer_number(value: object) -> object:
    return {"number": value} if isinstance(value, str) else value


class CustomerEntry(Entry):
    reference: Text
    name: Text
    numbers: list[Annotated[CustomerNumberEntry, BeforeValidator(_customer_number)]] = []


class WorkingHoursEntry(Entry):
    line: Annotated[str, AfterValidator(_line)] = ""
    days: Annotated[list[Weekday], Field(min_length=1)]
    opens: time
    closes: Annotated[time, BeforeValidator(_closing_time)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError("closes must be later than opens; write hours past midnight as two entries")
        return self


class HolidayEntry(Entry):
    """One day of the tenant's own, or all public holidays of a country but those named in `without`."""

    day: date | None = None
    name: Text | None = None
    public: Region | None = None
    without: list[Text] = []

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.public is None and (self.day is None or self.name is None):
            raise ValueError("a holiday has a day and a name, or public: a country code")
        if self.public is not None and (self.day is not None or self.name is not None):
            raise ValueError("public holidays bring their own days and names")
        return self


class Seed(Entry):
    """A tenant file that is right in itself; None: the file does not speak of that section."""

    tenant: TenantEntry
    pbxs: list[PbxEntry] | None = None
    sites: list[SiteEntry] | None = None
    divisions: list[UnitEntry] | None = None
    departments: list[UnitEntry] | None = None
    cost_centres: list[UnitEntry] | None = None
    persons: list[PersonEntry] | None = None
    extensions: list[ExtensionEntry] | None = None
    ddi_groups: list[DdiGroupEntry] | None = None
    ddis: list[DdiEntry] | None = None
    contact_groups: list[ContactGroupEntry] | None = None
    agents: list[AgentEntry] | None = None
    customers: list[CustomerEntry] | None = None
    working_hours: list[WorkingHoursEntry] | None = None
    holidays: list[HolidayEntry] | None = None


SENTENCES = {
    "extra_forbidden": "there is no such field",
    "missing": "this field is missing",
    "model_type": "here must stand fields with their values",
    "list_type": "here must stand a list",
}
"""The validator's words for the mistakes that a writer makes most, said plainly."""


class SeedFile:
    """A read tenant file: its content, and the way from a place in it to a line."""

    def __init__(self, text: str, name: str, folder: Path | None = None) -> None:
        """Raises InvalidOrganisationError, with one line per mistake, when the file is not as it must be.

        Args:
            folder: where the files that it names lie.
        """
        self._name = name
        self._text = seed_text.read(text, name)
        content = self._text.content
        tenant = content.get("tenant") if isinstance(content, dict) else None
        region = tenant.get("region") if isinstance(tenant, dict) else None
        problems = list(self._text.problems)
        try:
            self.seed = Seed.model_validate(content, context={"region": region or "NL", "folder": folder})
        except ValidationError as error:
            problems += self._sentences(error)
        self._refuse(problems)

    def _sentences(self, error: ValidationError) -> Iterator[tuple[int, str]]:
        for mistake in error.errors(include_url=False):
            place = tuple(part for part in mistake["loc"] if not str(part).startswith("function-"))
            # A field that is missing, or a rule over several fields, has the line of what it is missing in.
            message = SENTENCES.get(mistake["type"]) or mistake["msg"].removeprefix("Value error, ")
            given = f', given "{mistake["input"]}"' if isinstance(mistake["input"], str) else ""
            if given and mistake["input"] in message:
                given = ""
            yield self._text.line(place), f"{dotted(place)}: {message[:1].lower()}{message[1:]}{given}"

    def refuse(self, problems: list[tuple[seed_text.Place, str]]) -> None:
        """Raises InvalidOrganisationError when there are problems: places in the file with a sentence."""
        self._refuse(
            [(self._text.line(place), f"{dotted(place)}: {sentence}") for place, sentence in problems]
        )

    def _refuse(self, problems: list[tuple[int, str]]) -> None:
        if problems:
            lines = [f"  line {line}: {sentence}" for line, sentence in sorted(problems)]
            count = "one mistake" if len(lines) == 1 else f"{len(lines)} mistakes"
            raise InvalidOrganisationError("\n".join([f"{self._name} has {count}:", *lines]))


def dotted(place: seed_text.Place) -> str:
    """extensions[3].person, as people name a place in a file."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".") or "the file"


def read_seed(path: Path) -> SeedFile:
    """Raises InvalidOrganisationError when the file cannot be read or is not as it must be."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InvalidOrganisationError(f"{path} cannot be read: {reason}.") from error
    return SeedFile(text, str(path), path.parent)
