"""A caller's stay in a queue in the words of Asterisk's app_queue: waiting, and the agents who are rung.

With its oddities, as Asterisk 22 was seen to have them: two DialEnds for an unanswered agent,
QueueCallerAbandon also for a caller whom the queue itself sends on, NewCallerid for a local channel that was
hung up already.
"""

from dataclasses import dataclass

from simulator.ami_chain import Chain, Service
from simulator.ami_channel import UP, Channel, Speech
from simulator.company import Queue
from simulator.plan import QueueStay, Ring, RingResult


class QueueSpeech:
    """Tells one stay of a caller in one queue."""

    def __init__(
        self, speech: Speech, chain: Chain, queue: Queue, stay: QueueStay, *, withheld: bool
    ) -> None:
        self._speech = speech
        self._chain = chain
        self._queue = queue
        self._stay = stay
        self._withheld = withheld

    def wait(self) -> None:
        """From joining the queue to the agent's answer, to giving up, or to being sent on."""
        front, speech, queue, stay = self._chain.front, self._speech, self._queue, self._stay
        if front.state != UP:
            front.change(state=UP)
            speech.step(front, ("ext-queues", queue.number, 1), "Answer")
        speech.step(front, ("ext-queues", queue.number, 3), "Queue", f"{queue.name},tT,,,{queue.max_wait}")
        speech.say(
            "QueueCallerJoin",
            "agent",
            front.block(),
            f"Queue: {queue.name}\r\nPosition: {stay.position}\r\nCount: {stay.position}\r\n",
        )
        for ring in stay.rings:
            speech.at(ring.begin)
            offer = self._ring(ring)
            speech.at(ring.end)
            self._over(ring, offer)
        speech.at(stay.end)
        if stay.conversation is None:
            self._leave_unanswered()

    def _leave_unanswered(self) -> None:
        front, speech, stay = self._chain.front, self._speech, self._stay
        rang = bool(stay.rings) and stay.rings[-1].result is RingResult.GIVEN_UP
        if not stay.timed_out and not rang:
            self._chain.request_by_caller(None)
        speech.say(
            "QueueCallerAbandon",
            "agent",
            front.block(),
            f"Queue: {stay.queue}\r\nPosition: 1\r\nOriginalPosition: {stay.position}\r\n"
            f"HoldTime: {(stay.end - stay.begin) // 1000}\r\n",
        )
        self._leave()
        if stay.timed_out:
            speech.variable(front, "QUEUESTATUS", "TIMEOUT")
        else:
            self._chain.clear_front_by_caller(0)

    def _leave(self) -> None:
        self._speech.say(
            "QueueCallerLeave",
            "agent",
            self._chain.front.block(),
            f"Queue: {self._stay.queue}\r\nPosition: 1\r\nCount: {self._stay.left_behind}\r\n",
        )

    def _ring(self, ring: Ring) -> "_Offer":
        speech, front = self._speech, self._chain.front
        member = member_lines(self._queue, ring.device, self._chain.name_of(ring.device))
        if not self._queue.local_members:
            phone = self._chain.new_phone(ring.device, front)
            speech.say("AgentCalled", "agent", front.block(), phone.block("Dest"), member)
            speech.dial(front, phone, ring.device)
            return _Offer(member, phone, phone, None)
        near, far = speech.new_halves(ring.device, front.linkedid)
        near.change(number=self._queue.number)
        speech.caller_id(near)
        far.change(number=front.number, number_name=front.number_name, connected_number=self._queue.number)
        speech.caller_id(far, withheld=self._withheld)
        speech.say(
            "LocalBridge",
            "call",
            near.block("LocalOne"),
            far.block("LocalTwo"),
            f"Context: from-queue\r\nExten: {ring.device}\r\nLocalOptimization: No\r\n",
        )
        speech.say("AgentCalled", "agent", front.block(), near.block("Dest"), member)
        speech.dial(front, near, f"{ring.device}@from-queue/n")
        speech.step(far, ("from-queue", ring.device, 2), "Dial", f"PJSIP/{ring.device},,HhTtr")
        phone = self._chain.new_phone(ring.device, far)
        speech.dial(far, phone, ring.device)
        return _Offer(member, near, phone, far)

    def _over(self, ring: Ring, offer: "_Offer") -> None:
        if ring.result is RingResult.ANSWERED:
            self._answered(ring, offer)
        elif ring.result is RingResult.GIVEN_UP and not self._stay.timed_out:
            self._chain.request_by_caller(None)
            self._unanswered(offer, "CANCEL")
        else:
            self._speech.say(
                "AgentRingNoAnswer",
                "agent",
                self._chain.front.block(),
                offer.dest.block("Dest"),
                offer.member,
                f"RingTime: {ring.end - ring.begin}\r\n",
            )
            self._unanswered(offer, "NOANSWER")

    def _answered(self, ring: Ring, offer: "_Offer") -> None:
        speech, front, stay = self._speech, self._chain.front, self._stay
        if offer.far is not None:
            speech.dialled(offer.far, offer.phone, "ANSWER")
            offer.dest.change(number=offer.phone.number, number_name=offer.phone.number_name)
        speech.dialled(front, offer.dest, "ANSWER")
        self._leave()
        speech.say(
            "AgentConnect",
            "agent",
            front.block(),
            offer.dest.block("Dest"),
            offer.member,
            f"HoldTime: {(stay.end - stay.begin) // 1000}\r\nRingTime: {(ring.end - ring.begin) // 1000}\r\n",
        )
        service = Service(stay, offer.member, offer.dest)
        if offer.far is not None:
            self._chain.connect_through(offer.dest, offer.far, offer.phone, service)
        else:
            self._chain.connect(offer.phone, service)

    def _unanswered(self, offer: "_Offer", status: str) -> None:
        speech, front = self._speech, self._chain.front
        speech.dialled(front, offer.dest, status)
        speech.dialled(front, offer.dest, "CANCEL")
        if offer.far is not None:
            speech.request_hangup(offer.far, 0)
            speech.hang_up(offer.dest, 0)
            speech.caller_id(offer.dest)
            speech.dialled(offer.far, offer.phone, "CANCEL")
            speech.hang_up(offer.far, 0)
        speech.hang_up(offer.phone, 16)


@dataclass(frozen=True, slots=True)
class _Offer:
    """An agent who is rung: `dest` is what the queue dialled, `far` the other half of a local channel."""

    member: str
    dest: Channel
    phone: Channel
    far: Channel | None


def member_lines(queue: Queue, extension: str, name: str) -> str:
    """Queue, Interface and MemberName of an agent, as the events about a caller have them."""
    return f"Queue: {queue.name}\r\nInterface: {interface(queue, extension)}\r\nMemberName: {name}\r\n"


def interface(queue: Queue, extension: str) -> str:
    """What the queue dials for an agent."""
    return f"Local/{extension}@from-queue/n" if queue.local_members else f"PJSIP/{extension}"
