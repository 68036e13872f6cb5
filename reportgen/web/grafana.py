"""Where the door asks, for each request to Grafana, who it is that asks."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.access.grafana import ORGANISATION_HEADER, TOKEN_HEADER, place_in_grafana
from reportgen.access.roles import Stage
from reportgen.access.sign_in import principal_of_session
from reportgen.texts import _, translator
from reportgen.web.pages import SESSION_COOKIE, language_of
from reportgen.web.problems import STAGE_PAGES, error_page
from reportgen.web.service import ServiceOf

router = APIRouter(prefix="/internal")


@router.get("/grafana")
def vouch(request: Request, running: ServiceOf) -> Response:
    """204 with the headers that open Grafana; otherwise what the browser is to see instead.

    Only the session's cookie counts: tokens are for programs, and open no board.
    """
    if running.grafana is None:
        return Response(status_code=404)
    with running.connection() as connection:
        principal = principal_of_session(connection, request.cookies.get(SESSION_COOKIE, ""))
        place = place_in_grafana(connection, principal) if principal is not None else None
    if principal is None or principal.stage is not Stage.OPEN:
        return _sign_in_first(request, principal.stage if principal else None)
    if place is None:
        message = translator(language_of(request))(
            _("Grafana has not been set up for you (yet); your figures are in the portal.")
        )
        return error_page(request, 403, message)
    login, organisation = place
    return Response(
        status_code=204,
        headers={
            TOKEN_HEADER: running.grafana.token(login, running.clock()),
            ORGANISATION_HEADER: str(organisation),
        },
    )


def _sign_in_first(request: Request, stage: Stage | None) -> Response:
    asked = urlsplit(request.headers.get("x-forwarded-uri", "")).path
    if "/api/" in asked or "/apis/" in asked:
        return Response(status_code=401)
    return RedirectResponse(STAGE_PAGES.get(stage, "/sign-in") if stage else "/sign-in", 303)
