INSERT INTO store.missed_call (
    tenant_id, started_at, call_id, outside_number, customer_id, ddi,
    attempted_at, attempted_call_id, reached_at, reached_call_id, came_back_at, came_back_call_id,
    closed_at, resolution_seconds, target_seconds, ring_seconds
) VALUES (
    %(tenant)s, %(started_at)s, %(call_id)s, %(outside_number)s, %(customer_id)s, %(ddi)s,
    %(attempted_at)s, %(attempted_call_id)s, %(reached_at)s, %(reached_call_id)s,
    %(came_back_at)s, %(came_back_call_id)s, %(closed_at)s, %(resolution_seconds)s, %(target_seconds)s,
    %(ring_seconds)s
)
ON CONFLICT (tenant_id, call_id) DO UPDATE SET
    started_at = excluded.started_at, outside_number = excluded.outside_number,
    customer_id = excluded.customer_id, ddi = excluded.ddi,
    attempted_at = excluded.attempted_at, attempted_call_id = excluded.attempted_call_id,
    reached_at = excluded.reached_at, reached_call_id = excluded.reached_call_id,
    came_back_at = excluded.came_back_at, came_back_call_id = excluded.came_back_call_id,
    closed_at = excluded.closed_at, resolution_seconds = excluded.resolution_seconds,
    target_seconds = excluded.target_seconds, ring_seconds = excluded.ring_seconds
