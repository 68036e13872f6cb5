"""The call-centre wallboard: its twelve figures, of the queues that are chosen."""

import heapq
import json
import random
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from dashboards import call_centre
from dashboards.boards.call_centre_wallboard import CALL_CENTRE_WALLBOARD
from reportgen.texts import Language
from store.connect import connect
from tests.dashboards.grafana_macros import expanded
from tests.dashboards.tenants import TenantUnderTest, fill, insert, moment

HANDLING_SECONDS = 180


def answer(tenant: TenantUnderTest, raw_sql: str, queues: list[str] | None = None) -> Any:
    chosen = None if queues is None else {"queue": queues}
    now = moment()
    with tenant.connect() as connection:
        return connection.execute(expanded(raw_sql, now, now, chosen).encode()).fetchall()


def test_only_the_chosen_queues_count(ours: TenantUnderTest) -> None:
    fill(ours, 3, moment())
    assert answer(ours, call_centre.WAITING) == [(3,)]
    assert answer(ours, call_centre.WAITING, ["ours-queue"]) == [(3,)]
    assert answer(ours, call_centre.WAITING, ["another", "ours-queue"]) == [(3,)]
    assert answer(ours, call_centre.WAITING, ["another"]) == [(0,)]
    assert answer(ours, call_centre.WAITING, ["it's"]) == [(0,)]
    assert answer(ours, call_centre.LONGEST_WAIT, ["another"]) == []
    assert answer(ours, call_centre.AGENTS, ["another"]) == [(0, 0, 0, 0, 0)]
    assert answer(ours, call_centre.AGENTS, ["ours-queue"]) == [(1, 1, 0, 1, 0)]
    assert answer(ours, call_centre.LAST_WAIT, ["another"]) == []


def test_an_agent_in_two_queues_is_one_and_busy_when_busy_in_either(ours: TenantUnderTest) -> None:
    now = moment()
    fill(ours, 1, now)
    with connect(ours.database.url, "test") as connection:
        connection.execute(
            "INSERT INTO live_agent "
            "SELECT pbx_id, agent, 'second', tenant_id, extension, 'busy', NULL, now() FROM live_agent"
        )
    assert answer(ours, call_centre.AGENTS) == [(1, 1, 1, 0, 0)]
    assert answer(ours, call_centre.AGENTS, ["ours-queue"]) == [(1, 1, 0, 1, 0)]


@pytest.mark.parametrize(("waiting", "agents"), [(0, 1), (3, 1), (4, 5), (12, 4)])
def test_the_expected_wait_is_what_callers_of_a_simulated_queue_wait(
    ours: TenantUnderTest, waiting: int, agents: int
) -> None:
    with connect(ours.database.url, "test") as connection:
        busy_queue(connection, ours, waiting, agents)
    ((expected,),) = answer(ours, call_centre.EXPECTED_WAIT)
    waits = [simulated_wait(random.Random(seed), waiting, agents) for seed in range(20_000)]
    assert expected == pytest.approx(sum(waits) / len(waits), rel=0.05)


def busy_queue(
    connection: psycopg.Connection[Any], tenant: TenantUnderTest, waiting: int, agents: int
) -> None:
    """All agents talk, callers wait, and today's calls took HANDLING_SECONDS on average."""
    now: datetime = moment()
    pbx = insert(
        connection, "pbx", {"tenant_id": tenant.tenant_id, "slug": "p", "kind": "asterisk"}, "pbx_id"
    )
    own = {"tenant_id": tenant.tenant_id, "pbx_id": pbx}
    insert(connection, "live_pbx", {**own, "connected": True, "changed_at": now, "updated_at": now})
    for number in range(waiting):
        caller = {"connection": str(number), "contact_group": "q", "withheld": True, "entered_at": now}
        insert(connection, "live_waiting", {**own, **caller})
    for number in range(agents):
        agent = {"agent": str(number), "contact_group": "q", "state": "busy", "state_since": now}
        insert(connection, "live_agent", {**own, **agent})
    for number, talk in enumerate((HANDLING_SECONDS - 60, HANDLING_SECONDS + 60)):
        connection.execute(
            """
            INSERT INTO visit (tenant_id, started_at, call_id, visit_number, group_kind, contact_group,
                direction, outcome, entered_at, wait_seconds, ring_seconds, talk_seconds,
                answer_target_seconds, short_call_seconds, inferred)
            VALUES (%s, %s, gen_random_uuid(), %s, 'queue', 'q',
                'incoming', 'answered', %s, 0, 0, %s, 20, 0, false)
            """,
            (tenant.tenant_id, now, number, now, talk),
        )


def simulated_wait(chance: random.Random, waiting: int, agents: int) -> float:
    """How long a caller waits behind `waiting` others while all agents talk, for as long as chance has it."""
    ends = [chance.expovariate(1 / HANDLING_SECONDS) for _ in range(agents)]
    heapq.heapify(ends)
    for _ in range(waiting):
        free_at = heapq.heappop(ends)
        heapq.heappush(ends, free_at + chance.expovariate(1 / HANDLING_SECONDS))
    return ends[0]


def test_nobody_waits_while_agents_are_free(ours: TenantUnderTest) -> None:
    with connect(ours.database.url, "test") as connection:
        busy_queue(connection, ours, 1, 3)
        connection.execute("UPDATE live_agent SET state = 'available' WHERE agent IN ('0', '1')")
    assert answer(ours, call_centre.EXPECTED_WAIT) == [(0,)]


def test_without_agents_at_work_the_wait_is_not_known(ours: TenantUnderTest) -> None:
    with connect(ours.database.url, "test") as connection:
        busy_queue(connection, ours, 1, 2)
        connection.execute("UPDATE live_agent SET state = 'unavailable'")
    assert answer(ours, call_centre.EXPECTED_WAIT) == [(None,)]


def test_wrap_up_is_averaged_and_belongs_to_the_handling(ours: TenantUnderTest) -> None:
    now = moment()
    with connect(ours.database.url, "test") as connection:
        busy_queue(connection, ours, 0, 1)
        for number, seconds in enumerate((20, 40)):
            connection.execute(
                "INSERT INTO agent_state (tenant_id, from_at, until_at, pbx_id, agent, state, inferred) "
                "VALUES (%s, %s, %s, 1, '0', 'wrap_up', false)",
                (ours.tenant_id, now + timedelta(seconds=number), now + timedelta(seconds=number + seconds)),
            )
    assert answer(ours, call_centre.AVERAGE_WRAP_UP) == [(30,)]
    assert answer(ours, call_centre.EXPECTED_WAIT) == [(HANDLING_SECONDS + 30,)]


def test_what_a_hunt_group_does_is_no_figure_of_the_queues(ours: TenantUnderTest) -> None:
    panels = {
        panel["title"]: panel["targets"][0]["rawSql"]
        for panel in json.loads(CALL_CENTRE_WALLBOARD.json(Language.ENGLISH))["panels"]
        if panel.get("targets")
    }
    shown = [
        panels["Offered today"],
        panels["Answered today"],
        call_centre.LAST_WAIT,
        call_centre.EXPECTED_WAIT,
    ]
    with connect(ours.database.url, "test") as connection:
        busy_queue(connection, ours, 1, 1)
    now = moment()
    day = (now - timedelta(days=1), now + timedelta(days=1))

    def answers() -> list[Any]:
        with ours.connect() as reader:
            return [reader.execute(expanded(raw_sql, *day).encode()).fetchall() for raw_sql in shown]

    before = answers()
    assert before[:2] == [[(2,)], [(2,)]]
    with connect(ours.database.url, "test") as connection:
        connection.execute(
            """
            INSERT INTO visit (tenant_id, started_at, call_id, visit_number, group_kind, contact_group,
                direction, outcome, entered_at, answered_at, wait_seconds, ring_seconds, talk_seconds,
                answer_target_seconds, short_call_seconds, inferred)
            SELECT tenant_id, now(), gen_random_uuid(), 0, 'hunt_group', 'phones', direction, outcome, now(),
                now(), 99, 99, 999, 20, 0, false
            FROM visit LIMIT 1
            """
        )
    assert answers() == before
