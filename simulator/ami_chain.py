"""How a call's channels hang together, and the messages with which they are joined, transferred and cleared.

A caller talks with an extension in one bridge; with a queue's local member there are two, and a local
channel between them: caller, bridge, half 1, half 2, bridge, telephone. A transfer by such a member takes the
far half along and is invisible to the queue, as in Asterisk.
"""

from dataclasses import dataclass

from simulator.ami_channel import DOWN, UP, Channel, Speech, bridge_block
from simulator.company import Company
from simulator.plan import QueueStay, Transfer


@dataclass(slots=True)
class Service:
    """A queue's conversation that AgentComplete has yet to tell of."""

    stay: QueueStay
    member: str
    """Queue, Interface and MemberName, as lines."""
    dest: Channel


@dataclass(slots=True)
class Link:
    """Two channels in a bridge; `right` is a telephone, or the near half of a local channel to `far`."""

    left: Channel
    right: Channel
    bridge: str
    service: Service | None = None
    far: Channel | None = None


class Chain:
    """The channels of one call, from the caller to whoever is talked with."""

    def __init__(self, company: Company, speech: Speech, caller: Channel) -> None:
        self._company = company
        self._speech = speech
        self.caller = caller
        self.links: list[Link] = []

    @property
    def front(self) -> Channel:
        """The channel that goes on in the dialplan for the caller."""
        if self.links:
            last = self.links[-1]
            return last.far or last.left
        return self.caller

    @property
    def telephone(self) -> Channel:
        """The far end: who is talked with."""
        return self.links[-1].right

    def name_of(self, extension: str) -> str:
        """The person's name, which Asterisk shows beside the extension."""
        return self._company.person(extension).name

    def new_phone(self, extension: str, caller: Channel) -> Channel:
        """The channel to an extension's telephone on which `caller` will ring it."""
        phone = self._speech.new_channel(
            f"PJSIP/{extension}",
            caller.linkedid,
            DOWN,
            "from-internal",
            "s",
            extension,
            self.name_of(extension),
        )
        return phone.change(connected_number=caller.number, connected_name=caller.number_name)

    def connect(self, phone: Channel, service: Service | None = None) -> None:
        """The front and a telephone that has answered begin to talk."""
        speech, front = self._speech, self.front
        bridge = speech.bridge()
        front.change(state=UP, connected_number=phone.number, connected_name=phone.number_name)
        phone.change(exten="")
        speech.enter(phone, bridge, 1)
        speech.enter(front, bridge, 2)
        self.links.append(Link(front, phone, bridge, service))

    def connect_through(self, near: Channel, far: Channel, phone: Channel, service: Service) -> None:
        """The same through a queue's local channel: two bridges."""
        speech, front = self._speech, self.front
        inner, outer = speech.bridge(), speech.bridge()
        front.change(connected_number=phone.number, connected_name=phone.number_name)
        far.change(state=UP)
        phone.change(exten="")
        speech.enter(phone, inner, 1)
        speech.enter(far, inner, 2)
        speech.enter(near, outer, 1)
        speech.enter(front, outer, 2)
        self.links.append(Link(front, near, outer, service, far))
        self.links.append(Link(far, phone, inner))

    def blind_transfer(self, transfer: Transfer) -> None:
        """The telephone gives the caller away and is gone; the front goes on in the dialplan."""
        speech = self._speech
        link = self.links.pop()
        speech.say("Unhold", "call", link.right.block())
        speech.say(
            "BlindTransfer",
            "call",
            "Result: Success\r\n",
            link.right.block("Transferer"),
            link.left.block("Transferee"),
            bridge_block(link.bridge, 2),
            f"IsExternal: Yes\r\nContext: from-internal\r\nExtension: {transfer.target}\r\n",
        )
        if link.service:
            self._complete(link, "transfer")
        speech.leave(link.left, link.bridge, 1)
        speech.leave(link.right, link.bridge, 0)
        speech.hang_up(link.right, 16)

    def attended_transfer(self, second: Channel, target: Channel, bridge: str) -> None:
        """The telephone's second channel talks with the target in `bridge`; the caller takes its place."""
        speech = self._speech
        link = self.links.pop()
        first, left = link.right, link.left
        speech.say("Unhold", "call", first.block())
        speech.say("Unhold", "call", second.block())
        speech.leave(left, link.bridge, 1)
        speech.leave(second, bridge, 1)
        speech.enter(left, bridge, 2)
        speech.say(
            "AttendedTransfer",
            "call",
            "Result: Success\r\n",
            first.block("OrigTransferer"),
            bridge_block(link.bridge, 2, "Orig"),
            second.block("SecondTransferer"),
            bridge_block(bridge, 2, "Second"),
            left.block("Transferee"),
            target.block("TransferTarget"),
            f"IsExternal: No\r\nDestType: Bridge\r\nDestBridgeUniqueid: {bridge}\r\n",
        )
        if link.service:
            self._complete(link, "transfer")
        target.change(linkedid=left.linkedid, connected_number=left.number, connected_name=left.number_name)
        left.change(connected_number=target.number, connected_name=target.number_name)
        speech.leave(first, link.bridge, 0)
        speech.hang_up(first, 16)
        speech.hang_up(second, 16)
        self.links.append(Link(left, target, bridge))

    def clear_by_caller(self) -> None:
        """The caller hangs up while talking."""
        self.request_by_caller()
        if self.links:
            self._clear_from_left(self.links)
        self._speech.hang_up(self.caller, 16)
        self.links.clear()

    def request_by_caller(self, cause: int | None = 16) -> None:
        """The caller hangs up; while the PBX answered for him, Asterisk names no cause."""
        self._speech.request_hangup(self.caller, cause)

    def clear_front_by_caller(self, cause: int) -> None:
        """The caller is gone: what there is between him and the front, and the front itself, end."""
        front = self.front
        self._clear_from_left(self.links)
        self._speech.hang_up(front, cause)
        if self.links:
            self._speech.hang_up(self.caller, 16)
        self.links.clear()

    def _clear_from_left(self, links: list[Link]) -> None:
        speech = self._speech
        for link in links:
            if link.service:
                self._complete(link, "caller")
            speech.leave(link.left, link.bridge, 1)
            speech.leave(link.right, link.bridge, 0)
            if link.far:
                speech.request_hangup(link.far, 16)
            speech.hang_up(link.right, 16)
            if link.left is not self.caller:
                speech.hang_up(link.left, 16)

    def clear_by_telephone(self) -> None:
        """The far end hangs up."""
        self._speech.request_hangup(self.telephone, 16)
        self._clear_from_right()

    def clear_by_pbx(self, cause: int) -> None:
        """The dialplan ends the front's call."""
        front = self.front
        self._speech.hang_up(front, cause)
        if front is not self.caller:
            self._clear_from_right()

    def _clear_from_right(self) -> None:
        speech = self._speech
        for link in reversed(self.links):
            if link.far:
                speech.request_hangup(link.right, 16)
            speech.leave(link.right, link.bridge, 1)
            speech.leave(link.left, link.bridge, 0)
            if link.service:
                self._complete(link, "agent")
            speech.hang_up(link.right, 16)
            speech.hang_up(link.left, 16)
        self.links.clear()

    def _complete(self, link: Link, reason: str) -> None:
        assert link.service is not None
        service, conversation = link.service, link.service.stay.conversation
        assert conversation is not None
        now = self._speech.messages[-1][0] // 1000
        held = (service.stay.end - service.stay.begin) // 1000
        self._speech.say(
            "AgentComplete",
            "agent",
            link.left.block(),
            service.dest.block("Dest"),
            service.member,
            f"HoldTime: {held}\r\nTalkTime: {(now - service.stay.end) // 1000}\r\nReason: {reason}\r\n",
        )
