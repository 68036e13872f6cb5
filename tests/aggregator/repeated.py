"""A recording again and again, each time later, with identities and callers of its own."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache

import msgspec

from store.event import Event, event_key

BETWEEN = timedelta(minutes=15)


def repeated(events: Sequence[Event], times: int, between: timedelta = BETWEEN) -> Iterator[Event]:
    """The events `times` times, each time `between` later, with identities of their own."""
    for number in range(times):
        for event in events:
            yield again(event, number, between * number)


def again(event: Event, number: int, by: timedelta) -> Event:
    """The same event, so much later, in the repetition of this number."""
    occurred_at = event.occurred_at + by
    return msgspec.structs.replace(
        event,
        occurred_at=occurred_at,
        call=_renamed(event.call, number),
        connection=_renamed(event.connection, number),
        peer=_renamed(event.peer, number),
        number=_renumbered(event.number, number),
        dialled=_renumbered(event.dialled, number),
        bridge=_renamed(event.bridge, number),
        key=event_key(event.key.bytes, occurred_at),
        raw=b"",
    )


@lru_cache(maxsize=10_000)
def _renamed(ref: str, number: int) -> str:
    return f"{ref}-{number}" if ref else ""


@lru_cache(maxsize=10_000)
def _renumbered(text: str, number: int) -> str:
    """Another mobile number, the same one for every spelling of the same."""
    mobile = re.fullmatch(r"(\+316|00316|06)(\d{8})", text)
    if mobile is None:
        return text
    return f"{mobile[1]}{(int(mobile[2]) + number * 7_919) % 100_000_000:08d}"
