"""The command line: files out, and one sentence when something is wrong."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.access.sign_in import principal_of_token
from store.connect import connect
from tests.conftest import Database
from tests.reportgen.builders import TenantBuilder

COMMAND = (sys.executable, "-m", "gespreksrapportage")


def run(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"DATABASE_URL": url, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )


def test_a_report_is_written_to_a_file(acme: TenantBuilder, report_url: str, tmp_path: Path) -> None:
    acme.call(datetime(2026, 10, 1, 8, tzinfo=UTC), extension="201")
    acme.call(datetime(2026, 10, 1, 8, tzinfo=UTC), extension="202")
    path = tmp_path / "report.json"
    done = run(
        report_url,
        *("report", "calls-by-date", "--tenant", "acme", "--from", "2026-10-01"),
        *("--filter", "extension=201", "--format", "json", "-o", str(path)),
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert [row["extension"] for row in found["rows"]] == ["201"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_gallery_has_its_reports_in_both_languages_and_every_form(
    acme: TenantBuilder, report_url: str, tmp_path: Path
) -> None:
    acme.call(datetime(2026, 10, 1, 8, tzinfo=UTC), extension="201")
    folder = tmp_path / "gallery"
    reports = ("extension-activity", "management-summary")
    done = run(
        report_url,
        *("gallery", "-o", str(folder), "--tenant", "acme"),
        *(part for report in reports for part in ("--report", report)),
    )
    assert done.returncode == 0, done.stderr
    names = {
        f"{report}.{language}.{form}"
        for report in reports
        for language in ("nl", "en")
        for form in ("pdf", "html", "csv")
    }
    assert {path.name for path in folder.iterdir()} == names | {
        "index.html",
        "index.nl.html",
        "index.en.html",
    }
    for page, title in (("index.html", "Alle rapporten"), ("index.en.html", "All reports")):
        text = (folder / page).read_text(encoding="utf-8")
        assert title in text
        links = set(re.findall(r'href="([^"#]+)"', text))
        assert {link for link in links if not (folder / link).exists()} == set()
    assert "1 oktober 2026" in (folder / "index.html").read_text(encoding="utf-8")


def test_a_gallery_of_nothing_says_so(acme: TenantBuilder, report_url: str, tmp_path: Path) -> None:
    done = run(report_url, "gallery", "-o", str(tmp_path / "gallery"), "--tenant", "acme")
    assert done.returncode == 1
    assert "no calls yet" in done.stderr


def test_a_report_goes_to_standard_output_too(acme: TenantBuilder, report_url: str) -> None:
    done = run(
        report_url,
        *("report", "call-response", "--tenant", "acme", "--period", "last-month"),
        *("--format", "csv", "--flavour", "machine"),
    )
    assert done.stdout.startswith("hour,offered,")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nonsense", "--tenant", "acme", "--from", "2026-10-01"), 'no report "nonsense"'),
        (("call-response", "--tenant", "nobody", "--from", "2026-10-01"), 'no tenant "nobody"'),
        (
            ("call-response", "--tenant", "acme", "--from", "2026-10-02", "--to", "2026-10-01"),
            "before it begins",
        ),
        (("call-response", "--tenant", "acme"), "needs a period"),
        (("call-response", "--tenant", "acme", "--period", "today", "--filter", "x=1"), 'no filter "x"'),
    ],
)
def test_wrong_input_ends_in_one_sentence(
    acme: TenantBuilder, report_url: str, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    path = tmp_path / "report.pdf"
    done = run(report_url, "report", *arguments, "-o", str(path))
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not path.exists()


def test_a_database_that_is_away_ends_in_one_sentence() -> None:
    done = run(
        "postgresql://nobody@127.0.0.1:1/none",
        "report",
        "call-response",
        "--tenant",
        "acme",
        "--period",
        "today",
    )
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_token_is_printed_once_and_works(acme: TenantBuilder, database: Database, report_url: str) -> None:
    done = run(database.url, "token", "create", "--tenant", "acme", "--name", "Ann", "--days", "3")
    assert done.returncode == 0
    token = done.stdout.strip()
    assert len(token) >= 43
    with connect(report_url, "test") as connection:
        holder = principal_of_token(connection, token)
    assert holder is not None
    assert (holder.tenant_id, holder.name) == (acme.tenant_id, "Ann")
