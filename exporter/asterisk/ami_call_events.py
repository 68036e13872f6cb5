"""AMI events about channels: arriving, ringing, answering, bridging, holding, transferring, ending."""

from collections.abc import Mapping
from typing import Any

from exporter.asterisk.translation import NOTHING, Fields, Said, Translation, linked, party, text
from store.vocabulary import (
    DeviceKind,
    DeviceState,
    EventKind,
    QueueLeaveCause,
    ReleaseCause,
    TransferKind,
    Treatment,
)

CHANNEL_STATE_RING = "4"
"""A channel on which somebody calls the PBX; a called one begins as Down (0)."""

SPECIAL_EXTENSIONS = frozenset({"", "s", "i", "t", "h", "a", "o", "e", "T"})
"""Places in a dialplan that nobody dials."""

DIAL_STATUS = {
    "NOANSWER": ReleaseCause.NO_ANSWER,
    "BUSY": ReleaseCause.BUSY,
    "CANCEL": ReleaseCause.CANCELLED,
    "CHANUNAVAIL": ReleaseCause.UNAVAILABLE,
    "CONGESTION": ReleaseCause.CONGESTION,
}
"""Others (ABORT, CONTINUE, GOTO) mean that the dialled party did not take the call: ABORTED."""

HANGUP_CAUSE = {
    "1": ReleaseCause.UNAVAILABLE,
    "2": ReleaseCause.UNAVAILABLE,
    "3": ReleaseCause.UNAVAILABLE,
    "17": ReleaseCause.BUSY,
    "18": ReleaseCause.NO_ANSWER,
    "19": ReleaseCause.NO_ANSWER,
    "20": ReleaseCause.UNAVAILABLE,
    "21": ReleaseCause.DECLINED,
    "22": ReleaseCause.UNAVAILABLE,
    "26": ReleaseCause.ANSWERED_ELSEWHERE,
    "27": ReleaseCause.UNAVAILABLE,
    "28": ReleaseCause.UNAVAILABLE,
    "34": ReleaseCause.CONGESTION,
    "38": ReleaseCause.CONGESTION,
    "41": ReleaseCause.CONGESTION,
    "42": ReleaseCause.CONGESTION,
    "44": ReleaseCause.CONGESTION,
}
"""ITU-T Q.850 causes that tell why a called channel was not answered; the others tell nothing."""

QUEUE_STATUS = {
    "TIMEOUT": (EventKind.QUEUE_LEFT, QueueLeaveCause.TIMED_OUT),
    "LEAVEEMPTY": (EventKind.QUEUE_LEFT, QueueLeaveCause.EMPTY),
    "LEAVEUNAVAIL": (EventKind.QUEUE_LEFT, QueueLeaveCause.EMPTY),
    "WITHDRAW": (EventKind.QUEUE_LEFT, QueueLeaveCause.WITHDRAWN),
    "CONTINUE": (EventKind.QUEUE_LEFT, QueueLeaveCause.ANSWERED),
    "FULL": (EventKind.QUEUE_REFUSED, QueueLeaveCause.FULL),
    "JOINEMPTY": (EventKind.QUEUE_REFUSED, QueueLeaveCause.EMPTY),
    "JOINUNAVAIL": (EventKind.QUEUE_REFUSED, QueueLeaveCause.EMPTY),
}
"""The variable QUEUESTATUS, which Queue() sets on the caller's channel when it gives the caller back."""

TREATMENTS = {
    **dict.fromkeys(("VoiceMail", "MiniVM"), Treatment.VOICEMAIL),
    **dict.fromkeys(("Playback", "ControlPlayback", "Festival", "Echo"), Treatment.ANNOUNCEMENT),
    **dict.fromkeys(("BackGround", "Background", "WaitExten", "Read", "Directory"), Treatment.MENU),
    **dict.fromkeys(("MusicOnHold",), Treatment.MUSIC),
    **dict.fromkeys(
        ("VoiceMailMain", "AddQueueMember", "RemoveQueueMember", "PauseQueueMember", "UnpauseQueueMember",
         "AgentLogin", "Record"),
        Treatment.FEATURE,
    ),
}  # fmt: skip
"""Dialplan applications by which the PBX itself deals with the caller."""

DEVICE_STATE_OF_CHANNEL = {"5": DeviceState.RINGING, "6": DeviceState.BUSY}

OUTGOING_LINES = frozenset({"AppDial", "AppQueue", "AppDial2"})
"""What a channel that the PBX itself rings seems to do in the dialplan."""

_OUTGOING = frozenset(name.encode() for name in OUTGOING_LINES)
_APPLICATIONS = frozenset(name.encode() for name in (*TREATMENTS, "Queue"))
_APPLICATION = b"\r\nApplication: "


def is_wanted_variable(block: bytes) -> bool:
    return b"\r\nVariable: QUEUESTATUS\r\n" in block or b"FROM_DID\r\n" in block


def is_wanted_dialplan_step(block: bytes) -> bool:
    start = block.find(_APPLICATION) + len(_APPLICATION)
    application = block[start:].partition(b"\r\n")[0]
    if application in _APPLICATIONS:
        return True
    return b"\r\nPriority: 1\r\n" in block and application not in _OUTGOING


def originated(fields: Fields) -> Said:
    """Newchannel. `Exten` of a channel that calls the PBX is what was dialled."""
    incoming = fields.get("ChannelState") == CHANNEL_STATE_RING
    return (
        {
            "kind": EventKind.ORIGINATED,
            **party(fields),
            "number": text(fields, "CallerIDNum"),
            "name": text(fields, "CallerIDName"),
            "dialled": _dialled(fields.get("Exten", "")) if incoming else "",
        },
    )


def _dialled(extension: str) -> str:
    return "" if extension in SPECIAL_EXTENSIONS else extension


def delivered(fields: Fields) -> Said:
    """DialBegin: the moment from which the device is asked to ring."""
    return (
        {
            "kind": EventKind.DELIVERED,
            **party(fields, "Dest"),
            "peer": fields.get("Uniqueid", ""),
            "number": text(fields, "DestCallerIDNum"),
            "name": text(fields, "DestCallerIDName"),
            "dialled": dial_string_number(fields.get("DialString", "")),
        },
    )


def dial_string_number(dial_string: str) -> str:
    """ "+31612345678@trunk", "trunk/sip:0612345678@host" and "g0/0612345678" without what leads there."""
    return dial_string.rpartition("/")[2].partition("@")[0].removeprefix("sip:")


def dial_ended(fields: Fields) -> Said:
    """DialEnd: answered or not; comes twice for an agent who did not answer, of which the first tells why."""
    rung = {**party(fields, "Dest"), "peer": fields.get("Uniqueid", "")}
    status = fields.get("DialStatus", "")
    if status == "ANSWER":
        return ({"kind": EventKind.ESTABLISHED, **rung},)
    forward = fields.get("Forward", "")
    if forward:
        return ({"kind": EventKind.DIVERTED, **rung, "number": dial_string_number(forward)},)
    return ({"kind": EventKind.FAILED, **rung, "cause": DIAL_STATUS.get(status, ReleaseCause.ABORTED)},)


def bridged(fields: Fields) -> Said:
    return _bridge_step(fields, EventKind.BRIDGED)


def unbridged(fields: Fields) -> Said:
    return _bridge_step(fields, EventKind.UNBRIDGED)


def _bridge_step(fields: Fields, kind: EventKind) -> Said:
    # Who is parked, or waits with music, is in a bridge as well: no conversation.
    if fields.get("BridgeTechnology") == "holding_bridge":
        return NOTHING
    return ({"kind": kind, **party(fields), "bridge": fields.get("BridgeUniqueid", "")},)


def held(fields: Fields) -> Said:
    return ({"kind": EventKind.HELD, **party(fields)},)


def retrieved(fields: Fields) -> Said:
    """Unhold; also comes for a channel that never held, when it transfers."""
    return ({"kind": EventKind.RETRIEVED, **party(fields)},)


def release_requested(fields: Fields) -> Said:
    return ({"kind": EventKind.RELEASE_REQUESTED, **party(fields)},)


def cleared(fields: Fields) -> Said:
    return (
        {"kind": EventKind.CLEARED, **party(fields), "cause": HANGUP_CAUSE.get(fields.get("Cause", ""), "")},
    )


def identified(fields: Fields) -> Said:
    """NewCallerid, the only event that tells the presentation: codes 32 to 35 forbid it (Q.951)."""
    who = party(fields)
    code = fields.get("CID-CallingPres", "").partition(" ")[0]
    withheld = code.isdigit() and int(code) & 0x60 == 0x20
    if who["device_kind"] is DeviceKind.VIRTUAL and not withheld:
        return NOTHING
    return (
        {
            "kind": EventKind.IDENTIFIED,
            **who,
            "number": text(fields, "CallerIDNum"),
            "name": text(fields, "CallerIDName"),
            "withheld": withheld,
        },
    )


def variable_set(fields: Fields) -> Said:
    """VarSet: how a queue gave its caller back, and the line called where something else was dialled."""
    name, value = fields.get("Variable", ""), fields.get("Value", "")
    if name == "QUEUESTATUS" and value in QUEUE_STATUS:
        kind, cause = QUEUE_STATUS[value]
        return ({"kind": kind, **party(fields), "cause": cause},)
    from_did = name in ("FROM_DID", "__FROM_DID", "_FROM_DID")
    if from_did and fields.get("ChannelState") != "0" and value not in ("", fields.get("Exten")):
        who = party(fields)
        if who["device_kind"] is DeviceKind.ENDPOINT:
            return ({"kind": EventKind.IDENTIFIED, **who, "dialled": value},)
    return NOTHING


def dialplan_step(fields: Fields) -> Said:
    """Newexten: where a caller goes in the dialplan, if that is a number or something that deals with him."""
    application = fields.get("Application", "")
    extension = fields.get("Extension", "")
    step = {"kind": EventKind.TREATED, **party(fields)}
    treatment = TREATMENTS.get(application)
    if treatment is not None:
        return ({**step, "cause": treatment, "number": extension},)
    if application == "Queue":
        queue = fields.get("AppData", "").partition(",")[0]
        return ({**step, "cause": Treatment.ROUTED, "number": extension, "queue": queue},)
    if fields.get("Priority") == "1" and application not in OUTGOING_LINES and _is_number(extension):
        return ({**step, "cause": Treatment.ROUTED, "number": extension},)
    return NOTHING


def _is_number(extension: str) -> bool:
    digits = extension.lstrip("+*#")
    return digits.isascii() and digits.isdigit()


def blind_transfer(fields: Fields) -> Said:
    if fields.get("Result") != "Success":
        return NOTHING
    transferer = party(fields, "Transferer")
    step: dict[str, Any] = {
        "kind": EventKind.TRANSFERRED,
        **transferer,
        "peer": fields.get("TransfereeUniqueid", ""),
        "number": fields.get("Extension", ""),
        "cause": TransferKind.SINGLE_STEP,
    }
    return (step, *linked(fields, "Transferee", transferer["connection"]))


def attended_transfer(fields: Fields) -> Said:
    """AttendedTransfer: its two halves may have call identities of their own; in a Threeway nobody leaves."""
    if fields.get("Result") != "Success":
        return NOTHING
    transferer = party(fields, "OrigTransferer")
    conference = fields.get("DestType") == "Threeway"
    step: dict[str, Any] = {
        "kind": EventKind.CONFERENCED if conference else EventKind.TRANSFERRED,
        **transferer,
        "peer": fields.get("SecondTransfererUniqueid", ""),
        "cause": "" if conference else TransferKind.CONSULTATION,
    }
    others = ("SecondTransferer", "Transferee", "TransferTarget")
    return (step, *(event for prefix in others for event in linked(fields, prefix, transferer["connection"])))


def halves_linked(fields: Fields) -> Said:
    """LocalBridge: the two halves of a local channel."""
    return linked(fields, "LocalOne", fields.get("LocalTwoUniqueid", ""))


def picked_up(fields: Fields) -> Said:
    picker = party(fields)
    step: dict[str, Any] = {"kind": EventKind.PICKED_UP, **picker, "peer": fields.get("TargetUniqueid", "")}
    return (step, *linked(fields, "Target", picker["connection"]))


def parked(fields: Fields) -> Said:
    return ({"kind": EventKind.PARKED, **party(fields, "Parkee")},)


def unparked(fields: Fields) -> Said:
    """UnParkedCall, and the ends of parking that nobody asked for."""
    parkee = party(fields, "Parkee")
    step: dict[str, Any] = {
        "kind": EventKind.UNPARKED,
        **parkee,
        "peer": fields.get("RetrieverUniqueid", ""),
    }
    return (step, *linked(fields, "Retriever", parkee["connection"]))


def observed(fields: Fields) -> Said:
    """CoreShowChannel, an item of a snapshot; `Duration` is hours:minutes:seconds since the channel began."""
    who = party(fields)
    step: dict[str, Any] = {
        "kind": EventKind.OBSERVED,
        **who,
        "number": text(fields, "CallerIDNum"),
        "name": text(fields, "CallerIDName"),
        "seconds": _clock(fields.get("Duration", "")),
        "cause": DEVICE_STATE_OF_CHANNEL.get(fields.get("ChannelState", ""), DeviceState.UNKNOWN),
    }
    bridge = fields.get("BridgeId", "")
    return (step, {"kind": EventKind.BRIDGED, **who, "bridge": bridge}) if bridge else (step,)


def _clock(duration: str) -> float | None:
    try:
        hours, minutes, seconds = duration.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        return None


def snapshot_completed(_fields: Fields) -> Said:
    return ({"kind": EventKind.SNAPSHOT_COMPLETED},)


CALL_EVENTS: Mapping[str, Translation] = {
    "Newchannel": originated,
    "DialBegin": delivered,
    "DialEnd": dial_ended,
    "BridgeEnter": bridged,
    "BridgeLeave": unbridged,
    "Hold": held,
    "Unhold": retrieved,
    "HangupRequest": release_requested,
    "Hangup": cleared,
    "NewCallerid": identified,
    "VarSet": variable_set,
    "Newexten": dialplan_step,
    "BlindTransfer": blind_transfer,
    "AttendedTransfer": attended_transfer,
    "LocalBridge": halves_linked,
    "Pickup": picked_up,
    "ParkedCall": parked,
    "UnParkedCall": unparked,
    "ParkedCallTimeOut": unparked,
    "ParkedCallGiveUp": unparked,
    "CoreShowChannel": observed,
    "CoreShowChannelsComplete": snapshot_completed,
}
