"""Rows as a story writes them: short column names, local times, "-" for nothing."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Any

from tests.stories.reading import ZONE, Table

COLUMNS = {
    "started": "started_at",
    "answered": "answered_at",
    "ended": "ended_at",
    "offered": "offered_at",
    "entered": "entered_at",
    "left": "left_at",
    "from": "from_at",
    "until": "until_at",
    "closed": "closed_at",
    "wait": "wait_seconds",
    "ring": "ring_seconds",
    "talk": "talk_seconds",
    "hold": "hold_seconds",
    "duration": "duration_seconds",
    "target": "answer_target_seconds",
    "resolution": "resolution_seconds",
    "caller": "caller_number",
    "called": "called_number",
    "outside": "outside_number",
    "group": "contact_group",
    "by": "answered_by",
    "ended_by": "ended_by",
}
"""A story's short name → the table's column; any other column is named as it is."""


def text(value: Any) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, datetime):
        return value.astimezone(ZONE).strftime("%H:%M:%S")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        value = value.value
    return str(value).replace(" ", "_")


def as_written(table: Table, rows: Iterable[Any]) -> list[dict[str, str]]:
    """What the story's columns say of rows (objects or mappings)."""
    return [
        {column: text(_value(row, COLUMNS.get(column, column))) for column in table.columns} for row in rows
    ]


def _value(row: Any, column: str) -> Any:
    return row[column] if isinstance(row, dict) else getattr(row, column)
