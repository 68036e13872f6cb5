-- The quarter hours add up to the calls; of calls that go on, nothing but their number is known yet.
SELECT 'calls in quarter hours' AS item, detail.total + detail.presented AS expected,
       coalesce(rollup.total + rollup.presented, 0) AS found, NULL::uuid[] AS call_ids
FROM (
    SELECT coalesce(sum(total), 0) AS total, coalesce(sum(presented), 0) AS presented,
           coalesce(sum(talk_seconds) FILTER (WHERE total = 1), 0) AS talk, coalesce(sum(missed), 0) AS missed,
           coalesce(sum(answered_in_target), 0) AS in_target
    FROM store.call
    WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
) detail, (
    SELECT coalesce(sum(total), 0) AS total, coalesce(sum(presented), 0) AS presented,
           coalesce(sum(talk_seconds), 0) AS talk, coalesce(sum(missed), 0) AS missed,
           coalesce(sum(answered_in_target), 0) AS in_target
    FROM store.rollup_call_quarter
    WHERE tenant_id = %(tenant)s AND bucket_start >= %(from)s AND bucket_start < %(until)s
) rollup
WHERE (detail.total, detail.presented, detail.talk, detail.missed, detail.in_target)
      IS DISTINCT FROM (rollup.total, rollup.presented, rollup.talk, rollup.missed, rollup.in_target)
