"""A story's events, through the same parser and translation as a PBX's own bytes."""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from exporter.asterisk.ami_events import is_wanted, translate
from exporter.asterisk.ami_protocol import Message, MessageParser
from store.event import Event, event_key
from store.vocabulary import EventKind
from tests.stories.reading import Said, Story


def events_of(story: Story) -> list[Event]:
    parser = MessageParser(is_wanted)
    events: list[Event] = []
    for sequence, said in enumerate(story.said, start=1):
        events.extend(_events(parser, said, sequence) if said.message else [_lost(said, sequence)])
    return events


def _events(parser: MessageParser, said: Said, sequence: int) -> list[Event]:
    found: list[Event] = []
    for message in parser.feed(said.message + b"\r\n\r\n"):
        assert isinstance(message, Message), message
        found.extend(translate(message, said.at, sequence))
    return found


def _lost(said: Said, sequence: int) -> Event:
    return Event(
        kind=EventKind.LISTENING_STOPPED,
        occurred_at=said.at,
        sequence=sequence,
        key=event_key(b"connection lost", said.at),
    )


def moved(events: Iterable[Event], by: timedelta, mark: str) -> list[Event]:
    """The same events at another time, under identities of their own, so that many stories fit in one PBX."""
    return [
        msgspec.structs.replace(
            event,
            occurred_at=event.occurred_at + by,
            call=_marked(event.call, mark),
            connection=_marked(event.connection, mark),
            peer=_marked(event.peer, mark),
            bridge=_marked(event.bridge, mark),
            key=event_key(event.key.bytes + mark.encode(), event.occurred_at + by),
        )
        for event in events
    ]


def _marked(ref: str, mark: str) -> str:
    return f"{ref}-{mark}" if ref else ""
