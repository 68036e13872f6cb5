-- The local days add up to the legs of extensions.
SELECT 'extension days' AS item, detail.total AS expected, rollup.total AS found, NULL::uuid[] AS call_ids
FROM (
    SELECT coalesce(sum(total), 0) AS total, coalesce(sum(missed), 0) AS missed,
           coalesce(sum(talk_seconds), 0) AS talk
    FROM store.leg
    WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
      AND kind = 'extension' AND outcome <> 'in_progress'
) detail, (
    SELECT coalesce(sum(total), 0) AS total, coalesce(sum(missed), 0) AS missed,
           coalesce(sum(talk_seconds), 0) AS talk
    FROM store.rollup_extension_day
    WHERE tenant_id = %(tenant)s AND local_day >= (%(from)s AT TIME ZONE %(zone)s)::date
      AND local_day < (%(until)s AT TIME ZONE %(zone)s)::date
) rollup
WHERE (detail.total, detail.missed, detail.talk) IS DISTINCT FROM (rollup.total, rollup.missed, rollup.talk)
