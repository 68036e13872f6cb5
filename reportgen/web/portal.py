"""The portal: signing in, the list of reports, and a report on screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.access.roles import Action
from reportgen.catalogue.parts import (
    Filter,
    NameFilter,
    Report,
    ThresholdFilter,
    TimeOfDayFilter,
    ValueFilter,
    WeekdayFilter,
)
from reportgen.compile.period import READY_MADE, Period, ready_made
from reportgen.compile.selection import WEEKDAYS, one_value
from reportgen.errors import ReportError
from reportgen.render.html_page import Shown, shown_result
from reportgen.run import answer, choices
from reportgen.texts import Language, _, translator
from reportgen.units import Writer
from reportgen.web.api import ask, filters_of, kept
from reportgen.web.pages import LANGUAGE_COOKIE, language_of, page, set_cookie
from reportgen.web.problems import sentence
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf

router = APIRouter()

DEFAULT_PERIOD = "last-week"
ROWS_PER_PAGE = 50
LANGUAGE_SECONDS = 365 * 24 * 3600
PLACEHOLDERS = {"RangeFilter": "60..300", "TimeOfDayFilter": "09:00-17:30", "NumberFilter": "020*"}


@dataclass(frozen=True, slots=True)
class Field:
    """One filter in the form."""

    name: str
    title: str
    kind: str
    """"choice", "days", "seconds" or "text"."""
    options: Sequence[tuple[str, str]]
    """Values with their labels: all there are, or suggestions for a text."""
    given: Sequence[str]
    placeholder: str


@router.get("/")
def home() -> Response:
    return RedirectResponse("/reports", 303)


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
def list_page(request: Request, reader: ReaderOf) -> Response:
    text = translator(language_of(request))
    folders: dict[str, list[tuple[str, str]]] = {}
    for report in reader.reports():
        folders.setdefault(text(report.folder.value), []).append((report.slug, text(report.title)))
    return page(
        request,
        "reports.html",
        tenant=reader.tenant.name,
        folders=folders,
        may_read_audit_trail=reader.principal.may(Action.READ_AUDIT_TRAIL),
    )


@router.get("/reports/{slug}")
def report_page(slug: str, request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    """A report with the form that asks for it; a mistake in the form is told above it."""
    report, language = reader.report(slug), language_of(request)
    tenant = reader.tenant
    writer = Writer(language, tenant.time_zone, tenant.region)
    asked = _asked(request)
    number = _page_number(asked)
    message, shown, shown_period = "", None, ready_made("today", tenant.time_zone, running.clock())
    try:
        shown, shown_period = _run(request, reader, running, writer, report, asked, number)
    except ReportError as error:
        message = sentence(error, language)
    with running.connection() as connection:
        listed = choices(connection, report, tenant, shown_period)
    query = urlencode([(name, value) for name, value in _kept(request, asked)])
    return page(
        request,
        "report.html",
        status=400 if message else 200,
        tenant=tenant.name,
        report=report,
        title=writer.text(report.title),
        message=message,
        shown=shown,
        with_heading=False,
        periods={name: writer.text(title) for name, (title, _days) in READY_MADE.items()},
        asked=asked,
        days=(shown_period.first_day.isoformat(), shown_period.last_day.isoformat()),
        fields=_fields(report, listed, request, writer),
        query=query,
        number=number,
        more=report.is_list and shown is not None and len(shown.rows) == ROWS_PER_PAGE,
    )


def _run(
    request: Request,
    reader: Reader,
    running: Service,
    writer: Writer,
    report: Report,
    asked: Mapping[str, str],
    number: int,
) -> tuple[Shown, Period]:
    question = ask(
        reader,
        running,
        report.slug,
        period=asked.get("period") or None,
        first=asked.get("from") or None,
        last=asked.get("to") or None,
        filters=filters_of(request),
        limit=ROWS_PER_PAGE if report.is_list else None,
        offset=(number - 1) * ROWS_PER_PAGE if report.is_list else 0,
    )
    with (
        kept(running, reader, question, "screen") as tally,
        running.connection() as connection,
        answer(connection, question, now=running.clock(), made_by=reader.name, tally=tally) as result,
    ):
        return shown_result(result, writer), question.period


def _asked(request: Request) -> dict[str, str]:
    """The form's fields. The dates count only where no named period is chosen; at first one is."""
    asked = dict(request.query_params)
    if not asked.get("from"):
        asked.setdefault("period", DEFAULT_PERIOD)
    if asked.get("period"):
        asked.pop("from", None)
        asked.pop("to", None)
    return asked


def _page_number(asked: Mapping[str, str]) -> int:
    number = asked.get("page", "1")
    return (
        min(int(number), 10**6)
        if number.isascii() and number.isdigit() and len(number) < 8 and int(number)
        else 1
    )


def _kept(request: Request, asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the downloads and the next page ask for again."""
    kept = [(name, asked[name]) for name in ("period", "from", "to") if asked.get(name)]
    kept += [(name, value) for name, values in filters_of(request).items() for value in values]
    return [*kept, ("language", language_of(request).value)]


def _fields(
    report: Report, listed: Mapping[str, list[tuple[str, str]]], request: Request, writer: Writer
) -> list[Field]:
    given = filters_of(request)
    return [
        _field(filter_, listed.get(name, []), given.get(name, []), writer)
        for name, filter_ in report.filters.items()
    ]


def _field(filter_: Filter, listed: list[tuple[str, str]], given: list[str], writer: Writer) -> Field:
    options: list[tuple[str, str]] = listed
    kind = "text"
    match filter_:
        case ValueFilter(unit=unit) if unit.words is not None:
            kind, options = "choice", [(word, writer.text(title)) for word, title in unit.words.items()]
        case NameFilter():
            kind, options = "choice", [(one_value(name), name) for name, _code in listed]
        case WeekdayFilter():
            kind, options = (
                "days",
                [(day, writer.text(title)) for day, title in zip(WEEKDAYS, _DAYS, strict=True)],
            )
        case TimeOfDayFilter() | ThresholdFilter():
            kind = "text"
    placeholder = PLACEHOLDERS.get(type(filter_).__name__, "")
    return Field(filter_.name, writer.text(filter_.title), kind, options, given, placeholder)


_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
