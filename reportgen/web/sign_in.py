"""Signing in and out of the portal, with a one-time code and a new password where those are wanted."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.access import sign_in as access
from reportgen.access.oidc import Choice, NoProviderError, choice
from reportgen.access.roles import Action, Principal, Role
from reportgen.access.second_factor import enrolment_address
from reportgen.access.sign_in import LIFETIME, Session
from reportgen.errors import ForbiddenError, InvalidTokenError, OldFormError, ReportError
from reportgen.run import load_tenant
from reportgen.web.pages import SESSION_COOKIE, language_of, page, set_cookie
from reportgen.web.problems import STAGE_PAGES, STATUSES, sentence
from reportgen.web.service import PrincipalOf, Service, ServiceOf, address_of

router = APIRouter()

Field = Annotated[str, Form()]


def same_site(request: Request) -> None:
    """Refuses what another site's page sends here: browsers say where a form comes from.

    Raises:
        ForbiddenError: it comes from elsewhere.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForbiddenError


def own_form(request: Request, csrf: Field = "") -> None:
    """Refuses a form that was not made for this session.

    Raises:
        OldFormError: it was not.
    """
    if not access.is_csrf_token(request.cookies.get(SESSION_COOKIE, ""), csrf):
        raise OldFormError


FromHere = Depends(same_site)
OwnForm = Depends(own_form)


@router.get("/sign-in")
def sign_in_page(
    request: Request, running: ServiceOf, tenant: Annotated[str, Query(max_length=1000)] = ""
) -> Response:
    return _sign_in_page(request, running, tenant)


@router.post("/sign-in", dependencies=[FromHere])
def sign_in(request: Request, running: ServiceOf, name: Field = "", password: Field = "") -> Response:
    """Opens a session for whoever knows the password."""
    try:
        with running.connection() as connection:
            session = access.sign_in(connection, name, password, address=address_of(request))
    except ReportError as error:
        return sign_in_again(request, running, error, name)
    return signed_in(request, running, session)


@router.get("/sign-in/code")
def code_page(request: Request) -> Response:
    return page(request, "sign_in_code.html", message="")


@router.post("/sign-in/code", dependencies=[FromHere, OwnForm])
def give_code(request: Request, running: ServiceOf, code: Field = "") -> Response:
    try:
        with running.connection() as connection:
            session = access.give_code(connection, _session(request), code, now=running.clock())
    except ReportError as error:
        return _again(request, "sign_in_code.html", error)
    return signed_in(request, running, session)


@router.get("/sign-in/new-password")
def new_password_page(request: Request, running: ServiceOf) -> Response:
    _principal(request, running)
    return page(request, "new_password.html", message="")


@router.post("/sign-in/new-password", dependencies=[FromHere, OwnForm])
def new_password(
    request: Request, running: ServiceOf, old: Field = "", new: Field = "", again: Field = ""
) -> Response:
    """Changes the password: at will, or because somebody else chose the one of before."""
    try:
        if new != again:
            raise access.DifferentPasswordsError
        with running.connection() as connection:
            session = access.change_password(connection, _session(request), old, new)
    except ReportError as error:
        return _again(request, "new_password.html", error)
    return signed_in(request, running, session)


@router.get("/account")
def account_page(request: Request, running: ServiceOf, principal: PrincipalOf) -> Response:
    """Raises ForbiddenError for whoever has no account: programs and wall screens."""
    if principal.account_id is None:
        raise ForbiddenError
    tenant = None
    if principal.tenant_id is not None:
        with running.connection() as connection:
            tenant = load_tenant(connection, principal.tenant_id).name
    return page(request, "account.html", tenant=tenant, principal=principal)


@router.post("/account/second-factor", dependencies=[FromHere, OwnForm])
def offer_second_factor(request: Request, running: ServiceOf, principal: PrincipalOf) -> Response:
    """Shows a new secret for an authenticator app; it counts once a code made with it has been given."""
    with running.connection() as connection:
        secret = access.offer_second_factor(connection, _session(request))
    spaced = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    address = enrolment_address(secret, principal.name)
    return page(request, "second_factor.html", secret=spaced, address=address)


@router.post("/sign-out", dependencies=[FromHere, OwnForm])
def sign_out(request: Request, running: ServiceOf) -> Response:
    with running.connection() as connection:
        access.sign_out(connection, _session(request))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(SESSION_COOKIE)
    return response


def _session(request: Request) -> str:
    return request.cookies.get(SESSION_COOKIE, "")


def _principal(request: Request, running: Service) -> Principal:
    with running.connection() as connection:
        principal = access.principal_of_session(connection, _session(request))
    if principal is None:
        raise InvalidTokenError
    return principal


def signed_in(request: Request, running: Service, session: Session) -> Response:
    """To where this reader begins, or to what the session still waits for."""
    with running.connection() as connection:
        principal = access.principal_of_session(connection, session.secret)
    if principal is None:
        raise InvalidTokenError
    response = RedirectResponse(STAGE_PAGES.get(session.stage, start_of(principal)), 303)
    set_cookie(request, response, SESSION_COOKIE, session.secret, int(LIFETIME.total_seconds()))
    return response


def start_of(principal: Principal) -> str:
    """Where this reader begins."""
    if principal.may(Action.SEE_REPORTS):
        return "/my" if principal.role is Role.USER else "/reports"
    return "/audit" if principal.may(Action.READ_AUDIT_TRAIL) else "/account"


def sign_in_again(request: Request, running: Service, error: ReportError, name: str = "") -> Response:
    """The page for signing in, with what went wrong."""
    message = sentence(error, language_of(request))
    tenant = request.query_params.get("tenant", "")
    return _sign_in_page(request, running, tenant, message=message, status=status_of(error), name=name)


def _sign_in_page(
    request: Request, running: Service, tenant: str, *, message: str = "", status: int = 200, name: str = ""
) -> Response:
    company = Choice()
    if running.portal_url is not None:
        with running.connection() as connection:
            company = choice(connection, tenant)
    if tenant and company.offered and company.name is None and not message:
        message = sentence(NoProviderError(), language_of(request))
    return page(
        request,
        "sign_in.html",
        status=status,
        message=message,
        company=company,
        organisation=tenant,
        user_name=name,
    )


def _again(request: Request, template: str, error: ReportError) -> Response:
    return page(request, template, status=status_of(error), message=sentence(error, language_of(request)))


def status_of(error: ReportError) -> int:
    return STATUSES.get(error.code, 401)
