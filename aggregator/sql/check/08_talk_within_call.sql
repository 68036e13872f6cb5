-- Nobody talks longer than the call lasts, and nobody is on hold longer than in conversation.
SELECT 'calls with impossible times' AS item, 0::bigint AS expected, count(*) AS found,
       (array_agg(call_id))[1:20] AS call_ids
FROM store.call
WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s AND ended_at IS NOT NULL
  AND (talk_seconds > extract(epoch FROM ended_at - started_at) + 1 OR hold_seconds > talk_seconds + 1
       OR wait_seconds > extract(epoch FROM ended_at - started_at) + 1
       OR least(talk_seconds, hold_seconds, wait_seconds, ring_seconds, duration_seconds) < 0)
HAVING count(*) > 0
