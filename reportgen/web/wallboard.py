"""My Wallboard: a login's own views, which take turns, with a dock that stays."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.access.editions import may_see_now
from reportgen.access.roles import Action
from reportgen.errors import ForbiddenError, ReportError
from reportgen.texts import _, translator
from reportgen.tiles.definition import own_title
from reportgen.tiles.own_boards import OwnBoards, Transition, own_boards
from reportgen.web.headers import content_policy
from reportgen.web.own_dashboard import keep_opened
from reportgen.web.pages import language_of, page
from reportgen.web.problems import sentence
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf
from reportgen.web.sign_in import FromHere, OwnForm
from reportgen.web.tiles_api import begin

router = APIRouter()

ViewNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
Title = Annotated[str, Form(max_length=100)]
Seconds = Annotated[int, Form(ge=5, le=3600)]
Address = Annotated[str, Form(max_length=2000)]


class PageNotAllowedError(ReportError):
    """A page of a host that the tenant's wallboards may not show."""

    code = "page-not-allowed"


class InvalidHostError(ReportError):
    """Something that is no name of a host."""

    code = "invalid-host"


@router.get("/wallboard")
def wallboard_page(request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    """All views at once; the browser shows one after the other."""
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        begin(boards, reader)
        hosts, transition = boards.page_hosts(), boards.transition()
        views = [(view, boards.tiles("view", view.view_id)) for view in boards.views()]
        dock = boards.tiles("dock")
    keep_opened(running, reader, "wallboard", [*dock, *(tile for _view, tiles in views for tile in tiles)])
    shown = [(view, tiles, _is_allowed(view.page_url, hosts)) for view, tiles in views]
    response = page(request, "wallboard.html", views=shown, dock=dock, transition=transition)
    response.headers["Content-Security-Policy"] = content_policy(frames=hosts)
    return response


@router.get("/wallboard/edit")
def edit_page(request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    return _edit(request, reader, running)


@router.post("/wallboard/views", dependencies=[FromHere, OwnForm])
def add_view(
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    title: Title = "",
    seconds: Seconds = 20,
    page_url: Address = "",
) -> Response:
    try:
        with running.connection() as connection, own_boards(connection, reader.principal) as boards:
            begin(boards, reader)
            boards.add_view(_title(title), seconds=seconds, page_url=_address(page_url, boards))
    except ReportError as error:
        return _edit(request, reader, running, error)
    return _to_edit()


@router.post("/wallboard/views/{view_id}", dependencies=[FromHere, OwnForm])
def change_view(
    view_id: ViewNumber,
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    title: Title = "",
    seconds: Seconds = 20,
    page_url: Address = "",
) -> Response:
    try:
        with running.connection() as connection, own_boards(connection, reader.principal) as boards:
            boards.view(view_id)
            boards.change_view(view_id, _title(title), seconds=seconds, page_url=_address(page_url, boards))
    except PageNotAllowedError as error:
        return _edit(request, reader, running, error)
    return _to_edit()


@router.post("/wallboard/views/{view_id}/move/{where}", dependencies=[FromHere, OwnForm])
def move_view(
    view_id: ViewNumber, where: Literal["forward", "back"], reader: ReaderOf, running: ServiceOf
) -> Response:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        boards.move_view(view_id, -1 if where == "forward" else 1)
    return _to_edit()


@router.post("/wallboard/views/{view_id}/remove", dependencies=[FromHere, OwnForm])
def remove_view(view_id: ViewNumber, reader: ReaderOf, running: ServiceOf) -> Response:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        boards.remove_view(view_id)
    return _to_edit()


@router.post("/wallboard/transition", dependencies=[FromHere, OwnForm])
def change_transition(
    reader: ReaderOf, running: ServiceOf, transition: Annotated[Transition, Form()]
) -> Response:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        begin(boards, reader)
        boards.set_transition(transition)
    return _to_edit()


@router.post("/wallboard/hosts", dependencies=[FromHere, OwnForm])
def change_hosts(
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    hosts: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Whose pages may stand on the wallboards of the whole tenant: for its administrators."""
    if not reader.principal.may(Action.MANAGE_ORGANISATION):
        raise ForbiddenError
    try:
        wanted = [_host(each) for each in hosts.replace(",", " ").split()]
        with running.connection() as connection, own_boards(connection, reader.principal) as boards:
            boards.set_page_hosts(wanted)
    except ReportError as error:
        return _edit(request, reader, running, error)
    return _to_edit()


def _edit(request: Request, reader: Reader, running: Service, error: ReportError | None = None) -> Response:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        begin(boards, reader)
        views = [(view, boards.tiles("view", view.view_id)) for view in boards.views()]
        dock, hosts, transition = boards.tiles("dock"), boards.page_hosts(), boards.transition()
    text = translator(language_of(request))
    return page(
        request,
        "wallboard_edit.html",
        title_of=lambda tile: tile.title or text(own_title(tile)),
        status=400 if error else 200,
        tenant=reader.tenant.name,
        message=sentence(error, language_of(request)) if error else "",
        views=views,
        dock=dock,
        hosts=hosts,
        transition=transition,
        may_change_hosts=reader.principal.may(Action.MANAGE_ORGANISATION),
        has_now=may_see_now(reader.principal),
    )


def _to_edit() -> Response:
    return RedirectResponse("/wallboard/edit", 303)


def _title(given: str) -> str:
    title = given.strip().replace("\x00", "")
    return title or "…"


def _address(given: str, boards: OwnBoards) -> str | None:
    """Raises PageNotAllowedError for a page that the tenant's wallboards may not show."""
    given = given.strip()
    if not given:
        return None
    hosts = boards.page_hosts()
    if not _is_allowed(given, hosts):
        raise PageNotAllowedError(
            _("That page may not be shown; it begins with https:// and is of one of: {hosts}."),
            hosts=", ".join(hosts) or "–",
        )
    return given


def _is_allowed(address: str | None, hosts: list[str]) -> bool:
    """Whether a page is of an allowed host; hosts go from the list, and their pages with them."""
    if address is None or any(letter.isspace() or not letter.isprintable() for letter in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and parts.netloc.lower() in hosts


def _host(text: str) -> str:
    """Raises InvalidHostError; "https://example.org/" is taken for the host that it names."""
    text = text.strip().lower().removeprefix("https://").rstrip("/")
    name, _separator, port = text.partition(":")
    letters = name.replace("-", "").replace(".", "")
    is_name = name[:1].isalnum() and name[-1:].isalnum() and letters.isalnum() and name.isascii()
    if not is_name or len(name) > 250 or (port and not (port.isascii() and port.isdigit() and len(port) < 6)):
        raise InvalidHostError(_('"{text}" is no host; write it as www.example.org.'), text=text)
    return text.rstrip(":")
