"""The schema: built by numbered migrations, the same however often they run."""

import hashlib

import pytest

from store.connect import connect
from store.errors import DatabaseUnavailableError, MigrationError
from store.migrate import has_timescaledb, migrate, migrations
from tests.conftest import Database


def test_migrations_run_once_and_again_change_nothing(empty_database: Database) -> None:
    names = [migration.name for migration in migrations()]
    assert migrate(empty_database.url) == names
    assert migrate(empty_database.url) == []


def test_a_migration_changed_after_it_was_applied_is_refused(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(
            "UPDATE store.migration SET checksum = %s WHERE name = '0002_event'",
            (hashlib.sha256(b"other").hexdigest(),),
        )
        connection.commit()
    with pytest.raises(MigrationError, match="0002_event was changed after it was applied"):
        migrate(database.url)


def test_facts_are_hypertables_where_timescaledb_is_there(database: Database) -> None:
    with connect(database.url, "test") as connection:
        if not has_timescaledb(connection):
            assert database.kind == "plain"
            return
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT hypertable_name FROM timescaledb_information.hypertables"
            )
        }
    assert {"event", "call", "leg", "visit", "agent_state", "device_state", "rollup_call_quarter"} <= tables


def test_every_table_is_owned_by_the_owner_role_and_open_to_nobody(database: Database) -> None:
    with connect(database.url, "test") as connection:
        rows = connection.execute(
            """
            SELECT c.relname, pg_get_userbyid(c.relowner),
                   has_table_privilege('gespreksrapportage_viewer', c.oid, 'SELECT')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'store' AND c.relkind IN ('r', 'p') AND c.relname <> 'migration'
            """
        ).fetchall()
    assert rows
    assert [name for name, owner, _ in rows if owner != "gespreksrapportage_owner"] == []
    assert [name for name, _, readable in rows if readable] == []


def test_a_database_that_is_away_gets_one_sentence() -> None:
    with pytest.raises(
        DatabaseUnavailableError, match=r"The database at 127\.0\.0\.1:1/nothing cannot be reached"
    ):
        migrate("postgresql://nobody@127.0.0.1:1/nothing")
