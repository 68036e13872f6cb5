"""CSV files of people: either separator, with or without a byte order mark, Dutch or English headings."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from reportgen.configuration.kinds import VALIDITY, Field, Kind
from reportgen.configuration.lines import FileError, Line
from reportgen.texts import Language, _, translator

MOST_BYTES = 8_000_000
SEPARATORS = (";", ",", "\t")


def read_csv(content: bytes, kind: Kind) -> list[Line]:
    """The lines of a file, each with its texts by field.

    Raises:
        FileError: it is no CSV file of this kind: what is wrong, and what the headings are.
    """
    text = decoded(content)
    heading = text.lstrip().splitlines()[0] if text.strip() else ""
    separator = max(SEPARATORS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(_lines(reader, kind))
    except csv.Error as error:
        raise FileError(
            _("Line {line} cannot be read as CSV; look at its quotation marks."), line=reader.line_num
        ) from error


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """All columns that a file of this kind may have."""
    return (*kind.fields, *VALIDITY) if kind.has_history else kind.fields


def decoded(content: bytes) -> str:
    """The file as text: UTF-8, UTF-16 or, as spreadsheets write it, Windows-1252.

    Raises:
        FileError: it is none.
    """
    if len(content) > MOST_BYTES:
        raise FileError(_("The file is too large; at most {most} bytes are read."), most=MOST_BYTES)
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileError(_("The file is no text; save it as CSV."))


def _lines(reader: Any, kind: Kind) -> Iterator[Line]:
    columns: Sequence[Field] | None = None
    begin = 1
    for cells in reader:
        number, begin = begin, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells, kind)
            continue
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            raise FileError(_("Line {line} has more fields than there are headings."), line=number)
        yield Line(number, {each.name: cell.strip() for each, cell in zip(columns, cells, strict=False)})
    if columns is None:
        raise FileError(
            _("The file is empty; its first line must hold the headings: {known}."), known=_known(kind)
        )


def _columns(cells: Sequence[str], kind: Kind) -> list[Field]:
    meanings = _meanings(kind)
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    found: list[Field] = []
    for cell in cells:
        field = meanings.get(_plain(cell))
        if field is None:
            raise FileError(
                _('There is no column "{heading}"; the headings are: {known}.'),
                heading=cell,
                known=_known(kind),
            )
        if field in found:
            raise FileError(_('The column "{heading}" stands here twice.'), heading=cell)
        found.append(field)
    missing = [each.name for each in kind.fields if each.required and each not in found and kind.key]
    if missing and any(each in kind.key for each in missing):
        raise FileError(
            _('The column "{heading}" is missing; the headings are: {known}.'),
            heading=missing[0],
            known=_known(kind),
        )
    return found


def _meanings(kind: Kind) -> dict[str, Field]:
    """Heading → field; a field's own names go before the synonyms of others."""
    fields = fields_of(kind)
    meanings = {_plain(word): each for each in reversed(fields) for word in each.synonyms}
    for language in Language:
        meanings |= {_plain(translator(language)(each.title)): each for each in fields}
    return meanings | {_plain(each.name): each for each in fields}


def _plain(heading: str) -> str:
    return re.sub(r"[\s_\-.]+", " ", heading.strip().casefold()).strip()


def _known(kind: Kind) -> str:
    return ", ".join(each.name for each in fields_of(kind))
