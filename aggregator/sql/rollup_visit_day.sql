INSERT INTO store.rollup_visit_day (
    tenant_id, local_day, contact_group, group_kind, longest_wait_seconds,
    presented, in_progress, short_calls, offered, answered, answered_direct, answered_after_overflow,
    answered_in_target, overflowed, abandoned, missed, wait_seconds, talk_seconds, answer_wait_seconds,
    offered_wait_seconds, counted_ring_seconds
)
SELECT
    tenant_id, local_day, contact_group, group_kind, max(longest_wait_seconds),
    sum(presented), sum(in_progress), sum(short_calls), sum(offered), sum(answered), sum(answered_direct),
    sum(answered_after_overflow), sum(answered_in_target), sum(overflowed), sum(abandoned), sum(missed),
    sum(wait_seconds), sum(talk_seconds), sum(answer_wait_seconds), sum(offered_wait_seconds),
    sum(counted_ring_seconds)
FROM store.visit_sum
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s
GROUP BY 1, 2, 3, 4
