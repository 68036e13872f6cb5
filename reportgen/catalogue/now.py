"""The figures of now: what happens on the telephone system at this moment, over the views report.*_now.

They are no reports: nothing of them is kept. Where no PBX is heard a figure has no value: no number from
before is shown as the present one.
"""
# ruff: noqa: S608 - texts of this module alone are joined; nothing comes from outside

from dataclasses import dataclass

from reportgen.texts import _
from reportgen.units import COUNT, DURATION, Unit

SLUG = "now"
"""What tiles call them, where a report has its slug."""
GROUPS = "contact-group"
"""The one filter that they can have."""
FILTERED_LIKE = "queue-performance"
"""The report whose filter of that name theirs is."""


@dataclass(frozen=True, slots=True)
class NowFigure:
    """One figure of now."""

    name: str
    """Its word in tiles; the column of its query."""
    title: str
    unit: Unit
    means: str
    query: str
    """With {groups} for the condition on the column contact_group, where it is about queues."""

    @property
    def of_groups(self) -> bool:
        """Whether it can be about chosen queues only."""
        return "{groups}" in self.query

    def over(self, groups: str) -> str:
        """The query over the queues for which the condition `groups` holds."""
        return self.query.replace("{groups}", groups)


AGENT_STATES = """
  SELECT DISTINCT ON (pbx_id, agent) agent, state
  FROM report.agent_queue_now WHERE {groups}
  ORDER BY pbx_id, agent, state_rank
"""
"""An agent in several queues is one: busy when busy in one of them, available when ready in one."""
AGENTS = (
    f"WITH agents AS ({AGENT_STATES})"
    """
SELECT count(*) AS assigned,
  count(*) FILTER (WHERE state <> 'signed_out') AS staffed,
  count(*) FILTER (WHERE state = 'busy') AS busy,
  count(*) FILTER (WHERE state = 'available') AS idle,
  count(*) FILTER (WHERE state = 'unavailable') AS unavailable
FROM agents
WHERE EXISTS (SELECT FROM report.heard_pbx)
HAVING EXISTS (SELECT FROM report.heard_pbx)
"""
)

_CALLS = """
SELECT CASE WHEN EXISTS (SELECT FROM report.heard_pbx) THEN count(*) FILTER (WHERE {state}) END AS {name}
FROM report.call_now
"""

waiting = NowFigure(
    "waiting",
    _("Queue length"),
    COUNT,
    _("Callers who wait now."),
    """
SELECT CASE WHEN EXISTS (SELECT FROM report.heard_pbx) THEN count(*) END AS waiting
FROM report.waiting_now WHERE {groups}
""",
)
longest_wait = NowFigure(
    "longest_wait",
    _("Longest wait"),
    DURATION,
    _("Of the callers who wait now."),
    """
SELECT max(wait_seconds) AS longest_wait
FROM report.waiting_now WHERE {groups}
HAVING count(*) > 0
""",
)
assigned = NowFigure("assigned", _("Agents assigned"), COUNT, _("Belong to the queue."), AGENTS)
staffed = NowFigure("staffed", _("Agents staffed"), COUNT, _("Signed in, whatever they do."), AGENTS)
busy = NowFigure("busy", _("Agents in conversation"), COUNT, _("In conversation now."), AGENTS)
idle = NowFigure("idle", _("Agents idle"), COUNT, _("Can take a call now."), AGENTS)
unavailable = NowFigure("unavailable", _("Agents unavailable"), COUNT, _("Signed in, and paused."), AGENTS)
calls = NowFigure(
    "calls",
    _("Calls now"),
    COUNT,
    _("Calls in which somebody talks now."),
    _CALLS.format(state="talking", name="calls"),
)
ringing = NowFigure(
    "ringing",
    _("Calls ringing"),
    COUNT,
    _("Calls that ring now."),
    _CALLS.format(state="NOT talking", name="ringing"),
)

FIGURES = {
    figure.name: figure
    for figure in (waiting, longest_wait, assigned, staffed, busy, idle, unavailable, calls, ringing)
}
