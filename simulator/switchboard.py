"""What is going on in the telephone system now, followed from its own messages, for those who ask."""

from collections.abc import Callable, Iterator, Mapping

from simulator.company import Company, Queue

CHANNEL_FIELDS = (
    "Channel",
    "ChannelState",
    "ChannelStateDesc",
    "CallerIDNum",
    "CallerIDName",
    "ConnectedLineNum",
    "ConnectedLineName",
    "Language",
    "AccountCode",
    "Context",
    "Exten",
    "Priority",
    "Uniqueid",
    "Linkedid",
)
PREFIXES = ("", "Dest", "LocalOne", "LocalTwo", "Transferer", "Transferee", "TransferTarget")

Fields = dict[str, str]
Item = tuple[str, Fields]
"""Name of a list's event, and its fields."""


def parse(message: str) -> Fields:
    """The fields of a message; of several with one name the last."""
    return dict(line.split(": ", 1) for line in message.split("\r\n") if ": " in line)


class Switchboard:
    """Channels, bridges, waiting callers, agents and devices, as the messages so far leave them."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._channels: dict[str, Fields] = {}
        self._began: dict[str, float] = {}
        self._bridges: dict[str, str] = {}
        self._waiting: dict[str, tuple[str, float]] = {}
        self._members: dict[tuple[str, str], Fields] = {}
        self._devices: dict[str, str] = {}
        self._follow: Mapping[str, Callable[[Fields, float], None]] = {
            "Newchannel": self._new_channel,
            "Hangup": self._hangup,
            "BridgeEnter": self._enter,
            "BridgeLeave": self._leave,
            "QueueCallerJoin": self._join,
            "QueueCallerLeave": self._leave_queue,
            "QueueMemberAdded": self._member,
            "QueueMemberPause": self._member,
            "QueueMemberRemoved": self._member_removed,
            "DeviceStateChange": self._device_state,
        }

    def observe(self, message: str) -> None:
        """Takes note of what a message says; in the order in which they are sent."""
        fields = parse(message)
        follow = self._follow.get(fields["Event"])
        if follow is not None:
            follow(fields, float(fields["Timestamp"]))
        for prefix in PREFIXES:
            self._refresh(fields, prefix)

    def _refresh(self, fields: Fields, prefix: str) -> None:
        # Only of channels that live: Asterisk speaks of some that were hung up already.
        known = self._channels.get(fields.get(f"{prefix}Uniqueid", ""))
        if known is not None:
            known.update({name: fields[prefix + name] for name in CHANNEL_FIELDS if prefix + name in fields})
            if not prefix and "Application" in fields:
                known["Application"], known["ApplicationData"] = fields["Application"], fields["AppData"]

    def _new_channel(self, fields: Fields, now: float) -> None:
        self._channels[fields["Uniqueid"]] = {"Application": "AppDial", "ApplicationData": "(Outgoing Line)"}
        self._began[fields["Uniqueid"]] = now

    def _hangup(self, fields: Fields, _now: float) -> None:
        for known in (self._channels, self._began, self._bridges, self._waiting):
            known.pop(fields["Uniqueid"], None)

    def _enter(self, fields: Fields, _now: float) -> None:
        self._bridges[fields["Uniqueid"]] = fields["BridgeUniqueid"]

    def _leave(self, fields: Fields, _now: float) -> None:
        if self._bridges.get(fields["Uniqueid"]) == fields["BridgeUniqueid"]:
            del self._bridges[fields["Uniqueid"]]

    def _join(self, fields: Fields, now: float) -> None:
        self._waiting[fields["Uniqueid"]] = fields["Queue"], now

    def _leave_queue(self, fields: Fields, _now: float) -> None:
        self._waiting.pop(fields["Uniqueid"], None)

    def _member(self, fields: Fields, _now: float) -> None:
        self._members[fields["Queue"], fields["Interface"]] = fields

    def _member_removed(self, fields: Fields, _now: float) -> None:
        self._members.pop((fields["Queue"], fields["Interface"]), None)

    def _device_state(self, fields: Fields, _now: float) -> None:
        self._devices[fields["Device"]] = fields["State"]

    def channels(self, now: float) -> Iterator[Item]:
        """For CoreShowChannels; `now` in seconds since 1970."""
        for uniqueid, fields in self._channels.items():
            minutes, seconds = divmod(int(now - self._began[uniqueid]), 60)
            hours, minutes = divmod(minutes, 60)
            yield (
                "CoreShowChannel",
                {
                    **{name: fields[name] for name in CHANNEL_FIELDS},
                    "Application": fields["Application"],
                    "ApplicationData": fields["ApplicationData"],
                    "Duration": f"{hours:02}:{minutes:02}:{seconds:02}",
                    "BridgeId": self._bridges.get(uniqueid, ""),
                },
            )

    def bridges(self, _now: float) -> Iterator[Item]:
        """For BridgeList."""
        for bridge in dict.fromkeys(self._bridges.values()):
            number = sum(one == bridge for one in self._bridges.values())
            yield (
                "BridgeListItem",
                {
                    "BridgeUniqueid": bridge,
                    "BridgeType": "basic",
                    "BridgeTechnology": "simple_bridge",
                    "BridgeCreator": "<unknown>",
                    "BridgeName": "<unknown>",
                    "BridgeNumChannels": str(number),
                    "BridgeVideoSourceMode": "none",
                },
            )

    def device_states(self, _now: float) -> Iterator[Item]:
        """For DeviceStateList: every telephone, and what do-not-disturb has set."""
        devices = {f"PJSIP/{person.extension}": "NOT_INUSE" for person in self._company.persons}
        for device, state in {**devices, **self._devices}.items():
            yield "DeviceStateChange", {"Device": device, "State": state}

    def queues(self, now: float) -> Iterator[Item]:
        """For QueueStatus: each queue, its members, its callers."""
        for queue in self._company.queues:
            callers = [
                (uniqueid, since) for uniqueid, (name, since) in self._waiting.items() if name == queue.name
            ]
            yield "QueueParams", _parameters(queue, len(callers))
            for (name, interface), fields in self._members.items():
                if name == queue.name:
                    yield "QueueMember", _member(fields, interface)
            for position, (uniqueid, since) in enumerate(callers, 1):
                yield "QueueEntry", self._entry(queue.name, position, uniqueid, now - since)

    def _entry(self, queue: str, position: int, uniqueid: str, waited: float) -> Fields:
        channel = self._channels[uniqueid]
        return {
            "Queue": queue,
            "Position": str(position),
            "Channel": channel["Channel"],
            "Uniqueid": uniqueid,
            "CallerIDNum": channel["CallerIDNum"],
            "CallerIDName": channel["CallerIDName"],
            "ConnectedLineNum": channel["ConnectedLineNum"],
            "ConnectedLineName": channel["ConnectedLineName"],
            "Wait": str(int(waited)),
            "Priority": "0",
        }


def _parameters(queue: Queue, calls: int) -> Fields:
    return {
        "Queue": queue.name,
        "Max": "0",
        "Strategy": "leastrecent",
        "Calls": str(calls),
        "Holdtime": "0",
        "TalkTime": "0",
        "Completed": "0",
        "Abandoned": "0",
        "ServiceLevel": "20",
        "ServicelevelPerf": "0.0",
        "ServicelevelPerf2": "0.0",
        "Weight": "0",
    }


def _member(fields: Fields, interface: str) -> Fields:
    same = ("StateInterface", "Membership", "Penalty", "CallsTaken", "LastCall", "LastPause", "LoginTime")
    also = ("InCall", "Status", "Paused", "PausedReason", "Wrapuptime")
    return {
        "Queue": fields["Queue"],
        "Name": fields["MemberName"],
        "Location": interface,
        **{name: fields[name] for name in (*same, *also)},
    }
