"""What a recording's truth says of a call, in the product's own terms, to compare built calls with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aggregator.rows import BuiltCall, LegRow
from store.numbers import e164
from store.vocabulary import CallOutcome, Direction, LegKind, LegOutcome, LegRole
from tests.recordings import truth

SLACK_SECONDS = 1.0
"""Whole seconds against the thousandths of the wire."""

DIRECTIONS = {
    "inbound": Direction.INCOMING,
    "outbound": Direction.OUTGOING,
    "internal": Direction.INTERNAL,
}

NO_CALL = "feature_code"
"""The truth counts dialling a service code (*76) as an internal call; it is a call to nobody."""

INCOMING_OUTCOMES = {
    "abandoned_ringing": CallOutcome.ABANDONED,
    "abandoned_queue": CallOutcome.ABANDONED,
    "abandoned_after_overflow": CallOutcome.ABANDONED,
    "busy": CallOutcome.BUSY,
    "no_answer": CallOutcome.TIMED_OUT,
    "voicemail": CallOutcome.VOICEMAIL,
    "queue_joinempty": CallOutcome.BUSY,
    "waiting_lost_by_restart": CallOutcome.FAILED,
    "ringing_lost_by_restart": CallOutcome.FAILED,
}
OTHER_OUTCOMES = {
    "abandoned_ringing": CallOutcome.NO_ANSWER,
    "abandoned_by_caller": CallOutcome.NO_ANSWER,
    "no_answer": CallOutcome.NO_ANSWER,
    "busy": CallOutcome.BUSY,
    "declined": CallOutcome.BUSY,
    "failed": CallOutcome.FAILED,
}
RING_OUTCOMES = {
    "answered": LegOutcome.ANSWERED,
    "busy": LegOutcome.BUSY,
    "rejected_404": LegOutcome.FAILED,
    "rejected_503": LegOutcome.FAILED,
    "rejected_603": LegOutcome.DECLINED,
}


@dataclass(frozen=True)
class Ring:
    """One telephone, or outside party, that got an INVITE."""

    party: str
    offered_at: float
    outcome: LegOutcome
    ring_seconds: float
    talk_seconds: float


class TrueCall:
    """One call of a truth file."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.name: str = facts["id"]
        self.direction = DIRECTIONS[facts["direction"]]
        self.started_at = datetime.fromtimestamp(facts["start"], UTC)
        self.transfers: list[dict[str, Any]] = facts["transfers"]

    @property
    def caller(self) -> str | None:
        """E.164 or extension; None when there is no number, or one that must not be shown."""
        number = self.facts["caller"]
        return (e164(number, "NL") or number) if number else None

    @property
    def called(self) -> str:
        return e164(self.facts["dialled"], "NL") or self.facts["dialled"]

    @property
    def outcome(self) -> CallOutcome:
        if self.facts["answered"]:
            return CallOutcome.ANSWERED
        known = INCOMING_OUTCOMES if self.direction is Direction.INCOMING else OTHER_OUTCOMES
        return known[self.facts["outcome"]]

    @property
    def answered_by(self) -> str | None:
        """The first extension where a person answered; None when that was outside."""
        return self.facts["answered_by"] if self.direction is not Direction.OUTGOING else None

    @property
    def wait_seconds(self) -> float:
        """The truth counts up to the end of the call; who is sent to voicemail waits no more."""
        if self.outcome is CallOutcome.VOICEMAIL:
            return float(max(ring["end"] for ring in self.facts["rings"]) - self.facts["start"])
        return float(self.facts["wait_seconds"])

    @property
    def duration_seconds(self) -> float:
        """Answer to end; what the truth calls talk goes on while a transferred call rings."""
        return float(self.facts["talk_seconds"])

    @property
    def talk_seconds(self) -> float:
        unanswered = sum(
            transfer.get("answered_at", self.facts["end"]) - transfer["at"]
            for transfer in self.transfers
            if transfer["type"] == "blind"
        )
        return self.duration_seconds - float(unanswered)

    def rings(self) -> list[Ring]:
        return sorted(map(self._ring, self.facts["rings"]), key=lambda ring: (ring.offered_at, ring.party))

    def _ring(self, ring: dict[str, Any]) -> Ring:
        return Ring(
            party=e164(ring["ext"], "NL") or ring["ext"],
            offered_at=ring["invite"],
            outcome=self._ring_outcome(ring),
            ring_seconds=ring["ring_seconds"],
            talk_seconds=self._ring_talk(ring),
        )

    def _ring_talk(self, ring: dict[str, Any]) -> float:
        """A party that gives the call away talks until then, though its line may stay open longer."""
        talk = float(ring["talk_seconds"] or 0)
        given_away = (
            transfer.get("at", transfer.get("completed_at"))
            for transfer in self.transfers
            if transfer["by"] == ring["ext"]
        )
        return min([talk, *(float(at - ring["answered"]) for at in given_away if ring["answered"])])

    def _ring_outcome(self, ring: dict[str, Any]) -> LegOutcome:
        queued = bool(self.facts["queue"])
        if ring["result"] != "not_answered":
            refused = queued and ring["result"] == "busy"
            return LegOutcome.BOUNCED if refused else RING_OUTCOMES[ring["result"]]
        taken = any(
            other["answered"] and ring["invite"] < other["answered"] <= ring["end"] + 0.1
            for other in self.facts["rings"]
        )
        if taken:
            return LegOutcome.ANSWERED_ELSEWHERE
        if not queued and self._went_on(ring):
            return LegOutcome.DIVERTED
        given_up = self.facts["ended_by"] == "caller" and abs(ring["end"] - self.facts["end"]) < 0.3
        return LegOutcome.BOUNCED if queued and not given_up else LegOutcome.MISSED

    def _went_on(self, ring: dict[str, Any]) -> bool:
        """Whether the call went on to a telephone where it was answered, without a person in between."""
        later = [other for other in self.facts["rings"] if other["invite"] >= ring["end"]]
        return not self.transfers and any(other["answered"] for other in later)


def true_calls(run: str) -> list[TrueCall]:
    return [TrueCall(facts) for facts in truth(run)["calls"] if facts["outcome"] != NO_CALL]


def match(
    calls: Iterable[TrueCall], built: Iterable[BuiltCall]
) -> Iterator[tuple[TrueCall | None, BuiltCall | None]]:
    """Each true call with the one that was built for it, by who called whom when; and what is left over."""
    left = list(built)
    for call in calls:
        found = next((candidate for candidate in left if _same(call, candidate)), None)
        if found is not None:
            left.remove(found)
        yield call, found
    for candidate in left:
        yield None, candidate


def _same(call: TrueCall, built: BuiltCall) -> bool:
    row = built.call
    near = abs((row.started_at - call.started_at).total_seconds()) <= SLACK_SECONDS
    hidden = call.caller is None and call.direction is Direction.INCOMING
    return near and row.called_number == call.called and (hidden or row.caller_number == call.caller)


def differences(call: TrueCall, built: BuiltCall) -> set[str]:
    """In what a built call is not as it truly was."""
    row = built.call
    checks = {
        "direction": row.direction is call.direction,
        "caller": row.caller_number == call.caller,
        "withheld": row.withheld is (call.caller is None),
        "outcome": row.outcome is call.outcome,
        "answered by": row.answered_by == call.answered_by,
        "wait": _near(row.wait_seconds, call.wait_seconds),
        "duration": _near(row.duration_seconds, call.duration_seconds),
        "talk": _near(row.talk_seconds, call.talk_seconds),
        "hold": _near(row.hold_seconds, call.facts["hold_seconds"]),
        "transfers": row.transfers == len(call.transfers),
        "ended by": row.ended_by == call.facts["ended_by"],
        "queue": (call.facts["queue"] or "") in {visit.contact_group for visit in built.visits} | {""},
    }
    return {name for name, right in checks.items() if not right} | _ring_differences(call, built)


def _near(seconds: float, true_seconds: float) -> bool:
    return abs(seconds - true_seconds) <= SLACK_SECONDS


def _ring_differences(call: TrueCall, built: BuiltCall) -> set[str]:
    rings, legs = call.rings(), rung_legs(built)
    if sorted(ring.party for ring in rings) != sorted(leg.number or "" for leg in legs):
        return {"who was rung"}
    found: set[str] = set()
    for ring, leg in zip(_by_party(rings), _legs_by_party(legs), strict=True):
        if leg.outcome is not ring.outcome:
            found.add(f"{ring.party}: outcome")
        if not _near(leg.ring_seconds, ring.ring_seconds):
            found.add(f"{ring.party}: ring")
        if not _near(leg.talk_seconds, ring.talk_seconds):
            found.add(f"{ring.party}: talk")
    return found


def _by_party(rings: Iterable[Ring]) -> list[Ring]:
    return sorted(rings, key=lambda ring: (ring.party, ring.offered_at))


def _legs_by_party(legs: Iterable[LegRow]) -> list[LegRow]:
    return sorted(legs, key=lambda leg: (leg.number or "", leg.offered_at))


def rung_legs(built: BuiltCall) -> list[LegRow]:
    return [
        leg
        for leg in built.legs
        if leg.role is LegRole.CALLED and leg.kind in (LegKind.EXTENSION, LegKind.OUTSIDE)
    ]
