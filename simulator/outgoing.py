"""Calls that the company's people make: to outside and to each other."""

import random

from simulator.company import Company
from simulator.plan import Call, Dialling, Ring, RingResult
from simulator.staff import Staff, on_grid
from simulator.talk import SECOND, Talks
from store.vocabulary import CallEnder, Direction

GIVES_UP_AFTER = (14, 40)
OUTSIDE_RINGS = 45 * SECOND


class OutgoingCalls:
    """Plans calls that somebody of the company makes, if anybody is free to."""

    def __init__(self, company: Company, staff: Staff, randomness: random.Random) -> None:
        self._company = company
        self._staff = staff
        self._random = randomness
        self._talks = Talks(company, staff, randomness, lambda *_: None)

    def wish(self, moment: int, number: str) -> Call:
        """Somebody wants to call an outside number; dialled as people do, with and without country code."""
        domestic = number.startswith("+31") and self._random.random() < 0.7
        dialled = "0" + number[3:] if domestic else number
        return Call(0, Direction.OUTGOING, moment, dialled, number=number)

    def internal_wish(self, moment: int) -> Call:
        """Somebody wants to call a colleague."""
        target = self._random.choice(self._company.persons).extension
        return Call(0, Direction.INTERNAL, moment, target)

    def run(self, call: Call) -> bool:
        """Plans the call; False when nobody's telephone is free for it."""
        script = self._talks.script(transfers=0)
        rings_for = on_grid(self._random.uniform(2, 16) * SECOND)
        caller = self._free_caller(call, rings_for + script.length + OUTSIDE_RINGS)
        if caller is None:
            return False
        call.extension = caller
        if call.direction is Direction.INTERNAL:
            result, end = self._internal_result(call, rings_for, script.length)
        else:
            result, end = self._outside_result(call, rings_for)
        stage = Dialling(
            [Ring(call.dialled, call.begin, end, result)],
            call.begin,
            end,
            outside=call.direction is Direction.OUTGOING,
        )
        call.stages.append(stage)
        call.end = end
        call.ended_by = CallEnder.CALLER if result is RingResult.GIVEN_UP else CallEnder.PBX
        if result is RingResult.ANSWERED:
            stage.conversation = self._talks.converse(call, end, call.dialled, script)
        self._staff.phones[caller].occupy(call.begin, call.end)
        if call.direction is Direction.INTERNAL:
            self._staff.phones[call.dialled].occupy(call.begin, call.end)
        return True

    def _free_caller(self, call: Call, length: int) -> str | None:
        people = [person.extension for person in self._company.persons]
        for extension in self._random.sample(people, 12):
            desk = self._staff.desks.get(extension)
            if (
                extension != call.dialled
                and self._staff.can_take(extension, call.begin, call.begin + length)
                and (desk is None or desk.is_free(call.begin, call.begin + length))
            ):
                return extension
        return None

    def _outside_result(self, call: Call, rings_for: int) -> tuple[RingResult, int]:
        chance = self._random.random()
        if chance < 0.72:
            return RingResult.ANSWERED, call.begin + rings_for
        if chance < 0.83:
            seconds = self._random.uniform(*GIVES_UP_AFTER)
            return RingResult.GIVEN_UP, call.begin + on_grid(seconds * SECOND)
        if chance < 0.88:
            return RingResult.NO_ANSWER, call.begin + OUTSIDE_RINGS
        if chance < 0.96:
            return RingResult.BUSY, call.begin + on_grid(0.8 * SECOND)
        return RingResult.FAILED, call.begin + on_grid(0.6 * SECOND)

    def _internal_result(self, call: Call, rings_for: int, talk: int) -> tuple[RingResult, int]:
        target, begin = call.dialled, call.begin
        gives_up = begin + on_grid(self._random.uniform(8, 19) * SECOND)
        answers = self._random.random() < 0.85
        if self._staff.wants_quiet(target, begin):
            return RingResult.NOT_DISTURBED, begin
        if not self._staff.phones[target].is_free(begin, gives_up):
            return RingResult.BUSY, begin
        if answers and self._staff.can_take(target, begin, begin + rings_for + talk):
            return RingResult.ANSWERED, begin + rings_for
        return RingResult.GIVEN_UP, gives_up
