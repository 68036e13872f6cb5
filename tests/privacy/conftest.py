"""A tenant full of calls, with those who watch over it."""

import psycopg
import pytest

from tests.access.conftest import acme, administrator, make_account, owner, portal, rival
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder

__all__ = ["acme", "administrator", "make_account", "owner", "portal", "rival"]


@pytest.fixture
def company(acme: TenantBuilder, owner: psycopg.Connection) -> TenantBuilder:
    """Some hundreds of calls, in which every column that can hold an outside party's number or name does."""
    sample.fill(acme, calls=150)
    for statement in _OUTSIDE_PARTIES:
        owner.execute(statement, {"tenant": acme.tenant_id, "pbx": acme.pbx_id})
    return acme


_OUTSIDE_PARTIES = (
    """
    UPDATE store.call SET caller_number = outside_number, caller_name = 'Jan Buiten'
    WHERE tenant_id = %(tenant)s AND direction = 'incoming'
    """,
    """
    UPDATE store.call SET caller_number = extension, caller_name = 'Anna', called_number = outside_number
    WHERE tenant_id = %(tenant)s AND direction = 'outgoing'
    """,
    """
    INSERT INTO store.leg (
        tenant_id, started_at, call_id, leg_number, connection, kind, role, direction, outcome,
        number, outside_number, offered_at, answered_at, ring_seconds, talk_seconds, hold_seconds, inferred
    )
    SELECT tenant_id, started_at, call_id, 90, 'outside', 'outside', 'called', direction, 'answered',
           '+31698760001', outside_number, started_at, started_at + interval '1 hour', 0, 1, 0, false
    FROM store.call WHERE tenant_id = %(tenant)s AND direction = 'incoming' AND outcome = 'answered'
    """,
    """
    INSERT INTO store.customer_number (tenant_id, number, customer_id)
    SELECT DISTINCT tenant_id, outside_number, customer_id FROM store.call
    WHERE tenant_id = %(tenant)s AND customer_id IS NOT NULL
    """,
    "INSERT INTO store.live_pbx VALUES (%(pbx)s, %(tenant)s, true, now(), now())",
    """
    INSERT INTO store.live_call (
        pbx_id, connection, tenant_id, call, direction, state, state_since, started_at, extension, number,
        withheld
    )
    VALUES (%(pbx)s, '1', %(tenant)s, '1', 'incoming', 'talking', now(), now(), '201', '+31612340001', false)
    """,
    """
    INSERT INTO store.live_waiting (
        pbx_id, connection, tenant_id, contact_group, number, withheld, entered_at
    )
    VALUES (%(pbx)s, '2', %(tenant)s, 'sales', '+31612340001', false, now()),
           (%(pbx)s, '3', %(tenant)s, 'sales', '+31612340002', false, now())
    """,
)
