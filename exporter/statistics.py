"""What the exporter counts about its own work."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Statistics:
    """Counts since the start of the process; times in UTC."""

    events: int = 0
    """Accepted on disk."""
    rejects: int = 0
    stored_events: int = 0
    """Newly committed to the database."""
    gap_seconds: float = 0.0
    """Of gaps that have ended."""
    connected: bool = False
    changed_at: datetime | None = None
    """When `connected` last changed."""
    last_received_at: datetime | None = None
    lag_seconds: float = 0.0
    """From receiving to the commit, of the batch that was stored last."""
    database_available: bool = True
    problem: str = ""
    """Why nothing is accepted at present; empty when all is well."""
    event_counts: Counter[bytes] = field(default_factory=Counter)
    """How many messages of each event name were read."""
