"""What is older than a tenant keeps it goes every day; it stays gone, and that it went can be shown."""

import threading
import time as clock
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import psycopg
import pytest
from prometheus_client import CollectorRegistry

from aggregator.expiry import expire_daily
from aggregator.metrics import Metrics
from aggregator.rebuild import rebuild_tenant
from store.connect import Connection, connect
from store.login import create_login
from store.retention import LOCK, Expired, NotExpiredError, expire_due
from store.vocabulary import AgentState
from tests.aggregator.recorded_pbx import RecordedPbx, recorded_pbx
from tests.conftest import Database, RoleNames
from tests.recordings import events
from tests.reportgen.builders import TenantBuilder

ROLLUPS = ("rollup_call_quarter", "rollup_visit_quarter", "rollup_extension_day")
FACTS = ("call", "leg", "visit", "missed_call", "call_key")


def set_days(owner: psycopg.Connection[Any], **days: int | None) -> None:
    for name, value in days.items():
        owner.execute(f"UPDATE store.privacy_setting SET {name}_days = %s".encode(), [value])


def count(owner: psycopg.Connection[Any], table: str) -> int:
    row = owner.execute(f"SELECT count(*) FROM store.{table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


def midnight(days_ago: int) -> datetime:
    today = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    return datetime.combine(today - timedelta(days=days_ago), time(), ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def daily(database: Database, owner: psycopg.Connection, role_names: RoleNames) -> Iterator[Connection]:
    """The aggregator's own login, which removes things every day."""
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("aggregator"), "aggregator", None)
    with connect(url, "test", autocommit=True) as connection:
        yield connection


def done(daily: Connection) -> dict[int, Expired]:
    return {each.tenant_id: each for each in expire_due(daily)}


def test_nothing_goes_as_long_as_the_tenant_sets_no_limit(
    company: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    before = {table: count(owner, table) for table in (*FACTS, *ROLLUPS, "agent_state", "audit_entry")}
    assert done(daily)[company.tenant_id].rows == 0
    assert before == {table: count(owner, table) for table in before}


def test_each_kind_goes_at_its_own_local_midnight(
    acme: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    border = midnight(10)
    for at in (border - timedelta(days=30), border - timedelta(seconds=1), border):
        acme.call(at)
        acme.agent_state(f"Agent {at}", at - timedelta(hours=1), at, AgentState.AVAILABLE)
    acme.agent_state("Always", border - timedelta(days=90), None, AgentState.AVAILABLE)
    acme.roll_up()
    set_days(owner, event=10, call=10, state=11)
    expired = done(daily)[acme.tenant_id].removed
    assert expired["call"]["call"] == 2
    assert datetime.fromisoformat(str(expired["call"]["before"])) == border
    assert [row[0] for row in owner.execute("SELECT started_at FROM store.call")] == [border]
    left = owner.execute(
        "SELECT agent FROM store.agent_state WHERE until_at IS NULL OR until_at < %s", [border]
    )
    assert {agent for (agent,) in left} == {"Always", f"Agent {border - timedelta(seconds=1)}"}
    assert count(owner, "rollup_extension_day") == 3, "sums are kept for longer"


def test_a_call_that_went_on_over_the_border_goes_as_a_whole(
    acme: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    border = midnight(10)
    call_id = acme.call(border - timedelta(minutes=1))
    acme.call(border - timedelta(minutes=2))
    owner.execute(
        "INSERT INTO store.call_key VALUES (%s, '1.1', %s, %s, %s, %s, %s)",
        (
            acme.pbx_id,
            acme.tenant_id,
            call_id,
            border,
            border - timedelta(minutes=1),
            border + timedelta(minutes=1),
        ),
    )
    set_days(owner, event=10, call=10)
    done(daily)
    assert [row[0] for row in owner.execute("SELECT call_id FROM store.call")] == [call_id]
    assert count(owner, "leg") == 1


def test_it_is_done_once_a_day_by_one_and_written_down(
    acme: TenantBuilder, rival: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    acme.call(midnight(40))
    rival.call(midnight(40))
    owner.execute(
        "UPDATE store.privacy_setting SET event_days = 30, call_days = 30 WHERE tenant_id = %s",
        [acme.tenant_id],
    )
    with connect(daily.info.dsn + f" password={daily.info.password}", "test", autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(7201963)")
        assert done(daily) == {}, "somebody else is at it"
        other.execute("SELECT pg_advisory_unlock(7201963)")
    assert set(done(daily)) == {acme.tenant_id, rival.tenant_id}
    assert done(daily) == {}
    evidence = owner.execute(
        "SELECT tenant_id, details #>> '{call,call}', details #>> '{call,leg}' FROM store.privacy_act "
        "WHERE kind = 'expired' ORDER BY 1"
    ).fetchall()
    assert evidence == [(acme.tenant_id, "1", "1"), (rival.tenant_id, None, None)]
    assert count(owner, "call") == 1
    for change in ("DELETE FROM store.privacy_act", "UPDATE store.privacy_act SET details = '{}'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(change.encode())


def test_events_cannot_outlive_what_is_made_of_them(acme: TenantBuilder, owner: psycopg.Connection) -> None:
    for columns in ("call_days = 30", "call_days = 30, event_days = 31", "state_days = 5, event_days = 6"):
        with pytest.raises(psycopg.errors.CheckViolation, match="events_go_first"):
            owner.execute(f"UPDATE store.privacy_setting SET {columns}".encode())
    with pytest.raises(psycopg.errors.CheckViolation, match="sums_go_last"):
        owner.execute("UPDATE store.privacy_setting SET event_days = 30, call_days = 30, rollup_days = 29")


@pytest.fixture
def recorded(database: Database, owner: psycopg.Connection) -> Iterator[RecordedPbx]:
    """A recording of some days ago, with what was made of it."""
    with connect(database.url, "test") as connection:
        found = recorded_pbx(connection, database.url)
        found.hear(events("scenarios-a"))
        found.work_off()
        yield found


def rebuild(recorded: RecordedPbx) -> dict[str, list[tuple[Any, ...]]]:
    rebuild_tenant(recorded.connection, recorded.url, recorded.organisation.tenant, processes=1)
    recorded.work_off()
    return recorded.made()


def test_calls_and_states_outlive_their_events_also_through_a_rebuild(
    recorded: RecordedPbx, owner: psycopg.Connection, daily: Connection
) -> None:
    made = recorded.made()
    set_days(owner, event=1)
    done(daily)
    assert count(owner, "event") == 0
    assert rebuild(recorded) == made


def test_sums_outlive_their_calls_also_through_a_rebuild(
    recorded: RecordedPbx, owner: psycopg.Connection, daily: Connection
) -> None:
    sums = {table: recorded.rows(table) for table in ROLLUPS}
    assert all(sums.values())
    set_days(owner, event=1, call=1, state=1)
    done(daily)
    assert {table: count(owner, table) for table in (*FACTS, "event")} == dict.fromkeys((*FACTS, "event"), 0)
    rebuild(recorded)
    assert {table: recorded.rows(table) for table in ROLLUPS} == sums
    recorded.connection.execute(
        "INSERT INTO store.dirty_bucket "
        "SELECT DISTINCT tenant_id, bucket_start FROM store.rollup_call_quarter"
    )
    recorded.work_off()
    assert {table: recorded.rows(table) for table in ROLLUPS} == sums


def test_late_events_of_what_is_gone_are_counted_and_not_kept(
    recorded: RecordedPbx, owner: psycopg.Connection, daily: Connection
) -> None:
    set_days(owner, event=1, call=1, state=1)
    done(daily)
    set_days(owner, call=None, state=None, event=None)
    old = events("scenarios-a")
    now = msgspec.structs.replace(old[-1], occurred_at=datetime.now(UTC))
    recorded.hear((*old[:100], now))
    recorded.work_off()
    assert count(owner, "event") == 1, "what is gone stays gone, also when more is kept later"
    assert count(owner, "call") == 0
    late = owner.execute("SELECT events, first_at, last_at FROM store.late_event").fetchall()
    distinct = {event.key for event in old[:100]}
    assert late[0][0] in (100, len(distinct))
    assert late[0][1:] == (old[0].occurred_at, max(event.occurred_at for event in old[:100]))


def test_empty_chunks_give_their_space_back(
    acme: TenantBuilder, owner: psycopg.Connection, daily: Connection, database: Database
) -> None:
    if database.kind != "timescaledb":
        return
    for months in (1, 3, 5):
        acme.call(midnight(30 * months))
    set_days(owner, event=45, call=45)
    chunks = "SELECT count(*) FROM timescaledb_information.chunks WHERE hypertable_name IN ('call', 'leg')"
    assert owner.execute(chunks).fetchone() == (6,)
    done(daily)
    assert owner.execute(chunks).fetchone() == (2,)
    assert count(owner, "call") == 1


def test_sessions_tokens_and_attempts_go_when_they_are_over(
    acme: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    own = {"tenant": acme.tenant_id}
    owner.execute(
        "INSERT INTO store.account (tenant_id, name, role) VALUES (%(tenant)s, 'anna', 'administrator')", own
    )
    owner.execute(
        """
        INSERT INTO store.account_session
            (session_hash, account_id, sign_in_id, stage, address, idle_lifetime, expires_at)
        SELECT sha256(expires::text::bytea), account_id, 1, 'open', 'x', '1 hour', expires
        FROM store.account, unnest(ARRAY[now() - interval '1 hour', now() + interval '1 hour']) AS e (expires)
        """
    )
    owner.execute(
        """
        INSERT INTO store.api_token (token_hash, tenant_id, name, expires_at)
        VALUES (sha256('1'), %(tenant)s, 'x', now() - interval '1 hour'),
               (sha256('2'), %(tenant)s, 'y', now() + interval '1 hour')
        """,
        own,
    )
    owner.execute(
        "INSERT INTO store.sign_in_attempt "
        "VALUES (1, now() - interval '25 hours', 's', 'x'), (2, now(), 's', 'x')"
    )
    done(daily)
    tables = ("account_session", "api_token", "sign_in_attempt")
    assert {table: count(owner, table) for table in tables} == dict.fromkeys(tables, 1)


def test_one_tenants_failure_keeps_no_other_from_its_turn(
    acme: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    second = TenantBuilder(acme.connection, slug="second", name="Second BV")
    cannot_be_removed(owner, acme)
    for tenant in (acme, second):
        tenant.call(midnight(40))
    set_days(owner, event=30, call=30)
    found = []
    with pytest.raises(NotExpiredError, match=f"of tenant {acme.tenant_id};"):
        found.extend(expire_due(daily))
    assert [each.tenant_id for each in found] == [second.tenant_id]
    assert owner.execute("SELECT tenant_id FROM store.call").fetchall() == [(acme.tenant_id,)]


def cannot_be_removed(owner: psycopg.Connection, tenant: TenantBuilder) -> None:
    """Has every removal of a call of this tenant fail."""
    owner.execute(
        """
        CREATE FUNCTION store.refuse() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$
        """
    )
    owner.execute(
        "CREATE TRIGGER refuse BEFORE DELETE ON store.call FOR EACH ROW "
        f"WHEN (OLD.tenant_id = {tenant.tenant_id}) EXECUTE FUNCTION store.refuse()".encode()
    )


@contextmanager
def serving(daily: Connection) -> Iterator[CollectorRegistry]:
    """The part of the aggregator's service that removes; gives its metrics."""
    stopped, registry = threading.Event(), CollectorRegistry()
    url = f"{daily.info.dsn} password={daily.info.password}"
    service = threading.Thread(target=expire_daily, args=(url, stopped, Metrics(registry)))
    service.start()
    try:
        yield registry
    finally:
        stopped.set()
        service.join()


def told(registry: CollectorRegistry, name: str) -> float:
    value = registry.get_sample_value(f"gespreksrapportage_aggregator_{name}")
    assert value is not None
    return value


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = clock.monotonic() + 30
    while not condition():
        assert clock.monotonic() < deadline
        clock.sleep(0.05)


def test_the_aggregators_service_does_it(
    acme: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    acme.call(midnight(40))
    set_days(owner, event=30, call=30)
    before = clock.time()
    with serving(daily) as registry:
        wait_until(lambda: told(registry, "retention_last_success_timestamp_seconds") >= before)
        assert count(owner, "call") == 0
        assert told(registry, "retention_failures_total") == 0
        size = owner.execute("SELECT pg_database_size(current_database())").fetchone()
        assert size is not None
        assert told(registry, "database_bytes") == pytest.approx(size[0], rel=0.1)


def test_the_service_tells_that_it_fails(
    acme: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    cannot_be_removed(owner, acme)
    acme.call(midnight(40))
    set_days(owner, event=30, call=30)
    with serving(daily) as registry:
        wait_until(lambda: told(registry, "retention_failures_total") == 1)
        assert told(registry, "retention_last_success_timestamp_seconds") == 0


def test_what_another_is_still_at_is_not_told_as_done(
    acme: TenantBuilder, owner: psycopg.Connection, daily: Connection
) -> None:
    owner.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    with serving(daily) as registry:
        wait_until(lambda: told(registry, "database_bytes") > 0)
    assert told(registry, "retention_last_success_timestamp_seconds") == 0
