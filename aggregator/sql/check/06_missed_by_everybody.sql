-- A missed call was answered by nobody: neither a telephone nor a group.
SELECT 'missed calls with an answered telephone' AS item, 0::bigint AS expected, count(*) AS found,
       (array_agg(call_id))[1:20] AS call_ids
FROM store.call c
WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s AND missed = 1
  AND (EXISTS (
      SELECT 1 FROM store.leg l
      WHERE l.tenant_id = c.tenant_id AND l.call_id = c.call_id AND l.started_at = c.started_at
        AND l.role = 'called' AND l.kind = 'extension' AND l.outcome = 'answered'
  ) OR EXISTS (
      SELECT 1 FROM store.visit v
      WHERE v.tenant_id = c.tenant_id AND v.call_id = c.call_id AND v.started_at = c.started_at AND v.answered = 1
  ))
HAVING count(*) > 0
