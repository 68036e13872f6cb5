"""The queries of the state of now, over the views that say what "now" is (report.*_now).

Where no PBX is heard a tile is empty: no number from before is shown as the present one. The columns are
named in the product's vocabulary; boards give them their headings.
"""
# ruff: noqa: S608 - texts of this module alone are joined; nothing comes from outside

from dashboards.variables import DDI, chosen
from reportgen.catalogue import now

TALKING = now.calls.query
RINGING = now.ringing.query
WAITING = now.waiting.over("true")
LONGEST_WAIT = now.longest_wait.over("true")

AVAILABLE_AGENTS = """
SELECT CASE WHEN EXISTS (SELECT FROM report.heard_pbx)
  THEN count(*) FILTER (WHERE state = 'available') END AS available
FROM report.agent_now
"""

AGENTS = """
SELECT coalesce(person.name, now.agent) AS agent, now.extension, now.state, now.reason, now.state_seconds
FROM report.agent_now AS now
LEFT JOIN report.agent AS known ON known.pbx_name = now.agent
LEFT JOIN report.person AS person USING (person_id)
ORDER BY
  array_position(ARRAY['ringing', 'busy', 'wrap_up', 'available', 'unavailable', 'signed_out'], now.state),
  now.state_since, agent
"""

QUEUES = """
WITH queues AS (
  SELECT pbx_name AS queue FROM report.contact_group
  WHERE kind = 'queue' AND EXISTS (SELECT FROM report.heard_pbx)
  UNION
  SELECT contact_group FROM report.live_queue JOIN report.heard_pbx USING (pbx_id)
), waits AS (
  SELECT contact_group AS queue, count(*) AS waiting, max(wait_seconds) AS longest_wait_seconds
  FROM report.waiting_now GROUP BY contact_group
), agents AS (
  SELECT contact_group AS queue, count(*) FILTER (WHERE state = 'available') AS available,
    count(*) FILTER (WHERE state <> 'signed_out') AS staffed
  FROM report.agent_queue_now GROUP BY contact_group
)
SELECT coalesce(known.name, queues.queue) AS queue, coalesce(waits.waiting, 0) AS waiting,
  waits.longest_wait_seconds,
  coalesce(agents.available, 0) AS available, coalesce(agents.staffed, 0) AS staffed
FROM queues
LEFT JOIN report.contact_group AS known ON known.kind = 'queue' AND known.pbx_name = queues.queue
LEFT JOIN waits USING (queue)
LEFT JOIN agents USING (queue)
ORDER BY waits.longest_wait_seconds DESC NULLS LAST, queue
"""

HEARD_AT = "CASE WHEN connected THEN updated_at ELSE changed_at END"
"""When a PBX was heard last; one that is not connected was heard until that changed."""

AGE = f"""
SELECT greatest(extract(epoch FROM now() - min({HEARD_AT}))::integer, 0) AS age_seconds
FROM report.live_pbx
HAVING count(*) > 0
"""
"""Of the PBX that was heard least recently."""

UNFINISHED_GAPS = """
SELECT count(*) AS gaps
FROM report.pbx_gap, report.tenant
WHERE filled_at IS NULL
  AND coalesce(ended_at, now()) >= date_trunc('day', now(), tenant.time_zone)
"""
"""Stretches of today in which nobody listened to a PBX and whose events have not been brought in since."""

CALLS = f"""
SELECT now.direction, now.state, coalesce(person.name, now.device) AS party, now.extension,
  ddi.name AS ddi_name, now.ddi, CASE WHEN now.withheld THEN NULL ELSE now.number END AS number,
  now.state_seconds
FROM report.device_now AS now
LEFT JOIN report.ddi ON ddi.number = now.ddi AND ddi.valid @> now.started_at
LEFT JOIN report.extension ON extension.number = now.extension AND extension.valid @> now.started_at
LEFT JOIN report.person USING (person_id)
WHERE now.extension IS NOT NULL AND {chosen(DDI, "now.ddi")}
ORDER BY now.state = 'ringing' DESC, now.state_seconds DESC, now.extension
"""
"""Per extension; the line to the outside of the same call is the other party, not a row of its own."""

CALLERS_WAITING = f"""
SELECT coalesce(known.name, now.contact_group) AS queue,
  CASE WHEN now.withheld THEN NULL ELSE now.number END AS number, customer.name AS customer,
  ddi.name AS ddi_name, now.ddi, now.wait_seconds
FROM report.waiting_now AS now
LEFT JOIN report.contact_group AS known ON known.kind = 'queue' AND known.pbx_name = now.contact_group
LEFT JOIN report.ddi ON ddi.number = now.ddi AND ddi.valid @> now.entered_at
LEFT JOIN report.customer_number AS owned
  ON owned.number_key = now.number_key AND owned.valid @> now.entered_at
LEFT JOIN report.customer USING (customer_id)
WHERE {chosen(DDI, "now.ddi")}
ORDER BY now.wait_seconds DESC
"""
