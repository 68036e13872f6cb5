"""Every figure equals what a plain query over the stored calls gives, written without the compiler."""

from datetime import UTC, datetime
from typing import Any

import pytest

from reportgen.compile import Bound, compile_report
from reportgen.run import as_tenant
from store.connect import connect
from store.vocabulary import CallOutcome, Direction, LegOutcome
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import Reading

FIRST, LAST = "2026-10-23", "2026-11-01"
PERIOD = (
    "started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam'"
)


@pytest.fixture
def filled(acme: TenantBuilder) -> TenantBuilder:
    sample.fill(acme)
    return acme


def check(tenant: TenantBuilder, query: str) -> list[tuple[Any, ...]]:
    with tenant.connection.transaction():
        return tenant.connection.execute(query.encode()).fetchall()


EXTENSION_ACTIVITY = f"""
    SELECT extension, name,
           count(*),
           count(*) FILTER (WHERE direction = 'outgoing'),
           count(*) FILTER (WHERE direction = 'incoming'),
           count(*) FILTER (WHERE direction = 'incoming' AND role = 'called' AND outcome = 'missed'),
           count(*) FILTER (WHERE direction = 'internal'),
           round(avg(talk_seconds) FILTER (WHERE outcome = 'answered')),
           round(avg(talk_seconds) FILTER (WHERE outcome = 'answered' AND direction = 'outgoing')),
           round(avg(talk_seconds) FILTER (WHERE outcome = 'answered' AND direction = 'incoming')),
           sum(talk_seconds),
           coalesce(sum(talk_seconds) FILTER (WHERE direction = 'outgoing'), 0),
           coalesce(sum(talk_seconds) FILTER (WHERE direction = 'incoming'), 0),
           round(avg(ring_seconds) FILTER (WHERE role = 'called'))
    FROM store.leg JOIN store.person USING (person_id)
    WHERE {PERIOD} AND outcome NOT IN ('in_progress', 'answered_elsewhere') AND kind = 'extension'
    GROUP BY extension, name ORDER BY extension
"""
CALLS_BY_DATE = f"""
    SELECT started_at, direction, extension, outside_number, ddi, ring_seconds, duration_seconds, outcome,
           answered_by
    FROM store.call WHERE {PERIOD} AND outcome <> 'in_progress' ORDER BY started_at, call_id
"""
MISSED = "outcome IN ('abandoned', 'voicemail', 'busy', 'timed_out', 'closed', 'failed')"
OFFERED = f"(outcome IN ('answered', 'answered_outside') OR {MISSED})"
CALL_RESPONSE = f"""
    SELECT to_timestamp(floor(extract(epoch FROM started_at) / 3600) * 3600),
           count(*) FILTER (WHERE {OFFERED}),
           count(*) FILTER (WHERE outcome = 'answered'),
           count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20),
           count(*) FILTER (WHERE {MISSED}),
           sum(talk_seconds),
           round(sum(talk_seconds)::numeric
                 / nullif(count(*) FILTER (WHERE outcome IN ('answered', 'answered_outside')), 0)),
           round(avg(wait_seconds) FILTER (WHERE outcome = 'answered')),
           round(avg(wait_seconds) FILTER (WHERE {OFFERED})),
           round(100.0 * count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20)
                 / nullif(count(*) FILTER (WHERE {OFFERED}), 0), 1),
           round(100.0 * count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20)
                 / nullif(count(*) FILTER (WHERE outcome = 'answered'), 0), 1),
           round(100.0 * count(*) FILTER (WHERE {MISSED}) / nullif(count(*) FILTER (WHERE {OFFERED}), 0), 1)
    FROM store.call WHERE {PERIOD} AND outcome <> 'in_progress' AND direction = 'incoming'
"""


def test_extension_activity_counts_the_calls_of_each_extension(filled: TenantBuilder, read: Reading) -> None:
    found = read("extension-activity", FIRST, LAST)
    assert found.rows == check(filled, EXTENSION_ACTIVITY)
    assert len(found.rows) == 3
    assert found.summary["total"] == sum(found.column("total"))


def test_calls_by_date_lists_every_call_that_has_ended(filled: TenantBuilder, read: Reading) -> None:
    found = read("calls-by-date", FIRST, LAST)
    names = (
        "started_at",
        "call_type",
        "extension",
        "number",
        "ddi",
        "ring_time",
        "duration",
        "outcome",
        "answered_by",
    )
    shown = [tuple(row[found.columns.index(name)] for name in names) for row in found.rows]
    expected = check(filled, CALLS_BY_DATE)
    internal = Direction.INTERNAL.value
    assert [row for row in shown if row[1] != internal] == [row for row in expected if row[1] != internal]
    assert found.summary["total"] == len(found.rows) == len(expected) > 200


def test_call_response_counts_incoming_calls_per_local_hour(filled: TenantBuilder, read: Reading) -> None:
    found = read("call-response", FIRST, LAST)
    assert found.rows == check(filled, CALL_RESPONSE + " GROUP BY 1 ORDER BY 1")
    assert found.totals is not None
    over_everything = check(filled, CALL_RESPONSE.replace("SELECT to_timestamp(", "SELECT 1 + 0 * min("))
    assert tuple(found.totals.values()) == over_everything[0][1:]


@pytest.mark.parametrize("report", ["extension-activity", "call-response"])
def test_sums_that_stand_ready_give_the_same_rows(
    filled: TenantBuilder, report_url: str, read: Reading, report: str
) -> None:
    question = read.question(report, FIRST, LAST)
    scope = Bound(question.tenant, question.period)
    found = []
    with connect(report_url, "test") as connection, as_tenant(connection, filled.tenant_id):
        for use_rollup in (True, False):
            compiled = compile_report(question.report, scope, use_rollup=use_rollup)
            assert compiled.uses_rollup is use_rollup
            assert compiled.totals is not None
            found.append(
                [
                    connection.execute(statement.sql.encode(), statement.parameters).fetchall()
                    for statement in (compiled.summary, compiled.totals, compiled.table)
                ]
            )
    assert found[0] == found[1]
    assert found[0][2]


@pytest.mark.parametrize("report", ["extension-activity", "calls-by-date", "call-response"])
def test_a_period_without_calls_has_no_rows_and_no_averages(read: Reading, report: str) -> None:
    found = read(report, "2026-10-01")
    assert found.rows == []
    for name, value in found.summary.items():
        assert value in (None, 0), name


def test_averages_over_nothing_are_empty(acme: TenantBuilder, read: Reading) -> None:
    acme.call(at("2026-10-01 09:00+02"), outcome=CallOutcome.ABANDONED)
    found = read("call-response", "2026-10-01")
    row = dict(zip(found.columns, found.rows[0], strict=True))
    assert (row["offered"], row["answered"], row["missed"]) == (1, 0, 1)
    assert row["average_talk"] is None
    assert row["average_answer"] is None
    assert row["pca"] is None
    assert row["gos"] == 0


def test_the_hour_that_comes_twice_is_counted_twice(acme: TenantBuilder, read: Reading) -> None:
    for hour in (0, 1, 1, 2):
        acme.call(datetime(2026, 10, 25, hour, 30, tzinfo=UTC))
    found = read("call-response", "2026-10-25")
    assert [moment.astimezone(UTC).hour for moment in found.column("hour")] == [0, 1, 2]
    assert found.column("offered") == [1, 2, 1]


def test_a_day_of_23_hours_has_all_its_calls_and_no_others(acme: TenantBuilder, read: Reading) -> None:
    for moment in (
        "2026-03-28 23:59:59+01",
        "2026-03-29 00:00+01",
        "2026-03-29 23:59:59+02",
        "2026-03-30 00:00+02",
    ):
        acme.call(at(moment))
    found = read("call-response", "2026-03-29")
    assert found.summary["offered"] == 2


def test_a_call_belongs_to_the_tenants_own_day(acme: TenantBuilder, read: Reading) -> None:
    acme.call(at("2026-10-01 23:30+02"))
    assert read("calls-by-date", "2026-10-01").summary["total"] == 1
    assert read("calls-by-date", "2026-10-02").summary["total"] == 0


def test_calls_that_are_still_going_on_are_not_counted(acme: TenantBuilder, read: Reading) -> None:
    acme.call(at("2026-10-01 09:00+02"), outcome=CallOutcome.IN_PROGRESS)
    assert read("calls-by-date", "2026-10-01").rows == []
    assert read("call-response", "2026-10-01").rows == []
    assert read("extension-activity", "2026-10-01").rows == []


def test_an_archived_persons_calls_stay_without_the_name(acme: TenantBuilder, read: Reading) -> None:
    acme.call(at("2026-10-01 09:00+02"), person_id=acme.person("Gone", archived=True))
    found = read("extension-activity", "2026-10-01")
    assert found.column("user") == [None]
    assert found.column("total") == [1]


def test_a_transferred_call_says_who_answered_where_it_went_and_where_it_ended(
    acme: TenantBuilder, read: Reading
) -> None:
    started = at("2026-10-01 09:00+02")
    acme.call(
        started,
        legs=(
            {"extension": "201", "answered_at": at("2026-10-01 09:00:05+02")},
            {"extension": "202", "outcome": LegOutcome.ANSWERED_ELSEWHERE},
            {"extension": "203", "answered_at": at("2026-10-01 09:01+02")},
            {"extension": "204", "answered_at": at("2026-10-01 09:02+02")},
        ),
    )
    found = read("calls-by-date", "2026-10-01")
    assert found.column("answered_by") == ["201"]
    assert found.column("went_to") == ["203 → 204"]
    assert found.column("ended_at") == ["204"]


def test_a_report_sees_no_other_tenants_calls(acme: TenantBuilder, read: Reading) -> None:
    other = TenantBuilder(acme.connection, slug="other", name="Other BV")
    other.call(at("2026-10-01 09:00+02"))
    assert read("calls-by-date", "2026-10-01").rows == []
    assert Reading(read.connection, "other")("calls-by-date", "2026-10-01").summary["total"] == 1


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
