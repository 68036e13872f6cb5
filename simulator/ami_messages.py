"""A planned day as the messages of an Asterisk, in their order in time."""

from simulator.ami_call import CallSpeech
from simulator.ami_channel import Serials, Speech
from simulator.ami_queue import interface
from simulator.company import Company, Queue
from simulator.plan import Day, Sign, SignKind

Message = tuple[int, str]
"""Moment in microseconds since 1970, and the message as it goes over the line, with its empty line."""


def day_messages(company: Company, day: Day, *, device_states: bool = False) -> list[Message]:
    """All that the telephone system says on that day; `device_states` adds what each telephone does."""
    serials = Serials()
    messages: list[Message] = []
    for call in day.calls:
        messages += CallSpeech(company, call, serials, device_states=device_states).messages
    signs = _Signs(company, serials)
    for sign in day.signs:
        messages += signs.messages(sign)
    messages.sort(key=lambda message: message[0])
    return messages


class _Signs:
    """What people tell the telephone system besides calling; an administration program speaks for them."""

    def __init__(self, company: Company, serials: Serials) -> None:
        self._company = company
        self._serials = serials
        self._signed_in: dict[str, int] = {}
        self._paused: dict[str, tuple[int, str]] = {}

    def messages(self, sign: Sign) -> list[Message]:
        speech = Speech(self._serials, int(sign.extension) * 7919 % 40_000, device_states=False)
        speech.at(sign.at)
        if sign.kind in (SignKind.DO_NOT_DISTURB, SignKind.DISTURB):
            # FreePBX's way; off is UNAVAILABLE there, not NOT_INUSE.
            state = "BUSY" if sign.kind is SignKind.DO_NOT_DISTURB else "UNAVAILABLE"
            for device in (f"Custom:DND{sign.extension}", f"Custom:DEVDND{sign.extension}"):
                speech.say("DeviceStateChange", "call", f"Device: {device}\r\nState: {state}\r\n")
            return speech.messages
        event = self._note(sign)
        for queue in self._company.queues:
            if queue.name in sign.queues:
                speech.say(event, "agent", self._member(queue, sign.extension))
        return speech.messages

    def _note(self, sign: Sign) -> str:
        second = sign.at // 1000
        if sign.kind is SignKind.SIGN_IN:
            self._signed_in[sign.extension] = second
            return "QueueMemberAdded"
        if sign.kind is SignKind.SIGN_OUT:
            return "QueueMemberRemoved"
        self._paused[sign.extension] = (1, sign.reason) if sign.kind is SignKind.PAUSE else (0, "")
        return "QueueMemberPause"

    def _member(self, queue: Queue, extension: str) -> str:
        paused, reason = self._paused.get(extension, (0, ""))
        local = queue.local_members
        state_interface = f"hint:{extension}@ext-local" if local else f"PJSIP/{extension}"
        return (
            f"Queue: {queue.name}\r\nMemberName: {self._company.person(extension).name}\r\n"
            f"Interface: {interface(queue, extension)}\r\nStateInterface: {state_interface}\r\n"
            f"Membership: dynamic\r\nPenalty: 0\r\nCallsTaken: 0\r\nLastCall: 0\r\nLastPause: 0\r\n"
            f"LoginTime: {self._signed_in.get(extension, 0)}\r\nInCall: 0\r\nStatus: 1\r\n"
            f"Paused: {paused}\r\n"
            f"PausedReason: {reason}\r\nRinginuse: 0\r\nWrapuptime: {queue.wrap_up}\r\n"
        )
