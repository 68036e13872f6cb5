"""The parts that parties had in a call: who was rung, who answered, how each ring ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aggregator.calls_facts import CallFacts, Connection
from aggregator.calls_talk import Interval, common, merged
from aggregator.calls_visits import SAME_MOMENT, Visit, Visits
from store.event import Event
from store.organisation import Organisation, Pbx
from store.vocabulary import (
    GroupKind,
    LegKind,
    LegOutcome,
    LegRole,
    ReleaseCause,
    Treatment,
)

LONGEST_CHAIN = 8
"""Virtual connections between a caller and a telephone: more are a loop in the PBX's settings."""

TREATMENT_LEGS: Mapping[str, LegKind] = {
    Treatment.VOICEMAIL: LegKind.VOICEMAIL,
    Treatment.ANNOUNCEMENT: LegKind.ANNOUNCEMENT,
    Treatment.MENU: LegKind.ANNOUNCEMENT,
    Treatment.CLOSED: LegKind.ANNOUNCEMENT,
}

_OUTCOME_OF_CAUSE: Mapping[str, LegOutcome] = {
    ReleaseCause.NO_ANSWER: LegOutcome.MISSED,
    ReleaseCause.CANCELLED: LegOutcome.MISSED,
    ReleaseCause.BUSY: LegOutcome.BUSY,
    ReleaseCause.DECLINED: LegOutcome.DECLINED,
    ReleaseCause.ANSWERED_ELSEWHERE: LegOutcome.ANSWERED_ELSEWHERE,
    ReleaseCause.FORWARDED: LegOutcome.DIVERTED,
    ReleaseCause.UNAVAILABLE: LegOutcome.FAILED,
    ReleaseCause.CONGESTION: LegOutcome.FAILED,
    ReleaseCause.ABORTED: LegOutcome.FAILED,
}

_SURER_CAUSES = frozenset(
    {ReleaseCause.BUSY, ReleaseCause.DECLINED, ReleaseCause.UNAVAILABLE, ReleaseCause.CONGESTION}
)
"""Said at the end of a connection, they tell more than "not answered"."""


@dataclass(slots=True, eq=False)
class Leg:
    connection: Connection
    kind: LegKind
    role: LegRole
    offered_at: datetime
    extension: str | None = None
    answered_at: datetime | None = None
    rang_until: datetime | None = None
    ended_at: datetime | None = None
    outcome: LegOutcome = LegOutcome.IN_PROGRESS
    talk: list[Interval] = field(default_factory=list)
    holds: list[Interval] = field(default_factory=list)
    inferred: bool = False
    """Something of it was not heard but concluded."""
    rung_for: str = ""
    """The connection that in the end had it rung."""
    offer: Event | None = None
    visit: Visit | None = None

    @property
    def is_rung(self) -> bool:
        return self.role is LegRole.CALLED and self.kind in (LegKind.EXTENSION, LegKind.OUTSIDE)

    @property
    def rang(self) -> list[Interval]:
        """The time in which it rang: one interval, or none."""
        if self.rang_until is None or self.rang_until < self.offered_at:
            return []
        return [(self.offered_at, self.rang_until)]


class LegFinder:
    """Makes the legs of one call; `settle` then tells how each of them ended."""

    def __init__(
        self,
        facts: CallFacts,
        visits: Visits,
        talk: Mapping[str, list[Interval]],
        organisation: Organisation,
        pbx: Pbx,
    ) -> None:
        self.facts = facts
        self.visits = visits
        self.talk = talk
        self.organisation = organisation
        self.pbx = pbx

    def legs(self, caller: Connection, parties: Sequence[Connection]) -> list[Leg]:
        """The caller's leg first, the others in the order in which they began."""
        legs = [self._calling(caller)]
        consulting: list[Connection] = []
        for party in parties:
            if party is caller:
                continue
            rang = party.offered_at is not None or party.was_called
            if rang or party.picked_up_at is not None or not party.begin_heard:
                legs.append(self._called(party))
            elif party.dialled or party.ref in self.talk:
                consulting.append(party)
        _join_devices(legs)
        for party in consulting:
            _join_consultation(legs, self._calling(party))
        legs[1:] = sorted(legs[1:], key=lambda leg: (leg.offered_at, leg.connection.ref))
        return legs

    def _calling(self, party: Connection) -> Leg:
        assert party.began_at is not None
        leg = self._leg(party, LegRole.CALLER, party.began_at)
        leg.answered_at = leg.talk[0][0] if leg.talk else None
        return leg

    def _called(self, party: Connection) -> Leg:
        assert party.began_at is not None
        leg = self._leg(party, LegRole.CALLED, party.offered_at or party.began_at)
        leg.answered_at = party.established_at or party.picked_up_at
        if leg.answered_at is None and leg.talk:
            leg.answered_at = leg.talk[0][0]
            leg.inferred = True
        leg.rang_until = party.rang_until if party.offered_at else None
        if leg.answered_at is not None:
            leg.rang_until = leg.answered_at if party.offered_at else None
        chain = self._chain(party)
        leg.rung_for = chain[-1]
        leg.offer = self._offer(chain, leg.offered_at)
        taken_from = self.facts.connections.get(party.picked_up_from)
        if taken_from is None:
            leg.visit = self._visit(chain, leg.offer, leg.offered_at)
        else:
            chain = self._chain(taken_from)
            leg.visit = self._visit(chain, self._offer(chain, leg.offered_at), leg.offered_at)
        return leg

    def _visit(self, chain: Sequence[str], offer: Event | None, offered_at: datetime) -> Visit | None:
        if offer is not None:
            return self.visits.of_offer(offer)
        return self._hunt_group_visit(chain, offered_at)

    def _leg(self, party: Connection, role: LegRole, offered_at: datetime) -> Leg:
        outside = party.device in self.pbx.trunks
        talk = list(self.talk.get(party.ref, ()))
        return Leg(
            connection=party,
            kind=LegKind.OUTSIDE if outside else LegKind.EXTENSION,
            role=role,
            offered_at=offered_at,
            extension=None if outside else self.organisation.extension_number(party.device),
            ended_at=party.cleared_at,
            inferred=party.end_inferred or not party.begin_heard,
            talk=talk,
            holds=common(talk, [(hold.start, hold.end) for hold in party.holds if hold.end is not None]),
        )

    def _chain(self, party: Connection) -> list[str]:
        """From the rung connection up to the one that in the end had it rung, through virtual ones."""
        chain = [party.ref]
        ref = party.rung_by
        while ref and ref not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(ref)
            ringing = self.facts.connections.get(ref)
            if ringing is None:
                break
            if ringing.half:
                chain.append(ringing.half)
                ringing = self.facts.connections[ringing.half]
            ref = ringing.rung_by
        return chain

    def _offer(self, chain: Sequence[str], offered_at: datetime) -> Event | None:
        """The queue's offer that this ring is; what rings once the agent answered is the agent's transfer."""
        for ref in chain:
            offer = self.visits.offers.get(ref)
            if offer is not None:
                taken_at = (
                    self.facts.connections[ref].established_at if ref in self.facts.connections else None
                )
                return offer if taken_at is None or offered_at <= taken_at else None
        return None

    def _hunt_group_visit(self, chain: Sequence[str], offered_at: datetime) -> Visit | None:
        for visit in reversed(self.visits.all):
            if visit.group_kind is GroupKind.HUNT_GROUP and visit.connection in chain:
                entered = visit.entered_at <= offered_at
                if entered and (visit.left_at is None or offered_at <= visit.left_at):
                    return visit
        return None

    def settle(self, legs: Sequence[Leg], gave_up_at: datetime | None) -> None:
        """Tells of every called leg how it ended.

        Args:
            gave_up_at: when the caller hung up or was cut off; None while the call goes on.
        """
        rung = [leg for leg in legs if leg.is_rung]
        answered = [leg for leg in rung if leg.answered_at is not None]
        spoken = [leg for leg in answered if leg.talk]
        for leg in answered:
            if not leg.talk and any(_was_taken(leg, other) for other in spoken if other is not leg):
                leg.answered_at = None
                leg.outcome = LegOutcome.ANSWERED_ELSEWHERE
            else:
                leg.outcome = LegOutcome.ANSWERED
        for leg in rung:
            if leg.answered_at is None and leg.outcome is LegOutcome.IN_PROGRESS:
                leg.outcome = self._unanswered(leg, answered, gave_up_at)

    def _unanswered(self, leg: Leg, answered: Sequence[Leg], gave_up_at: datetime | None) -> LegOutcome:
        connection = leg.connection
        if leg.rang_until is None:
            return LegOutcome.IN_PROGRESS if connection.cleared_at is None else LegOutcome.MISSED
        if connection.diverted_to:
            return LegOutcome.DIVERTED
        cause = release_cause(connection)
        stopped = cause in (ReleaseCause.CANCELLED, ReleaseCause.ANSWERED_ELSEWHERE, "")
        if stopped and any(_was_taken(leg, other) for other in answered):
            return LegOutcome.ANSWERED_ELSEWHERE
        if leg.offer is not None:
            given_up = gave_up_at is not None and abs(gave_up_at - leg.rang_until) <= SAME_MOMENT
            taken_back = leg.offer.peer in self.visits.refused or not given_up
            return LegOutcome.BOUNCED if taken_back else LegOutcome.MISSED
        outcome = _OUTCOME_OF_CAUSE.get(cause, LegOutcome.MISSED)
        sent_on = outcome is LegOutcome.MISSED and any(_went_on_to(leg, other) for other in answered)
        return LegOutcome.DIVERTED if sent_on else outcome


def release_cause(connection: Connection) -> str:
    """Why a rung connection was not answered, by the surest of what the PBX says."""
    if connection.fail_cause in (ReleaseCause.NO_ANSWER, ReleaseCause.ABORTED, ""):
        if connection.clear_cause in _SURER_CAUSES:
            return connection.clear_cause
        if connection.clear_cause == ReleaseCause.ANSWERED_ELSEWHERE:
            return connection.clear_cause
    return connection.fail_cause


def _was_taken(leg: Leg, other: Leg) -> bool:
    """Whether `other` answered while `leg` rang."""
    if leg.rang_until is None or other.answered_at is None:
        return False
    return leg.offered_at <= other.answered_at <= leg.rang_until + SAME_MOMENT


def _went_on_to(leg: Leg, other: Leg) -> bool:
    """Whether the party that `leg` was rung for was, after that, answered by `other`: no miss."""
    assert leg.rang_until is not None
    return other.rung_for == leg.rung_for and other.offered_at >= leg.rang_until


def _join_devices(legs: list[Leg]) -> None:
    """Several telephones with one extension that ring together are one leg: one person was rung."""
    by_extension: dict[str, Leg] = {}
    for leg in list(legs):
        if not leg.is_rung or leg.extension is None:
            continue
        first = by_extension.get(leg.extension)
        if first is None or not _overlap(first, leg):
            by_extension[leg.extension] = leg
            continue
        kept, dropped = (leg, first) if leg.answered_at and not first.answered_at else (first, leg)
        kept.offered_at = min(kept.offered_at, dropped.offered_at)
        by_extension[leg.extension] = kept
        legs.remove(dropped)


def _overlap(first: Leg, second: Leg) -> bool:
    begins, ends = max(first.offered_at, second.offered_at), (first.rang_until, second.rang_until)
    return all(end is None or begins < end for end in ends)


def _join_consultation(legs: list[Leg], consulting: Leg) -> None:
    """A second line on which a party asks another belongs to that party's own leg."""
    for leg in legs:
        if leg.extension == consulting.extension and leg.kind is consulting.kind and leg.talk:
            leg.talk = merged((*leg.talk, *consulting.talk))
            leg.holds = merged((*leg.holds, *consulting.holds))
            return
    legs.append(consulting)


def treatment_legs(connections: Sequence[Connection], legs: Sequence[Leg]) -> list[Leg]:
    """What the PBX itself did with callers: voicemail and announcements, one leg for each stretch."""
    found: list[Leg] = []
    for connection in connections:
        current: Leg | None = None
        for event in connection.routes:
            kind = TREATMENT_LEGS.get(event.cause)
            if kind is None or (current is not None and current.kind is kind):
                continue
            if current is not None:
                current.ended_at = event.occurred_at
            current = _treatment_leg(connection, kind, event.occurred_at, legs)
            found.append(current)
    return found


def _treatment_leg(connection: Connection, kind: LegKind, began_at: datetime, legs: Sequence[Leg]) -> Leg:
    later = (leg.offered_at for leg in legs if leg.is_rung and leg.offered_at > began_at)
    ended_at = min((at for at in (*later, connection.cleared_at) if at is not None), default=None)
    outcome = LegOutcome.DIVERTED if ended_at is not None else LegOutcome.IN_PROGRESS
    return Leg(connection, kind, LegRole.CALLED, began_at, ended_at=ended_at, outcome=outcome)


def all_holds(legs: Sequence[Leg]) -> list[Interval]:
    """When anybody was on hold; two at once count once."""
    return merged(hold for leg in legs for hold in leg.holds)
