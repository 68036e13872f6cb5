"""`gespreksrapportage grafana`: sets up Grafana for the tenants."""

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click
from psycopg.conninfo import make_conninfo

from store.connect import connect, database_url
from store.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboards.grafana.sync import Outcome, Setup

LOOK_SECONDS = 0.5
"""How often the service looks whether it shall end."""


@click.group()
def grafana() -> None:
    """Grafana's organisations, users, boards and alarms, from what the database says.

    The database's address stands in DATABASE_URL; it needs a login that may create others.
    """


def _connection_options(command: "Callable[..., None]") -> "Callable[..., None]":
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--grafana-url",
        envvar="GRAFANA_URL",
        help="As it is reached from here, for example http://grafana:3000/grafana; also GRAFANA_URL.",
    ),
    click.option(
        "--admin-password-file",
        envvar="GRAFANA_ADMIN_PASSWORD_FILE",
        type=click.File(),
        help="Of Grafana's login admin; also GRAFANA_ADMIN_PASSWORD_FILE.",
    ),
    click.option(
        "--database-address",
        metavar="HOST:PORT",
        help="Where Grafana reaches the database.  [default: where DATABASE_URL says]",
    ),
    click.option(
        "--portal-url",
        envvar="PORTAL_URL",
        default="",
        help="Where links on boards lead, for example https://calls.example.org; also PORTAL_URL.  "
        "[default: Grafana's own host, behind one door]",
    ),
)


@grafana.command()
@_connection_options
@click.option("--tenant", "slug", help="Only this one; otherwise all, and the operators.")
@click.option("--check", is_flag=True, help="Only tell what differs; exit code 1 when something does.")
@click.option(
    "--new-passwords", is_flag=True, help="Give the database login of every data source another one."
)
@click.option("--serve", is_flag=True, help="Go on: bring every change to Grafana until stopped.")
@click.option(
    "--every",
    type=click.IntRange(5, 3600),
    default=30,
    show_default=True,
    help="Seconds between rounds; own tiles do not wait for one.",
)
@click.option("--metrics-host", default="127.0.0.1", show_default=True)
@click.option("--metrics-port", type=int, help="With --serve: where Prometheus asks how it goes.")
def sync(
    slug: str | None,
    check: bool,
    new_passwords: bool,
    serve: bool,
    every: int,
    metrics_host: str,
    metrics_port: int | None,
    **connection: Any,
) -> None:
    """Bring Grafana to what the database says; what is right already stays.

    Organisations of tenants and of parts of them that are gone are removed.
    """
    if serve:
        _serve(slug, every, metrics_host, metrics_port, connection)
        return
    with _setup(**connection) as setup:
        outcome = setup.synchronise(slug, check=check, rotate=new_passwords)
    _tell(outcome)
    if outcome.failures:
        raise UserError(f"{len(outcome.failures)} organisations could not be set up; see above.")
    if check and outcome.differences:
        raise UserError("Grafana differs from the database; run: gespreksrapportage grafana sync.")
    if not outcome.differences:
        click.echo("Grafana is as it should be.")


@grafana.command()
@_connection_options
@click.option("--tenant", "slug", required=True, help="Whose organisations, users and logins go.")
def remove(slug: str, **connection: Any) -> None:
    """Take a tenant out of Grafana, with its users and its database logins; before the tenant is deleted."""
    with _setup(**connection) as setup:
        removed = setup.remove(slug)
    for sentence in removed:
        click.echo(sentence)
    if not removed:
        click.echo(f'Tenant "{slug}" has nothing in Grafana.')


def _tell(outcome: "Outcome") -> None:
    for sentence in outcome.differences:
        click.echo(sentence)
    for sentence in outcome.failures:
        click.echo(sentence, err=True)


@contextmanager
def _setup(
    grafana_url: str, admin_password_file: TextIO, database_address: str | None, portal_url: str
) -> "Iterator[Setup]":
    _require(grafana_url, admin_password_file)
    with _open_setup(grafana_url, admin_password_file.read().strip(), database_address, portal_url) as setup:
        yield setup


def _require(grafana_url: str | None, admin_password_file: TextIO | None) -> None:
    if not grafana_url or admin_password_file is None:
        raise UserError(
            "No Grafana is given: set GRAFANA_URL, for example http://grafana:3000/grafana, and "
            "GRAFANA_ADMIN_PASSWORD_FILE."
        )


@contextmanager
def _open_setup(
    grafana_url: str, password: str, database_address: str | None, portal_url: str
) -> "Iterator[Setup]":
    from dashboards.grafana.administration import Administration
    from dashboards.grafana.sync import Setup

    url = database_url()
    for_grafana = url
    if database_address is not None:
        host, _, port = database_address.rpartition(":")
        for_grafana = make_conninfo(url, host=host, port=port)
    with connect(url, "grafana", autocommit=True) as connection:
        administration = Administration(grafana_url, "admin", password)
        yield Setup(administration, connection, for_grafana, portal_url.rstrip("/"))


def _serve(
    slug: str | None, every: int, metrics_host: str, metrics_port: int | None, connection: dict[str, Any]
) -> None:
    from dashboards.grafana.notices import Notices
    from dashboards.grafana.service import Rounds

    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    _require(connection["grafana_url"], connection["admin_password_file"])
    password = connection.pop("admin_password_file").read().strip()
    rounds = Rounds(lambda: _open_setup(password=password, **connection), slug)
    if metrics_port is not None:
        rounds.serve_metrics(metrics_host, metrics_port)
    with Notices(database_url()) as notices:
        notices.wait(0)
        while not stopping.is_set():
            rounds.one(lambda: rounds.boards(notices.wait(0)))
            until = time.monotonic() + every
            while not stopping.is_set() and (left := until - time.monotonic()) > 0:
                rounds.boards(notices.wait(min(left, LOOK_SECONDS)))
