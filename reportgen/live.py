"""The state of now, from the live tables, with today's response figures beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from reportgen.catalogue import find_report
from reportgen.compile import Bound, Tenant, compile_report
from reportgen.compile.period import ready_made
from reportgen.run import as_tenant
from store.connect import Connection
from store.vocabulary import AgentState


@dataclass(frozen=True, slots=True)
class Now:
    """What happens now, and how today went."""

    waiting: int
    longest_wait_seconds: int | None
    calls: int
    agents: Mapping[AgentState, int]
    offered: int
    answered: int
    missed: int
    gos: Decimal | None
    pca: Decimal | None
    age_seconds: int | None
    """Since the exporter last wrote; None when it never did."""
    connected: bool


def read_now(connection: Connection, tenant: Tenant, now: datetime) -> Now:
    """The tenant's calls, callers and agents of this moment."""
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role):
        waiting, longest, calls, updated_at, connected = connection.execute(
            """
            SELECT (SELECT count(*) FROM report.waiting_now),
                   (SELECT max(wait_seconds) FROM report.waiting_now),
                   (SELECT count(*) FROM report.call_now),
                   (SELECT min(updated_at) FROM report.live_pbx),
                   (SELECT coalesce(bool_and(connected), false) FROM report.live_pbx)
            """
        ).fetchone() or (0, None, 0, None, False)
        agents = connection.execute("SELECT state, count(*) FROM report.agent_now GROUP BY state").fetchall()
        today = _today(connection, tenant, now)
    return Now(
        waiting,
        longest,
        calls,
        {AgentState(state): count for state, count in agents},
        today["offered"],
        today["answered"],
        today["missed"],
        today["gos"],
        today["pca"],
        None if updated_at is None else max(0, round((now - updated_at).total_seconds())),
        connected,
    )


def _today(connection: Connection, tenant: Tenant, now: datetime) -> dict[str, Any]:
    """The figures of the call response report over today: the very same statement."""
    scope = Bound(tenant, ready_made("today", tenant.time_zone, now))
    summary = compile_report(find_report("call-response"), scope).summary
    row = connection.execute(summary.sql.encode(), summary.parameters).fetchone()
    assert row is not None, "figures over everything are always one row"
    return {column.name: value for column, value in zip(summary.columns, row, strict=True)}
