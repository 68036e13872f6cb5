"""Call detail records (CDR) as cdr_csv writes them: the weakest source, for times that no other covers.

A record proves that a channel lived from `start` to `end`, that it called the other one, and whether and when
the two talked. It does not tell what was dialled, who waited in which queue, or who hung up. Field meanings:
Asterisk's CDR specification.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from exporter.asterisk.ami_call_events import dial_string_number
from exporter.asterisk.channel_name import parse_channel
from exporter.files.lines import LineError, Record, pieces
from exporter.files.reading import Piece
from store.vocabulary import EventKind, ReleaseCause

SOURCE = "cdr"

COLUMNS = (
    "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start",
    "answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield", "peeraccount",
    "linkedid", "sequence",
)  # fmt: skip
FEWEST_COLUMNS = COLUMNS.index("uniqueid") + 1

DISPOSITIONS = {
    "NO ANSWER": ReleaseCause.NO_ANSWER,
    "BUSY": ReleaseCause.BUSY,
    "CONGESTION": ReleaseCause.CONGESTION,
    "FAILED": ReleaseCause.UNAVAILABLE,
}


def read_cdr(path: Path, zone: ZoneInfo) -> Iterator[Piece]:
    """The events of a CDR file; see `exporter.files.lines.pieces`.

    Args:
        path: the file.
        zone: in which its times are: the PBX's own, or UTC with `usegmtime=yes` in cdr.conf.
    """
    return pieces(path, SOURCE, lambda line: read_line(line, zone))


def read_line(line: str, zone: ZoneInfo) -> Record | None:
    """What one line says.

    Raises:
        LineError: it is no CDR, or lacks the unique id (loguniqueid=yes in cdr.conf).
    """
    values = next(csv.reader([line]))
    if not FEWEST_COLUMNS <= len(values) <= len(COLUMNS):
        raise LineError(f"{len(values)} columns instead of {FEWEST_COLUMNS} to {len(COLUMNS)}")
    row = dict.fromkeys(COLUMNS, "") | dict(zip(COLUMNS, values, strict=False))
    if not row["uniqueid"]:
        raise LineError("no uniqueid: set loguniqueid=yes in cdr.conf")
    start = _time(row["start"], zone, _created(row["uniqueid"]))
    end = _time(row["end"], zone, start)
    answer = _time(row["answer"], zone, start) if row["answer"] else None
    lasted = (end - start).total_seconds()
    return end, _said(row, lasted, (end - answer).total_seconds() if answer else None)


def _created(uniqueid: str) -> datetime | None:
    """A unique id is [system-]seconds.number: when its channel was made."""
    seconds = uniqueid.rpartition("-")[2].partition(".")[0]
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() and len(seconds) < 12 else None


def _time(text: str, zone: ZoneInfo, not_before: datetime | None) -> datetime:
    """UTC. In the hour that comes twice in autumn, the first that is not before `not_before`."""
    try:
        local = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
    except ValueError as error:
        raise LineError(f'time "{text}" is not like 2026-10-25 02:30:00') from error
    first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return second if not_before is not None and first < not_before else first


def _said(row: dict[str, str], lasted: float, talked: float | None) -> list[dict[str, Any]]:
    """Durations are in seconds, up to the end of the record."""
    caller_device, caller_kind = parse_channel(row["channel"])
    call = row["linkedid"] or row["uniqueid"]
    caller = {
        "call": call,
        "connection": row["uniqueid"],
        "device": caller_device,
        "device_kind": caller_kind,
    }
    said: list[dict[str, Any]] = [
        {"kind": EventKind.ORIGINATED, **caller, "number": row["src"], "ago": lasted}
    ]
    if row["dstchannel"]:
        said += _called(row, caller, lasted, talked)
    return [*said, {"kind": EventKind.CLEARED, **caller}]


def _called(
    row: dict[str, str], caller: dict[str, Any], lasted: float, talked: float | None
) -> list[dict[str, Any]]:
    """The other channel, which the record knows by its name alone."""
    device, kind = parse_channel(row["dstchannel"])
    called = {
        "call": caller["call"],
        "connection": f"{row['dstchannel']}@{row['uniqueid']}",
        "device": device,
        "device_kind": kind,
    }
    peer = {"peer": caller["connection"]}
    dial_string = row["lastdata"].partition(",")[0] if row["lastapp"] == "Dial" else ""
    # Of several that were dialled at once the record does not tell which this one is.
    dialled = "" if "&" in dial_string else dial_string_number(dial_string)
    said: list[dict[str, Any]] = [
        {"kind": EventKind.ORIGINATED, **called, "ago": lasted},
        {"kind": EventKind.DELIVERED, **called, **peer, "dialled": dialled, "ago": lasted},
    ]
    if row["disposition"] == "ANSWERED" and talked is not None:
        bridge = {"bridge": f"{row['uniqueid']}/{row['sequence']}"}
        said += [
            {"kind": EventKind.ESTABLISHED, **called, **peer, "ago": talked},
            {"kind": EventKind.BRIDGED, **called, **bridge, "ago": talked},
            {"kind": EventKind.BRIDGED, **caller, **bridge, "ago": talked},
            {"kind": EventKind.UNBRIDGED, **called, **bridge},
            {"kind": EventKind.UNBRIDGED, **caller, **bridge},
        ]
    else:
        cause = DISPOSITIONS.get(row["disposition"], ReleaseCause.NO_ANSWER)
        said.append({"kind": EventKind.FAILED, **called, **peer, "cause": cause})
    return [*said, {"kind": EventKind.CLEARED, **called}]
