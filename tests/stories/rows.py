"""Rows as a story writes them: short column names, local times, "-" for nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from store.vocabulary import LegRole
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
}
"""A story's short name → the table's column; any other column is named as it is."""


def text(value: Any, like: str = "") -> str:
    """A value as a story writes it; a time with the day or the offset where `like` has them."""
    if value is None or value == "":
        return "-"
    if isinstance(value, datetime):
        return _time(value, like)
    if isinstance(value, list):
        return ",".join(map(text, value)) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        value = value.value
    return str(value).replace(" ", "_")


def _time(value: datetime, like: str) -> str:
    local = value.astimezone(ZONE)
    day = "%Y-%m-%dT" if "T" in like else ""
    offset = local.isoformat()[-6:] if "+" in like else ""
    return local.strftime(f"{day}%H:%M:%S") + offset


def as_written(table: Table, rows: Sequence[Any]) -> list[dict[str, str]]:
    """What the story's columns say of rows (objects or mappings)."""
    written = [*table.rows, *({} for _ in rows)]
    return [
        {
            column: text(value_of(row, COLUMNS.get(column, column)), like.get(column, ""))
            for column in table.columns
        }
        for row, like in zip(rows, written, strict=False)
    ]


def value_of(row: Any, column: str) -> Any:
    return row[column] if isinstance(row, Mapping) else getattr(row, column)


def of_section(section: str, table: Table, rows: Iterable[Any]) -> list[Any]:
    """The rows that a section is about: Legs that do not ask for the `role` are those of called parties."""
    if section == "Legs" and "role" not in table.columns:
        return [row for row in rows if value_of(row, "role") == LegRole.CALLED]
    return list(rows)
