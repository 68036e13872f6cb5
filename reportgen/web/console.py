"""My Console: what a user sees of his or her own calls, made for a telephone's screen."""

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response

from reportgen.asked import Asked
from reportgen.errors import ForbiddenError
from reportgen.render.document import Document, document
from reportgen.run import Result, answer
from reportgen.units import Writer
from reportgen.web.asking import ask
from reportgen.web.giving import kept
from reportgen.web.pages import language_of, page
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf

router = APIRouter(prefix="/my")

FIGURES = "extension-activity"
HISTORY = "calls-by-extension"
COLUMNS = ("started_at", "call_type", "number", "duration", "outcome")
"""Of the history: what fits on a telephone's screen."""
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Calls:
    """A list of own calls, the newest first."""

    headings: list[str]
    rows: list[list[str]]


@router.get("")
def console(request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    """Own figures of today and this week, the latest calls and those that were missed.

    Raises:
        ForbiddenError: the reader is nobody's own account.
    """
    if reader.principal.person_id is None:
        raise ForbiddenError
    writer = Writer(language_of(request), reader.tenant.time_zone, reader.tenant.region)
    return page(
        request,
        "my.html",
        tenant=reader.tenant.name,
        today=_figures(reader, running, writer, "today"),
        week=_figures(reader, running, writer, "this-week"),
        missed=_calls(reader, running, writer, missed=True),
        latest=_calls(reader, running, writer, missed=False),
        history=HISTORY,
    )


def _figures(reader: Reader, running: Service, writer: Writer, period: str) -> Document:
    question = ask(reader, running, FIGURES, Asked(period))
    with (
        kept(running, reader, question, "screen") as tally,
        running.connection() as connection,
        answer(connection, question, now=running.clock(), made_by=reader.name, tally=tally) as result,
    ):
        return document(result, writer)


def _calls(reader: Reader, running: Service, writer: Writer, *, missed: bool) -> Calls:
    asked = Asked(
        "this-week",
        filters={"outcome": ["missed"]} if missed else {},
        columns=COLUMNS,
        sort=("-started_at",),
    )
    question = replace(ask(reader, running, HISTORY, asked), limit=MOST_SHOWN)
    with (
        kept(running, reader, question, "screen") as tally,
        running.connection() as connection,
        answer(connection, question, now=running.clock(), made_by=reader.name, tally=tally) as result,
    ):
        return _written(result, writer)


def _written(result: Result, writer: Writer) -> Calls:
    units = [column.unit for column in result.columns]
    return Calls(
        [writer.text(column.title) for column in result.columns],
        [[writer.write(unit, value) for unit, value in zip(units, row, strict=True)] for row in result.rows],
    )
