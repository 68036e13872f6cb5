"""Under a scope every view shows its part of the tenant and nothing else, whoever reads and however."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from aggregator.calls_touched import note_touched
from aggregator.rows import CallRow, LegRow, VisitRow
from reportgen.access.accounts import ScopeWanted, make_scope
from store.connect import Connection, connect
from store.errors import UserError
from store.login import create_login
from store.vocabulary import CallOutcome, Direction, GroupKind, LegKind, LegOutcome, LegRole, VisitOutcome
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
WHOLE_TENANT_SEES = frozenset(
    {
        "tenant",
        "pbx",
        "organisation_unit",
        "ddi_group",
        "ddi",
        "contact_group",
        "customer",
        "customer_number",
        "working_hours",
        "holiday",
        "pbx_gap",
        "live_pbx",
        "heard_pbx",
        "agent_state_reach",
        "device_state_reach",
    }
)
"""Names of things, numbers and hours, and what is known of the telephone system: the same for every scope."""


@dataclass
class Company:
    """Two departments, a person with an extension in each, and a queue; every kind of row of both."""

    tenant: TenantBuilder
    sales: int
    service: int
    calls: dict[str, UUID]


def person_with_extension(tenant: TenantBuilder, number: str, department: int, valid: str = "(,)") -> int:
    person = tenant.person(number)
    tenant.connection.execute(
        "INSERT INTO store.extension (tenant_id, number, valid, person_id, department_id) "
        "VALUES (%s, %s, %s, %s, %s)",
        (tenant.tenant_id, number, valid, person, department),
    )
    tenant.connection.execute(
        "INSERT INTO store.agent (tenant_id, pbx_name, extension) VALUES (%s, %s, %s)",
        (tenant.tenant_id, f"agent {number}", number),
    )
    return person


def state_rows(tenant: TenantBuilder, number: str, queue: str, at: datetime = AT) -> None:
    """What was and is known of an extension and its agent."""
    own = {"tenant_id": tenant.tenant_id, "pbx_id": tenant.pbx_id}
    agent, extension = {"agent": f"agent {number}"}, {"extension": number}
    past = {"from_at": at, "until_at": at + timedelta(hours=1)}
    now = {"state_since": at}
    for table, row in (
        ("agent_state", {**own, **agent, **past, "state": "available", "inferred": False}),
        ("agent_group_session", {**own, **agent, **past, "contact_group": queue, "paused": False}),
        ("device_state", {**own, **extension, **past, "state": "do_not_disturb"}),
        ("live_agent", {**own, **agent, **extension, **now, "contact_group": queue, "state": "available"}),
        ("live_device", {**own, **extension, **now, "state": "idle", "do_not_disturb": False}),
        ("live_queue", {**own, "contact_group": queue, "waiting": 1}),
        (
            "live_waiting",
            {**own, "connection": number, "contact_group": queue, "withheld": False, "entered_at": at},
        ),
        (
            "live_call",
            {
                **own,
                **extension,
                **now,
                "connection": number,
                "call": number,
                "direction": "incoming",
                "state": "talking",
                "started_at": at,
                "withheld": False,
            },
        ),
    ):
        tenant.connection.execute(
            sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier("store", table),
                sql.SQL(", ").join(map(sql.Identifier, row)),
                sql.SQL(", ").join(sql.Placeholder() * len(row)),
            ),
            list(row.values()),
        )


@pytest.fixture
def company(acme: TenantBuilder) -> Company:
    sales, service = acme.unit("department", "Sales"), acme.unit("department", "Service")
    calls = {}
    for department, number, queue in ((sales, "201", "q-sales"), (service, "301", "q-service")):
        acme.group(queue, queue)
        person = person_with_extension(acme, number, department)
        own = {"department_id": department, "person_id": person, "extension": number}
        for outcome in (CallOutcome.ANSWERED, CallOutcome.ABANDONED):
            calls[f"{number} {outcome}"] = acme.call(
                AT,
                outcome=outcome,
                legs=({**own, "contact_group": queue},),
                visits=({"contact_group": queue},),
                contact_group=queue,
                outside_number="+31612345678",
                **own,
            )
        state_rows(acme, number, queue)
    acme.connection.execute(
        "INSERT INTO store.live_pbx (pbx_id, tenant_id, connected, changed_at, updated_at) "
        "VALUES (%s, %s, true, now(), now())",
        (acme.pbx_id, acme.tenant_id),
    )
    for name, call_id in calls.items():
        if "abandoned" in name:
            acme.connection.execute(
                "INSERT INTO store.missed_call "
                "(tenant_id, started_at, call_id, outside_number, target_seconds) "
                "VALUES (%s, %s, %s, '+31612345678', 1800)",
                (acme.tenant_id, AT, call_id),
            )
    acme.roll_up()
    return Company(acme, sales, service, calls)


Reader = Callable[[ScopeWanted | None], psycopg.Connection[Any]]


@pytest.fixture(params=["report generator", "viewer"])
def reader(
    request: pytest.FixtureRequest,
    database: Database,
    company: Company,
    owner: psycopg.Connection,
    portal: Connection,
    role_names: RoleNames,
) -> Iterator[Reader]:
    """Gives connections under a scope: of the report generator, or of a viewer's own login."""
    opened: list[psycopg.Connection[Any]] = []
    tenant, numbers = company.tenant, itertools.count()

    def read(scope: ScopeWanted | None) -> psycopg.Connection[Any]:
        name = f"scope {next(numbers)}"
        with connect(database.url, "test", autocommit=True) as connection:
            scope_id = make_scope(connection, tenant.tenant_id, scope, name) if scope is not None else None
            if request.param == "viewer":
                role = role_names("viewer")
                url = create_login(
                    connection,
                    database.url,
                    role,
                    "viewer",
                    tenant.slug,
                    scope=None if scope is None else name,
                )
                opened.append(psycopg.connect(url, autocommit=True))
                return opened[-1]
        portal.rollback()
        portal.execute(
            "SELECT set_config('gespreksrapportage.tenant', %s, true), "
            "set_config('gespreksrapportage.scope', %s, true)",
            (str(tenant.tenant_id), str(scope_id or "")),
        )
        return portal

    yield read
    for connection in opened:
        connection.close()


def views(connection: psycopg.Connection[Any]) -> list[str]:
    rows = connection.execute(
        "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE nspname = 'report' AND relkind = 'v' ORDER BY 1"
    )
    return [name for (name,) in rows.fetchall()]


def texts(connection: psycopg.Connection[Any], view: str) -> list[str]:
    query = sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier("report", view))
    return [text for (text,) in connection.execute(query).fetchall()]


def calls_shown(connection: psycopg.Connection[Any]) -> set[UUID]:
    return {call_id for (call_id,) in connection.execute("SELECT call_id FROM report.call").fetchall()}


def test_a_department_sees_its_own_rows_in_every_view_and_no_other(company: Company, reader: Reader) -> None:
    own, others = company.calls["201 answered"], company.calls["301 answered"]
    whole = reader(None)
    everything = {view: texts(whole, view) for view in views(whole)}
    part = reader(ScopeWanted({"department": ["Sales"]}))
    assert {own, company.calls["201 abandoned"]} == calls_shown(part)
    shown = {view: texts(part, view) for view in everything}
    words_of_others = ("301", "q-service", str(others), str(company.calls["301 abandoned"]))
    for view, rows in shown.items():
        if view in WHOLE_TENANT_SEES:
            assert rows == everything[view], view
        else:
            assert [row for row in rows if any(word in row for word in words_of_others)] == [], view
    filled = {view for view, rows in shown.items() if rows} - WHOLE_TENANT_SEES
    assert filled >= {
        "call",
        "leg",
        "missed_call",
        "agent_state",
        "agent_group_session",
        "device_state",
        "live_call",
        "live_agent",
        "live_device",
        "extension",
        "person",
        "agent",
        "call_now",
        "agent_now",
    }
    assert all(len(everything[view]) > len(shown[view]) for view in filled)


def test_a_group_sees_its_calls_visits_waiting_callers_and_agents(company: Company, reader: Reader) -> None:
    part = reader(ScopeWanted(groups=["q-sales"]))
    assert calls_shown(part) == {company.calls["201 answered"], company.calls["201 abandoned"]}
    for view in (
        "leg",
        "visit",
        "agent_state",
        "live_waiting",
        "live_queue",
        "live_agent",
        "rollup_visit_quarter",
    ):
        rows = texts(part, view)
        assert rows, view
        assert not any("q-service" in row or "301" in row for row in rows), view


def test_a_user_sees_his_own_calls(company: Company, reader: Reader) -> None:
    part = reader(ScopeWanted(persons=["p201"]))
    assert calls_shown(part) == {company.calls["201 answered"], company.calls["201 abandoned"]}
    assert len(texts(part, "person")) == len(texts(part, "extension")) == 1


def test_sums_are_not_shown_under_a_scope_since_they_do_not_tell_whose_they_are(
    company: Company, reader: Reader
) -> None:
    whole = reader(None)
    assert texts(whole, "rollup_call_quarter")
    assert texts(whole, "rollup_extension_day")
    part = reader(ScopeWanted({"department": ["Sales", "Service"]}, ["q-sales", "q-service"]))
    assert texts(part, "rollup_call_quarter") == texts(part, "rollup_extension_day") == []


def test_a_scope_without_members_shows_nothing(company: Company, reader: Reader) -> None:
    part = reader(ScopeWanted())
    assert {view for view in views(part) if texts(part, view)} <= WHOLE_TENANT_SEES


def test_a_call_belongs_to_every_department_that_it_touched(company: Company, reader: Reader) -> None:
    """Transferred from Sales to Service; on the call itself stands Sales."""
    tenant = company.tenant
    call = tenant.call(
        AT,
        department_id=company.sales,
        also_units=[company.service],
        legs=(
            {"extension": "201", "department_id": company.sales},
            {"extension": "301", "department_id": company.service},
        ),
    )
    for department, extension in (("Sales", "201"), ("Service", "301")):
        part = reader(ScopeWanted({"department": [department]}))
        assert call in calls_shown(part)
        legs = part.execute("SELECT extension FROM report.leg WHERE call_id = %s", [call]).fetchall()
        assert legs == [(extension,)]


def test_history_stays_with_the_department_that_had_the_extension(company: Company, reader: Reader) -> None:
    """Extension 201 moves to Service: what it did before stays with Sales."""
    tenant = company.tenant
    moved = AT + timedelta(days=1)
    tenant.connection.execute(
        "UPDATE store.extension SET valid = tstzrange(NULL, %s) WHERE number = '201'", [moved]
    )
    tenant.connection.execute(
        "INSERT INTO store.extension (tenant_id, number, valid, department_id) "
        "VALUES (%s, '201', tstzrange(%s, NULL), %s)",
        (tenant.tenant_id, moved, company.service),
    )
    tenant.connection.execute(
        "INSERT INTO store.device_state (tenant_id, pbx_id, extension, from_at, state) "
        "VALUES (%s, %s, '201', %s, 'x')",
        (tenant.tenant_id, tenant.pbx_id, moved + timedelta(hours=1)),
    )
    for department, states in (("Sales", ["do_not_disturb"]), ("Service", ["x"])):
        part = reader(ScopeWanted({"department": [department]}))
        rows = part.execute("SELECT state FROM report.device_state WHERE extension = '201'").fetchall()
        assert [state for (state,) in rows] == states


def test_another_tenants_scope_shows_nothing(
    company: Company, rival: TenantBuilder, portal: Connection, database: Database
) -> None:
    rival.unit("department", "Sales")
    with connect(database.url, "test", autocommit=True) as connection:
        theirs = make_scope(connection, rival.tenant_id, ScopeWanted({"department": ["Sales"]}))
    for scope in (theirs, 2**31 - 1):
        portal.execute(
            "SELECT set_config('gespreksrapportage.tenant', %s, true), "
            "set_config('gespreksrapportage.scope', %s, true)",
            (str(company.tenant.tenant_id), str(scope)),
        )
        assert calls_shown(portal) == set()
        portal.rollback()


def test_a_scope_cannot_hold_anything_of_another_tenant_nor_go_while_somebody_has_it(
    company: Company,
    rival: TenantBuilder,
    owner: psycopg.Connection,
    database: Database,
    role_names: RoleNames,
) -> None:
    theirs = rival.unit("department", "Theirs")
    with connect(database.url, "test", autocommit=True) as connection:
        scope = make_scope(connection, company.tenant.tenant_id, ScopeWanted(), "ours")
        create_login(connection, database.url, role_names("viewer"), "viewer", "acme", scope="ours")
        with pytest.raises(UserError, match='no scope "ours"'):
            create_login(connection, database.url, role_names("viewer"), "viewer", "rival", scope="ours")
    for tenant in (company.tenant, rival):
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            owner.execute(
                "INSERT INTO store.access_scope_member (tenant_id, scope_id, unit_id) VALUES (%s, %s, %s)",
                (tenant.tenant_id, scope, theirs),
            )
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        owner.execute("DELETE FROM store.access_scope WHERE scope_id = %s", [scope])


def test_a_viewer_cannot_leave_its_scope(
    company: Company, database: Database, owner: psycopg.Connection, role_names: RoleNames
) -> None:
    with connect(database.url, "test", autocommit=True) as connection:
        make_scope(connection, company.tenant.tenant_id, ScopeWanted({"department": ["Sales"]}), "sales")
        url = create_login(connection, database.url, role_names("viewer"), "viewer", "acme", scope="sales")
    with psycopg.connect(url, autocommit=True) as viewer:
        for value in ("", "0", "1", "2"):
            viewer.execute("SELECT set_config('gespreksrapportage.scope', %s, false)", [value])
            assert company.calls["301 answered"] not in calls_shown(viewer)
        shown = viewer.execute(
            "SELECT report.call_is_shown(%s, %s), report.call_is_shown(%s, %s)",
            (company.calls["201 answered"], AT, company.calls["301 answered"], AT),
        ).fetchone()
        assert shown == (True, False)


def test_the_whole_tenant_is_read_without_a_look_at_members(
    company: Company, portal: Connection, database: Database
) -> None:
    """A row passes by one comparison; only TimescaleDB's append asks for members, to leave out chunks."""
    portal.execute(
        "SELECT set_config('gespreksrapportage.tenant', %s, true)", [str(company.tenant.tenant_id)]
    )
    plan = portal.execute(
        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT call_id, extension, talk_seconds FROM report.call"
    ).fetchall()
    lines = [line for (line,) in plan]
    asked = [after for line, after in pairwise(lines) if line.strip().startswith("InitPlan")]
    assert len(asked) > 5
    if database.kind == "plain":
        # Which tenant, which scope, whether users are shown and whether the scope has enough of them:
        # once for the whole query.
        assert sum("never executed" not in line for line in asked) == 4, lines
    assert not any("SubPlan" in line for line in lines), lines


def leg(outcome: LegOutcome = LegOutcome.ANSWERED, **columns: Any) -> LegRow:
    return LegRow(
        tenant_id=1,
        started_at=AT,
        call_id=UUID(int=1),
        leg_number=1,
        connection="c",
        kind=LegKind.EXTENSION,
        role=LegRole.CALLED,
        direction=Direction.INCOMING,
        outcome=outcome,
        offered_at=AT,
        **columns,
    )


def visit(group: str) -> VisitRow:
    return VisitRow(
        tenant_id=1,
        started_at=AT,
        call_id=UUID(int=1),
        visit_number=1,
        group_kind=GroupKind.QUEUE,
        contact_group=group,
        direction=Direction.INCOMING,
        outcome=VisitOutcome.ANSWERED,
        entered_at=AT,
    )


def test_a_call_notes_what_it_touched_besides_what_stands_on_it() -> None:
    call = CallRow(
        tenant_id=1,
        started_at=AT,
        call_id=UUID(int=1),
        pbx_id=1,
        call_ref="1",
        direction=Direction.INCOMING,
        outcome=CallOutcome.ANSWERED,
        site_id=1,
        department_id=2,
        person_id=3,
        contact_group="a",
    )
    note_touched(call, [leg(site_id=1, department_id=2, person_id=3)], [visit("a")])
    assert (call.also_units, call.also_persons, call.also_groups) == (None, None, None)
    legs = [
        leg(site_id=1, department_id=9, person_id=7),
        leg(LegOutcome.MISSED, division_id=4, cost_centre_id=5),
        leg(LegOutcome.ANSWERED_ELSEWHERE, department_id=8, person_id=6),
    ]
    note_touched(call, legs, [visit("a"), visit("c"), visit("b"), visit("c")])
    assert (call.also_units, call.also_persons, call.also_groups) == ([4, 5, 9], [7], ["b", "c"])
