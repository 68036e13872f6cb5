"""Every figure equals what a plain query over the stored calls gives, written without the compiler."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reportgen.catalogue import CATALOGUE
from reportgen.compile import Bound, compile_report
from reportgen.copied import copy_csv
from reportgen.run import Question, as_tenant
from store.connect import Connection, connect
from store.vocabulary import AgentState, CallOutcome, Direction, LegOutcome, LegRole
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import Reading

FIRST, LAST = "2026-10-23", "2026-11-01"


@pytest.fixture
def filled(acme: TenantBuilder) -> TenantBuilder:
    sample.fill(acme)
    return acme


EXPECTED = Path(__file__).parent / "expected"


def test_every_report_has_a_plain_query_to_answer_to() -> None:
    assert {path.stem for path in EXPECTED.glob("*.sql")} == set(CATALOGUE)


SPRING = {"2026-10-23": "2026-03-26", "2026-11-01": "2026-04-04", "2026-11-02": "2026-04-05"}
"""The plain queries' days, moved to where a day has 23 hours."""


@pytest.mark.parametrize(
    ("days", "first"), [({}, sample.AUTUMN), (SPRING, sample.SPRING)], ids=["autumn", "spring"]
)
def test_every_reports_rows_are_those_of_its_plain_query(
    acme: TenantBuilder, read: Reading, days: dict[str, str], first: datetime
) -> None:
    sample.fill(acme, first=first)
    for report in CATALOGUE:
        found = read(report, days.get(FIRST, FIRST), days.get(LAST, LAST))
        plain = (EXPECTED / f"{report}.sql").read_text(encoding="utf-8")
        for autumn, spring in days.items():
            plain = plain.replace(autumn, spring)
        expected = acme.connection.execute(plain.encode()).fetchall()
        assert sorted(found.rows, key=repr) == sorted(expected, key=repr), report
        assert len(found.rows) > 1, report


def test_totals_are_counted_anew_and_not_added_up(filled: TenantBuilder, read: Reading) -> None:
    found = read("call-response", FIRST, LAST)
    plain = (EXPECTED / "call-response.sql").read_text(encoding="utf-8")
    over_everything = plain.replace("SELECT to_timestamp(", "SELECT 1 + 0 * min(").replace("GROUP BY 1", "")
    (expected,) = filled.connection.execute(over_everything.encode()).fetchall()
    assert found.totals is not None
    assert tuple(found.totals.values()) == expected[1:]


def test_what_is_presented_is_answered_missed_or_short(filled: TenantBuilder, read: Reading) -> None:
    for filters in ((), ("extension=201",), ("short-call=10",), ("ddi-group=Head office",)):
        summary = read("call-response", FIRST, LAST, *filters).summary
        outside = read(
            "calls-by-date", FIRST, LAST, "outcome=answered_outside", "direction=incoming", *filters
        )
        assert summary["offered"] == summary["answered"] + outside.summary["total"] + summary["missed"]


def test_the_longest_call_comes_first_and_is_named(filled: TenantBuilder, read: Reading) -> None:
    found = read("longest-calls", FIRST, LAST)
    assert found.column("duration") == sorted(found.column("duration"), reverse=True)
    assert found.summary["duration"] == found.column("duration")[0]
    assert found.summary["user"] == found.column("user")[0]


def test_callers_patience_is_told_in_middle_and_extremes(acme: TenantBuilder, read: Reading) -> None:
    for wait in (1, 2, 3, 4, 5, 6, 7, 8, 9, 100):
        acme.call(at("2026-10-01 09:00+02"), outcome=CallOutcome.ABANDONED, wait=wait)
    summary = read("caller-tolerance", "2026-10-01").summary
    assert summary == {
        "lost": 10,
        "average_lost_wait": 15,
        "median_lost_wait": 5,
        "percentile_90_lost_wait": 9,
        "longest_lost_wait": 100,
    }


ROLLED_UP = {
    "extension-activity",
    "half-hourly-activity",
    "hourly-activity",
    "daily-activity",
    "monthly-activity",
    "call-response",
    "ddi-activity",
    "daily-ddi-activity",
    "contact-group-overview",
    "management-summary",
    "cost-centre-activity",
    "department-activity",
    "division-activity",
    "site-activity",
    "area-code-activity",
    "caller-tolerance",
    "unreturned-missed-calls",
    "destination-activity",
    "agent-by-group",
    "agent-activity",
    "available-agents",
    "available-agents-daily",
    "agent-unavailable-daily",
    "queue-performance",
    "hunt-group-activity",
    "agent-busy",
    "status-duration",
}


def test_sums_that_stand_ready_give_the_same_rows(
    filled: TenantBuilder, read: Reading, report_url: str
) -> None:
    rolled_up = set()
    with connect(report_url, "test") as connection:
        for slug in CATALOGUE:
            question = read.question(slug, FIRST, LAST)
            from_sums, from_rows = (
                _everything(connection, question, use_rollup=use_rollup) for use_rollup in (True, False)
            )
            assert from_sums[1:] == from_rows[1:], slug
            assert not from_rows[0]
            if from_sums[0]:
                rolled_up.add(slug)
    assert rolled_up == ROLLED_UP


def _everything(connection: Connection, question: Question, *, use_rollup: bool) -> list[Any]:
    """Whether a rollup was used, and the rows of all of a report's statements."""
    scope = Bound(question.tenant, question.period)
    compiled = compile_report(question.report, scope, use_rollup=use_rollup)
    with as_tenant(connection, question.tenant.tenant_id):
        return [
            compiled.uses_rollup,
            *(
                connection.execute(statement.sql.encode(), statement.parameters).fetchall()
                for statement in (compiled.summary, compiled.totals, compiled.table)
                if statement is not None
            ),
        ]


def test_a_period_without_calls_has_no_rows_and_no_averages(read: Reading) -> None:
    for report in CATALOGUE:
        found = read(report, "2026-10-01")
        assert found.rows == [], report
        for name, value in found.summary.items():
            assert value in (None, 0), (report, name)


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


def test_a_call_ended_at_whoever_stayed_the_longest(acme: TenantBuilder, read: Reading) -> None:
    first, second = at("2026-10-01 09:00:05+02"), at("2026-10-01 09:00:20+02")
    acme.call(
        at("2026-10-01 09:00+02"),
        legs=(
            {"extension": "201", "answered_at": first, "ended_at": at("2026-10-01 09:02+02")},
            # Asked into a conference, and gone again before its end.
            {"extension": "202", "answered_at": second, "ended_at": at("2026-10-01 09:01+02")},
        ),
    )
    found = read("calls-by-date", "2026-10-01")
    assert (found.column("went_to"), found.column("ended_at")) == (["202"], ["201"])


def test_a_parallel_ring_that_another_took_is_no_call_of_its_unit(acme: TenantBuilder, read: Reading) -> None:
    sales, service = acme.unit("department", "Sales"), acme.unit("department", "Service")
    acme.call(
        at("2026-10-01 09:00+02"),
        department_id=sales,
        legs=(
            {"extension": "201", "talk_seconds": 60},
            {"extension": "202", "department_id": service, "outcome": LegOutcome.ANSWERED_ELSEWHERE},
        ),
    )
    assert read("extension-activity", "2026-10-01").column("extension") == ["201"]
    assert read("department-activity", "2026-10-01").column("department") == ["Sales"]


def test_a_report_sees_no_other_tenants_calls(acme: TenantBuilder, read: Reading) -> None:
    other = TenantBuilder(acme.connection, slug="other", name="Other BV")
    other.call(at("2026-10-01 09:00+02"))
    assert read("calls-by-date", "2026-10-01").rows == []
    assert Reading(read.connection, "other")("calls-by-date", "2026-10-01").summary["total"] == 1


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_state_over_midnight_is_cut_there(acme: TenantBuilder, read: Reading) -> None:
    acme.agent("Anna", "201", acme.person("Anna"))
    acme.agent_state("Anna", at("2026-10-01 23:50+02"), at("2026-10-02 00:20+02"), AgentState.UNAVAILABLE)
    found = read("agent-unavailable-daily", "2026-10-01", "2026-10-02")
    assert found.column("pause_time") == [600, 1200]
    assert found.column("times") == [1, 0]
    assert read("agent-unavailable-daily", "2026-10-02").summary["pause_time"] == 1200


def test_of_a_weekday_the_time_in_a_state_is_that_of_its_days_alone(
    acme: TenantBuilder, read: Reading
) -> None:
    # From a Thursday into a Friday.
    acme.agent_state("Anna", at("2026-10-01 23:50+02"), at("2026-10-02 00:20+02"), AgentState.BUSY)
    for report in ("agent-busy", "status-duration"):
        for weekday, seconds in (("thu", 600), ("fri", 1200), ("thu,fri", 1800)):
            found = read(report, "2026-10-01", "2026-10-02", f"weekday={weekday}")
            assert found.column("talk_time") == [seconds], (report, weekday)


def test_an_internal_call_to_a_queue_counts_for_its_agent_in_every_report(
    acme: TenantBuilder, read: Reading
) -> None:
    acme.group("sales", "Sales")
    acme.agent("Anna", "201", acme.person("Anna"))
    of_queue = {"extension": "201", "agent": "Anna", "contact_group": "sales", "role": LegRole.CALLED}
    acme.call(at("2026-10-01 09:00+02"), direction=Direction.INTERNAL, legs=(of_queue,), visits=({},))
    # A colleague's call on her own number is no call of the call centre's.
    acme.call(at("2026-10-01 10:00+02"), direction=Direction.INTERNAL, extension="201")
    assert read("contact-group-overview", "2026-10-01").summary["answered_direct"] == 1
    for report in ("agent-by-group", "agent-activity"):
        found = read(report, "2026-10-01")
        assert (found.column("offered"), found.column("answered_direct")) == ([1], [1]), report


def test_a_day_of_25_hours_can_hold_25_hours_of_a_state(acme: TenantBuilder, read: Reading) -> None:
    acme.agent_state("Anna", at("2026-10-24 12:00+02"), at("2026-10-26 12:00+01"), AgentState.AVAILABLE)
    found = read("available-agents-daily", "2026-10-24", "2026-10-26")
    assert [seconds / 3600 for seconds in found.column("available_time")] == [12, 25, 12]


def test_a_state_that_began_long_ago_and_ended_or_goes_on_is_in_every_day_between(
    acme: TenantBuilder, read: Reading
) -> None:
    acme.agent_state("Anna", at("2026-10-01 09:00+02"), at("2026-10-20 17:00+02"), AgentState.UNAVAILABLE)
    acme.agent_state("Bram", at("2026-09-01 09:00+02"), None, AgentState.AVAILABLE)
    acme.agent_state("Bram", at("2026-08-01 09:00+02"), at("2026-08-01 09:30+02"), AgentState.AVAILABLE)
    found = read("available-agents-daily", "2026-10-10")
    assert dict(zip(found.column("agent"), found.column("signed_in_time"), strict=True)) == {
        "Anna": 24 * 3600,
        "Bram": 24 * 3600,
    }


def test_what_lasts_over_a_change_of_the_clock_is_found_in_every_zone_of_a_session(
    acme: TenantBuilder, read: Reading
) -> None:
    """Files for programs are written in the tenant's zone, in which two days can be 47 hours."""
    acme.agent_state("Anna", at("2026-03-27 22:30Z"), at("2026-03-29 22:31Z"), AgentState.AVAILABLE)
    question = read.question("available-agents-daily", "2026-03-30")
    shown = read("available-agents-daily", "2026-03-30")
    assert shown.column("available_time") == [31 * 60]
    written = b"".join(copy_csv(read.connection, question)).decode().splitlines()
    assert len(written) == 1 + len(shown.rows)
