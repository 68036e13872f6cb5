"""Where a works council has agreed on it, nobody finds a figure of a single user, on any surface."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from reportgen.catalogue import CATALOGUE
from reportgen.copied import copy_csv
from reportgen.privacy.small_groups import OF_USERS, FewUsersError
from reportgen.run import answer
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


@pytest.fixture
def agreed(company: TenantBuilder, owner: psycopg.Connection) -> TenantBuilder:
    """Three users, and figures of at least two; all of them in the same units but one."""
    owner.execute("UPDATE store.privacy_setting SET smallest_group = 2")
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
