"""The demo company: who works there, how its telephones are set up, and who its customers are.

Everything is made up. Dutch geographic numbers are of a form that rings nobody: a subscriber's number in an
area never begins with 1. For Dutch mobiles there is no such form: all begin with 06 8000. Foreign numbers are
from the ranges that their regulators keep for film and television.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SEED = 20_260_301
TRUNK = "trunk"
TIME_ZONE = "Europe/Amsterdam"
OUTGOING_NUMBER = "+31201000100"
"""Shown to whoever is called."""

FIRST_NAMES = (
    "Anouk", "Bas", "Carlijn", "Daan", "Eline", "Floris", "Gerda", "Hugo", "Ilse", "Jeroen", "Karin", "Lars",
    "Marloes", "Niek", "Olga", "Pieter", "Quirine", "Ruben", "Sanne", "Thijs", "Ulla", "Vincent", "Willeke",
    "Xander", "Yvonne", "Zeger", "Amir", "Britt", "Cem", "Dunja",
)  # fmt: skip
LAST_NAMES = (
    "van Bedacht", "Voorbeeld", "de Schijn", "Verzin", "Droom", "van Papier", "Nepstra", "Fantasma",
    "de Proef", "Luchtkasteel",
)  # fmt: skip
TRADES = (
    "Bakkerij", "Bouwbedrijf", "Fietsenwinkel", "Garage", "Hoveniersbedrijf", "Installatiebureau", "Kapsalon",
    "Loodgieter", "Makelaardij", "Praktijk", "Restaurant", "Schildersbedrijf", "Slagerij", "Stomerij",
    "Transportbedrijf", "Drukkerij",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who works there, at one extension."""

    extension: str
    name: str
    site: str
    department: str

    @property
    def reference(self) -> str:
        """The company's own key."""
        return f"P{self.extension}"

    @property
    def email(self) -> str:
        # .example is kept for such addresses (RFC 2606).
        return f"{self.name.lower().replace(' ', '.')}@voorbeeld-en-zonen.example"


@dataclass(frozen=True, slots=True)
class Department:
    """A department, all of it at one site; `size` is how many people."""

    name: str
    division: str
    cost_centre: str
    cost_centre_code: str
    site: str
    size: int


DEPARTMENTS = (
    Department("Verkoop", "Commercie", "Verkoop", "100", "Amsterdam", 18),
    Department("Service", "Commercie", "Klantenservice", "200", "Utrecht", 20),
    Department("Administratie", "Bedrijfsvoering", "Kantoor", "300", "Amsterdam", 12),
    Department("Logistiek", "Bedrijfsvoering", "Magazijn", "400", "Utrecht", 10),
)
SITES = {"Amsterdam": ("AMS", "020"), "Utrecht": ("UTR", "030")}


@dataclass(frozen=True, slots=True)
class Queue:
    """A call queue; all times in seconds."""

    name: str
    title: str
    number: str
    members: tuple[str, ...]
    local_members: bool
    """Members as Local channels, as FreePBX makes them; else the telephones themselves."""
    wrap_up: int
    ring_timeout: int
    max_wait: int
    overflow: str | None
    """Number to go on to when max_wait is over; None: an announcement, and the end."""


@dataclass(frozen=True, slots=True)
class HuntGroup:
    """Telephones that ring together, for `ring_timeout` seconds at most."""

    number: str
    title: str
    members: tuple[str, ...]
    ring_timeout: int
    voicemail: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A direct number and where it leads: to a queue, a hunt group or an extension, by number."""

    number: str
    name: str
    site: str
    group: str
    target: str
    weight: float
    """Share of the incoming calls."""
    schedule: str = "office"


@dataclass(frozen=True, slots=True)
class Customer:
    """Who calls and is called."""

    reference: str
    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """Everything about the company that does not change from day to day."""

    persons: tuple[Person, ...]
    queues: tuple[Queue, ...]
    hunt_groups: tuple[HuntGroup, ...]
    lines: tuple[Line, ...]
    customers: tuple[Customer, ...]
    mobiles: dict[str, str]
    """Extension → mobile number where its unanswered calls go on to."""
    voicemails: frozenset[str]
    """Extensions with a voicemail box."""

    def person(self, extension: str) -> Person:
        """Who sits at an extension."""
        return self.persons[int(extension) - FIRST_EXTENSION]

    def queue(self, number: str) -> Queue | None:
        """The queue with that number, if it is one."""
        return next((queue for queue in self.queues if queue.number == number), None)

    def hunt_group(self, number: str) -> HuntGroup | None:
        """The hunt group with that number, if it is one."""
        return next((group for group in self.hunt_groups if group.number == number), None)


FIRST_EXTENSION = 2001
SCHEDULES: dict[str, tuple[tuple[range, str, str], ...]] = {
    "office": ((range(1, 6), "08:30", "17:30"),),
    "sales": ((range(1, 6), "08:30", "17:30"), (range(6, 7), "10:00", "14:00")),
    "breakdown": ((range(1, 8), "07:00", "22:00"),),
}
"""Opening hours by ISO weekday, local time; public holidays are closed but for the breakdown line."""


def extensions(first: int, count: int) -> tuple[str, ...]:
    """`count` extensions, the first of which is `first` places after the first of all."""
    return tuple(str(FIRST_EXTENSION + first + offset) for offset in range(count))


@lru_cache(maxsize=4)
def make_company(seed: int = SEED) -> Company:
    """The company of this seed: 60 people on 2 sites in 4 departments, and 400 customers."""
    randomness = random.Random(f"company {seed}")  # noqa: S311 - a play, nothing secret
    return Company(
        persons=tuple(_persons(randomness)),
        queues=QUEUES,
        hunt_groups=HUNT_GROUPS,
        lines=LINES,
        customers=tuple(_customers(randomness)),
        mobiles={"2042": "+31680000042", "2001": "+31680000001"},
        voicemails=frozenset({"2001", "2019", "2040", "2041", "2043"}),
    )


def _persons(randomness: random.Random) -> Iterator[Person]:
    names = [f"{first} {last}" for last in LAST_NAMES for first in FIRST_NAMES]
    chosen = iter(randomness.sample(names, sum(department.size for department in DEPARTMENTS)))
    number = FIRST_EXTENSION
    for department in DEPARTMENTS:
        for _ in range(department.size):
            yield Person(str(number), next(chosen), department.site, department.name)
            number += 1


QUEUES = (
    Queue("verkoop", "Verkoop", "400", extensions(2, 4), True, 10, 15, 240, None),
    Queue("service", "Klantenservice", "401", extensions(20, 4), True, 20, 15, 120, "400"),
    Queue("storing", "Storingsdienst", "402", extensions(32, 4), False, 15, 12, 60, "401"),
)
HUNT_GROUPS = (
    HuntGroup("600", "Receptie", extensions(43, 3), 20, "2040"),
    HuntGroup("601", "Magazijn", extensions(50, 4), 25, None),
)
LINES = (
    Line("+31201000100", "Hoofdnummer", "Amsterdam", "Algemeen", "600", 0.21),
    Line("+31201000101", "Verkoop", "Amsterdam", "Algemeen", "400", 0.19, "sales"),
    Line("+31201000102", "Klantenservice", "Utrecht", "Algemeen", "401", 0.24),
    Line("+31201000103", "Storingen", "Utrecht", "Algemeen", "402", 0.08, "breakdown"),
    Line("+31201000104", "Voorjaarsactie radio", "Amsterdam", "Voorjaarsactie", "400", 0.05, "sales"),
    Line("+31201000105", "Voorjaarsactie krant", "Amsterdam", "Voorjaarsactie", "400", 0.03, "sales"),
    Line("+31301000100", "Magazijn", "Utrecht", "Algemeen", "601", 0.05),
    Line("+31201000111", "Directie", "Amsterdam", "Rechtstreeks", "2001", 0.03),
    Line("+31201000112", "Accountbeheer", "Amsterdam", "Rechtstreeks", "2002", 0.03),
    Line("+31201000119", "Boekhouding", "Amsterdam", "Rechtstreeks", "2041", 0.04),
    Line("+31201000120", "Personeelszaken", "Amsterdam", "Rechtstreeks", "2042", 0.02),
    Line("+31301000121", "Planning", "Utrecht", "Rechtstreeks", "2019", 0.03),
)


def _customers(randomness: random.Random) -> Iterator[Customer]:
    numbers = set[str]()
    for index in range(1, 401):
        trade, name = randomness.choice(TRADES), randomness.choice(LAST_NAMES)
        own = [_new(randomness, numbers)]
        if randomness.random() < 0.2:
            own.append(_new(randomness, numbers))
        yield Customer(f"K{index:04}", f"{trade} {name} {index} (fictief)", tuple(own))


def _new(randomness: random.Random, taken: set[str]) -> str:
    while (number := outside_number(randomness)) in taken:
        pass
    taken.add(number)
    return number


AREAS = ("20", "20", "20", "30", "30", "10", "70", "40", "24", "50", "58", "33")
SMALL_AREAS = ("172", "347", "297", "546")
FOREIGN = (("+442079460", 3), ("+493023125", 3), ("+3319900", 4), ("+121255501", 2), ("+468465004", 2))
"""Kept for films by Ofcom, Bundesnetzagentur, Arcep, NANPA (555-01XX) and PTS: beginning, digits to add."""


SERVICES = ("+31880000", "+318000000", "+319000000", "+31850000")
"""Companies' numbers without a place, free and paid services: beginnings, without their last three digits."""


def service_number(randomness: random.Random) -> str:
    """A made-up number in E.164 of a company or a service, which one calls but is not called from."""
    return f"{randomness.choice(SERVICES)}{randomness.randrange(1000):03}"


def outside_number(randomness: random.Random) -> str:
    """A made-up number in E.164."""
    kind = randomness.random()
    if kind < 0.45:
        return f"+3168000{randomness.randrange(10_000):04}"
    if kind < 0.85:
        return f"+31{randomness.choice(AREAS)}1{randomness.randrange(1_000_000):06}"
    if kind < 0.95:
        return f"+31{randomness.choice(SMALL_AREAS)}1{randomness.randrange(100_000):05}"
    prefix, digits = randomness.choice(FOREIGN)
    return f"{prefix}{randomness.randrange(10**digits):0{digits}}"
