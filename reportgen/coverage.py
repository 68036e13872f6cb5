"""How much of a period each PBX was heard: what a figure over that period can have missed."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from reportgen.compile import Tenant
from reportgen.compile.period import Period
from reportgen.run import as_tenant
from store.connect import Connection


@dataclass(frozen=True, slots=True)
class GapOf:
    """A stretch (UTC, within the period) in which nobody listened to a PBX."""

    pbx: str
    began_at: datetime
    ended_at: datetime
    goes_on: bool
    """Whether nobody listens yet."""
    reason: str
    filled_from: str | None
    """Which files told of the calls afterwards; None: nothing did."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One PBX's part of a period, in minutes that have passed; a minute with any gap in it was not heard."""

    pbx: str
    minutes: int
    minutes_not_heard: int
    """Of gaps that nothing has filled."""
    heard_up_to: datetime | None
    """UTC; None when it was never heard live."""
    gaps: tuple[GapOf, ...]


_GAPS = """
SELECT pbx.slug AS pbx, greatest(g.began_at, %(from)s) AS began_at,
       least(coalesce(g.ended_at, %(until)s), %(until)s) AS ended_at,
       g.ended_at IS NULL AS goes_on, g.reason, g.filled_from
FROM report.pbx_gap g JOIN report.pbx USING (pbx_id)
WHERE g.began_at < %(until)s AND coalesce(g.ended_at, %(until)s) > %(from)s
ORDER BY pbx.slug, g.began_at
"""
_MINUTES = """
SELECT pbx.slug, CASE WHEN live.connected THEN live.updated_at ELSE live.changed_at END, (
    SELECT count(DISTINCT minute)
    FROM report.pbx_gap g CROSS JOIN generate_series(
        date_trunc('minute', greatest(g.began_at, %(from)s)),
        least(coalesce(g.ended_at, %(until)s), %(until)s) - interval '1 microsecond',
        interval '1 minute'
    ) AS minute
    WHERE g.pbx_id = pbx.pbx_id AND g.filled_at IS NULL
      AND g.began_at < %(until)s AND coalesce(g.ended_at, %(until)s) > %(from)s
)
FROM report.pbx LEFT JOIN report.live_pbx live USING (pbx_id) ORDER BY pbx.slug
"""


def read_coverage(connection: Connection, tenant: Tenant, period: Period, now: datetime) -> list[Coverage]:
    """Every PBX of the tenant, by name; of the period only what has passed by `now`."""
    until = max(min(period.end, now), period.start)
    within = {"from": period.start, "until": until}
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role):
        with connection.cursor(row_factory=class_row(GapOf)) as cursor:
            gaps = cursor.execute(_GAPS, within).fetchall()
        not_heard = connection.execute(_MINUTES, within).fetchall()
    minutes = int((until - period.start).total_seconds() // 60)
    return [
        Coverage(pbx, minutes, count, heard_up_to, tuple(gap for gap in gaps if gap.pbx == pbx))
        for pbx, heard_up_to, count in not_heard
    ]
