"""A running database server and what may be asked of it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Literal, Self
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from store.server.cluster import Cluster
from store.server.errors import ServerError
from store.server.installation import OLDEST_MAJOR_VERSION, Installation
from store.server.machine import locked

# The extension can be created only where the server was told to load its library at the start.
USABLE_TIMESCALEDB = (
    "FROM pg_available_extensions WHERE name = 'timescaledb'"
    " AND current_setting('timescaledb.max_background_workers', true) IS NOT NULL"
)
Kind = Literal["given", "timescaledb", "plain"]


class DatabaseServer:
    """A database server that answers, ours or a given one. As a context manager it stops at the end."""

    kind: Kind
    """"given" for DATABASE_URL, "timescaledb" or "plain" for a server of our own."""
    description: str
    """What it is and where it comes from, in a few words for people; holds no password."""

    def __init__(self, kind: Kind, address: "GivenAddress | Lease", origin: str) -> None:
        self.kind = kind
        self._address = address
        self.description = f"{self._version()}, {origin}"

    def url(self, database: str | None = None) -> str:
        """libpq URL (postgresql://...) of the superuser, or of the given user, for `database`.

        Without a name: the given URL as it was given; the database "postgres" on a server of our own.
        """
        return self._address.url(database)

    def stop(self) -> None:
        """Let the server go: one of our own stops when no other process uses it, a given one is left alone.

        Harmless when called again.
        """
        self._address.release()

    def discard(self) -> None:
        """Stop, and delete the data of a server of our own that no other process uses."""
        self._address.release(discard=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def ensure_database(self, name: str) -> str:
        """The URL of a database to work in: the given one untouched, else `name`, made when it is missing."""
        if self.kind == "given":
            return self.url()
        with self._administration() as connection:
            exists = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount
        return self.url(name) if exists else self.create_database(name)

    def create_database(self, name: str, *, template: str | None = None) -> str:
        """Make a database and give its URL: a copy of `template`, or empty. Raises psycopg.Error."""
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template is not None:
            statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        with self._administration() as connection:
            connection.execute(statement)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending the sessions in it; one that does not exist is none to remove."""
        with self._administration() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def has_timescaledb(self) -> bool:
        """Whether the server has loaded TimescaleDB, so that a database may use it."""
        with self._administration() as connection:
            row = connection.execute(f"SELECT {USABLE_TIMESCALEDB}").fetchone()
        return row is not None

    @contextmanager
    def _administration(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            yield connection

    def _version(self) -> str:
        with self._administration() as connection:
            row = connection.execute(
                "SELECT split_part(current_setting('server_version'), ' ', 1),"
                f" (SELECT default_version {USABLE_TIMESCALEDB})"
            ).fetchone()
        if row is None:
            raise ServerError("The database server does not tell its version.")
        version, extension_version = row
        if int(version.split(".")[0]) < OLDEST_MAJOR_VERSION:
            raise ServerError(f"PostgreSQL {version} is too old; {OLDEST_MAJOR_VERSION} or newer is needed.")
        return (
            f"TimescaleDB {extension_version} on PostgreSQL {version}"
            if extension_version
            else f"PostgreSQL {version}"
        )


class GivenAddress:
    """The address of a server that somebody else runs."""

    def __init__(self, url: str, name: str = "DATABASE_URL") -> None:
        """Raises ServerError when `url`, from the variable `name`, is no libpq URL."""
        if urlsplit(url).scheme not in ("postgresql", "postgres"):
            raise ServerError(
                f"{name} must be a URL of the form postgresql://user:password@host:port/database."
            )
        self._url = url

    def url(self, database: str | None) -> str:
        """The given URL, with another database's name in it when one is asked for."""
        if database is None:
            return self._url
        return urlsplit(self._url)._replace(path=f"/{quote(database, safe='')}").geturl()

    def release(self, *, discard: bool = False) -> None:
        """Nothing is ours to stop or to delete."""


class Lease:
    """This process's share in a server of our own; the server stops when the last share is given back.

    Shares are file locks, so that a process that was killed leaves none behind.
    """

    def __init__(self, cluster: Cluster, installation: Installation, *, preload: str, durable: bool) -> None:
        """Take a share and start the server unless it runs. Raises ServerError."""
        self._cluster = cluster
        self._installation = installation
        self._share: IO[str] | None = cluster.users.open("a")
        try:
            with locked(cluster.directory / "start.lock"):
                fcntl.flock(self._share, fcntl.LOCK_SH)
                if not cluster.is_running():
                    cluster.start(installation, preload=preload, durable=durable)
                    cluster.guard(installation)
        except BaseException:
            self._share.close()
            raise

    def url(self, database: str | None) -> str:
        """Superuser's URL."""
        return self._cluster.url(database or "postgres")

    def release(self, *, discard: bool = False) -> None:
        """Give the share back; when it was the last, stop the server and, with `discard`, delete its data."""
        if self._share is None:
            return
        self._share.close()
        self._share = None
        with locked(self._cluster.directory / "start.lock"), self._cluster.users.open("a") as users:
            # The guardian may be stopping the server at this moment; it holds the lock alone until it has.
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if self._cluster.is_running():
                self._cluster.stop(self._installation)
            if discard:
                self._cluster.delete()
