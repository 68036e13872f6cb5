"""The state of now, from the live tables, with today's response figures beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from reportgen.catalogue import find_report
from reportgen.compile import Bound, Tenant, compile_report
from reportgen.compile.period import ready_made
from reportgen.privacy.small_groups import FewUsersError, check_scope
from reportgen.run import as_tenant
from store.connect import Connection
from store.vocabulary import AgentState


@dataclass(frozen=True, slots=True)
class Now:
    """What happens now, and how today went."""

    waiting: int
    longest_wait_seconds: int | None
    calls: int | None
    agents: Mapping[AgentState, int]
    offered: int | None
    answered: int | None
    missed: int | None
    gos: Decimal | None
    pca: Decimal | None
    age_seconds: int | None
    """Since the exporter last wrote; None when it never did."""
    connected: bool
    few_users: FewUsersError | None = None
    """Why there are no figures of agents and today."""


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
        agents, today, few_users = _figures(connection, tenant, now)
    return Now(
        waiting,
        longest,
        None if few_users else calls,
        {AgentState(state): count for state, count in agents},
        today.get("offered"),
        today.get("answered"),
        today.get("missed"),
        today.get("gos"),
        today.get("pca"),
        None if updated_at is None else max(0, round((now - updated_at).total_seconds())),
        connected,
        few_users,
    )


def _figures(
    connection: Connection, tenant: Tenant, now: datetime
) -> tuple[list[tuple[str, int]], dict[str, Any], FewUsersError | None]:
    """Agents by state and today's figures; or why this reader sees none."""
    try:
        check_scope(connection)
    except FewUsersError as error:
        return [], {}, error
    agents = connection.execute("SELECT state, count(*) FROM report.agent_now GROUP BY state").fetchall()
    return agents, _today(connection, tenant, now), None


def _today(connection: Connection, tenant: Tenant, now: datetime) -> dict[str, Any]:
    """The figures of the call response report over today: the very same statement."""
    scope = Bound(tenant, ready_made("today", tenant.time_zone, now))
    summary = compile_report(find_report("call-response"), scope).summary
    row = connection.execute(summary.sql.encode(), summary.parameters).fetchone()
    assert row is not None, "figures over everything are always one row"
    return {column.name: value for column, value in zip(summary.columns, row, strict=True)}
