"""XLSX: real numbers, dates and durations, so that a reader can go on calculating."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from reportgen.compile import OutputColumn
from reportgen.render.document import document
from reportgen.run import Result
from reportgen.texts import _
from reportgen.units import (
    CLOCK,
    COUNT,
    DATE_TIME,
    DAY,
    DURATION,
    INTERVAL,
    MOMENTS,
    MONTH,
    PERCENT,
    Unit,
    Writer,
    is_ambiguous,
)

FORMATS = {
    COUNT.name: "#,##0",
    DURATION.name: "[h]:mm:ss",
    PERCENT.name: "0.0%",
    DATE_TIME.name: "dd-mm-yyyy hh:mm:ss",
    INTERVAL.name: "dd-mm-yyyy hh:mm",
    DAY.name: "ddd dd-mm-yyyy",
    MONTH.name: "mmmm yyyy",
    CLOCK.name: "hh:mm:ss",
}
WIDTHS = {
    DATE_TIME.name: 19,
    INTERVAL.name: 17,
    DAY.name: 15,
    COUNT.name: 11,
    DURATION.name: 12,
    PERCENT.name: 10,
}


def write_xlsx(result: Result, writer: Writer, path: Path) -> None:
    """Writes a workbook to `path`. Rows go to disk as they come: memory does not grow with them."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "dd-mm-yyyy"}) as workbook:
        _Sheet(workbook, result, writer).fill()


class _Sheet:
    def __init__(self, workbook: Any, result: Result, writer: Writer) -> None:
        self.result, self.writer = result, writer
        self.sheet = workbook.add_worksheet(writer.text(_("Report")))
        self.bold = workbook.add_format({"bold": True})
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.formats = {name: workbook.add_format({"num_format": form}) for name, form in FORMATS.items()}
        self.line = 0

    def fill(self) -> None:
        shown = document(self.result, self.writer)
        for place, column in enumerate(self.result.columns):
            self.sheet.set_column(place, place, WIDTHS.get(column.unit.name, 20))
        self._write_line([shown.title], self.title)
        notes = (
            shown.tenant,
            shown.period,
            *shown.filters,
            shown.made,
            shown.data_up_to,
            *shown.gaps,
            shown.cut,
        )
        for note in notes:
            if note:
                self._write_line([note])
        self.line += 1
        for column, value in zip(self.result.summary_columns, self.result.summary, strict=True):
            self.sheet.write(self.line, 0, self.writer.text(column.title), self.bold)
            self._put(1, column, value)
            self.line += 1
        for each in shown.observations:
            self._write_line([" ".join(filter(None, (each.text, each.advice)))])
        self.line += 1
        self._write_line([heading.title for heading in shown.headings], self.head)
        self._write_rows()

    def _write_rows(self) -> None:
        columns = self.result.columns
        for row in self.result.rows:
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._put(place, column, value)
            self.line += 1
        if self.result.totals is not None:
            names = len(columns) - len(self.result.totals)
            self.sheet.write(self.line, 0, self.writer.text(_("Total")), self.bold)
            for place, value in enumerate(self.result.totals, start=names):
                self._put(place, columns[place], value)

    def _write_line(self, texts: list[str], style: Any = None) -> None:
        for place, text in enumerate(texts):
            self.sheet.write_string(self.line, place, text, style)
        self.line += 1

    def _put(self, place: int, column: OutputColumn, value: Any) -> None:
        """Numbers as numbers; all else as text, never as a formula."""
        if value is None:
            return
        put = _PUT.get(column.unit.name)
        if put is None or (
            column.unit in (DATE_TIME, INTERVAL, CLOCK) and is_ambiguous(self.writer.local(value))
        ):
            # A sheet's time has no offset: an hour that comes twice is told apart in words.
            self.sheet.write_string(self.line, place, self.writer.write(column.unit, value))
        else:
            put(self.sheet, self.line, place, self._plain(column.unit, value), self.formats[column.unit.name])

    def _plain(self, unit: Unit, value: Any) -> Any:
        if unit is DURATION:
            return timedelta(seconds=value)
        if isinstance(value, Decimal):
            return float(value) / 100
        if unit in MOMENTS:
            return self.writer.local(value).replace(tzinfo=None)
        return value


def _number(sheet: Any, line: int, place: int, value: Any, style: Any) -> None:
    sheet.write_number(line, place, value, style)


def _moment(sheet: Any, line: int, place: int, value: Any, style: Any) -> None:
    sheet.write_datetime(line, place, value, style)


_PUT: dict[str, Callable[[Any, int, int, Any, Any], None]] = {
    COUNT.name: _number,
    PERCENT.name: _number,
    DURATION.name: _moment,
    DATE_TIME.name: _moment,
    INTERVAL.name: _moment,
    DAY.name: _moment,
    MONTH.name: _moment,
    CLOCK.name: _moment,
}
