"""How a tenant file holds together: names that exist, keys that stand once, times that do not overlap."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from store.seed import Seed, ValidEntry
from store.seed_text import Place
from store.validity import Stretch
from store.vocabulary import OrganisationUnitKind

Problem = tuple[Place, str]

UNIT_SECTIONS = {
    OrganisationUnitKind.SITE: "sites",
    OrganisationUnitKind.DIVISION: "divisions",
    OrganisationUnitKind.DEPARTMENT: "departments",
    OrganisationUnitKind.COST_CENTRE: "cost_centres",
}


@dataclass(frozen=True)
class Known:
    """Names that the database already has, for the sections that a file leaves out."""

    names: dict[str, set[str]] = field(default_factory=dict)
    """By section: names of units and DDI groups, references of persons, numbers of extensions and DDIs."""

    def of(self, seed: Seed, section: str, attribute: str) -> set[str]:
        """What a section's entries are called: by the file if it has the section, else by the database."""
        entries = getattr(seed, section)
        if entries is None:
            return self.names.get(section, set())
        return {getattr(entry, attribute) for entry in entries}


def midnight(entry_day: object, zone: ZoneInfo) -> datetime:
    """The local day's beginning."""
    return datetime.combine(entry_day, time(), zone)  # type: ignore[arg-type]


def stretch(entry: ValidEntry, zone: ZoneInfo) -> Stretch[None]:
    """The time that an entry gives itself; its last day belongs to it."""
    return Stretch(
        midnight(entry.valid_from, zone) if entry.valid_from else None,
        midnight(entry.valid_until + timedelta(days=1), zone) if entry.valid_until else None,
        None,
    )


def problems(seed: Seed, known: Known) -> list[Problem]:
    """Everything that does not hold together, each with its place in the file."""
    return [*_repeated(seed), *_overlapping(seed), *_missing(seed, known)]


def _once(section: str, entries: Iterable[BaseModel] | None, *attributes: str) -> Iterator[Problem]:
    seen: set[tuple[object, ...]] = set()
    for index, entry in enumerate(entries or ()):
        key = tuple(getattr(entry, attribute) for attribute in attributes)
        if key in seen:
            words = " ".join(str(part) for part in key)
            yield (section, index, attributes[-1]), f'"{words}" stands here a second time'
        seen.add(key)


def _repeated(seed: Seed) -> Iterator[Problem]:
    yield from _once("pbxs", seed.pbxs, "slug")
    for section in UNIT_SECTIONS.values():
        yield from _once(section, getattr(seed, section), "name")
    yield from _once("persons", seed.persons, "reference")
    yield from _once("ddi_groups", seed.ddi_groups, "name")
    yield from _once("contact_groups", seed.contact_groups, "kind", "pbx_name")
    yield from _once("agents", seed.agents, "pbx_name")
    yield from _once("customers", seed.customers, "reference")
    yield from _once("holidays", seed.holidays, "day", "public")


def valid_entries(seed: Seed) -> Iterator[tuple[Place, Hashable, ValidEntry]]:
    """Every entry that is true for a time: its place, what it is about, itself."""
    for index, extension in enumerate(seed.extensions or ()):
        yield ("extensions", index), ("extension", extension.number), extension
    for index, ddi in enumerate(seed.ddis or ()):
        yield ("ddis", index), ("ddi", ddi.number), ddi
    for index, group in enumerate(seed.contact_groups or ()):
        for position, member in enumerate(group.members):
            place = ("contact_groups", index, "members", position)
            yield place, (group.kind, group.pbx_name, member.extension), member
    for index, customer in enumerate(seed.customers or ()):
        for position, number in enumerate(customer.numbers):
            yield ("customers", index, "numbers", position), ("customer number", number.number), number


def _overlapping(seed: Seed) -> Iterator[Problem]:
    earlier: dict[Hashable, list[Stretch[None]]] = {}
    for place, key, entry in valid_entries(seed):
        mine = stretch(entry, seed.tenant.zone)
        others = earlier.setdefault(key, [])
        if any(mine.overlaps(other) for other in others):
            yield (
                place,
                "stands here a second time for the same days; give each its valid_from and valid_until",
            )
        others.append(mine)
    yield from _overlapping_hours(seed)


def _overlapping_hours(seed: Seed) -> Iterator[Problem]:
    taken: dict[tuple[str, str], list[tuple[time, time]]] = {}
    for index, hours in enumerate(seed.working_hours or ()):
        for day in hours.days:
            others = taken.setdefault((hours.line, day), [])
            if any(hours.opens < closes and opens < hours.closes for opens, closes in others):
                yield ("working_hours", index), f"these hours overlap with others on {day}"
            others.append((hours.opens, hours.closes))


def _missing(seed: Seed, known: Known) -> Iterator[Problem]:
    names = {section: known.of(seed, section, "name") for section in (*UNIT_SECTIONS.values(), "ddi_groups")}
    persons = known.of(seed, "persons", "reference")
    extensions = known.of(seed, "extensions", "number")
    units = [(kind.value, names[section]) for kind, section in UNIT_SECTIONS.items()]
    checks = (
        ("extensions", [("person", persons), *units]),
        ("ddis", [("ddi_group", names["ddi_groups"]), ("site", names["sites"])]),
        ("agents", [("extension", extensions), ("person", persons)]),
    )
    for section, fields in checks:
        for index, entry in enumerate(getattr(seed, section) or ()):
            yield from _unknown((section, index), entry, fields)
    for index, group in enumerate(seed.contact_groups or ()):
        for position, member in enumerate(group.members):
            place: Place = ("contact_groups", index, "members", position)
            yield from _unknown(place, member, [("extension", extensions)])
    lines = {"", *known.of(seed, "ddis", "number"), *known.of(seed, "contact_groups", "pbx_name")}
    for index, hours in enumerate(seed.working_hours or ()):
        yield from _unknown(("working_hours", index), hours, [("line", lines)])


def _unknown(place: Place, entry: BaseModel, fields: Sequence[tuple[str, set[str]]]) -> Iterator[Problem]:
    for attribute, names in fields:
        name = getattr(entry, attribute)
        if name is not None and name not in names:
            yield (*place, attribute), f'there is no {attribute.replace("_", " ")} "{name}"'
