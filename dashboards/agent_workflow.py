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
