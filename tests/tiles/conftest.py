"""A portal with tenants and accounts in it, as for the tests of access."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import psycopg
import pytest

from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from tests.access.conftest import Accounts, acme, administrator, make_account, owner, rival
from tests.conftest import Database, RoleNames
from tests.reportgen.serving import served

__all__ = ["Accounts", "acme", "administrator", "make_account", "owner", "rival"]

NOW = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def client(
    database: Database,
    owner: psycopg.Connection,
    role_names: RoleNames,
) -> Iterator[httpx.Client]:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        yield client
