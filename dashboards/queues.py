"""Queries of the queues, hunt groups and lines as they are now."""
# ruff: noqa: S608 - texts of this package alone are joined; nothing comes from outside

from dashboards.call_centre import TODAY
from dashboards.variables import DDI, GROUP, QUEUE, chosen

_LAST_WAIT = f"""last AS (
  SELECT DISTINCT ON ({{key}}) {{key}} AS key, wait_seconds
  FROM report.visit
  WHERE started_at >= {TODAY} AND answered_at IS NOT NULL AND group_kind = '{{kind}}'
  ORDER BY {{key}}, answered_at DESC
)"""
_HEARD = "EXISTS (SELECT FROM report.heard_pbx)"

QUEUES = f"""
WITH waits AS (
  SELECT contact_group, count(*) AS waiting, max(wait_seconds) AS longest
  FROM report.waiting_now GROUP BY contact_group
), agents AS (
  SELECT contact_group, count(*) FILTER (WHERE state = 'available') AS idle,
    count(*) FILTER (WHERE state NOT IN ('signed_out', 'unavailable')) AS working
  FROM report.agent_queue_now GROUP BY contact_group
), wrap_up AS (
  SELECT queue.contact_group, avg(extract(epoch FROM until_at - from_at)) AS seconds
  FROM report.agent_state
  JOIN (SELECT DISTINCT agent, contact_group FROM report.live_agent) AS queue USING (agent)
  WHERE from_at >= {TODAY} AND state = 'wrap_up' AND until_at IS NOT NULL
  GROUP BY queue.contact_group
), talk AS (
  SELECT contact_group, avg(talk_seconds) AS seconds
  FROM report.visit
  WHERE started_at >= {TODAY} AND outcome = 'answered' AND group_kind = 'queue'
  GROUP BY contact_group
), {_LAST_WAIT.format(key="contact_group", kind="queue")}
SELECT known.name AS queue, known.pbx_name AS pbx_name, coalesce(waits.waiting, 0) AS waiting,
  waits.longest AS longest_wait_seconds,
  CASE WHEN coalesce(agents.idle, 0) > coalesce(waits.waiting, 0) THEN 0
    ELSE round((coalesce(waits.waiting, 0) + 1) * (talk.seconds + coalesce(wrap_up.seconds, 0))
      / nullif(agents.working, 0))::integer END AS expected_wait_seconds,
  last.wait_seconds AS last_wait_seconds, coalesce(agents.idle, 0) AS idle
FROM report.contact_group AS known
LEFT JOIN waits ON waits.contact_group = known.pbx_name
LEFT JOIN agents ON agents.contact_group = known.pbx_name
LEFT JOIN wrap_up ON wrap_up.contact_group = known.pbx_name
LEFT JOIN talk ON talk.contact_group = known.pbx_name
LEFT JOIN last ON last.key = known.pbx_name
WHERE known.kind = 'queue' AND {_HEARD} AND {chosen(QUEUE, "known.pbx_name")}
ORDER BY longest_wait_seconds DESC NULLS LAST, queue
"""
"""The expected wait is that of the call-centre wallboard, queue by queue."""

HUNT_GROUPS = f"""
WITH ringing AS (
  SELECT member.contact_group, count(DISTINCT device.call) AS ringing, max(device.state_seconds) AS longest
  FROM report.device_now AS device
  JOIN report.contact_group_member AS member
    ON member.extension = device.extension AND member.kind = 'hunt_group' AND member.valid @> now()
  WHERE device.state = 'ringing' AND device.direction = 'incoming'
  GROUP BY member.contact_group
), {_LAST_WAIT.format(key="contact_group", kind="hunt_group")}
SELECT known.name AS hunt_group, coalesce(ringing.ringing, 0) AS ringing,
  ringing.longest AS longest_wait_seconds, last.wait_seconds AS last_wait_seconds
FROM report.contact_group AS known
LEFT JOIN ringing ON ringing.contact_group = known.pbx_name
LEFT JOIN last ON last.key = known.pbx_name
WHERE known.kind = 'hunt_group' AND {_HEARD} AND {chosen(GROUP, "known.pbx_name")}
ORDER BY longest_wait_seconds DESC NULLS LAST, hunt_group
"""
"""A hunt group has no queue to wait in: its callers wait while its members' telephones ring."""

LINES = f"""
WITH waiting AS (
  SELECT ddi, call, max(seconds) AS seconds
  FROM (
    SELECT ddi, call, extract(epoch FROM now() - started_at)::integer AS seconds
    FROM report.device_now WHERE state = 'ringing' AND direction = 'incoming' AND ddi IS NOT NULL
    UNION ALL
    SELECT ddi, connection, wait_seconds FROM report.waiting_now WHERE ddi IS NOT NULL
  ) AS each GROUP BY ddi, call
), waits AS (
  SELECT ddi, count(*) AS waiting, max(seconds) AS longest FROM waiting GROUP BY ddi
), last AS (
  SELECT DISTINCT ON (ddi) ddi, wait_seconds
  FROM report.call
  WHERE started_at >= {TODAY} AND direction = 'incoming' AND answered = 1
  ORDER BY ddi, answered_at DESC
)
SELECT ddi.name AS line, ddi.number AS ddi, coalesce(waits.waiting, 0) AS waiting,
  waits.longest AS longest_wait_seconds, last.wait_seconds AS last_wait_seconds
FROM report.ddi
LEFT JOIN waits ON waits.ddi = ddi.number
LEFT JOIN last ON last.ddi = ddi.number
WHERE ddi.valid @> now() AND {_HEARD} AND {chosen(DDI, "ddi.number")}
ORDER BY longest_wait_seconds DESC NULLS LAST, line, ddi
"""
"""Per direct number, calls that wait in a queue or ring somewhere; from the first ring, or the entry."""
