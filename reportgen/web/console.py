"""My Console: what a user sees of his or her own calls, made for a telephone's screen."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from reportgen.errors import ForbiddenError
from reportgen.render.document import Document, document
from reportgen.run import Result, answer
from reportgen.units import Writer
from reportgen.web.api import ask, kept
from reportgen.web.pages import language_of, page
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf

router = APIRouter(prefix="/my")

FIGURES = "extension-activity"
HISTORY = "calls-by-extension"
COLUMNS = ("started_at", "call_type", "number", "duration", "outcome")
"""Of the history: what fits on a telephone's screen."""
MOST_READ = 2000
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
    question = ask(reader, running, FIGURES, period=period, first=None, last=None, filters={})
    with (
        kept(running, reader, question, "screen") as tally,
        running.connection() as connection,
        answer(connection, question, now=running.clock(), made_by=reader.name, tally=tally) as result,
    ):
        return document(result, writer)


def _calls(reader: Reader, running: Service, writer: Writer, *, missed: bool) -> Calls:
    filters = {"outcome": ["missed"]} if missed else {}
    question = ask(
        reader, running, HISTORY, period="this-week", first=None, last=None, filters=filters, limit=MOST_READ
    )
    with (
        kept(running, reader, question, "screen") as tally,
        running.connection() as connection,
        answer(connection, question, now=running.clock(), made_by=reader.name, tally=tally) as result,
    ):
        return _newest(result, writer)


def _newest(result: Result, writer: Writer) -> Calls:
    names = [column.name for column in result.columns]
    places = [names.index(name) for name in COLUMNS]
    units = [result.columns[place].unit for place in places]
    rows = sorted(result.rows, key=lambda row: row[places[0]], reverse=True)[:MOST_SHOWN]
    return Calls(
        [writer.text(result.columns[place].title) for place in places],
        [[writer.write(unit, row[place]) for unit, place in zip(units, places, strict=True)] for row in rows],
    )
