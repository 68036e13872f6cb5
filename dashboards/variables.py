"""What a reader can choose above a board, and the condition that it gives."""

from dashboards.panels import CALLS, Json
from dashboards.texts import Text
from reportgen.compile import EVERYTHING, Variable

QUEUE = Variable("queue")
OF_CHOSEN_QUEUE = (
    f"('{EVERYTHING}' IN (${{{QUEUE.name}:sqlstring}}) OR contact_group IN (${{{QUEUE.name}:sqlstring}}))"
)
"""Condition on the column contact_group; Grafana quotes each chosen value."""


def queue_variable() -> Json:
    """Which queues a board is about: several, or all."""
    return {
        "name": QUEUE.name,
        "label": Text("Wachtrij", "Queue"),
        "type": "query",
        "datasource": CALLS,
        "query": "SELECT name AS __text, pbx_name AS __value FROM report.contact_group "
        "WHERE kind = 'queue' ORDER BY name",
        "refresh": 1,
        "multi": True,
        "includeAll": True,
        # Grafana writes this one value as it stands, so it has its quotes.
        "allValue": f"'{EVERYTHING}'",
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }
