"""A real SMTP server of the test's own, on a port that is free."""

import time
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

DEADLINE = 20.0


class Mailbox:
    """What the server took."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def wait_for(self, count: int) -> list[Any]:
        deadline = time.monotonic() + DEADLINE
        while len(self.mails) < count:
            assert time.monotonic() < deadline, "no mail came"
            time.sleep(0.02)
        return self.mails


class AnyPort(Controller):
    """A server on a port that is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
