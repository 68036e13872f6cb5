"""Every report's files over a small fixed company, to the letter.

After a wanted change: `GOLDEN=write pytest tests/reportgen/test_golden.py`, and read what differs.
"""

import os
from pathlib import Path

from reportgen.catalogue import CATALOGUE
from reportgen.render.outputs import Output, blocks
from reportgen.texts import Language
from reportgen.units import Writer
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

GOLDEN = Path(__file__).parent / "golden"
FORMS = (("csv", "spreadsheet", "nl"), ("json", "machine", "en"))
CALLS = 24


def test_every_reports_files_are_as_they_were(acme: TenantBuilder, read: Reading) -> None:
    sample.fill(acme, calls=CALLS)
    for slug in CATALOGUE:
        for form, flavour, language in FORMS:
            question = read.question(slug, "2026-10-23", "2026-11-01")
            writer = Writer(Language(language), question.tenant.time_zone)
            output = Output(form, "machine" if flavour == "machine" else "spreadsheet")
            parts = blocks(read.connection, question, writer, output, now=NOW, made_by="Ann Owner")
            _compare(b"".join(parts).decode("utf-8-sig"), GOLDEN / f"{slug}.{form}")
    if os.environ.get("GOLDEN") != "write":
        assert {path.stem for path in GOLDEN.iterdir()} == set(CATALOGUE)


def _compare(text: str, path: Path) -> None:
    lines = text.replace("\r\n", "\n").replace('}, {"', '},\n{"').replace('},{"', '},\n{"') + "\n"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(lines, encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8"), path.name
