"""A typeset PDF of texts, pairs and plain tables: what is no report, such as a certificate."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from pathlib import Path

from reportgen.render.document import Named
from reportgen.render.pdf import typeset
from reportgen.texts import _
from reportgen.units import Writer


@dataclass(frozen=True, slots=True)
class Section:
    """One part: a text, terms with what is said of them, a table; each may be missing."""

    title: str
    text: str = ""
    pairs: Sequence[Named] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document in the reader's language."""

    title: str
    tenant: str
    made: str
    paragraphs: Sequence[str]
    sections: Sequence[Section]


def sheet_pdf(sheet: Sheet, writer: Writer) -> bytes:
    """The document as PDF.

    Raises:
        RenderError: the typesetter refused.
    """
    data = {
        **asdict(sheet),
        "language": writer.language.value,
        "page_of": writer.text(_("Page {page} of {pages}"), page="{page}", pages="{pages}"),
    }
    with (
        tempfile.TemporaryDirectory(prefix="sheet-") as folder,
        as_file(files("reportgen.render") / "sheet.typ") as template,
    ):
        source = Path(folder) / "sheet.json"
        source.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        typeset(template, [(str(source), str(source.with_suffix(".pdf")))], tagged=True)
        return source.with_suffix(".pdf").read_bytes()
