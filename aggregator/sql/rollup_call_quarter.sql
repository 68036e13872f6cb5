-- Calls in progress count as presented and in progress, with nothing else: the rest of them is not known yet.
INSERT INTO store.rollup_call_quarter (
    tenant_id, bucket_start, direction, ddi, contact_group,
    total, incoming, outgoing, internal, presented, in_progress, short_calls, offered, answered, answered_outside,
    answered_in_target, missed, conversations, duration_seconds, ring_seconds, wait_seconds, talk_seconds,
    hold_seconds, answer_wait_seconds, offered_wait_seconds, longest_wait_seconds
)
SELECT
    tenant_id, date_bin('15 minutes', started_at, 'epoch'), direction, coalesce(ddi, ''), coalesce(contact_group, ''),
    sum(total), sum(incoming), sum(outgoing), sum(internal), sum(presented), sum(in_progress), sum(short_calls),
    sum(offered), sum(answered), sum(answered_outside), sum(answered_in_target), sum(missed), sum(conversations),
    coalesce(sum(duration_seconds) FILTER (WHERE total = 1), 0),
    coalesce(sum(ring_seconds) FILTER (WHERE total = 1), 0),
    coalesce(sum(wait_seconds) FILTER (WHERE total = 1), 0),
    coalesce(sum(talk_seconds) FILTER (WHERE total = 1), 0),
    coalesce(sum(hold_seconds) FILTER (WHERE total = 1), 0),
    sum(answer_wait_seconds), sum(offered_wait_seconds),
    coalesce(max(wait_seconds) FILTER (WHERE total = 1), 0)
FROM store.call
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s
GROUP BY 1, 2, 3, 4, 5
