"""A result as a piece of HTML: summary tiles, chart, table and definitions, for a page or a mail."""

import base64
from dataclasses import dataclass
from itertools import islice
from typing import Any

from reportgen.chapters import ROWS_OF_A_CHAPTER, chapters
from reportgen.render.charts import pictures
from reportgen.render.document import EMPTY, Document, cells, document
from reportgen.run import Result
from reportgen.templating import render
from reportgen.texts import _
from reportgen.units import Writer
from store.picture import kind_of

FONT = "Arial"
HALF = 0.5
MOST_ROWS = 5000
"""On one page; files hold them all."""


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
    """What is said when there are more rows than the page holds."""
    chapters: list["Shown"]


def shown_result(result: Result, writer: Writer) -> Shown:
    """Reads the result for a page, up to MOST_ROWS rows of it."""
    return _shown(
        result,
        writer,
        MOST_ROWS,
        _("There are more rows than fit on a page; the files hold them all."),
        [
            _shown(
                chapter, writer, ROWS_OF_A_CHAPTER, _("The ten biggest; the report itself has them all."), []
            )
            for chapter in chapters(result)
        ],
    )


def _shown(result: Result, writer: Writer, most: int, when_more: str, chapters: list[Shown]) -> Shown:
    drawn = [
        ShownPicture(data_url(picture.svg.encode()), picture.caption, picture.share)
        for picture in pictures(result, writer, font=FONT)
    ]
    write_row = cells(result, writer)
    rows = [write_row(row) for row in islice(result.rows, most + 1)]
    return Shown(
        document(result, writer),
        rows[:most],
        drawn,
        writer.text(EMPTY),
        writer.text(when_more) if len(rows) > most else "",
        chapters,
    )


def data_url(picture: bytes) -> str:
    """SVG or PNG, as an address that holds it."""
    form = {"png": "image/png", "svg": "image/svg+xml"}[kind_of(picture)]
    return f"data:{form};base64,{base64.b64encode(picture).decode()}"


def html_fragment(result: Result, writer: Writer) -> str:
    """The result with its heading, as HTML without a page around it."""
    logo = result.further.logo()
    context: dict[str, Any] = {
        "shown": shown_result(result, writer),
        "with_heading": True,
        "logo": None if logo is None else data_url(logo),
    }
    return render("_result.html", writer.language, **context)
