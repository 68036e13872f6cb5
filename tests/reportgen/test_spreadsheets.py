"""What a real spreadsheet program makes of our files: figures to calculate with, texts that stay texts."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from reportgen.render.outputs import Output, blocks
from reportgen.texts import Language
from reportgen.units import Writer
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

DAY = "2026-10-01"
START = datetime(2026, 10, 1, 8, tzinfo=UTC)
DUTCH_CSV = "CSV:59,34,76,1,,1043,false,true"
"""Semicolons, quotes, UTF-8, from line 1; Dutch; figures are recognised, as on opening it by hand."""
MOST_COLUMNS = 100
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


class Cell(NamedTuple):
    """As the program understood it."""

    kind: str
    value: str
    text: str
    formula: str | None


@pytest.fixture
def long_talks(acme: TenantBuilder) -> TenantBuilder:
    """Calls of more than a day together, by somebody whose name would be a formula."""
    person = acme.person('=HYPERLINK("https://example.com";"x")')
    for place in range(1300):
        acme.call(
            START + timedelta(seconds=place),
            person_id=person,
            outside_number="+31612345678" if place % 2 else "+493012345678",
            talk=100,
            legs=({"extension": "201", "talk_seconds": 100},),
        )
    return acme


def cells(read: Reading, report: str, form: str, folder: Path) -> list[list[Cell]]:
    """The file as LibreOffice reads it, row by row."""
    question = read.question(report, DAY)
    writer = Writer(Language.DUTCH, question.tenant.time_zone)
    file = folder / f"report.{form}"
    file.write_bytes(
        b"".join(blocks(read.connection, question, writer, Output(form), now=NOW, made_by="Ann"))
    )
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            *([f"--infilter={DUTCH_CSV}"] if form == "csv" else []),
            *("--convert-to", "fods", "--outdir", str(folder), str(file)),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    sheet = ElementTree.parse(folder / "report.fods")
    return [
        [_cell(cell) for cell in row.iter(f"{TABLE}table-cell") for _ in range(_repeated(cell))]
        for row in sheet.iter(f"{TABLE}table-row")
    ]


def _repeated(cell: ElementTree.Element) -> int:
    """Cells that are alike stand there once; the empty ones of the rest of the sheet are left out."""
    count = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
    return count if count < MOST_COLUMNS else 0


def _cell(cell: ElementTree.Element) -> Cell:
    kind = cell.get(f"{OFFICE}value-type", "")
    value = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}time-value") or cell.get(f"{OFFICE}date-value")
    text = "\n".join("".join(part.itertext()) for part in cell.iter(f"{TEXT}p"))
    return Cell(kind, value or "", text, cell.get(f"{TABLE}formula"))


@needs_libreoffice
@pytest.mark.timeout(300)
def test_csv_opens_with_figures_as_figures(long_talks: TenantBuilder, read: Reading, tmp_path: Path) -> None:
    headings, row, *_rest = cells(read, "extension-activity", "csv", tmp_path)
    found = dict(zip([heading.text for heading in headings], row, strict=False))
    assert found["Totaal"][:2] == ("float", "1300")
    assert found["Totale gesprekstijd"][:2] == ("time", "PT36H06M40S")
    assert found["Gemiddelde gesprekstijd"].value == "PT00H01M40S"
    assert found["Gebruiker"].kind == "string"
    assert found["Gebruiker"].formula is None


@needs_libreoffice
@pytest.mark.timeout(300)
def test_csv_keeps_telephone_numbers_as_texts(acme: TenantBuilder, read: Reading, tmp_path: Path) -> None:
    for number in ("+493012345678", "+31612345678"):
        acme.call(START, outside_number=number, customer_id=acme.customer(f"=1+{number}"))
    headings, *rows = cells(read, "calls-by-customer", "csv", tmp_path)
    place = [heading.text for heading in headings].index("Nummer")
    for row in rows[:2]:
        assert row[place].kind == "string"
        assert row[place].text.lstrip("'") in ("+49 30 12345678", "06 12345678")
        assert all(cell.formula is None for cell in row)


@needs_libreoffice
@pytest.mark.timeout(300)
def test_xlsx_opens_with_true_durations_and_no_formula(
    long_talks: TenantBuilder, read: Reading, tmp_path: Path
) -> None:
    rows = cells(read, "extension-activity", "xlsx", tmp_path)
    row = next(row for row in rows if row and row[0].text == "201")
    headings = next(row for row in rows if row and row[0].text == "Toestel")
    found = dict(zip([heading.text for heading in headings], row, strict=False))
    assert found["Totaal"][:2] == ("float", "1300")
    assert found["Totale gesprekstijd"].value == "PT36H06M40S"
    assert found["Totale gesprekstijd"].text == "36:06:40"
    assert found["Gebruiker"].text.startswith("=HYPERLINK")
    assert all(cell.formula is None for row in rows for cell in row)
