"""The Asterisk Manager Interface as bytes: messages out of what arrives, actions into what is sent.

Source: the AMI v2 specification in Asterisk's documentation. A message is lines of "Key: Value" that end in
CRLF, closed by an empty line; the server opens with one greeting line that no empty line follows.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import Enum

import msgspec

GREETING = b"Asterisk Call Manager/"
END_OF_LINE = b"\r\n"
END_OF_MESSAGE = b"\r\n\r\n"
EVENT = b"Event: "
RESPONSE = b"Response: "
DEFAULT_MAX_BYTES = 1024 * 1024


class MessageKind(Enum):
    EVENT = "event"
    RESPONSE = "response"


class Message(msgspec.Struct, frozen=True):
    """One whole message."""

    kind: MessageKind
    name: str
    """Of the event ("Newchannel"), or a response's verdict ("Success")."""
    fields: dict[str, str]
    """By key as Asterisk spells it; of a repeated key the last value."""
    raw: bytes
    """As it was sent, without the empty line that closes it."""
    number: int
    """Place among all messages of the stream, skipped ones included, counted from 1."""

    def get(self, key: str, default: str = "") -> str:
        return self.fields.get(key, default)

    def values(self, key: str) -> list[str]:
        """All values of a key that may come more than once (ChanVariable, Output), in order."""
        prefix = key + ":"
        lines = _decode(self.raw).split("\r\n")
        return [line[len(prefix) :].lstrip(" ") for line in lines if line.startswith(prefix)]


class Rejected(msgspec.Struct, frozen=True):
    """Bytes that are no message, with the reason."""

    reason: str
    raw: bytes
    number: int


class MessageParser:
    """Turns a byte stream, in pieces of any size, into its messages.

    The pieces do not matter: however the stream is cut, the same messages come out. What is no message comes
    out as `Rejected`, in its place; nothing that the stream holds raises.

    Args:
        wanted: whether to decode an event, by its name and its bytes; most of a busy PBX's events need not
            be. Every event is wanted when this is left out. Responses always are.
        max_bytes: what has not ended after so many bytes is rejected.
    """

    def __init__(
        self,
        wanted: Callable[[bytes, bytes], bool] | None = None,
        max_bytes: int = DEFAULT_MAX_BYTES,
    ) -> None:
        self.greeting: str | None = None
        """The server's first line, once it has come: "Asterisk Call Manager/11.0.0"."""
        self.event_counts: Counter[bytes] = Counter()
        """How many events of each name have come, skipped ones included."""
        self._wanted = wanted
        self._max_bytes = max_bytes
        self._rest = b""
        self._number = 0
        self._at_start = True

    def feed(self, data: bytes) -> list[Message | Rejected]:
        """The messages that `data` completes."""
        buffer = self._rest + data
        if self._at_start:
            buffer = self._take_greeting(buffer)
            if self._at_start:
                self._rest = buffer
                return []
        blocks = buffer.split(END_OF_MESSAGE)
        self._rest = blocks.pop()
        found: list[Message | Rejected] = []
        for block in blocks:
            self._read(block, found)
        if len(self._rest) > self._max_bytes:
            found.append(self._reject("a message that does not end", self._rest))
            self._rest = b""
        return found

    def finish(self) -> list[Message | Rejected]:
        """Call when the stream has ended: what is left over was cut off. The parser is as new afterwards."""
        rest = self._rest.strip()
        self._rest = b""
        self._at_start = True
        return [self._reject("cut off at the end of the connection", rest)] if rest else []

    def _take_greeting(self, buffer: bytes) -> bytes:
        if len(buffer) < len(GREETING) and GREETING.startswith(buffer):
            return buffer
        if buffer.startswith(GREETING):
            line, separator, after = buffer.partition(END_OF_LINE)
            if not separator and len(buffer) <= self._max_bytes:
                return buffer
            self.greeting = line.decode("utf-8", "replace")
            buffer = after
        self._at_start = False
        return buffer

    def _read(self, block: bytes, found: list[Message | Rejected]) -> None:
        """Takes the messages out of what stood between two empty lines: one, unless something was lost."""
        if not block.startswith((EVENT, RESPONSE)):
            block = block.strip(END_OF_LINE)
            if not block:
                return
            start = _first_message(block)
            if start < 0:
                found.append(self._reject("neither an event nor a response", block))
                return
            if start:
                found.append(self._reject("not the beginning of a message", block[:start].strip()))
                block = block[start:]
        glued = max(block.rfind(END_OF_LINE + EVENT), block.rfind(END_OF_LINE + RESPONSE))
        if glued >= 0:
            found.append(self._reject("cut off by the next message", block[:glued]))
            block = block[glued + len(END_OF_LINE) :]
        message = self._message(block)
        if message is not None:
            found.append(message)

    def _message(self, block: bytes) -> Message | None:
        self._number += 1
        if not block.startswith(EVENT):
            fields = _fields(block)
            return Message(MessageKind.RESPONSE, fields.get("Response", ""), fields, block, self._number)
        end = block.find(END_OF_LINE)
        name = block[len(EVENT) : end] if end >= 0 else block[len(EVENT) :]
        self.event_counts[name] += 1
        if self._wanted is not None and not self._wanted(name, block):
            return None
        fields = _fields(block)
        return Message(MessageKind.EVENT, fields["Event"], fields, block, self._number)

    def _reject(self, reason: str, raw: bytes) -> Rejected:
        self._number += 1
        return Rejected(reason, raw, self._number)


def _first_message(block: bytes) -> int:
    starts = [start for start in (block.find(EVENT), block.find(RESPONSE)) if start >= 0]
    return min(starts, default=-1)


def _decode(block: bytes) -> str:
    text = block.decode("utf-8", "replace")
    # PostgreSQL cannot keep NUL in a text.
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


def _fields(block: bytes) -> dict[str, str]:
    lines = _decode(block).split("\r\n")
    try:
        return dict([line.split(": ", 1) for line in lines])
    except ValueError:
        # Lines without a value: the output of a command, or an empty value of which the space was left out.
        fields: dict[str, str] = {}
        for line in lines:
            key, separator, value = line.partition(":")
            if separator:
                fields[key] = value.removeprefix(" ")
        return fields


def write_action(name: str, fields: Iterable[tuple[str, str]] = ()) -> bytes:
    """The bytes of an action.

    Raises:
        ValueError: a key or a value would end its line: nobody may add an action of his own in a value.
    """
    lines = []
    for key, value in (("Action", name), *fields):
        if not key or ":" in key or any(character in "\r\n\x00" for character in key + value):
            raise ValueError(f"{key!r} with {value!r} does not fit on one line of an action.")
        lines.append(f"{key}: {value}\r\n")
    return "".join(lines).encode() + END_OF_LINE
