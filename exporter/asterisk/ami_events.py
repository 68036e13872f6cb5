"""What each AMI event means in the product's vocabulary.

Stateless: what comes out depends on the message and its time alone. Every event name of Asterisk is either in
one of the tables of translations or named in `IRRELEVANT_EVENTS` with the reason; others are unknown: the
parser counts them. Field meanings: Asterisk's documentation of AMI events and the source of
app_queue.c and manager_channels.c.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from exporter.asterisk.ami_call_events import CALL_EVENTS, is_wanted_dialplan_step, is_wanted_variable
from exporter.asterisk.ami_irrelevant_events import IRRELEVANT_EVENTS
from exporter.asterisk.ami_protocol import Message, MessageKind
from exporter.asterisk.ami_queue_events import QUEUE_EVENTS
from exporter.asterisk.ami_system_events import SYSTEM_EVENTS
from exporter.asterisk.translation import Said, Translation
from store.event import Event, event_key

TRANSLATIONS: Mapping[str, Translation] = {**CALL_EVENTS, **QUEUE_EVENTS, **SYSTEM_EVENTS}

PRESENTATION_PROHIBITED = b"\r\nChanVariable: CALLERID(pres)=prohib"
"""How a channel's events say that its number is withheld, with channelvars=CALLERID(pres) in manager.conf."""

_USED = frozenset(name.encode() for name in TRANSLATIONS)


def is_known(name: str) -> bool:
    """Whether an event of this name is used or named irrelevant."""
    return name in TRANSLATIONS or name in IRRELEVANT_EVENTS


def is_wanted(name: bytes, block: bytes) -> bool:
    """For `MessageParser`: whether the event can give anything, judged by its bytes: decoding costs more."""
    if name not in _USED:
        return False
    if name == b"VarSet":
        return is_wanted_variable(block)
    if name == b"Newexten":
        return is_wanted_dialplan_step(block)
    return True


def translate(message: Message, occurred_at: datetime, sequence: int = 0) -> tuple[Event, ...]:
    """The events that a message means; none for responses and for events that say nothing of use.

    Args:
        message: as it came from the parser.
        occurred_at: UTC, when the message was received; the PBX's own `Timestamp` goes before it.
        sequence: place within the source, to keep the order of messages of one instant.
    """
    if message.kind is not MessageKind.EVENT:
        return ()
    translation = TRANSLATIONS.get(message.name)
    if translation is None:
        return ()
    said = translation(message.fields)
    if not said:
        return ()
    occurred_at = _time(message.fields, occurred_at)
    if PRESENTATION_PROHIBITED in message.raw:
        _withhold(said, message.fields.get("Uniqueid", ""))
    return tuple(_event(fields, message.raw, occurred_at, sequence, part) for part, fields in enumerate(said))


def _withhold(said: Said, connection: str) -> None:
    for fields in said:
        if fields.get("connection") == connection:
            fields["withheld"] = True


def _time(fields: Mapping[str, str], received_at: datetime) -> datetime:
    """`Timestamp` (seconds since 1970, with microseconds) comes with timestampevents=yes in manager.conf."""
    stamp = fields.get("Timestamp")
    if stamp:
        try:
            return datetime.fromtimestamp(float(stamp), UTC)
        except (ValueError, OverflowError, OSError):
            pass
    return received_at


def _event(said: dict[str, Any], raw: bytes, occurred_at: datetime, sequence: int, part: int) -> Event:
    key = event_key(raw, occurred_at, part)
    ago = said.pop("ago", 0)
    return Event(
        occurred_at=occurred_at - timedelta(seconds=ago) if ago else occurred_at,
        sequence=sequence,
        key=key,
        raw=b"" if part else raw,
        **said,
    )
