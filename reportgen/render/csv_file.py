"""CSV for people's spreadsheets: local separators, headings and numbers."""

import csv
import io
from collections.abc import Iterator

from reportgen.render.document import cells, document
from reportgen.run import Result
from reportgen.texts import Language
from reportgen.units import NUMBER, TEXT, Writer

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ROWS_PER_BLOCK = 1000


def spreadsheet_csv(result: Result, writer: Writer) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, which spreadsheet programs need to see that it is UTF-8.

    Dutch has semicolons and decimal commas, as spreadsheet programs set to Dutch expect. Text that a program
    would take for a formula has an apostrophe before it: a caller chooses his own name.
    """
    buffer = io.StringIO()
    lines = csv.writer(buffer, delimiter=";" if writer.language is Language.DUTCH else ",")
    buffer.write("\ufeff")
    lines.writerow([heading.title for heading in document(result, writer).headings])
    write_row = cells(result, writer)
    text_places = [place for place, column in enumerate(result.columns) if column.unit in (TEXT, NUMBER)]
    for count, row in enumerate(result.rows, start=1):
        written = write_row(row)
        for place in text_places:
            written[place] = guarded(written[place])
        lines.writerow(written)
        if count % ROWS_PER_BLOCK == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def guarded(text: str) -> str:
    """The text so that no spreadsheet program runs it."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _emptied(buffer: io.StringIO) -> bytes:
    block = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return block
