"""What has to be added up again: marked by whoever writes calls or states, in the same transaction."""

from collections.abc import Iterable
from datetime import datetime

from store.connect import Connection
from store.organisation import Tenant


def mark_dirty(connection: Connection, tenant: Tenant, starts: Iterable[datetime]) -> None:
    """Has the rollups made again that calls with these starts (UTC) belong to.

    A row that is there is updated, so that no rollup takes it that does not see this transaction's calls;
    sorted, so that two writers never wait for each other crosswise.
    """
    parameters = {"tenant": tenant.tenant_id, "zone": tenant.time_zone, "starts": list(starts)}
    connection.execute(
        """
        INSERT INTO store.dirty_bucket (tenant_id, bucket_start)
        SELECT DISTINCT %(tenant)s::integer, date_bin('15 minutes', at, 'epoch')
        FROM unnest(%(starts)s::timestamptz[]) AS started (at) ORDER BY 2
        ON CONFLICT (tenant_id, bucket_start) DO UPDATE SET bucket_start = excluded.bucket_start
        """,
        parameters,
    )
    connection.execute(
        """
        INSERT INTO store.dirty_day (tenant_id, local_day)
        SELECT DISTINCT %(tenant)s::integer, (at AT TIME ZONE %(zone)s)::date
        FROM unnest(%(starts)s::timestamptz[]) AS started (at) ORDER BY 2
        ON CONFLICT (tenant_id, local_day) DO UPDATE SET local_day = excluded.local_day
        """,
        parameters,
    )


def mark_days_dirty(
    connection: Connection, tenant: Tenant, first_at: datetime, last_at: datetime | None
) -> None:
    """Has the sums of days that are over made again, from one moment to the other (UTC; None: now)."""
    connection.execute(
        """
        INSERT INTO store.dirty_day (tenant_id, local_day)
        SELECT %(tenant)s, day FROM generate_series(
            date_trunc('day', %(first)s::timestamptz AT TIME ZONE %(zone)s),
            least(
                date_trunc('day', now() AT TIME ZONE %(zone)s) - interval '1 day',
                coalesce(%(last)s::timestamptz, now()) AT TIME ZONE %(zone)s
            ),
            interval '1 day'
        ) AS day ORDER BY 2
        ON CONFLICT (tenant_id, local_day) DO UPDATE SET local_day = excluded.local_day
        """,
        {"tenant": tenant.tenant_id, "zone": tenant.time_zone, "first": first_at, "last": last_at},
    )
