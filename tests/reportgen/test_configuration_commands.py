"""The command `configuration`: CSV files on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.configuration.commands import WrongLinesError, configuration
from store.connect import connect
from store.login import create_login
from store.migrate import migrate
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder


@pytest.fixture
def run(database: Database, acme: TenantBuilder, role_names: RoleNames, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs the command as a login with the administrator role and no other."""
    migrate(database.url)
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("administrator"), "administrator", None)
    monkeypatch.setenv("DATABASE_URL", url)

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(configuration, [str(each) for each in arguments])

    return invoke


def test_a_file_is_tried_carried_out_and_written_out_again(run, tmp_path: Path, acme: TenantBuilder) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "klanten.csv"
    file.write_text("klantnummer;naam;telefoon\nC1;Bakker;020 1234567\n", encoding="utf-8")
    wanted = ("--tenant", "acme", "--kind", "customers")
    tried = run("import", *wanted, file, "--dry-run")
    assert tried.exit_code == 0
    assert "line 2: added C1" in tried.output
    assert "nothing was carried out" in tried.output
    assert run("export", *wanted).output.splitlines() == ["reference;name;numbers"]
    assert run("import", *wanted, file).exit_code == 0
    assert run("export", *wanted).output.splitlines()[1] == "C1;Bakker;'+31201234567"
    actors = acme.connection.execute("SELECT DISTINCT object FROM store.audit_entry WHERE action = 'created'")
    assert {("customer",), ("customer_number",)} <= set(actors.fetchall())


def test_wrong_lines_are_told_and_good_ones_go_in_only_when_asked(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "toestellen.csv"
    file.write_text("nummer;afdeling\n201;\n202;Nergens\n", encoding="utf-8")
    wanted = ("--tenant", "acme", "--kind", "extensions")
    refused = run("import", *wanted, file)
    assert isinstance(refused.exception, WrongLinesError)
    assert "line 3: department" in refused.output
    assert len(run("export", *wanted).output.splitlines()) == 1
    assert run("import", *wanted, file, "--skip-wrong-lines").exit_code == 0
    assert len(run("export", *wanted).output.splitlines()) == 2
