"""Gives answers out: as they come, kept in the audit trail, with addresses of the pages before and after."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from reportgen.access.audit import record_report, run_details
from reportgen.render.outputs import MEDIA_TYPES, Output, blocks
from reportgen.run import Question, Tally
from reportgen.texts import Language
from reportgen.units import Writer
from reportgen.web.health import REPORT_SECONDS, REPORTS
from reportgen.web.service import Reader, Service
from reportgen.web.tags import known, short_enough, tag_headers, tag_of


@contextmanager
def kept(
    running: Service, reader: Reader, question: Question, form: str, tally: Tally | None = None
) -> Iterator[Tally]:
    """Keeps in the audit trail that a report was run and what was given out, also when it was broken off."""
    tally, whole = tally or Tally(), False
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


def answer_blocks(
    running: Service,
    reader: Reader,
    question: Question,
    language: Language | None,
    output: Output,
    tally: Tally | None = None,
) -> Iterator[bytes]:
    """The answer as it comes, kept and counted."""
    begun = time.perf_counter()
    with (
        kept(running, reader, question, output.form, tally) as counted,
        running.connection() as connection,
    ):
        yield from blocks(
            connection,
            question,
            writer_of(reader, language),
            output,
            now=running.clock(),
            made_by=reader.name,
            tally=counted,
        )
    REPORTS.labels(question.report.slug, output.form).inc()
    REPORT_SECONDS.labels(output.form).observe(time.perf_counter() - begun)


def stream(
    request: Request,
    running: Service,
    reader: Reader,
    question: Question,
    language: Language | None,
    output: Output,
) -> Response:
    """The answer as it comes; an error before its first byte is still told as an error.

    A short one of a period that is over comes with a tag, and only to those who do not have it yet.
    """
    tally = Tally()
    parts = answer_blocks(running, reader, question, language, output, tally)
    first = next(parts, b"")
    headers = {
        "Content-Disposition": f'{_disposition(output.form)}; filename="{file_name(question, output)}"'
    }
    if links := page_links(request, question, tally.row_count):
        headers["Link"] = links
    blocks = [first]
    if request.method == "GET" and output.form == "json" and question.period.end <= running.clock():
        blocks, whole = short_enough(first, parts)
        if whole:
            tag = tag_of(b"".join(blocks))
            if (unchanged := known(request, tag)) is not None:
                return unchanged
            headers |= tag_headers(tag)
    return StreamingResponse(chain(blocks, parts), media_type=MEDIA_TYPES[output.form], headers=headers)


def writer_of(reader: Reader, language: Language | None) -> Writer:
    tenant = reader.tenant
    return Writer(language or Language(tenant.language), tenant.time_zone, tenant.region)


def file_name(question: Question, output: Output) -> str:
    period = question.period
    of = question.report.slug if question.drill is None else f"{question.report.slug}_{question.drill.figure}"
    return f"{of}_{period.first_day}_{period.last_day}.{output.form}"


def page_links(request: Request, question: Question, rows: int | None) -> str:
    """Addresses of the first, the previous, the next and the last page (RFC 8288); none without a page."""
    limit, offset = question.limit, question.offset
    if request.method != "GET" or limit is None or rows is None or "limit" not in request.query_params:
        return ""
    last = max(0, (rows - 1) // limit * limit)
    pages = {"first": 0, "last": last}
    if offset > 0:
        pages["prev"] = max(0, offset - limit)
    if offset + limit < rows:
        pages["next"] = offset + limit
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    return ", ".join(
        f'<{request.url.path}?{urlencode([*others, ("offset", str(start))])}>; rel="{rel}"'
        for rel, start in pages.items()
    )


def _disposition(form: str) -> str:
    return "inline" if form in ("json", "html") else "attachment"
