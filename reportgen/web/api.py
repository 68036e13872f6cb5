"""The API: what reports there are, and their answers in every form."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from reportgen.access.audit import record_report, run_details
from reportgen.catalogue.parts import Report
from reportgen.compile import read_selections
from reportgen.compile.period import READY_MADE, choose_period
from reportgen.render.outputs import MEDIA_TYPES, Output, blocks
from reportgen.run import Question, Tally
from reportgen.texts import Language, translator
from reportgen.units import Flavour, Writer
from reportgen.web.health import REPORT_SECONDS, REPORTS
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf

router = APIRouter(prefix="/api/v1", tags=["reports"])

NOT_FILTERS = frozenset({"from", "to", "period", "language", "flavour", "limit", "offset", "page"})
MOST_ROWS = 10_000
Form = Literal["pdf", "csv", "json", "xlsx", "html"]


class FigureOut(BaseModel):
    """A figure or column of a report."""

    name: str
    title: str
    unit: str
    definition: str


class FilterOut(BaseModel):
    """Something that a report can be filtered on."""

    name: str
    title: str
    values: list[str] | None = Field(description="The values that there are, of a closed list.")


class ReportOut(BaseModel):
    """A report of the catalogue."""

    slug: str
    section: str
    folder: str
    title: str


class ReportDetailOut(ReportOut):
    """A report with all that it shows and can be asked."""

    summary: list[FigureOut]
    columns: list[FigureOut]
    filters: list[FilterOut]
    periods: list[str]


class RunIn(BaseModel):
    """What to report on: a named period, or a first and last day; and filters."""

    model_config = ConfigDict(extra="forbid")

    period: str | None = Field(None, examples=["last-month"])
    first_day: str | None = Field(None, alias="from", examples=["2026-10-01"])
    last_day: str | None = Field(None, alias="to", examples=["2026-10-31"])
    filters: dict[str, list[str]] = Field({}, examples=[{"extension": ["201", "202"]}])
    language: Language | None = None
    limit: int | None = Field(None, ge=1, le=MOST_ROWS)
    offset: int = Field(0, ge=0, le=2**31)


@router.get("/reports")
def list_reports(reader: ReaderOf, language: Language | None = None) -> list[ReportOut]:
    """All reports, in the catalogue's order."""
    text = translator(language or Language(reader.tenant.language))
    return [ReportOut(**_named(report, text)) for report in reader.reports()]


@router.get("/reports/{slug}.{form}", response_class=StreamingResponse)
def download_report(
    slug: str,
    form: Form,
    request: Request,
    reader: ReaderOf,
    running: ServiceOf,
    first_day: Annotated[str | None, Query(alias="from", examples=["2026-10-01"])] = None,
    last_day: Annotated[str | None, Query(alias="to", examples=["2026-10-31"])] = None,
    period: Annotated[str | None, Query(examples=["last-month"])] = None,
    language: Language | None = None,
    flavour: Flavour = "spreadsheet",
) -> StreamingResponse:
    """A report as a file. Filters are parameters by their own names: `extension=201&extension=202`."""
    question = ask(
        reader, running, slug, period=period, first=first_day, last=last_day, filters=filters_of(request)
    )
    return _stream(running, reader, question, language, Output(form, flavour))


@router.get("/reports/{slug}")
def describe_report(slug: str, reader: ReaderOf, language: Language | None = None) -> ReportDetailOut:
    """What a report shows, with definitions, and what it can be filtered on."""
    report, text = reader.report(slug), translator(language or Language(reader.tenant.language))
    return ReportDetailOut(
        **_named(report, text),
        summary=[_figure(each, text) for each in report.summary],
        columns=[_figure(each, text) for each in (*report.columns, *report.dimensions, *report.figures)],
        filters=[
            FilterOut(name=name, title=text(each.title), values=_closed_list(each))
            for name, each in report.filters.items()
        ],
        periods=list(READY_MADE),
    )


@router.post("/reports/{slug}/run", response_class=StreamingResponse)
def run_report(slug: str, body: RunIn, reader: ReaderOf, running: ServiceOf) -> StreamingResponse:
    """Runs a report and answers with its summary, totals and rows as JSON."""
    question = ask(
        reader,
        running,
        slug,
        period=body.period,
        first=body.first_day,
        last=body.last_day,
        filters=body.filters,
        limit=body.limit,
        offset=body.offset,
    )
    return _stream(running, reader, question, body.language, Output("json"))


def ask(
    reader: Reader,
    running: Service,
    slug: str,
    *,
    period: str | None,
    first: str | None,
    last: str | None,
    filters: Mapping[str, Sequence[str]],
    limit: int | None = None,
    offset: int = 0,
) -> Question:
    """The question of a request.

    Raises:
        UserError: something in it cannot be understood.
    """
    report, tenant = reader.report(slug), reader.tenant
    return Question(
        report,
        tenant,
        choose_period(tenant.time_zone, running.clock(), name=period, first=first, last=last),
        read_selections(report, filters, tenant.region),
        limit,
        offset,
    )


@contextmanager
def kept(running: Service, reader: Reader, question: Question, form: str) -> Iterator[Tally]:
    """Keeps in the audit trail that a report was run and what was given out, also when it was broken off."""
    tally, whole = Tally(), False
    try:
        yield tally
        whole = True
    finally:
        with running.connection() as connection:
            record_report(
                connection,
                reader.principal,
                question.report.slug,
                run_details(question, form, tally, whole=whole),
                address=reader.address,
            )


def filters_of(request: Request) -> dict[str, list[str]]:
    """The filters among the query's parameters; empty ones, as forms send them, are left out."""
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in NOT_FILTERS and value.strip():
            given.setdefault(name, []).append(value)
    return given


def _stream(
    running: Service, reader: Reader, question: Question, language: Language | None, output: Output
) -> StreamingResponse:
    """The answer as it comes; an error before its first byte is still told as an error."""
    tenant = reader.tenant
    writer = Writer(language or Language(tenant.language), tenant.time_zone, tenant.region)

    def parts() -> Iterator[bytes]:
        begun = time.perf_counter()
        with kept(running, reader, question, output.form) as tally, running.connection() as connection:
            yield from blocks(
                connection, question, writer, output, now=running.clock(), made_by=reader.name, tally=tally
            )
        REPORTS.labels(question.report.slug, output.form).inc()
        REPORT_SECONDS.labels(output.form).observe(time.perf_counter() - begun)

    stream = parts()
    first = next(stream, b"")
    period = question.period
    name = f"{question.report.slug}_{period.first_day}_{period.last_day}.{output.form}"
    return StreamingResponse(
        chain([first], stream),
        media_type=MEDIA_TYPES[output.form],
        headers={"Content-Disposition": f'{_disposition(output.form)}; filename="{name}"'},
    )


def _disposition(form: str) -> str:
    return "inline" if form in ("json", "html") else "attachment"


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
