"""A result as a piece of HTML: summary tiles, chart, table and definitions, for a page or a mail."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from reportgen.catalogue.parts import Ratio
from reportgen.chapters import ROWS_OF_A_CHAPTER, chapters
from reportgen.render.charts import pictures
from reportgen.render.document import EMPTY, Document, cells, document
from reportgen.run import Result, Row
from reportgen.templating import render
from reportgen.texts import _
from reportgen.units import Writer
from store.picture import kind_of

FONT = "Arial"
Link = Callable[[str, Mapping[str, str | None] | None], str]
"""A figure and the key of its group (None: over everything) → the address of the rows that it is made of."""
HALF = 0.5


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A chart as a page shows it."""

    url: str
    """The picture itself, as a data URL."""
    caption: str
    share: float

    @property
    def width(self) -> str:
        """Of the page's width, as its style sheet calls it."""
        return (
            "whole"
            if self.share == 1
            else "broad"
            if self.share > HALF
            else "narrow"
            if self.share < HALF
            else "half"
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template shows of a result."""

    document: Document
    rows: list[list[str]]
    pictures: list[ShownPicture]
    empty: str
    """What is said instead of a table without rows."""
    shortened: str
    """What is said when there are more rows than are shown."""
    chapters: list["Shown"]
    links: "Links"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses behind figures, each in the place of its figure; "" where there is none."""

    summary: list[str]
    rows: list[list[str]]
    totals: list[str]


def shown_result(result: Result, writer: Writer, *, link: Link | None = None) -> Shown:
    """Reads the result for a page.

    Args:
        link: where figures lead to.
    """
    parts = [_chapter(chapter, writer) for chapter in chapters(result)]
    rows = list(result.rows)
    links = Links([], [], []) if link is None else _links(result, rows, link)
    return _shown(result, writer, rows, parts, links)


def _chapter(result: Result, writer: Writer) -> Shown:
    rows = list(islice(result.rows, ROWS_OF_A_CHAPTER + 1))
    shown = _shown(result, writer, rows[:ROWS_OF_A_CHAPTER], [], Links([], [], []))
    if len(rows) <= ROWS_OF_A_CHAPTER:
        return shown
    return replace(shown, shortened=writer.text(_("The ten biggest; the report itself has them all.")))


def _shown(result: Result, writer: Writer, rows: Sequence[Row], chapters: list[Shown], links: Links) -> Shown:
    drawn = [
        ShownPicture(data_url(picture.svg.encode()), picture.caption, picture.share)
        for picture in pictures(result, writer, font=FONT)
    ]
    write_row = cells(result, writer)
    return Shown(
        document(result, writer),
        [write_row(row) for row in rows],
        drawn,
        writer.text(EMPTY),
        "",
        chapters,
        links,
    )


def _links(
    result: Result,
    rows: Sequence[Sequence[Any]],
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
            for row, key in zip(rows, result.keys, strict=False)
        ],
        [address(name, value, None) for name, value in zip(names, of_totals, strict=True)],
    )


def data_url(picture: bytes) -> str:
    """SVG or PNG, as an address that holds it."""
    form = {"png": "image/png", "svg": "image/svg+xml"}[kind_of(picture)]
    return f"data:{form};base64,{base64.b64encode(picture).decode()}"


def by_itself(shown: Shown, logo: str | None) -> dict[str, Any]:
    """For the template of a result that is no page of the portal: with its heading, and all of it at once.

    Args:
        logo: address of the tenant's picture.
    """
    return {"shown": shown, "with_heading": True, "logo": logo, "sortings": [], "paging": None}


def html_fragment(result: Result, writer: Writer) -> str:
    """The result with its heading, as HTML without a page around it."""
    logo = result.further.logo()
    context = by_itself(shown_result(result, writer), None if logo is None else data_url(logo))
    return render("_result.html", writer.language, **context)
