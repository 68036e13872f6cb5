"""Queries over the queues that are chosen above a board."""
# ruff: noqa: S608 - texts of this package alone are joined; nothing comes from outside

from dashboards.variables import OF_CHOSEN_QUEUE
from reportgen.catalogue import now

TODAY = "(SELECT date_trunc('day', now(), time_zone) FROM report.tenant)"
"""The local midnight; joined to the tenant instead, the planner would not use the index on time."""

WAITING = now.waiting.over(OF_CHOSEN_QUEUE)
LONGEST_WAIT = now.longest_wait.over(OF_CHOSEN_QUEUE)
AGENTS = now.AGENTS.replace("{groups}", OF_CHOSEN_QUEUE)

LAST_WAIT = f"""
SELECT wait_seconds AS last_wait_seconds
FROM report.visit
WHERE started_at >= {TODAY} AND group_kind = 'queue' AND answered_at IS NOT NULL AND {OF_CHOSEN_QUEUE}
ORDER BY answered_at DESC
LIMIT 1
"""
"""Of the call answered last, today."""

_AGENTS = f"agents AS ({now.AGENT_STATES.replace('{groups}', OF_CHOSEN_QUEUE)})"
_WRAP_UP = f"""wrap_up AS (
  SELECT avg(extract(epoch FROM until_at - from_at)) AS seconds
  FROM report.agent_state
  WHERE from_at >= {TODAY} AND state = 'wrap_up' AND until_at IS NOT NULL
    AND agent IN (SELECT agent FROM report.live_agent WHERE {OF_CHOSEN_QUEUE})
)"""

AVERAGE_WRAP_UP = f"""
WITH {_WRAP_UP}
SELECT round(seconds)::integer AS average_wrap_up_seconds FROM wrap_up WHERE seconds IS NOT NULL
"""

EXPECTED_WAIT = f"""
WITH {_AGENTS}, {_WRAP_UP}, working AS (
  SELECT count(*) FILTER (WHERE state NOT IN ('signed_out', 'unavailable')) AS agents,
    count(*) FILTER (WHERE state = 'available') AS idle
  FROM agents
), handling AS (
  SELECT avg(talk_seconds) + coalesce((SELECT seconds FROM wrap_up), 0) AS seconds
  FROM report.visit
  WHERE started_at >= {TODAY} AND group_kind = 'queue' AND outcome = 'answered'
    AND {OF_CHOSEN_QUEUE}
), queue AS (
  SELECT count(*) AS waiting FROM report.waiting_now WHERE {OF_CHOSEN_QUEUE}
)
SELECT CASE WHEN idle > waiting THEN 0
  ELSE round((waiting + 1) * handling.seconds / nullif(working.agents, 0))::integer
  END AS expected_wait_seconds
FROM working, handling, queue
WHERE EXISTS (SELECT FROM report.heard_pbx)
"""
"""For a caller who joins now: (callers waiting + 1) x average handling time / agents at work.

Handling time is today's average talk time of the queue plus today's average wrap-up. Every agent at work is
busy, so one of them is free every (handling time / agents) seconds, and all who wait go first. With more
agents free than callers waiting it is nothing; with nobody at work or no call answered today it is unknown.
"""

GROUP_MEMBERS = f"""
SELECT coalesce(known.name, now.contact_group) AS queue, coalesce(person.name, now.agent) AS agent,
  now.extension, now.state, coalesce(device.do_not_disturb, false) AS do_not_disturb, now.reason,
  now.state_seconds
FROM report.agent_queue_now AS now
LEFT JOIN report.contact_group AS known ON known.kind = 'queue' AND known.pbx_name = now.contact_group
LEFT JOIN report.agent AS member ON member.pbx_name = now.agent
LEFT JOIN report.person USING (person_id)
LEFT JOIN report.live_device AS device ON device.pbx_id = now.pbx_id AND device.extension = now.extension
WHERE {OF_CHOSEN_QUEUE}
ORDER BY queue, now.state_rank, now.state_since, agent
"""

DO_NOT_DISTURB = f"""
SELECT count(DISTINCT (now.pbx_id, now.extension)) AS devices
FROM report.agent_queue_now AS now JOIN report.live_device USING (pbx_id, extension)
WHERE do_not_disturb AND {OF_CHOSEN_QUEUE}
HAVING EXISTS (SELECT FROM report.heard_pbx)
"""
