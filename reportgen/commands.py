"""The commands `report`, `serve` and `token`."""

import getpass
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from store.connect import connect, database_url

FORMATS = ("pdf", "csv", "json", "xlsx", "html")


@click.command()
@click.argument("slug")
@click.option("--tenant", "tenant_slug", required=True, help="Whose calls.")
@click.option("--from", "first", metavar="DATE", help="First day, such as 2026-10-01.")
@click.option("--to", "last", metavar="DATE", help="Last day; without it the period is one day.")
@click.option("--period", metavar="NAME", help="Instead of dates: today, yesterday, last-month …")
@click.option("--filter", "filters", multiple=True, metavar="NAME=VALUE", help="Several: any of them fits.")
@click.option("--columns", multiple=True, metavar="NAMES", help="In the order wanted, with commas between.")
@click.option("--sort", multiple=True, metavar="NAME", help="Sort by a column; -NAME for falling.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="pdf", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output."
)
@click.option("--language", type=click.Choice(["nl", "en"]), help="Default: the tenant's.")
@click.option(
    "--flavour", type=click.Choice(["spreadsheet", "machine"]), default="spreadsheet", show_default=True
)
@click.option("--database-url", help="Default: DATABASE_URL.")
def report(
    slug: str,
    tenant_slug: str,
    first: str | None,
    last: str | None,
    period: str | None,
    filters: tuple[str, ...],
    columns: tuple[str, ...],
    sort: tuple[str, ...],
    form: str,
    output: Path | None,
    language: str | None,
    flavour: str,
    database_url: str | None,
) -> None:
    """Makes the report SLUG and writes it to a file."""
    from reportgen.access.audit import record_report, run_details
    from reportgen.access.roles import Principal, Role
    from reportgen.asked import Asked
    from reportgen.catalogue import find_report
    from reportgen.compile import read_pairs
    from reportgen.render.outputs import Output, blocks
    from reportgen.run import Tally, find_tenant
    from reportgen.texts import Language
    from reportgen.units import Writer

    chosen = find_report(slug)
    now = datetime.now(UTC)
    with connect(_url(database_url), "report") as connection:
        # Whoever runs the installation's own commands has the database as well.
        tenant = replace(find_tenant(connection, tenant_slug), role=Role.OPERATOR.value)
        asked = Asked(period, first, last, read_pairs(filters), columns, sort)
        question = asked.question(chosen, tenant, now)
        writer = Writer(Language(language or tenant.language), tenant.time_zone, tenant.region)
        wanted = Output(form, "machine" if flavour == "machine" else "spreadsheet")
        tally = Tally()
        parts = blocks(connection, question, writer, wanted, now=now, made_by=login_name(), tally=tally)
        _write(parts, output)
        record_report(
            connection,
            Principal(login_name(), Role.OPERATOR, tenant.tenant_id),
            slug,
            run_details(question, form, tally, whole=True),
        )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--database-url", help="Default: DATABASE_URL.")
@click.option(
    "--proxy", "proxies", default="127.0.0.1", show_default=True, help="Whose forwarding headers to trust."
)
@click.option(
    "--results",
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory for reports made in the background, the same for all services and for nothing else; "
    "without it they last as long as this service.",
)
@click.option(
    "--makers",
    type=click.IntRange(0, 64),
    default=2,
    show_default=True,
    help="How many reports this service makes in the background at a time.",
)
@click.option(
    "--grafana-url", envvar="GRAFANA_URL", help="Grafana as it is reached from here; also GRAFANA_URL."
)
@click.option(
    "--grafana-key-file",
    envvar="GRAFANA_KEY_FILE",
    type=click.File("rb"),
    help="The private key that Grafana knows the portal by; also GRAFANA_KEY_FILE.",
)
def serve(
    host: str,
    port: int,
    database_url: str | None,
    proxies: str,
    results: Path | None,
    makers: int,
    grafana_url: str | None,
    grafana_key_file: BinaryIO | None,
) -> None:
    """Serves the portal and the API."""
    import uvicorn

    from reportgen.access.grafana import grafana_at
    from reportgen.mail.smtp import mail_server, portal_address
    from reportgen.web.app import create_app

    if (grafana_url is None) != (grafana_key_file is None):
        raise click.UsageError("Grafana needs both --grafana-url and --grafana-key-file.")
    grafana = grafana_at(grafana_url, grafana_key_file.read()) if grafana_url and grafana_key_file else None
    app = create_app(
        _url(database_url),
        grafana_beside=grafana,
        mail=mail_server(),
        portal_url=portal_address(),
        results=results,
        makers=makers,
    )
    # An access log would hold the numbers and names that readers filter on.
    uvicorn.run(
        app,
        host=host,
        port=port,
        forwarded_allow_ips=proxies,
        log_config=None,
        server_header=False,
        access_log=False,
    )


@click.group()
def token() -> None:
    """Access tokens for the API and the portal."""


@token.command("create")
@click.option("--tenant", "tenant_slug", required=True, help="Whose reports it opens.")
@click.option("--name", default="", help="Who uses it; printed on the reports made with it.")
@click.option(
    "--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How long it is valid."
)
@click.option("--scope", help="The part of the tenant that it opens; otherwise all of it.")
@click.option("--database-url", help="Default: DATABASE_URL, of a login with the administrator role.")
def create_token(tenant_slug: str, name: str, days: int, scope: str | None, database_url: str | None) -> None:
    """Makes a token and prints it: the only time that it can be seen."""
    from reportgen.access.tokens import create_token

    with connect(_url(database_url), "token") as connection:
        click.echo(create_token(connection, tenant_slug, name=name or login_name(), days=days, scope=scope))


def _url(given: str | None) -> str:
    return database_url(given)


def login_name() -> str:
    """Who works at this command line: printed on what is made there."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"


def _write(parts: Iterable[bytes], output: Path | None) -> None:
    """To a file only once it is whole: a failed report leaves the file of before."""
    if output is None:
        _copy(parts, sys.stdout.buffer)
        return
    partial = output.with_name(output.name + ".part")
    try:
        with partial.open("wb") as file:
            _copy(parts, file)
        partial.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


def _copy(parts: Iterable[bytes], file: BinaryIO | Any) -> None:
    for part in parts:
        file.write(part)
