INSERT INTO store.rollup_agent_day (tenant_id, local_day, agent, state, reason, seconds, began, calls)
SELECT tenant_id, local_day, agent, state, reason, sum(seconds), sum(began), sum(calls)
FROM store.agent_day_part
WHERE tenant_id = %(tenant)s AND from_at < %(end)s AND until_at > %(begin)s
    AND local_day >= %(first)s AND local_day < %(after)s
    -- No state that is older lasts until the first of the days: with it the index on the begin finds them.
    AND from_at >= (
        SELECT least(
            %(begin)s - (SELECT interval '1 second' * extract(epoch FROM max(until_at - from_at)) FROM store.agent_state
                         WHERE tenant_id = %(tenant)s AND state <> 'signed_out'),
            (SELECT min(from_at) FROM store.agent_state
             WHERE tenant_id = %(tenant)s AND until_at IS NULL AND state <> 'signed_out')
        )
    )
GROUP BY 1, 2, 3, 4, 5
