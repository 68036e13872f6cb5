"""The reconciliation: does everything add up, for a tenant and a period?

Each file of `aggregator/sql/check/` is one statement that gives a row for everything that does not: what it
is, what was expected, what was found, and the calls behind it (at most 20).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from uuid import UUID
from zoneinfo import ZoneInfo

import click
from psycopg.rows import class_row

from store.connect import Connection, connect, database_url, sentences
from store.errors import UserError
from store.organisation import Tenant, load_tenant


@dataclass(frozen=True, slots=True)
class Residual:
    """Something that does not add up."""

    item: str
    expected: int
    found: int
    call_ids: list[UUID] | None

    def __str__(self) -> str:
        calls = f" (calls {', '.join(map(str, self.call_ids))})" if self.call_ids else ""
        difference = int(self.found - self.expected)
        return f"{self.item}: {self.expected} expected, {self.found} found, {difference:+d}{calls}"


class DoesNotAddUpError(UserError):
    """The reconciliation found residuals."""

    code = "does-not-add-up"


def reconcile(connection: Connection, tenant: Tenant, begin: datetime, end: datetime) -> Iterator[Residual]:
    """Everything that does not add up in the calls that started from `begin` to before `end` (aware times).

    Rollups are compared too, so `begin` and `end` are best whole days of the tenant.
    """
    parameters = {"tenant": tenant.tenant_id, "from": begin, "until": end, "zone": tenant.time_zone}
    statements = sorted((files("aggregator") / "sql" / "check").iterdir(), key=lambda path: path.name)
    with connection.cursor(row_factory=class_row(Residual)) as cursor:
        for statement in statements:
            yield from cursor.execute(statement.read_bytes(), parameters)


@click.command()
@click.option("--database-url", "given_url", help="Where the database is; DATABASE_URL if not given.")
@click.option("--tenant", "tenant_slug", required=True, help="The tenant's short name.")
@click.option(
    "--from", "first_day", type=click.DateTime(["%Y-%m-%d"]), help="First day; all history if not given."
)
@click.option("--to", "last_day", type=click.DateTime(["%Y-%m-%d"]), help="Last day, included.")
def check(
    given_url: str | None, tenant_slug: str, first_day: datetime | None, last_day: datetime | None
) -> None:
    """Checks that everything adds up: calls, legs, visits, rollups, missed calls, states."""
    with sentences(), connect(database_url(given_url), "check") as connection:
        tenant = load_tenant(connection, tenant_slug)
        begin, end = _period(tenant, first_day, last_day)
        residuals = list(reconcile(connection, tenant, begin, end))
    for residual in residuals:
        click.echo(str(residual))
    if residuals:
        raise DoesNotAddUpError(
            f"{len(residuals)} things do not add up for {tenant.name}; see the lines above."
        )
    click.echo(f"Everything adds up for {tenant.name}: residual 0.")


def _period(
    tenant: Tenant, first_day: datetime | None, last_day: datetime | None
) -> tuple[datetime, datetime]:
    zone = ZoneInfo(tenant.time_zone)
    first = first_day.date() if first_day else date(1970, 1, 1)
    last = last_day.date() if last_day else date(2999, 12, 30)
    if last < first:
        raise UserError(
            f"The period ends ({last}) before it begins ({first}); give --from and --to in that order."
        )
    return (
        datetime.combine(first, time.min, zone),
        datetime.combine(last + timedelta(days=1), time.min, zone),
    )
