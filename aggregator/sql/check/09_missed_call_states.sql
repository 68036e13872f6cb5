-- Every missed call has one row that says what became of it, and nothing else has.
SELECT 'missed calls followed' AS item, count(c.call_id) AS expected, count(m.call_id) AS found,
       (array_agg(coalesce(c.call_id, m.call_id)) FILTER (WHERE c.call_id IS NULL OR m.call_id IS NULL))[1:20]
           AS call_ids
FROM (
    SELECT call_id FROM store.call
    WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s AND missed = 1
) c
FULL JOIN (
    SELECT call_id FROM store.missed_call
    WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
) m USING (call_id)
HAVING count(*) FILTER (WHERE c.call_id IS NULL OR m.call_id IS NULL) > 0
