-- An agent does one thing at a time.
SELECT 'overlapping states of agent ' || agent AS item, 0::bigint AS expected, count(*) AS found,
       NULL::uuid[] AS call_ids
FROM (
    SELECT agent, from_at, until_at, lead(from_at) OVER (PARTITION BY pbx_id, agent ORDER BY from_at) AS next_from
    FROM store.agent_state
    WHERE tenant_id = %(tenant)s AND from_at >= %(from)s AND from_at < %(until)s
) interval_of_agent
WHERE next_from IS NOT NULL AND (until_at IS NULL OR until_at > next_from)
GROUP BY agent
