"""The commands `exporter` (a service that hears one PBX) and `import` (files of a PBX, once)."""

import asyncio
import os
import ssl
import time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from exporter.importing import FileFormat, Importer, Summary
from exporter.outbox import DEFAULT_MAX_BYTES
from store.connect import connect, database_url, sentences
from store.errors import UserError
from store.organisation import load_pbx, load_tenant

PROGRESS_INTERVAL = 2.0
"""Seconds between two lines of progress."""

_database_option = click.option(
    "--database-url",
    "url",
    help="Address of the database; otherwise DATABASE_URL, or the file that DATABASE_URL_FILE names.",
)
_tenant_option = click.option("--tenant", required=True, help="Slug of the tenant.")
_pbx_option = click.option("--pbx", required=True, help="Slug of the tenant's PBX.")


@click.command()
@_database_option
@_tenant_option
@_pbx_option
@click.option("--ami-host", default="127.0.0.1", show_default=True, help="Where Asterisk's AMI listens.")
@click.option("--ami-port", type=click.IntRange(1, 65_535), default=5038, show_default=True)
@click.option("--ami-user", required=True, help="User in Asterisk's manager.conf.")
@click.option("--ami-plain-login", is_flag=True, help="Send the secret itself instead of an MD5 answer.")
@click.option("--ami-tls", is_flag=True, help="Speak TLS with Asterisk (usually port 5039).")
@click.option(
    "--ami-tls-ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificates to trust besides the system's.",
)
@click.option(
    "--outbox",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File that keeps events until the database has them.",
)
@click.option(
    "--outbox-max-bytes",
    type=click.IntRange(min=1_000_000),
    default=DEFAULT_MAX_BYTES,
    show_default=True,
    help="How large that file may grow.",
)
@click.option("--metrics-host", default="127.0.0.1", show_default=True)
@click.option("--metrics-port", type=click.IntRange(0, 65_535), default=9810, show_default=True)
def exporter(
    url: str | None,
    tenant: str,
    pbx: str,
    ami_host: str,
    ami_port: int,
    ami_user: str,
    ami_plain_login: bool,
    ami_tls: bool,
    ami_tls_ca: Path | None,
    outbox: Path,
    outbox_max_bytes: int,
    metrics_host: str,
    metrics_port: int,
) -> None:
    """Listen to a PBX: keep its events, show what happens now.

    The AMI user's secret comes from the environment variable AMI_SECRET, or from the file that
    AMI_SECRET_FILE names. /metrics and /healthz are served on the metrics port.
    """
    from exporter.app import Exporter, ExporterSettings
    from exporter.asterisk.ami_connection import AmiSettings

    settings = ExporterSettings(
        database_url=database_url(url),
        tenant=tenant,
        pbx=pbx,
        ami=AmiSettings(
            host=ami_host,
            port=ami_port,
            username=ami_user,
            secret=_secret(),
            plain_login=ami_plain_login,
            tls=_trust(ami_tls_ca) if ami_tls else None,
        ),
        outbox=outbox,
        outbox_max_bytes=outbox_max_bytes,
        metrics_host=metrics_host,
        metrics_port=metrics_port,
    )
    asyncio.run(Exporter(settings).run())


def _secret() -> str:
    if path := os.environ.get("AMI_SECRET_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise UserError(f"The AMI secret's file {path} cannot be read: {error.strerror}.") from error
    if secret := os.environ.get("AMI_SECRET"):
        return secret
    raise UserError("No AMI secret is given: set AMI_SECRET, or AMI_SECRET_FILE to a file that holds it.")


def _trust(certificates: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if certificates is not None:
        try:
            context.load_verify_locations(certificates)
        except ssl.SSLError as error:
            raise UserError(f"{certificates} holds no certificate in PEM form.") from error
    return context


@click.command(name="import")
@_database_option
@_tenant_option
@_pbx_option
@click.option(
    "--format",
    "file_format",
    type=click.Choice([str(one) for one in FileFormat]),
    required=True,
    help="What the files are: an AMI recording, CEL or CDR as CSV, or a queue_log.",
)
@click.option(
    "--timing",
    "timings",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Timing file of an AMI recording whose messages have no times; one for each connection, in order.",
)
@click.option("--time-zone", help="Zone of a CDR file's times; otherwise the PBX's own.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_files(
    url: str | None,
    tenant: str,
    pbx: str,
    file_format: str,
    timings: tuple[Path, ...],
    time_zone: str | None,
    files: tuple[Path, ...],
) -> None:
    """Import recordings and log files of a PBX; gzip is read as it is.

    May be repeated, also after it was interrupted: what the database has is left as it is. Several files of
    an AMI recording go on from each other.
    """
    with sentences(), connect(database_url(url), "import") as connection:
        its_tenant = load_tenant(connection, tenant)
        its_pbx = load_pbx(connection, its_tenant, pbx)
        connection.commit()
        zone = _known_zone(time_zone or its_pbx.time_zone)
        summary = Importer(connection, its_pbx, _Progress()).run(
            FileFormat(file_format), files, timings, zone
        )
    click.echo(summary.sentence())


def _known_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError(f'There is no time zone "{name}"; name one like Europe/Amsterdam.') from error


class _Progress:
    """Tells on standard error how far an import is, now and then."""

    def __init__(self) -> None:
        self._next = time.monotonic() + PROGRESS_INTERVAL

    def __call__(self, summary: Summary) -> None:
        if time.monotonic() >= self._next:
            click.echo(summary.sentence(), err=True)
            self._next = time.monotonic() + PROGRESS_INTERVAL
