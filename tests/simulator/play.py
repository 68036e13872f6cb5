"""The demo company in memory: as an organisation, and its days as the exporter reads them."""

from datetime import UTC, datetime

from psycopg.types.range import TimestamptzRange

from exporter.asterisk.ami_events import is_wanted, translate
from exporter.asterisk.ami_protocol import Message, MessageParser
from simulator.ami_messages import day_messages
from simulator.company import TIME_ZONE, TRUNK, Company
from simulator.plan import Day
from store.event import Event
from store.organisation import Agent, ContactGroup, Ddi, Extension, Organisation, Pbx, Tenant
from store.vocabulary import Edition, GroupKind, PbxKind

ALWAYS = TimestamptzRange(None, None)
TENANT = Tenant(1, "voorbeeld", "Voorbeeld", TIME_ZONE, "nl", "NL", Edition.PREMIUM, 20, 0, 30)
PBX = Pbx(1, 1, "centrale", PbxKind.ASTERISK, TIME_ZONE, frozenset({TRUNK}), {})


def organisation(company: Company) -> Organisation:
    queues = [
        ContactGroup(
            number, GroupKind.QUEUE, queue.name, queue.title, queue.number, None, None, queue.wrap_up
        )
        for number, queue in enumerate(company.queues)
    ]
    hunt_groups = [
        ContactGroup(100 + number, GroupKind.HUNT_GROUP, group.number, group.title, group.number)
        for number, group in enumerate(company.hunt_groups)
    ]
    return Organisation(
        TENANT,
        extensions=[Extension(person.extension, ALWAYS) for person in company.persons],
        ddis=[Ddi(line.number, ALWAYS, line.name) for line in company.lines],
        groups=[*queues, *hunt_groups],
        agents=[
            Agent(company.person(member).name, member) for queue in company.queues for member in queue.members
        ],
    )


def stream(company: Company, day: Day) -> bytes:
    return "".join(text for _, text in day_messages(company, day, device_states=True)).encode()


def events(company: Company, day: Day) -> list[Event]:
    """What the exporter makes of the day's messages; none may be rejected."""
    parser = MessageParser(is_wanted)
    said: list[Event] = []
    received = datetime.fromtimestamp(day.begin / 1000, UTC)
    for message in [*parser.feed(stream(company, day)), *parser.finish()]:
        assert isinstance(message, Message), message
        said += translate(message, received)
    return said
