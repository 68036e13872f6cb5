"""The command group `privacy`: what is masked and kept, requests of persons, and the evidence."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from reportgen.privacy import erasure
from store.connect import Connection, connect, database_url, sentences
from store.organisation import Tenant, load_tenant, load_tenants
from store.retention import Expired, expire, expire_due


@click.group()
def privacy() -> None:
    """Retention, masking, and what persons may ask for (docs/privacy.md)."""


@privacy.command("expire")
@click.option("--tenant", "slug", help="Only this one, also when it was done today.")
def expire_command(slug: str | None) -> None:
    """Remove what is older than each tenant keeps it; the aggregator does so every day by itself."""
    with sentences(), connect(database_url(), "privacy expire", autocommit=True) as connection:
        names = {each.tenant_id: each.slug for each in load_tenants(connection)}
        if slug is not None:
            _say(names, expire(connection, load_tenant(connection, slug).tenant_id))
            return
        nothing = True
        for expired in expire_due(connection):
            nothing = False
            _say(names, expired)
        if nothing:
            click.echo("Nothing is left to do today.")


def _say(names: dict[int, str], expired: Expired) -> None:
    click.echo(f"{names.get(expired.tenant_id, expired.tenant_id)}: {expired.rows} rows removed")


_tenant = click.option("--tenant", "slug", required=True, help="Whose calls.")
_number = click.option("--number", help="A telephone number, in any spelling.")
_user = click.option("--user", "reference", help="A user's reference.")
_yes = click.option("--yes", is_flag=True, help="Do not ask; it cannot be undone.")


@privacy.command("access")
@_tenant
@_number
@_user
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="FILE.json or FILE.pdf.",
)
@click.option("--language", type=click.Choice(["nl", "en"]), help="Of the document; default: the tenant's.")
def access_command(
    slug: str, number: str | None, reference: str | None, output: Path, language: str | None
) -> None:
    """Write down everything that is kept about a number or a user."""
    from reportgen.privacy.access import about_number, about_person

    _one_of(number, reference)
    now = datetime.now(UTC)
    with sentences(), connect(database_url(), "privacy access") as connection:
        entry = load_tenant(connection, slug)
        if number is not None:
            given = about_number(connection, entry.tenant_id, number, entry.region, now=now)
        else:
            given = about_person(connection, entry.tenant_id, str(reference), now=now)
    if output.suffix == ".pdf":
        from reportgen.compile import Tenant as ReportTenant
        from reportgen.privacy.disclosure import disclosure_sheet
        from reportgen.render.sheet import sheet_pdf
        from reportgen.texts import Language
        from reportgen.units import Writer

        writer = Writer(Language(language or entry.language), entry.time_zone, entry.region)
        shown = ReportTenant(entry.tenant_id, slug, entry.name, entry.time_zone, entry.language, entry.region)
        output.write_bytes(sheet_pdf(disclosure_sheet(shown, given, writer), writer))
    else:
        output.write_text(json.dumps(given.as_json(), indent=2, ensure_ascii=False), encoding="utf-8")
    click.echo(f"{sum(len(rows) for rows in given.rows.values())} rows of {len(given.rows)} tables: {output}")


@privacy.command("erase")
@_tenant
@_number
@_user
@_yes
def erase_command(slug: str, number: str | None, reference: str | None, yes: bool) -> None:
    """Erase a number or a user everywhere; calls stay as those of nobody."""
    _one_of(number, reference)
    with sentences(), connect(database_url(), "privacy erase") as connection:
        entry = load_tenant(connection, slug)
        _sure(yes, f"Everything that leads to {number or reference} will be lost. Go on?")
        _tell(_erased(connection, entry, number, reference))


def _erased(
    connection: Connection, entry: Tenant, number: str | None, reference: str | None
) -> erasure.Removed:
    if number is not None:
        return erasure.erase_number(connection, entry.tenant_id, number, entry.region)
    return erasure.erase_person(connection, entry.tenant_id, str(reference))


@privacy.command("archive")
@_tenant
@click.argument("reference")
@_yes
def archive_command(slug: str, reference: str, yes: bool) -> None:
    """Take the name of the user REFERENCE away and close the account; the calls stay."""
    with sentences(), connect(database_url(), "privacy archive") as connection:
        entry = load_tenant(connection, slug)
        _sure(yes, f"The name of {reference} will be lost. Go on?")
        _tell(erasure.archive_person(connection, entry.tenant_id, reference))


def _one_of(number: str | None, reference: str | None) -> None:
    if (number is None) == (reference is None):
        raise click.UsageError("Give either --number or --user.")


def _sure(yes: bool, question: str) -> None:
    if not yes:
        click.confirm(question, abort=True)


def _tell(removed: erasure.Removed) -> None:
    for table, rows in removed.items():
        if rows:
            click.echo(f"{table}: {rows} rows")
