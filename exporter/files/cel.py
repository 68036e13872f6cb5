"""Channel event logging (CEL) as cel_custom writes it with the columns of Asterisk's sample configuration.

It knows every channel, bridge and transfer, but no queue, no hold and no state of devices. Field meanings:
Asterisk's CEL specification and `main/cel.c`.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from exporter.asterisk.ami_call_events import HANGUP_CAUSE, SPECIAL_EXTENSIONS, TREATMENTS
from exporter.asterisk.channel_name import parse_channel
from exporter.files.lines import LineError, Record, pieces
from exporter.files.reading import Piece, from_epoch
from store.vocabulary import DeviceKind, EventKind, TransferKind

SOURCE = "cel"

COLUMNS = (
    "eventtype", "eventtime", "cid_name", "cid_num", "cid_ani", "cid_rdnis", "cid_dnid", "exten", "context",
    "channame", "appname", "appdata", "amaflags", "accountcode", "uniqueid", "linkedid", "bridgepeer",
    "userfield", "userdeftype", "eventextra",
)  # fmt: skip

OUTGOING_APPLICATIONS = frozenset({"AppDial", "AppQueue"})
"""What Asterisk says a channel does that was called by another."""

Row = Mapping[str, str]
Extra = Mapping[str, Any]
Said = list[dict[str, Any]]


def read_cel(path: Path) -> Iterator[Piece]:
    """The events of a CEL file; see `exporter.files.lines.pieces`."""
    return pieces(path, SOURCE, read_line)


def read_line(line: str) -> Record | None:
    """What one line says.

    Raises:
        LineError: it is no CEL record.
    """
    values = next(csv.reader([line]))
    if len(values) != len(COLUMNS):
        raise LineError(f"{len(values)} columns instead of {len(COLUMNS)}")
    row = dict(zip(COLUMNS, values, strict=True))
    if not row["uniqueid"]:
        raise LineError("no uniqueid")
    at = from_epoch(row["eventtime"])
    if at is None:
        raise LineError(f'eventtime "{row["eventtime"]}" is not in seconds since 1970')
    said = _TYPES.get(row["eventtype"], _nothing)(row, _extra(row["eventextra"]))
    return (at, said) if said else None


def _extra(text: str) -> Extra:
    if not text:
        return {}
    try:
        extra = json.loads(text)
    except ValueError as error:
        raise LineError("eventextra is not JSON") from error
    return extra if isinstance(extra, dict) else {}


def _party(row: Row) -> dict[str, Any]:
    device, kind = parse_channel(row["channame"])
    return {
        "call": row["linkedid"],
        "connection": row["uniqueid"],
        "device": device,
        "device_kind": kind,
    }


def _linked(extra: Extra, prefix: str, peer: str) -> Said:
    """That a channel which is named in another's record belongs with it."""
    connection = str(extra.get(f"{prefix}_uniqueid", ""))
    if not connection or connection == peer:
        return []
    device, kind = parse_channel(str(extra.get(f"{prefix}_name", "")))
    linked = {"kind": EventKind.LINKED, "connection": connection, "peer": peer}
    return [{**linked, "device": device, "device_kind": kind}]


def _nothing(_row: Row, _extra: Extra) -> Said:
    return []


def _started(row: Row, _extra: Extra) -> Said:
    """A telephone or trunk that is called begins at "s"; one that calls, at what it dialled."""
    who = _party(row)
    is_endpoint = who["device_kind"] is DeviceKind.ENDPOINT
    dialled = "" if row["exten"] in SPECIAL_EXTENSIONS or not is_endpoint else row["exten"]
    number = {"number": row["cid_num"], "name": row["cid_name"]}
    originated = {"kind": EventKind.ORIGINATED, **who, **number, "dialled": dialled}
    if is_endpoint and row["exten"] == "s":
        return [originated, {"kind": EventKind.DELIVERED, **who, **number}]
    return [originated]


def _answered(row: Row, extra: Extra) -> Said:
    """Only a called channel was answered by its device; others were answered by the PBX."""
    if row["appname"] in OUTGOING_APPLICATIONS:
        return [{"kind": EventKind.ESTABLISHED, **_party(row)}]
    return _treated(row, extra)


def _treated(row: Row, _extra: Extra) -> Said:
    treatment = TREATMENTS.get(row["appname"])
    if treatment is None:
        return []
    return [{"kind": EventKind.TREATED, **_party(row), "cause": treatment, "number": row["exten"]}]


def _hung_up(row: Row, extra: Extra) -> Said:
    cleared = {
        "kind": EventKind.CLEARED,
        **_party(row),
        "cause": HANGUP_CAUSE.get(str(extra.get("hangupcause", "")), ""),
    }
    if extra.get("hangupsource") == row["channame"]:
        return [{"kind": EventKind.RELEASE_REQUESTED, **_party(row)}, cleared]
    return [cleared]


def _bridge_step(kind: EventKind) -> Callable[[Row, Extra], Said]:
    def step(row: Row, extra: Extra) -> Said:
        # Who is parked, or waits with music, is in a bridge as well: no conversation.
        if extra.get("bridge_technology") == "holding_bridge":
            return []
        return [{"kind": kind, **_party(row), "bridge": str(extra.get("bridge_id", ""))}]

    return step


def _blind_transfer(row: Row, extra: Extra) -> Said:
    who = _party(row)
    transferred = {
        "kind": EventKind.TRANSFERRED,
        **who,
        "peer": str(extra.get("transferee_channel_uniqueid", "")),
        "number": str(extra.get("extension", "")),
        "cause": TransferKind.SINGLE_STEP,
    }
    return [transferred, *_linked(extra, "transferee_channel", who["connection"])]


def _attended_transfer(row: Row, extra: Extra) -> Said:
    who = _party(row)
    transferred = {
        "kind": EventKind.TRANSFERRED,
        **who,
        "peer": str(extra.get("channel2_uniqueid", "")),
        "cause": TransferKind.CONSULTATION,
    }
    others = ("channel2", "transferee_channel", "transfer_target_channel")
    return [transferred, *(event for prefix in others for event in _linked(extra, prefix, who["connection"]))]


def _picked_up(row: Row, extra: Extra) -> Said:
    """The record is of the channel that rang; `extra` names who took it."""
    device, kind = parse_channel(str(extra.get("pickup_channel", "")))
    picker = {
        "call": row["linkedid"],
        "connection": str(extra.get("pickup_channel_uniqueid", "")),
        "device": device,
        "device_kind": kind,
    }
    return [{"kind": EventKind.PICKED_UP, **picker, "peer": row["uniqueid"]}] if picker["connection"] else []


def _simply(kind: EventKind) -> Callable[[Row, Extra], Said]:
    return lambda row, _extra: [{"kind": kind, **_party(row)}]


def _halves(row: Row, extra: Extra) -> Said:
    second = str(extra.get("local_two_uniqueid", ""))
    return [{"kind": EventKind.LINKED, **_party(row), "peer": second}] if second else []


_TYPES: Mapping[str, Callable[[Row, Extra], Said]] = {
    "CHAN_START": _started,
    "ANSWER": _answered,
    "APP_START": _treated,
    "STREAM_BEGIN": _treated,
    # CHAN_END follows HANGUP at once and says nothing more.
    "HANGUP": _hung_up,
    "BRIDGE_ENTER": _bridge_step(EventKind.BRIDGED),
    "BRIDGE_EXIT": _bridge_step(EventKind.UNBRIDGED),
    "BLINDTRANSFER": _blind_transfer,
    "ATTENDEDTRANSFER": _attended_transfer,
    "PICKUP": _picked_up,
    "PARK_START": _simply(EventKind.PARKED),
    "PARK_END": _simply(EventKind.UNPARKED),
    "LOCAL_OPTIMIZE_BEGIN": _halves,
}
