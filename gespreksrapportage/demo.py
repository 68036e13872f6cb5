"""`gespreksrapportage demo`: everything on one machine, with a company that telephones."""

import fcntl
import hashlib
import logging
import os
import secrets
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import click

from gespreksrapportage.demo_history import History
from gespreksrapportage.demo_programs import Programs
from gespreksrapportage.services import LOOPBACK, Service, Supervisor, free_port
from simulator.company import make_company
from simulator.staff import ZONE, is_holiday
from simulator.tenant_file import PBX, TENANT, tenant_file
from store.connect import connect
from store.errors import UserError
from store.login import create_login
from store.migrate import migrate
from store.seed import SeedFile
from store.seed_load import load_seed
from store.server import start_server

DATABASE = "gespreksrapportage"
LOGINS = {
    "exporter": None,
    "aggregator": None,
    "report": None,
    "administrator": None,
    "viewer": TENANT,
}
"""Role → the one tenant that it sees; each service gets the login of its role and no more."""
AMI_USER = "gespreksrapportage"
PORTAL_USER = "demo"
PORTS = {
    "portal": 8000,
    "exporter": 9810,
    "aggregator": 9811,
    "telephone system": 5038,
    "Prometheus": 9090,
    "Grafana": 3000,
}
OFFICE_HOURS = ("08:30", "17:00")
PLAYED_FROM = "10:00"
"""What outside office hours the telephone system plays of the last working day."""


@click.command()
@click.option(
    "--directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: _data_home() / "gespreksrapportage-demo",
    help="Where the demo keeps everything; a second start goes on from it.  [default: in your own data]",
)
@click.option(
    "--days", type=click.IntRange(0, 730), default=90, show_default=True, help="Days of history to bring in."
)
@click.option("--real-hours", is_flag=True, help="Nobody telephones when the company is closed.")
def demo(directory: Path, days: int, real_hours: bool) -> None:
    """Start everything on this machine: database, telephone system, all services, the portal.

    Ends with Ctrl-C. Listens on the loopback address alone.
    """
    # What these have to tell is said here in sentences.
    logging.getLogger("store").setLevel(logging.WARNING)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with ExitStack() as stack:
        try:
            _Demo(directory.resolve(), days, real_hours, stack, stopping).run()
        finally:
            click.echo("Ending.")
    click.echo("Ended.")


def _data_home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def say(sentence: str) -> None:
    """To the person at the terminal."""
    click.echo(sentence)


@dataclass
class _Demo:
    directory: Path
    days: int
    real_hours: bool
    stack: ExitStack
    """What has to be ended, last begun first."""
    stopping: threading.Event
    ports: dict[str, int] = field(default_factory=dict)
    admin_url: str = field(default="", repr=False)

    def run(self) -> None:
        began = time.monotonic()
        self.directory.mkdir(parents=True, exist_ok=True)
        (self.directory / "logs").mkdir(exist_ok=True)
        (self.directory / "secrets").mkdir(mode=0o700, exist_ok=True)
        self.stack.enter_context(_alone(self.directory))
        self._database()
        self._ports()
        supervisor = Supervisor(say)
        self.stack.callback(supervisor.stop)
        for service in self._services():
            supervisor.add(service)
        supervisor.wait_until_working(self.stopping.is_set)
        if self.stopping.is_set():
            return
        self._welcome(time.monotonic() - began)
        self._history()
        self._programs()
        while not self.stopping.wait(0.5):
            supervisor.watch()

    def _database(self) -> None:
        server = self.stack.enter_context(start_server(self.directory / "database"))
        say(f"Database: {server.description}")
        self.admin_url = server.ensure_database(DATABASE)
        migrate(self.admin_url)
        text = tenant_file(make_company())
        (self.directory / "tenant.yaml").write_text(text, encoding="utf-8")
        with connect(self.admin_url, "demo") as connection:
            load_seed(connection, SeedFile(text, "the demo company"))
            # A name of its own for each demo: logins belong to the whole server.
            mark = hashlib.sha256(str(self.directory).encode()).hexdigest()[:8]
            for role, tenant in LOGINS.items():
                # A new password at every start: nothing is to be found out from an old one.
                url = create_login(
                    connection, self.admin_url, f"demo_{mark}_{role}", role, tenant, new_password=True
                )
                self._keep_secret(f"{role}-url", url)
        self._keep_secret("ami-secret", secrets.token_urlsafe(24))

    def _keep_secret(self, name: str, content: str) -> None:
        path = self._secret(name)
        path.touch(mode=0o600)
        path.write_text(content, encoding="utf-8")

    def _secret(self, name: str) -> Path:
        return self.directory / "secrets" / name

    def _login(self, role: str) -> dict[str, str]:
        """Environment of a service with that role; nothing secret stands on a command line."""
        return {"DATABASE_URL_FILE": str(self._secret(f"{role}-url")), "DATABASE_URL": ""}

    def _ports(self) -> None:
        taken: set[int] = set()
        self.ports = {name: free_port(port, taken, say) for name, port in PORTS.items()}

    def _services(self) -> Iterator[Service]:
        ami_secret = {"AMI_SECRET_FILE": str(self._secret("ami-secret"))}
        ami_port = self.ports["telephone system"]
        yield self._service(
            "telephone system",
            ["simulate", "serve", "--port", str(ami_port), "--user", AMI_USER, *self._played()],
            ami_secret,
        )
        yield self._service(
            "exporter",
            [
                *("exporter", "--tenant", TENANT, "--pbx", PBX),
                *("--ami-port", str(ami_port), "--ami-user", AMI_USER),
                *("--outbox", str(self.directory / "outbox.sqlite")),
                *("--metrics-port", str(self.ports["exporter"])),
            ],
            {**self._login("exporter"), **ami_secret},
        )
        yield self._service(
            "aggregator",
            ["aggregate", "--serve", "--metrics-port", str(self.ports["aggregator"])],
            self._login("aggregator"),
        )
        yield self._service(
            "portal",
            ["serve", "--port", str(self.ports["portal"]), "--results", str(self.directory / "results")],
            self._login("report"),
            "/healthz",
        )

    def _service(
        self, name: str, arguments: list[str], environment: dict[str, str], health: str = ""
    ) -> Service:
        log = self.directory / "logs" / f"{name.replace(' ', '-')}.log"
        return Service(name, arguments, environment, log, self.ports[name], health)

    def _played(self) -> list[str]:
        now = datetime.now(ZONE)
        day = now.date()
        opens, closes = OFFICE_HOURS
        working = day.isoweekday() < 6 and not is_holiday(day)
        if self.real_hours or (working and opens <= now.strftime("%H:%M") < closes):
            return []
        while True:
            day -= timedelta(days=1)
            if day.isoweekday() < 6 and not is_holiday(day):
                break
        say(
            f"The company is closed now; its telephones play {day:%d-%m-%Y} from {PLAYED_FROM} on "
            "as if it were now. With --real-hours they are silent."
        )
        return ["--play-at", f"{day.isoformat()}T{PLAYED_FROM}"]

    def _welcome(self, seconds: float) -> None:
        from reportgen.access.accounts import give_password
        from reportgen.access.roles import Role
        from reportgen.access.tokens import create_token

        with connect(self.admin_url, "demo") as connection:
            token = create_token(connection, TENANT, name="demo", days=1)
            password = give_password(connection, TENANT, PORTAL_USER, Role.ADMINISTRATOR)
        self._keep_secret("token", token)
        portal = f"http://{LOOPBACK}:{self.ports['portal']}"
        say(f"\nReady after {seconds:.0f} s.\n")
        say(f"Portal      {portal}/sign-in")
        say(f"  user      {PORTAL_USER}")
        say(f"  password  {password}   (until the next start)")
        say(f"API         {portal}/api/v1/openapi.json")
        say(f"  token     {token}   (for one day; also in {self._secret('token')})")
        for name in ("portal", "exporter", "aggregator"):
            say(f"Metrics     http://{LOOPBACK}:{self.ports[name]}/metrics   ({name})")
        say(f"Directory   {self.directory}   (logs, secrets, database)\n")

    def _history(self) -> None:
        today = datetime.now(ZONE).date()
        history = History(self.directory / "history", today, self.days, self._login("exporter"), say)
        self.stack.callback(history.stop)
        history.start()

    def _programs(self) -> None:
        programs = Programs(self.directory, self.ports, self._secret("viewer-url"), say)
        self.stack.callback(programs.stop)
        programs.start()


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Only one demo uses a directory at a time.

    Raises:
        UserError: another one does.
    """
    with (directory / "running").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UserError(
                f"A demo runs in {directory} already; end it first, or name another with --directory."
            ) from error
        yield
