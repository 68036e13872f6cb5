"""Real databases for the tests: a server per kind, a migrated template on it, a clone for each test."""

import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from psycopg import sql

from store.migrate import migrate
from store.server import DatabaseServer, Kind, ServerError, given_server, start_server

logger = logging.getLogger(__name__)

DATABASE_KINDS = ("timescaledb", "plain")
CONTAINER_IMAGE = "timescale/timescaledb:2.28.3-pg17"
DOCKER_SOCKET = Path("/var/run/docker.sock")
GIVEN_DATABASE_VARIABLES = ("TEST_DATABASE_URL", "DATABASE_URL")


@dataclass(frozen=True)
class Database:
    """A database of one test's own."""

    url: str
    """libpq URL of its owner, a superuser unless a server was given."""
    kind: str
    """"timescaledb" or "plain"."""

    def connect(self, *, autocommit: bool = False) -> psycopg.Connection:
        """A new connection; as a context manager it commits and closes at the end."""
        return psycopg.connect(self.url, autocommit=autocommit)


class Servers:
    """The servers of this test run, each started when it is first needed."""

    def __init__(self, new_directory: Callable[[str], Path]) -> None:
        self._new_directory = new_directory
        self._servers: dict[str, DatabaseServer] = {}
        self._reasons: dict[str, str] = {}
        self._templates: dict[str, str] = {}
        self._stack = ExitStack()

    def get(self, kind: str) -> DatabaseServer:
        """The server for `kind`.

        A test is skipped when TimescaleDB cannot be had, or fails under REQUIRE_DB=1.
        """
        if not self._servers:
            self._add_shared()
        if kind not in self._servers and kind not in self._reasons:
            self._start(kind)
        if kind in self._reasons:
            _cannot_run(kind, self._reasons[kind])
        return self._servers[kind]

    def template(self, kind: str) -> str:
        """Name of the migrated database on the server for `kind`."""
        if kind not in self._templates:
            server = self.get(kind)
            name = random_name("template")
            self._stack.callback(server.drop_database, name)
            migrate(server.create_database(name))
            with psycopg.connect(server.url(), autocommit=True) as connection:
                # A session in it, such as the extension's scheduler, would be in the way of cloning.
                connection.execute(
                    sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name))
                )
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", [name]
                )
            self._templates[kind] = name
        return self._templates[kind]

    def close(self) -> None:
        """Remove what was made and stop what was started."""
        self._stack.close()

    def _add_shared(self) -> None:
        server = _given_server() or self._container()
        if server is not None:
            self._servers["timescaledb" if server.has_timescaledb() else "plain"] = server

    def _container(self) -> DatabaseServer | None:
        if not _docker_answers():
            return None
        from docker.errors import DockerException  # type: ignore[import-untyped]
        from testcontainers.community.postgres import PostgresContainer

        try:
            container = self._stack.enter_context(PostgresContainer(CONTAINER_IMAGE, driver=None))
        except (DockerException, TimeoutError) as error:
            logger.warning("The container %s does not start: %s", CONTAINER_IMAGE, error)
            return None
        return given_server(container.get_connection_url(), "the test container")

    def _start(self, kind: str) -> None:
        wanted: list[Kind] = ["timescaledb"] if kind == "timescaledb" else ["plain"]
        try:
            server = start_server(self._new_directory(f"{kind}-server"), kinds=wanted, durable=False)
        except ServerError as error:
            self._reasons[kind] = str(error)
        else:
            self._stack.callback(server.discard)
            self._servers[kind] = server


class RoleNames:
    """Names for roles, which all databases of a server share; the roles are removed after the test."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, prefix: str) -> str:
        """A name that no other test uses, beginning with `prefix`."""
        name = random_name(prefix)
        self.remove_afterwards(name)
        return name

    def remove_afterwards(self, name: str) -> None:
        """Have a role removed that got its name from the code under test."""
        self.names.append(name)


def random_name(prefix: str) -> str:
    """A name for a database or role that nothing else on the server has."""
    return f"{prefix}_{secrets.token_hex(6)}"


def _given_server() -> DatabaseServer | None:
    for variable in GIVEN_DATABASE_VARIABLES:
        if url := os.environ.get(variable):
            return given_server(url, variable)
    return None


def _docker_answers() -> bool:
    if "DOCKER_HOST" not in os.environ and not DOCKER_SOCKET.exists():
        return False
    import docker  # type: ignore[import-untyped]
    from docker.errors import DockerException

    try:
        client = docker.from_env(timeout=2)
    except DockerException:
        return False
    try:
        return bool(client.ping())
    except (DockerException, OSError):
        return False
    finally:
        client.close()


def _cannot_run(kind: str, reason: str) -> NoReturn:
    # Plain PostgreSQL comes with the dependencies: without it something is broken.
    if kind == "plain" or os.environ.get("REQUIRE_DB") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=(*DATABASE_KINDS, "all"),
        default="all",
        help="run tests that use a database on TimescaleDB, on plain PostgreSQL, or on each of them",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = DATABASE_KINDS if chosen == "all" else (chosen,)
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    servers = Servers(tmp_path_factory.mktemp)
    yield servers
    servers.close()


@pytest.fixture
def server(servers: Servers, database_kind: str) -> DatabaseServer:
    """The server of the kind under test; its databases are the test's to make and drop."""
    return servers.get(database_kind)


@pytest.fixture
def role_names(server: DatabaseServer) -> Iterator[RoleNames]:
    """Gives names for roles: `role_names("viewer")`; the roles are removed after the test's database."""
    names = RoleNames()
    yield names
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for name in reversed(names.names):
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))


@pytest.fixture
def empty_database(server: DatabaseServer, database_kind: str, role_names: RoleNames) -> Iterator[Database]:
    """A database with nothing in it, not migrated."""
    name = random_name("empty")
    yield Database(server.create_database(name), database_kind)
    server.drop_database(name)


@pytest.fixture
def database(
    servers: Servers, server: DatabaseServer, database_kind: str, role_names: RoleNames
) -> Iterator[Database]:
    """A migrated database of the test's own: once on TimescaleDB and once on plain PostgreSQL."""
    name = random_name("test")
    yield Database(server.create_database(name, template=servers.template(database_kind)), database_kind)
    server.drop_database(name)
