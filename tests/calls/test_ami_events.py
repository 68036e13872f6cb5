"""What each AMI event means in the product's words; the messages are a real Asterisk's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from exporter.asterisk.ami_events import TRANSLATIONS, is_known, is_wanted, translate
from exporter.asterisk.ami_irrelevant_events import IRRELEVANT_EVENTS
from exporter.asterisk.ami_protocol import Message, MessageParser
from exporter.asterisk.channel_name import member_device, parse_channel
from store.event import Event
from store.vocabulary import (
    DeviceKind,
    DeviceState,
    EventKind,
    QueueLeaveCause,
    ReleaseCause,
    TransferKind,
    Treatment,
)
from tests.recordings import RUNS, events, messages, segments

RECEIVED_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CALLER = {
    "Channel": "PJSIP/trunk-0000000a",
    "ChannelState": "6",
    "CallerIDNum": "+31612345678",
    "CallerIDName": "<unknown>",
    "Exten": "400",
    "Uniqueid": "pbxb-1795.1",
    "Linkedid": "pbxb-1795.1",
}
PHONE = {"Channel": "PJSIP/1001-0000000b", "Uniqueid": "1795.2", "Linkedid": "1795.1"}


def message(name: str, **fields: str) -> bytes:
    lines = [f"Event: {name}", *(f"{key}: {value}" for key, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def prefixed(prefix: str, fields: dict[str, str]) -> dict[str, str]:
    return {prefix + key: value for key, value in fields.items()}


def translated(raw: bytes) -> tuple[Event, ...]:
    return tuple(
        event
        for found in MessageParser(is_wanted).feed(raw)
        if isinstance(found, Message)
        for event in translate(found, RECEIVED_AT, 7)
    )


def said(name: str, **fields: str) -> list[dict[str, Any]]:
    """The fields of the events that are not as they are by default, but for those that every event has."""
    empty = Event(kind=EventKind.LINKED, occurred_at=RECEIVED_AT)
    common = ("occurred_at", "sequence", "key", "raw")
    return [
        {
            name: value
            for name in Event.__struct_fields__
            if name not in common
            and ((value := getattr(event, name)) != getattr(empty, name) or name == "kind")
        }
        for event in translated(message(name, **fields))
    ]


@pytest.mark.parametrize(
    ("channel", "device", "kind"),
    [
        ("PJSIP/1001-0000000a", "1001", DeviceKind.ENDPOINT),
        ("SIP/provider-x-00000001", "provider-x", DeviceKind.ENDPOINT),
        ("IAX2/branch-1234", "branch", DeviceKind.ENDPOINT),
        ("DAHDI/i1/0201234567-2", "i1", DeviceKind.ENDPOINT),
        ("DAHDI/3-1", "3", DeviceKind.ENDPOINT),
        ("AsyncGoto/PJSIP/1001-0000000a<ZOMBIE>", "1001", DeviceKind.ENDPOINT),
        ("Local/1002@from-queue-00000001;1", "1002@from-queue-00000001", DeviceKind.VIRTUAL),
        ("Local/1002@from-queue-00000001;2", "1002@from-queue-00000001", DeviceKind.VIRTUAL),
        ("CBAnn/conf-00000001;1", "conf", DeviceKind.SERVICE),
        ("", "", DeviceKind.ENDPOINT),
    ],
)
def test_a_channel_name_tells_the_device(channel: str, device: str, kind: DeviceKind) -> None:
    assert parse_channel(channel) == (device, kind)


@pytest.mark.parametrize(
    "interface", ["PJSIP/1001", "Local/1001@from-queue/n", "SIP/1001", "Agent/1001", "1001"]
)
def test_a_members_interface_tells_the_device(interface: str) -> None:
    assert member_device(interface) == "1001"


def test_a_caller_arrives_with_what_he_dialled() -> None:
    assert said("Newchannel", **{**CALLER, "ChannelState": "4", "Exten": "+31201230001"}) == [
        {
            "kind": EventKind.ORIGINATED,
            "call": "pbxb-1795.1",
            "connection": "pbxb-1795.1",
            "device": "trunk",
            "number": "+31612345678",
            "dialled": "+31201230001",
        }
    ]


def test_a_telephone_that_is_called_dialled_nothing() -> None:
    (event,) = said("Newchannel", **PHONE, ChannelState="0", CallerIDNum="1001", Exten="s")
    assert "dialled" not in event


@pytest.mark.parametrize(
    ("dial_string", "dialled"),
    [
        ("1001", "1001"),
        ("+31612345678@trunk", "+31612345678"),
        ("trunk/sip:0612345678@192.0.2.1", "0612345678"),
        ("g0/0612345678", "0612345678"),
    ],
)
def test_ringing_names_who_rings_and_what_is_dialled(dial_string: str, dialled: str) -> None:
    (event,) = said("DialBegin", **CALLER, **prefixed("Dest", PHONE), DialString=dial_string)
    assert event == {
        "kind": EventKind.DELIVERED,
        "call": "1795.1",
        "connection": "1795.2",
        "peer": "pbxb-1795.1",
        "device": "1001",
        "dialled": dialled,
    }


@pytest.mark.parametrize(
    ("status", "kind", "cause"),
    [
        ("ANSWER", EventKind.ESTABLISHED, ""),
        ("NOANSWER", EventKind.FAILED, ReleaseCause.NO_ANSWER),
        ("BUSY", EventKind.FAILED, ReleaseCause.BUSY),
        ("CANCEL", EventKind.FAILED, ReleaseCause.CANCELLED),
        ("CHANUNAVAIL", EventKind.FAILED, ReleaseCause.UNAVAILABLE),
        ("CONGESTION", EventKind.FAILED, ReleaseCause.CONGESTION),
        ("ABORT", EventKind.FAILED, ReleaseCause.ABORTED),
        ("GOTO:lobby,s,1", EventKind.FAILED, ReleaseCause.ABORTED),
    ],
)
def test_ringing_ends_by_an_answer_or_for_a_reason(status: str, kind: EventKind, cause: str) -> None:
    (event,) = said("DialEnd", **CALLER, **prefixed("Dest", PHONE), DialStatus=status)
    assert (event["kind"], event.get("cause", "")) == (kind, cause)
    assert (event["connection"], event["peer"]) == ("1795.2", "pbxb-1795.1")


def test_a_telephone_that_forwards_diverts() -> None:
    (event,) = said(
        "DialEnd", **prefixed("Dest", PHONE), DialStatus="CANCEL", Forward="Local/1007@from-internal"
    )
    assert (event["kind"], event["number"]) == (EventKind.DIVERTED, "1007")


def test_being_parked_is_no_conversation() -> None:
    bridge = {**CALLER, "BridgeUniqueid": "b1"}
    assert said("BridgeEnter", **bridge, BridgeTechnology="holding_bridge") == []
    (event,) = said("BridgeEnter", **bridge, BridgeTechnology="simple_bridge")
    assert (event["kind"], event["bridge"]) == (EventKind.BRIDGED, "b1")


@pytest.mark.parametrize(
    ("code", "withheld"),
    [("0 (Presentation Allowed, Not Screened)", False), ("32 (Presentation Prohibited, Not Screened)", True)],
)
def test_the_presentation_tells_a_withheld_number(code: str, withheld: bool) -> None:
    (event,) = said("NewCallerid", **CALLER, **{"CID-CallingPres": code})
    assert event["kind"] is EventKind.IDENTIFIED
    assert event.get("withheld", False) is withheld


def test_a_channel_variable_tells_a_withheld_number_of_its_own_channel_only() -> None:
    pres = "CALLERID(pres)=prohib_not_screened"
    (event,) = said("Hangup", **CALLER, ChanVariable=pres)
    assert event["withheld"] is True
    (event,) = said("DialBegin", **CALLER, ChanVariable=pres, **prefixed("Dest", PHONE), DialString="1001")
    assert "withheld" not in event
    (event,) = said("Hangup", **CALLER, ChanVariable="CALLERID(pres)=allowed_not_screened")
    assert "withheld" not in event


@pytest.mark.parametrize(
    ("cause", "meaning"),
    [
        ("16", ""),
        ("17", ReleaseCause.BUSY),
        ("21", ReleaseCause.DECLINED),
        ("26", ReleaseCause.ANSWERED_ELSEWHERE),
    ],
)
def test_a_hang_up_tells_why_where_its_code_is_sure(cause: str, meaning: str) -> None:
    (event,) = said("Hangup", **PHONE, Cause=cause)
    assert (event["kind"], event.get("cause", "")) == (EventKind.CLEARED, meaning)


@pytest.mark.parametrize(
    ("status", "kind", "cause"),
    [
        ("TIMEOUT", EventKind.QUEUE_LEFT, QueueLeaveCause.TIMED_OUT),
        ("LEAVEEMPTY", EventKind.QUEUE_LEFT, QueueLeaveCause.EMPTY),
        ("JOINEMPTY", EventKind.QUEUE_REFUSED, QueueLeaveCause.EMPTY),
        ("FULL", EventKind.QUEUE_REFUSED, QueueLeaveCause.FULL),
    ],
)
def test_a_variable_tells_how_a_queue_gave_the_caller_back(status: str, kind: EventKind, cause: str) -> None:
    (event,) = said("VarSet", **CALLER, Variable="QUEUESTATUS", Value=status)
    assert (event["kind"], event["cause"]) == (kind, cause)


def test_other_variables_say_nothing() -> None:
    assert said("VarSet", **CALLER, Variable="DIALSTATUS", Value="BUSY") == []


def test_the_line_called_is_told_when_something_else_was_dialled() -> None:
    (event,) = said("VarSet", **CALLER, Variable="__FROM_DID", Value="+31201230001")
    assert (event["kind"], event["dialled"]) == (EventKind.IDENTIFIED, "+31201230001")
    assert said("VarSet", **CALLER, Variable="__FROM_DID", Value=CALLER["Exten"]) == []


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"Extension": "600", "Priority": "1", "Application": "Dial"}, (Treatment.ROUTED, "600", "")),
        (
            {"Extension": "400", "Priority": "2", "Application": "Queue", "AppData": "sales,tT,,,20"},
            (Treatment.ROUTED, "400", "sales"),
        ),
        (
            {"Extension": "1005", "Priority": "5", "Application": "VoiceMail"},
            (Treatment.VOICEMAIL, "1005", ""),
        ),
        (
            {"Extension": "402", "Priority": "3", "Application": "Playback"},
            (Treatment.ANNOUNCEMENT, "402", ""),
        ),
        ({"Extension": "s", "Priority": "4", "Application": "BackGround"}, (Treatment.MENU, "s", "")),
        (
            {"Extension": "*97", "Priority": "2", "Application": "VoiceMailMain"},
            (Treatment.FEATURE, "*97", ""),
        ),
    ],
)
def test_a_step_of_the_dialplan_tells_where_a_caller_goes(
    step: dict[str, str], expected: tuple[str, ...]
) -> None:
    (event,) = said("Newexten", **CALLER, **step)
    assert (event["cause"], event["number"], event.get("queue", "")) == expected


@pytest.mark.parametrize(
    "step",
    [
        {"Extension": "600", "Priority": "2", "Application": "Goto"},
        {"Extension": "s-BUSY", "Priority": "1", "Application": "Hangup"},
        {"Extension": "1001", "Priority": "1", "Application": "AppDial"},
    ],
)
def test_other_steps_of_the_dialplan_say_nothing(step: dict[str, str]) -> None:
    assert said("Newexten", **CALLER, **step) == []


def test_an_attended_transfer_ties_both_its_calls_together() -> None:
    other = {"Channel": "PJSIP/1001-0000000c", "Uniqueid": "1795.9", "Linkedid": "1795.9"}
    first, second, _transferee = said(
        "AttendedTransfer",
        Result="Success",
        **prefixed("OrigTransferer", PHONE),
        **prefixed("SecondTransferer", other),
        **prefixed("Transferee", CALLER),
    )
    assert first["kind"] is EventKind.TRANSFERRED
    assert first["cause"] is TransferKind.CONSULTATION
    assert (first["call"], first["connection"], first["peer"]) == ("1795.1", "1795.2", "1795.9")
    assert second["kind"] is EventKind.LINKED
    assert (second["call"], second["connection"], second["peer"]) == ("1795.9", "1795.9", "1795.2")


def test_a_transfer_that_failed_is_none() -> None:
    assert said("BlindTransfer", Result="Fail", **prefixed("Transferer", PHONE), Extension="1003") == []
    (event, _) = said(
        "BlindTransfer",
        Result="Success",
        **prefixed("Transferer", PHONE),
        **prefixed("Transferee", CALLER),
        Extension="1003",
    )
    assert (event["kind"], event["cause"], event["number"]) == (
        EventKind.TRANSFERRED,
        TransferKind.SINGLE_STEP,
        "1003",
    )


def test_a_snapshot_says_who_is_there_since_when() -> None:
    observed, bridged = said("CoreShowChannel", **PHONE, ChannelState="6", Duration="01:02:03", BridgeId="b1")
    assert (observed["kind"], observed["seconds"], observed["cause"]) == (
        EventKind.OBSERVED,
        3723.0,
        DeviceState.BUSY,
    )
    assert (bridged["kind"], bridged["bridge"]) == (EventKind.BRIDGED, "b1")
    assert said("CoreShowChannelsComplete", EventList="Complete") == [{"kind": EventKind.SNAPSHOT_COMPLETED}]


def test_a_caller_found_waiting_entered_as_long_ago_as_he_waits() -> None:
    (event,) = translated(message("QueueEntry", **CALLER, Queue="sales", Wait="15"))
    assert event.kind is EventKind.QUEUED
    assert event.occurred_at == RECEIVED_AT - timedelta(seconds=15)
    assert event.call == CALLER["Uniqueid"]


def test_the_ring_time_of_an_agent_who_did_not_answer_is_in_milliseconds() -> None:
    agent = {"Queue": "sales", "MemberName": "Alice Janssen", "Interface": "Local/1001@from-queue/n"}
    (event,) = said("AgentRingNoAnswer", **CALLER, **prefixed("Dest", PHONE), **agent, RingTime="6000")
    assert (event["kind"], event["seconds"]) == (EventKind.AGENT_REFUSED, 6.0)
    assert (event["agent"], event["device"], event["peer"]) == ("Alice Janssen", "1001", "1795.2")


def test_an_agents_completion_may_come_without_any_channel() -> None:
    (event,) = said("AgentComplete", Queue="sales", MemberName="Alice Janssen", TalkTime="9", Reason="caller")
    assert event == {
        "kind": EventKind.AGENT_COMPLETED,
        "queue": "sales",
        "agent": "Alice Janssen",
        "seconds": 9.0,
        "cause": "caller",
    }


@pytest.mark.parametrize(
    ("name", "paused", "kinds"),
    [
        ("QueueMemberAdded", "0", [EventKind.AGENT_LOGGED_ON]),
        ("QueueMemberAdded", "1", [EventKind.AGENT_LOGGED_ON, EventKind.AGENT_NOT_READY]),
        ("QueueMemberRemoved", "0", [EventKind.AGENT_LOGGED_OFF]),
        ("QueueMemberPause", "1", [EventKind.AGENT_NOT_READY]),
        ("QueueMemberPause", "0", [EventKind.AGENT_READY]),
    ],
)
def test_agents_sign_in_and_out_and_pause(name: str, paused: str, kinds: list[EventKind]) -> None:
    found = said(name, Queue="sales", MemberName="Bram de Vries", Interface="PJSIP/1002", Paused=paused)
    assert [event["kind"] for event in found] == kinds


def test_a_reason_for_a_pause_is_kept_as_it_is() -> None:
    reason = "Meeting: weekly, room 2"
    (event,) = said("QueueMemberPause", Queue="sales", MemberName="a", Paused="1", PausedReason=reason)
    assert event["cause"] == reason


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("BUSY", EventKind.DO_NOT_DISTURB_ON),
        ("NOT_INUSE", EventKind.DO_NOT_DISTURB_OFF),
        ("UNAVAILABLE", EventKind.DO_NOT_DISTURB_OFF),
    ],
)
def test_do_not_disturb_is_on_only_while_its_device_is_busy(state: str, kind: EventKind) -> None:
    assert said("DeviceStateChange", Device="Custom:DND1002", State=state) == [
        {"kind": kind, "device": "1002"}
    ]


def test_states_of_devices_are_told_and_of_what_is_no_device_are_not() -> None:
    assert said("DeviceStateChange", Device="PJSIP/1002", State="RINGINUSE") == [
        {"kind": EventKind.DEVICE_STATE, "device": "1002", "cause": DeviceState.RINGING}
    ]
    for device in (
        "Queue:sales",
        "Queue:sales_pause_Local/1002@from-queue/n",
        "Custom:DEVDND1002",
        "Local/1@x",
    ):
        assert said("DeviceStateChange", Device=device, State="BUSY") == []


def test_the_pbx_began_before_its_uptime() -> None:
    (event,) = translated(message("FullyBooted", Uptime="100", Status="Fully Booted"))
    assert event.kind is EventKind.SYSTEM_STARTED
    assert event.occurred_at == RECEIVED_AT - timedelta(seconds=101)


def test_the_pbxs_own_time_goes_before_ours() -> None:
    raw = message("Hangup", **PHONE, Timestamp="1795449425.465102")
    (event,) = translated(raw)
    assert event.occurred_at == datetime(2026, 11, 23, 15, 57, 5, 465102, tzinfo=UTC)
    (event,) = translated(message("Hangup", **PHONE, Timestamp="soon"))
    assert event.occurred_at == RECEIVED_AT


def test_the_same_message_is_the_same_event_and_carries_its_bytes_once() -> None:
    raw = message("CoreShowChannel", **PHONE, BridgeId="b1")
    first, second = translated(raw)
    assert translated(raw) == (first, second)
    assert first.key != second.key
    assert first.raw == raw.removesuffix(b"\r\n\r\n")
    assert second.raw == b""
    assert (first.sequence, first.occurred_at) == (7, RECEIVED_AT)


def test_unknown_events_are_none_of_ours_and_do_no_harm() -> None:
    assert said("SomethingNew", Channel="PJSIP/1001-00000001") == []
    assert not is_known("SomethingNew")


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_an_event_without_its_fields_does_no_harm(name: str) -> None:
    translated(message(name))


@pytest.mark.parametrize("run", RUNS)
def test_every_event_of_the_recordings_is_used_or_named_irrelevant(run: str) -> None:
    parser = MessageParser(is_wanted)
    for segment in segments(run):
        for recorded in messages(segment):
            parser.feed(recorded.raw)
        parser.finish()
    assert [name for name in parser.event_counts if not is_known(name.decode())] == []


@pytest.mark.parametrize("run", RUNS)
def test_skipping_before_decoding_loses_no_event(run: str) -> None:
    for segment in segments(run):
        parser = MessageParser()
        all_events = [
            event
            for recorded in messages(segment)
            for found in parser.feed(recorded.raw)
            if isinstance(found, Message)
            for event in translate(found, recorded.received_at)
        ]
        assert {event.key for event in all_events} <= {event.key for event in events(run)}


def test_no_event_is_both_used_and_irrelevant() -> None:
    assert TRANSLATIONS.keys() & IRRELEVANT_EVENTS.keys() == set()
