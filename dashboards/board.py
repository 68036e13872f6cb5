"""A board: panels in rows, laid out on Grafana's grid of 24 columns."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.panels import CALLS, Json, sql
from dashboards.periods import OF_DAYS, OF_HOURS
from dashboards.texts import Text, resolved
from dashboards.variables import PORTAL, hidden_variables
from reportgen.texts import Language

GRID_COLUMNS = 24
SCHEMA_VERSION = 41
"""Of Grafana 12's classic dashboards: an older number would be migrated at each load."""

DEFAULT_TIME_ZONE = "Europe/Amsterdam"
SAME_SITE = ""
"""The portal stands where Grafana does, which has the path /grafana/: the proxy leads links on."""


def _gaps(words: str) -> str:
    """SQL of the gaps, with the words that stand before the PBX's name."""
    return f"""
SELECT began_at AS time, coalesce(ended_at, now()) AS timeend, '{words}: ' || pbx.slug AS text
FROM report.pbx_gap JOIN report.pbx USING (pbx_id)
WHERE filled_at IS NULL AND began_at <= CAST($__timeTo() AS timestamptz)
  AND coalesce(ended_at, now()) >= CAST($__timeFrom() AS timestamptz)
""".strip()  # noqa: S608 - our own texts


NOT_HEARD = Text("Centrale niet gehoord", "PBX not heard")
GAPS: Json = {
    "name": NOT_HEARD,
    "datasource": CALLS,
    "enable": True,
    # No switch for it above the board.
    "hide": True,
    "iconColor": "dark-orange",
    "target": {**sql(""), "rawSql": Text(*map(_gaps, NOT_HEARD)), "refId": "Gaps"},
}
"""Stretches in which nobody heard the PBX, marked in every chart over time."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """What one board shows, in all languages."""

    uid: str
    """Stable: part of every link to the board; the same for every tenant."""
    title: Text
    rows: Sequence[Sequence[Json]]
    """Panels from left to right, rows from top to bottom."""
    refresh: str
    period: tuple[str, str]
    """From and until, in Grafana's relative times."""
    variables: Sequence[Json] = ()
    """What can be chosen above the board, from `variables.py`."""
    operator_only: bool = False
    """Shows figures of all tenants: only for the operator's organisation."""

    def json(
        self, language: Language, time_zone: str = DEFAULT_TIME_ZONE, *, portal_url: str = SAME_SITE
    ) -> str:
        """The dashboard in Grafana's classic format, ready for a provisioned file.

        Args:
            portal_url: where links to the portal lead, without a slash at the end.
        """
        own = [] if self.operator_only else hidden_variables(portal_url)
        dashboard = {
            "uid": f"{self.uid}-{language}",
            "title": self.title,
            "tags": ["gespreksrapportage", language],
            "schemaVersion": SCHEMA_VERSION,
            "editable": False,
            "graphTooltip": 0,
            # Named: with the organisation's, "today" begins at the browser's midnight while the page loads.
            "timezone": time_zone,
            "weekStart": "monday",
            "refresh": self.refresh,
            "time": {"from": self.period[0], "to": self.period[1]},
            "timepicker": {
                "hidden": self.period == TODAY,
                "refresh_intervals": ["5s", "10s", "30s", "1m", "5m"],
                "quick_ranges": OF_HOURS if self.operator_only else OF_DAYS,
            },
            "fiscalYearStartMonth": 0,
            "annotations": {"list": [] if self.operator_only else [GAPS]},
            "templating": {"list": [*self.variables, *own]},
            "links": [],
            "panels": _laid_out(self.rows),
        }
        return json.dumps(resolved(dashboard, language), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def link_to(dashboard: Json, portal_url: str) -> None:
    """Has the links of a finished board lead to another portal."""
    for variable in dashboard.get("templating", {}).get("list", []):
        if variable["name"] == PORTAL and variable["query"] != portal_url:
            variable |= {"query": portal_url, "current": {"text": portal_url, "value": portal_url}}


TODAY = ("now/d", "now/d")
"""The whole local day: the board's time picker is hidden, since its titles say "today"."""


def _laid_out(rows: Sequence[Sequence[Json]]) -> list[Json]:
    panels: list[Json] = []
    top = 0
    for row in rows:
        left = 0
        for panel in row:
            place = {**panel["gridPos"], "x": left, "y": top}
            panels.append({**panel, "id": len(panels) + 1, "gridPos": place})
            left += place["w"]
        if left > GRID_COLUMNS:
            raise ValueError(f"Row {len(panels)} is {left} columns wide; the grid has {GRID_COLUMNS}.")
        top += max(panel["gridPos"]["h"] for panel in row)
    return panels
