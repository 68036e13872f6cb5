"""What every HTML page of the portal has."""

from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from reportgen.access.roles import Action, Role
from reportgen.access.sign_in import csrf_token
from reportgen.templating import render
from reportgen.texts import Language

LANGUAGE_COOKIE = "language"
SESSION_COOKIE = "session"
SCREEN_COOKIE = "screen"


def language_of(request: Request) -> Language:
    """What the reader chose, else Dutch."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return Language(chosen) if chosen in list(Language) else Language.DUTCH


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page in the reader's language; `path` is where a change of language returns to."""
    path = _path(request)
    context.setdefault("tenant", None)
    context.update(_places(request))
    context["csrf"] = csrf_token(request.cookies.get(SESSION_COOKIE, ""))
    return HTMLResponse(render(name, language_of(request), path=path, **context), status)


def _path(request: Request) -> str:
    """Of what is shown; after a form, of the page on which it was, since its own address only takes forms."""
    url = urlsplit(str(request.url))
    if request.method != "GET":
        url = urlsplit(request.headers.get("referer", ""))
        if url.netloc != request.headers.get("host"):
            return "/"
    return url.path + (f"?{url.query}" if url.query else "")


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    # A browser on plain HTTP (a laptop) would not send a secure cookie back.
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)


def _places(request: Request) -> dict[str, Any]:
    """What of the portal's bar is there for this reader."""
    reader = getattr(request.state, "principal", None)
    grafana = request.app.state.service.grafana
    may_see_grafana = grafana is not None and reader is not None and reader.may(Action.SEE_GRAFANA)
    return {
        "is_screen": reader is not None and reader.role is Role.WALL_SCREEN,
        "has_console": reader is not None and reader.person_id is not None,
        "signed_in": reader is not None and reader.account_id is not None,
        "sees_reports": reader is not None and reader.may(Action.SEE_REPORTS),
        "watches": reader is not None and reader.may(Action.READ_AUDIT_TRAIL),
        "administrates": reader is not None and reader.may(Action.MANAGE_ORGANISATION),
        "sends_mail": request.app.state.service.mail is not None,
        "grafana": grafana.path if may_see_grafana else None,
        "has_alarms": reader is not None and reader.may(Action.SEE_ALARMS),
    }
