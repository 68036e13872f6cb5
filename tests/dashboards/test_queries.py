"""Every panel's SQL, executed as the tenant's own login would execute it."""

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row

from dashboards.board import Board
from dashboards.boards import BOARDS
from dashboards.boards.live_overview import LIVE_OVERVIEW
from dashboards.panels import CALLS
from reportgen.catalogue import find_report
from reportgen.compile import Bound, Tenant, compile_report
from reportgen.compile.period import Period
from reportgen.texts import Language
from store.connect import connect
from tests.dashboards.grafana_macros import expanded
from tests.dashboards.tenants import TenantUnderTest, fill, moment

TENANT_BOARDS = [board for board in BOARDS if not board.operator_only]


def queries(board: Board) -> list[tuple[str, str]]:
    """Panel title (with the column that it shows) and SQL of every query on the tenant's views."""
    return [
        (panel["title"].en, target["rawSql"])
        for row in board.rows
        for panel in row
        for target in panel["targets"]
        if target["datasource"] == CALLS
    ]


def questions_around(board: Board) -> list[str]:
    """SQL of the choices above a board and of what is marked in its charts."""
    dashboard = json.loads(board.json(Language.DUTCH))
    choices = [each["query"] for each in dashboard["templating"]["list"] if each["type"] == "query"]
    return [*choices, *(each["target"]["rawSql"] for each in dashboard["annotations"]["list"])]


def answer(connection: psycopg.Connection[Any], raw_sql: str, now: datetime) -> list[dict[str, Any]]:
    midnight = now.astimezone(ZoneInfo("Europe/Amsterdam")).replace(hour=0, minute=0, second=0, microsecond=0)
    statement = expanded(raw_sql, midnight, midnight + timedelta(days=1) - timedelta(milliseconds=1))
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement.encode()).fetchall()


def answers(tenant: TenantUnderTest, board: Board, now: datetime) -> dict[str, list[dict[str, Any]]]:
    with tenant.connect() as connection:
        return {title: answer(connection, raw_sql, now) for title, raw_sql in queries(board)}


@pytest.mark.parametrize("board", TENANT_BOARDS, ids=lambda board: board.uid)
def test_a_tenant_without_calls_gets_empty_tiles_and_no_error(
    ours: TenantUnderTest, theirs: TenantUnderTest, board: Board
) -> None:
    fill(theirs, 3, moment())
    for title, rows in answers(ours, board, moment()).items():
        values = [
            value for row in rows for name, value in row.items() if name not in ("hour", "place", "stretch")
        ]
        assert not any(values), f"{title}: {rows}"


@pytest.mark.parametrize("board", TENANT_BOARDS, ids=lambda board: board.uid)
def test_another_tenants_rows_change_nothing(
    ours: TenantUnderTest, theirs: TenantUnderTest, board: Board
) -> None:
    now = moment()
    fill(ours, 2, now)
    # One transaction: now() stands still, so that only rows can make a difference.
    with ours.connect(autocommit=False) as connection:
        before = [answer(connection, raw_sql, now) for _, raw_sql in queries(board)]
        fill(theirs, 5, now)
        after = [answer(connection, raw_sql, now) for _, raw_sql in queries(board)]
    assert any(before)
    assert before == after
    assert "theirs" not in str(after)


@pytest.mark.parametrize("board", TENANT_BOARDS, ids=lambda board: board.uid)
def test_the_choices_and_marks_of_a_board_are_the_tenants_own(
    ours: TenantUnderTest, theirs: TenantUnderTest, board: Board
) -> None:
    now = moment()
    fill(ours, 2, now)
    fill(theirs, 2, now)
    with ours.connect() as connection:
        answers = [answer(connection, raw_sql, now) for raw_sql in questions_around(board)]
    assert "theirs" not in str(answers)
    local = now.astimezone(ZoneInfo("Europe/Amsterdam")).date().isoformat()
    assert answers[-3:-1] == [[{"to_char": local}]] * 2, "the board's days, for links"
    assert [mark["text"] for mark in answers[-1]] == ["Centrale niet gehoord: ours-pbx"]


def test_the_live_board_counts_what_is_there(ours: TenantUnderTest) -> None:
    now = moment()
    fill(ours, 3, now)
    shown = answers(ours, LIVE_OVERVIEW, now)
    assert shown["Calls now"] == [{"calls": 2}]
    assert shown["Ringing"] == [{"ringing": 1}]
    assert shown["Callers waiting"] == [{"waiting": 3}]
    assert shown["Agents available"] == [{"available": 1}]
    assert 2 <= shown["Longest wait now"][0]["longest_wait"] < 60
    assert shown["Last heard from the PBX"][0]["age_seconds"] < 30
    queue = shown["Queues now"][0]
    assert (queue["queue"], queue["waiting"], queue["available"], queue["staffed"]) == ("ours queue", 3, 1, 1)
    agent = shown["Agents now"][0]
    assert (agent["agent"], agent["extension"], agent["state"]) == ("ours person", "101", "available")


@pytest.mark.parametrize(
    "silence",
    [
        "SET connected = false, changed_at = now() - interval '1 minute'",
        "SET updated_at = now() - interval '1 minute'",
    ],
    ids=["disconnected", "not heard"],
)
def test_a_pbx_that_nobody_hears_has_no_state_of_now(ours: TenantUnderTest, silence: str) -> None:
    fill(ours, 3, moment())
    with connect(ours.database.url, "test") as connection:
        connection.execute(f"UPDATE live_pbx {silence}".encode())
    shown = answers(ours, LIVE_OVERVIEW, moment())
    assert shown["Calls now"] == [{"calls": None}]
    assert shown["Ringing"] == [{"ringing": None}]
    assert shown["Callers waiting"] == [{"waiting": None}]
    assert shown["Agents available"] == [{"available": None}]
    assert shown["Longest wait now"] == shown["Queues now"] == shown["Agents now"] == []
    assert 60 <= shown["Last heard from the PBX"][0]["age_seconds"] < 90


def test_todays_tiles_are_the_reports_figures(ours: TenantUnderTest) -> None:
    now = moment()
    fill(ours, 5, now)
    today = now.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    scope = Bound(
        Tenant(ours.tenant_id, ours.slug, ours.slug, "Europe/Amsterdam", "nl"),
        Period(today, today, "Europe/Amsterdam"),
    )
    report = compile_report(find_report("call-response"), scope)
    with connect(ours.database.url, "test") as generator, generator.cursor(row_factory=dict_row) as cursor:
        generator.execute("SELECT set_config('gespreksrapportage.tenant', %s, false)", (str(ours.tenant_id),))
        summary = cursor.execute(report.summary.sql.encode(), report.summary.parameters).fetchone()
        hours = cursor.execute(report.table.sql.encode(), report.table.parameters).fetchall()
    assert summary is not None
    assert (summary["offered"], summary["answered"], summary["missed"]) == (5, 4, 1)
    shown = answers(ours, LIVE_OVERVIEW, now)
    figures = {"Offered": "offered", "Answered": "answered", "Missed": "missed", "GoS": "gos", "PCA": "pca"}
    for title, name in figures.items():
        assert shown[f"{title} today"] == [{name: summary[name]}]
    bars = shown["Incoming calls per hour, today"]
    assert [bar for bar in bars if bar["answered"] or bar["missed"]] == [
        {name: hour[name] for name in ("hour", "answered", "missed")} for hour in hours
    ]
    assert len(bars) in (23, 24, 25), "an hour without calls has its place"
