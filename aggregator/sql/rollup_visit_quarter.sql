INSERT INTO store.rollup_visit_quarter (
    tenant_id, bucket_start, contact_group, group_kind,
    presented, in_progress, short_calls, offered, answered, answered_direct, answered_after_overflow,
    answered_in_target, overflowed, abandoned, missed, wait_seconds, talk_seconds, answer_wait_seconds,
    longest_wait_seconds, offered_wait_seconds, counted_ring_seconds
)
SELECT
    tenant_id, date_bin('15 minutes', started_at, 'epoch'), contact_group, group_kind,
    sum(presented), sum(in_progress), sum(short_calls), sum(offered), sum(answered), sum(answered_direct),
    sum(answered_after_overflow), sum(answered_in_target), sum(overflowed), sum(abandoned), sum(missed),
    coalesce(sum(wait_seconds) FILTER (WHERE in_progress = 0), 0),
    coalesce(sum(talk_seconds) FILTER (WHERE in_progress = 0), 0),
    sum(answer_wait_seconds),
    coalesce(max(wait_seconds) FILTER (WHERE in_progress = 0), 0),
    coalesce(sum(wait_seconds) FILTER (WHERE offered = 1), 0),
    coalesce(sum(ring_seconds) FILTER (WHERE offered = 1), 0)
FROM store.visit
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s
GROUP BY 1, 2, 3, 4
