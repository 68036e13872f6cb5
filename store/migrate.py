"""Brings a database to the newest schema: numbered SQL files, each once, each in its own transaction.

Our own runner because the schema is plain SQL (views, exclusion constraints, hypertables), forward only;
what a migration library adds is the part that we do not use.
"""

import hashlib
import logging
from dataclasses import dataclass
from importlib.resources import files

import psycopg

from store.connect import Connection, connect
from store.errors import MigrationError

log = logging.getLogger(__name__)

ADVISORY_LOCK = 7_201_961_101
OWNER = "gespreksrapportage_owner"


@dataclass(frozen=True, slots=True)
class Migration:
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations() -> list[Migration]:
    """All migrations that this version ships, in order."""
    folder = files("store") / "migrations"
    return [
        Migration(path.name.removesuffix(".sql"), path.read_text(encoding="utf-8"))
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".sql")
    ]


def migrate(url: str) -> list[str]:
    """Applies what is missing and returns the names of the migrations that were applied.

    Safe to run at any time and from several places at once: one does it, the others wait.

    Raises:
        DatabaseUnavailableError: the database cannot be reached.
        MigrationError: an applied migration was changed afterwards, or one fails.
    """
    with connect(url, "migrate", autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (ADVISORY_LOCK,))
        _ensure_timescaledb(url)
        connection.execute(_script("roles_before.sql"))
        applied = _applied(connection)
        done = []
        for migration in migrations():
            if migration.name not in applied:
                _apply(connection, migration)
                done.append(migration.name)
            elif applied[migration.name] != migration.checksum:
                raise MigrationError(
                    f"Migration {migration.name} was changed after it was applied; "
                    "restore the file and put the change in a new migration."
                )
        if has_timescaledb(connection):
            connection.execute(_script("hypertables.sql"))
        connection.execute(_script("roles_after.sql"))
    return done


def has_timescaledb(connection: Connection) -> bool:
    """Whether this database has the extension."""
    row = connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'").fetchone()
    return row is not None


def _ensure_timescaledb(url: str) -> None:
    """On a connection of its own: where the library is not preloaded, the attempt costs the session."""
    try:
        with connect(url, "migrate", autocommit=True) as connection:
            offered = connection.execute(
                "SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb'"
            ).fetchone()
            if offered:
                connection.execute("CREATE EXTENSION IF NOT EXISTS timescaledb SCHEMA public")
    except psycopg.Error as error:
        log.warning("TimescaleDB is on this server but cannot be used, plain tables serve instead: %s", error)


def _script(name: str) -> bytes:
    return (files("store") / name).read_bytes()


def _applied(connection: Connection) -> dict[str, str]:
    connection.execute(
        """
        CREATE TABLE IF NOT EXISTS store.migration (
            name text PRIMARY KEY,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """
    )
    return dict(connection.execute("SELECT name, checksum FROM store.migration").fetchall())


def _apply(connection: Connection, migration: Migration) -> None:
    try:
        with connection.transaction():
            connection.execute(f"SET LOCAL ROLE {OWNER}")
            connection.execute("SET LOCAL search_path = store")
            connection.execute(migration.sql.encode())
            connection.execute("RESET ROLE")
            connection.execute(
                "INSERT INTO store.migration (name, checksum) VALUES (%s, %s)",
                (migration.name, migration.checksum),
            )
    except psycopg.Error as error:
        raise MigrationError(f"Migration {migration.name} failed: {error}") from error
    log.info("applied migration %s", migration.name)
