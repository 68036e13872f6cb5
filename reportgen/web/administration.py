"""Who may change a tenant, by a form of the portal or by the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from reportgen.access.roles import Action, Principal
from reportgen.access.sign_in import is_csrf_token
from reportgen.access.tokens import digest
from reportgen.configuration.administration import Administration, by_session
from reportgen.errors import ForbiddenError
from reportgen.web.pages import SESSION_COOKIE
from reportgen.web.service import PrincipalOf, Service, ServiceOf
from reportgen.web.sign_in import same_site


@dataclass(frozen=True, slots=True)
class Administrator:
    """An administrator with what the database knows him by."""

    principal: Principal
    secret_hash: bytes
    running: Service

    @contextmanager
    def transaction(self) -> Iterator[Administration]:
        """Changes are carried out at its end, or undone by an error.

        Raises:
            ForbiddenError: his session or rights have ended meanwhile.
        """
        with (
            self.running.connection() as connection,
            by_session(
                connection,
                self.secret_hash,
                self.running.clock(),
                name=self.principal.name,
                account_id=self.principal.account_id,
            ) as administration,
        ):
            yield administration


def administrator(request: Request, running: ServiceOf, principal: PrincipalOf) -> Administrator:
    """Raises ForbiddenError when whoever asks is no administrator of a tenant."""
    if principal.tenant_id is None or not principal.may(Action.MANAGE_ORGANISATION):
        raise ForbiddenError
    bearer = _bearer(request)
    return Administrator(principal, digest(bearer or request.cookies.get(SESSION_COOKIE, "")), running)


AdministratorOf = Annotated[Administrator, Depends(administrator)]


def may_change(
    request: Request,
    _principal: PrincipalOf,
    x_csrf_token: Annotated[str, Header(description="With a session's cookie: what its forms carry.")] = "",
) -> None:
    """Refuses what another site has a browser ask: a token is proof, a cookie alone is not.

    Raises:
        ForbiddenError: there is no token, and neither the form's own secret.
    """
    if _bearer(request):
        return
    same_site(request)
    if not is_csrf_token(request.cookies.get(SESSION_COOKIE, ""), x_csrf_token):
        raise ForbiddenError


MayChange = Depends(may_change)


def _bearer(request: Request) -> str:
    scheme, _space, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""
