"""Conversations: how long they last, being put on hold, and being transferred."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from simulator.company import Company
from simulator.plan import Call, Consultation, Conversation, Joined, Ring, RingResult, Transfer
from simulator.staff import Staff, on_grid
from store.vocabulary import CallEnder, Direction, TransferKind

SECOND = 1000
RECEPTION_TRANSFERS = 0.45
OTHERS_TRANSFER = 0.09


@dataclass(frozen=True, slots=True)
class Script:
    """What will be said, decided before anybody answers: so that nobody is asked who has no time for it."""

    talk: int
    """Milliseconds until the end, or until the transfer begins."""
    transfer: TransferKind | None
    asking: int
    """Milliseconds with the target before an attended transfer; ringing is apart."""
    ringing: int

    @property
    def length(self) -> int:
        """Milliseconds for which the party must have time."""
        return self.talk + self.asking + self.ringing


Router = Callable[[Call, int, str], None]
"""Goes on with a call at a moment, to an extension, a hunt group or a queue by number."""


class Talks:
    """What is said once somebody has answered, and whom the caller is passed on to."""

    def __init__(self, company: Company, staff: Staff, randomness: random.Random, route: Router) -> None:
        self._company = company
        self._staff = staff
        self._random = randomness
        self._route = route

    def script(self, *, transfers: float = OTHERS_TRANSFER) -> Script:
        """How one conversation will go; `transfers` is the chance that the caller is passed on."""
        short = transfers > OTHERS_TRANSFER
        talk = self._random.lognormvariate(3.6 if short else 5.1, 0.75) * SECOND
        kind: TransferKind | None = None
        chance = self._random.random()
        if chance < transfers:
            kind = TransferKind.SINGLE_STEP if chance < transfers * 0.6 else TransferKind.CONSULTATION
        attended = kind is TransferKind.CONSULTATION
        return Script(
            talk=on_grid(min(max(talk, 8 * SECOND), 1500 * SECOND)),
            transfer=kind,
            asking=on_grid(self._random.uniform(6, 30) * SECOND) if attended else 0,
            ringing=on_grid(self._random.uniform(2, 9) * SECOND) if attended else 0,
        )

    def converse(self, call: Call, moment: int, party: str, script: Script) -> Conversation:
        """Plans a conversation with an extension from `moment` on, and everything that follows from it.

        The party's telephone is occupied by whoever let it ring. The call's end is set when this returns.
        """
        conversation = Conversation(party, moment, moment + script.talk)
        self._hold(conversation)
        call.end = conversation.end
        call.ended_by = CallEnder.CALLER if self._random.random() < 0.55 else CallEnder.CALLEE
        return conversation

    def pass_on(self, call: Call, conversation: Conversation, script: Script) -> None:
        """Transfers the caller as the script says, when there is somebody to transfer to."""
        if call.direction is not Direction.INCOMING or len(call.stages) > 3 or script.transfer is None:
            return
        if script.transfer is TransferKind.SINGLE_STEP:
            target = self._blind_target(conversation.party)
            conversation.transfer = Transfer(TransferKind.SINGLE_STEP, target)
            self._route(call, conversation.end, target)
        else:
            self._ask_first(call, conversation, script)

    def _blind_target(self, party: str) -> str:
        if self._random.random() < 0.4:
            others = [queue.number for queue in self._company.queues if party not in queue.members]
            return self._random.choice(others)
        people = [person.extension for person in self._company.persons if person.extension != party]
        return self._random.choice(people)

    def _ask_first(self, call: Call, conversation: Conversation, script: Script) -> None:
        asks = conversation.end
        joined = asks + script.ringing + script.asking
        after = self.script(transfers=0)
        target = self._free_target(conversation.party, asks, joined + after.talk)
        if target is None:
            return
        ring = Ring(target, asks, asks + script.ringing, RingResult.ANSWERED)
        consultation = Consultation(ring, joined)
        conversation.transfer = Transfer(TransferKind.CONSULTATION, target, consultation)
        conversation.holds.append((asks, joined))
        conversation.end = joined
        following = self.converse(call, joined, target, after)
        self._staff.phones[target].occupy(asks, following.end)
        call.stages.append(Joined(following, consultation))

    def _free_target(self, party: str, begin: int, end: int) -> str | None:
        people = [person.extension for person in self._company.persons if person.extension != party]
        for target in self._random.sample(people, len(people)):
            # Agents answer for their queue; who is asked sits elsewhere.
            if target not in self._staff.desks and self._staff.can_take(target, begin, end):
                return target
        return None

    def _hold(self, conversation: Conversation) -> None:
        length = conversation.end - conversation.begin
        holds = self._random.random() < 0.12
        if holds and length > 40 * SECOND:
            begin = conversation.begin + on_grid(self._random.uniform(0.2, 0.4) * length)
            conversation.holds.append((begin, begin + on_grid(self._random.uniform(0.1, 0.4) * length)))
