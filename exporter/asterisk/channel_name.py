"""Asterisk's names of channels and queue members: which device they stand for."""

from functools import lru_cache

from store.vocabulary import DeviceKind

SERVICE_TECHNOLOGIES = frozenset(
    {"Announcer", "ARI-Announcer", "Bridge", "CBAnn", "CBRec", "ConfBridgeRecorder", "Message", "Parking",
     "Recorder", "Snoop", "Surrogate", "UnicastRTP", "MulticastRTP"}
)  # fmt: skip
"""Channels of Asterisk itself, behind which nobody sits."""


@lru_cache(maxsize=16_384)
def parse_channel(channel: str) -> tuple[str, DeviceKind]:
    """Device and its kind of a channel name: "PJSIP/1001-0000000a" is ("1001", ENDPOINT).

    The name is technology/device-serial. A local channel's halves (";1" and ";2") are VIRTUAL; their device
    keeps the serial, so that two halves can be told from those of another.
    """
    name = channel.removeprefix("AsyncGoto/").removesuffix("<ZOMBIE>")
    technology, separator, rest = name.partition("/")
    if not separator:
        return "", DeviceKind.SERVICE if name else DeviceKind.ENDPOINT
    if technology == "Local":
        return rest.partition(";")[0], DeviceKind.VIRTUAL
    device = rest.rpartition("-")[0] or rest
    if technology in SERVICE_TECHNOLOGIES:
        return device, DeviceKind.SERVICE
    if technology == "DAHDI":
        # "DAHDI/i1/0201234567-2": a call on span 1; "DAHDI/3-1": line 3.
        device = device.partition("/")[0]
    return device, DeviceKind.ENDPOINT


@lru_cache(maxsize=4_096)
def member_device(interface: str) -> str:
    """Device of a queue member's interface: "PJSIP/1001" and "Local/1001@from-queue/n" are "1001"."""
    device = interface.partition("/")[2] or interface
    return device.partition("@")[0].partition("/")[0]
