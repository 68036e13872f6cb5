"""Reports over the calls of a real telephone system's recording."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reportgen.catalogue import CATALOGUE
from reportgen.compile import Bound, compile_report
from reportgen.run import as_tenant
from store.connect import connect
from tests.aggregator.recorded_pbx import RecordedPbx, recorded_pbx
from tests.conftest import Database
from tests.recordings import events
from tests.reportgen.conftest import Reading

EXPECTED = Path(__file__).parent / "expected"
RUN = "scenarios-a"


@pytest.fixture
def recorded(database: Database) -> Iterator[RecordedPbx]:
    """A database with the calls of the recording."""
    with connect(database.url, "test") as connection:
        pbx = recorded_pbx(connection, database.url)
        pbx.hear(events(RUN))
        pbx.work_off()
        yield pbx


@pytest.fixture
def lab(recorded: RecordedPbx, report_url: str) -> Iterator[Reading]:
    with connect(report_url, "test") as connection:
        yield Reading(connection, "lab")


@pytest.fixture
def days() -> tuple[str, str]:
    """First and last local day of the recording."""
    zone = ZoneInfo("Europe/Amsterdam")
    moments = [event.occurred_at.astimezone(zone).date() for event in events(RUN)]
    return min(moments).isoformat(), max(moments).isoformat()


@pytest.mark.parametrize("report", ["calls-by-date", "call-response", "extension-activity", "call-lifecycle"])
def test_a_report_over_recorded_calls_equals_its_plain_query(
    recorded: RecordedPbx, lab: Reading, days: tuple[str, str], report: str
) -> None:
    after = datetime.fromisoformat(days[1]).replace(tzinfo=UTC) + timedelta(days=1)
    plain = (EXPECTED / f"{report}.sql").read_text(encoding="utf-8")
    plain = plain.replace("2026-10-23", days[0]).replace("2026-11-02", f"{after:%Y-%m-%d}")
    expected = recorded.connection.execute(plain.encode()).fetchall()
    found = lab(report, *days)
    assert sorted(found.rows, key=repr) == sorted(expected, key=repr)
    assert found.rows


def test_the_aggregators_sums_give_the_same_figures_as_its_calls(
    recorded: RecordedPbx, lab: Reading, days: tuple[str, str]
) -> None:
    for slug in CATALOGUE:
        question = lab.question(slug, *days)
        scope = Bound(question.tenant, question.period)
        answers = []
        with as_tenant(lab.connection, question.tenant.tenant_id):
            for use_rollup in (True, False):
                statement = compile_report(question.report, scope, use_rollup=use_rollup).table
                answers.append(
                    lab.connection.execute(statement.sql.encode(), statement.parameters).fetchall()
                )
        assert answers[0] == answers[1], slug
