"""What the translations of AMI events share: reading fields as Asterisk writes them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from exporter.asterisk.channel_name import parse_channel
from store.vocabulary import EventKind

Fields: TypeAlias = Mapping[str, str]
Said: TypeAlias = tuple[dict[str, Any], ...]
"""For each event that a message means its fields (of `Event`); "ago" is how many seconds earlier it was."""

Translation: TypeAlias = Callable[[Fields], Said]

NOTHING: Said = ()


def text(fields: Fields, key: str) -> str:
    """A value; Asterisk writes what it does not know as the literal "<unknown>"."""
    value = fields.get(key, "")
    return "" if value == "<unknown>" else value


def number(fields: Fields, key: str, scale: float = 1.0) -> float | None:
    """A duration in seconds; `scale` turns the field's unit into it. None when the field has no number."""
    try:
        return float(fields[key]) * scale
    except (KeyError, ValueError):
        return None


def party(fields: Fields, prefix: str = "") -> dict[str, Any]:
    """Call, connection and device of the channel whose fields carry `prefix` ("", "Dest", "Transferer")."""
    device, kind = parse_channel(fields.get(prefix + "Channel", ""))
    return {
        "call": fields.get(prefix + "Linkedid", ""),
        "connection": fields.get(prefix + "Uniqueid", ""),
        "device": device,
        "device_kind": kind,
    }


def linked(fields: Fields, prefix: str, peer: str) -> Said:
    """That the channel of `prefix`, which may have a call identity of its own, belongs with `peer`."""
    connection = fields.get(prefix + "Uniqueid", "")
    if not connection or not peer or connection == peer:
        return NOTHING

    return ({"kind": EventKind.LINKED, **party(fields, prefix), "peer": peer},)
