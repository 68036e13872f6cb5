"""A PBX for tests that speaks the manager interface over a real socket and says what it is told to say."""

import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

USER = "recorder"
SECRET = "lab-recorder"
GREETING = b"Asterisk Call Manager/11.0.0\r\n"
CHALLENGE = "424242"
BOOTED = b"Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 1000\r\n\r\n"

LISTS = {
    "CoreShowChannels": "CoreShowChannelsComplete",
    "QueueStatus": "QueueStatusComplete",
    "DeviceStateList": "DeviceStateListComplete",
}


class ScriptedPbx:
    """Accepts one connection after the other; `say` speaks on the one that is logged in."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.actions: list[str] = []
        """What was asked so far, in order."""
        self.logins = 0
        self.deaf = False
        """Reads, but answers nothing."""
        self.refuses = False
        self.snapshot: dict[str, bytes] = {}
        """Items that each list begins with, each closed by an empty line."""
        self.on_login: Callable[[], None] = lambda: None
        self._current: socket.socket | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def say(self, data: bytes) -> None:
        with self._lock:
            assert self._current is not None, "nobody is logged in"
            self._current.sendall(data)

    def hang_up(self) -> None:
        """Ends the connection, as when the line is cut."""
        with self._lock:
            connection, self._current = self._current, None
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    @property
    def is_logged_in(self) -> bool:
        return self._current is not None

    def close(self) -> None:
        self._listener.close()
        self.hang_up()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.sendall(GREETING)
            buffer = b""
            while data := connection.recv(65_536):
                buffer += data
                *blocks, buffer = buffer.split(b"\r\n\r\n")
                for block in blocks:
                    lines = (line.partition(": ") for line in block.decode().split("\r\n"))
                    self._answer(connection, {key: value for key, _, value in lines})
        with self._lock:
            if self._current is connection:
                self._current = None

    def _answer(self, connection: socket.socket, action: dict[str, str]) -> None:
        name, action_id = action["Action"], action.get("ActionID", "")
        self.actions.append(name)
        if self.deaf:
            return
        if name == "Challenge":
            self._respond(connection, action_id, f"Challenge: {CHALLENGE}")
        elif name == "Login":
            self._log_in(connection, action, action_id)
        elif name in LISTS:
            self._list(connection, name, action_id)
        else:
            self._respond(connection, action_id, "Ping: Pong")

    def _list(self, connection: socket.socket, name: str, action_id: str) -> None:
        self._respond(connection, action_id, "EventList: start")
        mark = f"\r\nActionID: {action_id}\r\n\r\n".encode()
        connection.sendall(self.snapshot.get(name, b"").replace(b"\r\n\r\n", mark))
        end = f"Event: {LISTS[name]}\r\nActionID: {action_id}\r\nEventList: Complete\r\n\r\n"
        connection.sendall(end.encode())

    def _log_in(self, connection: socket.socket, action: dict[str, str], action_id: str) -> None:
        expected = hashlib.md5((CHALLENGE + SECRET).encode()).hexdigest()
        proven = action.get("Key") == expected or action.get("Secret") == SECRET
        if self.refuses or action.get("Username") != USER or not proven:
            lines = f"Response: Error\r\nActionID: {action_id}\r\nMessage: Authentication failed\r\n\r\n"
            connection.sendall(lines.encode())
            connection.shutdown(socket.SHUT_RDWR)
            return
        self._respond(connection, action_id, "Message: Authentication accepted")
        connection.sendall(BOOTED)
        with self._lock:
            self._current = connection
        self.logins += 1
        self.on_login()

    @staticmethod
    def _respond(connection: socket.socket, action_id: str, line: str) -> None:
        connection.sendall(f"Response: Success\r\nActionID: {action_id}\r\n{line}\r\n\r\n".encode())


@contextmanager
def scripted_pbx() -> Iterator[ScriptedPbx]:
    pbx = ScriptedPbx()
    try:
        yield pbx
    finally:
        pbx.close()
