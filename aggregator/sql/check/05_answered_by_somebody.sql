-- An answered call was answered by somebody: one of its legs was.
SELECT 'answered calls without an answered leg' AS item, 0::bigint AS expected, count(*) AS found,
       (array_agg(call_id))[1:20] AS call_ids
FROM store.call c
WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s AND conversations = 1
  AND NOT EXISTS (
      SELECT 1 FROM store.leg l
      WHERE l.tenant_id = c.tenant_id AND l.call_id = c.call_id AND l.started_at = c.started_at
        AND l.role = 'called' AND l.outcome = 'answered'
  )
HAVING count(*) > 0
