-- From the sums of calls of the same quarter hours, which are made first.
INSERT INTO store.rollup_direction_quarter (
    tenant_id, bucket_start, direction,
    total, incoming, outgoing, internal, presented, in_progress, short_calls, offered, answered,
    answered_outside, answered_in_target, missed, conversations, duration_seconds, ring_seconds, wait_seconds,
    talk_seconds, hold_seconds, answer_wait_seconds, offered_wait_seconds
)
SELECT
    tenant_id, bucket_start, direction,
    sum(total), sum(incoming), sum(outgoing), sum(internal), sum(presented), sum(in_progress),
    sum(short_calls), sum(offered), sum(answered), sum(answered_outside), sum(answered_in_target), sum(missed),
    sum(conversations), sum(duration_seconds), sum(ring_seconds), sum(wait_seconds), sum(talk_seconds),
    sum(hold_seconds), sum(answer_wait_seconds), sum(offered_wait_seconds)
FROM store.rollup_call_quarter
WHERE tenant_id = %(tenant)s AND bucket_start >= %(begin)s AND bucket_start < %(end)s
GROUP BY 1, 2, 3
