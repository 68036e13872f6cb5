"""Asterisk's queue_log: what happened in the queues, to whole seconds.

It knows why each caller left a queue, which no other source does, and callers only by their channel. Field
meanings: Asterisk's queue log documentation and `apps/app_queue.c`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from exporter.asterisk.channel_name import member_device
from exporter.files.lines import LineError, Record, pieces
from exporter.files.reading import Piece, from_epoch
from store.vocabulary import EventKind, QueueLeaveCause

SOURCE = "queue_log"

NOBODY = frozenset({"", "NONE", "MANAGER", "REALTIME", "CLI"})
"""What stands for the channel or the agent where there is none."""

Said = list[dict[str, Any]]
Verb = Callable[[dict[str, Any], Sequence[str]], Said]


def read_queue_log(path: Path) -> Iterator[Piece]:
    """The events of a queue_log; see `exporter.files.lines.pieces`."""
    return pieces(path, SOURCE, read_line)


def read_line(line: str) -> Record | None:
    """What one line says: time|caller's channel|queue|agent|verb|data…

    Raises:
        LineError: it is no queue_log record.
    """
    values = line.split("|")
    if len(values) < 5:
        raise LineError(f"{len(values)} fields instead of 5 or more")
    time, channel, queue, agent, verb, *data = values
    at = from_epoch(time)
    if at is None:
        raise LineError(f'time "{time}" is not in seconds since 1970')
    who: dict[str, Any] = {"queue": "" if queue in NOBODY else queue}
    if channel not in NOBODY:
        # The log has no call identity; a caller's own channel is one, and leads to the others.
        who |= {"call": channel, "connection": channel}
    if agent not in NOBODY:
        who |= {"agent": agent, "device": member_device(agent) if "/" in agent else ""}
    said = _VERBS.get(verb, _nothing)(who, data)
    return (at, said) if said else None


def _nothing(_who: dict[str, Any], _data: Sequence[str]) -> Said:
    return []


def _seconds(data: Sequence[str], index: int, scale: float = 1.0) -> float | None:
    try:
        return float(data[index]) * scale
    except (IndexError, ValueError):
        return None


def _text(data: Sequence[str], index: int) -> str:
    return data[index] if index < len(data) else ""


def _entered(who: dict[str, Any], data: Sequence[str]) -> Said:
    return [{"kind": EventKind.QUEUED, **who, "number": _text(data, 1), "name": _text(data, 3)}]


def _connected(who: dict[str, Any], data: Sequence[str]) -> Said:
    """The only line that names the channel by which the agent was rung."""
    hold = _seconds(data, 0)
    member = {**who, "peer": _text(data, 1)}
    return [
        {"kind": EventKind.AGENT_OFFERED, **member, "ago": _seconds(data, 2) or 0.0},
        {"kind": EventKind.QUEUE_LEFT, **_caller(who), "cause": QueueLeaveCause.ANSWERED, "seconds": hold},
        {"kind": EventKind.AGENT_CONNECTED, **member, "seconds": hold},
    ]


def _completed(by: str) -> Verb:
    """The conversation's seconds stand before the last field, however many come before."""
    return lambda who, data: [
        {"kind": EventKind.AGENT_COMPLETED, **who, "cause": by, "seconds": _seconds(data, -2)}
    ]


def _left(kind: EventKind, cause: QueueLeaveCause, wait: int) -> Verb:
    """`wait`: which field says how long the caller waited."""

    def left(who: dict[str, Any], data: Sequence[str]) -> Said:
        return [{"kind": kind, **_caller(who), "cause": cause, "seconds": _seconds(data, wait)}]

    return left


def _refused(who: dict[str, Any], data: Sequence[str]) -> Said:
    """RINGNOANSWER says in milliseconds how long it rang."""
    return [{"kind": EventKind.AGENT_REFUSED, **who, "seconds": _seconds(data, 0, 0.001)}]


def _member(kind: EventKind) -> Verb:
    """Where an agent's channel stands in the line, it only tells from where the agent did it."""
    return lambda who, _data: [{"kind": kind, **_without_caller(who)}]


def _added(who: dict[str, Any], data: Sequence[str]) -> Said:
    member = _without_caller(who)
    logged_on = {"kind": EventKind.AGENT_LOGGED_ON, **member}
    if _text(data, 0) != "PAUSED":
        return [logged_on]
    return [logged_on, {"kind": EventKind.AGENT_NOT_READY, **member}]


def _paused(kind: EventKind) -> Verb:
    return lambda who, data: [{"kind": kind, **_without_caller(who), "cause": "|".join(data)}]


def _caller(who: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in who.items() if key not in ("agent", "device")}


def _without_caller(who: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in who.items() if key not in ("call", "connection")}


_VERBS: Mapping[str, Verb] = {
    "ENTERQUEUE": _entered,
    "CONNECT": _connected,
    "COMPLETECALLER": _completed("caller"),
    "COMPLETEAGENT": _completed("agent"),
    "BLINDTRANSFER": _completed("transfer"),
    "ATTENDEDTRANSFER": _completed("transfer"),
    "TRANSFER": _completed("transfer"),
    "ABANDON": _left(EventKind.QUEUE_ABANDONED, QueueLeaveCause.ABANDONED, 2),
    "EXITWITHTIMEOUT": _left(EventKind.QUEUE_LEFT, QueueLeaveCause.TIMED_OUT, 2),
    "EXITWITHKEY": _left(EventKind.QUEUE_LEFT, QueueLeaveCause.KEY, 3),
    "EXITEMPTY": _left(EventKind.QUEUE_LEFT, QueueLeaveCause.EMPTY, 2),
    "WITHDRAW": _left(EventKind.QUEUE_LEFT, QueueLeaveCause.WITHDRAWN, 2),
    "SYSCOMPAT": _left(EventKind.QUEUE_LEFT, QueueLeaveCause.UNKNOWN, 2),
    "RINGNOANSWER": _refused,
    "AGENTDUMP": _refused,
    # PAUSEALL and UNPAUSEALL come besides a line for each queue.
    "ADDMEMBER": _added,
    "REMOVEMEMBER": _member(EventKind.AGENT_LOGGED_OFF),
    "PAUSE": _paused(EventKind.AGENT_NOT_READY),
    "UNPAUSE": _paused(EventKind.AGENT_READY),
    "AGENTLOGIN": _member(EventKind.AGENT_LOGGED_ON),
    "AGENTLOGOFF": _member(EventKind.AGENT_LOGGED_OFF),
}
