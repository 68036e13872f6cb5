"""The API: what reports there are, and their answers in every form."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from reportgen.catalogue.parts import Report
from reportgen.compile.arrangement import columns_of
from reportgen.compile.period import READY_MADE
from reportgen.render.outputs import Output
from reportgen.texts import Language, translator
from reportgen.units import Flavour
from reportgen.web.asking import AskedOf, PageOf, ask, ask_details
from reportgen.web.described import PROBLEMS, ROWS, UNCHANGED
from reportgen.web.giving import stream
from reportgen.web.models import FigureOut, FilterOut, Form, ReportDetailOut, ReportOut, RunIn
from reportgen.web.runs import ACCEPTED, accepted
from reportgen.web.service import ReaderOf, ServiceOf
from reportgen.web.tags import tagged

router = APIRouter(prefix="/api/v1", tags=["reports"], responses=PROBLEMS)


@router.get("/reports", response_model=list[ReportOut], responses=UNCHANGED)
def list_reports(request: Request, reader: ReaderOf, language: Language | None = None) -> Response:
    """All reports that exist for the reader, in the catalogue's order."""
    text = translator(language or Language(reader.tenant.language))
    return tagged(request, [ReportOut(**_named(report, text)) for report in reader.reports()])


@router.get("/reports/{slug}/details.{form}", response_class=StreamingResponse, responses=ROWS | UNCHANGED)
def download_details(
    slug: str,
    form: Form,
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    asked: AskedOf,
    page: PageOf,
    figure: Annotated[str, Query(description="Name of a figure of the report.", examples=["missed"])],
    key: Annotated[
        str,
        Query(
            description="The `key` of a row, as JSON; without it the figure over everything.",
            examples=['{"extension":"201"}'],
            max_length=4000,
        ),
    ] = "",
    language: Language | None = None,
    flavour: Flavour = "spreadsheet",
) -> Response:
    """Exactly the rows that a figure is made of; `columns` and `sort` are those of the rows."""
    question = page.of(ask_details(reader, running, slug, asked, figure, key))
    return stream(request, running, reader, question, language, Output(form, flavour))


@router.get("/reports/{slug}.{form}", response_class=StreamingResponse, responses=ROWS | UNCHANGED)
def download_report(
    slug: str,
    form: Form,
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    asked: AskedOf,
    page: PageOf,
    keys: Annotated[bool, Query(description="Of JSON: each row of groups has its `key`.")] = False,
    language: Language | None = None,
    flavour: Flavour = "spreadsheet",
) -> Response:
    """A report as a file. Filters are parameters by their own names: `extension=201&extension=202`."""
    question = replace(page.of(ask(reader, running, slug, asked)), with_keys=keys and form == "json")
    return stream(request, running, reader, question, language, Output(form, flavour))


@router.get("/reports/{slug}", response_model=ReportDetailOut, responses=UNCHANGED)
def describe_report(
    slug: str, request: Request, reader: ReaderOf, language: Language | None = None
) -> Response:
    """What a report shows, with definitions, and what it can be filtered on."""
    report, text = reader.report(slug), translator(language or Language(reader.tenant.language))
    detail = ReportDetailOut(
        **_named(report, text),
        summary=[_figure(each, text) for each in report.summary],
        columns=[_figure(each, text) for each in columns_of(report)],
        filters=[
            FilterOut(name=name, title=text(each.title), values=_closed_list(each))
            for name, each in report.filters.items()
        ],
        periods=list(READY_MADE),
    )
    return tagged(request, detail)


@router.post("/reports/{slug}/run", response_class=StreamingResponse, responses=ROWS | ACCEPTED)
def run_report(
    slug: str,
    body: RunIn,
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    wait: Annotated[bool, Query(description="0: make it in the background, as a file of all rows.")] = True,
) -> Response:
    """Runs a report and answers with its summary, totals and rows as JSON."""
    question = ask(reader, running, slug, body.asked())
    if not wait:
        return accepted(reader, running, question, body.asked(), Output("json"), body.language)
    question = replace(question, limit=body.limit, offset=body.offset, with_keys=body.keys)
    return stream(request, running, reader, question, body.language, Output("json"))


def _named(report: Report, text: Any) -> dict[str, str]:
    return {
        "slug": report.slug,
        "section": report.section,
        "folder": text(report.folder.value),
        "title": text(report.title),
    }


def _figure(each: Any, text: Any) -> FigureOut:
    return FigureOut(
        name=each.name,
        title=text(each.title),
        unit=each.unit.name,
        definition=text(each.means) if each.means else "",
    )


def _closed_list(each: Any) -> list[str] | None:
    words = getattr(getattr(each, "unit", None), "words", None)
    return list(words) if words else None
