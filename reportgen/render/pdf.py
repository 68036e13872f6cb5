"""A typeset PDF. Short reports flow; long ones are cut in pages beforehand and set in several processes."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from importlib.resources import as_file, files
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter

from reportgen.errors import RenderError
from reportgen.render.columns import Layout, lay_out
from reportgen.render.document import EMPTY, Document, cells, chart, document
from reportgen.run import Result
from reportgen.texts import _
from reportgen.units import Writer

FONT = "Libertinus Serif"
MOST_ROWS_THAT_FLOW = 1200
PAGES_PER_JOB = 16
JOBS_PER_CHILD = 2
CHILDREN = 2
LANDSCAPE_INCHES, PORTRAIT_INCHES = 9.6, 7.1
"""Width of the chart, so that its letters are as big on both."""
ROW_HEIGHT = 12.5
"""Points, of long reports."""


def write_pdf(result: Result, writer: Writer, path: Path) -> None:
    """Writes the report to `path`. Memory does not grow with its rows, but for the pages being set.

    Raises:
        RenderError: the typesetter refused.
    """
    shown = document(result, writer)
    write_row = cells(result, writer)
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        work = _Work(Path(folder), shown, writer)
        rows = (write_row(row) for row in result.rows)
        first = list(islice(rows, MOST_ROWS_THAT_FLOW + 1))
        work.layout = lay_out(shown, first)
        width = LANDSCAPE_INCHES if work.layout.landscape else PORTRAIT_INCHES
        if svg := chart(result, writer, FONT, width=width):
            (work.folder / "chart.svg").write_text(svg, encoding="utf-8")
            work.chart = "chart.svg"
        if len(first) <= MOST_ROWS_THAT_FLOW:
            work.flowing(first, path)
        else:
            work.paged(chain(first, rows), path)


class _Work:
    """One report being set, with its files in one folder."""

    def __init__(self, folder: Path, shown: Document, writer: Writer) -> None:
        self.folder, self.shown, self.writer = folder, shown, writer
        self.chart: str | None = None
        self.layout = Layout((), landscape=True, rows_per_page=1)

    def flowing(self, rows: list[list[str]], path: Path) -> None:
        """All in one piece; long texts make their row higher."""
        parts = [{"rows": self.layout.broken(rows), "totals": self.shown.totals}] if rows else []
        self._set([self._job("report", parts=parts, front=True, definitions=True)], tagged=True)
        (self.folder / "report.pdf").replace(path)

    def paged(self, rows: Iterator[list[str]], path: Path) -> None:
        """A front part, then pages of a known number of rows, so that each can say how many there are."""
        self._set([self._job("front", parts=[], front=True, definitions=True)])
        front_pages = len(PdfReader(self.folder / "front.pdf").pages)
        spooled = self._spool(rows)
        pages = front_pages + sum(spooled)
        jobs = [self._job("front", parts=[], front=True, definitions=True, pages=pages)]
        page = front_pages + 1
        for number, count in enumerate(spooled):
            jobs.append(self._resume(number, page, pages))
            page += count
        self._set(jobs)
        merged = PdfWriter()
        for _data, pdf in jobs:
            # Otherwise every object is read once to see whether it is there.
            merged.append(PdfReader(pdf, strict=True))
        merged.metadata = {"/Title": self.shown.title, "/Author": self.shown.tenant}
        merged.write(path)

    def _spool(self, rows: Iterator[list[str]]) -> list[int]:
        """Puts the rows on disk, by job and page; returns the number of pages of each job."""
        per_page = self.layout.rows_per_page
        counts = []
        cut = self.layout.cut
        for number in range(sys.maxsize):
            block = [cut(row) for row in islice(rows, per_page * PAGES_PER_JOB)]
            if not block:
                break
            pages = [block[start : start + per_page] for start in range(0, len(block), per_page)]
            (self.folder / f"rows{number}.json").write_text(json.dumps(pages), encoding="utf-8")
            counts.append(len(pages))
        return counts

    def _resume(self, number: int, first_page: int, pages: int) -> tuple[str, str]:
        spooled = self.folder / f"rows{number}.json"
        parts = [{"rows": rows, "totals": None} for rows in json.loads(spooled.read_text(encoding="utf-8"))]
        spooled.unlink()
        return self._job(f"part{number}", parts=parts, first_page=first_page, pages=pages, height=ROW_HEIGHT)

    def _job(
        self,
        name: str,
        *,
        parts: list[dict[str, Any]],
        front: bool = False,
        definitions: bool = False,
        first_page: int = 1,
        pages: int | None = None,
        height: float | None = None,
    ) -> tuple[str, str]:
        shown, text = self.shown, self.writer.text
        data = {
            "language": self.writer.language.value,
            "title": shown.title,
            "tenant": shown.tenant,
            "period": shown.period,
            "made": shown.made,
            "data_up_to": shown.data_up_to,
            "page_of": text(_("Page {page} of {pages}"), page="{page}", pages="{pages}"),
            "landscape": self.layout.landscape,
            "first_page": first_page,
            "pages": pages,
            "front": self._front() if front else None,
            "headings": [asdict(heading) for heading in shown.headings],
            "widths": self.layout.widths,
            "row_height": height,
            "parts": parts,
            "empty": "" if parts or pages or not front else text(EMPTY),
            "definitions_title": text(_("What the figures mean")),
            "definitions": [asdict(each) for each in shown.definitions] if definitions else [],
        }
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return str(path), str(path.with_suffix(".pdf"))

    def _front(self) -> dict[str, Any]:
        return {
            "filters": self.shown.filters,
            "gaps": [*self.shown.gaps, *([self.shown.cut] if self.shown.cut else [])],
            "summary": [asdict(tile) for tile in self.shown.summary],
            "chart": self.chart,
        }

    def _set(self, jobs: list[tuple[str, str]], *, tagged: bool = False) -> None:
        batches = [jobs[start : start + JOBS_PER_CHILD] for start in range(0, len(jobs), JOBS_PER_CHILD)]
        with (
            as_file(files("reportgen.render") / "report.typ") as template,
            ThreadPoolExecutor(CHILDREN) as pool,
        ):
            list(pool.map(lambda batch: _typeset(template, batch, tagged=tagged), batches))


def _typeset(template: Path, jobs: list[tuple[str, str]], *, tagged: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reportgen.render.typeset", str(template), *(["tagged"] if tagged else [])],
        input=json.dumps(jobs).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise RenderError(
            _("The PDF could not be typeset: {reason}"), reason=done.stderr.decode(errors="replace").strip()
        )
