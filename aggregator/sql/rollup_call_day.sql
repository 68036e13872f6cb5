INSERT INTO store.rollup_call_day (
    tenant_id, local_day, direction, ddi, contact_group, last_at,
    total, incoming, outgoing, internal, presented, in_progress, short_calls, offered, answered,
    answered_outside, answered_in_target, missed, conversations, duration_seconds, ring_seconds, wait_seconds,
    talk_seconds, hold_seconds, answer_wait_seconds, offered_wait_seconds
)
SELECT
    tenant_id, local_day, direction, ddi, contact_group, max(started_at),
    sum(total), sum(incoming), sum(outgoing), sum(internal), sum(presented), sum(in_progress),
    sum(short_calls), sum(offered), sum(answered), sum(answered_outside), sum(answered_in_target), sum(missed),
    sum(conversations), sum(duration_seconds), sum(ring_seconds), sum(wait_seconds), sum(talk_seconds),
    sum(hold_seconds), sum(answer_wait_seconds), sum(offered_wait_seconds)
FROM store.call_sum
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s
GROUP BY 1, 2, 3, 4, 5
