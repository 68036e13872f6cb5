"""Signing in with a company account: to the tenant's provider and back."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.access import oidc
from reportgen.access.oidc import WAY_LIFETIME, Answer, NoProviderError
from reportgen.errors import ReportError
from reportgen.web.pages import language_of, page, set_cookie
from reportgen.web.problems import sentence
from reportgen.web.service import ServiceOf, address_of
from reportgen.web.sign_in import sign_in_again, signed_in, status_of

router = APIRouter(prefix="/sign-in/oidc")

WAY_COOKIE = "oidc"
Text = Annotated[str, Query(max_length=4000)]


@router.get("")
def leave(request: Request, running: ServiceOf, tenant: Text = "") -> Response:
    """A link, not a form: browsers would refuse to be sent elsewhere after a form of ours."""
    if running.portal_url is None:
        return sign_in_again(request, running, NoProviderError())
    try:
        way = oidc.begin(running.connection, tenant, running.portal_url, address=address_of(request))
    except NoProviderError as error:
        return sign_in_again(request, running, error)
    except ReportError as error:
        return _failed(request, error, tenant)
    response = RedirectResponse(way.address, 303)
    kept = f"{way.secret}.{way.tenant_slug}"
    set_cookie(request, response, WAY_COOKIE, kept, int(WAY_LIFETIME.total_seconds()))
    return response


@router.get("/callback")
def come_back(
    request: Request,
    running: ServiceOf,
    state: Text = "",
    code: Text = "",
    iss: Text | None = None,
    error: Text = "",
) -> Response:
    """Where the provider sends the browser; leads nowhere but into the portal."""
    secret, _point, tenant = request.cookies.get(WAY_COOKIE, "").partition(".")
    try:
        if running.portal_url is None:
            raise NoProviderError
        session = oidc.come_back(
            running.connection,
            secret,
            Answer(state, code, iss, error),
            running.portal_url,
            address=address_of(request),
        )
        response = signed_in(request, running, session)
    except ReportError as failure:
        response = _failed(request, failure, tenant)
    response.delete_cookie(WAY_COOKIE)
    return response


def _failed(request: Request, error: ReportError, tenant: str) -> Response:
    """What went wrong, and the way to begin again."""
    return page(
        request,
        "sign_in_failed.html",
        status=status_of(error),
        message=sentence(error, language_of(request)),
        organisation=tenant,
    )
