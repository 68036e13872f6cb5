"""Agents' days are held against working hours of which all is known, and no others."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg

from reportgen.catalogue import find_report
from reportgen.compile import GrafanaMacros, compile_report
from store.connect import connect
from store.login import create_login
from store.vocabulary import AgentState
from tests.conftest import Database, RoleNames
from tests.dashboards.grafana_macros import expanded
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import Reading

DAY = "2026-10-01"
REPORT = "availability-punctuality"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{DAY} {text}+02")


def test_late_and_early_are_told_of_a_day_that_is_over(acme: TenantBuilder, read: Reading) -> None:
    acme.opening(4, "08:30", "17:30")
    acme.agent_state("Anna", at("08:40"), at("17:00"), AgentState.AVAILABLE)
    found = read(REPORT, DAY)
    assert (found.column("late"), found.column("early")) == ([600], [1800])


def test_nobody_ended_early_while_the_working_hours_go_on(acme: TenantBuilder, read: Reading) -> None:
    now = datetime.now(UTC)
    for weekday in range(1, 8):
        acme.opening(weekday, "00:00", "23:59:59")
    acme.agent_state("Anna", now - timedelta(seconds=2), now - timedelta(seconds=1), AgentState.AVAILABLE)
    found = read(
        REPORT, (now - timedelta(seconds=1)).astimezone(ZoneInfo("Europe/Amsterdam")).date().isoformat()
    )
    assert found.column("last_out")[0] is not None
    assert found.column("early") == [None]
    assert found.summary["early_ends"] == 0


def test_a_board_that_shows_a_part_of_a_day_calls_nobody_late_or_early(
    acme: TenantBuilder, database: Database, role_names: RoleNames
) -> None:
    acme.opening(4, "08:30", "17:30")
    acme.agent_state("Anna", at("08:00"), at("18:00"), AgentState.AVAILABLE)
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("viewer"), "viewer", acme.slug)
    table = compile_report(find_report(REPORT), GrafanaMacros()).table
    names = [column.name for column in table.columns]
    with psycopg.connect(url) as viewer:
        for begin, end, late, early in (
            ("00:00", "23:59:59", 0, 0),
            ("10:00", "15:00", None, None),
            ("08:00", "15:00", 0, None),
        ):
            (row,) = viewer.execute(expanded(table.sql, at(begin), at(end)).encode()).fetchall()
            shown = dict(zip(names, row, strict=True))
            assert (shown["late"], shown["early"]) == (late, early), (begin, end)
