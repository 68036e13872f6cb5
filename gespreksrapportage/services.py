"""Our own programs as child processes: started, watched, started again when they die, ended together."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from store.errors import UserError

LOOPBACK = "127.0.0.1"
FIRST_DELAY, LONGEST_DELAY = 1.0, 60.0
"""Seconds before a service that died is started again; doubles each time."""
STEADY = 60.0
"""Seconds after which a service is taken to be well again."""
START_DEADLINE = 60.0
STOP_DEADLINE = 15.0

Say = Callable[[str], None]


def command(*arguments: str) -> list[str]:
    """Our command line with these arguments, in this Python, for a process that ends with us."""
    return [sys.executable, "-m", "gespreksrapportage.child", *arguments]


def free_port(wanted: int, taken: set[int], say: Say) -> int:
    """`wanted`, or the next port that nothing listens on; notes it in `taken`."""
    port = wanted
    while port in taken or not _can_listen(port):
        port += 1
    if port != wanted:
        say(f"Port {wanted} is taken; {port} serves instead.")
    taken.add(port)
    return port


def _can_listen(port: int) -> bool:
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError:
        return False
    return True


@dataclass
class Service:
    """One program that runs for as long as the demo does."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    """On top of our own; where its secrets are."""
    log: Path
    port: int
    health: str = ""
    """Path of its health page; without one it works when it listens."""
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    starts_again_at: float | None = None
    delay: float = FIRST_DELAY

    def start(self) -> None:
        """Starts the program; what it says goes to the end of its log."""
        # A session of its own: a Ctrl-C is for us, who end the services in order.
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command(*self.arguments),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        self.started_at = time.monotonic()
        self.starts_again_at = None

    @property
    def has_died(self) -> bool:
        """Whether it was started and has ended."""
        return self.process is not None and self.process.poll() is not None

    def works(self) -> bool:
        """Whether it listens, and says that it is well."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=5)
        try:
            connection.connect()
            if not self.health:
                return True
            connection.request("GET", self.health)
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()

    def last_words(self) -> str:
        """The last line of its log."""
        with self.log.open("rb") as file:
            lines = _tail(file).decode(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else "it said nothing"


def _tail(file: IO[bytes], length: int = 4096) -> bytes:
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - length))
    return file.read()


class Supervisor:
    """Keeps services running; not for several threads."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._services: list[Service] = []

    def add(self, service: Service) -> None:
        """Starts a service, which is watched from now on."""
        service.start()
        self._services.append(service)

    def wait_until_working(self, stopping: Callable[[], bool]) -> None:
        """Returns when every service works, or when `stopping`.

        Raises:
            UserError: one ends at its start, or does not work in time; says why.
        """
        deadline = time.monotonic() + START_DEADLINE
        waiting = list(self._services)
        while waiting and not stopping():
            for service in list(waiting):
                if service.works():
                    waiting.remove(service)
                elif service.has_died or time.monotonic() > deadline:
                    raise UserError(
                        f"The {service.name} does not start: {service.last_words()} (more in {service.log})."
                    )
            time.sleep(0.05)

    def watch(self) -> None:
        """Looks once after all services: says which died, and starts them again when their delay is over."""
        now = time.monotonic()
        for service in self._services:
            if service.starts_again_at is not None:
                if now >= service.starts_again_at:
                    service.start()
            elif service.has_died:
                self._died(service, now)

    def _died(self, service: Service, now: float) -> None:
        assert service.process is not None
        if now - service.started_at > STEADY:
            service.delay = FIRST_DELAY
        self._say(
            f"The {service.name} ended with code {service.process.returncode} "
            f"({service.last_words()}) and starts again in {service.delay:g} s; its log is {service.log}."
        )
        service.starts_again_at = now + service.delay
        service.delay = min(service.delay * 2, LONGEST_DELAY)

    def stop(self) -> None:
        """Ends all services, the last started first; by force whichever does not end by itself."""
        for service in reversed(self._services):
            if service.process is not None and service.process.poll() is None:
                service.process.terminate()
        deadline = time.monotonic() + STOP_DEADLINE
        for service in reversed(self._services):
            if service.process is not None:
                end(service.process, deadline - time.monotonic())


def end(process: subprocess.Popen[bytes] | subprocess.Popen[str], patience: float) -> None:
    """Waits for a process that was asked to end, and kills it when `patience` (seconds) is over."""
    try:
        process.wait(max(patience, 0.1))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
