-- Offered calls were answered, answered outside or missed.
SELECT 'offered calls' AS item, sum(offered) AS expected, sum(answered + answered_outside + missed) AS found,
       (array_agg(call_id) FILTER (WHERE offered <> answered + answered_outside + missed))[1:20] AS call_ids
FROM store.call
WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
HAVING sum(offered) <> sum(answered + answered_outside + missed)
