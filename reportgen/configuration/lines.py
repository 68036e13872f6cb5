"""Lines of a file, or one form, on their way to being carried out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.errors import ReportError


class FileError(ReportError):
    """A file cannot be read at all."""

    code = "invalid-file"


@dataclass(frozen=True, slots=True)
class Line:
    """What was written: texts by field. A field that is left out stays as it is."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line; nothing of it is carried out."""

    line: int
    field: str
    """Its name; empty: the whole line."""
    error: ReportError


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that is right in itself: values by field."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after, written as in a file."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a line does."""

    line: int
    what: str
    verb: str
    """added, changed, ended or removed."""
    differences: tuple[Difference, ...] = ()


@dataclass
class Outcome:
    """What came of lines, or would come of them."""

    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    rebuilt_calls: int = 0
    """Calls that are built again because of it."""
    carried_out: bool = False
