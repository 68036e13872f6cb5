"""A tenant's database, a PBX that says what it is told, and the exporter as a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from store.organisation import Pbx, load_pbx, load_tenant
from store.seed import read_seed
from store.seed_load import load_seed
from tests.conftest import Database
from tests.exporter.scripted_pbx import SECRET, USER, ScriptedPbx, scripted_pbx
from tests.recordings import FOLDER

DEADLINE = 30.0


def eventually(condition: Callable[[], Any], what: str = "") -> Any:
    """The condition's value once it is true."""
    end = time.monotonic() + DEADLINE
    while True:
        if value := condition():
            return value
        assert time.monotonic() < end, f"not within {DEADLINE:g} s: {what or condition}"
        time.sleep(0.02)


@dataclass(frozen=True)
class Lab:
    """A migrated database with the organisation of the recordings in it."""

    database: Database
    pbx: Pbx

    @property
    def url(self) -> str:
        return self.database.url

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.database.connect(autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def value(self, query: str) -> Any:
        return self.rows(query)[0][0]

    def connect(self) -> psycopg.Connection:
        return self.database.connect()

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """The command line, to its end."""
        return subprocess.run(
            self.command(*arguments), env=self.environment(), capture_output=True, text=True, check=False
        )

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "gespreksrapportage", *map(str, arguments)]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": self.url, "AMI_SECRET": SECRET}


@pytest.fixture
def lab(database: Database) -> Lab:
    with database.connect() as connection:
        load_seed(connection, read_seed(FOLDER / "tenant.yaml"), date(2026, 1, 1))
        pbx = load_pbx(connection, load_tenant(connection, "lab"), "lab")
    return Lab(database, pbx)


@pytest.fixture
def pbx() -> Iterator[ScriptedPbx]:
    with scripted_pbx() as pbx:
        yield pbx


class ExporterProcess:
    """The exporter service as a child process."""

    def __init__(self, lab: Lab, ami_port: int, outbox: Path, *arguments: str) -> None:
        self.log = outbox.with_suffix(".log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                lab.command(
                    *("exporter", "--tenant", "lab", "--pbx", "lab", "--ami-user", USER),
                    *("--ami-port", str(ami_port), "--outbox", outbox, "--metrics-port", "0"),
                    *arguments,
                ),
                env=lab.environment(),
                stderr=log,
            )

    @property
    def metrics_url(self) -> str:
        def ports() -> list[str]:
            return re.findall(r"Metrics are at (http://\S+)/metrics", self.log.read_text())

        return str(eventually(ports, "the exporter serves its metrics")[-1])

    def page(self, path: str) -> tuple[int, str]:
        """Status and body of a page on the metrics port."""
        try:
            with urllib.request.urlopen(self.metrics_url + path, timeout=5) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def health(self) -> dict[str, Any]:
        return json.loads(self.page("/healthz")[1])  # type: ignore[no-any-return]

    def metric(self, name: str, **labels: str) -> float | None:
        for line in self.page("/metrics")[1].splitlines():
            wanted = [f'{key}="{value}"' for key, value in labels.items()]
            if line.startswith(name + "{") and all(label in line for label in wanted):
                return float(line.rpartition(" ")[2])
        return None

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(DEADLINE)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(DEADLINE)


@pytest.fixture
def start_exporter(lab: Lab, tmp_path: Path) -> Iterator[Callable[..., ExporterProcess]]:
    """Starts exporters that share one outbox; they are ended with the test."""
    started: list[ExporterProcess] = []

    def start(ami_port: int, *arguments: str) -> ExporterProcess:
        started.append(ExporterProcess(lab, ami_port, tmp_path / "outbox.sqlite", *arguments))
        return started[-1]

    yield start
    for process in started:
        if process.process.poll() is None:
            process.kill()
