"""The boards' own queries: who to call back, queues now, attendance, a stretch against the one before."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row

from dashboards import agent_workflow, call_back, call_centre, queues
from dashboards.boards.agent_workflow import AGENT_WORKFLOW
from dashboards.boards.trends import COMPARED, OF_CHOSEN
from dashboards.figures import comparison
from reportgen.catalogue.subjects import CALLS
from store.connect import connect
from store.login import create_login
from store.vocabulary import AgentState, CallOutcome, GroupKind, Phase, VisitOutcome
from tests.conftest import Database, RoleNames
from tests.dashboards.grafana_macros import Chosen, expanded
from tests.dashboards.tenants import moment
from tests.reportgen.builders import TenantBuilder

ZONE = ZoneInfo("Europe/Amsterdam")
MISSED = {"outcome": CallOutcome.ABANDONED, "wait": 30}


@pytest.fixture
def acme(database: Database) -> Iterator[TenantBuilder]:
    with database.connect(autocommit=True) as connection:
        yield TenantBuilder(connection)


class Shown:
    """What a panel of the tenant's boards answers."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(
        self, raw_sql: str, first: datetime, last: datetime, chosen: Chosen | None = None
    ) -> list[dict[str, Any]]:
        with (
            psycopg.connect(self._url) as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            return cursor.execute(expanded(raw_sql, first, last, chosen).encode()).fetchall()


@pytest.fixture
def shown(database: Database, role_names: RoleNames, acme: TenantBuilder) -> Shown:
    with connect(database.url, "test", autocommit=True) as connection:
        return Shown(create_login(connection, database.url, role_names("viewer"), "viewer", "acme"))


def local(day: datetime, clock: str) -> datetime:
    return datetime.combine(day.astimezone(ZONE).date(), time.fromisoformat(clock), ZONE)


def open_daily(acme: TenantBuilder, opens: str, closes: str) -> None:
    acme.connection.execute(
        "INSERT INTO store.working_hours (tenant_id, weekday, opens, closes) "
        "SELECT %s, day, %s, %s FROM generate_series(1, 7) AS day",
        (acme.tenant_id, opens, closes),
    )


def missed(acme: TenantBuilder, at: datetime, number: str, *, resolved_after: int | None = None) -> None:
    """A missed call, perhaps returned after so many seconds of open hours; its target is half an hour."""
    call = acme.call(at, outside_number=number, **MISSED)
    acme.connection.execute(
        """
        INSERT INTO store.missed_call (tenant_id, started_at, call_id, outside_number, closed_at,
                                       attempted_at, resolution_seconds, target_seconds)
        VALUES (%(t)s, %(at)s, %(call)s, %(number)s, %(closed)s, %(closed)s, %(after)s, 1800)
        """,
        {
            "t": acme.tenant_id,
            "at": at,
            "call": call,
            "number": number,
            "closed": None if resolved_after is None else at + timedelta(seconds=resolved_after),
            "after": resolved_after,
        },
    )


def moved_to_midday(acme: TenantBuilder, now: datetime) -> ZoneInfo:
    """Moves the tenant to where the hours before and after now are of the same day; gives its zone."""
    zone = ZoneInfo(f"Etc/GMT{now.hour - 12:+d}")
    acme.connection.execute("UPDATE store.tenant SET time_zone = %s", (zone.key,))
    return zone


def test_the_target_clock_counts_open_hours_down_and_then_up(acme: TenantBuilder, shown: Shown) -> None:
    now = moment()
    missed(acme, now - timedelta(minutes=10), "+31101")
    missed(acme, now - timedelta(hours=2), "+31102")
    missed(acme, now - timedelta(hours=1), "+31103", resolved_after=60)
    rows = shown(call_back.TARGET_CLOCK, now - timedelta(days=1), now)
    assert [row["number"] for row in rows] == ["+31102", "+31101"], "the oldest first, what is returned not"
    assert rows[0]["left_seconds"] is None
    assert rows[0]["late_seconds"] == pytest.approx(2 * 3600 - 30 - 1800, abs=5)
    assert rows[1]["left_seconds"] == pytest.approx(1800 - 570, abs=5)
    assert rows[1]["late_seconds"] is None


def test_the_target_clock_stands_still_while_the_line_is_closed(acme: TenantBuilder, shown: Shown) -> None:
    now = moment()
    closed_since = (now.astimezone(moved_to_midday(acme, now)) - timedelta(hours=1)).time()
    open_daily(acme, "00:00", closed_since.isoformat("seconds"))
    missed(acme, now - timedelta(minutes=50), "+31101")
    (row,) = shown(call_back.TARGET_CLOCK, now - timedelta(days=1), now)
    assert (row["left_seconds"], row["late_seconds"]) == (1800, None)


def test_returned_in_target_is_a_share_of_the_missed_calls_with_a_number(
    acme: TenantBuilder, shown: Shown
) -> None:
    now = moment()
    early = now - timedelta(hours=3)
    missed(acme, early, "+31101", resolved_after=600)
    missed(acme, early, "+31102", resolved_after=3600)
    missed(acme, early, "+31103")
    (row,) = shown(call_back.returned(by_site=True), now - timedelta(days=1), now)
    figures = row["returned_in_target"], row["average_resolution_seconds"], row["unreturned"], row["too_late"]
    assert figures == (Decimal("33.3"), 2100, 1, 1)
    assert shown(call_back.returned(by_site=False), now - timedelta(days=1), now) == [row]
    assert shown(call_back.returned(by_site=True), now - timedelta(days=1), now, {"ddi": ["+3199"]}) == []


def test_attempts_that_failed_are_those_while_the_line_was_open(acme: TenantBuilder, shown: Shown) -> None:
    day = moment() - timedelta(days=2)
    acme.ddi("+31201", "Hoofdnummer")
    customer = acme.customer("Bakker")
    of_customer: dict[str, Any] = {"outside_number": "+31101", "customer_id": customer, "ddi": "+31201"}
    for clock, phase in (("08:30", Phase.CLOSED), ("10:00", Phase.OPEN), ("16:00", Phase.OPEN)):
        acme.call(local(day, clock), phase=phase, **of_customer, **MISSED)
    acme.call(local(day, "11:00"), outside_number="+31101", customer_id=customer, ddi="+31201")
    acme.call(local(day, "12:00"), outside_number="+31102", ddi="+31202")
    first, last = local(day, "00:00"), local(day, "23:59")
    callers = shown(call_back.CALLERS, first, last)
    assert [(row["number"], row["customer"], row["calls"], row["failed"]) for row in callers] == [
        ("+31101", "Bakker", 4, 2),
        ("+31102", None, 1, 0),
    ]
    assert (callers[0]["first_at"], callers[0]["last_at"]) == (local(day, "08:30"), local(day, "16:00"))
    assert shown(call_back.FAILED, first, last) == [{"failed": 2}]
    assert shown(call_back.FAILED, first, last, {"ddi": ["+31202"]}) == [{"failed": 0}]
    assert [row["number"] for row in shown(call_back.CALLERS, first, last, {"ddi": ["+31202"]})] == ["+31102"]


def test_a_site_that_is_chosen_leaves_out_calls_of_no_site(acme: TenantBuilder, shown: Shown) -> None:
    now = moment()
    utrecht = acme.unit("site", "Utrecht")
    acme.call(now - timedelta(hours=1), outside_number="+31101", site_id=utrecht)
    acme.call(now - timedelta(hours=1), outside_number="+31102")
    day = (now - timedelta(days=1), now)
    assert len(shown(call_back.CALLERS, *day)) == 2
    assert [row["number"] for row in shown(call_back.CALLERS, *day, {"site": ["Utrecht"]})] == ["+31101"]


def heard(acme: TenantBuilder) -> None:
    acme.connection.execute(
        "INSERT INTO store.live_pbx (pbx_id, tenant_id, connected, changed_at, updated_at) "
        "VALUES (%s, %s, true, now(), now())",
        (acme.pbx_id, acme.tenant_id),
    )


def test_each_queue_waits_as_the_wallboard_of_that_queue_says(acme: TenantBuilder, shown: Shown) -> None:
    now = moment()
    acme.group("sales", "Verkoop")
    acme.group("service", "Service")
    acme.group("600", "Receptie", GroupKind.HUNT_GROUP)
    heard(acme)
    for queue, waiting in (("sales", 2), ("service", 0)):
        for number in range(waiting):
            acme.connection.execute(
                "INSERT INTO store.live_waiting (pbx_id, connection, tenant_id, contact_group, withheld, "
                "ddi, entered_at) VALUES (%s, %s, %s, %s, true, '+31201', %s)",
                (
                    acme.pbx_id,
                    f"{queue}{number}",
                    acme.tenant_id,
                    queue,
                    now - timedelta(seconds=40 + number),
                ),
            )
        acme.connection.execute(
            "INSERT INTO store.live_agent (pbx_id, agent, contact_group, tenant_id, state, state_since) "
            "VALUES (%s, %s, %s, %s, 'busy', now())",
            (acme.pbx_id, f"agent of {queue}", queue, acme.tenant_id),
        )
        visit = {"contact_group": queue, "answered_at": now, "talk_seconds": 90, "wait_seconds": 12}
        acme.call(now - timedelta(seconds=1), visits=(visit,))
    rows = {row["pbx_name"]: row for row in shown(queues.QUEUES, now, now)}
    assert list(rows) == ["sales", "service"], "who waits longest first"
    assert (rows["sales"]["waiting"], rows["service"]["waiting"]) == (2, 0)
    for name, row in rows.items():
        chosen = {"queue": [name]}
        (expected,) = shown(call_centre.EXPECTED_WAIT, now, now, chosen)
        assert row["expected_wait_seconds"] == expected["expected_wait_seconds"]
        (last,) = shown(call_centre.LAST_WAIT, now, now, chosen)
        assert row["last_wait_seconds"] == last["last_wait_seconds"] == 12
        (waiting,) = shown(call_centre.WAITING, now, now, chosen)
        assert row["waiting"] == waiting["waiting"]
    assert [row["pbx_name"] for row in shown(queues.QUEUES, now, now, {"queue": ["service"]})] == ["service"]


def test_a_line_and_a_hunt_group_show_what_rings_there(acme: TenantBuilder, shown: Shown) -> None:
    now = moment()
    acme.ddi("+31201", "Hoofdnummer")
    acme.ddi("+31202", "Verkoop")
    acme.group("600", "Receptie", GroupKind.HUNT_GROUP)
    heard(acme)
    acme.connection.execute(
        "INSERT INTO store.contact_group_member (group_id, extension) "
        "SELECT group_id, unnest(ARRAY['201', '202']) FROM store.contact_group"
    )
    for extension in ("201", "202", "301"):
        call = "outside" if extension != "301" else "another"
        acme.connection.execute(
            "INSERT INTO store.live_call (pbx_id, connection, tenant_id, call, direction, state, "
            "state_since, started_at, extension, ddi, withheld) "
            "VALUES (%s, %s, %s, %s, 'incoming', 'ringing', %s, %s, %s, %s, false)",
            (
                acme.pbx_id,
                extension,
                acme.tenant_id,
                call,
                now - timedelta(seconds=20),
                now - timedelta(seconds=25),
                extension,
                "+31201" if call == "outside" else "+31202",
            ),
        )
    visit = {
        "group_kind": GroupKind.HUNT_GROUP,
        "contact_group": "600",
        "outcome": VisitOutcome.ANSWERED,
        "answered_at": now,
        "wait_seconds": 7,
    }
    acme.call(now - timedelta(seconds=1), ddi="+31202", wait=9, visits=(visit,))
    (group,) = shown(queues.HUNT_GROUPS, now, now)
    assert (group["hunt_group"], group["ringing"], group["last_wait_seconds"]) == ("Receptie", 1, 7)
    assert group["longest_wait_seconds"] == pytest.approx(20, abs=3)
    lines = {row["line"]: row for row in shown(queues.LINES, now, now)}
    assert (lines["Hoofdnummer"]["waiting"], lines["Verkoop"]["waiting"]) == (1, 1), (
        "one call, two telephones"
    )
    assert lines["Hoofdnummer"]["longest_wait_seconds"] == pytest.approx(25, abs=3)
    assert (lines["Hoofdnummer"]["last_wait_seconds"], lines["Verkoop"]["last_wait_seconds"]) == (None, 9)


def test_attendance_is_the_reports_own(acme: TenantBuilder, shown: Shown) -> None:
    day = moment() - timedelta(days=3)
    open_daily(acme, "09:00", "17:00")
    for agent, begins, ends in (("early", "08:50", "17:10"), ("late", "09:12", "16:45")):
        acme.agent_state(agent, local(day, begins), local(day, ends), AgentState.AVAILABLE)
    attendance = AGENT_WORKFLOW.rows[1][0]["targets"][0]["rawSql"]
    whole_day = local(day, "00:00"), local(day, "23:59")
    rows = shown(attendance, *whole_day)
    assert [(row["agent"], row["late"], row["early"]) for row in rows] == [
        ("early", 0, 0),
        ("late", 720, 900),
    ]
    assert [row["agent"] for row in shown(attendance, *whole_day, {"agent": ["late"]})] == ["late"]
    line = [row["metric"] for row in shown(agent_workflow.TIME_LINE, *whole_day, {"agent": ["late"]})]
    assert set(line) == {"late"}


def test_a_stretch_is_compared_with_as_much_of_the_one_before(acme: TenantBuilder, shown: Shown) -> None:
    now = moment()
    zone = moved_to_midday(acme, now)
    wall = now.astimezone(zone).replace(tzinfo=None)
    midnight = datetime.combine(wall.date(), time())
    yesterday_until_now = wall - timedelta(days=1) - timedelta(seconds=1)
    yesterday_after_now = wall - timedelta(days=1) + timedelta(minutes=1)
    for moments, outcome in (
        ((midnight, wall - timedelta(seconds=1)), CallOutcome.ANSWERED),
        ((yesterday_until_now, yesterday_after_now), CallOutcome.ABANDONED),
    ):
        for at in moments:
            acme.call(at.replace(tzinfo=zone), outcome=outcome)
    (today,) = shown(comparison(CALLS, COMPARED, ("day",), OF_CHOSEN), now, now)
    assert (today["offered"], today["answered"], today["gos"]) == (2, 2, 100)
    assert (today["offered_before"], today["missed_before"], today["gos_before"]) == (1, 1, 0)
