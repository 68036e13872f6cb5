"""The aggregator as a service: calls appear by themselves, trouble with one stops no other."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from click.testing import CliRunner

from aggregator.commands import aggregate
from aggregator.rebuild import rebuild_tenant
from store.event import Event, event_key
from tests.aggregator.recorded_pbx import RecordedPbx, in_pieces
from tests.recordings import events

DEADLINE = 30.0


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class Service:
    """`gespreksrapportage aggregate --serve` as a process of its own."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gespreksrapportage", "aggregate", "--serve", "--metrics-port", "0"],
            env=os.environ | {"DATABASE_URL": url},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        self.address = self._said(r"metrics at (http://\S+)/metrics")
        self._said("listening for events")

    def _said(self, pattern: str) -> str:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if found := re.search(pattern, line):
                return found[found.re.groups]
        raise AssertionError(f"the service ended without saying {pattern}")

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=10) as response:
            return str(response.read().decode())

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(DEADLINE)


@pytest.fixture
def service(recorded: RecordedPbx) -> Iterator[Service]:
    service = Service(recorded.url)
    yield service
    if service.process.poll() is None:
        service.process.kill()
    service.process.wait(DEADLINE)
    assert service.process.stderr is not None
    service.process.stderr.close()


def happening_now(heard: tuple[Event, ...]) -> list[Event]:
    """The same events, the last of them now."""
    by = datetime.now(UTC) - heard[-1].occurred_at
    return [msgspec.structs.replace(event, occurred_at=event.occurred_at + by) for event in heard]


def test_calls_appear_by_themselves(recorded: RecordedPbx, service: Service) -> None:
    for piece in in_pieces(happening_now(events("sipp")), 10):
        recorded.hear(piece)
        wait_until(lambda: recorded.waiting() == {})

    assert len(recorded.rows("call")) == 24
    wait_until(lambda: "gespreksrapportage_aggregator_call_latency_seconds_count" in service.page("/metrics"))
    wait_until(lambda: '"OK"' in service.page("/healthz"))


def test_it_stops_when_it_is_told_to(recorded: RecordedPbx, service: Service) -> None:
    assert service.stop() == 0


def test_a_lost_connection_is_made_again(recorded: RecordedPbx, service: Service) -> None:
    recorded.connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name LIKE 'gespreksrapportage aggregator%'"
    )
    recorded.hear(events("sipp"))

    wait_until(lambda: len(recorded.rows("call")) == 24)


def test_a_call_that_cannot_be_built_stops_no_other_and_stays_visible(recorded: RecordedPbx) -> None:
    refused = next(event.call for event in events("sipp") if event.call)
    recorded.connection.execute(
        f"ALTER TABLE store.call ADD CONSTRAINT refuses CHECK (call_ref <> '{refused}')".encode()
    )
    recorded.hear(events("sipp"))

    done = CliRunner().invoke(aggregate, ["--database-url", recorded.url])

    assert done.exit_code == 1
    assert str(done.exception).startswith("1 calls, agents or devices could not be built")
    assert len(recorded.rows("call")) == 23
    assert recorded.waiting() == {"touched_call": 1}

    aggregator = recorded.work_off()
    assert aggregator.set_aside == 1
    aggregator.work_off(recorded.connection)
    assert recorded.waiting() == {"touched_call": 1}

    recorded.connection.execute("ALTER TABLE store.call DROP CONSTRAINT refuses")
    straggler = next(event for event in reversed(events("sipp")) if event.call == refused)
    recorded.hear([msgspec.structs.replace(straggler, key=event_key(b"again", straggler.occurred_at))])
    aggregator.work_off(recorded.connection)
    assert aggregator.set_aside == 0
    assert len(recorded.rows("call")) == 24
    assert recorded.waiting() == {}


def test_the_aggregators_own_rights_are_enough(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.connection.execute("SET ROLE gespreksrapportage_aggregator")
    recorded.work_off()
    assert recorded.waiting() == {}
    before = recorded.made()

    rebuild_tenant(recorded.connection, recorded.url, recorded.organisation.tenant, processes=1)
    recorded.work_off()
    assert recorded.made() == before
