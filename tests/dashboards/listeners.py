"""A mail server and an HTTPS server of the test's own, which keep what they are sent."""

import datetime
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from dashboards.local_stack import free_port
from tests.dashboards.door import new_key, private_pem


@dataclass
class Mailbox:
    """What came in by SMTP."""

    port: int
    messages: list[Message] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.messages.append(message_from_bytes(envelope.content))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox(free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@dataclass
class Posted:
    """What came in by HTTPS: path and content."""

    url: str = ""
    certificate: Path = Path()
    """Of the authority that vouches for the server."""
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    elsewhere: str = ""
    """Where whoever comes to the path /elsewhere is sent."""

    def to(self, path: str) -> list[dict[str, Any]]:
        return [content for where, content in self.requests if where == path]


@contextmanager
def https_server(directory: Path) -> Iterator[Posted]:
    posted = Posted(certificate=directory / "certificate.pem")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            posted.requests.append((self.path, json.loads(content)))
            if self.path == "/elsewhere":
                self.send_response(307)
                self.send_header("Location", posted.elsewhere)
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Says nothing."""

    key = directory / "key.pem"
    _write_certificate(posted.certificate, key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(posted.certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    posted.url = f"https://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield posted
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def service_inside() -> Iterator[tuple[str, list[str]]]:
    """What speaks plain HTTP inside an installation: its address, which is not the loopback, and who came."""
    came: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - a name that the base class looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Says nothing."""

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        # Sends nothing: it only finds which of the machine's addresses others see.
        way_out.connect(("198.51.100.1", 9))
        address = way_out.getsockname()[0]
    server = ThreadingHTTPServer((address, 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://{address}:{server.server_port}/inside", came
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _write_certificate(certificate: Path, key_file: Path) -> None:
    key = new_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "the test's webhook")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    key_file.write_bytes(private_pem(key))


def eventually(condition: Callable[[], Any], what: str, seconds: float = 90) -> Any:
    """The condition's value as soon as it is true.

    Raises:
        AssertionError: it does not become so in time.
    """
    deadline = time.monotonic() + seconds
    while True:
        if value := condition():
            return value
        assert time.monotonic() < deadline, what
        time.sleep(0.25)
