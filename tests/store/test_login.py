"""Database logins: each may do what its role may, and a viewer sees one tenant."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from store.connect import connect
from store.errors import UnknownTenantError, UserError
from store.login import create_login
from store.seed import SeedFile
from store.seed_load import load_seed
from tests.conftest import Database

TENANTS = [
    f"tenant: {{slug: {slug}, name: {slug}}}\npersons: [{{reference: {slug}-1}}]\n" for slug in ("a", "b")
]


@pytest.fixture
def names(database: Database) -> Iterator[list[str]]:
    """Logins to remove again: they belong to the whole server."""
    made: list[str] = []
    yield made
    with database.connect(autocommit=True) as connection:
        for name in made:
            identifier = sql.Identifier(name)
            connection.execute(sql.SQL("DROP OWNED BY {}").format(identifier))
            connection.execute(sql.SQL("DROP ROLE {}").format(identifier))


def make(
    database: Database, names: list[str], role: str, tenant: str | None = None, *, new_password: bool = False
) -> str:
    name = f"login_test_{role}"
    with connect(database.url, "test") as connection:
        url = create_login(connection, database.url, name, role, tenant, new_password=new_password)
    if name not in names:
        names.append(name)
    return url


def load_tenants(database: Database) -> None:
    with connect(database.url, "test") as connection:
        for text in TENANTS:
            load_seed(connection, SeedFile(text, "tenant.yaml"))


def test_a_viewer_sees_its_own_tenant_and_finds_the_views_by_name(
    database: Database, names: list[str]
) -> None:
    load_tenants(database)
    with psycopg.connect(make(database, names, "viewer", "a")) as viewer:
        assert viewer.execute("SELECT reference FROM person").fetchall() == [("a-1",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            viewer.execute("SELECT reference FROM store.person")
    with psycopg.connect(make(database, names, "viewer", "b", new_password=True)) as viewer:
        assert viewer.execute("SELECT reference FROM person").fetchall() == [("b-1",)]


def test_an_administrator_loads_tenants_and_reads_no_call(database: Database, names: list[str]) -> None:
    with connect(make(database, names, "administrator"), "test") as connection:
        load_seed(connection, SeedFile(TENANTS[0], "tenant.yaml"))
        connection.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT 1 FROM store.call")


def test_another_password_is_given_only_when_asked_for(database: Database, names: list[str]) -> None:
    first = make(database, names, "aggregator")
    with pytest.raises(UserError, match="already"):
        make(database, names, "aggregator")
    second = make(database, names, "aggregator", new_password=True)
    assert urlsplit(first).password != urlsplit(second).password
    with psycopg.connect(second) as connection:
        assert connection.execute("SELECT count(*) FROM store.touched_call").fetchone() == (0,)


def test_no_password_reaches_the_server(database: Database, names: list[str], tmp_path: Path) -> None:
    password = urlsplit(make(database, names, "report")).password
    with database.connect() as connection:
        row = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = 'login_test_report'"
        ).fetchone()
    assert row
    assert row[0].startswith("SCRAM-SHA-256$")
    assert password
    assert password not in row[0]


@pytest.mark.parametrize(
    ("name", "role", "tenant", "said"),
    [
        ("Bad Name", "report", None, "cannot be a login"),
        ("pg_reader", "report", None, "cannot be a login"),
        ("reader", "king", None, "There is no role"),
        ("reader", "viewer", None, "say which with --tenant"),
        ("reader", "report", "a", "leave --tenant out"),
    ],
)
def test_what_cannot_be_is_refused(
    database: Database, name: str, role: str, tenant: str | None, said: str
) -> None:
    with connect(database.url, "test") as connection, pytest.raises(UserError, match=said):
        create_login(connection, database.url, name, role, tenant)


def test_a_viewer_of_nobody_is_refused(database: Database) -> None:
    with connect(database.url, "test") as connection, pytest.raises(UnknownTenantError):
        create_login(connection, database.url, "reader_of_nobody", "viewer", "nobody")
