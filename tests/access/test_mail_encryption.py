"""What goes to the mail server, as somebody on the way there reads it: never a password, never a message."""

import base64
import datetime
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from reportgen.mail.smtp import Mail, MailError, MailServer, mail_server
from tests.access.certificates import Authority
from tests.access.mailbox import DEADLINE, AnyPort, Mailbox

USER, PASSWORD = "reports", "correct horse battery"
MAIL = Mail(["anna@example.org"], "Weekly figures", "All is well.")
SECRETS = [
    PASSWORD.encode(),
    base64.b64encode(PASSWORD.encode()),
    base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()),
    b"anna@example.org",
    b"All is well",
]


@dataclass
class Listener:
    """Somebody between us and the server, who reads all and may take words out of what the server says."""

    server_port: int
    takes_out: bytes = b""
    heard: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """Ends it, also when nobody came."""
        with socket.create_connection(("127.0.0.1", self.port)):
            pass
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        client, _address = self._socket.accept()
        with client, socket.create_connection(("127.0.0.1", self.server_port)) as server:
            client.settimeout(DEADLINE)
            server.settimeout(DEADLINE)
            back = threading.Thread(target=self._carry, args=(server, client, False))
            back.start()
            self._carry(client, server, True)
            back.join()

    def _carry(self, source: socket.socket, target: socket.socket, keep: bool) -> None:
        try:
            while data := source.recv(65536):
                if keep:
                    self.heard += data
                elif self.takes_out:
                    data = data.replace(self.takes_out, b"X" * len(self.takes_out))
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            """The other side has gone."""


@dataclass
class Post:
    """A server, the listener before it, and how we are told to reach it."""

    mailbox: Mailbox
    given: list[tuple[bytes, bytes]]
    """Users and passwords that the server was given."""
    listener: Listener
    settings: MailServer

    def refuses(self, sentence: str) -> None:
        with pytest.raises(MailError, match=sentence):
            self.settings.send(MAIL)
        assert self.mailbox.mails == []
        assert self.given == []
        self.says_nothing_in_clear()

    def says_nothing_in_clear(self) -> None:
        assert b"ehlo" in self.listener.heard or b"\x16\x03" in self.listener.heard, "nothing was heard"
        assert [secret for secret in SECRETS if secret in self.listener.heard] == []


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "trusted")


@contextmanager
def post(authority: Authority, takes_out: bytes = b"", **server: Any) -> Iterator[Post]:
    """A server that takes a password on an open line too: what we do must not depend on it."""
    mailbox, given = Mailbox(), []

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
        given.append((said.login, said.password))
        return AuthResult(success=given[-1] == (USER.encode(), PASSWORD.encode()))

    controller = AnyPort(
        mailbox,
        hostname="127.0.0.1",
        port=0,
        auth_required=True,
        auth_require_tls=False,
        authenticator=known,
        **server,
    )
    controller.start()
    listener = Listener(controller.port, takes_out)
    try:
        yield Post(
            mailbox,
            given,
            listener,
            MailServer(
                "127.0.0.1",
                "reports@example.org",
                "https://portal.example.org",
                listener.port,
                "starttls",
                USER,
                PASSWORD,
                str(authority.file),
            ),
        )
    finally:
        listener.close()
        controller.stop()


pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def test_mail_arrives_and_nobody_on_the_way_reads_it(authority: Authority) -> None:
    with post(authority, tls_context=authority.server("127.0.0.1"), require_starttls=True) as at:
        at.settings.send(MAIL)
        (mail,) = at.mailbox.wait_for(1)
        assert (mail["To"], mail["Subject"]) == ("anna@example.org", "Weekly figures")
        assert at.given == [(USER.encode(), PASSWORD.encode())]
        at.says_nothing_in_clear()


def test_the_listener_would_have_read_it(authority: Authority) -> None:
    """That the other tests can fail: without encryption all of it is heard."""
    with post(authority) as at:
        replace(at.settings, security="none").send(MAIL)
        at.mailbox.wait_for(1)
        assert SECRETS[-1] in at.listener.heard
        assert any(secret in at.listener.heard for secret in SECRETS[:3])


def test_a_certificate_of_another_name_is_refused(authority: Authority) -> None:
    with post(authority, tls_context=authority.server("mail.example.net", "127.0.0.2")) as at:
        at.refuses("shows a certificate that is not for 127.0.0.1, so nothing was sent. Set SMTP_HOST")


def test_a_certificate_of_an_unknown_authority_is_refused(authority: Authority, tmp_path: Path) -> None:
    stranger = Authority(tmp_path / "stranger", "somebody else's authority")
    with post(authority, tls_context=stranger.server("127.0.0.1")) as at:
        at.refuses("is not trusted .*, so nothing was sent. If you trust its issuer")


def test_a_certificate_that_has_expired_is_refused(authority: Authority) -> None:
    expired = authority.server("127.0.0.1", valid_for=-datetime.timedelta(minutes=5))
    with post(authority, tls_context=expired) as at:
        at.refuses(r"is not trusted \(certificate has expired\), so nothing was sent")


def test_without_a_file_the_systems_authorities_decide(authority: Authority) -> None:
    with post(authority, tls_context=authority.server("127.0.0.1")) as at:
        at.settings = replace(at.settings, authorities=None)
        at.refuses("is not trusted")


def test_a_server_that_offers_no_encryption_gets_nothing(authority: Authority) -> None:
    with post(authority) as at:
        at.refuses("does not offer STARTTLS, so nothing was sent. Set SMTP_SECURITY to tls")


def test_an_offer_that_is_taken_out_on_the_way_is_missed(authority: Authority) -> None:
    with post(authority, b"STARTTLS", tls_context=authority.server("127.0.0.1")) as at:
        at.refuses("does not offer STARTTLS, so nothing was sent")


def test_encrypted_from_the_start_the_certificate_counts_too(authority: Authority) -> None:
    for names, refused in ((("127.0.0.1",), None), (("mail.example.net",), "is not for 127.0.0.1")):
        with post(authority, ssl_context=authority.server(*names)) as at:
            at.settings = replace(at.settings, security="tls")
            if refused is None:
                at.settings.send(MAIL)
                at.mailbox.wait_for(1)
                at.says_nothing_in_clear()
            else:
                at.refuses(refused)


def test_a_password_is_not_set_for_an_open_line() -> None:
    given = {
        "SMTP_HOST": "mail.example.org",
        "MAIL_FROM": "a@example.org",
        "PORTAL_URL": "https://p.example.org",
        "SMTP_SECURITY": "none",
    }
    assert mail_server(given) is not None
    with pytest.raises(MailError, match="SMTP_SECURITY is none: the password of SMTP_USER would go to mail"):
        mail_server({**given, "SMTP_USER": USER, "SMTP_PASSWORD": PASSWORD})
    for here in ("localhost", "127.0.0.1", "::1"):
        assert mail_server({**given, "SMTP_HOST": here, "SMTP_USER": USER}) is not None


def test_a_file_of_authorities_that_is_none_is_told(authority: Authority, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    with post(authority, tls_context=authority.server("127.0.0.1")) as at:
        for path in (tmp_path / "missing.pem", empty):
            with pytest.raises(MailError, match="SMTP_AUTHORITIES_FILE names no file with certificates"):
                replace(at.settings, authorities=str(path)).send(MAIL)
        assert at.listener.heard == b""


class Particular(Mailbox):
    """Takes mail for some people."""

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("gone"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def test_whom_the_server_refuses_among_others_is_told() -> None:
    mailbox = Particular()
    controller = AnyPort(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        server = MailServer("127.0.0.1", "a@example.org", "https://p.example.org", controller.port, "none")
        with pytest.raises(MailError, match=r"for gone@example\.org; the others get it"):
            server.send(replace(MAIL, to=["anna@example.org", "gone@example.org"]))
        mailbox.wait_for(1)
    finally:
        controller.stop()
