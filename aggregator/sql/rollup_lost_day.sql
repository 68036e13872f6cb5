INSERT INTO store.rollup_lost_day (tenant_id, local_day, wait_seconds, calls)
SELECT tenant_id, local_day, wait_seconds, sum(calls)
FROM store.lost_call
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s
GROUP BY 1, 2, 3
