"""A report on screen: its form, its table, and the rows behind each of its figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from reportgen.asked import Asked
from reportgen.catalogue.parts import Report
from reportgen.compile.arrangement import columns_of
from reportgen.compile.drill import write_key
from reportgen.compile.period import READY_MADE, Period, ready_made
from reportgen.errors import ReportError, ReportTooLongError
from reportgen.render.html_page import Link, Shown, shown_result
from reportgen.run import Question, answer, choices
from reportgen.saved import SavedReport, find_saved, may_change
from reportgen.units import Writer
from reportgen.web.addresses import Sorting, changed, page_number, paging, sortings
from reportgen.web.asking import AskedOf, ask, ask_details
from reportgen.web.fields import fields_of
from reportgen.web.giving import kept, writer_of
from reportgen.web.pages import language_of, page
from reportgen.web.problems import sentence
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf

router = APIRouter()

DEFAULT_PERIOD = "last-week"
ROWS_PER_PAGE = 100
SECONDS_TO_WAIT = 20
"""What takes longer than that is offered as a file."""
MOST_ROWS_AT_ONCE = 10_000
"""Files of more rows are made in the background."""


@dataclass(frozen=True, slots=True)
class OnScreen:
    """An answer with what can be done with it."""

    shown: Shown
    period: Period
    rows: int | None
    sortings: list[Sorting]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column in the form."""

    name: str
    title: str
    chosen: bool


@router.get("/reports/{slug}")
def report_page(
    slug: str, request: Request, reader: ReaderOf, running: ServiceOf, asked: AskedOf, saved: str = ""
) -> Response:
    """A report with the form that asks for it; a mistake in the form is told above it."""
    report = reader.report(slug)
    writer = writer_of(reader, language_of(request))
    asked = _readable(asked, report)
    kept_as = _saved(running, reader, saved, report) if saved else None
    message, too_long, on_screen = "", False, None
    period = ready_made("today", reader.tenant.time_zone, running.clock())
    query = urlencode(asked.as_query())
    try:
        question = ask(reader, running, slug, asked)
        period = question.period
        number = page_number(request)
        on_screen = _on_screen(
            request, reader, running, writer, question, number, _opener(slug, asked, request)
        )
    except ReportError as error:
        message = sentence(error, writer.language)
        too_long = isinstance(error, ReportTooLongError)
    with running.connection() as connection:
        listed = choices(connection, report, reader.tenant, period)
    return page(
        request,
        "report.html",
        status=400 if message else 200,
        tenant=reader.tenant.name,
        report=report,
        title=writer.text(report.title),
        message=message,
        too_long=too_long,
        shown=on_screen and on_screen.shown,
        sortings=on_screen.sortings if on_screen else [],
        paging=on_screen and paging(request, page_number(request), on_screen.rows, ROWS_PER_PAGE),
        large=too_long or (on_screen is not None and (on_screen.rows or 0) > MOST_ROWS_AT_ONCE),
        with_heading=False,
        periods={name: writer.text(title) for name, (title, _days) in READY_MADE.items()},
        asked=asked,
        days=(period.first_day.isoformat(), period.last_day.isoformat()),
        fields=fields_of(report, listed, asked.filters, writer),
        columns=_column_choices(report, asked, writer),
        saved=kept_as,
        may_change=kept_as is not None and may_change(reader.principal, kept_as),
        may_save=reader.principal.account_id is not None,
        query=query,
    )


@router.get("/reports/{slug}/details")
def details_page(
    slug: str,
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    asked: AskedOf,
    figure: str = "",
    key: Annotated[str, Query(max_length=4000)] = "",
    back: Annotated[str, Query(max_length=20_000)] = "",
) -> Response:
    """Exactly the rows that a figure of a report is made of, with the way back to the report."""
    report, writer = reader.report(slug), writer_of(reader, language_of(request))
    question = ask_details(reader, running, slug, asked, figure, key)
    on_screen = _on_screen(request, reader, running, writer, question, page_number(request), None)
    figures = {each.name: each for each in (*report.summary, *report.figures)}
    query = [*asked.as_query(), ("figure", figure), *([("key", key)] if key else [])]
    return page(
        request,
        "details.html",
        tenant=reader.tenant.name,
        slug=slug,
        title=writer.text(report.title),
        figure=writer.text(figures[figure].title),
        counted=writer.text(report.subject.title),
        rows=writer.count(on_screen.rows or 0),
        shown=on_screen.shown,
        sortings=on_screen.sortings,
        paging=paging(request, page_number(request), on_screen.rows, ROWS_PER_PAGE),
        with_heading=False,
        query=urlencode([*query, ("language", writer.language.value)]),
        back=f"/reports/{slug}?{back}",
    )


def _on_screen(
    request: Request,
    reader: Reader,
    running: Service,
    writer: Writer,
    question: Question,
    number: int,
    link: Link | None,
) -> OnScreen:
    asked_for = replace(
        question,
        limit=ROWS_PER_PAGE,
        offset=(number - 1) * ROWS_PER_PAGE,
        with_keys=link is not None and not question.report.is_list,
    )
    with (
        kept(running, reader, asked_for, "screen") as tally,
        running.connection() as connection,
        answer(
            connection,
            asked_for,
            now=running.clock(),
            made_by=reader.name,
            seconds=SECONDS_TO_WAIT,
            tally=tally,
        ) as result,
    ):
        shown = shown_result(result, writer, link=link)
        sort = [f"-{each.name}" if each.falling else each.name for each in question.arrangement.sort]
        return OnScreen(shown, question.period, tally.row_count, sortings(request, result.columns, sort))


def _opener(slug: str, asked: Asked, request: Request) -> Link:
    """Gives the address of the rows behind a figure."""
    words = replace(asked, columns=(), sort=()).as_query()
    back = changed(request).partition("?")[2]

    def link(figure: str, key: Mapping[str, str | None] | None) -> str:
        of = [("key", write_key(key))] if key is not None else []
        return f"/reports/{slug}/details?{urlencode([*words, ('figure', figure), *of, ('back', back)])}"

    return link


def _readable(asked: Asked, report: Report) -> Asked:
    """As the form means it: dates count where no period is named, an order by a hidden column never."""
    if not asked.first_day and not asked.period:
        asked = replace(asked, period=DEFAULT_PERIOD)
    if asked.period:
        asked = replace(asked, first_day=None, last_day=None)
    if asked.columns:
        hidden = {each.name for each in columns_of(report)} - set(asked.columns)
        asked = replace(asked, sort=[text for text in asked.sort if text.removeprefix("-") not in hidden])
    return asked


def _column_choices(report: Report, asked: Asked, writer: Writer) -> list[ColumnChoice]:
    """Those that are shown come first, in their order."""
    known = {each.name: each for each in columns_of(report)}
    chosen = [name for name in asked.columns if name in known] or list(known)
    return [
        ColumnChoice(name, writer.text(known[name].title), name in chosen)
        for name in dict.fromkeys((*chosen, *known))
    ]


def _saved(running: Service, reader: Reader, saved: str, report: Report) -> SavedReport | None:
    with running.connection() as connection:
        found = find_saved(connection, reader.principal, saved)
    return found if found.report == report.slug else None
