"""The command `gespreksrapportage aggregate`."""

import os

import click

from aggregator.app import Aggregator, serve
from aggregator.rebuild import rebuild_tenant
from store.connect import Connection, connect, database_url, sentences
from store.errors import UserError
from store.organisation import load_tenant, load_tenants


class NotAllBuiltError(UserError):
    """Some of what was touched could not be built."""

    code = "not-all-built"


@click.command()
@click.option("--database-url", "given_url", help="Where the database is; DATABASE_URL if not given.")
@click.option(
    "--serve", "as_service", is_flag=True, help="Go on until stopped, and work whenever events come."
)
@click.option("--rebuild", "again", is_flag=True, help="Drop calls, states and rollups and make them again.")
@click.option("--tenant", "tenant_slug", help="With --rebuild: of this tenant only.")
@click.option(
    "--processes",
    default=os.cpu_count() or 1,
    show_default="one per core",
    type=click.IntRange(min=1),
    help="With --rebuild.",
)
@click.option("--metrics-host", default="127.0.0.1", show_default=True, help="With --serve.")
@click.option("--metrics-port", default=9811, show_default=True, help="With --serve; 0: any free one.")
def aggregate(
    given_url: str | None,
    as_service: bool,
    again: bool,
    tenant_slug: str | None,
    processes: int,
    metrics_host: str,
    metrics_port: int,
) -> None:
    """Makes calls, agent states and rollups from events: once, or as a service."""
    if as_service and again:
        raise click.UsageError(
            "--serve and --rebuild exclude each other; a running service may stay as it is."
        )
    if tenant_slug and not again:
        raise click.UsageError("--tenant goes with --rebuild.")
    url = database_url(given_url)
    if as_service:
        serve(url, metrics_host, metrics_port)
        return
    with sentences(), connect(url, "aggregator", autocommit=True) as connection:
        if again:
            _rebuild(connection, url, tenant_slug, processes)
        _work_off(connection, url)


def _rebuild(connection: Connection, url: str, tenant_slug: str | None, processes: int) -> None:
    tenants = [load_tenant(connection, tenant_slug)] if tenant_slug else load_tenants(connection)
    for tenant in tenants:
        rebuilt = rebuild_tenant(connection, url, tenant, processes)
        click.echo(f"{tenant.slug}: {rebuilt.calls} calls built from {rebuilt.events} events")


def _work_off(connection: Connection, url: str) -> None:
    aggregator = Aggregator(url)
    aggregator.work_off(connection)
    click.echo(str(aggregator.totals))
    if aggregator.set_aside:
        raise NotAllBuiltError(
            f"{aggregator.set_aside} calls, agents or devices could not be built; they stay among the "
            "touched ones, and the log says why each of them failed."
        )
