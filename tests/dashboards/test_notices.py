"""The database tells whose own boards have changed, and whoever listens survives all that can come."""

import psycopg
import pytest

from dashboards.grafana.notices import CHANNEL, Notices
from tests.conftest import Database
from tests.dashboards.tenants import TenantUnderTest


@pytest.fixture
def account(database: Database, ours: TenantUnderTest) -> int:
    """Of somebody who has begun boards of his own."""
    with database.connect() as connection:
        row = connection.execute(
            "INSERT INTO store.account (tenant_id, name, role) VALUES (%s, 'anna', 'administrator') "
            "RETURNING account_id",
            (ours.tenant_id,),
        ).fetchone()
        assert row is not None
        connection.execute(
            "INSERT INTO store.own_board (account_id, tenant_id) VALUES (%s, %s)", (row[0], ours.tenant_id)
        )
        return int(row[0])


def add_tile(connection: psycopg.Connection, account: int, tenant: int) -> None:
    connection.execute(
        "INSERT INTO store.tile (account_id, tenant_id, place, definition) "
        "VALUES (%s, %s, 'dashboard', '{}')",
        (account, tenant),
    )


def test_every_change_is_told_once_it_is_committed(
    database: Database, ours: TenantUnderTest, account: int
) -> None:
    with Notices(database.url) as notices, database.connect() as portal:
        assert notices.wait(0) == set()
        add_tile(portal, account, ours.tenant_id)
        add_tile(portal, account, ours.tenant_id)
        assert notices.wait(0.3) == set()
        portal.commit()
        assert notices.wait(10) == {account}
        assert notices.wait(0.3) == set(), "both were one"
        for statement in (
            "UPDATE store.tile SET position = 5",
            "DELETE FROM store.tile",
            "INSERT INTO store.wallboard_view (account_id, tenant_id, title) VALUES (1, 1, 'x')",
            "DELETE FROM store.account",
        ):
            portal.execute(statement.encode())
            portal.commit()
            assert notices.wait(10) == {account}, statement


def test_what_makes_no_sense_is_passed_over(database: Database) -> None:
    """Any login may tell anything."""
    with Notices(database.url) as notices, database.connect(autocommit=True) as stranger:
        notices.wait(0)
        for told in ("", "all", "-1", "1; DROP TABLE x", "9" * 30, "²", "7"):
            stranger.execute("SELECT pg_notify(%s, %s)", (CHANNEL, told))
        seen: set[int] = set()
        while 7 not in seen:
            seen |= notices.wait(10)
        assert seen == {7}


def test_listening_goes_on_after_the_connection_was_lost(
    database: Database, ours: TenantUnderTest, account: int
) -> None:
    with Notices(database.url) as notices, database.connect(autocommit=True) as owner:
        notices.wait(0)
        owner.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE application_name = 'gespreksrapportage grafana notices'"
        )
        assert notices.wait(0.1) == set()
        notices.wait(0)
        add_tile(owner, account, ours.tenant_id)
        assert notices.wait(10) == {account}
