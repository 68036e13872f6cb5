"""Simulated days all the way: tenant file, recordings, import, aggregator; the figures as planned."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from gespreksrapportage.__main__ import command_line
from simulator.company import make_company
from simulator.day import plan_days
from simulator.tenant_file import PBX, TENANT
from simulator.truth import TrueCall, true_call, unreturned
from tests.conftest import Database
from tests.simulator.test_truth import planned_moment

FIRST, LAST = date(2026, 9, 11), date(2026, 9, 15)


def execute(database: Database, *arguments: str) -> str:
    result = CliRunner(env={"DATABASE_URL": database.url}).invoke(command_line, arguments)
    assert result.exit_code == 0, (arguments, result.output, result.exception)
    return result.output


@pytest.fixture
def loaded(database: Database, tmp_path: Path) -> Database:
    tenant = tmp_path / "tenant.yaml"
    execute(database, "simulate", "company", "-o", str(tenant))
    execute(database, "tenant", "load", str(tenant))
    span = ("--from", FIRST.isoformat(), "--to", LAST.isoformat())
    execute(database, "simulate", "history", *span, "-o", str(tmp_path / "days"))
    files = sorted(str(path) for path in (tmp_path / "days").iterdir())
    place = ("--tenant", TENANT, "--pbx", PBX, "--format", "ami")
    said = execute(database, "import", *place, *files)
    assert " 0 rejected" in said
    execute(database, "aggregate")
    return database


def planned() -> list[TrueCall]:
    return [true_call(call) for day in plan_days(FIRST, LAST) for call in day.calls]


def test_what_is_stored_is_what_was_planned(loaded: Database) -> None:
    calls = planned()
    with loaded.connect() as connection:
        outcomes = connection.execute(
            "SELECT direction, outcome, count(*), sum(wait_seconds), sum(talk_seconds) "
            "FROM store.call GROUP BY direction, outcome"
        ).fetchall()
        gaps = connection.execute("SELECT count(*) FROM store.pbx_gap").fetchone()
        missed = connection.execute(
            "SELECT outside_number, started_at FROM store.missed_call WHERE state = 'open'"
        ).fetchall()
    assert gaps == (0,)
    assert {(direction, outcome): tuple(figures) for direction, outcome, *figures in outcomes} == {
        key: (
            number,
            sum(call.wait_seconds for call in calls if (call.direction, call.outcome) == key),
            sum(call.talk_seconds for call in calls if (call.direction, call.outcome) == key),
        )
        for key, number in Counter((call.direction, call.outcome) for call in calls).items()
    }
    # A customer's call back on another of his numbers counts for the customer: left out of the comparison.
    several = {
        number
        for customer in make_company().customers
        if len(customer.numbers) > 1
        for number in customer.numbers
    }
    assert {(number, planned_moment(at)) for number, at in missed if number not in several} == {
        (call.outside_number, call.started_at)
        for call in unreturned(calls)
        if call.outside_number not in several
    }
