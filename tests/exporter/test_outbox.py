"""The outbox: what it accepted is on disk, in order, until it is removed."""

import collections
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from exporter.batch import Batch, Gap, Reject
from exporter.errors import OutboxError, OutboxFullError
from exporter.outbox import Outbox
from store.event import Event, event_key
from store.vocabulary import EventKind

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def batch(number: int, events: int = 1, raw: bytes = b"Event: Newchannel") -> Batch:
    at = NOON + timedelta(seconds=number)
    return Batch(
        tenant_id=1,
        pbx_id=7,
        received_at=at,
        events=tuple(
            Event(
                kind=EventKind.ORIGINATED,
                occurred_at=at,
                sequence=number,
                connection=f"{number}.{place}",
                seconds=1.5,
                key=event_key(raw, at, place),
                raw=raw,
            )
            for place in range(events)
        ),
        rejects=(Reject(source="ami", reason="cut off", raw=b"Eve", line_number=number),),
        gaps=(Gap(began_at=at, ended_at=None, reason="The PBX was shut down."),),
    )


def waiting(outbox: Outbox) -> list[Batch]:
    return [one.batch for one in outbox.oldest(1_000)]


def test_batches_come_back_as_they_were_and_in_order(tmp_path: Path) -> None:
    batches = [batch(number, events=number) for number in range(5)]
    with Outbox(tmp_path / "outbox") as outbox:
        for one in batches:
            outbox.append(one)
    with Outbox(tmp_path / "outbox") as outbox:
        assert waiting(outbox) == batches


def test_removed_batches_are_gone_and_later_ones_keep_their_order(tmp_path: Path) -> None:
    with Outbox(tmp_path / "outbox") as outbox:
        for number in range(4):
            outbox.append(batch(number))
        second = outbox.oldest(2)[-1]
        outbox.remove(second.batch_id)
        outbox.append(batch(4))
        assert waiting(outbox) == [batch(2), batch(3), batch(4)]


def test_size_tells_how_much_waits_since_when(tmp_path: Path) -> None:
    with Outbox(tmp_path / "outbox") as outbox:
        assert (outbox.size().events, outbox.size().bytes, outbox.size().oldest_at) == (0, 0, None)
        outbox.append(batch(1, events=3))
        outbox.append(batch(2, events=4))
        size = outbox.size()
        assert (size.batches, size.events, size.oldest_at) == (2, 7, NOON + timedelta(seconds=1))
        assert size.bytes > 0


def test_it_remembers_when_the_pbx_was_last_heard(tmp_path: Path) -> None:
    with Outbox(tmp_path / "outbox") as outbox:
        assert outbox.last_heard(7) is None
        outbox.append(batch(9))
        outbox.append(Batch(tenant_id=1, pbx_id=7, received_at=NOON + timedelta(seconds=20)))
        outbox.remove(outbox.oldest(1)[0].batch_id)
    with Outbox(tmp_path / "outbox") as outbox:
        assert outbox.last_heard(7) == NOON + timedelta(seconds=20)
        assert waiting(outbox) == []


ACCEPT_UNTIL_KILLED = """
import sys
from pathlib import Path
from exporter.outbox import Outbox
from tests.exporter.test_outbox import batch

outbox = Outbox(Path(sys.argv[1]))
number = 0
while True:
    outbox.append(batch(number, events=50))
    print(number, flush=True)
    number += 1
"""


def test_what_was_accepted_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "outbox"
    child = subprocess.Popen(
        [sys.executable, "-c", ACCEPT_UNTIL_KILLED, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    accepted = [int(child.stdout.readline()) for _ in range(30)]
    child.send_signal(signal.SIGKILL)
    accepted += [int(line) for line in child.stdout.read().split()]
    child.wait()
    child.stdout.close()
    with Outbox(path) as outbox:
        kept = waiting(outbox)
    assert len(kept) in (len(accepted), len(accepted) + 1), "one may be on disk that was not yet told of"
    assert kept == [batch(number, events=50) for number in range(len(kept))]


def test_a_full_outbox_refuses_in_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    large = [batch(number, raw=b"x" * 5_000) for number in range(1_000)]
    with Outbox(tmp_path / "outbox", max_bytes=200_000) as outbox:
        to_accept = iter(large)
        with pytest.raises(OutboxFullError, match=r"is full .* nothing more is accepted"):
            collections.deque(map(outbox.append, to_accept), maxlen=0)
        accepted = len(large) - len(list(to_accept)) - 1
        assert waiting(outbox) == large[:accepted]
        assert accepted > 0
        outbox.remove(outbox.oldest(accepted)[-1].batch_id)
        outbox.append(large[0])
        assert waiting(outbox) == large[:1]


def test_two_exporters_cannot_share_an_outbox(tmp_path: Path) -> None:
    with (
        Outbox(tmp_path / "outbox"),
        pytest.raises(OutboxError, match="in use by another exporter"),
    ):
        Outbox(tmp_path / "outbox")


def test_a_file_that_is_no_outbox_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_bytes(b"a letter to the editor" * 100)
    with pytest.raises(OutboxError, match="cannot be used: file is not a database"):
        Outbox(tmp_path / "outbox")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutboxError, match="cannot be opened: "):
        Outbox(tmp_path / "file" / "outbox")
