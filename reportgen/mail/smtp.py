"""The SMTP server and the way to it.

SMTP_HOST names it; without it no mail is sent. SMTP_PORT (587), SMTP_SECURITY (starttls, tls or none),
SMTP_USER and SMTP_PASSWORD say how it is reached, MAIL_FROM from whom mail comes, and PORTAL_URL where links
in it lead. The password may stand in a file that SMTP_PASSWORD_FILE names.

What is asked for holds: a server that offers no encryption, or whose certificate is not its own, gets neither
the password nor the message.
"""

import ipaddress
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

    def __post_init__(self) -> None:
        if self.user and self.security == "none" and not _is_here(self.host):
            raise MailError(
                f"SMTP_SECURITY is none: the password of SMTP_USER would go to {self.host} for all to read. "
                "Take starttls or tls, or a server that wants no password."
            )

    def send(self, mail: Mail) -> None:
        """Hands a message over to the server.

        Raises:
            MailError: the server cannot be reached safely, or takes it from nobody like us or not for all.
        """
        message = _message(self.sender, mail)
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                refused = server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"The mail server {self.host}:{self.port} {_reason(error, self.host)}") from error
        if refused:
            raise MailError(
                f"The mail server {self.host}:{self.port} did not take a message for {', '.join(refused)}; "
                "the others get it."
            )

    def _connected(self) -> smtplib.SMTP:
        context = self._context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        if self.security == "starttls":
            try:
                server.starttls(context=context)
            except smtplib.SMTPNotSupportedError as error:
                server.close()
                raise _NoEncryptionError from error
            except BaseException:
                server.close()
                raise
        return server

    def _context(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self.authorities)
        except OSError as error:
            raise MailError(
                f"SMTP_AUTHORITIES_FILE names no file with certificates: {error.strerror or error}."
            ) from error


class _NoEncryptionError(smtplib.SMTPException):
    """The server does not offer STARTTLS, or somebody on the way there took the offer out."""


WRONG_NAME = (62, 64)
"""OpenSSL's codes for a certificate of another name or address."""


def _reason(error: OSError | smtplib.SMTPException, host: str) -> str:
    if isinstance(error, _NoEncryptionError):
        return (
            "does not offer STARTTLS, so nothing was sent. "
            "Set SMTP_SECURITY to tls if it is encrypted from the start, often at port 465."
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in WRONG_NAME:
            return (
                f"shows a certificate that is not for {host}, so nothing was sent. "
                "Set SMTP_HOST to a name that stands in the certificate."
            )
        return (
            f"shows a certificate that is not trusted ({error.verify_message}), so nothing was sent. "
            "If you trust its issuer, name the issuer's certificate with SMTP_AUTHORITIES_FILE."
        )
    return f"did not take a message: {error}"


def _is_here(host: str) -> bool:
    """Whether it is this machine, so that nobody is on the way there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
