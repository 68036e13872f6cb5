"""Queries over what agents did in the board's period; a state that goes on ends now, or with the period."""
# ruff: noqa: S608 - texts of this module alone are joined; nothing comes from outside

from dashboards.variables import AGENT, chosen
from store.vocabulary import AgentState

_PIECES = f"""
WITH period AS (
  SELECT CAST($__timeFrom() AS timestamptz) AS starts,
    least(CAST($__timeTo() AS timestamptz), now()) AS ends
), pieces AS (
  SELECT agent_state.agent, state, until_at IS NULL AS goes_on,
    greatest(from_at, starts) AS from_at, least(coalesce(until_at, ends), ends) AS until_at
  FROM report.agent_state, period
  WHERE from_at < ends AND coalesce(until_at, ends) > starts AND state <> 'signed_out'
    AND {chosen(AGENT, "agent_state.agent")}
), named AS (
  SELECT pieces.*, coalesce(person.name, pieces.agent) AS name, pieces.until_at - pieces.from_at AS length
  FROM pieces
  LEFT JOIN report.agent AS known ON known.pbx_name = pieces.agent
  LEFT JOIN report.person USING (person_id)
)"""


def _seconds(interval: str) -> str:
    return f"round(extract(epoch FROM {interval}))::integer"


STATES = (
    AgentState.BUSY,
    AgentState.RINGING,
    AgentState.WRAP_UP,
    AgentState.AVAILABLE,
    AgentState.UNAVAILABLE,
)
"""In the order of their numbers, from 1: Grafana's time line takes numbers, and texts in their place."""
SIGNED_OUT = 0
"""What follows the last state: Grafana fills emptiness in a line with the value before it."""

TIME_LINE = f"""{_PIECES}
SELECT from_at AS time, name AS metric,
  array_position(ARRAY{[str(state) for state in STATES]}, state)::integer AS value
FROM named
UNION ALL
SELECT last.until_at, last.name, {SIGNED_OUT} FROM named AS last
WHERE NOT EXISTS (SELECT FROM named AS next WHERE next.agent = last.agent AND next.from_at = last.until_at)
ORDER BY 1, 2
"""

_HOURS = """hours AS (
  SELECT local.day, tenant.time_zone,
    min((local.day + opens) AT TIME ZONE tenant.time_zone) AS opens_at,
    max((local.day + closes) AT TIME ZONE tenant.time_zone) AS closes_at
  FROM report.tenant CROSS JOIN period
  CROSS JOIN LATERAL (SELECT (period.starts AT TIME ZONE tenant.time_zone)::date AS day) AS local
  LEFT JOIN report.working_hours AS open ON open.line = '' AND open.weekday = extract(isodow FROM local.day)
    AND NOT EXISTS (SELECT FROM report.holiday WHERE holiday.day = local.day)
  GROUP BY local.day, tenant.time_zone
)"""
"""When the tenant opens and closes on the board's day; nothing on a day on which it is closed."""

PUNCTUALITY = f"""{_PIECES}, {_HOURS}, worked AS (
  SELECT name, agent, min(from_at) AS signed_in_at,
    CASE WHEN NOT bool_or(goes_on) THEN max(until_at) END AS signed_out_at,
    sum(length) AS signed_in,
    sum(length) FILTER (WHERE state = 'busy') AS busy,
    sum(length) FILTER (WHERE state = 'wrap_up') AS wrap_up,
    sum(length) FILTER (WHERE state = 'unavailable') AS unavailable
  FROM named
  GROUP BY agent, name
)
SELECT name AS agent, signed_in_at,
  {_seconds("greatest(signed_in_at - opens_at, '0')")} AS late_seconds,
  signed_out_at,
  {_seconds("greatest(closes_at - signed_out_at, '0')")} AS early_seconds,
  {_seconds("signed_in")} AS signed_in_seconds,
  {_seconds("coalesce(busy, '0')")} AS busy_seconds,
  {_seconds("coalesce(wrap_up, '0')")} AS wrap_up_seconds,
  {_seconds("coalesce(unavailable, '0')")} AS unavailable_seconds
FROM worked CROSS JOIN hours
ORDER BY name
"""
"""First sign-in and last sign-out against the working hours; unknown where the tenant has none that day."""
