"""Puts a PBX's events, as they come by in order of time, together to calls, and lets go of finished ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from aggregator.grouping import group
from store.event import Event
from store.vocabulary import EventKind

QUIET = timedelta(seconds=60)
"""So long after its last event a call whose connections are gone is over: stragglers have come by then."""

LONGEST_SILENCE = timedelta(hours=6)
"""A call that is not over is let go of after this, since memory is not endless."""


@dataclass(slots=True)
class Passed:
    """Calls that the stream has let go of, each as its events in order."""

    finished: list[list[Event]] = field(default_factory=list)
    silent: list[list[Event]] = field(default_factory=list)
    """Not over, but nothing was heard of them for long."""


class CallStream:
    """Memory holds the events of calls that are going on, and about as many again."""

    def __init__(self) -> None:
        self._waiting: list[Event] = []
        self._going_on = 0

    def add(self, page: Sequence[Event]) -> Passed:
        """Takes the next events that name a call or a connection, none earlier than those before."""
        self._waiting += page
        # As many new events as old ones: so however much goes on, each is looked at a few times only.
        if len(self._waiting) < 2 * self._going_on:
            return Passed()
        return self._sift()

    def rest(self) -> list[list[Event]]:
        """What is left at the end: calls of which the end may be still to come."""
        return group(self._waiting)[0]

    def _sift(self) -> Passed:
        passed = Passed()
        now = self._waiting[-1].occurred_at
        going_on: list[Event] = []
        for call in group(self._waiting)[0]:
            heard_at = call[-1].occurred_at
            if heard_at < now - QUIET and _is_over(call):
                passed.finished.append(call)
            elif heard_at < now - LONGEST_SILENCE:
                passed.silent.append(call)
            else:
                going_on += call
        self._waiting = going_on
        self._going_on = len(going_on)
        return passed


def _is_over(call: Sequence[Event]) -> bool:
    cleared = {event.connection for event in call if event.kind is EventKind.CLEARED}
    return {event.connection for event in call if event.connection} <= cleared
