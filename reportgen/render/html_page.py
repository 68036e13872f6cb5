"""A result as a piece of HTML: summary tiles, chart, table and definitions, for a page or a mail."""

import base64
from dataclasses import dataclass
from itertools import islice
from typing import Any

from reportgen.render.document import EMPTY, Document, cells, chart, document
from reportgen.run import Result
from reportgen.templating import render
from reportgen.units import Writer

FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
MOST_ROWS = 5000
"""On one page; files hold them all."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template shows of a result."""

    document: Document
    rows: list[list[str]]
    chart: str | None
    """The picture as a data URL."""
    empty: str
    """What is said instead of a table without rows."""
    shortened: bool
    """Whether there are more rows than the page holds."""


def shown_result(result: Result, writer: Writer) -> Shown:
    """Reads the result for a page, up to MOST_ROWS rows of it."""
    svg = chart(result, writer, FONT)
    write_row = cells(result, writer)
    rows = [write_row(row) for row in islice(result.rows, MOST_ROWS + 1)]
    return Shown(
        document(result, writer),
        rows[:MOST_ROWS],
        None if svg is None else "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode(),
        writer.text(EMPTY),
        len(rows) > MOST_ROWS,
    )


def html_fragment(result: Result, writer: Writer) -> str:
    """The result with its heading, as HTML without a page around it."""
    context: dict[str, Any] = {"shown": shown_result(result, writer), "with_heading": True}
    return render("_result.html", writer.language, **context)
