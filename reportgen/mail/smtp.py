"""The SMTP server and the way to it.

SMTP_HOST names it; without it no mail is sent. SMTP_PORT (587), SMTP_SECURITY (starttls, tls or none),
SMTP_USER and SMTP_PASSWORD say how it is reached, MAIL_FROM from whom mail comes, and PORTAL_URL where links
in it lead. The password may stand in a file that SMTP_PASSWORD_FILE names.
"""

import os
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Literal

from store.errors import UserError

Security = Literal["starttls", "tls", "none"]
SECONDS = 20


class MailError(UserError):
    """Mail cannot be sent, or the settings for it are wrong."""

    code = "mail"


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One message, in plain text."""

    to: Sequence[str]
    subject: str
    text: str
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail is sent."""

    host: str
    sender: str
    portal_url: str
    """Where links lead, without a slash at its end."""
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: str | None = None
    """A file with the certificates that the server's is checked against; default: the system's."""

    def send(self, mail: Mail) -> None:
        """Hands a message over to the server.

        Raises:
            MailError: the server cannot be reached or takes it from nobody like us.
        """
        message = _message(self.sender, mail)
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(
                f"The mail server {self.host}:{self.port} did not take a message: {error}"
            ) from error

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=self.authorities)
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        if self.security == "starttls":
            server.starttls(context=context)
        return server


def mail_server(environment: Mapping[str, str] = os.environ) -> MailServer | None:
    """The server that the environment names; None: no mail is sent.

    Raises:
        MailError: the settings do not go together.
    """
    host = environment.get("SMTP_HOST", "")
    if not host:
        return None
    sender, portal_url = environment.get("MAIL_FROM", ""), portal_address(environment)
    if "@" not in sender:
        raise MailError("Set MAIL_FROM to the address from which mail comes.")
    if portal_url is None:
        raise MailError("Set PORTAL_URL to the portal's address, such as https://reports.example.org.")
    security = environment.get("SMTP_SECURITY", "starttls")
    port = environment.get("SMTP_PORT", "587")
    if security not in ("starttls", "tls", "none") or not port.isdigit():
        raise MailError("SMTP_SECURITY is starttls, tls or none, and SMTP_PORT a number.")
    return MailServer(
        host,
        sender,
        portal_url,
        int(port),
        security,  # type: ignore[arg-type]
        environment.get("SMTP_USER", ""),
        _secret(environment, "SMTP_PASSWORD"),
        environment.get("SMTP_AUTHORITIES_FILE") or None,
    )


def portal_address(environment: Mapping[str, str] = os.environ) -> str | None:
    """Where the portal is, by PORTAL_URL, without a slash at its end; None: it is not said.

    Raises:
        MailError: it is no address.
    """
    portal_url = environment.get("PORTAL_URL", "")
    if portal_url and not portal_url.startswith(("https://", "http://")):
        raise MailError("Set PORTAL_URL to the portal's address, such as https://reports.example.org.")
    return portal_url.rstrip("/") or None


def _secret(environment: Mapping[str, str], name: str) -> str:
    if path := environment.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise MailError(f"{name}_FILE names a file that cannot be read: {error.strerror}.") from error
    return environment.get(name, "")


def _message(sender: str, mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = ", ".join(mail.to)
    message["Subject"] = mail.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    for attachment in mail.attachments:
        kind, _slash, subtype = attachment.media_type.partition("/")
        message.add_attachment(attachment.content, kind, subtype, filename=attachment.name)
    return message
