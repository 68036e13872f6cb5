"""The simulator as a telephone system: the exporter's own connection logs in, asks and listens."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import pytest

from exporter.asterisk.ami_connection import AmiConnection, AmiSettings, Lost, Received, SnapshotTaken
from exporter.asterisk.ami_events import is_wanted
from exporter.asterisk.ami_protocol import Message
from exporter.errors import LoginRefusedError
from simulator.ami_server import AmiServer
from simulator.playback import Clock
from simulator.staff import ZONE

BUSY_HOUR = datetime(2026, 9, 14, 10, 15, tzinfo=ZONE)
FAST = 300.0
"""Five minutes in a second."""


@asynccontextmanager
async def playing(speed: float = FAST) -> AsyncIterator[int]:
    """A server at a quarter past ten on a Monday; gives its port."""
    clock = Clock(time.time(), BUSY_HOUR.timestamp(), speed)
    server = AmiServer("reader", "s3cret", clock, port=0)
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(server.serve(port.set_result))
    try:
        yield await asyncio.wait_for(port, 20)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def first_messages(port: int, *, plain_login: bool = False, events: int = 200) -> list[Message]:
    """Everything until the snapshot is complete and so many messages have come."""
    settings = AmiSettings("127.0.0.1", "reader", "s3cret", port, plain_login=plain_login)
    heard: list[Message] = []
    snapshot = False
    async for happening in AmiConnection(settings, is_wanted).listen():
        assert not isinstance(happening, Lost), happening
        if isinstance(happening, Received):
            for message in happening.messages:
                assert isinstance(message, Message)
                heard.append(message)
        snapshot = snapshot or isinstance(happening, SnapshotTaken)
        if snapshot and len(heard) >= events:
            return heard
    raise AssertionError("the connection ended")


@pytest.mark.parametrize("plain_login", [False, True], ids=["md5", "plain"])
async def test_the_exporter_hears_the_day_go_on(plain_login: bool) -> None:
    async with playing() as port:
        heard = await asyncio.wait_for(first_messages(port, plain_login=plain_login), 60)
    names = {message.name for message in heard}
    assert {"Newchannel", "Hangup", "BridgeEnter", "DeviceStateChange"} <= names


async def test_a_snapshot_shows_who_is_signed_in_and_what_goes_on() -> None:
    async with playing() as port:
        heard = await asyncio.wait_for(first_messages(port), 60)
    members = {message.fields["Queue"] for message in heard if message.name == "QueueMember"}
    devices = [
        message for message in heard if message.name == "DeviceStateChange" and "ActionID" in message.fields
    ]
    assert members == {"verkoop", "service", "storing"}
    assert len(devices) >= 60


async def test_several_listeners_hear_the_same() -> None:
    async with playing() as port:
        one, two = await asyncio.wait_for(
            asyncio.gather(first_messages(port, events=400), first_messages(port, events=400)), 60
        )
    calls = [{message.raw for message in heard if message.name == "Newchannel"} for heard in (one, two)]
    assert len(calls[0] & calls[1]) > 10


async def test_a_wrong_secret_is_refused() -> None:
    async with playing() as port:
        connection = AmiConnection(AmiSettings("127.0.0.1", "reader", "wrong", port), is_wanted)
        with pytest.raises(LoginRefusedError):
            await asyncio.wait_for(anext(connection.listen()), 20)


async def test_who_has_not_logged_in_gets_nothing() -> None:
    async with playing() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"Action: QueueStatus\r\n\r\n")
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
        writer.close()
    assert b"Response: Error" in answer
    assert b"Permission denied" in answer
