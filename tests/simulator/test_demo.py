"""`gespreksrapportage demo`, as a person starts it: real processes, from nothing to the end."""

import http.client
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from gespreksrapportage.demo_history import pieces

pytestmark = pytest.mark.timeout(240)

DEADLINE = 120.0


class Demo:
    def __init__(self, directory: Path, process: "subprocess.Popen[str]", output: Path) -> None:
        self.directory = directory
        self.process = process
        self._output = output

    @property
    def said(self) -> str:
        return self._output.read_text(encoding="utf-8")

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + DEADLINE
        while not condition():
            assert self.process.poll() is None, f"ended while waiting for {what}:\n{self.said}"
            assert time.monotonic() < deadline, f"waited in vain for {what}:\n{self.said}"
            time.sleep(0.1)

    def wait_until_said(self, words: str) -> None:
        self.wait_for(lambda: words in self.said, words)

    def port(self, name: str) -> int:
        found = re.search(rf"^{name} +http://127\.0\.0\.1:(\d+)", self.said, re.MULTILINE)
        assert found, self.said
        return int(found[1])

    def secret(self, name: str) -> str:
        return (self.directory / "secrets" / name).read_text(encoding="utf-8")

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port("Portal"), timeout=20)
        with closing(connection):
            connection.request("GET", path, headers={"Authorization": f"Bearer {self.secret('token')}"})
            response = connection.getresponse()
            return response.status, response.read()

    def calls(self) -> int:
        """As a Grafana board counts them."""
        with psycopg.connect(self.secret("viewer-url")) as connection:
            row = connection.execute("SELECT count(*) FROM call WHERE outcome <> 'in_progress'").fetchone()
        assert row
        return int(row[0])

    def stop(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        assert self.process.wait(60) == 0, self.said


@contextmanager
def running(directory: Path, *options: str) -> Iterator[Demo]:
    output = directory.parent / f"said-{time.monotonic_ns()}.txt"
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    environment.pop("DATABASE_URL", None)
    with output.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "gespreksrapportage", "demo", "--directory", str(directory), *options],
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
    demo = Demo(directory, process, output)
    try:
        yield demo
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


def descendants(process: int) -> list[int]:
    return [one for child in children(process) for one in (child, *descendants(child))]


def children(process: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_from_nothing_to_the_portal_and_back(tmp_path: Path) -> None:
    directory = tmp_path / "demo"
    with running(directory, "--days", "3") as demo:
        demo.wait_until_said("Ready after")
        assert demo.get("/healthz") == (200, b'{"ok":true}')
        status, reports = demo.get("/api/v1/reports")
        assert status == 200
        assert any(report["slug"] == "extension-activity" for report in json.loads(reports))
        demo.wait_until_said("History: 3 of 3 days.")
        demo.wait_for(lambda: demo.calls() > 20, "calls of the past")
        modes = {stat.S_IMODE(path.stat().st_mode) for path in (directory / "secrets").iterdir()}
        assert modes == {0o600}
        services = descendants(demo.process.pid)
        assert len(services) >= 5
        counted = demo.calls()
        demo.stop(signal.SIGINT)
        assert demo.said.rstrip().endswith("Ended.")
        assert not [service for service in services if alive(service)]

    with running(directory, "--days", "3") as demo:
        demo.wait_until_said("Ready after")
        assert demo.calls() >= counted
        assert "History: " not in demo.said
        demo.stop(signal.SIGTERM)


def test_a_service_that_dies_is_named_and_started_again(tmp_path: Path) -> None:
    directory = tmp_path / "demo"
    with running(directory, "--days", "0") as demo:
        demo.wait_until_said("Ready after")
        aggregator = _process_named(demo.process.pid, "aggregate")
        os.kill(aggregator, signal.SIGKILL)
        demo.wait_until_said("The aggregator ended with code -9")
        demo.wait_for(
            lambda: _process_named(demo.process.pid, "aggregate") not in (0, aggregator),
            "the aggregator again",
        )
        with running(directory) as second:
            assert second.process.wait(60) == 1
            assert "A demo runs in" in second.said
        demo.stop(signal.SIGTERM)


def _process_named(parent: int, word: str) -> int:
    for child in children(parent):
        command = Path(f"/proc/{child}/cmdline")
        if command.exists() and word in command.read_text(encoding="utf-8").split("\0"):
            return child
    return 0


def test_history_comes_in_growing_pieces_and_never_over_days_that_are_there() -> None:
    newest = date(2026, 9, 14)
    days = [newest - timedelta(days=offset) for offset in range(30) if offset not in (2, 20)]
    cut = list(pieces(days))
    assert [day for piece in cut for day in piece] == days
    assert len(cut[0]) == 1
    for piece in cut:
        assert (piece[0] - piece[-1]).days == len(piece) - 1


def test_a_demo_that_is_killed_leaves_no_services_behind(tmp_path: Path) -> None:
    with running(tmp_path / "demo", "--days", "0") as demo:
        demo.wait_until_said("Ready after")
        demo.wait_for(lambda: "Prometheus " in demo.said, "word of Prometheus")
        services = descendants(demo.process.pid)
        assert len(services) >= 5
        demo.process.kill()
        demo.process.wait(60)
        deadline = time.monotonic() + DEADLINE
        while any(alive(service) for service in services):
            assert time.monotonic() < deadline, "services go on without their demo"
            time.sleep(0.2)
