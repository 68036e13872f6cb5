"""What the alarms' SQL says, asked as the tenant's own login: when each kind rings, stays and stops."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import psycopg
import pytest

from dashboards.alarms import KINDS, level_sql, rule, value_sql
from reportgen.texts import Language
from store.connect import connect
from tests.dashboards.grafana_macros import expanded
from tests.dashboards.tenants import TenantUnderTest, fill, insert, moment

RINGS, STAYS, QUIET = 1.0, 0.5, 0.0


class Level(NamedTuple):
    subject: str
    limit: str
    level: float


@pytest.fixture
def owner(ours: TenantUnderTest) -> Iterator[psycopg.Connection[Any]]:
    """The database's owner, who may write what the services write."""
    with connect(ours.database.url, "test", autocommit=True) as connection:
        yield connection


def alarm(
    owner: psycopg.Connection[Any], tenant: TenantUnderTest, kind: str, limit: float, **more: Any
) -> None:
    row = {"tenant_id": tenant.tenant_id, "kind": kind, "limit_value": limit, "recovery_value": limit}
    insert(owner, "alarm", {**row, "working_hours_only": False, **more})


def levels(tenant: TenantUnderTest, kind: str, for_minutes: int = 0) -> list[Level]:
    return [
        Level(subject, limit, level)
        for _alarm, subject, _line, _name, limit, level in asked(tenant, level_sql(KINDS[kind], for_minutes))
    ]


def values(tenant: TenantUnderTest, kind: str) -> list[float]:
    return [row[-1] for row in asked(tenant, value_sql(KINDS[kind], 0))]


def asked(tenant: TenantUnderTest, raw_sql: str) -> list[Any]:
    now = datetime.now(UTC)
    with tenant.connect() as viewer:
        return viewer.execute(expanded(raw_sql, now - timedelta(minutes=10), now).encode()).fetchall()


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_alarm_and_without_rows_nothing_rings(
    owner: psycopg.Connection[Any], ours: TenantUnderTest, theirs: TenantUnderTest, kind: str
) -> None:
    fill(theirs, 9, moment())
    alarm(owner, theirs, kind, 1)
    assert levels(ours, kind) == []
    alarm(owner, ours, kind, 1, recovery_value=1)
    assert all(level.level != RINGS for level in levels(ours, kind))
    assert "theirs" not in str(levels(ours, kind))


@pytest.mark.parametrize(
    ("limit", "recovery", "level"), [(2, 1, RINGS), (3, 1, STAYS), (3, 3, QUIET), (4, 3, QUIET)]
)
def test_a_queue_rings_above_its_limit_until_it_is_back_at_the_recovery_value(
    owner: psycopg.Connection[Any], ours: TenantUnderTest, limit: int, recovery: int, level: float
) -> None:
    fill(ours, 3, moment())
    alarm(owner, ours, "queue_length", limit, recovery_value=recovery)
    assert levels(ours, "queue_length") == [Level("ours queue", str(limit), level)]
    assert values(ours, "queue_length") == [3]


def test_an_alarm_of_one_queue_or_line_watches_no_other(
    owner: psycopg.Connection[Any], ours: TenantUnderTest
) -> None:
    fill(ours, 3, moment())
    group = {"tenant_id": ours.tenant_id, "kind": "queue", "pbx_name": "other", "name": "Other"}
    insert(owner, "contact_group", group)
    alarm(owner, ours, "queue_length", 0)
    alarm(owner, ours, "queue_length", 1, contact_group="other")
    alarm(owner, ours, "queue_length", 2, ddi="+31201234567")
    assert sorted(levels(ours, "queue_length")) == [
        Level("+31201234567", "2", QUIET),
        Level("Other", "0", QUIET),
        Level("Other", "1", QUIET),
        Level("ours queue", "0", RINGS),
    ]
    owner.execute("UPDATE store.live_waiting SET ddi = '+31201234567'")
    assert Level("+31201234567", "2", RINGS) in levels(ours, "queue_length")


@pytest.mark.parametrize("kind", ["queue_length", "longest_wait", "no_agent"])
def test_two_queues_of_one_name_are_told_apart(
    owner: psycopg.Connection[Any], ours: TenantUnderTest, kind: str
) -> None:
    """Grafana takes two rows with the same labels for a mistake, and then nothing of the rule rings."""
    fill(ours, 3, moment())
    twin = {"tenant_id": ours.tenant_id, "kind": "queue", "pbx_name": "other", "name": "ours queue"}
    insert(owner, "contact_group", twin)
    alarm(owner, ours, kind, 1)
    labels = [tuple(row[:-1]) for row in asked(ours, level_sql(KINDS[kind], 0))]
    assert len(set(labels)) == len(labels) == 2
    assert all(isinstance(label, str) for row in labels for label in row)


def test_the_longest_wait_rings_in_seconds(owner: psycopg.Connection[Any], ours: TenantUnderTest) -> None:
    fill(ours, 3, moment())
    owner.execute("UPDATE store.live_waiting SET entered_at = now() - interval '2 minutes'")
    alarm(owner, ours, "longest_wait", 100, recovery_value=30)
    assert levels(ours, "longest_wait") == [Level("ours queue", "100", RINGS)]
    assert 119 <= values(ours, "longest_wait")[0] <= 130


def test_while_the_pbx_is_not_heard_alarms_of_now_stay_as_they_are(
    owner: psycopg.Connection[Any], ours: TenantUnderTest
) -> None:
    fill(ours, 3, moment())
    for kind in ("queue_length", "longest_wait", "no_agent"):
        alarm(owner, ours, kind, 1)
    alarm(owner, ours, "no_data", 4, recovery_value=1)
    assert levels(ours, "no_data") == [Level("ours-pbx", "4", QUIET)]
    owner.execute("UPDATE store.live_pbx SET updated_at = now() - interval '5 minutes'")
    for kind in ("queue_length", "longest_wait", "no_agent"):
        assert [each.level for each in levels(ours, kind)] == [STAYS]
    assert levels(ours, "no_data") == [Level("ours-pbx", "4", RINGS)]


def test_nobody_available_rings_below_the_limit(
    owner: psycopg.Connection[Any], ours: TenantUnderTest
) -> None:
    fill(ours, 1, moment())
    alarm(owner, ours, "no_agent", 1)
    assert levels(ours, "no_agent") == [Level("ours queue", "1", QUIET)]
    owner.execute("UPDATE store.live_agent SET state = 'busy'")
    assert levels(ours, "no_agent") == [Level("ours queue", "1", RINGS)]
    owner.execute("DELETE FROM store.live_agent")
    assert levels(ours, "no_agent") == [Level("ours queue", "1", RINGS)]


def test_the_gos_is_the_reports_and_rings_only_on_enough_calls(
    owner: psycopg.Connection[Any], ours: TenantUnderTest
) -> None:
    fill(ours, 4, moment())
    for where in ({}, {"contact_group": "ours-queue"}, {"ddi": "+31201234567"}):
        alarm(owner, ours, "gos", 60, recovery_value=70, **where)
    alarm(owner, ours, "gos", 60, recovery_value=70, least_offered=5)
    # Of four calls one was lost, and the others were answered after 10, 20 and 30 seconds.
    assert values(ours, "gos") == [50, 50, 50, 0]
    assert sorted(levels(ours, "gos")) == [
        Level("+31201234567", "60", RINGS),
        Level("ours BV", "60", QUIET),
        Level("ours BV", "60", RINGS),
        Level("ours queue", "60", RINGS),
    ]


def test_a_missed_call_rings_when_it_has_waited_too_long_in_open_hours(
    owner: psycopg.Connection[Any], ours: TenantUnderTest
) -> None:
    missed_at = moment() - timedelta(minutes=90)
    fill(ours, 1, missed_at)
    owner.execute(
        "INSERT INTO store.missed_call (tenant_id, started_at, call_id, outside_number, ddi, target_seconds) "
        "SELECT tenant_id, started_at, call_id, '+31612345678', ddi, 1800 FROM store.call"
    )
    owner.execute("UPDATE store.call SET ended_at = started_at")
    alarm(owner, ours, "unreturned", 60, recovery_value=0)
    assert levels(ours, "unreturned") == [Level("ours BV", "60", RINGS)]
    assert values(ours, "unreturned") == [90]
    owner.execute("UPDATE store.missed_call SET closed_at = now()")
    assert levels(ours, "unreturned") == [Level("ours BV", "60", QUIET)]
    owner.execute("UPDATE store.missed_call SET closed_at = NULL")
    owner.execute(
        "INSERT INTO store.holiday SELECT tenant_id, day, 'h' FROM store.tenant, "
        "unnest(ARRAY[current_date - 1, current_date, current_date + 1]) AS day"
    )
    assert levels(ours, "unreturned") == [Level("ours BV", "60", QUIET)]


def test_outside_its_hours_an_alarm_is_quiet(owner: psycopg.Connection[Any], ours: TenantUnderTest) -> None:
    fill(ours, 3, moment())
    alarm(owner, ours, "queue_length", 1, working_hours_only=True)
    alarm(owner, ours, "queue_length", 1, recovery_value=0)
    assert [each.level for each in levels(ours, "queue_length")] == [RINGS, RINGS]
    for day in (date.today() + timedelta(days=shift) for shift in (-1, 0, 1)):  # noqa: DTZ011 - either side of midnight
        insert(owner, "holiday", {"tenant_id": ours.tenant_id, "day": day, "name": "holiday"})
    assert sorted(each.level for each in levels(ours, "queue_length")) == [QUIET, RINGS]


def test_an_alarm_that_is_off_or_of_other_minutes_is_another_rules(
    owner: psycopg.Connection[Any], ours: TenantUnderTest
) -> None:
    fill(ours, 3, moment())
    alarm(owner, ours, "queue_length", 1, enabled=False)
    alarm(owner, ours, "queue_length", 1, for_minutes=5)
    assert levels(ours, "queue_length") == []
    assert levels(ours, "queue_length", 5) == [Level("ours queue", "1", RINGS)]


@pytest.mark.parametrize("language", Language)
def test_every_kind_tells_what_is_the_matter(language: Language) -> None:
    summaries = {rule(kind, 0, language)["annotations"]["summary"] for kind in KINDS.values()}
    assert len(summaries) == len(KINDS)
    assert all("$values.B.Value" in text and "$labels.limit" in text for text in summaries)


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit_value": 5, "recovery_value": 6},
        {"kind": "gos", "recovery_value": 0},
        {"kind": "no_data", "contact_group": "q"},
        {"contact_group": "q", "ddi": "+31201234567"},
        {"settings": '{"slack": "http://prometheus:9090/"}'},
        {"settings": '{"pager": "https://example.org/"}'},
        {"for_minutes": 3},
    ],
)
def test_the_database_refuses_an_alarm_that_makes_no_sense(
    owner: psycopg.Connection[Any], ours: TenantUnderTest, wrong: dict[str, Any]
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        alarm(owner, ours, **{"kind": "queue_length", "limit": 5, **wrong})
