"""A database as a provider has it: ten tenants' calls of a year, of which one is looked at.

The database makes the rows itself, the same ones each time: by day, not by night, and those of all tenants
among each other, as they come in.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aggregator.rollups import mark_all_dirty, roll_up
from store.connect import Connection, connect
from store.migrate import migrate
from store.organisation import load_tenant
from store.server import start_server

CALLS = int(os.environ.get("BENCHMARK_CALLS", "1000000"))
"""Of each tenant."""
TENANTS = int(os.environ.get("BENCHMARK_TENANTS", "10"))
TENANT = "acme"
"""The one that is looked at."""
PER_DAY = CALLS // 365 + 1
AT_ONCE = 500_000
SUMS = (
    *("rollup_call_quarter", "rollup_visit_quarter", "rollup_extension_day", "rollup_unit_day"),
    *("rollup_area_day", "rollup_agent_call_day", "rollup_agent_day", "rollup_direction_quarter"),
    *("rollup_call_day", "rollup_visit_day", "rollup_lost_day"),
)

_ORGANISATION = """
    INSERT INTO store.tenant (slug, name) VALUES ('acme', 'Acme BV');
    INSERT INTO store.tenant (slug, name)
        SELECT 'tenant' || n, 'Tenant ' || n FROM generate_series(2, {tenants}) n;
    INSERT INTO store.pbx (tenant_id, slug, kind) SELECT tenant_id, 'main', 'asterisk' FROM store.tenant;
    INSERT INTO store.organisation_unit (tenant_id, kind, name)
        SELECT 1, kind, kind || ' ' || n
        FROM unnest(ARRAY['site', 'division', 'department', 'cost_centre']) kind, generate_series(1, 10) n;
    INSERT INTO store.person (tenant_id, reference, name)
        SELECT 1, 'p' || n, 'Person ' || n FROM generate_series(1, 300) n;
    INSERT INTO store.ddi_group (tenant_id, name) SELECT 1, 'Campaign ' || n FROM generate_series(1, 5) n;
    INSERT INTO store.ddi (tenant_id, number, name, ddi_group_id)
        SELECT 1, '+3120123' || to_char(n, 'FM0000'), 'Line ' || n, 1 + n % 5 FROM generate_series(0, 49) n;
    INSERT INTO store.customer (tenant_id, reference, name)
        SELECT 1, 'c' || n, 'Customer ' || n FROM generate_series(1, 500) n;
    INSERT INTO store.contact_group (tenant_id, kind, pbx_name, name)
        SELECT 1, 'queue', 'queue' || n, 'Queue ' || n FROM generate_series(0, 9) n;
    INSERT INTO store.agent (tenant_id, pbx_name, extension, person_id)
        SELECT 1, 'Agent ' || n, n::text, 1 + n % 300 FROM generate_series(1000, 1299) n;
"""
_CALLS = """
    INSERT INTO store.call (
        tenant_id, started_at, call_id, pbx_id, call_ref, direction, outcome, withheld, outside_number, ddi,
        extension, answered_by, person_id, site_id, division_id, department_id, cost_centre_id, contact_group,
        customer_id, duration_seconds, ring_seconds, wait_seconds, talk_seconds, hold_seconds,
        answer_target_seconds, transfers, area_code, destination, country, inferred
    )
    SELECT tenant, at, md5(tenant || '.' || n)::uuid, tenant, n::text, direction, outcome, false,
           CASE WHEN direction <> 'internal'
                THEN '+3161' || to_char(n * 7919::bigint % 50000, 'FM0000000') END,
           CASE WHEN incoming THEN '+3120123' || to_char(n % 50, 'FM0000') END,
           extension::text, CASE WHEN outcome = 'answered' THEN extension::text END, 1 + extension % 300,
           1 + extension % 10, 11 + extension % 10, 21 + extension % 10, 31 + extension % 10,
           CASE WHEN incoming THEN 'queue' || n % 10 END, CASE WHEN n % 3 = 0 THEN 1 + n % 500 END,
           talk, wait, wait, talk, 0, 20, 0, CASE WHEN n % 2 = 0 THEN '0' || 10 + n % 60 END,
           (ARRAY['local', 'national', 'mobile'])[1 + n % 3], 'NL', false
    FROM (
        SELECT *, direction = 'incoming' AS incoming,
               CASE WHEN outcome = 'answered' THEN n * 31 % 900 ELSE 0 END AS talk
        FROM (
            SELECT n, tenant, 1000 + n * 13 % 300 AS extension, n * 17 % 60 AS wait,
                   (ARRAY['incoming', 'incoming', 'outgoing', 'internal'])[1 + n % 4] AS direction,
                   CASE WHEN n % 5 < 4 THEN 'answered'
                        WHEN n % 4 < 2 THEN 'abandoned' ELSE 'no_answer' END AS outcome,
                   '2025-01-01 00:00 Europe/Amsterdam'::timestamptz
                       + make_interval(days => n / {per_day},
                                       secs => 28800 + 36000.0 * (n % {per_day}) / {per_day}) AS at
            FROM generate_series({first}, {last}) place,
                 LATERAL (SELECT place / {tenants} AS n, 1 + place % {tenants} AS tenant) own
        ) drawn
    ) outcomes
"""
_LEGS = """
    INSERT INTO store.leg (
        tenant_id, started_at, call_id, leg_number, connection, kind, role, direction, outcome, extension,
        agent, person_id, site_id, division_id, department_id, cost_centre_id, contact_group, number,
        outside_number, ddi, offered_at, answered_at, ended_at, ring_seconds, talk_seconds, hold_seconds,
        inferred
    )
    SELECT tenant_id, started_at, call_id, part, call_ref || '.' || part, 'extension',
           CASE WHEN direction = 'outgoing' THEN 'caller' ELSE 'called' END, direction,
           CASE WHEN part = 1 THEN 'bounced' WHEN outcome = 'answered' THEN 'answered' ELSE 'missed' END,
           extension, CASE WHEN direction = 'incoming' THEN 'Agent ' || extension END,
           person_id, site_id, division_id, department_id, cost_centre_id, contact_group, extension,
           outside_number, ddi, started_at,
           CASE WHEN outcome = 'answered' AND part = 0
                THEN started_at + make_interval(secs => wait_seconds) END,
           started_at + make_interval(secs => wait_seconds + talk_seconds), ring_seconds,
           CASE WHEN part = 0 THEN talk_seconds ELSE 0 END, 0, false
    FROM store.call, generate_series(0, CASE WHEN direction = 'incoming' THEN 1 ELSE 0 END) part
    ORDER BY started_at
"""
_VISITS = """
    INSERT INTO store.visit (
        tenant_id, started_at, call_id, visit_number, group_kind, contact_group, ddi, direction, outcome,
        entered_at, agent, extension, wait_seconds, ring_seconds, talk_seconds, answer_target_seconds,
        short_call_seconds, inferred
    )
    SELECT tenant_id, started_at, call_id, 0, 'queue', contact_group, ddi, direction,
           CASE outcome WHEN 'answered' THEN 'answered' ELSE 'abandoned' END, started_at,
           'Agent ' || extension, extension, wait_seconds, ring_seconds, talk_seconds, 20, 0, false
    FROM store.call WHERE direction = 'incoming' ORDER BY started_at
"""
_MISSED_CALLS = """
    INSERT INTO store.missed_call
        (tenant_id, started_at, call_id, outside_number, customer_id, target_seconds, ring_seconds,
         attempted_at, closed_at)
    SELECT tenant_id, started_at, call_id, outside_number, customer_id, 1800, ring_seconds, back, back
    FROM store.call, LATERAL (
        SELECT CASE WHEN call_ref::bigint % 9 > 0 THEN started_at + interval '20 minutes' END AS back
    ) returned
    WHERE missed = 1 ORDER BY started_at
"""
_AGENT_STATES = """
    INSERT INTO store.agent_state
        (tenant_id, from_at, until_at, pbx_id, agent, state, reason, call_id, takes_up_call, inferred)
    SELECT tenant, began, began + interval '6 minutes', tenant, 'Agent ' || 1000 + agent,
           (ARRAY['available', 'ringing', 'busy', 'wrap_up', 'unavailable'])[1 + stretch % 5],
           CASE WHEN stretch % 5 = 4 THEN (ARRAY['lunch', 'training'])[1 + agent % 2] END,
           CASE WHEN stretch % 5 = 2 THEN md5(agent || '.' || day || '.' || stretch)::uuid END,
           stretch % 5 = 2, false
    FROM generate_series(0, 364) day, generate_series(0, 79) stretch, generate_series(0, 39) agent,
         generate_series(1, {tenants}) tenant,
         LATERAL (SELECT '2025-01-01 08:00 Europe/Amsterdam'::timestamptz
                         + make_interval(days => day, mins => stretch * 6) AS began) moment
"""
_DO_NOT_DISTURB = """
    INSERT INTO store.device_state (tenant_id, from_at, until_at, pbx_id, extension, state)
    SELECT tenant, began, began + interval '40 minutes', tenant, (1000 + extension)::text, 'do_not_disturb'
    FROM generate_series(0, 364) day, generate_series(0, 29) extension, generate_series(1, {tenants}) tenant,
         LATERAL (SELECT '2025-01-01 12:00 Europe/Amsterdam'::timestamptz
                         + make_interval(days => day) AS began) moment
"""


@contextmanager
def year_of_calls() -> Iterator[str]:
    """Address, as its owner, of a database with every tenant's calls, legs, visits, states and sums."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        server = start_server(Path(folder) / "server")
        try:
            url = server.create_database("benchmark_reports")
            migrate(url)
            with connect(url, "benchmark", autocommit=True) as connection:
                _fill(connection)
            yield url
            server.drop_database("benchmark_reports")
        finally:
            server.discard()


def _fill(connection: Connection) -> None:
    _execute(connection, _ORGANISATION)
    for first in range(0, CALLS * TENANTS, AT_ONCE):
        _execute(connection, _CALLS, first=first, last=min(first + AT_ONCE, CALLS * TENANTS) - 1)
    for statement in (_LEGS, _VISITS, _MISSED_CALLS, _AGENT_STATES, _DO_NOT_DISTURB):
        _execute(connection, statement)
    connection.execute("UPDATE store.tenant SET unreturned_days = 36500")
    tenant = load_tenant(connection, TENANT)
    mark_all_dirty(connection, tenant)
    while roll_up(connection, tenant):
        pass
    for table in SUMS:
        _copy_to_other_tenants(connection, table)
    connection.execute(
        "VACUUM ANALYZE store.call, store.leg, store.visit, store.missed_call, store.agent_state, "
        f"store.device_state, {', '.join(f'store.{table}' for table in SUMS)}".encode()
    )


def _execute(connection: Connection, statement: str, **numbers: int) -> None:
    connection.execute(statement.format(tenants=TENANTS, per_day=PER_DAY, **numbers).encode())


def _copy_to_other_tenants(connection: Connection, table: str) -> None:
    """Every tenant's calls are alike, and so are their sums."""
    columns = connection.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'tenant_id'",
        (f"store.{table}",),
    ).fetchone()
    assert columns is not None
    connection.execute(
        f"INSERT INTO store.{table} (tenant_id, {columns[0]}) "
        f"SELECT other, {columns[0]} FROM store.{table}, generate_series(2, {TENANTS}) other "
        "WHERE tenant_id = 1".encode()
    )
