"""The portal: the way in, the language, and the list of reports."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.access.roles import Action, Role
from reportgen.catalogue import find_report
from reportgen.saved import saved_reports
from reportgen.texts import Language, translator
from reportgen.web.pages import LANGUAGE_COOKIE, language_of, page, set_cookie
from reportgen.web.service import PrincipalOf, ReaderOf, ServiceOf
from reportgen.web.sign_in import start_of

router = APIRouter()

LANGUAGE_SECONDS = 365 * 24 * 3600


@router.get("/")
def home(principal: PrincipalOf) -> Response:
    return RedirectResponse("/live" if principal.role is Role.WALL_SCREEN else start_of(principal), 303)


@router.post("/language")
def change_language(
    request: Request, language: Annotated[Language, Form()], path: Annotated[str, Form(max_length=4000)] = "/"
) -> Response:
    """Remembers the language and returns to the page of before."""
    # Two slashes, or a backslash, would begin another host's address.
    own = path.startswith("/") and not path.startswith("//") and "\\" not in path
    response = RedirectResponse(path if own else "/", 303)
    set_cookie(request, response, LANGUAGE_COOKIE, language.value, LANGUAGE_SECONDS)
    return response


@router.get("/reports")
def list_page(request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    text = translator(language_of(request))
    folders: dict[str, list[tuple[str, str]]] = {}
    for report in reader.reports():
        folders.setdefault(text(report.folder.value), []).append((report.slug, text(report.title)))
    with running.connection() as connection:
        saved = saved_reports(connection, reader.principal)
    return page(
        request,
        "reports.html",
        tenant=reader.tenant.name,
        saved=[(each, text(find_report(each.report).title)) for each in saved],
        folders=folders,
        may_read_audit_trail=reader.principal.may(Action.READ_AUDIT_TRAIL),
    )
