"""Errors as problem details (RFC 9457) for programs, and as a page for people."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from reportgen.access.roles import Stage
from reportgen.access.sign_in import UnfinishedSignInError
from reportgen.errors import InvalidTokenError, ReportError
from reportgen.texts import Language, _, translator
from reportgen.web.pages import language_of, page
from store.errors import DatabaseUnavailableError, UserError

STATUSES: Mapping[str, int] = {
    "database-unavailable": 503,
    "few-users": 403,
    "in-use": 409,
    "mail": 503,
    "password-link": 404,
    "forbidden": 403,
    "grafana-unavailable": 503,
    "invalid-token": 401,
    "name-taken": 409,
    "no-oidc-provider": 404,
    "oidc-provider": 503,
    "old-schema": 503,
    "render": 500,
    "result-gone": 410,
    "too-many-attempts": 429,
    "too-many-runs": 429,
    "unfinished-run": 409,
    "taken": 409,
    "unfinished-sign-in": 401,
    "unknown-run": 404,
    "report-too-long": 503,
    "unknown-person": 404,
    "unknown-account": 404,
    "unknown-kind": 404,
    "unknown-alarm": 404,
    "unknown-report": 404,
    "unknown-saved-report": 404,
    "unknown-tile": 404,
    "unknown-tenant": 404,
    "unknown-screen": 404,
    "unknown-thing": 404,
    "unknown-token": 404,
}
"""Of the errors that are not the request's own fault, which is 400."""
API = "/api/"
STAGE_PAGES: Mapping[Stage, str] = {
    Stage.SECOND_FACTOR: "/sign-in/code",
    Stage.NEW_PASSWORD: "/sign-in/new-password",
}
"""Where a sign-in goes on that waits for something."""


def add_error_handlers(app: FastAPI) -> None:
    """Every error leaves the service in one form."""
    app.add_exception_handler(UserError, _user_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unforeseen)


def problem(
    status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A problem details object; `type` is stable, `detail` is for people."""
    content = {
        "type": f"urn:gespreksrapportage:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    sent = {**(headers or {}), **({"WWW-Authenticate": "Bearer"} if status == 401 else {})}
    return JSONResponse(content, status, sent, media_type="application/problem+json")


def sentence(error: UserError, language: Language) -> str:
    """The error in the reader's language, as far as it has one."""
    if isinstance(error, ReportError):
        return translator(language)(error.source, **error.values)
    if isinstance(error, DatabaseUnavailableError):
        # Its own message names the database's address: for the log, not for readers.
        return translator(language)(_("The database cannot be reached; try again in a moment."))
    return str(error)


def _user_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, UserError)
    status = STATUSES.get(error.code, 400)
    if request.url.path.startswith(API):
        return problem(status, error.code, sentence(error, Language.ENGLISH))
    if isinstance(error, InvalidTokenError):
        return RedirectResponse("/sign-in", 303)
    if isinstance(error, UnfinishedSignInError):
        return RedirectResponse(STAGE_PAGES[error.stage], 303)
    return error_page(request, status, sentence(error, language_of(request)), error.code)


def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if not request.url.path.startswith(API):
        text = translator(language_of(request))(_("The request cannot be understood."))
        return error_page(request, 422, text)
    places = [
        {"place": ".".join(str(part) for part in each["loc"]), "message": each["msg"]}
        for each in error.errors()
    ]
    return problem(422, "invalid-request", "The request cannot be understood.", errors=places)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith(API):
        return problem(error.status_code, "http", str(error.detail), error.headers)
    text = _HTTP.get(error.status_code, str(error.detail))
    shown = translator(language_of(request))(text)
    return error_page(request, error.status_code, shown)


_HTTP = {404: _("There is no such page."), 405: _("There is no such page.")}


def _unforeseen(request: Request, _error: Exception) -> Response:
    """Told without a word of what it was: that stands in the log."""
    text = _("Something went wrong here; those who run the service can read what in its log.")
    if request.url.path.startswith(API):
        return problem(500, "unforeseen", text)
    return error_page(request, 500, translator(language_of(request))(text))


_TITLES = {403: _("No access"), 404: _("Not found"), 410: _("Not found")}
_WAYS = {"password-link": ("/password", _("Ask for a new link"))}
"""Code of an error → where to go on."""


def error_page(request: Request, status: int, message: str, code: str = "") -> Response:
    """What went wrong in a sentence, and where to go on."""
    leads_to, way = _WAYS.get(code, ("/", _("To the start page")))
    title = _TITLES.get(status, _("Something is wrong"))
    return page(
        request, "error.html", status=status, title=title, message=message, leads_to=leads_to, way=way
    )
