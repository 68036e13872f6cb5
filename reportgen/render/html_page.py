"""A result as a piece of HTML: summary tiles, chart, table and definitions, for a page or a mail."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from reportgen.catalogue.parts import Ratio
from reportgen.render.document import EMPTY, Document, cells, chart, document
from reportgen.run import Result
from reportgen.templating import render
from reportgen.units import Writer

FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

Link = Callable[[str, Mapping[str, str | None] | None], str]
"""A figure and the key of its group (None: over everything) → the address of the rows that it is made of."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template shows of a result."""

    document: Document
    rows: list[list[str]]
    chart: str | None
    """The picture as a data URL."""
    empty: str
    """What is said instead of a table without rows."""
    links: "Links"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses behind figures, each in the place of its figure; "" where there is none."""

    summary: list[str]
    rows: list[list[str]]
    totals: list[str]


def shown_result(
    result: Result, writer: Writer, *, link: Link | None = None, first: int = 0, most: int | None = None
) -> Shown:
    """Reads the result for a page.

    Args:
        link: where figures lead to.
        first, most: of the table's rows, only so many after the first ones.
    """
    svg = chart(result, writer, FONT)
    write_row = cells(result, writer)
    end = None if most is None else first + most
    rows = list(islice(result.rows, first, end))
    return Shown(
        document(result, writer),
        [write_row(row) for row in rows],
        None if svg is None else "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode(),
        writer.text(EMPTY),
        Links([], [], []) if link is None else _links(result, rows, result.keys[first:end], link),
    )


def _links(
    result: Result,
    rows: Sequence[Sequence[Any]],
    keys: Sequence[Mapping[str, str | None]],
    link: Link,
) -> Links:
    report = result.question.report
    figures = {figure.name: figure for figure in (*report.summary, *report.figures)}

    def address(name: str, value: Any, key: Mapping[str, str | None] | None) -> str:
        figure = figures.get(name)
        # Behind a share of nothing there is something: all that it is a share of.
        if figure is None or value is None or (value == 0 and not isinstance(figure, Ratio)):
            return ""
        return link(name, key)

    names = [column.name if column.is_figure else "" for column in result.columns]
    totals = result.totals or ()
    of_totals: list[Any] = [*[None] * (len(names) - len(totals)), *totals]
    return Links(
        [
            address(column.name if column.is_figure else "", value, None)
            for column, value in zip(result.summary_columns, result.summary, strict=True)
        ],
        [
            [address(name, value, key) for name, value in zip(names, row, strict=True)]
            for row, key in zip(rows, keys, strict=False)
        ],
        [address(name, value, None) for name, value in zip(names, of_totals, strict=True)],
    )


def html_fragment(result: Result, writer: Writer) -> str:
    """The result with its heading, as HTML without a page around it."""
    context: dict[str, Any] = {
        "shown": shown_result(result, writer),
        "with_heading": True,
        "sortings": [],
        "paging": None,
    }
    return render("_result.html", writer.language, **context)
