"""Asterisk's channels, and its way of saying things about them over AMI (Asterisk 22, AMI 11)."""

from itertools import count

from simulator.company import TRUNK

UNKNOWN = "<unknown>"
DOWN, RING, RINGING, UP = 0, 4, 5, 6
STATES = {DOWN: "Down", RING: "Ring", RINGING: "Ringing", UP: "Up"}
STEP = 110
"""Microseconds between two messages of one moment; a moment's messages stay well within plan.GRID."""


class Channel:
    """One channel, as a snapshot of it stands in every message about it."""

    __slots__ = (
        "_blocks",
        "connected_name",
        "connected_number",
        "context",
        "device",
        "exten",
        "linkedid",
        "name",
        "number",
        "number_name",
        "priority",
        "state",
        "uniqueid",
    )

    def __init__(
        self, name: str, device: str, uniqueid: str, linkedid: str, state: int, context: str, exten: str
    ) -> None:
        self.name = name
        self.device = device
        """Technology and name, "PJSIP/2001"."""
        self.uniqueid = uniqueid
        self.linkedid = linkedid
        self.state = state
        self.number = self.number_name = UNKNOWN
        self.connected_number = self.connected_name = UNKNOWN
        self.context = context
        self.exten = exten
        self.priority = 1
        self._blocks: dict[str, str] = {}

    def change(self, **values: str | int) -> "Channel":
        """Sets attributes of the snapshot that later messages show; gives the channel back."""
        for name, value in values.items():
            setattr(self, name, value)
        self._blocks.clear()
        return self

    def block(self, prefix: str = "") -> str:
        """The channel's fields, each name with `prefix` before it ("Dest", "LocalOne", "Transferer" …)."""
        block = self._blocks.get(prefix)
        if block is None:
            block = self._blocks[prefix] = (
                f"{prefix}Channel: {self.name}\r\n"
                f"{prefix}ChannelState: {self.state}\r\n"
                f"{prefix}ChannelStateDesc: {STATES[self.state]}\r\n"
                f"{prefix}CallerIDNum: {self.number}\r\n"
                f"{prefix}CallerIDName: {self.number_name}\r\n"
                f"{prefix}ConnectedLineNum: {self.connected_number}\r\n"
                f"{prefix}ConnectedLineName: {self.connected_name}\r\n"
                f"{prefix}Language: nl\r\n"
                f"{prefix}AccountCode: \r\n"
                f"{prefix}Context: {self.context}\r\n"
                f"{prefix}Exten: {self.exten}\r\n"
                f"{prefix}Priority: {self.priority}\r\n"
                f"{prefix}Uniqueid: {self.uniqueid}\r\n"
                f"{prefix}Linkedid: {self.linkedid}\r\n"
            )
        return block


class Serials:
    """The numbers that Asterisk gives out since it was started; ours is started anew every night."""

    def __init__(self) -> None:
        self._unique = count()
        self._channel = count()
        self._local = count()

    def uniqueid(self, second: int) -> str:
        return f"{second}.{next(self._unique)}"

    def channel(self, device: str) -> str:
        return f"{device}-{next(self._channel):08x}"

    def local(self, extension: str) -> str:
        """Name of a local channel without its half."""
        return f"Local/{extension}@from-queue-{next(self._local):08x}"


class Speech:
    """The messages about one call, in their order; each with its moment in microseconds since 1970."""

    def __init__(self, serials: Serials, jitter: int, *, device_states: bool) -> None:
        self.messages: list[tuple[int, str]] = []
        self._serials = serials
        self._jitter = jitter
        self._now = 0
        self._device_states = device_states

    def at(self, moment: int) -> None:
        """What is said from here on happens at `moment`, milliseconds since 1970, or a little later."""
        self._now = max(self._now, moment * 1000 + self._jitter)

    def say(self, event: str, privilege: str, *parts: str) -> None:
        """One message: its name, the class of events it belongs to, and its fields as lines."""
        self._now += STEP
        now = self._now
        head = f"Event: {event}\r\nPrivilege: {privilege},all\r\n"
        stamp = f"Timestamp: {now // 1_000_000}.{now % 1_000_000:06}\r\n"
        self.messages.append((now, f"{head}{stamp}{''.join(parts)}\r\n"))

    def uniqueid(self) -> str:
        return self._serials.uniqueid(self._now // 1_000_000)

    def new_channel(
        self, device: str, linkedid: str | None, state: int, context: str, exten: str, number: str, name: str
    ) -> Channel:
        """Newchannel; without a linked id the channel begins a call of its own."""
        uniqueid = self.uniqueid()
        channel = Channel(
            self._serials.channel(device), device, uniqueid, linkedid or uniqueid, state, context, exten
        )
        channel.number, channel.number_name = number, name
        self.say("Newchannel", "call", channel.block())
        if state == RING:
            self.device_state(channel, "INUSE")
        return channel

    def new_halves(self, extension: str, linkedid: str) -> tuple[Channel, Channel]:
        """Both Newchannels of a local channel to a queue's member."""
        name = self._serials.local(extension)
        device = f"Local/{extension}@from-queue"
        one, two = (
            Channel(f"{name};{half}", device, self.uniqueid(), linkedid, state, "from-queue", extension)
            for half, state in ((1, DOWN), (2, RING))
        )
        self.say("Newchannel", "call", one.block())
        self.say("Newchannel", "call", two.block())
        return one, two

    def step(self, channel: Channel, place: tuple[str, str, int], application: str, data: str = "") -> None:
        """Newexten: the channel's next step in the dialplan, at (context, extension, priority)."""
        context, exten, priority = place
        channel.change(context=context, exten=exten, priority=priority)
        self.say(
            "Newexten",
            "dialplan",
            channel.block(),
            f"Extension: {exten}\r\nApplication: {application}\r\nAppData: {data}\r\n",
        )

    def variable(self, channel: Channel, name: str, value: str) -> None:
        """VarSet: the dialplan, or an application, sets a variable of the channel."""
        self.say("VarSet", "dialplan", channel.block(), f"Variable: {name}\r\nValue: {value}\r\n")

    def caller_id(self, channel: Channel, *, withheld: bool = False) -> None:
        """NewCallerid, the only message that tells whether the number may be shown."""
        presentation = "32 (Presentation Prohibited" if withheld else "0 (Presentation Allowed"
        self.say(
            "NewCallerid", "call", channel.block(), f"CID-CallingPres: {presentation}, Not Screened)\r\n"
        )

    def dial(self, source: Channel, target: Channel, dial_string: str) -> None:
        """DialBegin: the source has the target rung."""
        self.say("DialBegin", "call", source.block(), target.block("Dest"), f"DialString: {dial_string}\r\n")
        if not target.name.startswith("Local/"):
            target.change(state=RINGING)
            self.device_state(target, "RINGING")

    def dialled(self, source: Channel, target: Channel, status: str) -> None:
        """DialEnd; an answer makes the target Up."""
        if status == "ANSWER":
            target.change(state=UP)
        self.say("DialEnd", "call", source.block(), target.block("Dest"), f"DialStatus: {status}\r\n")
        if status == "ANSWER":
            self.device_state(target, "INUSE")

    def enter(self, channel: Channel, bridge: str, number: int) -> None:
        """BridgeEnter; `number` is how many are in the bridge then."""
        self.say("BridgeEnter", "call", bridge_block(bridge, number), channel.block())

    def leave(self, channel: Channel, bridge: str, number: int) -> None:
        """BridgeLeave; `number` is how many are left."""
        self.say("BridgeLeave", "call", bridge_block(bridge, number), channel.block())

    def request_hangup(self, channel: Channel, cause: int | None = None) -> None:
        """HangupRequest: the party at this channel hung up."""
        self.say("HangupRequest", "call", channel.block(), f"Cause: {cause}\r\n" if cause is not None else "")

    def hang_up(self, channel: Channel, cause: int) -> None:
        """Hangup: the channel is gone; `cause` as in CAUSES."""
        self.say("Hangup", "call", channel.block(), f"Cause: {cause}\r\nCause-txt: {CAUSES[cause]}\r\n")
        self.device_state(channel, "NOT_INUSE")

    def device_state(self, channel: Channel, state: str) -> None:
        """DeviceStateChange of the telephone behind the channel, where these are wanted."""
        # The trunk's state says nothing: it is in use whenever anybody uses it.
        if self._device_states and channel.device != f"PJSIP/{TRUNK}":
            self.say("DeviceStateChange", "call", f"Device: {channel.device}\r\nState: {state}\r\n")

    def bridge(self) -> str:
        """The identity of a new bridge."""
        return f"{self._now // 1_000_000:08x}-0000-4000-8000-{int(self.uniqueid().partition('.')[2]):012x}"


CAUSES = {
    0: "Unknown",
    16: "Normal Clearing",
    17: "User busy",
    19: "User alerting, no answer",
    21: "Call Rejected",
    26: "Answered elsewhere",
    34: "Circuit/channel congestion",
    127: "Interworking, unspecified",
}
"""ITU-T Q.850, in Asterisk's words."""


def bridge_block(bridge: str, number: int, prefix: str = "") -> str:
    """A bridge's fields; `number` is how many channels are in it."""
    return (
        f"{prefix}BridgeUniqueid: {bridge}\r\n{prefix}BridgeType: basic\r\n"
        f"{prefix}BridgeTechnology: simple_bridge\r\n{prefix}BridgeCreator: <unknown>\r\n"
        f"{prefix}BridgeName: <unknown>\r\n{prefix}BridgeNumChannels: {number}\r\n"
        f"{prefix}BridgeVideoSourceMode: none\r\n"
    )
