"""The queries of the state of now, over the tables that the exporter keeps (report.live_*).

A PBX that nobody hears has no state of now: its rows count for nothing, and where no PBX is heard a tile is
empty instead of showing a number from before. The columns are named in the product's vocabulary; boards give
them their headings.
"""
# ruff: noqa: S608 - texts of this module alone are joined; nothing comes from outside

SILENT_AFTER_SECONDS = 30
"""Live rows that are older than this tell nothing about now."""

HEARD = f"""heard AS (
  SELECT pbx_id FROM report.live_pbx
  WHERE connected AND updated_at > now() - interval '{SILENT_AFTER_SECONDS} seconds'
)"""

CALLS_NOW = f"""
WITH {HEARD}, live AS (
  SELECT bool_or(state IN ('talking', 'held')) AS talks
  FROM report.live_call JOIN heard USING (pbx_id)
  GROUP BY pbx_id, call
)
SELECT CASE WHEN EXISTS (SELECT FROM heard) THEN count(*) FILTER (WHERE {{condition}}) END AS calls
FROM live
"""

TALKING_NOW = CALLS_NOW.format(condition="talks")
RINGING_NOW = CALLS_NOW.format(condition="NOT talks")

WAITING_NOW = f"""
WITH {HEARD}
SELECT CASE WHEN EXISTS (SELECT FROM heard) THEN count(waiting.connection) END AS waiting
FROM report.live_waiting AS waiting JOIN heard USING (pbx_id)
"""

LONGEST_WAIT_NOW = f"""
WITH {HEARD}
SELECT greatest(extract(epoch FROM now() - min(entered_at))::integer, 0) AS longest_wait_seconds
FROM report.live_waiting JOIN heard USING (pbx_id)
HAVING count(*) > 0
"""

AGENTS = """agents AS (
  SELECT DISTINCT ON (pbx_id, agent) pbx_id, agent, extension, state, reason, state_since
  FROM report.live_agent JOIN heard USING (pbx_id)
  ORDER BY pbx_id, agent,
    array_position(ARRAY['busy', 'ringing', 'wrap_up', 'available', 'unavailable', 'signed_out'], state),
    state_since
)"""
"""An agent's one state over all groups: busy in one is busy, and ready in one is available."""

AVAILABLE_AGENTS_NOW = f"""
WITH {HEARD}, {AGENTS}
SELECT CASE WHEN EXISTS (SELECT FROM heard) THEN count(*) FILTER (WHERE state = 'available') END AS available
FROM agents
"""

AGENTS_NOW = f"""
WITH {HEARD}, {AGENTS}
SELECT coalesce(person.name, agents.agent) AS agent, agents.extension, agents.state, agents.reason,
  greatest(extract(epoch FROM now() - agents.state_since)::integer, 0) AS state_seconds
FROM agents
LEFT JOIN report.agent AS known ON known.pbx_name = agents.agent
LEFT JOIN report.person AS person USING (person_id)
ORDER BY
  array_position(ARRAY['ringing', 'busy', 'wrap_up', 'available', 'unavailable', 'signed_out'], agents.state),
  agents.state_since, agent
"""

QUEUES_NOW = f"""
WITH {HEARD}, queues AS (
  SELECT pbx_name AS queue FROM report.contact_group WHERE kind = 'queue' AND EXISTS (SELECT FROM heard)
  UNION
  SELECT contact_group FROM report.live_queue JOIN heard USING (pbx_id)
), waits AS (
  SELECT contact_group AS queue, count(*) AS waiting,
    greatest(extract(epoch FROM now() - min(entered_at))::integer, 0) AS longest_wait_seconds
  FROM report.live_waiting JOIN heard USING (pbx_id)
  GROUP BY contact_group
), agents AS (
  SELECT contact_group AS queue, count(*) FILTER (WHERE state = 'available') AS available,
    count(*) FILTER (WHERE state <> 'signed_out') AS staffed
  FROM report.live_agent JOIN heard USING (pbx_id)
  GROUP BY contact_group
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

AGE = """
SELECT greatest(extract(epoch FROM now() - min(updated_at))::integer, 0) AS age_seconds
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
