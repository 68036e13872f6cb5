"""What differs between what is wanted and what is there: told, and mended unless it is only a check."""

from collections.abc import Callable
from typing import Any


class Changes:
    """Of one organisation."""

    def __init__(self, organisation: str, *, check: bool = False) -> None:
        self.organisation = organisation
        self.check = check
        self.sentences: list[str] = []

    def __call__(self, difference: str, mend: Callable[[], object]) -> None:
        """Notes a difference, and mends it unless this is a check."""
        self.sentences.append(f'Organisation "{self.organisation}": {difference}.')
        if not self.check:
            mend()


def holds(found: Any, wanted: Any) -> bool:
    """Whether everything that is wanted is found; what is found besides (ids, defaults) does not matter."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(holds(found.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, (list, tuple)):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(holds, found, wanted))
    return bool(found == wanted)
