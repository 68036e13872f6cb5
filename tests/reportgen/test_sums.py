"""Sums that stand ready and the rows themselves give the same report, whatever is asked of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from reportgen.catalogue import CATALOGUE
from reportgen.catalogue.parts import Report
from reportgen.compile import (
    Arrangement,
    Bound,
    CompiledReport,
    Statement,
    compile_report,
    read_pairs,
    read_selections,
)
from reportgen.compile.arrangement import AS_DECLARED
from reportgen.compile.period import Period
from reportgen.run import as_tenant, find_tenant
from store.connect import Connection, connect
from store.vocabulary import CallOutcome, Direction
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder

PERIODS = {
    "ten days": ("2026-10-23", "2026-11-01"),
    "25 hours": ("2026-10-25", "2026-10-25"),
    "23 hours": ("2026-03-29", "2026-03-29"),
    "days around 23 hours": ("2026-03-28", "2026-03-30"),
    "nothing": ("2026-06-01", "2026-06-03"),
}
WITHIN_SUMS = (
    (),
    ("direction=incoming,internal",),
    ("direction=outgoing",),
    ("ddi=+31201234500",),
    ("contact-group=sales",),
    ("extension=201,203",),
    ("user=Anna",),
    ("department=department one", "site=site one"),
    ("cost-centre=cost_centre two", "direction=incoming"),
    ("division=division two",),
)
BEYOND_SUMS = (
    # Who belonged to the group is a matter of the moment.
    ("ddi-group=Head office",),
    ("weekday=sun",),
    ("time-of-day=01:00-03:30",),
    ("answer-target=10",),
    ("short-call=10",),
    ("outcome=answered",),
    # Of single calls, and not of what they add up to.
    ("duration=..90",),
    ("ring-time=5..",),
    ("wait=..20",),
)
FILTERS: tuple[tuple[str, ...], ...] = (*WITHIN_SUMS, *BEYOND_SUMS)
OF_ROWS = {"caller-tolerance", "unreturned-missed-calls"}
"""Answered by a narrower table that has every row: more can be asked of it."""
WITH_SUMS = {
    *("extension-activity", "half-hourly-activity", "hourly-activity", "daily-activity"),
    *("monthly-activity", "call-response", "ddi-activity", "daily-ddi-activity"),
    *("contact-group-overview", "queue-performance", "hunt-group-activity"),
    *("cost-centre-activity", "department-activity", "division-activity", "site-activity"),
    *("area-code-activity", "destination-activity", "agent-by-group", "agent-activity"),
    *("available-agents", "available-agents-daily", "agent-unavailable-daily", "agent-busy"),
    "status-duration",
}


@pytest.fixture
def filled(acme: TenantBuilder) -> TenantBuilder:
    """The sample's ten days in October, and a call every half hour around the change of March."""
    sample.fill(acme, calls=250)
    unit = acme.connection.execute(
        "SELECT unit_id FROM store.organisation_unit WHERE name = 'department one'"
    ).fetchone()
    assert unit is not None
    first = datetime(2026, 3, 27, 22, 10, tzinfo=UTC)
    outcomes = (CallOutcome.ANSWERED, CallOutcome.ABANDONED, CallOutcome.VOICEMAIL)
    with acme.connection.transaction():
        for place in range(2 * 24 * 4):
            acme.call(
                first + timedelta(minutes=30 * place),
                outcome=outcomes[place % 3],
                direction=list(Direction)[place % 2],
                extension=str(201 + place % 3),
                ddi=sample.DDIS[place % 2] if place % 5 else None,
                department_id=unit[0] if place % 4 else None,
                contact_group=sample.GROUPS[place % 2],
                visits=({"contact_group": sample.GROUPS[place % 2], "wait_seconds": place % 60},),
            )
    acme.roll_up()
    return acme


@pytest.fixture
def reader(filled: TenantBuilder, report_url: str) -> Iterator[Connection]:
    with connect(report_url, "test") as connection:
        yield connection


def same_from_sums(
    connection: Connection,
    report: Report,
    days: tuple[str, str],
    filters: tuple[str, ...] = (),
    arrangement: Arrangement = AS_DECLARED,
) -> bool:
    """Whether sums can answer the table; whatever they answer must be what the rows give."""
    tenant = find_tenant(connection, "acme")
    first, last = map(date.fromisoformat, days)
    from_sums, from_rows = (
        compile_report(
            report,
            Bound(tenant, Period(first, last, tenant.time_zone)),
            read_selections(report, read_pairs(filters)),
            arrangement=arrangement,
            limit=1000,
            use_rollup=use_rollup,
        )
        for use_rollup in (True, False)
    )
    assert not from_rows.uses_rollup
    if statements(from_sums) != statements(from_rows):
        with as_tenant(connection, tenant.tenant_id):
            found, expected = (answers(connection, compiled) for compiled in (from_sums, from_rows))
        assert found == expected, (report.slug, filters, arrangement.columns)
    return from_sums.uses_rollup


def statements(compiled: CompiledReport) -> list[Statement]:
    parts = (compiled.summary, compiled.totals, compiled.table, compiled.leading, compiled.count)
    return [statement for statement in parts if statement is not None]


def answers(connection: Connection, compiled: CompiledReport) -> list[Any]:
    return [
        connection.execute(statement.sql.encode(), statement.parameters).fetchall()
        for statement in statements(compiled)
    ]


def fits(report: Report, filters: tuple[str, ...]) -> bool:
    return {text.partition("=")[0] for text in filters} <= report.filters.keys()


@pytest.mark.parametrize("name", PERIODS)
def test_every_report_is_the_same_from_sums_under_every_filter(reader: Connection, name: str) -> None:
    answered = {
        (report.slug, filters)
        for report in CATALOGUE.values()
        for filters in FILTERS
        if fits(report, filters) and same_from_sums(reader, report, PERIODS[name], filters)
    }
    assert {slug for slug, _filters in answered} >= WITH_SUMS | OF_ROWS
    assert {filters for slug, filters in answered if slug not in OF_ROWS} == set(WITHIN_SUMS)


def test_days_whose_sums_do_not_stand_ready_are_added_up_when_they_are_asked_for(
    reader: Connection, filled: TenantBuilder
) -> None:
    """As on the present day, after an import, or while the aggregator stands still."""
    for ready_before in ("2026-10-27", "-infinity"):
        # Sums of later days lie there still: they are not to be added to what is made.
        filled.connection.execute("UPDATE store.day_sums SET ready_before = %s", (ready_before,))
        filled.connection.commit()
        answered = {
            report.slug
            for report in CATALOGUE.values()
            if same_from_sums(reader, report, PERIODS["ten days"])
        }
        assert answered >= WITH_SUMS


@pytest.mark.parametrize(
    "filters", [("outcome=answered",), ("wait=..20",), ("outcome=abandoned", "wait=5..")]
)
def test_a_single_figure_is_the_same_from_sums_under_filters_beyond_them(
    reader: Connection, filters: tuple[str, ...]
) -> None:
    """Totals over everything are asked of sums by themselves, where these cannot answer the table."""
    for report in CATALOGUE.values():
        for dimension in report.dimensions if fits(report, filters) else ():
            for figure in report.figures:
                arrangement = Arrangement((dimension.name, figure.name))
                same_from_sums(reader, report, PERIODS["ten days"], filters, arrangement)


def test_every_choice_of_one_group_and_one_figure_is_the_same_from_sums(reader: Connection) -> None:
    answered = {
        report.slug
        for report in CATALOGUE.values()
        for dimension in report.dimensions
        for figure in report.figures
        if same_from_sums(reader, report, PERIODS["ten days"], (), Arrangement((dimension.name, figure.name)))
    }
    assert answered >= WITH_SUMS
