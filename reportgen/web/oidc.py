"""Signing in with a company account: to the tenant's provider and back."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.access import oidc
from reportgen.access.oidc import WAY_LIFETIME, Answer, NoProviderError
from reportgen.errors import ReportError
from reportgen.web.pages import set_cookie
from reportgen.web.service import ServiceOf, address_of
from reportgen.web.sign_in import sign_in_again, signed_in

router = APIRouter(prefix="/sign-in/oidc")

WAY_COOKIE = "oidc"
Text = Annotated[str, Query(max_length=4000)]


@router.get("")
def leave(request: Request, running: ServiceOf, tenant: Text = "") -> Response:
    """A link, not a form: browsers would refuse to be sent elsewhere after a form of ours."""
    try:
        if running.portal_url is None:
            raise NoProviderError
        way = oidc.begin(running.connection, tenant, running.portal_url, address=address_of(request))
    except ReportError as error:
        return sign_in_again(request, running, error)
    response = RedirectResponse(way.address, 303)
    set_cookie(request, response, WAY_COOKIE, way.secret, int(WAY_LIFETIME.total_seconds()))
    return response


@router.get("/callback")
def come_back(
    request: Request, running: ServiceOf, state: Text = "", code: Text = "", iss: Text | None = None
) -> Response:
    """Where the provider sends the browser; leads nowhere but into the portal."""
    secret = request.cookies.get(WAY_COOKIE, "")
    try:
        if running.portal_url is None:
            raise NoProviderError
        session = oidc.come_back(
            running.connection,
            secret,
            Answer(state, code, iss),
            running.portal_url,
            address=address_of(request),
        )
        response = signed_in(request, running, session)
    except ReportError as error:
        response = sign_in_again(request, running, error)
    response.delete_cookie(WAY_COOKIE)
    return response
