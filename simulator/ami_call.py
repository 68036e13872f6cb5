"""A planned call in the words of Asterisk: which messages it gives, with which fields, in which order.

Follows what Asterisk 22 was seen to say for the same things, its oddities included. Messages that tell
nothing about calls (variables, music, connected lines, Newstate, most dialplan steps) are left out.
"""

from simulator.ami_chain import Chain
from simulator.ami_channel import DOWN, RING, UNKNOWN, UP, Channel, Serials, Speech
from simulator.ami_queue import QueueSpeech
from simulator.company import OUTGOING_NUMBER, TRUNK, Company
from simulator.plan import (
    Announcement,
    Call,
    Conversation,
    Dialling,
    Joined,
    QueueStay,
    Ring,
    RingResult,
    Voicemail,
)
from store.vocabulary import CallEnder, Direction, TransferKind

DIAL_STATUS = {
    RingResult.ANSWERED: ("ANSWER", 16),
    RingResult.NO_ANSWER: ("NOANSWER", 0),
    RingResult.BUSY: ("BUSY", 17),
    RingResult.GIVEN_UP: ("CANCEL", 127),
    RingResult.ELSEWHERE: ("CANCEL", 26),
    RingResult.FAILED: ("CONGESTION", 34),
    RingResult.DECLINED: ("BUSY", 21),
}
"""DialStatus of the DialEnd, and the cause of the dialled channel's Hangup."""

AT_ONCE = frozenset({RingResult.BUSY})
"""Ends that can come before the others' ringing: they are told when they happen."""


class CallSpeech:
    """Tells one planned call; `messages` has what was said."""

    def __init__(self, company: Company, call: Call, serials: Serials, *, device_states: bool) -> None:
        # A few milliseconds of its own, so that not all calls of the day fall on the same fractions.
        self._speech = Speech(serials, call.index * 7919 % 40_000, device_states=device_states)
        self._company = company
        self._call = call
        self._speech.at(call.begin)
        self._chain = Chain(company, self._speech, self._caller())
        for stage in call.stages:
            self._stage(stage)

    @property
    def messages(self) -> list[tuple[int, str]]:
        return self._speech.messages

    def _caller(self) -> Channel:
        call, speech = self._call, self._speech
        if call.direction is not Direction.INCOMING:
            return self._calling_extension()
        number, name = call.number or "anonymous", UNKNOWN
        if call.withheld:
            name = "Anonymous"
        channel = speech.new_channel(f"PJSIP/{TRUNK}", None, RING, "from-trunk", call.dialled, number, name)
        if call.withheld and call.number:
            speech.caller_id(channel, withheld=True)
        speech.step(channel, ("from-trunk", call.dialled, 1), "Set", f"__FROM_DID={call.dialled}")
        return channel

    def _calling_extension(self) -> Channel:
        call, speech = self._call, self._speech
        assert call.extension is not None
        person = self._company.person(call.extension)
        channel = speech.new_channel(
            f"PJSIP/{call.extension}", None, RING, "from-internal", call.dialled, call.extension, person.name
        )
        if call.direction is Direction.OUTGOING:
            speech.step(channel, ("from-internal", call.dialled, 1), "Goto", f"outbound,{call.dialled},1")
            channel.change(context="outbound", priority=3, number=OUTGOING_NUMBER)
            speech.caller_id(channel)
        return channel

    def _stage(self, stage: Dialling | QueueStay | Joined | Announcement | Voicemail) -> None:
        self._speech.at(stage.conversation.begin if isinstance(stage, Joined) else stage.begin)
        match stage:
            case Dialling():
                self._dial(stage)
            case QueueStay():
                self._wait(stage)
            case Joined():
                self._talk(stage.conversation)
            case Announcement():
                self._announce(stage)
            case Voicemail():
                self._voicemail(stage)

    def _is_last(self, stage: object) -> bool:
        return self._call.stages[-1] is stage

    def _announce(self, stage: Announcement) -> None:
        front = self._chain.front
        front.change(state=UP)
        if stage.closed:
            self._speech.step(front, ("closed", "s", 2), "Playback", "kantoor-gesloten")
        elif self._is_last(stage):
            self._speech.step(front, (front.context, front.exten, 4), "Playback", "vm-goodbye")
        else:
            target = next(line.target for line in self._company.lines if line.number == self._call.dialled)
            self._speech.step(front, ("ext-queues", target, 1), "Answer")
            self._speech.step(front, ("ext-queues", target, 2), "Playback", "welkom")
        if self._is_last(stage):
            self._speech.at(stage.end)
            self._end(by_caller=self._call.ended_by is CallEnder.CALLER, cause=16)

    def _voicemail(self, stage: Voicemail) -> None:
        front = self._chain.front
        front.change(state=UP)
        self._speech.step(front, ("ext-local", stage.box, 4), "VoiceMail", f"{stage.box}@default,u")
        self._speech.at(stage.end)
        self._end(by_caller=True, cause=0)

    def _end(self, *, by_caller: bool, cause: int) -> None:
        """The call ends while nobody talks."""
        if by_caller:
            self._chain.request_by_caller(None if self._chain.front.state == UP else cause)
            self._chain.clear_front_by_caller(cause)
        else:
            self._chain.clear_by_pbx(cause)

    def _dial(self, stage: Dialling) -> None:
        self._step_to(stage)
        dialled = [
            (ring, self._ring(ring, outside=stage.outside))
            for ring in stage.rings
            if ring.result is not RingResult.NOT_DISTURBED
        ]
        for ring, phone in dialled:
            if ring.result in AT_ONCE and ring.end == stage.begin:
                self._over(ring, phone)
        self._speech.at(stage.end)
        gives_up = any(ring.result is RingResult.GIVEN_UP for ring in stage.rings)
        if gives_up:
            self._chain.request_by_caller(None if self._chain.front.state == UP else 127)
        # Whoever did not answer is told of before the one who did.
        for ring, phone in sorted(dialled, key=lambda pair: pair[0].result is RingResult.ANSWERED):
            if not (ring.result in AT_ONCE and ring.end == stage.begin):
                self._over(ring, phone)
        if stage.conversation:
            answered = next(phone for ring, phone in dialled if ring.result is RingResult.ANSWERED)
            self._chain.connect(answered)
            self._talk(stage.conversation)
        elif gives_up:
            self._chain.clear_front_by_caller(127)
        elif self._is_last(stage):
            results = {ring.result for ring in stage.rings}
            nobody = results & {RingResult.NO_ANSWER, RingResult.GIVEN_UP}
            self._chain.clear_by_pbx(19 if nobody else 34 if RingResult.FAILED in results else 17)

    def _step_to(self, stage: Dialling) -> None:
        front, speech = self._chain.front, self._speech
        devices = "&".join(self._device(ring, outside=stage.outside) for ring in stage.rings)
        if stage.group:
            speech.step(front, ("ext-group", stage.group, 1), "Dial", f"{devices},20,HhTtr")
        elif not stage.outside:
            extension = stage.rings[0].device
            speech.step(front, ("ext-local", extension, 1), "Gosub", f"sub-dial-ext,s,1({extension},20)")
            front.change(context="sub-dial-ext", exten="s", priority=3)
        elif self._call.direction is Direction.INCOMING:
            speech.step(front, ("ext-local", front.exten, 3), "Dial", f"{devices},20,HhTtr")

    def _device(self, ring: Ring, *, outside: bool) -> str:
        return f"PJSIP/{ring.device}@{TRUNK}" if outside else f"PJSIP/{ring.device}"

    def _ring(self, ring: Ring, *, outside: bool) -> Channel:
        front, speech = self._chain.front, self._speech
        if outside:
            phone = speech.new_channel(
                f"PJSIP/{TRUNK}", front.linkedid, DOWN, "from-trunk", "s", UNKNOWN, UNKNOWN
            )
            phone.change(number=ring.device, connected_number=front.number)
            speech.caller_id(phone)
            speech.dial(front, phone, f"{ring.device}@{TRUNK}")
        else:
            phone = self._chain.new_phone(ring.device, front)
            speech.dial(front, phone, ring.device)
        return phone

    def _over(self, ring: Ring, phone: Channel) -> None:
        """The end of ringing; a telephone that does not answer is gone then."""
        status, cause = DIAL_STATUS[ring.result]
        refuses = ring.result in (RingResult.BUSY, RingResult.FAILED, RingResult.DECLINED)
        if refuses:
            self._speech.request_hangup(phone, cause)
        self._speech.dialled(self._chain.front, phone, status)
        if ring.result is not RingResult.ANSWERED:
            self._speech.hang_up(phone, cause)

    def _talk(self, conversation: Conversation) -> None:
        """From the moment when the caller and the party are connected until the one or the other leaves."""
        speech, chain = self._speech, self._chain
        phone = chain.telephone
        transfer = conversation.transfer
        for begin, end in conversation.holds:
            asks = transfer is not None and transfer.consultation is not None and end == conversation.end
            speech.at(begin)
            speech.say("Hold", "call", phone.block(), "MusicClass: default\r\n")
            if asks and transfer:
                self._ask(transfer.target, conversation)
            else:
                speech.at(end)
                speech.say("Unhold", "call", phone.block())
        speech.at(conversation.end)
        if transfer is None:
            if self._call.ended_by is CallEnder.CALLER:
                chain.clear_by_caller()
            else:
                chain.clear_by_telephone()
        elif transfer.kind is TransferKind.SINGLE_STEP:
            chain.blind_transfer(transfer)

    def _ask(self, target: str, conversation: Conversation) -> None:
        """The consultation call of an attended transfer, a call of its own until it is joined."""
        assert conversation.transfer is not None
        consultation = conversation.transfer.consultation
        assert consultation is not None
        speech = self._speech
        first = self._chain.telephone
        second = speech.new_channel(
            first.device, None, RING, "from-internal", target, first.number, first.number_name
        )
        speech.step(second, ("ext-local", target, 1), "Gosub", f"sub-dial-ext,s,1({target},20)")
        second.change(context="sub-dial-ext", exten="s", priority=3)
        phone = self._chain.new_phone(target, second)
        speech.dial(second, phone, target)
        speech.at(consultation.ring.end)
        speech.dialled(second, phone, "ANSWER")
        bridge = speech.bridge()
        second.change(state=UP, connected_number=phone.number, connected_name=phone.number_name)
        speech.enter(phone, bridge, 1)
        speech.enter(second, bridge, 2)
        speech.at(consultation.joined)
        self._chain.attended_transfer(second, phone, bridge)

    def _wait(self, stay: QueueStay) -> None:
        queue = next(queue for queue in self._company.queues if queue.name == stay.queue)
        QueueSpeech(self._speech, self._chain, queue, stay, withheld=self._call.withheld).wait()
        if stay.conversation:
            self._talk(stay.conversation)
