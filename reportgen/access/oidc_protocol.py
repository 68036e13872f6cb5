"""What is said with an OpenID Connect provider: its discovery document, the code's exchange, the ID token,
and userinfo where the token does not say all.

Documents and keys are fetched anew for every sign-in, so that a provider may change its keys at any moment.
"""

import base64
import hashlib
import json
import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
import jwt

from reportgen.errors import ReportError
from reportgen.texts import _

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Of an ID token's signature: asymmetric ones only, whatever the token itself or the provider asks for."""
LEEWAY_SECONDS = 60
"""By which the provider's clock may differ."""
SECONDS = 10
"""For one answer of a provider, as a whole."""
MOST_BYTES = 1_000_000
LONGEST_SUBJECT = 255


class ProviderError(ReportError):
    """The provider cannot be reached, or says what no provider says. `why` is for the log."""

    code = "oidc-provider"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("The sign-in service of your organisation does not answer; try again in a moment.")
        )
        self.why = why


class TokenError(Exception):
    """What the provider gave proves nothing; the message says why, for the audit trail."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where a provider does what."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    posts_secret: bool
    """Whether it takes the client's secret in the form only."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Of one browser's sign-in: what the provider must send back, and what nobody else can know."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Client:
    """What we are to a provider."""

    client_id: str
    secret: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for."""

    subject: str
    verified_email: str | None
    """In small letters; None when there is none, or the provider does not vouch for it."""


def is_safe(address: str) -> bool:
    """Whether nobody on the way can read or change what is said: https, or on this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username or parts.password or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def discover(issuer: str) -> Discovery:
    """The provider's own description.

    Raises:
        ProviderError: it cannot be had, is another issuer's, or leads to where nobody may be sent.
    """
    if not is_safe(issuer):
        raise ProviderError("the issuer is not reached by https")
    said = _json("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if said.get("issuer") != issuer:
        raise ProviderError("the discovery document is of another issuer")
    addresses = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    authorization, token, keys = (each if isinstance(each, str) else "" for each in addresses)
    userinfo = said.get("userinfo_endpoint")
    for address in (authorization, token, keys, *([] if userinfo is None else [str(userinfo)])):
        # An issuer elsewhere must not lead us to services on this machine.
        if not is_safe(address) or (address.startswith("http:") and not issuer.startswith("http:")):
            raise ProviderError("the discovery document names an address that is not reached by https")
    methods = said.get("token_endpoint_auth_methods_supported")
    posts = (
        isinstance(methods, list) and "client_secret_post" in methods and "client_secret_basic" not in methods
    )
    return Discovery(issuer, authorization, token, keys, userinfo, posts)


def authorization_url(provider: Discovery, client_id: str, redirect_uri: str, proof: Proof) -> str:
    """Where the browser is sent."""
    challenge = (
        base64.urlsafe_b64encode(hashlib.sha256(proof.verifier.encode()).digest()).rstrip(b"=").decode()
    )
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "scope": "openid email",
        "state": proof.state,
        "nonce": proof.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in provider.authorization_endpoint else "?"
    return f"{provider.authorization_endpoint}{joint}{urlencode(asked)}"


def identify(issuer: str, client: Client, code: str, proof: Proof) -> Identity:
    """Exchanges the code for an ID token and checks it.

    Raises:
        ProviderError: the provider cannot be reached.
        TokenError: it refuses the code, or its token does not hold.
    """
    provider = discover(issuer)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uri,
        "code_verifier": proof.verifier,
    }
    if provider.posts_secret:
        form |= {"client_id": client.client_id, "client_secret": client.secret}
        said = _json("POST", provider.token_endpoint, form=form, refusals=(400, 401))
    else:
        # RFC 6749, 2.3.1: both are encoded as in a form before they are joined.
        name, secret = quote(client.client_id, safe=""), quote(client.secret, safe="")
        said = _json("POST", provider.token_endpoint, form=form, auth=(name, secret), refusals=(400, 401))
    token = said.get("id_token")
    if not isinstance(token, str):
        raise TokenError("code refused")
    claims = checked_claims(token, _json("GET", provider.jwks_uri), issuer, client.client_id, proof.nonce)
    if not _leaves_address_open(claims):
        return Identity(claims["sub"], _verified_email(claims))
    return Identity(claims["sub"], _address_by_userinfo(provider, said.get("access_token"), claims["sub"]))


def checked_claims(
    token: str, keys: dict[str, Any], issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """What an ID token says, once its signature, issuer, audience, time, nonce and subject are right.

    Raises:
        TokenError: one of them is not.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_for(token, keys),
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except (jwt.PyJWTError, TypeError, ValueError, OverflowError) as error:
        # The last three: a set of keys, or a moment, that is none.
        raise TokenError(f"token refused: {type(error).__name__}") from error
    if claims["nonce"] != nonce:
        raise TokenError("token refused: nonce")
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise TokenError("token refused: authorised party")
    subject = claims["sub"]
    if not 1 <= len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise TokenError("token refused: subject")
    return claims


def _leaves_address_open(claims: dict[str, Any]) -> bool:
    """Whether the token says nothing of the address, or not whether it is his."""
    return claims.get("email") is None or claims.get("email_verified") is None


def _address_by_userinfo(provider: Discovery, access_token: object, subject: str) -> str | None:
    """None when the provider has no address for us there either.

    Raises:
        ProviderError: it cannot be reached.
        TokenError: it tells of somebody else: the access token is not the ID token's.
    """
    if provider.userinfo_endpoint is None or not isinstance(access_token, str):
        return None
    if not access_token.isascii() or not access_token.isprintable():
        return None
    said = _json("GET", provider.userinfo_endpoint, bearer=access_token, refusals=(401, 403))
    if said and said.get("sub") != subject:
        raise TokenError("userinfo of another subject")
    return _verified_email(said)


def _verified_email(claims: dict[str, Any]) -> str | None:
    """Only what the provider vouches for in so many words."""
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str) or not email.isprintable():
        return None
    return email.lower()


def _key_for(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The one key that the token says it is signed with; its own algorithm must be the token's."""
    header = jwt.get_unverified_header(token)
    algorithm, name = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS:
        raise jwt.InvalidAlgorithmError("not an algorithm that is taken here")
    wanted = [
        each
        for each in keys.get("keys", ())
        if isinstance(each, dict)
        and each.get("use", "sig") == "sig"
        and each.get("kty") != "oct"
        and (name is None or each.get("kid") == name)
        and each.get("alg", algorithm) == algorithm
    ]
    if len(wanted) != 1:
        raise jwt.InvalidKeyError("not one key is the token's")
    return jwt.PyJWK(wanted[0], algorithm)


def _json(
    method: str,
    address: str,
    *,
    form: dict[str, str] | None = None,
    auth: tuple[str, str] | None = None,
    bearer: str | None = None,
    refusals: tuple[int, ...] = (),
) -> dict[str, Any]:
    """An object that the provider answers with; an empty one when it refuses, by one of these statuses."""
    headers = {"Accept": "application/json"}
    if bearer is not None:
        headers["Authorization"] = f"Bearer {bearer}"
    until = time.monotonic() + SECONDS
    said = bytearray()
    try:
        with (
            httpx.Client(timeout=SECONDS / 2, follow_redirects=False) as client,
            client.stream(method, address, data=form, auth=auth, headers=headers) as answer,
        ):
            for part in answer.iter_bytes():
                said += part
                if len(said) > MOST_BYTES or time.monotonic() > until:
                    raise ProviderError(f"{address} answers too much or too slowly")
            if answer.status_code in refusals:
                return {}
            if answer.status_code != httpx.codes.OK:
                raise ProviderError(f"{address} answers {answer.status_code}")
        found = json.loads(said)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ProviderError(f"{address}: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise ProviderError(f"{address} does not answer with an object")
    return found


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
