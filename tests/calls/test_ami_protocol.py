"""Bytes of the manager interface become messages, however they arrive and whatever stands between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.asterisk.ami_protocol import Message, MessageKind, MessageParser, Rejected, write_action
from tests.recordings import RUNS, messages, segments

GREETING = b"Asterisk Call Manager/11.0.0\r\n"
HANGUP = b"Event: Hangup\r\nChannel: PJSIP/1001-00000001\r\nCause: 16\r\nCause-txt: Normal Clearing\r\n\r\n"
PONG = b"Response: Success\r\nActionID: 7\r\nPing: Pong\r\n\r\n"
RENAMED = "Event: Newchannel\r\nCallerIDName: Zoë Müller\r\n\r\n".encode()

GOOD = st.sampled_from([HANGUP, PONG, RENAMED])
GARBAGE = st.binary(max_size=40).filter(lambda data: b"Event: " not in data and b"Response: " not in data)


def parsed(stream: bytes, pieces: list[int] | None = None) -> list[Message | Rejected]:
    """The stream's messages when it arrives in pieces of these sizes, and then the rest."""
    parser = MessageParser()
    found: list[Message | Rejected] = []
    for size in pieces or []:
        found += parser.feed(stream[:size])
        stream = stream[size:]
    return [*found, *parser.feed(stream), *parser.finish()]


def test_a_message_is_its_kind_its_name_and_its_fields() -> None:
    event, response = parsed(GREETING + HANGUP + PONG)
    assert isinstance(event, Message)
    assert isinstance(response, Message)
    assert (event.kind, event.name) == (MessageKind.EVENT, "Hangup")
    assert event.fields["Cause-txt"] == "Normal Clearing"
    assert event.raw == HANGUP.removesuffix(b"\r\n\r\n")
    assert (response.kind, response.name) == (MessageKind.RESPONSE, "Success")
    assert [event.number, response.number] == [1, 2]


def test_the_greeting_is_kept_and_is_no_message() -> None:
    parser = MessageParser()
    assert parser.feed(GREETING) == []
    assert parser.greeting == "Asterisk Call Manager/11.0.0"


def test_repeated_keys_keep_all_their_values_in_order() -> None:
    (message,) = parsed(b"Event: Newstate\r\nChanVariable: a=1\r\nChanVariable: b=2\r\n\r\n")
    assert isinstance(message, Message)
    assert message.values("ChanVariable") == ["a=1", "b=2"]
    assert message.get("ChanVariable") == "b=2"


def test_lines_without_a_value_do_no_harm() -> None:
    (message,) = parsed(b"Response: Success\r\nAppData:\r\njust a line\r\nOutput: a: b\r\n\r\n")
    assert isinstance(message, Message)
    assert message.fields == {"Response": "Success", "AppData": "", "Output": "a: b"}


def test_what_no_database_can_keep_is_replaced() -> None:
    (message,) = parsed(b"Event: Newchannel\r\nCallerIDName: a\x00b\xff\r\n\r\n")
    assert isinstance(message, Message)
    assert message.get("CallerIDName") == "a\ufffdb\ufffd"


def test_unwanted_events_are_skipped_but_counted_and_numbered() -> None:
    parser = MessageParser(wanted=lambda name, _block: name != b"Hangup")
    (message,) = parser.feed(GREETING + HANGUP + HANGUP + RENAMED)
    assert isinstance(message, Message)
    assert message.number == 3
    assert parser.event_counts == {b"Hangup": 2, b"Newchannel": 1}


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        (b"what is this\r\n\r\n" + HANGUP, "neither an event nor a response"),
        (b"\xde\xad\xbe\xef" + HANGUP, "not the beginning of a message"),
        (b"Event: Newchannel\r\nChannel: PJSI\r\n" + HANGUP, "cut off by the next message"),
    ],
)
def test_what_is_no_message_is_kept_aside_and_the_next_one_is_read(stream: bytes, reason: str) -> None:
    rejected, message = parsed(GREETING + stream)
    assert isinstance(rejected, Rejected)
    assert isinstance(message, Message)
    assert rejected.reason == reason
    assert message.raw + b"\r\n\r\n" == HANGUP


def test_a_message_that_the_end_of_the_connection_cut_off_is_kept_aside() -> None:
    message, rejected = parsed(GREETING + HANGUP + HANGUP[:30])
    assert isinstance(message, Message)
    assert rejected == Rejected("cut off at the end of the connection", HANGUP[:30], 2)


def test_a_message_that_does_not_end_takes_no_memory() -> None:
    parser = MessageParser(max_bytes=100)
    parser.feed(GREETING)
    found = [message for _ in range(20) for message in parser.feed(b"x" * 30)]
    assert all(isinstance(message, Rejected) and len(message.raw) <= 130 for message in found)
    assert len(found) == 5
    assert isinstance(parser.feed(b"\r\n\r\n" + HANGUP)[-1], Message)


@given(
    stream=st.lists(st.one_of(GOOD, GARBAGE), max_size=8), pieces=st.lists(st.integers(0, 50), max_size=20)
)
def test_however_a_stream_is_cut_the_same_messages_come_out(stream: list[bytes], pieces: list[int]) -> None:
    whole = b"".join(stream)
    assert parsed(whole, pieces) == parsed(whole)
    assert parsed(GREETING + whole, pieces) == parsed(GREETING + whole)


@given(st.lists(st.tuples(GOOD, GARBAGE.map(lambda data: data + b"\r\n")), min_size=1, max_size=6))
def test_garbage_loses_no_good_message(stream: list[tuple[bytes, bytes]]) -> None:
    found = parsed(GREETING + b"".join(good + garbage for good, garbage in stream))
    read = [message.raw + b"\r\n\r\n" for message in found if isinstance(message, Message)]
    assert read == [good for good, _ in stream]


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    parsed(data)


@pytest.mark.parametrize("run", RUNS)
def test_recordings_are_read_to_the_last_byte(run: str) -> None:
    for segment in segments(run):
        recorded = messages(segment)
        found = parsed(b"".join(message.raw for message in recorded))
        # Asterisk closes BlindTransfer with one empty line too many.
        sent = [message.raw.strip(b"\r\n") for message in recorded[1:]]
        assert [message.raw for message in found] == sent
        assert all(isinstance(message, Message) for message in found)


def test_an_action_is_written_with_its_fields() -> None:
    action = write_action("Login", [("Username", "reporting"), ("Events", "on")])
    assert action == b"Action: Login\r\nUsername: reporting\r\nEvents: on\r\n\r\n"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Ping\r\nAction: Command", []),
        ("Login", [("Username", "a\r\nAction: Originate")]),
        ("Login", [("Username\nSecret", "a")]),
        ("Login", [("Use: r", "a")]),
        ("Login", [("Username", "a\x00")]),
    ],
)
def test_nobody_adds_an_action_of_his_own_in_a_value(name: str, fields: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError, match="does not fit on one line"):
        write_action(name, fields)
