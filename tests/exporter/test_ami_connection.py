"""The connection to Asterisk: logging in, asking for the state of now, noticing a loss, coming back."""

import asyncio
import socket
import ssl
import subprocess
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from shutil import which

import pytest

from exporter.asterisk.ami_connection import (
    AmiConnection,
    AmiSettings,
    Connected,
    Happening,
    Lost,
    Received,
    SnapshotTaken,
)
from exporter.asterisk.ami_events import is_wanted
from exporter.asterisk.ami_protocol import Message
from exporter.errors import LoginRefusedError
from tests.exporter.scripted_pbx import LISTS, SECRET, USER, ScriptedPbx

NEWCHANNEL = b"Event: Newchannel\r\nChannel: PJSIP/1001-00000001\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\n\r\n"
IRRELEVANT = b"Event: RTCPSent\r\nSSRC: 1\r\n\r\n"


def settings(port: int, **others: object) -> AmiSettings:
    values = {
        "host": "127.0.0.1",
        "port": port,
        "username": USER,
        "secret": SECRET,
        "first_delay": 0.01,
        "longest_delay": 0.05,
        "connect_deadline": 5.0,
    }
    return AmiSettings(**{**values, **others})  # type: ignore[arg-type]


async def until(
    connection: AmiConnection,
    enough: Callable[[list[Happening]], bool],
    then: Callable[[], None] = lambda: None,
) -> list[Happening]:
    """What happens up to the moment that it is enough; `then` is done at the first snapshot."""
    happenings: list[Happening] = []
    done = False
    async with asyncio.timeout(20), aclosing(connection.listen()) as listening:
        async for happening in listening:
            happenings.append(happening)
            if isinstance(happening, SnapshotTaken) and not done:
                done = True
                await asyncio.to_thread(then)
            if enough(happenings):
                break
    return happenings


def names(happenings: list[Happening]) -> list[str]:
    return [
        message.name
        for happening in happenings
        if isinstance(happening, Received)
        for message in happening.messages
        if isinstance(message, Message)
    ]


def lost(happenings: list[Happening]) -> list[str]:
    return [happening.reason for happening in happenings if isinstance(happening, Lost)]


@pytest.mark.parametrize("plain_login", [False, True])
async def test_it_logs_in_and_takes_a_snapshot(pbx: ScriptedPbx, plain_login: bool) -> None:
    connection = AmiConnection(settings(pbx.port, plain_login=plain_login), is_wanted)
    happenings = await until(connection, lambda seen: isinstance(seen[-1], SnapshotTaken))
    assert isinstance(happenings[0], Connected)
    assert pbx.actions == [*([] if plain_login else ["Challenge"]), "Login", *LISTS]


async def test_the_secret_is_in_no_text_about_the_settings() -> None:
    assert SECRET not in repr(settings(5038))


async def test_wanted_messages_come_and_all_are_counted(pbx: ScriptedPbx) -> None:
    connection = AmiConnection(settings(pbx.port), is_wanted)
    happenings = await until(
        connection,
        lambda seen: "Newchannel" in names(seen),
        lambda: pbx.say(IRRELEVANT + IRRELEVANT + NEWCHANNEL),
    )
    assert "RTCPSent" not in names(happenings)
    assert connection.event_counts[b"RTCPSent"] == 2
    assert connection.event_counts[b"Newchannel"] == 1


async def test_a_message_may_come_in_pieces(pbx: ScriptedPbx) -> None:
    def say_in_pieces() -> None:
        for place in range(len(NEWCHANNEL)):
            pbx.say(NEWCHANNEL[place : place + 1])

    connection = AmiConnection(settings(pbx.port), is_wanted)
    happenings = await until(connection, lambda seen: "Newchannel" in names(seen), say_in_pieces)
    assert names(happenings).count("Newchannel") == 1


async def test_a_lost_connection_is_made_again_with_a_new_snapshot(pbx: ScriptedPbx) -> None:
    connection = AmiConnection(settings(pbx.port), is_wanted)

    def taken_twice(seen: list[Happening]) -> bool:
        return sum(isinstance(one, SnapshotTaken) for one in seen) == 2

    happenings = await until(connection, taken_twice, pbx.hang_up)
    assert lost(happenings) == ["The PBX closed the connection."]
    assert pbx.logins == 2
    assert pbx.actions.count("CoreShowChannels") == 2


async def test_a_shutdown_is_told_as_such(pbx: ScriptedPbx) -> None:
    def shut_down() -> None:
        pbx.say(b"Event: Shutdown\r\nShutdown: Cleanly\r\nRestart: True\r\n\r\n")
        pbx.hang_up()

    connection = AmiConnection(settings(pbx.port), is_wanted)
    happenings = await until(connection, lambda seen: bool(lost(seen)), shut_down)
    assert lost(happenings) == ["The PBX was shut down."]


async def test_a_pbx_that_no_longer_answers_is_lost_within_the_deadline(pbx: ScriptedPbx) -> None:
    def fall_silent() -> None:
        pbx.deaf = True

    connection = AmiConnection(settings(pbx.port, ping_interval=0.1, ping_deadline=0.2), is_wanted)
    happenings = await until(connection, lambda seen: bool(lost(seen)), fall_silent)
    assert lost(happenings) == ["The PBX did not answer for 0.2 seconds."]


async def test_an_answered_ping_keeps_a_quiet_connection(pbx: ScriptedPbx) -> None:
    connection = AmiConnection(settings(pbx.port, ping_interval=0.05, ping_deadline=0.05), is_wanted)
    happenings = await until(connection, lambda _: pbx.actions.count("Ping") >= 5)
    assert lost(happenings) == []


async def test_a_login_that_is_refused_at_first_is_an_error(pbx: ScriptedPbx) -> None:
    connection = AmiConnection(settings(pbx.port, secret="guessed"), is_wanted)
    with pytest.raises(LoginRefusedError, match=r'refuses the login of "recorder": Authentication failed'):
        await until(connection, lambda _: False)


async def test_a_login_that_is_refused_later_is_tried_again(pbx: ScriptedPbx) -> None:
    def refuse_from_now_on() -> None:
        pbx.refuses = True
        pbx.hang_up()

    connection = AmiConnection(settings(pbx.port), is_wanted)
    happenings = await until(connection, lambda seen: len(lost(seen)) >= 3, refuse_from_now_on)
    assert "refuses the login" in lost(happenings)[-1]


async def test_a_pbx_that_is_not_there_is_told_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    connection = AmiConnection(settings(port), is_wanted)
    happenings = await until(connection, lambda seen: len(lost(seen)) == 2)
    assert lost(happenings)[0].startswith("The PBX cannot be reached: ")


async def test_something_else_on_that_port_is_named_as_such() -> None:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        happenings = await until(AmiConnection(settings(port), is_wanted), lambda seen: bool(lost(seen)))
    assert lost(happenings)[0] == f"What answers at 127.0.0.1:{port} is no Asterisk manager interface."


async def test_tls_is_spoken_when_asked_for(pbx: ScriptedPbx, tmp_path: Path) -> None:
    if which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(certificate, key)

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", pbx.port)
        await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))

    server = await asyncio.start_server(relay, "127.0.0.1", 0, ssl=server_side)
    port = server.sockets[0].getsockname()[1]
    trusting = ssl.create_default_context(cafile=certificate)
    async with server:
        connection = AmiConnection(settings(port, tls=trusting), is_wanted)
        happenings = await until(connection, lambda seen: isinstance(seen[-1], SnapshotTaken | Lost))
        assert isinstance(happenings[-1], SnapshotTaken)
        connection = AmiConnection(settings(port, tls=ssl.create_default_context()), is_wanted)
        happenings = await until(connection, lambda seen: bool(lost(seen)))
        assert "certificate verify failed" in lost(happenings)[0]
        pbx.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()
