"""The alarms that a tenant begins with; its administrators change them as they like, and none comes back."""

from store.connect import Connection, sentences

_MAKE = """
INSERT INTO store.alarm
    (tenant_id, kind, limit_value, recovery_value, for_minutes, least_offered, working_hours_only, mail_to)
SELECT tenant_id, kind, limit_value, recovery_value, for_minutes, least_offered, true,
    ARRAY(SELECT email FROM store.account
          WHERE account.tenant_id = tenant.tenant_id AND role = 'administrator' AND disabled_at IS NULL
            AND email IS NOT NULL ORDER BY account_id LIMIT 50)
FROM store.tenant CROSS JOIN LATERAL (VALUES
    ('longest_wait', 120, 60, 0, 1, true),
    ('no_agent', 1, 1, 5, 1, true),
    ('gos', 60, 70, 0, 20, false),
    ('unreturned', resolution_target_minutes, 0, 0, 1, false),
    ('no_data', 5, 1, 0, 1, false)
) AS begun (kind, limit_value, recovery_value, for_minutes, least_offered, premium)
WHERE slug = coalesce(%s, slug) AND (edition = 'premium' OR NOT premium)
  AND NOT EXISTS (SELECT FROM store.grafana_organisation AS known WHERE known.tenant_id = tenant.tenant_id)
  AND NOT EXISTS (SELECT FROM store.alarm WHERE alarm.tenant_id = tenant.tenant_id)
"""


def make_default_alarms(connection: Connection, slug: str | None = None) -> None:
    """For tenants that Grafana has not been set up for yet: all of them, or one."""
    with sentences():
        connection.execute(_MAKE, (slug,))
