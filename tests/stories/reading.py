"""Reads a story: its events as the bytes that an Asterisk would send, and the rows that must come out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent
ZONE = ZoneInfo("Europe/Amsterdam")
DAY = "2026-11-23"
SECTIONS = ("Setting", "Channels", "Events", "Calls", "Legs", "Visits", "States", "Missed")
_EVENT = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d) )?(?P<time>\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d)?)\s+(?P<rest>.+)"
)


class StoryError(Exception):
    """A story file cannot be read; names the file and the line."""


@dataclass(frozen=True)
class Channel:
    name: str
    unique_id: str
    linked_id: str
    number: str

    def fields(self, prefix: str = "") -> Iterator[tuple[str, str]]:
        yield f"{prefix}Channel", self.name
        yield f"{prefix}CallerIDNum", self.number
        yield f"{prefix}Uniqueid", self.unique_id
        yield f"{prefix}Linkedid", self.linked_id


@dataclass(frozen=True)
class Said:
    """One AMI message, without the empty line that closes it."""

    at: datetime
    message: bytes


@dataclass(frozen=True)
class Table:
    """Expected rows: column → text, as written."""

    columns: list[str]
    rows: list[dict[str, str]]


@dataclass
class Story:
    name: str
    title: str
    settings: dict[str, str] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    expected: dict[str, Table] = field(default_factory=dict)


def stories() -> list[Story]:
    return [read(path) for path in sorted(FOLDER.rglob("*.story"))]


def moment(day: str | None, clock: str) -> datetime:
    """A time of the story in UTC; an offset tells the two hours apart when the clock goes back."""
    local = datetime.fromisoformat(f"{day or DAY}T{clock}")
    return (local if local.tzinfo else local.replace(tzinfo=ZONE)).astimezone(UTC)


def read(path: Path) -> Story:
    """Raises StoryError for a line that cannot be understood."""
    lines = path.read_text(encoding="utf-8").splitlines()
    story = Story(path.stem, lines[0].strip())
    section = ""
    for number, line in enumerate(lines[1:], start=2):
        text = line.strip()
        if text in SECTIONS and not line.startswith(" "):
            section = text
        elif text and not text.startswith("#") and section:
            try:
                _take(story, section, text)
            except (ValueError, KeyError, AttributeError) as error:
                raise StoryError(f"{path.name}, line {number}: {text!r}: {error}") from error
    return story


def _take(story: Story, section: str, text: str) -> None:
    words = text.split()
    if section == "Setting":
        story.settings[words[0]] = words[1]
    elif section == "Channels":
        story.channels[words[0]] = _channel(words[1:])
    elif section == "Events":
        story.said.append(_said(story, text))
    elif section not in story.expected:
        story.expected[section] = Table(words, [])
    else:
        table = story.expected[section]
        if len(words) != len(table.columns):
            raise ValueError(f"{len(words)} values for {len(table.columns)} columns")
        table.rows.append(dict(zip(table.columns, words, strict=True)))


def _channel(words: list[str]) -> Channel:
    name, unique_id, *rest = words
    *linked, number = rest
    return Channel(name, unique_id, linked[0] if linked else unique_id, "" if number == "-" else number)


def _said(story: Story, text: str) -> Said:
    parts = _EVENT.fullmatch(text)
    if parts is None:
        raise ValueError("a time, an event and its channel were expected")
    name, *words = parts["rest"].split()
    fields = dict(_fields(story, words))
    lines = [f"Event: {name}", "Privilege: call,all", *(f"{key}: {value}" for key, value in fields.items())]
    return Said(moment(parts["day"], parts["time"]), "\r\n".join(lines).encode())


def _fields(story: Story, words: list[str]) -> Iterator[tuple[str, str]]:
    prefix = ""
    for word in words:
        if "=" in word:
            key, value = word.split("=", 1)
            yield key, value.replace("_", " ")
        elif word == ">":
            prefix = "Dest"
        else:
            yield from story.channels[word].fields(prefix)
