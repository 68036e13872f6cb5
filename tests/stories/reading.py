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
EXPECTED = ("Calls", "Legs", "Visits", "States", "Missed")
SECTIONS = ("Setting", "Channels", "Events", *EXPECTED)
CONNECTION_LOST = "(connection lost)"
LIST_ITEMS = frozenset(
    {
        "CoreShowChannel",
        "CoreShowChannelsComplete",
        "QueueEntry",
        "QueueMember",
        "QueueParams",
        "QueueStatusComplete",
    }
)
"""Answers to an action: they carry its ActionID and, unlike what happens by itself, no Privilege."""

_EVENT = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d) )?(?P<time>\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d)?)\s+(?P<rest>.+)"
)
_PREFIXED = re.compile(r"(?P<prefix>[A-Z][A-Za-z]*):(?P<channel>\w+)")


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
    """One AMI message, without the empty line that closes it; empty: the connection was lost."""

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
    """Folder and file: "queue/overflow_by_time"."""
    title: str
    settings: list[list[str]] = field(default_factory=list)
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
    story = Story(f"{path.parent.name}/{path.stem}", lines[0].strip())
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
        story.settings.append(words)
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
    at = moment(parts["day"], parts["time"])
    if parts["rest"] == CONNECTION_LOST:
        return Said(at, b"")
    name, *words = parts["rest"].split()
    fields = dict(_fields(story, words))
    origin = "ActionID: 1" if name in LIST_ITEMS else "Privilege: call,all"
    lines = [f"Event: {name}", origin, *(f"{key}: {value}" for key, value in fields.items())]
    return Said(at, "\r\n".join(lines).encode())


def _fields(story: Story, words: list[str]) -> Iterator[tuple[str, str]]:
    prefix = ""
    for word in words:
        prefixed = _PREFIXED.fullmatch(word)
        if "=" in word:
            key, value = word.split("=", 1)
            yield key, value if key == "Variable" else value.replace("_", " ")
        elif word == ">":
            prefix = "Dest"
        elif prefixed is not None:
            yield from story.channels[prefixed["channel"]].fields(prefixed["prefix"])
        else:
            yield from story.channels[word].fields(prefix)
