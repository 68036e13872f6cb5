"""Reports made in the background: asked for, watched, cancelled, fetched, by programs and in the portal."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse

from reportgen.asked import Asked
from reportgen.background import queue
from reportgen.background.queue import Run
from reportgen.catalogue import find_report
from reportgen.errors import ResultGoneError, UnfinishedRunError
from reportgen.render.outputs import MEDIA_TYPES, Output
from reportgen.run import Question
from reportgen.texts import Language, translator
from reportgen.units import Writer
from reportgen.web import models
from reportgen.web.administration import MayChange
from reportgen.web.asking import ask, asked_of_pairs
from reportgen.web.described import PROBLEMS, Responses
from reportgen.web.giving import writer_of
from reportgen.web.models import RunOut, RunRequest
from reportgen.web.pages import language_of, page
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf
from reportgen.web.sign_in import FromHere, OwnForm

api = APIRouter(prefix="/api/v1/runs", tags=["runs"], responses=PROBLEMS)
portal = APIRouter()

ACCEPTED: Responses = {
    202: {
        "model": RunOut,
        "description": "It is being made; `Location` is where to ask how far it is.",
        "headers": {"Location": {"schema": {"type": "string"}, "description": "/api/v1/runs/{run_id}"}},
    }
}
SECONDS_BETWEEN_LOOKS = 2


@api.get("")
def list_runs(reader: ReaderOf, running: ServiceOf) -> list[RunOut]:
    """The reader's own, newest first."""
    with running.connection() as connection:
        return [_out(run) for run in queue.runs_of(connection, reader.principal)]


@api.post("", status_code=202, dependencies=[MayChange], response_class=JSONResponse, responses=ACCEPTED)
def create_run(body: RunRequest, reader: ReaderOf, running: ServiceOf) -> Response:
    """Has a report made in the background, as a file of all its rows."""
    question = ask(reader, running, body.report, body.asked())
    return accepted(reader, running, question, body.asked(), Output(body.form, body.flavour), body.language)


@api.get("/{run_id}")
def get_run(run_id: UUID, response: Response, reader: ReaderOf, running: ServiceOf) -> RunOut:
    """How far it is."""
    run = _find(running, reader, run_id)
    if run.is_open:
        response.headers["Retry-After"] = str(SECONDS_BETWEEN_LOOKS)
    return _out(run)


@api.get("/{run_id}/result", response_class=FileResponse)
def get_result(run_id: UUID, reader: ReaderOf, running: ServiceOf) -> Response:
    """The file; 409 while there is none, 410 when it is gone."""
    return _file(running, reader, run_id)


@api.delete("/{run_id}", status_code=204, dependencies=[MayChange])
def delete_run(run_id: UUID, reader: ReaderOf, running: ServiceOf) -> None:
    """Cancels what is being made; what is done is removed with its file."""
    _end(running, reader, _find(running, reader, run_id))


@portal.get("/runs")
def runs_page(request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    """All that the reader has had made."""
    with running.connection() as connection:
        runs = queue.runs_of(connection, reader.principal)
    return _page(request, "runs.html", reader, runs=[_shown(run, request, reader) for run in runs])


@portal.post("/runs", dependencies=[FromHere, OwnForm])
def make_from_page(
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    report: Annotated[str, Form(max_length=120)],
    query: Annotated[str, Form(max_length=100_000)],
    form: Annotated[models.Form, Form()],
) -> Response:
    """Has the report that is on the screen made in the background."""
    asked = asked_of_pairs(parse_qsl(query))
    question = ask(reader, running, report, asked)
    run_id = _request(reader, running, question, asked, Output(form), language_of(request))
    return RedirectResponse(f"/runs/{run_id}", 303)


@portal.get("/runs/{run_id}")
def run_page(run_id: str, request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    """How far it is; the page looks again by itself until it is done."""
    run = _find(running, reader, run_id)
    seconds = SECONDS_BETWEEN_LOOKS if run.is_open else None
    return _page(request, "run.html", reader, run=_shown(run, request, reader), seconds=seconds)


@portal.post("/runs/{run_id}/cancel", dependencies=[FromHere, OwnForm])
def cancel_from_page(run_id: str, reader: ReaderOf, running: ServiceOf) -> Response:
    run = _find(running, reader, run_id)
    _end(running, reader, run)
    return RedirectResponse(f"/runs/{run_id}" if run.is_open else "/runs", 303)


def accepted(
    reader: Reader,
    running: Service,
    question: Question,
    asked: Asked,
    output: Output,
    language: Language | None,
) -> Response:
    """202, with where to look."""
    run_id = _request(reader, running, question, asked, output, language or Language(reader.tenant.language))
    out = _out(_find(running, reader, run_id))
    headers = {"Location": f"{api.prefix}/{run_id}", "Retry-After": str(SECONDS_BETWEEN_LOOKS)}
    return JSONResponse(out.model_dump(mode="json"), 202, headers)


def _request(
    reader: Reader, running: Service, question: Question, asked: Asked, output: Output, language: Language
) -> UUID:
    with running.connection() as connection:
        run_id = queue.request_run(
            connection, reader.principal, question, asked, output, language, address=reader.address
        )
    running.makers.wake()
    return run_id


def _find(running: Service, reader: Reader, run_id: str | UUID) -> Run:
    with running.connection() as connection:
        run = queue.find_run(connection, reader.principal, run_id)
    # What no longer exists for the reader is not given out either.
    reader.report(run.report)
    return run


def _end(running: Service, reader: Reader, run: Run) -> None:
    with running.connection() as connection:
        (queue.cancel_run if run.is_open else queue.delete_run)(connection, reader.principal, run)
    running.results.remove(run.run_id)


def _file(running: Service, reader: Reader, run_id: UUID) -> FileResponse:
    run = _find(running, reader, run_id)
    if run.state != "done":
        raise UnfinishedRunError
    path = running.results.path(run.run_id)
    if not path.is_file():
        raise ResultGoneError
    name = f"{run.report}_{run.asked.first_day}_{run.asked.last_day}.{run.output.form}"
    return FileResponse(path, media_type=MEDIA_TYPES[run.output.form], filename=name)


def _out(run: Run) -> RunOut:
    return RunOut(
        id=run.run_id,
        form=run.output.form,
        problem=_problem(run, Language.ENGLISH),
        result=f"{api.prefix}/{run.run_id}/result" if run.state == "done" else None,
        **{
            name: getattr(run, name)
            for name in (
                *("report", "state", "rows_done", "rows_total"),
                *("created_at", "finished_at", "expires_at", "size_bytes"),
            )
        },
    )


def _problem(run: Run, language: Language) -> str | None:
    return run.problem and translator(language)(run.problem, **run.problem_values)


def _page(request: Request, template: str, reader: Reader, **context: Any) -> Response:
    return page(request, template, tenant=reader.tenant.name, **context)


def _shown(run: Run, request: Request, reader: Reader) -> dict[str, Any]:
    """What the pages tell of a run."""
    writer = writer_of(reader, language_of(request))
    done = writer.count(run.rows_done)
    return {
        "id": run.run_id,
        "title": writer.text(find_report(run.report).title),
        "form": run.output.form.upper(),
        "period": _days(run, writer),
        "created": writer.minute(run.created_at),
        "expires": writer.minute(run.expires_at),
        "state": run.state,
        "is_open": run.is_open,
        "rows": done,
        "rows_total": writer.count(run.rows_total) if run.rows_total else "",
        "share": min(100, 100 * run.rows_done // run.rows_total) if run.rows_total else None,
        "size": _size(run.size_bytes, writer),
        "problem": _problem(run, writer.language),
    }


def _days(run: Run, writer: Writer) -> str:
    first, last = (
        writer.day(date.fromisoformat(day)) for day in (run.asked.first_day, run.asked.last_day) if day
    )
    return first if first == last else f"{first} – {last}"


def _size(size: int | None, writer: Writer) -> str:
    return "" if size is None else f"{writer.count(max(1, round(size / 1000)))} kB"
