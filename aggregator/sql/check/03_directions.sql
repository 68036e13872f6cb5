-- Every finished call has one direction.
SELECT 'calls by direction' AS item, sum(total) AS expected, sum(incoming + outgoing + internal) AS found,
       (array_agg(call_id) FILTER (WHERE total <> incoming + outgoing + internal))[1:20] AS call_ids
FROM store.call
WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
HAVING sum(total) <> sum(incoming + outgoing + internal)
