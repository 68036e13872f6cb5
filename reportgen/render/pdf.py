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

from reportgen.chapters import ROWS_OF_A_CHAPTER, chapters
from reportgen.errors import RenderError
from reportgen.render.charts import pictures
from reportgen.render.columns import Layout, lay_out
from reportgen.render.document import EMPTY, Document, cells, document
from reportgen.run import Result
from reportgen.texts import _
from reportgen.units import Writer
from store.picture import kind_of

FONT = "Libertinus Serif"
MOST_ROWS_THAT_FLOW = 1200
PAGES_PER_JOB = 16
JOBS_PER_CHILD = 2
CHILDREN = 2
LANDSCAPE_INCHES, PORTRAIT_INCHES = 9.6, 7.1
"""Width of the chart, so that its letters are as big on both."""


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
        work.logo(result.further.logo())
        work.charts = work.drawn(result, "chart")
        work.chapters = [work.chapter(each, f"chapter{place}") for place, each in enumerate(chapters(result))]
        if len(first) <= MOST_ROWS_THAT_FLOW:
            work.flowing(first, path)
        else:
            work.paged(chain(first, rows), path)


class _Work:
    """One report being set, with its files in one folder."""

    def __init__(self, folder: Path, shown: Document, writer: Writer) -> None:
        self.folder, self.shown, self.writer = folder, shown, writer
        self.charts: list[dict[str, Any]] = []
        self.chapters: list[dict[str, Any]] = []
        self.logo_file = ""
        self.layout = Layout((), landscape=True, rows_per_page=1)

    def logo(self, picture: bytes | None) -> None:
        if picture is not None:
            self.logo_file = f"logo.{kind_of(picture)}"
            (self.folder / self.logo_file).write_bytes(picture)

    def drawn(self, result: Result, name: str) -> list[dict[str, Any]]:
        """The charts, on disk for the typesetter."""
        width = LANDSCAPE_INCHES if self.layout.landscape else PORTRAIT_INCHES
        found = []
        for place, picture in enumerate(pictures(result, self.writer, font=FONT, width=width)):
            file = f"{name}-{place}.svg"
            (self.folder / file).write_text(picture.svg, encoding="utf-8")
            found.append({"file": file, "caption": picture.caption, "share": picture.share})
        return found

    def chapter(self, result: Result, name: str) -> dict[str, Any]:
        """A report within the report: its summary, its charts, its biggest rows."""
        shown = document(result, self.writer)
        write_row = cells(result, self.writer)
        rows = [write_row(row) for row in islice(result.rows, ROWS_OF_A_CHAPTER + 1)]
        layout = lay_out(shown, rows, landscape=self.layout.landscape) if shown.headings else None
        more = len(rows) > ROWS_OF_A_CHAPTER
        return {
            "title": shown.title,
            "summary": [asdict(tile) for tile in shown.summary],
            "charts": self.drawn(result, name),
            "headings": [asdict(heading) for heading in shown.headings],
            "widths": layout.widths if layout else (),
            "scale": layout.scale if layout else 1.0,
            "rows": layout.broken(rows[:ROWS_OF_A_CHAPTER]) if layout else [],
            "totals": shown.totals if rows else None,
            "more": self.writer.text(_("The ten biggest; the report itself has them all.")) if more else "",
        }

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
        return self._job(
            f"part{number}", parts=parts, first_page=first_page, pages=pages, height=self.layout.row_height
        )

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
            "scale": self.layout.scale,
            "row_height": height,
            "parts": parts,
            "empty": "" if parts or pages or not front else text(EMPTY),
            "definitions_title": text(_("What the figures mean")),
            "definitions": [asdict(each) for each in shown.definitions] if definitions else [],
            "chapters": self.chapters if definitions else [],
            "colour": shown.colour,
        }
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return str(path), str(path.with_suffix(".pdf"))

    def _front(self) -> dict[str, Any]:
        return {
            "filters": self.shown.filters,
            "gaps": [*self.shown.gaps, *([self.shown.cut] if self.shown.cut else [])],
            "summary": [asdict(tile) for tile in self.shown.summary],
            "charts": self.charts,
            "logo": self.logo_file,
            "observations": [asdict(each) for each in self.shown.observations],
            "observations_title": self.writer.text(_("What stands out")),
        }

    def _set(self, jobs: list[tuple[str, str]], *, tagged: bool = False) -> None:
        batches = [jobs[start : start + JOBS_PER_CHILD] for start in range(0, len(jobs), JOBS_PER_CHILD)]
        with (
            as_file(files("reportgen.render") / "report.typ") as template,
            ThreadPoolExecutor(CHILDREN) as pool,
        ):
            list(pool.map(lambda batch: typeset(template, batch, tagged=tagged), batches))


def typeset(template: Path, jobs: list[tuple[str, str]], *, tagged: bool) -> None:
    """Sets each data file with the template, as the PDF file beside it.

    Raises:
        RenderError: the typesetter refused.
    """
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
