"""AMI events of app_queue and its members: callers who wait, agents who are rung, sign in and pause."""

from collections.abc import Mapping
from typing import Any

from exporter.asterisk.channel_name import member_device
from exporter.asterisk.translation import Fields, Said, Translation, number, party, text
from store.vocabulary import EventKind

READY = "ready"
NOT_READY = "not_ready"


def queued(fields: Fields) -> Said:
    return (
        {
            "kind": EventKind.QUEUED,
            **party(fields),
            "queue": fields.get("Queue", ""),
            "number": text(fields, "CallerIDNum"),
            "name": text(fields, "CallerIDName"),
        },
    )


def found_waiting(fields: Fields) -> Said:
    """QueueEntry, an item of a snapshot: entered `Wait` seconds ago.

    It carries no linked id; a caller's own unique id is one (it is what linked ids are made of).
    """
    wait = number(fields, "Wait") or 0.0
    entry: dict[str, Any] = {
        "kind": EventKind.QUEUED,
        **party(fields),
        "call": fields.get("Uniqueid", ""),
        "queue": fields.get("Queue", ""),
        "number": text(fields, "CallerIDNum"),
        "seconds": wait,
        "ago": wait,
    }
    return (entry,)


def queue_left(fields: Fields) -> Said:
    return ({"kind": EventKind.QUEUE_LEFT, **party(fields), "queue": fields.get("Queue", "")},)


def queue_abandoned(fields: Fields) -> Said:
    """QueueCallerAbandon: also sent when the queue itself lets the caller go; `HoldTime` in seconds."""
    return (
        {
            "kind": EventKind.QUEUE_ABANDONED,
            **party(fields),
            "queue": fields.get("Queue", ""),
            "seconds": number(fields, "HoldTime"),
        },
    )


def _member(fields: Fields, name: str = "MemberName", interface: str = "Interface") -> dict[str, Any]:
    where = fields.get(interface, "")
    return {
        "queue": fields.get("Queue", ""),
        "agent": fields.get(name) or where,
        "device": member_device(where),
    }


def _offer(fields: Fields, kind: EventKind) -> dict[str, Any]:
    return {
        "kind": kind,
        **party(fields),
        "peer": fields.get("DestUniqueid", ""),
        **_member(fields),
    }


def agent_offered(fields: Fields) -> Said:
    return (_offer(fields, EventKind.AGENT_OFFERED),)


def agent_refused(fields: Fields) -> Said:
    """AgentRingNoAnswer, of which `RingTime` is in milliseconds, and AgentDump."""
    return ({**_offer(fields, EventKind.AGENT_REFUSED), "seconds": number(fields, "RingTime", 0.001)},)


def agent_connected(fields: Fields) -> Said:
    """AgentConnect; `HoldTime` is the whole wait in whole seconds."""
    return ({**_offer(fields, EventKind.AGENT_CONNECTED), "seconds": number(fields, "HoldTime")},)


def agent_completed(fields: Fields) -> Said:
    """AgentComplete; may come after the caller's Hangup, and then without any channel."""
    return (
        {
            **_offer(fields, EventKind.AGENT_COMPLETED),
            "seconds": number(fields, "TalkTime"),
            "cause": fields.get("Reason", ""),
        },
    )


def member_added(fields: Fields) -> Said:
    member = _member(fields)
    logged_on = {"kind": EventKind.AGENT_LOGGED_ON, **member}
    if fields.get("Paused") != "1":
        return (logged_on,)
    return (logged_on, {"kind": EventKind.AGENT_NOT_READY, **member, "cause": fields.get("PausedReason", "")})


def member_removed(fields: Fields) -> Said:
    return ({"kind": EventKind.AGENT_LOGGED_OFF, **_member(fields)},)


def member_paused(fields: Fields) -> Said:
    kind = EventKind.AGENT_NOT_READY if fields.get("Paused") == "1" else EventKind.AGENT_READY
    return ({"kind": kind, **_member(fields), "cause": fields.get("PausedReason", "")},)


def found_member(fields: Fields) -> Said:
    """QueueMember, an item of a snapshot; names its fields otherwise than the live events do."""
    return (
        {
            "kind": EventKind.AGENT_MEMBERSHIP,
            **_member(fields, "Name", "Location"),
            "cause": NOT_READY if fields.get("Paused") == "1" else READY,
        },
    )


def agent_logged_on(fields: Fields) -> Said:
    """AgentLogin of app_agent_pool, which knows no queues."""
    return ({"kind": EventKind.AGENT_LOGGED_ON, "agent": fields.get("Agent", ""), **_seat(fields)},)


def agent_logged_off(fields: Fields) -> Said:
    return ({"kind": EventKind.AGENT_LOGGED_OFF, "agent": fields.get("Agent", ""), **_seat(fields)},)


def _seat(fields: Fields) -> dict[str, Any]:
    return {"device": party(fields)["device"]}


QUEUE_EVENTS: Mapping[str, Translation] = {
    "QueueCallerJoin": queued,
    "QueueCallerLeave": queue_left,
    "QueueCallerAbandon": queue_abandoned,
    "QueueEntry": found_waiting,
    "AgentCalled": agent_offered,
    "AgentRingNoAnswer": agent_refused,
    "AgentDump": agent_refused,
    "AgentConnect": agent_connected,
    "AgentComplete": agent_completed,
    "QueueMemberAdded": member_added,
    "QueueMemberRemoved": member_removed,
    "QueueMemberPause": member_paused,
    "QueueMember": found_member,
    "AgentLogin": agent_logged_on,
    "AgentLogoff": agent_logged_off,
}
