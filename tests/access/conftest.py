"""Two tenants, the logins of their readers, and a report generator that signs people in."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import psycopg
import pytest

from reportgen.access.accounts import ScopeWanted, create_account
from reportgen.access.roles import Role
from reportgen.web.app import create_app
from store.connect import Connection, connect
from store.login import create_login
from store.migrate import migrate
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

PASSWORD = "correct horse battery"
NOW = datetime(2026, 11, 2, 8, 0, 10, tzinfo=UTC)


@pytest.fixture
def owner(database: Database) -> Iterator[psycopg.Connection]:
    """The database's owner, who sees all."""
    # A clone lacks its template's privileges as a database; the end of a migration says them.
    migrate(database.url)
    with database.connect(autocommit=True) as connection:
        yield connection


@pytest.fixture
def acme(owner: psycopg.Connection) -> TenantBuilder:
    return TenantBuilder(owner)


@pytest.fixture
def rival(owner: psycopg.Connection) -> TenantBuilder:
    """Another tenant in the same database."""
    return TenantBuilder(owner, slug="rival", name="Rival BV")


@pytest.fixture
def portal(database: Database, owner: psycopg.Connection, role_names: RoleNames) -> Iterator[Connection]:
    """The report generator's own login, as the portal uses it."""
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with connect(url, "test") as connection:
        yield connection


@pytest.fixture
def administrator(
    database: Database, owner: psycopg.Connection, role_names: RoleNames
) -> Iterator[Connection]:
    """A login with the administrator role, as the command line uses it."""
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("administrator"), "administrator", None)
    with connect(url, "test", autocommit=True) as connection:
        yield connection


class Accounts:
    """Makes accounts whose password is `PASSWORD` and need not be changed."""

    def __init__(self, administrator: Connection) -> None:
        self._administrator = administrator

    def __call__(
        self,
        name: str,
        role: Role = Role.ADMINISTRATOR,
        tenant: str | None = "acme",
        scope: ScopeWanted | None = None,
        email: str | None = None,
        *,
        call_center_basic: bool = False,
    ) -> None:
        create_account(
            self._administrator,
            tenant,
            name,
            role,
            email=email,
            scope=scope,
            call_center_basic=call_center_basic,
            password=PASSWORD,
            one_time=False,
        )


@pytest.fixture
def make_account(administrator: Connection, acme: TenantBuilder) -> Accounts:
    return Accounts(administrator)


@pytest.fixture
def clock() -> list[datetime]:
    """What time it is: its last entry."""
    return [NOW]


@pytest.fixture
def client(
    database: Database, owner: psycopg.Connection, role_names: RoleNames, clock: list[datetime]
) -> Iterator[httpx.Client]:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: clock[-1])) as client:
        yield client
