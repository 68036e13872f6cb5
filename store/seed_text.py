"""A YAML text as plain lists and mappings, together with the line where each value stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from store.errors import InvalidOrganisationError

# The loader that makes every scalar a text: so that 0201230001 stays a number to dial and 08:30 a time of
# day, where YAML's own rules make them an octal and a sexagesimal number. The C one does the same faster.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Place = tuple[str | int, ...]
"""Way to a value: keys of mappings and positions in lists."""


@dataclass
class SeedText:
    """What a tenant file says, before anything is checked."""

    content: object
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)
    """Line and sentence of what is wrong with the text itself: keys that come twice, anchors."""

    def line(self, place: Place) -> int:
        """Line of the value at `place`, or of the nearest thing around it that the file has."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]


def read(text: str, name: str) -> SeedText:
    """Raises InvalidOrganisationError, which begins with the file's name, when the text is no YAML."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise InvalidOrganisationError(f"{name}{where}: {error.problem or 'this is no YAML'}.") from error
    except yaml.YAMLError as error:
        raise InvalidOrganisationError(f"{name} is no YAML: {error}") from error
    seed = SeedText(None, {(): 1})
    if root is not None:
        seed.content = _Reader(seed).value(root, ())
    return seed


class _Reader:
    def __init__(self, seed: SeedText) -> None:
        self._seed = seed
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place) -> object:
        self._seed.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            # A key with nothing after it says nothing.
            return node.value if node.value or node.style else None
        if id(node) in self._seen:
            self._problem(node, "anchors and aliases are not read; write the value out")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        return dict(self._items(node, place))

    def _items(self, node: yaml.Node, place: Place) -> Iterator[tuple[str, object]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in seen:
                self._problem(key_node, f'"{key}" stands here a second time')
            seen.add(key)
            value = self.value(value_node, (*place, key))
            # The key's own line, not that of a value that begins below it.
            self._seed.lines[*place, key] = key_node.start_mark.line + 1
            yield key, value

    def _problem(self, node: yaml.Node, sentence: str) -> None:
        self._seed.problems.append((node.start_mark.line + 1, sentence))
