"""Who spoke with whom, and how long: conversations from the bridges that connections entered and left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from aggregator.calls_facts import CallFacts, Connection

Interval = tuple[datetime, datetime]

_NOTHING = timedelta(0)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time in intervals that do not touch."""
    if isinstance(intervals, list) and len(intervals) < 2:
        return intervals
    result: list[Interval] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        elif end > start:
            result.append((start, end))
    return result


def common(left: Sequence[Interval], right: Sequence[Interval]) -> list[Interval]:
    """The time that is in both."""
    return [(max(a, c), min(b, d)) for a, b in left for c, d in right if max(a, c) < min(b, d)]


def length(intervals: Iterable[Interval]) -> timedelta:
    if isinstance(intervals, list) and len(intervals) < 2:
        return intervals[0][1] - intervals[0][0] if intervals else _NOTHING
    return sum((end - start for start, end in merged(intervals)), _NOTHING)


def whole_seconds(duration: timedelta) -> int:
    """Rounded half up."""
    return int(duration.total_seconds() + 0.5)


def conversations(facts: CallFacts, parties: Sequence[Connection]) -> dict[str, list[Interval]]:
    """Per connection the time in which it was in conversation with another party, hold included.

    Bridges that a virtual connection ties together are one conversation. Who puts another on hold is, for the
    other, still there. What lasts counts up to the last event. Where the PBX says nothing of bridges, being
    connected is conversation.
    """
    now = facts.events[-1].occurred_at
    if len(parties) == 2 and len(facts.connections) == 2:
        pair = _pair(parties[0], parties[1], now)
        if pair is not None:
            return pair
    if not any(party.stints for party in parties):
        return _connected(parties, now)
    room_of = _rooms(facts)
    present: dict[str, list[tuple[str, Interval]]] = defaultdict(list)
    for party in parties:
        for stint in (*party.stints, *party.holds):
            room = room_of.get(stint.bridge, stint.bridge)
            present[room].append((party.ref, (stint.start, stint.end or now)))
    talk: dict[str, list[Interval]] = defaultdict(list)
    for stints in present.values():
        for ref, interval in stints:
            others = [other for other_ref, other in stints if other_ref != ref]
            talk[ref].extend(common([interval], others))
    return {ref: merged(intervals) for ref, intervals in talk.items()}


def _pair(first: Connection, second: Connection, now: datetime) -> dict[str, list[Interval]] | None:
    """The plain case: two who meet in one bridge, once. None when it is not that plain."""
    if len(first.stints) != 1 or len(second.stints) != 1 or first.holds or second.holds:
        return None
    one, other = first.stints[0], second.stints[0]
    begin, end = max(one.start, other.start), min(one.end or now, other.end or now)
    if one.bridge != other.bridge or begin >= end:
        return None
    return {first.ref: [(begin, end)], second.ref: [(begin, end)]}


def _rooms(facts: CallFacts) -> dict[str, str]:
    """Bridge → conversation, for bridges that virtual connections tie to others."""
    room_of: dict[str, str] = {}
    for connection in facts.connections.values():
        if not connection.half or not connection.stints:
            continue
        other = facts.connections[connection.half]
        bridges = [stint.bridge for stint in (*connection.stints, *other.stints)]
        rooms = {room_of.get(bridge, bridge) for bridge in bridges}
        room = min(rooms)
        for bridge in bridges:
            room_of[bridge] = room
        for bridge, known in room_of.items():
            if known in rooms:
                room_of[bridge] = room
    return room_of


def _connected(parties: Sequence[Connection], now: datetime) -> dict[str, list[Interval]]:
    rung = {
        party.ref: [(party.established_at, party.cleared_at or now)]
        for party in parties
        if party.established_at is not None and party.established_at < (party.cleared_at or now)
    }
    everybody = merged(interval for intervals in rung.values() for interval in intervals)
    return {
        party.ref: rung.get(party.ref) or common([(party.began_at, party.cleared_at or now)], everybody)
        for party in parties
        if party.began_at is not None and (party.ref in rung or party.offered_at is None)
    }
