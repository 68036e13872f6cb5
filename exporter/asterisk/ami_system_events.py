"""AMI events about devices and the PBX as a whole."""

from collections.abc import Mapping

from exporter.asterisk.channel_name import member_device, parse_channel
from exporter.asterisk.translation import NOTHING, Fields, Said, Translation, number
from store.vocabulary import DeviceState, EventKind

DEVICE_STATES = {
    "NOT_INUSE": DeviceState.IDLE,
    "INUSE": DeviceState.BUSY,
    "BUSY": DeviceState.BUSY,
    "RINGING": DeviceState.RINGING,
    "RINGINUSE": DeviceState.RINGING,
    "ONHOLD": DeviceState.HELD,
    "UNAVAILABLE": DeviceState.UNAVAILABLE,
    "INVALID": DeviceState.UNAVAILABLE,
    "UNKNOWN": DeviceState.UNKNOWN,
}

DO_NOT_DISTURB = "Custom:DND"
"""The device state that FreePBX's do-not-disturb keeps per extension: on is BUSY, and only that."""


def device_state_changed(fields: Fields) -> Said:
    """DeviceStateChange, live or as an item of a snapshot."""
    device, state = fields.get("Device", ""), fields.get("State", "")
    if device.startswith(DO_NOT_DISTURB):
        kind = EventKind.DO_NOT_DISTURB_ON if state == "BUSY" else EventKind.DO_NOT_DISTURB_OFF
        return ({"kind": kind, "device": device.removeprefix(DO_NOT_DISTURB)},)
    technology, separator, _ = device.partition("/")
    # "Queue:sales", "Custom:…" and local channels have states as well, but are no devices.
    if not separator or technology == "Local" or ":" in technology:
        return NOTHING
    return (
        {
            "kind": EventKind.DEVICE_STATE,
            "device": member_device(device),
            "cause": DEVICE_STATES.get(state, DeviceState.UNKNOWN),
        },
    )


def line_do_not_disturb(fields: Fields) -> Said:
    """DNDState, of analogue lines."""
    on = fields.get("Status", "").lower() == "enabled"
    kind = EventKind.DO_NOT_DISTURB_ON if on else EventKind.DO_NOT_DISTURB_OFF
    return ({"kind": kind, "device": parse_channel(fields.get("Channel", ""))[0]},)


def system_started(fields: Fields) -> Said:
    """FullyBooted, which follows every login: `Uptime` is in whole seconds, cut off."""
    uptime = number(fields, "Uptime")
    if uptime is None:
        return NOTHING
    return ({"kind": EventKind.SYSTEM_STARTED, "ago": uptime + 1},)


def system_stopped(_fields: Fields) -> Said:
    return ({"kind": EventKind.SYSTEM_STOPPED},)


SYSTEM_EVENTS: Mapping[str, Translation] = {
    "DeviceStateChange": device_state_changed,
    "DNDState": line_do_not_disturb,
    "FullyBooted": system_started,
    "Shutdown": system_stopped,
}
