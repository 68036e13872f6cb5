"""The command groups `database` and `tenant`."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

import click

from store import migrate as migrations
from store.connect import Connection, connect, database_url, sentences, where
from store.errors import UserError
from store.login import READERS, ROLES, create_login
from store.organisation import Tenant, load_pbxs, load_tenant, load_tenants
from store.seed import read_seed
from store.seed_load import load_seed
from store.seed_write import Changes


@click.group()
def database() -> None:
    """Set up the database and its logins.

    Its address stands in DATABASE_URL, or in the file that DATABASE_URL_FILE names.
    """


@database.command("migrate")
def migrate_command() -> None:
    """Bring the database to the newest schema; does nothing when it is."""
    url = database_url()
    with sentences():
        applied = migrations.migrate(url)
    for name in applied:
        click.echo(f"applied {name}")
    if not applied:
        click.echo("The database is up to date.")


@database.command("status")
def status_command() -> None:
    """Say which database this is and whether it is up to date; exit code 1 when it is not."""
    url = database_url()
    with sentences(), connect(url, "database status") as connection:
        version = connection.info.parameter_status("server_version")
        timescaledb = connection.execute(
            "SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'"
        ).fetchone()
        missing = _missing(connection)
    click.echo(f"database    {where(url)}")
    click.echo(f"PostgreSQL  {version}")
    click.echo(f"TimescaleDB {timescaledb[0] if timescaledb else 'not used'}")
    click.echo(f"schema      {'up to date' if not missing else 'lacks ' + ', '.join(missing)}")
    if missing:
        raise UserError("The database is not up to date; run: gespreksrapportage database migrate.")


def _missing(connection: Connection) -> list[str]:
    names = [migration.name for migration in migrations.migrations()]
    made = connection.execute("SELECT to_regclass('store.migration') IS NOT NULL").fetchone()
    if made != (True,):
        return names
    applied = {name for (name,) in connection.execute("SELECT name FROM store.migration")}
    return [name for name in names if name not in applied]


@database.command("login")
@click.argument("name")
@click.option("--role", type=click.Choice(sorted(ROLES)), required=True, help="What the login may do.")
@click.option("--tenant", help="The tenant whose figures a viewer sees.")
@click.option("--scope", help="The part of the tenant that a viewer sees; otherwise all of it.")
@click.option(
    "--reader",
    type=click.Choice(READERS),
    help="Whose eyes look through a viewer's login, for masked numbers; otherwise anybody's.",
)
@click.option("--new-password", is_flag=True, help="Give a login that exists another password.")
@click.option(
    "--password-file",
    type=click.File(),
    help="Take the password that this file holds, and print nothing; otherwise a random one.",
)
def login_command(
    name: str,
    role: str,
    tenant: str | None,
    scope: str | None,
    reader: str | None,
    new_password: bool,
    password_file: TextIO | None,
) -> None:
    """Create the login NAME with a random password and print its address, this once.

    A viewer (Grafana) sees one tenant; an exporter, aggregator, report or administrator login serves all.
    """
    url = database_url()
    with sentences(), connect(url, "database login") as connection:
        password = password_file.read().strip() if password_file else None
        address = create_login(
            connection,
            url,
            name,
            role,
            tenant,
            new_password=new_password,
            password=password,
            scope=scope,
            reader=reader,
        )
    if password_file is None:
        click.echo(address)


@click.group()
def tenant() -> None:
    """Load and show tenants: the organisations whose calls are reported."""


@tenant.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--valid-from",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day of the changes, where the file gives none.  [default: today]",
)
def load_command(file: Path, dry_run: bool, valid_from: datetime | None) -> None:
    """Bring a tenant's organisation to what FILE says (docs/tenant-file.md); all of it or nothing."""
    seed = read_seed(file)
    day: date | None = valid_from.date() if valid_from else None
    with sentences(), connect(database_url(), "tenant load") as connection:
        changes = load_seed(connection, seed, day)
        if dry_run:
            connection.rollback()
    _show_changes(seed.seed.tenant.slug, changes, dry_run=dry_run)


def _show_changes(slug: str, changes: Changes, *, dry_run: bool) -> None:
    if not changes.entries:
        click.echo(f'Tenant "{slug}" already is as the file says.')
        return
    if dry_run and not changes.new_tenant:
        for section, what, verb in changes.entries:
            click.echo(f"{verb:8}{section}: {what}")
    for section, verbs in changes.counts().items():
        click.echo(f"{section}: " + ", ".join(f"{count} {verb}" for verb, count in verbs.items()))
    click.echo(f'Tenant "{slug}" would be loaded.' if dry_run else f'Tenant "{slug}" is loaded.')


@tenant.command("list")
def list_command() -> None:
    """List the tenants: slug, name, edition, time zone."""
    with sentences(), connect(database_url(), "tenant list") as connection:
        tenants = load_tenants(connection)
    for entry in tenants:
        click.echo(f"{entry.slug:24} {entry.name:32} {entry.edition:10} {entry.time_zone}")
    if not tenants:
        click.echo("There is no tenant yet; load one with: gespreksrapportage tenant load FILE.", err=True)


@tenant.command("show")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def show_command(slug: str, as_json: bool) -> None:
    """Show a tenant: its settings, its telephone systems and how much it has of everything now."""
    with sentences(), connect(database_url(), "tenant show") as connection:
        entry = load_tenant(connection, slug)
        shown: dict[str, Any] = {
            **_settings(entry),
            "pbxs": {
                pbx.slug: {"kind": pbx.kind.value, "trunks": sorted(pbx.trunks)}
                for pbx in load_pbxs(connection, entry)
            },
            "now": {table.replace("_", " "): _count(connection, table, entry.tenant_id) for table in COUNTED},
        }
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _show_tree(shown, "")


COUNTED = ("person", "extension", "ddi", "contact_group", "agent", "customer", "customer_number", "holiday")
WITH_VALIDITY = frozenset({"extension", "ddi", "customer_number"})


def _settings(entry: Tenant) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "name": entry.name,
        "edition": entry.edition.value,
        "time zone": entry.time_zone,
        "language": entry.language,
        "region": entry.region,
        "answer target": f"{entry.answer_target_seconds} s",
        "short call": f"{entry.short_call_seconds} s",
        "resolution target": f"{entry.resolution_target_minutes} min",
    }


def _count(connection: Connection, table: str, tenant_id: int) -> int:
    query = f"SELECT count(*) FROM store.{table} WHERE tenant_id = %s"  # noqa: S608 - names from COUNTED
    parameters: list[object] = [tenant_id]
    if table in WITH_VALIDITY:
        query += " AND valid @> %s"
        parameters.append(datetime.now(UTC))
    row = connection.execute(query.encode(), parameters).fetchone()
    assert row is not None
    return int(row[0])


def _show_tree(content: dict[str, Any], indent: str) -> None:
    for name, value in content.items():
        if isinstance(value, dict):
            click.echo(f"{indent}{name}:")
            _show_tree(value, indent + "  ")
        else:
            click.echo(f"{indent}{name}: {', '.join(value) if isinstance(value, list) else value}")
