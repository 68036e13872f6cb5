"""Files: the same figures in every form, and exactly this text."""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reportgen.catalogue import CATALOGUE
from reportgen.render.outputs import Output, blocks
from reportgen.render.pdf import MOST_ROWS_THAT_FLOW
from reportgen.texts import Language
from reportgen.units import Writer
from store.vocabulary import CallOutcome, Direction
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

Make = Callable[..., bytes]


@pytest.fixture
def make(read: Reading) -> Make:
    """`make("call-response", "csv", "nl", "2026-10-01", …)` gives the file's bytes."""

    def bytes_of(
        report: str,
        form: str,
        language: str,
        first: str,
        last: str | None = None,
        flavour: Any = "spreadsheet",
    ) -> bytes:
        question = read.question(report, first, last)
        writer = Writer(Language(language), question.tenant.time_zone)
        parts = blocks(read.connection, question, writer, Output(form, flavour), now=NOW, made_by="Ann Owner")
        return b"".join(parts)

    return bytes_of


@pytest.fixture
def two_hours(acme: TenantBuilder) -> TenantBuilder:
    """Three calls in the two hours that are both two o'clock."""
    person = acme.person("=Anna")
    for minute, outcome in (
        (0, CallOutcome.ANSWERED),
        (59, CallOutcome.ABANDONED),
        (60, CallOutcome.ANSWERED),
    ):
        acme.call(
            datetime(2026, 10, 25, minute // 60, minute % 60, tzinfo=UTC),
            outcome=outcome,
            person_id=person,
            outside_number="+493012345678",
            wait=minute,
        )
    return acme


RESPONSE_NL = """\
Uur;Aangeboden;Beantwoord;Binnen doel beantwoord;Gemist;Totale gesprekstijd;Gemiddelde gesprekstijd;\
Gemiddelde beantwoordtijd;Gemiddelde wachttijd;GoS;PCA;Beantwoord %;Gemist %
25-10-2026 02:00 (+02:00);2;1;1;1;0:01:00;0:01:00;0:00:00;0:00:30;50,0%;100,0%;50,0%;50,0%
25-10-2026 02:00 (+01:00);1;1;0;0;0:01:00;0:01:00;0:01:00;0:01:00;0,0%;0,0%;100,0%;0,0%
"""
CALLS_EN = """\
Date/time,Call type,Extension,User,Number,Area,DDI,Ring time,Duration,Outcome,Answered by,Went to,Ended at
25/10/2026 02:00:00 (+02:00),Incoming,201,'=Anna,'+49 30 12345678,,,0:00:00,0:01:00,Answered,201,,201
25/10/2026 02:59:00 (+02:00),Incoming,201,'=Anna,'+49 30 12345678,,,0:00:59,0:00:00,Abandoned,,,201
25/10/2026 02:00:00 (+01:00),Incoming,201,'=Anna,'+49 30 12345678,,,0:01:00,0:01:00,Answered,201,,201
"""
CALLS_MACHINE = """\
started_at,call_type,extension,user,number,area,ddi,ring_time,duration,outcome,answered_by,went_to,ended_at
2026-10-25T02:00:00+02:00,incoming,201,=Anna,+493012345678,,,0,60,answered,201,,201
2026-10-25T02:59:00+02:00,incoming,201,=Anna,+493012345678,,,59,0,abandoned,,,201
2026-10-25T02:00:00+01:00,incoming,201,=Anna,+493012345678,,,60,60,answered,201,,201
"""
RESPONSE_MACHINE = """\
hour,offered,answered,answered_in_target,missed,total_talk,average_talk,average_answer,average_wait,gos,pca,answer_rate,missed_share
2026-10-25T02:00:00+02:00,2,1,1,1,60,60,0,30,50.0,100.0,50.0,50.0
2026-10-25T02:00:00+01:00,1,1,0,0,60,60,60,60,0.0,0.0,100.0,0.0
"""


@pytest.mark.parametrize(
    ("report", "language", "flavour", "expected"),
    [
        ("call-response", "nl", "spreadsheet", RESPONSE_NL),
        ("calls-by-date", "en", "spreadsheet", CALLS_EN),
        ("calls-by-date", "nl", "machine", CALLS_MACHINE),
        ("call-response", "nl", "machine", RESPONSE_MACHINE),
    ],
)
def test_csv_is_written_for_its_reader(
    two_hours: TenantBuilder, make: Make, report: str, language: str, flavour: str, expected: str
) -> None:
    text = make(report, "csv", language, "2026-10-25", flavour=flavour).decode("utf-8")
    assert text.startswith("\ufeff") == (flavour == "spreadsheet")
    assert text.removeprefix("\ufeff").replace("\r\n", "\n") == expected


def test_json_says_everything_with_stable_keys(two_hours: TenantBuilder, make: Make) -> None:
    two_hours.connection.execute(
        "INSERT INTO store.pbx_gap (tenant_id, pbx_id, began_at, ended_at, reason) "
        "VALUES (%s, %s, '2026-10-25 03:00+01', '2026-10-25 03:10+01', 'connection lost')",
        (two_hours.tenant_id, two_hours.pbx_id),
    )
    found = json.loads(make("call-response", "json", "en", "2026-10-25"))
    columns = found.pop("columns")
    assert columns[0] == {"name": "hour", "title": "Hour", "unit": "interval"}
    assert [column["name"] for column in columns] == list(found["rows"][0])
    assert found.pop("rows")[1] == {
        "hour": "2026-10-25T02:00:00+01:00",
        "offered": 1,
        "answered": 1,
        "answered_in_target": 0,
        "missed": 0,
        "total_talk": 60,
        "average_talk": 60,
        "average_answer": 60,
        "average_wait": 60,
        "gos": 0.0,
        "pca": 0.0,
        "answer_rate": 100.0,
        "missed_share": 0.0,
    }
    assert found.pop("totals")["average_wait"] == 40
    assert found == {
        "report": "call-response",
        "title": "Call response analysis",
        "tenant": "acme",
        "period": {
            "from": "2026-10-25",
            "to": "2026-10-25",
            "start": "2026-10-25T00:00:00+02:00",
            "end": "2026-10-26T00:00:00+01:00",
            "zone": "Europe/Amsterdam",
        },
        "filters": [],
        "made_at": "2026-11-02T09:00:00+01:00",
        "made_by": "Ann Owner",
        "data_up_to": None,
        "gaps": [
            {
                "from": "2026-10-25T03:00:00+01:00",
                "to": "2026-10-25T03:10:00+01:00",
                "reason": "connection lost",
            }
        ],
        "summary": {
            "offered": 3,
            "answered": 2,
            "answered_outside": 0,
            "answered_in_target": 1,
            "missed": 1,
            "short_calls": 0,
            "gos": 33.3,
            "pca": 50.0,
            "answer_rate": 66.7,
            "missed_share": 33.3,
        },
    }


def test_pdf_holds_the_report_on_a_numbered_page(
    two_hours: TenantBuilder, make: Make, tmp_path: Path
) -> None:
    text = _pdf_text(make("call-response", "pdf", "nl", "2026-10-25"), tmp_path)
    for part in (
        "Gespreks-responsanalyse",
        "Acme BV",
        "25 oktober 2026",
        "33,3%",
        "25-10-2026 02:00 (+02:00)",
        "25-10-2026 02:00 (+01:00)",
        "Totaal",
        "Wat de cijfers betekenen",
        "Gemaakt op 02-11-2026 09:00 door Ann Owner",
        "Pagina 1 van 2",
        "Pagina 2 van 2",
    ):
        assert part in text, part


def test_pdf_without_calls_says_so(acme: TenantBuilder, make: Make, tmp_path: Path) -> None:
    text = _pdf_text(make("calls-by-date", "pdf", "nl", "2026-10-01"), tmp_path)
    assert "Geen gesprekken in deze periode." in text


def test_a_long_pdf_has_every_row_once_and_counts_its_pages(
    acme: TenantBuilder, make: Make, tmp_path: Path
) -> None:
    calls = MOST_ROWS_THAT_FLOW + 100
    with acme.connection.transaction():
        for number in range(calls):
            acme.call(
                datetime(2026, 10, 1, 8, number // 60, number % 60, tzinfo=UTC), extension=f"{number:05}"
            )
    text = _pdf_text(make("calls-by-date", "pdf", "en", "2026-10-01"), tmp_path)
    pages = text.split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
    listed = [word for word in text.split() if len(word) == 5 and word.isdigit()]
    assert len(set(listed)) == calls
    assert len(pages) > 20


def test_a_name_too_long_for_its_column_does_not_run_into_the_next(
    acme: TenantBuilder, make: Make, tmp_path: Path
) -> None:
    acme.call(
        datetime(2026, 10, 1, 8, tzinfo=UTC), person_id=acme.person("Wolfeschlegelsteinhausenbergerdorff" * 3)
    )
    text = _pdf_text(make("extension-activity", "pdf", "en", "2026-10-01"), tmp_path)
    assert "Wolfesc" in text
    assert "Wolfeschlegelsteinhausenbergerdorff" * 2 not in text


def test_xlsx_holds_numbers_and_durations_not_texts(two_hours: TenantBuilder, make: Make) -> None:
    with zipfile.ZipFile(io.BytesIO(make("call-response", "xlsx", "nl", "2026-10-25"))) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
        styles = workbook.read("xl/styles.xml").decode()
    assert "[h]:mm:ss" in styles
    assert f"<v>{60 / 86400:.16g}"[:12] in sheet
    assert "<f>" not in sheet


def test_html_is_escaped(acme: TenantBuilder, make: Make) -> None:
    acme.call(datetime(2026, 10, 1, 8, tzinfo=UTC), person_id=acme.person("<script>alert(1)</script>"))
    text = make("extension-activity", "html", "nl", "2026-10-01").decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>" not in text
    assert "Toestelnummer gespreksactiviteit" in text


def test_csv_and_json_give_the_figures_of_the_report(acme: TenantBuilder, read: Reading, make: Make) -> None:
    sample.fill(acme, calls=150)
    for report in CATALOGUE:
        _check_files(read, make, report, "2026-10-23", "2026-11-01")


def _check_files(read: Reading, make: Make, report: str, first: str, last: str) -> None:
    found = read(report, first, last)
    machine = csv.DictReader(io.StringIO(make(report, "csv", "nl", first, last, flavour="machine").decode()))
    as_json = json.loads(make(report, "json", "nl", first, last))["rows"]
    assert len(found.rows) == len(as_json) > 0
    for row, line, keyed in zip(found.rows, machine, as_json, strict=True):
        for name, value in zip(found.columns, row, strict=True):
            plain = keyed[name]
            assert line[name] == ("" if plain is None else str(plain))
            if not isinstance(value, datetime):
                assert (None if value is None else str(value)) == (None if plain is None else str(plain))


def test_every_direction_has_its_number(acme: TenantBuilder, read: Reading) -> None:
    moment = datetime(2026, 10, 1, 8, tzinfo=UTC)
    acme.call(moment, caller_number="+31611111111")
    acme.call(moment, direction=Direction.INTERNAL, called_number="202")
    acme.call(moment, direction=Direction.OUTGOING, outside_number="+31622222222", called_number="0622222222")
    assert read("calls-by-date", "2026-10-01").column("number") == ["+31611111111", "202", "+31622222222"]


def _pdf_text(pdf: bytes, folder: Path) -> str:
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()
