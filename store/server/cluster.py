"""One data directory and the PostgreSQL server that runs on it."""

import json
import logging
import os
import secrets
import shutil
import socket
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import quote

import psycopg

from store.server import guardian
from store.server.errors import ServerError
from store.server.installation import Installation
from store.server.machine import NAME, SYSTEM_STATE, Account, reachable, run, server_account

logger = logging.getLogger(__name__)

MEBIBYTE = 1024 * 1024
LARGEST_SHARED_BUFFERS = 512 * MEBIBYTE
SMALLEST_SHARED_MEMORY = 256 * MEBIBYTE
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - looked at, not written to
START_SECONDS = 600
STOP_SECONDS = 60
PORT_ATTEMPTS = 5


@dataclass(frozen=True)
class Record:
    """What has to be known to start a data directory again; kept in it, readable by its owner alone."""

    kind: str
    major_version: int
    password: str
    port: int


class Cluster:
    """A data directory: made once, then started and stopped. The caller lets one process at a time do so."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.absolute()
        self._record_file = self.directory / "server.json"
        self._link = self.directory / "cluster"
        self._account = server_account()
        self.users = self.directory / "users.lock"
        """Lock file that every process which uses the server has a share in."""

    @property
    def files(self) -> Path:
        """Where PostgreSQL's files are, which for root may be outside the data directory."""
        return self._link.resolve()

    def record(self) -> Record | None:
        """What was kept when the directory was made; None for a directory without a server's data.

        Raises ServerError when the record is damaged, or lost while data are there.
        """
        try:
            return Record(**json.loads(self._record_file.read_text()))
        except FileNotFoundError:
            if self._link.exists():
                raise ServerError(
                    f"{self.directory} holds a database but no server.json; restore that file or remove both."
                ) from None
            return None
        except (ValueError, TypeError) as error:
            raise ServerError(
                f"{self._record_file} is damaged ({error}); restore it from a backup."
            ) from error

    def make(self, kind: str, installation: Installation) -> None:
        """Make the database files, owned by the account of the server. Raises ServerError."""
        password = secrets.token_urlsafe(24)
        self.directory.mkdir(parents=True, exist_ok=True)
        if reachable(self.directory.parent, self._account):
            self.directory.chmod(0o711 if self._account else 0o700)
            files = self._initialise(self.directory, password, installation)
            self._keep(Record(kind, installation.major_version, password, port=0))
            files.rename(self._link)
            return
        home = self._home_elsewhere()
        try:
            files = self._initialise(home, password, installation)
            self._keep(Record(kind, installation.major_version, password, port=0))
            self._link.symlink_to(files.rename(home / "cluster"))
        except BaseException:
            shutil.rmtree(home)
            raise

    def _home_elsewhere(self) -> Path:
        temporary = Path(tempfile.gettempdir())
        base = temporary if self.directory.is_relative_to(temporary) else SYSTEM_STATE
        base.mkdir(parents=True, exist_ok=True)
        home = Path(tempfile.mkdtemp(prefix=f"{NAME}-", dir=base))
        home.chmod(0o711)
        logger.info(
            "%s is closed to the user %s that PostgreSQL runs as; the database is kept in %s.",
            self.directory,
            self._account.name if self._account else "",
            home,
        )
        return home

    def _initialise(self, home: Path, password: str, installation: Installation) -> Path:
        files = home / "cluster.new"
        if files.exists():
            shutil.rmtree(files)
        files.mkdir(mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=home) as password_file:
            password_file.write(password)
            password_file.flush()
            _give(files, self._account)
            _give(Path(password_file.name), self._account)
            command: list[str | Path] = [
                installation.binaries / "initdb",
                *("--username", "postgres", "--pwfile", password_file.name, "--auth", "scram-sha-256"),
                *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions"),
                *("--pgdata", files),
            ]
            run(command, account=self._account)
        with (files / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude 'server.conf'\n")
        return files

    def _keep(self, record: Record) -> None:
        new = self._record_file.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(json.dumps(asdict(record)))
        new.replace(self._record_file)

    def url(self, database: str) -> str:
        """libpq URL of the superuser for a database of the running server."""
        record = self._existing_record()
        return f"postgresql://postgres:{record.password}@127.0.0.1:{record.port}/{quote(database, safe='')}"

    def _existing_record(self) -> Record:
        record = self.record()
        if record is None:
            raise ServerError(f"{self.directory} holds no database.")
        return record

    def is_running(self) -> bool:
        """Whether this directory's own server answers, whoever started it."""
        if not (self.files / "postmaster.pid").exists():
            return False
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=10) as connection:
                row = connection.execute("SELECT current_setting('data_directory')").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self.files

    def start(self, installation: Installation, *, preload: str, durable: bool) -> None:
        """Start the server and wait until it answers. Raises ServerError with the reason from its log."""
        port = self._existing_record().port
        for attempt in range(PORT_ATTEMPTS):
            port = port if attempt == 0 and _is_free(port) else _free_port()
            self._keep(replace(self._existing_record(), port=port))
            self._write_settings(port, preload=preload, durable=durable)
            try:
                self._control(installation, "start", START_SECONDS)
            except ServerError as error:
                complaint = self._complaint()
                # Another process may take the port between our look and the start.
                if "Address already in use" in complaint:
                    continue
                raise ServerError(
                    f"PostgreSQL does not start in {self.directory}: {complaint or error}"
                ) from error
            return
        raise ServerError("PostgreSQL found no free port on 127.0.0.1.")

    def stop(self, installation: Installation) -> None:
        """Stop the server: its sessions are ended, its data are complete on disk."""
        self._control(installation, "stop", STOP_SECONDS)

    def delete(self) -> None:
        """Delete the database files of a stopped server, and what was kept about them."""
        self._record_file.unlink()
        files = self.files
        if self._link.is_symlink():
            self._link.unlink()
            files = files.parent
        shutil.rmtree(files)

    def guard(self, installation: Installation) -> None:
        """Have the running server stopped as soon as no process holds a share in the lock file `users`."""
        account = (self._account.user_id, self._account.group_id) if self._account else (-1, -1)
        stop = self._command(installation, "stop", STOP_SECONDS, "--mode", "fast")
        # Isolated from the caller's environment and packages: it may live for months and needs none of them.
        run(
            [sys.executable, "-I", "-S", guardian.__file__, self.users, *map(str, account), *stop],
            detached=True,
        )

    def _control(self, installation: Installation, action: str, seconds: int) -> None:
        options = ("--log", self.files / "start.log") if action == "start" else ("--mode", "fast")
        command = self._command(installation, action, seconds, *options)
        run(command, account=self._account, timeout=seconds + 30)

    def _command(
        self, installation: Installation, action: str, seconds: int, *options: str | Path
    ) -> list[str | Path]:
        waiting = ("--wait", "--timeout", str(seconds), "--silent")
        return [installation.binaries / "pg_ctl", "--pgdata", self.files, *waiting, *options, action]

    def _write_settings(self, port: int, *, preload: str, durable: bool) -> None:
        (self.files / "start.log").unlink(missing_ok=True)
        path = self.files / "server.conf"
        path.write_text(
            "".join(f"{name} = '{value}'\n" for name, value in _settings(port, preload, durable).items())
        )
        _give(path, self._account)

    def _complaint(self) -> str:
        log = self.files / "start.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        marked = [line for line in lines if "FATAL" in line or "could not bind" in line]
        return " ".join(line.split(": ", 1)[-1].strip() for line in marked)


def _settings(port: int, preload: str, durable: bool) -> dict[str, object]:
    settings: dict[str, object] = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 100,
        "shared_buffers": f"{_shared_buffers() // MEBIBYTE}MB",
        "max_wal_size": "4GB",
        "random_page_cost": 1.1,
        # Reports are many short queries: compiling them costs more than it gains.
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "shared_preload_libraries": preload,
    }
    if preload:
        settings |= {"timescaledb.telemetry_level": "off"}
    if not _has_shared_memory():
        settings |= {"dynamic_shared_memory_type": "mmap"}
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return settings


def _shared_buffers() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(LARGEST_SHARED_BUFFERS, memory // 4)


def _has_shared_memory() -> bool:
    try:
        status = os.statvfs(SHARED_MEMORY)
    except OSError:
        return False
    return os.access(SHARED_MEMORY, os.W_OK) and status.f_frsize * status.f_blocks >= SMALLEST_SHARED_MEMORY


def _give(path: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(path, account.user_id, account.group_id)


def _is_free(port: int) -> bool:
    if port == 0:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
