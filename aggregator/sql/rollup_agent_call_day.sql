INSERT INTO store.rollup_agent_call_day (
    tenant_id, local_day, agent, own_extension, contact_group, direction,
    rings, agent_missed, agent_bounced, agent_answered, agent_answered_ddi, agent_answered_direct,
    agent_answered_after_overflow, agent_answer_seconds, talk_seconds
)
SELECT
    tenant_id, local_day, agent, own_extension, contact_group, direction,
    sum(rings), sum(agent_missed), sum(agent_bounced), sum(agent_answered), sum(agent_answered_ddi),
    sum(agent_answered_direct), sum(agent_answered_after_overflow), sum(agent_answer_seconds), sum(talk_seconds)
FROM store.agent_ring
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s
GROUP BY 1, 2, 3, 4, 5, 6
