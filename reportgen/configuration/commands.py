"""The command `configuration`: a tenant's lists from CSV files and back."""

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from reportgen.configuration.administration import by_login
from reportgen.configuration.change import change_lines
from reportgen.configuration.csv_file import read_csv
from reportgen.configuration.kinds import KINDS
from reportgen.configuration.lines import Outcome
from reportgen.configuration.listing import csv_of
from store.connect import connect, database_url
from store.errors import UserError

_tenant = click.option("--tenant", "tenant_slug", required=True, help="Whose.")
_kind = click.option("--kind", "slug", type=click.Choice(list(KINDS)), required=True, help="Of what.")


class WrongLinesError(UserError):
    """Lines of a file are wrong."""

    code = "wrong-lines"


@click.group()
def configuration() -> None:
    """A tenant's organisation, customers, calendars and targets, as CSV files (docs/configuration.md).

    The database's address stands in DATABASE_URL; it needs a login with the administrator role.
    """


@configuration.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_tenant
@_kind
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--valid-from",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day of the changes, where a line gives none.  [default: today]",
)
@click.option("--skip-wrong-lines", is_flag=True, help="Carry out the good lines; otherwise all or nothing.")
def import_command(
    file: Path,
    tenant_slug: str,
    slug: str,
    dry_run: bool,
    valid_from: datetime | None,
    skip_wrong_lines: bool,
) -> None:
    """Add and change what FILE says; what it does not name stays as it is."""
    kind = KINDS[slug]
    lines = read_csv(file.read_bytes(), kind)
    with (
        connect(database_url(), "configuration") as connection,
        by_login(connection, tenant_slug, datetime.now(UTC), name=getpass.getuser()) as administration,
    ):
        outcome = change_lines(
            administration,
            kind,
            lines,
            day=valid_from.date() if valid_from else None,
            carry_out=not dry_run,
            skip_wrong=skip_wrong_lines,
        )
    _tell(outcome, file.name, dry_run=dry_run)


@configuration.command("export")
@_tenant
@_kind
def export_command(tenant_slug: str, slug: str) -> None:
    """Write everything of a kind as CSV, which `import` reads again."""
    with (
        connect(database_url(), "configuration") as connection,
        by_login(connection, tenant_slug, datetime.now(UTC), name=getpass.getuser()) as administration,
    ):
        for part in csv_of(administration, KINDS[slug]):
            sys.stdout.write(part)


def _tell(outcome: Outcome, name: str, *, dry_run: bool) -> None:
    for problem in outcome.problems:
        field = f"{problem.field}: " if problem.field else ""
        click.echo(f"line {problem.line}: {field}{problem.error}", err=True)
    for change in outcome.changes:
        details = "; ".join(f"{each.field} {each.old!r} → {each.new!r}" for each in change.differences)
        click.echo(f"line {change.line}: {change.verb} {change.what}{f' ({details})' if details else ''}")
    counted = f"{len(outcome.changes)} changes, {outcome.unchanged} lines that change nothing"
    if outcome.carried_out:
        click.echo(f"{name}: {counted}; {outcome.rebuilt_calls} calls are built again.")
    elif dry_run:
        click.echo(f"{name}: {counted}; nothing was carried out.")
    if outcome.problems and not (outcome.carried_out or dry_run):
        raise WrongLinesError(
            f"{name} has {len(outcome.problems)} mistakes and nothing was carried out; "
            "mend them, or carry out the other lines with --skip-wrong-lines."
        )
