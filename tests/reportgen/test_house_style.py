"""The tenant's colour and logo: from its file to its documents, and what is not taken for a logo."""

import re
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from reportgen.render.outputs import Output, blocks
from reportgen.texts import Language
from reportgen.units import Writer
from store.connect import connect
from store.errors import InvalidOrganisationError
from store.picture import MOST_BYTES
from store.seed import SeedFile, read_seed
from store.seed_load import load_seed
from tests.conftest import Database
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

EXAMPLES = Path(__file__).parents[2] / "examples"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
TENANT = f"tenant: {{slug: acme, name: Acme BV, colour: '#A02060', logo: '{LOGO}'}}\n"


def png() -> bytes:
    """One red point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
        + chunk(b"IEND", b"")
    )


def made(read: Reading, form: str) -> bytes:
    question = read.question("call-response", "2026-10-01")
    writer = Writer(Language.DUTCH, question.tenant.time_zone)
    return b"".join(blocks(read.connection, question, writer, Output(form), now=NOW, made_by="Ann"))


def test_a_report_has_the_tenants_colour_and_logo(
    acme: TenantBuilder, read: Reading, database: Database
) -> None:
    with connect(database.url, "test") as connection:
        load_seed(connection, SeedFile(TENANT, "acme.yaml"))
    page = made(read, "html").decode()
    assert "--accent: #a02060" in page
    assert "data:image/svg+xml;base64" in page
    assert made(read, "pdf").startswith(b"%PDF")


def test_a_png_lies_on_paper_too(
    acme: TenantBuilder, read: Reading, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    (tmp_path / "acme.yaml").write_text(
        "tenant: {slug: acme, name: Acme BV, logo: logo.png}\n", encoding="utf-8"
    )
    with connect(database.url, "test") as connection:
        load_seed(connection, read_seed(tmp_path / "acme.yaml"))
    (tmp_path / "report.pdf").write_bytes(made(read, "pdf"))
    listed = subprocess.run(
        ["pdfimages", "-list", str(tmp_path / "report.pdf")], capture_output=True, check=True, text=True
    )
    assert re.search(r"image +1 +1 ", listed.stdout)


def test_a_second_load_changes_nothing_and_one_without_removes_the_logo(database: Database) -> None:
    with connect(database.url, "test") as connection:
        load_seed(connection, SeedFile(TENANT, "acme.yaml"))
        assert load_seed(connection, SeedFile(TENANT, "acme.yaml")).entries == []
        without = load_seed(connection, SeedFile("tenant: {slug: acme, name: Acme BV}\n", "acme.yaml"))
        assert without.entries != []
        assert connection.execute("SELECT count(*) FROM store.tenant_logo").fetchone() == (0,)


def test_the_example_has_both(database: Database) -> None:
    with connect(database.url, "test") as connection:
        load_seed(connection, read_seed(EXAMPLES / "tenant.yaml"))
        found = connection.execute(
            "SELECT colour, picture FROM store.tenant JOIN store.tenant_logo USING (tenant_id)"
        ).fetchone()
    assert found == ("#2f6b3c", (EXAMPLES / "logo.svg").read_bytes())


@pytest.mark.parametrize(
    ("logo", "says"),
    [
        ("<svg><script>x</script></svg>", "outside itself"),
        ("<svg onload='x'/>", "outside itself"),
        ("<svg><image href='https://example.com/x.png'/></svg>", "outside itself"),
        ("<svg><a xlink:href='javascript:x'/></svg>", "outside itself"),
        ("<svg><style>a { background: url(file:///etc/passwd) }</style></svg>", "outside itself"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "SVG"),
        ("<html></html>", "neither SVG nor PNG"),
        ("<svg>" + "x" * MOST_BYTES + "</svg>", "at most 262,144"),
        ("nowhere.svg", "cannot be read"),
    ],
)
def test_a_picture_that_does_more_than_be_one_is_refused(tmp_path: Path, logo: str, says: str) -> None:
    text = f'tenant: {{slug: acme, name: Acme BV, logo: "{logo}"}}\n'
    with pytest.raises(InvalidOrganisationError, match=says):
        SeedFile(text, "acme.yaml", tmp_path)


def test_a_colour_is_a_colour() -> None:
    with pytest.raises(InvalidOrganisationError, match="#12475c"):
        SeedFile("tenant: {slug: acme, name: Acme BV, colour: red}\n", "acme.yaml")
