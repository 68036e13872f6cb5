"""One door to all outputs: a question in, a file in blocks out, in the form that is asked for."""

import tempfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reportgen.copied import copy_csv
from reportgen.render.csv_file import spreadsheet_csv
from reportgen.render.json_file import json_blocks
from reportgen.run import Question, Result, Tally, answer
from reportgen.units import Flavour, Writer
from store.connect import Connection

BLOCK_BYTES = 65_536

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}

MOST_ROWS = {"pdf": 50_000, "xlsx": 1_000_000, "html": 5_000}
"""Form → how many rows a document of it holds, so that it can be opened; what is cut is said in it."""


@dataclass(frozen=True, slots=True)
class Output:
    """A form for a report."""

    form: str
    """A key of MEDIA_TYPES."""
    flavour: Flavour = "spreadsheet"
    """Of CSV."""


def blocks(
    connection: Connection,
    question: Question,
    writer: Writer,
    output: Output,
    *,
    now: datetime,
    made_by: str,
    seconds: int = 600,
    tally: Tally | None = None,
) -> Generator[bytes]:
    """Runs the question and gives the file block by block: memory does not grow with its rows.

    Raises:
        UserError: as `reportgen.run.answer`.
    """
    if output.form == "csv" and output.flavour == "machine":
        yield from copy_csv(connection, question, seconds=seconds, tally=tally)
        return
    if question.limit is None and output.form in MOST_ROWS:
        question = replace(question, limit=MOST_ROWS[output.form])
    with answer(connection, question, now=now, made_by=made_by, seconds=seconds, tally=tally) as result:
        yield from _WRITERS[output.form](result, writer)


def _pdf(result: Result, writer: Writer) -> Iterator[bytes]:
    from reportgen.render.pdf import write_pdf  # its chart library takes a third of a second to load

    return _through_file(lambda path: write_pdf(result, writer, path))


def _xlsx(result: Result, writer: Writer) -> Iterator[bytes]:
    from reportgen.render.xlsx_file import write_xlsx

    return _through_file(lambda path: write_xlsx(result, writer, path))


def _html(result: Result, writer: Writer) -> Iterator[bytes]:
    from reportgen.render.html_page import html_fragment

    yield html_fragment(result, writer).encode()


def _through_file(write: Callable[[Path], None]) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        path = Path(folder) / "report"
        write(path)
        with path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                yield block


_WRITERS: dict[str, Callable[[Result, Writer], Iterator[bytes]]] = {
    "pdf": _pdf,
    "xlsx": _xlsx,
    "html": _html,
    "csv": spreadsheet_csv,
    "json": json_blocks,
}
