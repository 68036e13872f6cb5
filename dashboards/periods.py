"""What can be chosen of a board's time, in words of the board's own language: Grafana's are English there."""

from dashboards.panels import Json
from dashboards.texts import Text, catalogue_text
from reportgen.compile.period import READY_MADE


def _range(first: str, last: str, words: Text) -> Json:
    return {"from": first, "to": last, "display": words}


def _ready_made(name: str, stretch: str) -> Json:
    return _range(stretch, stretch, catalogue_text(READY_MADE[name][0]))


OF_DAYS = [
    _ready_made("today", "now/d"),
    _ready_made("yesterday", "now-1d/d"),
    _range("now-6d/d", "now/d", Text("Laatste 7 dagen", "Last 7 days")),
    _range("now-30d/d", "now/d", Text("Laatste 31 dagen", "Last 31 days")),
    _ready_made("this-week", "now/w"),
    _ready_made("last-week", "now-1w/w"),
    _ready_made("this-month", "now/M"),
    _ready_made("last-month", "now-1M/M"),
    _ready_made("this-year", "now/y"),
    _ready_made("last-year", "now-1y/y"),
]
"""Whole days, as the portal's reports have them."""
OF_HOURS = [
    _range("now-15m", "now", Text("Laatste 15 minuten", "Last 15 minutes")),
    _range("now-1h", "now", Text("Laatste uur", "Last hour")),
    _range("now-6h", "now", Text("Laatste 6 uur", "Last 6 hours")),
    _range("now-24h", "now", Text("Laatste 24 uur", "Last 24 hours")),
    _range("now-7d", "now", Text("Laatste 7 dagen", "Last 7 days")),
]
