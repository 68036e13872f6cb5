"""Queries over missed calls: who waits to be called back, and how fast others were."""
# ruff: noqa: S608 - texts of this package alone are joined; nothing comes from outside

from dashboards.variables import DDI, SITE, chosen


def _in_period(table: str) -> str:
    moment = f"{table}.started_at"
    return f"{moment} >= CAST($__timeFrom() AS timestamptz) AND {moment} < CAST($__timeTo() AS timestamptz)"


_OF_SITE = f"""(call.site_id IN (
    SELECT unit_id FROM report.organisation_unit WHERE kind = 'site' AND {chosen(SITE, "name")}
  ) OR {chosen(SITE, "''")})"""
"""A call of no site counts while all are chosen."""

TARGET_CLOCK = f"""
SELECT fate.started_at AS missed_at, fate.outside_number AS number, customer.name AS customer,
  ddi.name AS line, person.name AS person,
  CASE WHEN clock.seconds >= 0 THEN clock.seconds END AS left_seconds,
  CASE WHEN clock.seconds < 0 THEN -clock.seconds END AS late_seconds
FROM report.missed_call AS fate
JOIN report.call USING (tenant_id, started_at, call_id)
CROSS JOIN LATERAL (
  SELECT fate.target_seconds - round(report.open_seconds(
    coalesce(call.ended_at, call.started_at), now(), ARRAY[call.ddi, call.contact_group]
  ))::integer AS seconds
) AS clock
LEFT JOIN report.customer ON customer.customer_id = call.customer_id
LEFT JOIN report.ddi ON ddi.number = call.ddi AND ddi.valid @> call.started_at
LEFT JOIN report.person ON person.person_id = call.person_id AND person.archived_at IS NULL
WHERE fate.unreturned AND {_in_period("fate")}
  AND {chosen(DDI, "call.ddi")}
ORDER BY fate.started_at
LIMIT 200
"""
"""Each missed call that nobody returned, with what is left of its target or has passed since: open hours."""


def returned(*, by_site: bool) -> str:
    """Of the missed calls with a number, how many were returned within the target, in open hours."""
    of_site = f"AND {_OF_SITE}" if by_site else ""
    return f"""
SELECT round(100.0 * sum(fate.returned_in_target) / nullif(sum(fate.missed - fate.withheld), 0), 1)
    AS returned_in_target,
  round(avg(fate.resolution_seconds) FILTER (WHERE fate.returned = 1))::integer
    AS average_resolution_seconds,
  count(*) FILTER (WHERE fate.unreturned) AS unreturned,
  count(*) FILTER (WHERE fate.unreturned AND fate.target_seconds < report.open_seconds(
    coalesce(call.ended_at, call.started_at), now(), ARRAY[call.ddi, call.contact_group]
  )) AS too_late
FROM report.missed_call AS fate JOIN report.call USING (tenant_id, started_at, call_id)
WHERE {_in_period("fate")} {of_site} AND {chosen(DDI, "call.ddi")}
HAVING count(*) > 0
"""


CALLERS = f"""
WITH calls AS (
  SELECT call.*, fate.returned_in_target, fate.unreturned,
    CASE WHEN call.missed = 1 AND call.phase = 'open' THEN 1 ELSE 0 END AS failed
  FROM report.call LEFT JOIN report.missed_call AS fate USING (tenant_id, started_at, call_id)
  WHERE call.direction = 'incoming' AND call.total = 1 AND call.outside_number IS NOT NULL
    AND {_in_period("call")}
    AND {_OF_SITE} AND {chosen(DDI, "call.ddi")}
)
SELECT split_part(outside_key, '#', 1) AS number, max(customer.name) AS customer, min(started_at) AS first_at,
  max(started_at) AS last_at, count(*) AS calls, sum(failed) AS failed,
  sum(coalesce(returned_in_target, 0)) AS returned_in_target,
  count(*) FILTER (WHERE unreturned) AS unreturned
FROM calls LEFT JOIN report.customer USING (customer_id)
GROUP BY outside_key
ORDER BY failed DESC, unreturned DESC, last_at DESC
LIMIT 200
"""
"""Each number that called: first and last call, and attempts that failed while the line was open."""

FAILED = f"""
SELECT count(*) FILTER (WHERE call.phase = 'open') AS failed
FROM report.call
WHERE call.direction = 'incoming' AND call.missed = 1
  AND {_in_period("call")}
  AND {_OF_SITE} AND {chosen(DDI, "call.ddi")}
"""
"""Missed calls that came in while the line was open: those of the report's filter "working-hours=open"."""
