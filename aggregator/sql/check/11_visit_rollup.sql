SELECT 'visits in quarter hours' AS item, detail.presented AS expected, rollup.presented AS found,
       NULL::uuid[] AS call_ids
FROM (
    SELECT coalesce(sum(presented), 0) AS presented, coalesce(sum(answered), 0) AS answered,
           coalesce(sum(wait_seconds) FILTER (WHERE in_progress = 0), 0) AS wait
    FROM store.visit
    WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
) detail, (
    SELECT coalesce(sum(presented), 0) AS presented, coalesce(sum(answered), 0) AS answered,
           coalesce(sum(wait_seconds), 0) AS wait
    FROM store.rollup_visit_quarter
    WHERE tenant_id = %(tenant)s AND bucket_start >= %(from)s AND bucket_start < %(until)s
) rollup
WHERE (detail.presented, detail.answered, detail.wait)
      IS DISTINCT FROM (rollup.presented, rollup.answered, rollup.wait)
