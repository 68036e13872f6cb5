"""A transaction that may change one tenant: by an administrator's session or by a database login."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from reportgen.access.audit import act_as
from reportgen.errors import ForbiddenError
from store.connect import Connection, sentences
from store.organisation import load_tenant

TIME_LIMIT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Administration:
    """What may be changed, and in whose words numbers and days are understood."""

    connection: Connection
    schema: str
    """Where its tables are: "configuration" shows one tenant's rows only."""
    tenant_id: int
    slug: str
    name: str
    time_zone: str
    region: str
    today: date

    def midnight(self, day: date) -> datetime:
        """The beginning of a local day, UTC."""
        return datetime.combine(day, time(), ZoneInfo(self.time_zone)).astimezone(UTC)


@contextmanager
def by_session(
    connection: Connection, secret_hash: bytes, now: datetime, *, name: str, account_id: int | None
) -> Iterator[Administration]:
    """A transaction of an administrator; changes are kept as his. An error undoes all of it.

    Args:
        secret_hash: SHA-256 of the session's or token's secret, by which the database knows the tenant.

    Raises:
        ForbiddenError: it is not (any more) an open session or token of an administrator.
    """
    with sentences(), connection.transaction():
        connection.execute(
            "SELECT set_config('gespreksrapportage.administrator', %s, true), "
            "set_config('statement_timeout', %s, true)",
            (secret_hash.hex(), f"{TIME_LIMIT_SECONDS}s"),
        )
        act_as(connection, name, account_id)
        row = connection.execute(
            "SELECT tenant_id, slug, name, time_zone, region FROM configuration.tenant"
        ).fetchone()
        if row is None:
            raise ForbiddenError
        tenant_id, slug, name, time_zone, region = row
        today = _today(time_zone, now)
        yield Administration(connection, "configuration", tenant_id, slug, name, time_zone, region, today)


@contextmanager
def by_login(
    connection: Connection, tenant_slug: str, now: datetime, *, name: str
) -> Iterator[Administration]:
    """A transaction of a database login with the administrator role.

    Raises:
        UnknownTenantError: there is no such tenant.
    """
    with sentences(), connection.transaction():
        act_as(connection, name)
        tenant = load_tenant(connection, tenant_slug)
        today = _today(tenant.time_zone, now)
        yield Administration(
            connection,
            "store",
            tenant.tenant_id,
            tenant.slug,
            tenant.name,
            tenant.time_zone,
            tenant.region,
            today,
        )


def _today(time_zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(time_zone)).date()
