"""Recordings of a real Asterisk (see README.md), and the organisation that they were made in."""

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from psycopg.types.range import TimestamptzRange

from exporter.asterisk.ami_events import is_wanted, translate
from exporter.asterisk.ami_protocol import Message, MessageParser
from store.event import Event, event_key
from store.organisation import Agent, ContactGroup, Ddi, Extension, Organisation, Pbx, Tenant
from store.vocabulary import Edition, EventKind, GroupKind, PbxKind

FOLDER = Path(__file__).parent
RUNS = ("scenarios-a", "scenarios-b", "sipp", "outage", "withheld")

ALWAYS = TimestamptzRange(None, None)
PEOPLE = {
    "1001": "Alice Janssen",
    "1002": "Bram de Vries",
    "1003": "Carla Bakker",
    "1004": "Daan Visser",
    "1005": "Eva Smit",
    "1006": "Femke Mulder",
    "1007": "Gijs Bos",
    "1008": "Hanna van den Berg",
}

TENANT = Tenant(
    tenant_id=1,
    slug="lab",
    name="Lab",
    time_zone="Europe/Amsterdam",
    language="nl",
    region="NL",
    edition=Edition.PREMIUM,
    answer_target_seconds=20,
    short_call_seconds=0,
    resolution_target_minutes=30,
)
PBX = Pbx(
    pbx_id=1,
    tenant_id=1,
    slug="lab",
    kind=PbxKind.ASTERISK,
    time_zone="Europe/Amsterdam",
    trunks=frozenset({"trunk", "sipp"}),
    settings={},
)
ORGANISATION = Organisation(
    TENANT,
    extensions=[
        Extension(
            number=number, valid=ALWAYS, person_id=int(number), site_id=1, department_id=int(number) % 2
        )
        for number in PEOPLE
    ],
    ddis=[Ddi(number=f"+3120123000{last}", valid=ALWAYS, site_id=1) for last in range(1, 10)],
    groups=[
        ContactGroup(1, GroupKind.QUEUE, "sales", "Verkoop", "400", wrap_up_seconds=3),
        ContactGroup(2, GroupKind.QUEUE, "support", "Service", "401", wrap_up_seconds=1),
        ContactGroup(3, GroupKind.QUEUE, "backoffice", "Backoffice", "402"),
        ContactGroup(4, GroupKind.HUNT_GROUP, "600", "Groep 600", "600"),
    ],
    agents=[Agent(pbx_name=name, extension=number) for number, name in PEOPLE.items()],
    area_codes={1: "020"},
)
"""The same organisation as in tenant.yaml."""


class Recorded(NamedTuple):
    """One message as it came over the line."""

    raw: bytes
    """With the empty line that closes it; the greeting, which comes first, with its line end."""
    received_at: datetime
    sequence: int


def segments(run: str) -> list[Path]:
    """The folders of a run's connections, in order: one, unless the connection was lost on the way."""
    return sorted((FOLDER / run).glob("seg*")) or [FOLDER / run]


@cache
def messages(segment: Path) -> tuple[Recorded, ...]:
    """What came over one connection, the greeting first."""
    with gzip.open(segment / "ami.log.gz") as log:
        data = log.read()
    with gzip.open(segment / "ami.timing.csv.gz", "rt") as timing:
        return tuple(
            Recorded(
                raw=data[int(row["offset"]) : int(row["offset"]) + int(row["length"])],
                received_at=datetime.fromtimestamp(float(row["recv_epoch"]), UTC),
                sequence=int(row["seq"]),
            )
            for row in csv.DictReader(timing)
        )


@cache
def events(run: str) -> tuple[Event, ...]:
    """What the exporter makes of a run."""
    return tuple(event for number, path in enumerate(segments(run), 1) for event in _events(path, number))


def _events(segment: Path, number: int) -> Iterator[Event]:
    parser = MessageParser(is_wanted)
    recorded = messages(segment)
    for raw, received_at, sequence in recorded:
        for message in parser.feed(raw):
            assert isinstance(message, Message)
            yield from translate(message, received_at, number * 1_000_000 + sequence)
    lost_at = recorded[-1].received_at
    yield Event(
        kind=EventKind.LISTENING_STOPPED, occurred_at=lost_at, key=event_key(b"connection lost", lost_at)
    )


@cache
def truth(run: str) -> dict[str, Any]:
    """What the telephones and outside parties of a run themselves know of its calls."""
    with gzip.open(FOLDER / run / "truth.json.gz") as file:
        return json.load(file)  # type: ignore[no-any-return]
