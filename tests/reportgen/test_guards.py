"""What keeps one report from harming others: limits of time and rows that are told, and constant memory."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.access.tokens import create_token
from reportgen.errors import ReportTooLongError
from reportgen.render import outputs
from reportgen.render.outputs import Output, blocks
from reportgen.run import Question, answer
from reportgen.texts import Language
from reportgen.units import Writer
from reportgen.web.app import create_app
from store.connect import connect
from tests.conftest import Database
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading
from tests.reportgen.serving import served

DAY = "2026-10-01"
MEGABYTE = 1024 * 1024


def written(read: Reading, question: Question, form: str, language: Language = Language.ENGLISH) -> bytes:
    writer = Writer(language, question.tenant.time_zone)
    return b"".join(blocks(read.connection, question, writer, Output(form), now=NOW, made_by="test"))


@pytest.fixture
def ten_calls(acme: TenantBuilder) -> TenantBuilder:
    for minute in range(10):
        acme.call(datetime(2026, 10, 1, 8, minute, tzinfo=UTC), extension=str(70201 + minute))
    acme.roll_up()
    return acme


def text_of(form: str, content: bytes, folder: Path) -> str:
    path = folder / f"report.{form}"
    path.write_bytes(content)
    match form:
        case "pdf":
            command = ["pdftotext", "-layout", path, "-"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            return " ".join(done.stdout.split())
        case "xlsx":
            with zipfile.ZipFile(path) as archive:
                return "".join(
                    archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
                )
    return content.decode()


@pytest.mark.parametrize("form", ["pdf", "xlsx", "html"])
@pytest.mark.parametrize("slug", ["calls-by-date", "extension-activity"])
def test_a_document_says_what_of_it_was_cut(
    ten_calls: TenantBuilder,
    read: Reading,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    form: str,
    slug: str,
) -> None:
    question = read.question(slug, DAY)
    assert "Only the first" not in text_of(form, written(read, question, form), tmp_path)
    monkeypatch.setitem(outputs.MOST_ROWS, form, 7)
    text = text_of(form, written(read, question, form), tmp_path)
    assert "Only the first 7 of 10 rows are shown here." in text
    assert "70207" in text
    if slug == "calls-by-date":
        # The chart over groups names the ten biggest, whatever the table holds.
        assert "70208" not in text
    dutch = text_of(form, written(read, question, form, Language.DUTCH), tmp_path)
    assert "Hier staan alleen de eerste 7 van 10 regels." in dutch


@pytest.mark.parametrize("form", ["csv", "json"])
def test_files_for_programs_are_never_cut(ten_calls: TenantBuilder, read: Reading, form: str) -> None:
    assert form not in outputs.MOST_ROWS
    assert b"70210" in written(read, read.question("calls-by-date", DAY), form)


def test_totals_are_those_of_everything_also_where_rows_were_cut(
    ten_calls: TenantBuilder, read: Reading
) -> None:
    question = replace(read.question("extension-activity", DAY), limit=3)
    with answer(read.connection, question, now=NOW, made_by="test") as result:
        assert (len(list(result.rows)), result.row_count, result.totals and result.totals[0]) == (3, 10, 10)


@pytest.fixture
def slow(ten_calls: TenantBuilder, database: Database) -> Iterator[None]:
    """Whoever reads calls waits for ever."""
    with database.connect() as connection, connection.transaction():
        connection.execute("LOCK TABLE store.call IN ACCESS EXCLUSIVE MODE")
        yield


def test_what_takes_too_long_ends_with_advice(slow: None, read: Reading) -> None:
    question = read.question("calls-by-date", DAY)
    with (
        pytest.raises(ReportTooLongError, match=r"longer than 1 seconds.*choose a shorter period"),
        answer(read.connection, question, now=NOW, made_by="test", seconds=1),
    ):
        pass
    assert read.connection.execute("SELECT 1").fetchone() == (1,), "the connection can go on"


@pytest.mark.parametrize("form", ["json", "csv", "html", "xlsx", "pdf"])
def test_rows_that_take_too_long_end_before_anything_was_given_out(
    ten_calls: TenantBuilder, database: Database, read: Reading, form: str
) -> None:
    question = read.question("calls-by-date", DAY)
    writer = Writer(Language.ENGLISH, question.tenant.time_zone)
    with database.connect() as connection, connection.transaction():
        # The figures above the table need no names, its rows do.
        connection.execute("LOCK TABLE store.person IN ACCESS EXCLUSIVE MODE")
        parts = blocks(read.connection, question, writer, Output(form), now=NOW, made_by="test", seconds=1)
        with pytest.raises(ReportTooLongError):
            next(parts)


def test_the_portal_offers_the_background_for_what_takes_too_long(
    slow: None, acme: TenantBuilder, database: Database, report_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.web.report_page.SECONDS_TO_WAIT", 1)
    with connect(database.url, "test") as connection:
        token = create_token(connection, acme.slug, name="program", days=1)
    with served(create_app(report_url, clock=lambda: NOW)) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        page = client.get(f"/reports/calls-by-date?from={DAY}")
    assert page.status_code == 400
    assert "kies een kortere periode of meer filters" in page.text
    assert 'action="/runs"' in page.text


MANY = 40_000
PROGRAM = """
import resource, sys
from datetime import UTC, date, datetime
from reportgen.catalogue import find_report
from reportgen.compile.period import Period
from reportgen.render.outputs import Output, blocks
from reportgen.run import Question, find_tenant
from reportgen.texts import Language
from reportgen.units import Writer
from store.connect import connect

url, form, flavour, last = sys.argv[1:]
with connect(url, "test") as connection:
    tenant = find_tenant(connection, "acme")
    period = Period(date(2026, 10, 1), date.fromisoformat(last), tenant.time_zone)
    question = Question(find_report("calls-by-date"), tenant, period)
    writer = Writer(Language.ENGLISH, tenant.time_zone)
    size = 0
    output, now = Output(form, flavour), datetime.now(UTC)
    for block in blocks(connection, question, writer, output, now=now, made_by="x"):
        size += len(block)
print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture
def many_calls(acme: TenantBuilder) -> TenantBuilder:
    """One hundredth of them on the first of the two days."""
    call = acme.call(datetime(2026, 10, 1, 8, tzinfo=UTC), outside_number="+31612345678")
    columns = [
        name
        for (name,) in acme.connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'store.call'::regclass AND attnum > 0 "
            "AND attgenerated = '' AND NOT attisdropped AND attname NOT IN ('started_at', 'call_id')"
        ).fetchall()
    ]
    names = ", ".join(columns)
    acme.connection.execute(
        f"INSERT INTO store.call (started_at, call_id, {names}) "
        "SELECT started_at + CASE WHEN n %% 100 = 0 THEN interval '0' ELSE interval '1 day' END "
        f"+ n * interval '1 second', gen_random_uuid(), {names} "
        "FROM store.call, generate_series(1, %s) AS n WHERE call_id = %s".encode(),
        (MANY, call),
    )
    return acme


@pytest.mark.parametrize(
    ("form", "flavour"), [("csv", "machine"), ("csv", "spreadsheet"), ("json", "spreadsheet"), ("xlsx", "x")]
)
def test_memory_does_not_grow_with_the_rows(
    many_calls: TenantBuilder, report_url: str, form: str, flavour: str
) -> None:
    """A hundred times the rows, in a process of its own: its peak is hardly higher."""

    def measured(last: str) -> tuple[int, int]:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, report_url, form, flavour, last],
            capture_output=True,
            text=True,
            check=True,
        )
        size, peak = map(int, done.stdout.split())
        return size, peak * 1024

    (few_size, few_peak), (many_size, many_peak) = measured("2026-10-01"), measured("2026-10-02")
    assert many_size > 20 * few_size
    assert many_peak - few_peak < 12 * MEGABYTE, (few_peak, many_peak)
