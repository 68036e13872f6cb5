"""The command `import`: recordings and log files become events, once, whatever happens on the way."""

import gzip
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aggregator.calls import build_calls
from exporter.files.cel import read_cel
from store.event import Event
from store.vocabulary import EventKind
from tests.calls.truth import differences, match, true_calls
from tests.exporter.conftest import Lab, eventually
from tests.recordings import FOLDER, ORGANISATION, PBX, RUNS, events, segments

SEGMENT = FOLDER / "sipp"
MISMATCHED = "missing or too many"
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Runs a command and prints its peak of memory in kilobytes; in between, as a fork counts its parent's."""
MOST_KILOBYTES = 120_000
"""Of memory for an import, however long the file; the program alone takes some 45,000."""


def keys(recorded: tuple[Event, ...]) -> set[str]:
    """Of what the PBX said; that a recording ends is said by whoever recorded it."""
    return {str(event.key) for event in recorded if event.kind is not EventKind.LISTENING_STOPPED}


def stored_keys(lab: Lab) -> list[str]:
    return [key for (key,) in lab.rows("SELECT key::text FROM store.event WHERE kind <> 'listening_stopped'")]


def arguments(file_format: str, *rest: str | Path) -> list[str | Path]:
    return ["import", "--tenant", "lab", "--pbx", "lab", "--format", file_format, *rest]


def recording(run: str) -> list[str | Path]:
    """Arguments for a whole run."""
    logs = [segment / "ami.log.gz" for segment in segments(run)]
    timings = [segment / "ami.timing.csv.gz" for segment in segments(run)]
    return arguments("ami", *(word for timing in timings for word in ("--timing", timing)), *logs)


def last_line(result: subprocess.CompletedProcess[str]) -> str:
    return result.stderr.splitlines()[-1]


@pytest.mark.parametrize("run", RUNS)
def test_a_recording_becomes_its_events_once(lab: Lab, run: str) -> None:
    first = lab.run(*recording(run))
    assert (first.returncode, first.stderr) == (0, "")
    assert "0 rejected" in first.stdout
    assert sorted(stored_keys(lab)) == sorted(keys(events(run)))
    again = lab.run(*recording(run))
    assert " 0 events stored" in again.stdout
    assert sorted(stored_keys(lab)) == sorted(keys(events(run)))


def test_between_two_connections_there_is_a_gap(lab: Lab) -> None:
    assert lab.run(*recording("outage")).returncode == 0
    gaps = lab.rows("SELECT ended_at - began_at, reason FROM store.pbx_gap ORDER BY began_at")
    assert [(round(length.total_seconds()), reason) for length, reason in gaps] == [
        (14, "The recording was interrupted."),
        (1, "The recording was interrupted."),
    ]


def test_a_recording_that_goes_on_in_a_second_file_is_one(lab: Lab, tmp_path: Path) -> None:
    said = gzip.decompress((SEGMENT / "ami.log.gz").read_bytes())
    (tmp_path / "1.log").write_bytes(said[:400_001])
    (tmp_path / "2.log").write_bytes(said[400_001:])
    timing = SEGMENT / "ami.timing.csv.gz"
    result = lab.run(*arguments("ami", "--timing", timing, tmp_path / "1.log", tmp_path / "2.log"))
    assert (result.returncode, result.stderr) == (0, "")
    assert sorted(stored_keys(lab)) == sorted(keys(events("sipp")))


def test_an_import_that_was_killed_is_begun_again_and_every_event_is_there_once(
    lab: Lab, tmp_path: Path
) -> None:
    said = gzip.decompress((SEGMENT / "ami.log.gz").read_bytes())
    _, _, body = said.partition(b"\r\n")
    rounds = 60
    with gzip.open(tmp_path / "long.log.gz", "wb", compresslevel=1) as file:
        file.write(b"Asterisk Call Manager/11.0.0\r\n")
        for number in range(rounds):
            file.write(body.replace(b"Timestamp: 17954", b"Timestamp: 1%d" % (8000 + number)))
    command = lab.command(*arguments("ami", tmp_path / "long.log.gz"))
    count = "SELECT count(*) FROM store.event"
    with subprocess.Popen(command, env=lab.environment(), stdout=subprocess.DEVNULL) as child:
        stored = eventually(lambda: lab.value(count))
        child.send_signal(signal.SIGKILL)
    again = subprocess.run(
        [sys.executable, "-c", MEASURED, *command],
        env=lab.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(again.stdout.splitlines()[-1]) < MOST_KILOBYTES
    distinct = lab.value("SELECT count(DISTINCT key) FROM store.event")
    cleared = lab.value("SELECT count(*) FROM store.event WHERE kind = 'cleared'")
    assert 0 < stored < lab.value(count) == distinct
    assert cleared == rounds * len([one for one in events("sipp") if one.kind is EventKind.CLEARED])
    assert " 0 events stored" in lab.run(*arguments("ami", tmp_path / "long.log.gz")).stdout


def test_a_recording_that_is_cut_off_is_told_and_kept_up_to_there(lab: Lab, tmp_path: Path) -> None:
    said = gzip.decompress((SEGMENT / "ami.log.gz").read_bytes())
    (tmp_path / "cut.log").write_bytes(said[:-20])
    result = lab.run(*arguments("ami", "--timing", SEGMENT / "ami.timing.csv.gz", tmp_path / "cut.log"))
    assert result.returncode == 1
    assert last_line(result).startswith(f"Error: {tmp_path}/cut.log ends in the middle of message 350")
    missing = keys(events("sipp")) - set(stored_keys(lab))
    assert len(missing) <= 1


def test_garbage_in_a_recording_is_kept_aside_and_the_rest_goes_on(lab: Lab, tmp_path: Path) -> None:
    said = gzip.decompress((SEGMENT / "ami.log.gz").read_bytes())
    places = [said.index(b"\r\n\r\n", place) + 4 for place in (300_000, 900_000)]
    strange = (
        said[: places[0]] + b"\x00\xff garbage\r\n\r\n" + said[places[0] : places[1]] + b"more of it\r\n"
    )
    (tmp_path / "strange.log").write_bytes(strange + said[places[1] :])
    result = lab.run(*arguments("ami", "--timing", SEGMENT / "ami.timing.csv.gz", tmp_path / "strange.log"))
    assert result.returncode == 1
    assert last_line(result).startswith("Error: Not everything could be understood; ")
    assert "2 rejected" in last_line(result)
    assert keys(events("sipp")) <= set(stored_keys(lab))
    assert len(lab.rows("SELECT raw FROM store.event_reject WHERE source = 'ami'")) == 2


def test_a_damaged_gzip_file_is_told_and_what_could_be_unpacked_is_kept(lab: Lab, tmp_path: Path) -> None:
    packed = (SEGMENT / "cel.csv.gz").read_bytes()
    (tmp_path / "cel.csv.gz").write_bytes(packed[: len(packed) // 2])
    result = lab.run(*arguments("cel", tmp_path / "cel.csv.gz"))
    assert result.returncode == 1
    assert "is cut off or damaged" in last_line(result)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ami", "nothing.log"], "nothing.log cannot be read: No such file or directory."),
        (["ami", SEGMENT / "ami.log.gz", "--timing", "none.csv"], "none.csv cannot be read: No such file"),
        (
            ["ami", SEGMENT / "ami.log.gz", "--timing", FOLDER / "scenarios-a" / "ami.timing.csv.gz"],
            "ami.timing.csv.gz does not belong to this recording: it has no row for message",
        ),
        (
            ["ami", SEGMENT / "ami.log.gz", "--timing", FOLDER / "tenant.yaml"],
            "it must have the columns seq, length, recv_epoch and name.",
        ),
        (
            ["ami", FOLDER / "scenarios-a" / "ami.log.gz"],
            "have no times: name their timing file with --timing",
        ),
        (
            ["cdr", FOLDER / "sipp" / "cdr.csv", "--time-zone", "Mars/North"],
            'There is no time zone "Mars/North"',
        ),
        (["cel", FOLDER / "sipp" / "queue_log"], "Not everything could be understood"),
        (["queue_log", FOLDER / "sipp" / "cdr.csv"], "Not everything could be understood"),
        (["cel", FOLDER / "sipp" / "cel.csv.gz", "--tenant", "nobody"], 'There is no tenant "nobody"'),
        (
            ["cel", FOLDER / "sipp" / "cel.csv.gz", "--database-url", "postgresql://127.0.0.1:1/x"],
            "The database at 127.0.0.1:1/x cannot be reached",
        ),
    ],
)
def test_wrong_input_ends_in_one_sentence(lab: Lab, words: list[Any], sentence: str) -> None:
    result = lab.run(*arguments(*words))
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("Error: ")
    assert sentence in result.stderr


def test_bad_lines_of_a_file_are_kept_with_number_and_reason(lab: Lab, tmp_path: Path) -> None:
    lines = gzip.decompress((SEGMENT / "cel.csv.gz").read_bytes()).splitlines(keepends=True)
    lines[2:2] = [b"this is no CEL\r\n"]
    lines[9:9] = [lines[0].replace(b'"17', b'"yesterday', 1)]
    (tmp_path / "cel.csv").write_bytes(b"".join(lines))
    result = lab.run(*arguments("cel", tmp_path / "cel.csv"))
    assert result.returncode == 1
    assert "2 rejected" in last_line(result)
    rejects = lab.rows("SELECT line_number, reason FROM store.event_reject ORDER BY line_number")
    assert [number for number, _ in rejects] == [3, 10]
    assert rejects[0][1] == "1 columns instead of 20"
    assert rejects[1][1].endswith("is not in seconds since 1970")
    whole = {str(event.key) for piece in read_cel(SEGMENT / "cel.csv.gz") for event in piece.events}
    assert set(stored_keys(lab)) == whole
    lab.run(*arguments("cel", tmp_path / "cel.csv"))
    assert len(lab.rows("SELECT 1 FROM store.event_reject")) == 2


def built_from_store(lab: Lab, run: str) -> dict[str, set[str]]:
    """In what each true call differs from the one that is built from what the database holds."""
    import msgspec

    names = ", ".join(Event.__struct_fields__)
    stored = [msgspec.convert(row, Event) for row in lab.rows(f"SELECT {names} FROM store.event")]
    return {
        true.name if true else str(call): differences(true, call) if true and call else {MISMATCHED}
        for true, call in match(true_calls(run), build_calls(stored, ORGANISATION, PBX))
    }


def test_log_files_fill_a_gap_and_say_so(lab: Lab) -> None:
    folder = FOLDER / "outage"
    lab.run(*recording("outage"))
    before = built_from_store(lab, "outage")
    assert {MISMATCHED} in before.values()
    for file_format, file in (("cel", "cel.csv.gz"), ("queue_log", "queue_log")):
        assert lab.run(*arguments(file_format, folder / file)).returncode == 0
    after = built_from_store(lab, "outage")
    assert {MISMATCHED} not in after.values()
    wrong = {name: different for name, different in after.items() if different}
    assert len(wrong) <= 2, wrong
    assert lab.rows("SELECT filled_from FROM store.pbx_gap") == [("cel",), ("cel",)]


@pytest.mark.parametrize("run", ["scenarios-a", "sipp"])
def test_log_files_change_no_call_that_was_heard_well(lab: Lab, run: str) -> None:
    lab.run(*recording(run))
    before = built_from_store(lab, run)
    for file_format, file in (("cel", "cel.csv.gz"), ("queue_log", "queue_log"), ("cdr", "cdr.csv")):
        result = lab.run(*arguments(file_format, FOLDER / run / file))
        assert result.returncode == 0, result.stderr
    assert built_from_store(lab, run) == before
