"""Signing in with an account that the tenant keeps elsewhere: OpenID Connect, by a code with PKCE."""

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

from reportgen.access.oidc_protocol import (
    Client,
    Identity,
    Proof,
    ProviderError,
    TokenError,
    authorization_url,
    discover,
    identify,
)
from reportgen.access.roles import Stage
from reportgen.access.sign_in import IDLE_LIFETIME, LIFETIME, LONGEST_NAME, Session, TooManyAttemptsError
from reportgen.access.tokens import digest
from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection, sentences

log = logging.getLogger(__name__)

WAY_LIFETIME = timedelta(minutes=10)
"""From leaving for the provider to being back."""
CALLBACK = "/sign-in/oidc/callback"


class NoProviderError(ReportError):
    """The tenant has no provider, or there is no such tenant: it does not say which."""

    code = "no-oidc-provider"

    def __init__(self) -> None:
        super().__init__(
            _("For this organisation there is no company account here; sign in with your name and password.")
        )


class NotLetInError(ReportError):
    """Nobody is signed in; does not say why, nor whether there is such an account."""

    code = "oidc-refused"

    def __init__(self, source: str = "") -> None:
        super().__init__(
            source
            or _("Signing in with the company account did not succeed; try again, or ask your administrator.")
        )


class LostWayError(NotLetInError):
    """The browser is on no way to a provider, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This sign-in is over: it was begun in another browser, or more than ten minutes ago, or "
                "used already. Begin again."
            )
        )


class BrokenOffError(NotLetInError):
    """The provider sends the browser back without a code."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The sign-in service of your organisation did not let you through; begin again, or ask your "
                "administrator whether you may use this portal."
            )
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page for signing in offers."""

    offered: bool = False
    """Some tenant has a provider."""
    name: str | None = None
    """Of the named tenant's, if it has one."""


@dataclass(frozen=True, slots=True)
class Way:
    """A browser's way to the provider; its secret goes into the browser's cookie and is kept nowhere else."""

    secret: str
    address: str
    """Where the browser goes."""
    tenant_slug: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser brings back from the provider."""

    state: str
    code: str
    issuer: str | None = None
    """Where the provider says who it is (RFC 9207)."""
    error: str = ""
    """Why there is no code."""


Connected = Callable[[], AbstractContextManager[Connection]]
"""Lends a connection: none is held while a provider is waited for."""


def choice(connection: Connection, tenant_slug: str) -> Choice:
    with sentences(), connection.transaction():
        row = connection.execute(
            "SELECT offered, name FROM report.oidc_choice(%s)", (_slug(tenant_slug),)
        ).fetchone()
    return Choice(*row) if row else Choice()


def begin(connected: Connected, tenant_slug: str, portal_url: str, *, address: str) -> Way:
    """Sends a browser to the provider of its tenant.

    Args:
        portal_url: where it comes back to, without a slash at its end.
        address: of the network, from which it comes.

    Raises:
        NoProviderError: the tenant has none.
        TooManyAttemptsError: from this address too many are on their way.
        ProviderError: it cannot be reached.
    """
    secret = secrets.token_urlsafe(32)
    with connected() as connection, sentences(), connection.transaction():
        row = connection.execute(
            "SELECT issuer, client_id, refused FROM report.begin_oidc(%s, %s, %s, %s)",
            (_slug(tenant_slug), digest(secret), address, WAY_LIFETIME),
        ).fetchone()
    if row is None:
        raise NoProviderError
    issuer, client_id, refused = row
    if refused:
        raise TooManyAttemptsError
    try:
        provider = discover(issuer)
    except ProviderError as error:
        log.warning("the OIDC provider of tenant %s: %s", tenant_slug, error.why)
        raise
    leads_to = authorization_url(provider, client_id, portal_url + CALLBACK, proof_of(secret))
    return Way(secret, leads_to, _slug(tenant_slug))


def come_back(connected: Connected, secret: str, answer: Answer, portal_url: str, *, address: str) -> Session:
    """Opens a session for whoever the provider vouches for; each way leads back once.

    Args:
        secret: of the way, from the browser's cookie.

    Raises:
        LostWayError: the way is not this browser's, is used up or too old.
        BrokenOffError: the provider did not let him through.
        NotLetInError: nobody is let in for what it says.
        ProviderError: the provider cannot be reached.
    """
    proof = proof_of(secret)
    returned = None
    if secret and hmac.compare_digest(answer.state.encode(), proof.state.encode()):
        returned = _returned(connected, secret)
    if returned is None:
        _refuse(connected, None, address, "not on its way")
        raise LostWayError
    tenant_id, issuer, client_id, client_secret = returned
    try:
        client = Client(client_id, client_secret, portal_url + CALLBACK)
        identity = identify(issuer, client, _code_of(answer, issuer), proof)
    except ProviderError as error:
        log.warning("the OIDC provider of tenant %d: %s", tenant_id, error.why)
        _refuse(connected, tenant_id, address, "provider fails")
        raise
    except TokenError as error:
        _refuse(connected, tenant_id, address, str(error))
        raise (NotLetInError if answer.code else BrokenOffError) from error
    return _open(connected, secret, tenant_id, issuer, identity, address)


def proof_of(secret: str) -> Proof:
    """Each another, none of which tells the secret."""

    def made(what: str) -> str:
        return hmac.new(secret.encode(), f"oidc {what}".encode(), hashlib.sha256).hexdigest()

    return Proof(made("state"), made("nonce"), made("verifier"))


def _code_of(answer: Answer, issuer: str) -> str:
    if answer.issuer not in (None, issuer):
        raise TokenError("another issuer")
    if not answer.code:
        known = re.fullmatch("[a-z_]{1,40}", answer.error)
        raise TokenError(f"no code: {answer.error}" if known else "no code")
    return answer.code


def _returned(connected: Connected, secret: str) -> tuple[int, str, str, str] | None:
    with connected() as connection, sentences(), connection.transaction():
        return connection.execute(
            "SELECT tenant_id, issuer, client_id, client_secret FROM report.return_from_oidc(%s)",
            (digest(secret),),
        ).fetchone()


def _open(
    connected: Connected, secret: str, tenant_id: int, issuer: str, identity: Identity, address: str
) -> Session:
    session = secrets.token_urlsafe(32)
    with connected() as connection, sentences(), connection.transaction():
        row = connection.execute(
            "SELECT account_id, stage, why FROM report.open_oidc_session(%s, %s, %s, %s, %s, %s, %s)",
            (
                digest(secret), issuer, identity.subject, identity.verified_email,
                digest(session), IDLE_LIFETIME, LIFETIME,
            ),
        ).fetchone()  # fmt: skip
        account_id, stage, why = row or (None, None, "not on its way")
        _record(connection, tenant_id, account_id, address, _ACTIONS[stage], why)
    if stage is None:
        raise NotLetInError
    return Session(session, Stage(stage))


_ACTIONS = {None: "refused", "second_factor": "provider_passed", "open": "signed_in"}


def _refuse(connected: Connected, tenant_id: int | None, address: str, why: str) -> None:
    with connected() as connection, sentences(), connection.transaction():
        _record(connection, tenant_id, None, address, "refused", why)


def _record(
    connection: Connection,
    tenant_id: int | None,
    account_id: int | None,
    address: str,
    action: str,
    why: str | None,
) -> None:
    connection.execute(
        "SELECT report.record_oidc(%s, %s, %s, %s, %s)", (tenant_id, account_id, address, action, why)
    )


def _slug(given: str) -> str:
    return given.encode(errors="replace").decode().replace("\0", "").strip().lower()[:LONGEST_NAME]
