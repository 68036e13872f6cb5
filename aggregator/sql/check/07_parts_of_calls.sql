-- No leg and no visit without its call.
SELECT 'parts without a call' AS item, 0::bigint AS expected, count(*) AS found,
       (array_agg(DISTINCT call_id))[1:20] AS call_ids
FROM (
    SELECT call_id, started_at FROM store.leg
    WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
    UNION ALL
    SELECT call_id, started_at FROM store.visit
    WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
) part
WHERE NOT EXISTS (
    SELECT 1 FROM store.call c
    WHERE c.tenant_id = %(tenant)s AND c.call_id = part.call_id AND c.started_at = part.started_at
)
HAVING count(*) > 0
