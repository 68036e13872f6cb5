"""Saved reports: kept, opened, changed, shared and deleted, by programs and in the portal."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from reportgen import saved as store
from reportgen.asked import Asked
from reportgen.compile.selection import can_be_sent
from reportgen.errors import ReportError
from reportgen.render.outputs import Output
from reportgen.saved import SavedReport
from reportgen.texts import Language, _
from reportgen.units import Flavour
from reportgen.web import models
from reportgen.web.administration import MayChange
from reportgen.web.asking import PageOf, ask, asked_of_pairs
from reportgen.web.described import PROBLEMS, ROWS
from reportgen.web.giving import stream
from reportgen.web.models import SavedIn, SavedOut
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf
from reportgen.web.sign_in import FromHere, OwnForm

api = APIRouter(prefix="/api/v1/saved-reports", tags=["saved reports"], responses=PROBLEMS)
portal = APIRouter()

LONGEST_QUERY = 100_000
Name = Annotated[str, Form(max_length=120)]
Query = Annotated[str, Form(max_length=LONGEST_QUERY)]


@api.get("")
def list_saved(reader: ReaderOf, running: ServiceOf) -> list[SavedOut]:
    """The reader's own, and those that others of the tenant share."""
    with running.connection() as connection:
        return [_out(each) for each in store.saved_reports(connection, reader.principal)]


@api.post("", status_code=201, dependencies=[MayChange])
def create_saved(body: SavedIn, response: Response, reader: ReaderOf, running: ServiceOf) -> SavedOut:
    """Keeps a report under a name. It is checked as if it were run now."""
    ask(reader, running, body.report, body.asked())
    with running.connection() as connection:
        made = store.save(
            connection, reader.principal, _named(body.name), body.report, body.asked(), shared=body.shared
        )
        response.headers["Location"] = f"{api.prefix}/{made}"
        return _out(store.find_saved(connection, reader.principal, made))


@api.get("/{saved_id}.{form}", response_class=StreamingResponse, responses=ROWS)
def download_saved(
    saved_id: UUID,
    form: models.Form,
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    page: PageOf,
    language: Language | None = None,
    flavour: Flavour = "spreadsheet",
) -> Response:
    """Runs a saved report, with the rights of whoever asks."""
    saved = _find(running, reader, saved_id)
    question = page.of(ask(reader, running, saved.report, saved.asked))
    return stream(request, running, reader, question, language, Output(form, flavour))


@api.get("/{saved_id}")
def get_saved(saved_id: UUID, reader: ReaderOf, running: ServiceOf) -> SavedOut:
    """One saved report."""
    return _out(_find(running, reader, saved_id))


@api.put("/{saved_id}", dependencies=[MayChange])
def change_saved(saved_id: UUID, body: SavedIn, reader: ReaderOf, running: ServiceOf) -> SavedOut:
    """Changes a saved report of one's own; an administrator also those that are shared. The report stays."""
    saved = _find(running, reader, saved_id)
    ask(reader, running, saved.report, body.asked())
    with running.connection() as connection:
        store.change(connection, reader.principal, saved, _named(body.name), body.asked(), shared=body.shared)
    # As administrator one may have ended what made it visible.
    return _out(_find(running, reader, saved_id)) if saved.own or body.shared else _out(saved)


@api.delete("/{saved_id}", status_code=204, dependencies=[MayChange])
def delete_saved(saved_id: UUID, reader: ReaderOf, running: ServiceOf) -> None:
    """Deletes a saved report of one's own; an administrator also those that are shared."""
    saved = _find(running, reader, saved_id)
    with running.connection() as connection:
        store.delete(connection, reader.principal, saved)


@portal.get("/saved/{saved_id}")
def open_saved(saved_id: str, reader: ReaderOf, running: ServiceOf) -> Response:
    saved = _find(running, reader, saved_id)
    return RedirectResponse(address_of_saved(saved), 303)


@portal.post("/saved", dependencies=[FromHere, OwnForm])
def save_from_page(
    reader: ReaderOf,
    running: ServiceOf,
    report: Name,
    query: Query,
    name: Name = "",
    shared: Annotated[bool, Form()] = False,
) -> Response:
    """Keeps the report that is on the screen."""
    asked = _of_page(reader, running, report, query)
    with running.connection() as connection:
        made = store.save(connection, reader.principal, _named(name), report, asked, shared=shared)
    return RedirectResponse(f"/saved/{made}", 303)


@portal.post("/saved/{saved_id}", dependencies=[FromHere, OwnForm])
def change_from_page(
    saved_id: str,
    reader: ReaderOf,
    running: ServiceOf,
    query: Query,
    name: Name = "",
    shared: Annotated[bool, Form()] = False,
) -> Response:
    """What is on the screen takes the place of what was saved."""
    saved = _find(running, reader, saved_id)
    asked = _of_page(reader, running, saved.report, query)
    with running.connection() as connection:
        store.change(connection, reader.principal, saved, _named(name), asked, shared=shared)
    return RedirectResponse(f"/saved/{saved_id}" if saved.own or shared else "/reports", 303)


@portal.post("/saved/{saved_id}/delete", dependencies=[FromHere, OwnForm])
def delete_from_page(saved_id: str, reader: ReaderOf, running: ServiceOf) -> Response:
    saved = _find(running, reader, saved_id)
    with running.connection() as connection:
        store.delete(connection, reader.principal, saved)
    return RedirectResponse("/reports", 303)


def address_of_saved(saved: SavedReport) -> str:
    """Of the report on screen, as it was saved."""
    words = [*saved.asked.as_query(), ("saved", str(saved.saved_report_id))]
    return f"/reports/{saved.report}?{urlencode(words)}"


class NamelessError(ReportError):
    """A report is to be saved without a name that can be kept."""

    code = "nameless"


def _named(name: str) -> str:
    if not name.strip():
        raise NamelessError(_("Give the saved report a name."))
    if not can_be_sent(name):
        raise NamelessError(_("The name of the saved report has a character that is not allowed."))
    return name.strip()


def _of_page(reader: Reader, running: Service, report: str, query: str) -> Asked:
    asked = asked_of_pairs(parse_qsl(query))
    ask(reader, running, report, asked)
    return asked


def _find(running: Service, reader: Reader, saved_id: str | UUID) -> SavedReport:
    with running.connection() as connection:
        return store.find_saved(connection, reader.principal, saved_id)


def _out(saved: SavedReport) -> SavedOut:
    values: dict[str, Any] = {
        name: getattr(saved, name) for name in ("name", "report", "shared", "owner", "own", "changed_at")
    }
    return SavedOut(id=saved.saved_report_id, asked=saved.asked.as_json(), **values)
