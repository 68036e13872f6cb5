"""A connection to the Asterisk Manager Interface that is made again whenever it is lost.

Sources: the AMI v2 specification and `main/manager.c` of Asterisk 16 to 22. Own code on asyncio's streams,
because the client libraries there are read line by line, which is four times slower, and take no snapshot.
"""

import asyncio
import hashlib
import random
import ssl
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from exporter.asterisk.ami_protocol import Message, MessageKind, MessageParser, Rejected, write_action
from exporter.errors import LoginRefusedError

READ_BYTES = 65_536
SESSION_EVENTS = frozenset({b"FullyBooted", b"Shutdown"})
SNAPSHOT_ACTIONS = ("CoreShowChannels", "QueueStatus", "DeviceStateList")
"""Together they tell the state of now; none needs more than the class `reporting` to be written."""
ACTION_ID = "gespreksrapportage-"
BOOTED_DEADLINE = 1.0
"""Seconds after login without FullyBooted (users without the class `system` never get it)."""


@dataclass(frozen=True, slots=True)
class AmiSettings:
    """Where the PBX is and how to log in; durations in seconds."""

    host: str
    username: str
    secret: str = field(repr=False)
    port: int = 5038
    plain_login: bool = False
    """Send the secret itself instead of an MD5 answer to a challenge."""
    tls: ssl.SSLContext | None = None
    connect_deadline: float = 10.0
    ping_interval: float = 10.0
    ping_deadline: float = 5.0
    first_delay: float = 0.5
    longest_delay: float = 30.0


@dataclass(frozen=True, slots=True)
class Connected:
    """Logged in; a snapshot was or will be asked for."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """What came in one read, in order."""

    at: datetime
    messages: list[Message | Rejected]


@dataclass(frozen=True, slots=True)
class SnapshotTaken:
    """Every list of the snapshot was complete by now."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone, or could not be made; another attempt follows."""

    at: datetime
    reason: str


Happening = Connected | Received | SnapshotTaken | Lost


class AmiConnection:
    """The PBX's messages for as long as somebody iterates; see `listen`.

    Args:
        settings: where the PBX is.
        wanted: which events to decode, by name and bytes (see `MessageParser`); those that the connection
            itself needs come too.
    """

    def __init__(self, settings: AmiSettings, wanted: Callable[[bytes, bytes], bool]) -> None:
        self._settings = settings
        self._wanted = wanted
        self._was_connected = False
        self._attempts = 0
        self.event_counts: Counter[bytes] = Counter()
        """How many events of each name have come, those that nobody wanted included."""

    async def listen(self) -> AsyncGenerator[Happening, None]:
        """Connects, logs in, yields what the PBX says, and begins anew when the connection is lost.

        Raises:
            LoginRefusedError: the PBX refuses the very first login: a setting is wrong. Later refusals are
                reported as `Lost`, for a PBX that is being reconfigured must not end the service.
        """
        while True:
            session = _Session(self._settings, self._parser())
            try:
                async for happening in session.happenings():
                    if isinstance(happening, Connected):
                        self._was_connected = True
                        self._attempts = 0
                    yield happening
                reason = session.end_reason
            except LoginRefusedError as error:
                if not self._was_connected:
                    raise
                reason = str(error)
            except (OSError, _ProtocolError) as error:
                reason = session.end_reason or _sentence(error)
            finally:
                await session.close()
            yield Lost(_now(), reason)
            await asyncio.sleep(self._delay())

    def _parser(self) -> MessageParser:
        def wanted(name: bytes, block: bytes) -> bool:
            return name in SESSION_EVENTS or name.endswith(b"Complete") or self._wanted(name, block)

        parser = MessageParser(wanted)
        parser.event_counts = self.event_counts
        return parser

    def _delay(self) -> float:
        """Doubles with each failure, with jitter so that many exporters do not knock at one moment."""
        delay = min(self._settings.first_delay * 2.0**self._attempts, self._settings.longest_delay)
        self._attempts = min(self._attempts + 1, 16)
        return delay * random.uniform(0.5, 1.0)  # noqa: S311 - spreading load, no secret


class _ProtocolError(Exception):
    """The other side does not speak AMI, or ended before it should."""


class _Session:
    """One connection, from the greeting to its end."""

    def __init__(self, settings: AmiSettings, parser: MessageParser) -> None:
        self._settings = settings
        self._parser = parser
        self._writer: asyncio.StreamWriter | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._action_number = 0
        self._awaited_lists: set[str] = set()
        self._snapshot_asked = False
        self._last_heard = 0.0
        self.end_reason = ""

    async def happenings(self) -> AsyncIterator[Happening]:
        reader, early = await self._log_in()
        yield Connected(_now())
        self._tasks.append(asyncio.create_task(self._keep_alive()))
        self._tasks.append(asyncio.create_task(self._ask_snapshot_without_boot_message()))
        received = Received(_now(), early)
        while True:
            snapshot_taken = self._follow(received.messages)
            if received.messages:
                yield received
            if snapshot_taken:
                yield SnapshotTaken(received.at)
            data = await reader.read(READ_BYTES)
            received = Received(_now(), self._parser.feed(data) if data else self._parser.finish())
            self._last_heard = asyncio.get_running_loop().time()
            if not data:
                break
        if received.messages:
            yield received
        self.end_reason = self.end_reason or "The PBX closed the connection."

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._writer is not None:
            self._writer.close()
            # Not wait_for: in Python 3.11 it loses a cancellation that comes as its future is done.
            with suppress(OSError):
                async with asyncio.timeout(1.0):
                    await self._writer.wait_closed()

    async def _log_in(self) -> tuple[asyncio.StreamReader, list[Message | Rejected]]:
        """The reader behind the login, and what came in the same read as the answer to it."""
        settings = self._settings
        async with asyncio.timeout(settings.connect_deadline):
            reader, self._writer = await asyncio.open_connection(
                settings.host, settings.port, ssl=settings.tls
            )
            proof = {"Secret": settings.secret}
            if not settings.plain_login:
                self._send("Challenge", {"AuthType": "MD5"})
                response, _ = await self._response(reader)
                # The protocol's own digest; TLS is what keeps the line private.
                text = response.fields.get("Challenge", "") + settings.secret
                key = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
                proof = {"AuthType": "MD5", "Key": key}
            self._send("Login", {"Username": settings.username, **proof, "Events": "on"})
            response, rest = await self._response(reader)
        if response.name != "Success":
            raise LoginRefusedError(
                f'The PBX at {settings.host}:{settings.port} refuses the login of "{settings.username}": '
                f"{response.fields.get('Message') or 'no reason given'}; check manager.conf and the secret."
            )
        return reader, rest

    async def _response(self, reader: asyncio.StreamReader) -> tuple[Message, list[Message | Rejected]]:
        """The answer to the one action that is under way, and what came after it in the same read."""
        while data := await reader.read(READ_BYTES):
            messages = self._parser.feed(data)
            for index, message in enumerate(messages):
                if isinstance(message, Message) and message.kind is MessageKind.RESPONSE:
                    return message, messages[index + 1 :]
            if self._parser.greeting is None and messages:
                break
        where = f"{self._settings.host}:{self._settings.port}"
        if self._parser.greeting is None:
            raise _ProtocolError(f"What answers at {where} is no Asterisk manager interface.")
        raise _ProtocolError(f"The PBX at {where} closed the connection during the login.")

    def _follow(self, messages: list[Message | Rejected]) -> bool:
        """Watches for what concerns the session itself; True when the snapshot became complete."""
        was_waiting = bool(self._awaited_lists)
        for message in messages:
            if isinstance(message, Rejected):
                continue
            if message.name == "FullyBooted":
                self._ask_snapshot()
            elif message.name == "Shutdown":
                self.end_reason = "The PBX was shut down."
            elif _ends_list(message):
                self._awaited_lists.discard(message.fields.get("ActionID", ""))
        return was_waiting and not self._awaited_lists

    def _ask_snapshot(self) -> None:
        self._snapshot_asked = True
        if not self._awaited_lists:
            self._awaited_lists = {self._send(action) for action in SNAPSHOT_ACTIONS}

    async def _ask_snapshot_without_boot_message(self) -> None:
        await asyncio.sleep(BOOTED_DEADLINE)
        if not self._snapshot_asked:
            self._ask_snapshot()

    async def _keep_alive(self) -> None:
        loop = asyncio.get_running_loop()
        settings = self._settings
        while True:
            await asyncio.sleep(settings.ping_interval)
            asked_at = loop.time()
            self._send("Ping")
            await asyncio.sleep(settings.ping_deadline)
            if self._last_heard < asked_at:
                self.end_reason = f"The PBX did not answer for {settings.ping_deadline:g} seconds."
                assert self._writer is not None
                self._writer.transport.abort()
                return

    def _send(self, action: str, fields: Mapping[str, str] | None = None) -> str:
        assert self._writer is not None
        self._action_number += 1
        action_id = f"{ACTION_ID}{self._action_number}"
        self._writer.write(write_action(action, [*(fields or {}).items(), ("ActionID", action_id)]))
        return action_id


def _ends_list(message: Message) -> bool:
    if message.kind is MessageKind.RESPONSE:
        return message.name == "Error"
    return message.fields.get("EventList", "").lower() in ("complete", "cancelled")


def _now() -> datetime:
    return datetime.now(UTC)


def _sentence(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "The PBX did not answer in time."
    text = str(error).rstrip(".") or type(error).__name__
    return f"{text}." if isinstance(error, _ProtocolError) else f"The PBX cannot be reached: {text}."
