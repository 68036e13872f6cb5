"""The exporter on a real Asterisk with real telephones, where a laboratory with them is at hand.

PBX_LAB names its folder: `lab/lab.py` in it plays scenarios on the Asterisk in `root/` and writes what its
own listener recorded.
"""

import csv
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from aggregator.calls import build_calls
from aggregator.rows import BuiltCall
from exporter.asterisk.ami_events import is_wanted, translate
from exporter.asterisk.ami_protocol import Message, MessageParser
from store.event import Event
from tests.exporter.conftest import ExporterProcess, Lab, eventually
from tests.recordings import ORGANISATION, PBX

AMI_PORT = 5038
SCENARIOS = "1,2,6,8,10,12"
"""Answered, given up, queue answered, queue given up, outgoing, internal."""


@pytest.fixture
def laboratory() -> Path:
    folder = os.environ.get("PBX_LAB")
    if not folder:
        pytest.skip("PBX_LAB does not name the folder of a laboratory with an Asterisk")
    if not (Path(folder) / "lab" / "lab.py").exists():
        pytest.skip(f"there is no laboratory in {folder}")
    if _answers(AMI_PORT):
        pytest.skip("the laboratory is in use")
    return Path(folder)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def recorded_events(folder: Path) -> Iterator[Event]:
    """What the laboratory's own listener heard."""
    said = (folder / "ami.log").read_bytes()
    parser = MessageParser(is_wanted)
    with (folder / "ami.timing.csv").open(newline="") as timing:
        for row in csv.DictReader(timing):
            at = datetime.fromtimestamp(float(row["recv_epoch"]), UTC)
            start = int(row["offset"])
            for message in parser.feed(said[start : start + int(row["length"])]):
                assert isinstance(message, Message)
                yield from translate(message, at, int(row["seq"]))


def summary(built: list[BuiltCall]) -> dict[str, tuple[object, ...]]:
    """By the PBX's identity of each call: what was counted of it."""
    return {
        one.call.call_ref: (
            one.call.direction,
            one.call.outcome,
            one.call.caller_number,
            one.call.ddi,
            one.call.answered_by,
            one.call.ended_by,
            [(leg.extension, leg.outcome, leg.agent) for leg in one.legs],
            [(visit.contact_group, visit.outcome) for visit in one.visits],
        )
        for one in built
    }


def test_calls_on_a_real_asterisk_are_stored_as_its_own_listener_heard_them(
    lab: Lab, laboratory: Path, tmp_path: Path, start_exporter: Callable[..., ExporterProcess]
) -> None:
    recording = tmp_path / "recording"
    options = ["--reps", "1", "--seed", "1", "--only", SCENARIOS]
    with (tmp_path / "lab.log").open("wb") as log:
        playing = subprocess.Popen(
            [sys.executable, "lab.py", "A", str(recording), *options],
            cwd=laboratory / "lab",
            env={**os.environ, "PBX_ROOT": str(laboratory / "root")},
            stdout=log,
            stderr=log,
        )
        try:
            eventually(lambda: _answers(AMI_PORT), "Asterisk listens")
            exporter = start_exporter(AMI_PORT)
            eventually(lambda: exporter.metric("gespreksrapportage_pbx_connected") == 1)
            assert playing.wait(200) == 0, (tmp_path / "lab.log").read_text()
        finally:
            if playing.poll() is None:
                playing.terminate()
                playing.wait()
    eventually(lambda: lab.value("SELECT count(*) FROM store.event WHERE kind = 'system_stopped'"))
    names = ", ".join(Event.__struct_fields__)
    stored = [msgspec.convert(row, Event) for row in lab.rows(f"SELECT {names} FROM store.event")]
    expected = summary(build_calls(recorded_events(recording), ORGANISATION, PBX))
    assert len(expected) >= 6
    assert summary(build_calls(stored, ORGANISATION, PBX)) == expected
    eventually(lambda: lab.rows("SELECT reason FROM store.pbx_gap") == [("The PBX was shut down.",)])
