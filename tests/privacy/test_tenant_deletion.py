"""When the service ends, everything of a tenant is deleted for good, and it can be shown."""

import io
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from exporter.batch import Batch
from exporter.event_writer import write_batches
from gespreksrapportage.tenant_commands import tenant
from reportgen.access.accounts import ScopeWanted, make_scope
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token
from store.connect import connect
from store.deletion import delete_tenant
from store.login import create_login
from store.personal_data import TABLES
from tests.access.conftest import Accounts
from tests.conftest import Database, RoleNames
from tests.recordings import events
from tests.reportgen.builders import TenantBuilder


def rows(owner: psycopg.Connection[Any]) -> dict[str, int]:
    """Table → rows, of all tenants."""
    return {
        table: len(owner.execute(f"SELECT 1 FROM store.{table}".encode()).fetchall())
        for table in TABLES
        if table not in ("migration", "retention_rule", "privacy_act")
    }


@pytest.fixture
def ending(
    company: TenantBuilder,
    rival: TenantBuilder,
    owner: psycopg.Connection,
    database: Database,
    make_account: Accounts,
    role_names: RoleNames,
) -> TenantBuilder:
    """A tenant that has something of everything, beside another."""
    make_account("anna")
    make_account("part", Role.SUPERVISOR, scope=ScopeWanted({"site": ["site one"]}))
    rival.call(owner.execute("SELECT min(started_at) FROM store.call").fetchone()[0])  # type: ignore[index]
    with connect(database.url, "test", autocommit=True) as connection:
        create_token(connection, company.slug, name="x", days=1)
        make_scope(connection, company.tenant_id, ScopeWanted({"site": ["site one"]}), "one")
        for scope in (None, "one"):
            create_login(connection, database.url, role_names("viewer"), "viewer", company.slug, scope=scope)
    for statement in _MORE:
        owner.execute(statement)
    owner.execute("SELECT privacy.expire(%s)", [company.tenant_id])
    hear(database, company)
    return company


_MORE = (
    """
    INSERT INTO store.sign_in_attempt SELECT 1, now(), 'account:' || account_id, 'x' FROM store.account
    """,
    """
    INSERT INTO store.account_session
        (session_hash, account_id, sign_in_id, stage, address, idle_lifetime, expires_at)
    SELECT sha256(name::bytea), account_id, 1, 'open', 'x', '1 hour', now() + interval '1 hour'
    FROM store.account
    """,
    """
    INSERT INTO store.contact_group_member (group_id, extension)
    SELECT group_id, '201' FROM store.contact_group
    """,
)


def hear(database: Database, company: TenantBuilder) -> None:
    heard = events("sipp")[:50]
    batch = Batch(
        tenant_id=company.tenant_id, pbx_id=company.pbx_id, received_at=heard[-1].occurred_at, events=heard
    )
    with connect(database.url, "test") as connection:
        write_batches(connection, [batch])


def test_everything_of_the_tenant_goes_and_nothing_of_another(
    ending: TenantBuilder,
    rival: TenantBuilder,
    owner: psycopg.Connection,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    outbox = tmp_path / "outbox"
    outbox.mkdir()
    (outbox / "events").write_bytes(b"0612345678")
    of_tenants = {
        table for (table,) in owner.execute("SELECT table_name FROM privacy.tables_of_tenants()").fetchall()
    }
    filled = {table for table, count in rows(owner).items() if count}
    assert len(of_tenants & filled) > 30
    logins = [name for (name,) in owner.execute("SELECT role_name FROM store.database_login").fetchall()]
    arguments = ["delete", "acme", "--certificate", str(tmp_path), "--also-remove", str(outbox)]
    wrong = CliRunner().invoke(tenant, arguments, input="rival\n")
    assert "nothing was deleted" in str(wrong.exception)
    assert outbox.exists()

    done = CliRunner().invoke(tenant, arguments, input="acme\n", catch_exceptions=False)

    assert 'Tenant "acme" is deleted' in done.output
    certificate = json.loads(next(tmp_path.glob("deletion-acme-*.json")).read_text())
    assert set(certificate["removed"]) == of_tenants == set(certificate["found_afterwards"])
    assert set(certificate["found_afterwards"].values()) == {0}
    assert certificate["removed"]["call"] == 150
    assert certificate["database_logins"] == sorted(logins)
    pdf = PdfReader(io.BytesIO(next(tmp_path.glob("deletion-acme-*.pdf")).read_bytes()))
    said = "\n".join(page.extract_text() for page in pdf.pages)
    assert "agent_group_session" in said
    assert logins[0] in said
    assert not outbox.exists()
    roles = owner.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [logins])
    assert roles.fetchall() == []
    assert {table for table, count in rows(owner).items() if count} == {
        "audit_entry", "call", "leg", "pbx", "privacy_key", "privacy_setting", "tenant",
    }  # fmt: skip
    left = owner.execute("SELECT DISTINCT tenant_id FROM store.audit_entry").fetchall()
    assert left == [(rival.tenant_id,)]


def test_what_stays_is_the_certificate_without_a_name(
    ending: TenantBuilder, owner: psycopg.Connection, database: Database
) -> None:
    with connect(database.url, "test") as connection:
        delete_tenant(connection, "acme")
    stays = owner.execute("SELECT kind, actor, subject, details FROM store.privacy_act").fetchall()
    assert [row[:3] for row in stays] == [("tenant_deleted", None, None)]
    for word in ("anna", "Anna", "Bakery", "6123400", "Acme"):
        assert word not in json.dumps(stays[0][3])


def test_events_that_come_afterwards_are_not_kept(
    ending: TenantBuilder, owner: psycopg.Connection, database: Database
) -> None:
    with connect(database.url, "test") as connection:
        delete_tenant(connection, "acme")
    hear(database, ending)
    assert rows(owner)["event"] == rows(owner)["touched_call"] == 0
