"""The portal vouches for its people in Grafana: each request has a token signed by it, valid for a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from grafana_client.api import GrafanaApi
from grafana_client.client import GrafanaException, HeaderAuth

from reportgen.access.roles import Action, Principal, Role
from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection, sentences
from store.errors import UserError
from store.grafana import OPERATORS_ORGANISATION, PORTAL_LOGIN, login_of

TOKEN_HEADER = "X-JWT-Assertion"  # noqa: S105 - the header's name
ORGANISATION_HEADER = "X-Grafana-Org-Id"
ISSUER = "gespreksrapportage"
AUDIENCE = "grafana"
LIFETIME = timedelta(seconds=60)
ALGORITHM = "ES256"
SECONDS = 5.0
"""How long a page waits for Grafana."""


class GrafanaUnavailableError(ReportError):
    """Grafana does not answer, or not as it should."""

    code = "grafana-unavailable"

    def __init__(self) -> None:
        super().__init__(_("Grafana cannot be reached; try again in a moment."))


@dataclass(frozen=True, slots=True)
class Grafana:
    """The Grafana that belongs to this portal."""

    url: str
    """As the portal reaches it, such as http://grafana:3000/grafana."""
    key: EllipticCurvePrivateKey = field(repr=False)

    @property
    def path(self) -> str:
        """Where browsers find it, at the portal's own host."""
        return urlsplit(self.url).path.rstrip("/") + "/"

    def token(self, login: str, now: datetime) -> str:
        """What Grafana takes for the login's own word."""
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": login,
            "iat": now,
            "exp": now + LIFETIME,
        }
        return jwt.encode(claims, self.key, ALGORITHM)

    @contextmanager
    def as_portal(self, organisation: int, now: datetime) -> Iterator[Any]:
        """Grafana's HTTP interface, used by the portal itself in one organisation.

        Raises:
            GrafanaUnavailableError: Grafana does not answer or refuses.
        """
        parts = urlsplit(self.url)
        api = GrafanaApi(
            auth=HeaderAuth(TOKEN_HEADER, self.token(PORTAL_LOGIN, now)),  # type: ignore[no-untyped-call]
            protocol=parts.scheme,
            host=parts.hostname,
            port=parts.port,
            url_path_prefix=self.path.lstrip("/"),
            timeout=SECONDS,
            organization_id=organisation,
        )
        try:
            yield api.client
        except (GrafanaException, OSError) as error:
            raise GrafanaUnavailableError from error
        finally:
            api.client.s.close()


def grafana_at(url: str, key: bytes) -> Grafana:
    """Grafana at `url`, and the portal's private key in PEM with which it signs.

    Raises:
        UserError: that is no such key.
    """
    try:
        loaded = load_pem_private_key(key, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UserError(
            "The key for Grafana cannot be read; make one with provisioning/generate-secrets."
        ) from error
    if not isinstance(loaded, EllipticCurvePrivateKey) or not isinstance(loaded.curve, SECP256R1):
        raise UserError(
            "The key for Grafana must be one of the curve P-256; make one with provisioning/generate-secrets."
        )
    return Grafana(url, loaded)


def place_in_grafana(connection: Connection, principal: Principal) -> tuple[str, int] | None:
    """Login and organisation in Grafana; None when this principal has none there (yet)."""
    if principal.account_id is None or not principal.may(Action.SEE_GRAFANA):
        return None
    login = login_of(principal.account_id)
    if principal.role is Role.OPERATOR:
        return login, OPERATORS_ORGANISATION
    organisation = organisation_of(connection, principal.tenant_id, principal.scope_id)
    return None if organisation is None else (login, organisation)


def organisation_of(connection: Connection, tenant_id: int | None, scope_id: int | None = None) -> int | None:
    """Grafana's number for a tenant, or for a part of one; None when it has not been set up."""
    with sentences():
        row = connection.execute(
            "SELECT report.grafana_organisation(%s, %s)", (tenant_id, scope_id)
        ).fetchone()
    return row[0] if row is not None else None
