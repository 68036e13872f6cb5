"""Where a works council has agreed on it, nobody finds a figure of a single user, on any surface."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from reportgen.catalogue import CATALOGUE
from reportgen.copied import copy_csv
from reportgen.live import read_now
from reportgen.privacy.small_groups import OF_USERS, FewUsersError
from reportgen.render.outputs import Output, blocks
from reportgen.run import answer
from reportgen.texts import Language
from reportgen.units import Writer
from store.connect import connect
from store.login import create_login
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

FIRST, LAST = "2026-10-23", "2026-11-01"
OF_USERS_ALONE = {
    "extension-activity", "hourly-extension-activity", "agent-activity", "agent-by-group", "agent-busy",
    "agent-unavailable-daily", "agent-status-detail", "available-agents", "available-agents-daily",
    "dnd-overview", "dnd-detail", "status-duration", "wrap-up", "extension-availability",
    "availability-punctuality",
}  # fmt: skip


LARGE, SMALL = ("sales", "desk"), ("service", "store")
"""Contact groups: the first of each is a queue, the other a hunt group."""


@pytest.fixture
def agreed(company: TenantBuilder, owner: psycopg.Connection) -> TenantBuilder:
    """Three users, and figures of at least two; all of them in the same units but one.

    Two contact groups have members enough: of the queue one is configured, and another was signed in to it.
    """
    owner.execute("UPDATE store.privacy_setting SET smallest_group = 2")
    for group, number in (("sales", "201"), ("desk", "201"), ("desk", "202"), ("service", "201")):
        owner.execute(
            "INSERT INTO store.contact_group_member (group_id, extension) "
            "SELECT group_id, %s FROM store.contact_group WHERE pbx_name = %s",
            [number, group],
        )
    # The one of the small queue is signed in by his agent's name as well: he counts once.
    for group, agent in (("sales", "Agent 1"), ("service", "Agent 0")):
        signed_in(owner, company, group, agent)
    for kind in ("site", "division", "cost_centre", "department"):
        owner.execute(
            f"UPDATE store.extension SET {kind}_id = (SELECT min(unit_id) FROM store.organisation_unit "
            "WHERE kind = %s)".encode(),
            [kind],
        )
    owner.execute(
        "UPDATE store.extension SET department_id = (SELECT max(unit_id) FROM store.organisation_unit "
        "WHERE kind = 'department') WHERE number = '203'"
    )
    return company


def signed_in(owner: psycopg.Connection, tenant: TenantBuilder, group: str, agent: str) -> None:
    owner.execute(
        "INSERT INTO store.agent_group_session "
        "(tenant_id, pbx_id, agent, contact_group, from_at, until_at, paused) "
        "VALUES (%s, %s, %s, %s, now() - interval '2 days', now() - interval '1 day', false)",
        [tenant.tenant_id, tenant.pbx_id, agent, group],
    )


@pytest.fixture
def ask(agreed: TenantBuilder, database: Database, role_names: RoleNames) -> Iterator[Reading]:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with connect(url, "test") as connection:
        yield Reading(connection)


def refused(ask: Reading, slug: str, *filters: str) -> bool:
    try:
        ask(slug, FIRST, LAST, *filters)
    except FewUsersError:
        return True
    return False


def test_reports_on_single_users_are_refused_and_lists_leave_them_out(
    ask: Reading, owner: psycopg.Connection
) -> None:
    known = {slug for slug in CATALOGUE if refused(ask, slug)}
    assert known == OF_USERS_ALONE | {"department-activity"}
    for slug in CATALOGUE.keys() - known:
        found = ask(slug, FIRST, LAST)
        assert found.rows, slug
        columns = {each.column: each.name for each in CATALOGUE[slug].columns}
        assert not {name for column, name in columns.items() if column in OF_USERS} & set(found.columns), slug
        assert "went_to" not in found.columns
        assert not {"user", "extension"} & set(found.summary), slug
    owner.execute("UPDATE store.privacy_setting SET smallest_group = 1")
    assert not any(refused(ask, slug) for slug in CATALOGUE)


def test_filters_on_too_few_are_refused(ask: Reading) -> None:
    assert refused(ask, "calls-by-date", "extension=201")
    assert refused(ask, "calls-by-date", "user=Anna")
    assert refused(ask, "calls-by-date", "number=299")
    assert refused(ask, "calls-by-date", "number=2*")
    assert refused(ask, "calls-by-date", "department=department two")
    assert not refused(ask, "calls-by-date", "extension=201,202")
    # What nobody has makes one user no crowd, nor does his other name.
    assert refused(ask, "calls-by-date", "extension=201,999")
    assert refused(ask, "calls-by-date", "agent=Agent 0,Agent 99")
    assert refused(ask, "calls-by-date", "user=Anna,pAnna")
    # Two users by each filter, one by both.
    assert not refused(ask, "calls-by-date", "agent=Agent 1,Agent 2")
    assert refused(ask, "calls-by-date", "extension=201,202", "agent=Agent 1,Agent 2")
    assert refused(ask, "calls-by-date", "contact-group=Sales", "extension=202,203")
    assert not refused(ask, "calls-by-date", "number=+31612340001")
    assert not refused(ask, "calls-by-date", "site=site one")


def test_exports_are_refused_like_reports_and_a_user_sees_himself(ask: Reading) -> None:
    question = ask.question("extension-activity", FIRST, LAST)
    with pytest.raises(FewUsersError):
        list(copy_csv(ask.connection, question))
    himself = replace(question, tenant=replace(question.tenant, role="user"))
    with answer(ask.connection, himself, now=NOW, made_by="test") as result:
        assert list(result.rows)


def test_a_scope_of_too_few_users_shows_nothing(
    ask: Reading, agreed: TenantBuilder, owner: psycopg.Connection
) -> None:
    row = owner.execute(
        "INSERT INTO store.access_scope (tenant_id) VALUES (%s) RETURNING scope_id", [agreed.tenant_id]
    ).fetchone()
    assert row is not None
    owner.execute(
        "INSERT INTO store.access_scope_member (tenant_id, scope_id, person_id) "
        "SELECT tenant_id, %s, person_id FROM store.person WHERE name = 'Anna'",
        row,
    )
    question = ask.question("call-response", FIRST, LAST)
    part = replace(question, tenant=replace(question.tenant, scope_id=row[0], role="supervisor"))
    with (
        pytest.raises(FewUsersError),
        answer(ask.connection, part, now=NOW, made_by="test"),
    ):
        pass
    live = read_now(ask.connection, part.tenant, NOW)
    assert live.few_users is not None
    assert (live.agents, live.calls, live.offered, live.answered, live.gos) == ({}, None, None, None, None)
    assert live.waiting == 0


def of_groups(owner: psycopg.Connection, tenant: TenantBuilder, *groups: str) -> int:
    """A new scope of contact groups."""
    row = owner.execute(
        "INSERT INTO store.access_scope (tenant_id) VALUES (%s) RETURNING scope_id", [tenant.tenant_id]
    ).fetchone()
    assert row is not None
    owner.execute(
        "INSERT INTO store.access_scope_member (tenant_id, scope_id, group_id) "
        "SELECT tenant_id, %s, group_id FROM store.contact_group WHERE pbx_name = ANY (%s)",
        [row[0], list(groups)],
    )
    return int(row[0])


def test_a_scope_of_a_group_counts_those_who_work_there(
    ask: Reading, agreed: TenantBuilder, owner: psycopg.Connection
) -> None:
    question = ask.question("call-response", FIRST, LAST)

    def seen(scope: int) -> bool:
        part = replace(question, tenant=replace(question.tenant, scope_id=scope, role="supervisor"))
        try:
            with answer(ask.connection, part, now=NOW, made_by="test") as result:
                return bool(result.summary[0])
        except FewUsersError:
            return False

    assert seen(of_groups(owner, agreed, "sales"))
    assert seen(of_groups(owner, agreed, "desk"))
    assert not seen(of_groups(owner, agreed, "service"))
    assert not seen(of_groups(owner, agreed, "store"))


def test_groups_of_too_few_users_are_told_apart_nowhere(
    ask: Reading, agreed: TenantBuilder, owner: psycopg.Connection
) -> None:
    for slug, groups in {
        "contact-group-overview": {"Sales", "Desk"},
        "queue-performance": {"Sales"},
        "hunt-group-activity": {"Desk"},
    }.items():
        found = ask(slug, FIRST, LAST)
        assert set(found.column("contact_group")) == groups, slug
        assert sum(found.column("offered")) == found.summary["offered"]
    for slug in ("calls-by-date", "missed-calls", "longest-calls", "call-lifecycle"):
        shown = str(ask(slug, FIRST, LAST).rows)
        assert "Service" not in shown, slug
        assert "Store" not in shown, slug
    for slug in ("calls-by-date", "call-response", "contact-group-overview", "ddi-activity"):
        assert refused(ask, slug, "contact-group=Service"), slug
        assert refused(ask, slug, "contact-group=Sales,store"), slug
        assert not refused(ask, slug, "contact-group=Sales"), slug
    before = ask("call-response", FIRST, LAST).summary
    signed_in(owner, agreed, "service", "Agent 2")
    queues = ask("queue-performance", FIRST, LAST).column("contact_group")
    assert set(queues) == {"Sales", "Service"}
    assert not refused(ask, "calls-by-date", "contact-group=Service")
    assert ask("call-response", FIRST, LAST).summary == before, "whose calls they are changes no count"


def test_that_groups_are_left_out_is_said(ask: Reading, owner: psycopg.Connection) -> None:
    question = ask.question("contact-group-overview", FIRST, LAST)

    def said(form: str) -> str:
        writer = Writer(Language.ENGLISH, "UTC")
        return b"".join(
            blocks(ask.connection, question, writer, Output(form), now=NOW, made_by="test")
        ).decode()

    sentence = "Contact groups of fewer than 2 users are not told apart here."
    assert sentence in said("html")
    assert '"groups_left_out_below":2' in said("json").replace(" ", "")
    owner.execute("UPDATE store.privacy_setting SET smallest_group = 1")
    assert sentence not in said("html")
    assert "groups_left_out_below" not in said("json")


def test_a_database_login_tells_no_group_of_too_few_apart(
    agreed: TenantBuilder, database: Database, owner: psycopg.Connection, role_names: RoleNames
) -> None:
    """By no view that names one, sums and lists alike; nor by the calls of a part that is too small."""
    views = [
        name
        for (name,) in owner.execute(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = 'report' AND column_name = 'contact_group'"
        )
    ]

    def log_in(scope: int | None) -> psycopg.Connection[Any]:
        with connect(database.url, "test", autocommit=True) as connection:
            url = create_login(
                connection, database.url, role_names("viewer"), "viewer", agreed.slug, scope=scope,
                reader="supervisor" if scope else "administrator",
            )  # fmt: skip
        return psycopg.connect(url, autocommit=True)

    def groups(viewer: psycopg.Connection[Any], view: str) -> set[str]:
        found = viewer.execute(f"SELECT DISTINCT contact_group FROM report.{view}".encode()).fetchall()
        return {group for (group,) in found if group}

    with log_in(None) as viewer:
        named = {view: groups(viewer, view) for view in views}
        assert named["visit"] == named["call"] == set(LARGE)
        # Callers who wait are no figure of users; members are those who are configured.
        of_others = {"live_waiting", "live_queue", "waiting_now", "contact_group_member", "alarm"}
        assert not [view for view, names in named.items() if view not in of_others and names & set(SMALL)]
        assert viewer.execute("SELECT count(*) FROM report.call").fetchone() == (150,)
        overflow = viewer.execute("SELECT DISTINCT overflowed_from FROM report.visit").fetchall()
        assert not {group for (group,) in overflow} & set(SMALL)
    counted = ("call", "visit", "live_call", "device_now", "missed_call", "rollup_visit_quarter")
    for scope, shown in ((("sales",), True), (("service",), False)):
        with log_in(of_groups(owner, agreed, *scope)) as viewer:
            rows = {
                view: viewer.execute(f"SELECT count(*) FROM report.{view}".encode()).fetchone()
                for view in counted
            }
            assert (rows["call"] != (0,)) is shown
            assert (rows["visit"] != (0,)) is shown
            assert shown or set(rows.values()) == {(0,)}
    owner.execute("UPDATE store.privacy_setting SET smallest_group = 1")
    with log_in(None) as viewer:
        assert groups(viewer, "call") == groups(viewer, "visit") == {*LARGE, *SMALL}


def test_a_database_login_finds_no_user_on_any_row(
    agreed: TenantBuilder, database: Database, owner: psycopg.Connection, role_names: RoleNames
) -> None:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("viewer"), "viewer", agreed.slug)
    with psycopg.connect(url, autocommit=True) as viewer:

        def rows(view: str) -> list[Any]:
            return viewer.execute(f"SELECT * FROM report.{view}".encode()).fetchall()

        about_users = (
            "leg", "agent_state", "agent_group_session", "device_state", "rollup_extension_day", "live_agent",
            "live_device", "agent", "person", "agent_now", "agent_queue_now",
        )  # fmt: skip
        assert [view for view in about_users if rows(view)] == []
        calls = viewer.execute(
            "SELECT count(*), count(extension), count(answered_by), count(person_id), "
            "count(*) FILTER (WHERE caller_number ~ '^2..$' OR called_number ~ '^2..$') FROM report.call"
        ).fetchone()
        assert calls == (150, 0, 0, 0, 0)
        visits = viewer.execute(
            "SELECT count(*) > 0, count(agent), count(extension) FROM report.visit"
        ).fetchone()
        assert visits == (True, 0, 0)
        now = viewer.execute("SELECT count(*), count(extension) FROM report.device_now").fetchone()
        assert now == (1, 0)
        owner.execute("UPDATE store.privacy_setting SET smallest_group = 1")
        assert rows("leg")
        assert rows("agent_state")
