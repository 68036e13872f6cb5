"""Incoming calls: opening hours, queues, hunt groups, extensions, voicemail, mobiles."""

import random
from typing import NamedTuple

from simulator.company import Company, HuntGroup, Line, Queue
from simulator.plan import (
    Announcement,
    Call,
    Dialling,
    Joined,
    QueueStay,
    Ring,
    RingResult,
    Voicemail,
)
from simulator.staff import Staff, on_grid
from simulator.talk import OTHERS_TRANSFER, RECEPTION_TRANSFERS, SECOND, Script, Talks
from store.vocabulary import CallEnder

EXTENSION_RINGS = 20 * SECOND
MOBILE_RINGS = 20 * SECOND
RETRY = 1 * SECOND
"""Between two attempts of a queue."""
GREETED = "401"
"""The queue whose callers hear an announcement before they begin to wait."""


RECEPTION = "600"
"""The hunt group that passes most callers on."""


class _Limit(NamedTuple):
    """Until when a telephone rings at most, and whether it is the caller who ends it then."""

    end: int
    gives_up: bool


class IncomingCalls:
    """Plans calls from outside, and whatever follows from where they are led."""

    def __init__(self, company: Company, staff: Staff, randomness: random.Random) -> None:
        self._company = company
        self._staff = staff
        self._random = randomness
        self._talks = Talks(company, staff, randomness, self.route)
        self._last_rung: dict[str, int] = {}

    @staticmethod
    def answered(call: Call) -> bool:
        """Whether the caller spoke with anybody, also outside."""
        return any(
            isinstance(stage, Joined)
            or (isinstance(stage, Dialling | QueueStay) and stage.conversation is not None)
            for stage in call.stages
        )

    def run(self, call: Call, line: Line, *, open_now: bool) -> None:
        """Plans the whole call."""
        if not open_now:
            self._announce(call, call.begin, self._seconds(7, 12), closed=True)
            return
        moment = call.begin
        if line.target == GREETED:
            moment += on_grid(6 * SECOND)
            call.stages.append(Announcement(call.begin, moment, closed=False))
        self.route(call, moment, line.target)

    def route(self, call: Call, moment: int, target: str) -> None:
        """Goes on with the call at `moment`, to a queue, a hunt group or an extension by number."""
        if queue := self._company.queue(target):
            self._queue(call, moment, queue)
        elif group := self._company.hunt_group(target):
            self._hunt(call, moment, group)
        else:
            self._extension(call, moment, target)

    def _seconds(self, shortest: float, longest: float) -> int:
        return on_grid(self._random.uniform(shortest, longest) * SECOND)

    def _announce(self, call: Call, moment: int, length: int, *, closed: bool) -> None:
        impatient = self._random.random() < 0.3
        end = moment + (on_grid(length * 0.6) if impatient else length)
        call.stages.append(Announcement(moment, end, closed))
        call.end = end
        call.ended_by = CallEnder.CALLER if impatient else CallEnder.PBX

    def _queue(self, call: Call, moment: int, queue: Queue) -> None:
        patience = self._patience(moment)
        timeout = moment + queue.max_wait * SECOND
        script = self._talks.script()
        stay = QueueStay(queue.name, moment, min(patience, timeout), [])
        call.stages.append(stay)
        answers = self._ring_agents(stay, queue, script)
        if answers is not None:
            agent, ring = answers
            stay.conversation = self._talks.converse(call, stay.end, agent, script)
            self._talks.pass_on(call, stay.conversation, script)
            end = stay.conversation.end
            self._staff.phones[agent].occupy(ring.begin, end)
            self._staff.desks[agent].occupy(ring.begin, end + queue.wrap_up * SECOND)
        elif patience <= timeout:
            call.end = stay.end
            call.ended_by = CallEnder.CALLER
        else:
            stay.timed_out = True
            self._after_queue(call, stay.end, queue)

    def _patience(self, moment: int) -> int:
        """Until when a caller waits: some hang up at once, most wait a few minutes."""
        if self._random.random() < 0.03:
            return moment + self._seconds(1.5, 6)
        return moment + on_grid((8 + self._random.expovariate(1 / 170)) * SECOND)

    def _after_queue(self, call: Call, moment: int, queue: Queue) -> None:
        if queue.overflow is None:
            self._announce(call, moment, self._seconds(5, 7), closed=False)
        else:
            self.route(call, moment, queue.overflow)

    def _ring_agents(self, stay: QueueStay, queue: Queue, script: Script) -> tuple[str, Ring] | None:
        """Rings one agent after another until one answers; None when the stay's end comes first."""
        moment = stay.begin
        while moment < stay.end:
            takes = self._random.random() < 0.92
            rings = self._seconds(2, 9) if takes else queue.ring_timeout * SECOND
            length = rings + (script.length + queue.wrap_up * SECOND if takes else RETRY)
            # Whoever was rung longest ago comes first.
            members = sorted(queue.members, key=lambda member: (self._last_rung.get(member, 0), member))
            found = self._staff.next_agent(members, moment, length)
            if found is None or found[0] >= stay.end:
                return None
            begin, agent = found
            self._last_rung[agent] = begin
            end = begin + rings
            if takes and end < stay.end:
                stay.end = end
                ring = Ring(agent, begin, end, RingResult.ANSWERED)
                stay.rings.append(ring)
                return agent, ring
            self._unanswered(stay, agent, begin, min(end, stay.end))
            moment = end + RETRY
        return None

    def _unanswered(self, stay: QueueStay, agent: str, begin: int, end: int) -> None:
        result = RingResult.NO_ANSWER if end < stay.end else RingResult.GIVEN_UP
        stay.rings.append(Ring(agent, begin, end, result))
        self._staff.phones[agent].occupy(begin, end)
        self._staff.desks[agent].occupy(begin, end)

    def _limit(self, moment: int, timeout: int, *, patience: int) -> _Limit:
        gives_up = moment + patience
        return _Limit(min(gives_up, moment + timeout), gives_up <= moment + timeout)

    def _hunt(self, call: Call, moment: int, group: HuntGroup) -> None:
        limit = self._limit(moment, group.ring_timeout * SECOND, patience=self._seconds(14, 60))
        passes_on = RECEPTION_TRANSFERS if group.number == RECEPTION else OTHERS_TRANSFER
        script = self._talks.script(transfers=passes_on)
        answered_at = moment + self._seconds(3, 14)
        answers = self._who_answers(group, moment, answered_at, script) if answered_at < limit.end else None
        end = answered_at if answers else limit.end
        free = [member for member in group.members if self._staff.phones[member].is_free(moment, end)]
        stage = Dialling([], moment, end if free else moment, group.number)
        call.stages.append(stage)
        for member in group.members:
            stage.rings.append(self._group_ring(stage, member, free, answers, given_up=limit.gives_up))
        if answers:
            self._answer(call, stage, answers, script)
        elif free and limit.gives_up:
            call.end, call.ended_by = end, CallEnder.CALLER
        else:
            self._nobody(call, stage.end, group.voicemail, refused=not free)

    def _who_answers(self, group: HuntGroup, moment: int, answered_at: int, script: Script) -> str | None:
        until = answered_at + script.length
        able = [member for member in group.members if self._staff.can_take(member, moment, until)]
        return self._random.choice(able) if able else None

    def _group_ring(
        self, stage: Dialling, member: str, free: list[str], answers: str | None, *, given_up: bool
    ) -> Ring:
        if member not in free:
            return Ring(member, stage.begin, stage.begin, RingResult.BUSY)
        if member != answers:
            self._staff.phones[member].occupy(stage.begin, stage.end)
        if answers is None:
            result = RingResult.GIVEN_UP if given_up else RingResult.NO_ANSWER
        else:
            result = RingResult.ANSWERED if member == answers else RingResult.ELSEWHERE
        return Ring(member, stage.begin, stage.end, result)

    def _answer(self, call: Call, stage: Dialling, extension: str, script: Script) -> None:
        stage.conversation = self._talks.converse(call, stage.end, extension, script)
        self._staff.phones[extension].occupy(stage.begin, stage.conversation.end)
        before = stage.conversation.end
        self._talks.pass_on(call, stage.conversation, script)
        self._staff.phones[extension].occupy(before, stage.conversation.end)

    def _extension(self, call: Call, moment: int, extension: str) -> None:
        limit = self._limit(moment, EXTENSION_RINGS, patience=self._seconds(10, 70))
        if self._staff.wants_quiet(extension, moment):
            self._refused(call, moment, extension, RingResult.NOT_DISTURBED)
        elif not self._staff.phones[extension].is_free(moment, limit.end):
            self._refused(call, moment, extension, RingResult.BUSY)
        else:
            self._ring_extension(call, moment, extension, limit)

    def _refused(self, call: Call, moment: int, extension: str, result: RingResult) -> None:
        call.stages.append(Dialling([Ring(extension, moment, moment, result)], moment, moment))
        self._nobody(call, moment, self._box(extension), refused=result is RingResult.BUSY)

    def _ring_extension(self, call: Call, moment: int, extension: str, limit: _Limit) -> None:
        script = self._talks.script()
        answered_at = moment + self._seconds(3, 15)
        willing = self._random.random() < 0.85 and answered_at < limit.end
        if willing and self._staff.can_take(extension, moment, answered_at + script.length):
            ring = Ring(extension, moment, answered_at, RingResult.ANSWERED)
            stage = Dialling([ring], moment, answered_at)
            call.stages.append(stage)
            self._answer(call, stage, extension, script)
        else:
            self._rings_out(call, moment, extension, limit.end, given_up=limit.gives_up)

    def _rings_out(self, call: Call, moment: int, extension: str, end: int, *, given_up: bool) -> None:
        result = RingResult.GIVEN_UP if given_up else RingResult.NO_ANSWER
        call.stages.append(Dialling([Ring(extension, moment, end, result)], moment, end))
        self._staff.phones[extension].occupy(moment, end)
        if given_up:
            call.end, call.ended_by = end, CallEnder.CALLER
        elif extension in self._company.mobiles:
            self._mobile(call, end, extension)
        else:
            self._nobody(call, end, self._box(extension))

    def _box(self, extension: str) -> str | None:
        return extension if extension in self._company.voicemails else None

    def _mobile(self, call: Call, moment: int, extension: str) -> None:
        """On to the extension's mobile, outside: whoever answers there is not of the house any more."""
        number = self._company.mobiles[extension]
        rings_for = self._seconds(4, 18)
        answers = self._random.random() < 0.7
        end = moment + (rings_for if answers else MOBILE_RINGS)
        result = RingResult.ANSWERED if answers else RingResult.NO_ANSWER
        stage = Dialling([Ring(number, moment, end, result)], moment, end, outside=True)
        call.stages.append(stage)
        if answers:
            stage.conversation = self._talks.converse(call, end, number, self._talks.script(transfers=0))
        else:
            self._nobody(call, end, self._box(extension))

    def _nobody(self, call: Call, moment: int, box: str | None, *, refused: bool = False) -> None:
        """Nobody took the call: a voicemail box, or the end, which a telephone that refuses brings about."""
        call.end, call.ended_by = moment, CallEnder.CALLEE if refused else CallEnder.PBX
        if box is not None:
            call.end, call.ended_by = moment + self._seconds(12, 55), CallEnder.CALLER
            call.stages.append(Voicemail(box, moment, call.end))
