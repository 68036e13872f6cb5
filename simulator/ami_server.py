"""An AMI server that plays the company's days: what the exporter talks with in demos and tests.

Speaks as much of the Asterisk Manager Interface as a listener needs: login (MD5 challenge or plain), Ping,
Events, and the lists of a snapshot. Several clients may listen; each gets everything.
"""

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from simulator.company import SEED, make_company
from simulator.playback import Clock, messages
from simulator.switchboard import Fields, Item, Switchboard

log = logging.getLogger(__name__)

GREETING = "Asterisk Call Manager/11.0.0\r\n"
VERSION = "22.10.1"
LONGEST_ACTION = 65_536
MOST_UNSENT = 16_000_000
"""Bytes: a client that reads so slowly is cut off, as Asterisk does after its write timeout."""

LISTS: Mapping[str, tuple[str, str, Callable[[Switchboard, float], Iterator[Item]]]] = {
    "queuestatus": ("QueueStatusComplete", "Queue status will follow", Switchboard.queues),
    "coreshowchannels": ("CoreShowChannelsComplete", "Channels will follow", Switchboard.channels),
    "bridgelist": ("BridgeListComplete", "Bridge listing will follow", Switchboard.bridges),
    "devicestatelist": (
        "DeviceStateListComplete",
        "Device State Changes will follow",
        Switchboard.device_states,
    ),
}
"""Action → name of the event that ends its list, what the response says, where the items are."""


@dataclass(eq=False)
class _Client:
    writer: asyncio.StreamWriter
    challenge: str = ""
    logged_in: bool = False
    wants_events: bool = True
    leaves: bool = False
    action_id: str = ""

    def respond(self, response: str, fields: Fields) -> None:
        self.send([("Response", response), *self._identity(), *fields.items()])

    def item(self, name: str, fields: Fields) -> None:
        self.send([("Event", name), *fields.items(), *self._identity()])

    def send(self, lines: list[tuple[str, str]]) -> None:
        text = "".join(f"{name}: {value}\r\n" for name, value in lines)
        self.writer.write(f"{text}\r\n".encode())

    def _identity(self) -> list[tuple[str, str]]:
        return [("ActionID", self.action_id)] if self.action_id else []


@dataclass
class AmiServer:
    """Serves on `host`:`port` until cancelled; `username` and `secret` are what a client must know."""

    username: str
    secret: str = field(repr=False)
    clock: Clock
    host: str = "127.0.0.1"
    port: int = 5038
    seed: int = SEED

    def __post_init__(self) -> None:
        self._clients: set[_Client] = set()
        self._switchboard = Switchboard(make_company(self.seed))
        self._actions: Mapping[str, Callable[[_Client, Fields], None]] = {
            "ping": self._ping,
            "events": self._events,
            "coresettings": self._core_settings,
            "logoff": self._logoff,
        }

    async def serve(self, started: Callable[[int], None] = lambda _: None) -> None:
        """Raises OSError when the port is taken; `started` is told the port on which it listens (0: any)."""
        server = await asyncio.start_server(self._connected, self.host, self.port, limit=LONGEST_ACTION)
        async with server:
            started(server.sockets[0].getsockname()[1])
            await self._play()

    async def _play(self) -> None:
        for microseconds, message in messages(self.clock, self.seed):
            told = microseconds / 1_000_000
            if told < self.clock.real_start:
                # Before the start: it leads to the state that a snapshot shows.
                self._switchboard.observe(message)
                continue
            if (delay := self.clock.due_in(told)) > 0:
                await asyncio.sleep(delay)
            self._switchboard.observe(message)
            self._broadcast(message.encode())

    def _broadcast(self, message: bytes) -> None:
        for client in list(self._clients):
            if client.logged_in and client.wants_events:
                client.writer.write(message)
            if client.writer.transport.get_write_buffer_size() > MOST_UNSENT:
                log.warning("a listener reads too slowly and is cut off")
                client.writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = _Client(writer)
        self._clients.add(client)
        writer.write(GREETING.encode())
        try:
            while not client.leaves:
                self._act(client, await reader.readuntil(b"\r\n\r\n"))
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass
        finally:
            self._clients.discard(client)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    def _act(self, client: _Client, action: bytes) -> None:
        lines = (line.partition(":") for line in action.decode(errors="replace").split("\r\n"))
        fields = {name.strip().lower(): value.strip() for name, _, value in lines if name}
        client.action_id = fields.get("actionid", "")
        name = fields.get("action", "").lower()
        if name == "challenge":
            client.challenge = str(secrets.randbelow(10**9))
            client.respond("Success", {"Challenge": client.challenge})
        elif name == "login":
            self._login(client, fields)
        elif not client.logged_in:
            client.respond("Error", {"Message": "Permission denied"})
        elif name in LISTS:
            self._list(client, name)
        elif name in self._actions:
            self._actions[name](client, fields)
        else:
            client.respond("Error", {"Message": "Invalid/unknown command"})

    def _login(self, client: _Client, fields: Fields) -> None:
        if not self._knows_secret(client, fields):
            client.respond("Error", {"Message": "Authentication failed"})
            client.leaves = True
            return
        client.logged_in = True
        client.wants_events = fields.get("events", "on").lower() not in ("off", "no", "")
        client.respond("Success", {"Message": "Authentication accepted"})
        client.action_id = ""
        client.send(
            [
                ("Event", "FullyBooted"),
                ("Privilege", "system,all"),
                ("Timestamp", f"{self.clock.told_now():.6f}"),
                ("Uptime", "1"),
                ("LastReload", "1"),
                ("Status", "Fully Booted"),
            ]
        )

    def _knows_secret(self, client: _Client, fields: Fields) -> bool:
        if not hmac.compare_digest(fields.get("username", "").encode(), self.username.encode()):
            return False
        if fields.get("authtype", "").lower() != "md5":
            return hmac.compare_digest(fields.get("secret", "").encode(), self.secret.encode())
        # The protocol's own digest.
        text = (client.challenge + self.secret).encode()
        expected = hashlib.md5(text, usedforsecurity=False).hexdigest()
        return bool(client.challenge) and hmac.compare_digest(fields.get("key", "").lower(), expected)

    def _list(self, client: _Client, name: str) -> None:
        complete, sentence, items = LISTS[name]
        client.respond("Success", {"EventList": "start", "Message": sentence})
        count = 0
        for event, fields in items(self._switchboard, self.clock.told_now()):
            client.item(event, fields)
            count += 1
        client.send(
            [
                ("Event", complete),
                *([("ActionID", client.action_id)] if client.action_id else []),
                ("EventList", "Complete"),
                ("ListItems", str(count)),
            ]
        )

    def _ping(self, client: _Client, _fields: Fields) -> None:
        client.respond("Success", {"Ping": "Pong", "Timestamp": f"{self.clock.told_now():.6f}"})

    def _events(self, client: _Client, fields: Fields) -> None:
        client.wants_events = fields.get("eventmask", "").lower() not in ("off", "no", "")
        client.respond("Success", {"Events": "On" if client.wants_events else "Off"})

    def _core_settings(self, client: _Client, _fields: Fields) -> None:
        client.respond("Success", {"AMIversion": "11.0.0", "AsteriskVersion": VERSION, "SystemName": ""})

    def _logoff(self, client: _Client, _fields: Fields) -> None:
        client.respond("Goodbye", {"Message": "Bye"})
        client.leaves = True
