-- Every visit has exactly one fate: per contact group and hour.
SELECT kind || ' ' || name AS item, presented AS expected, fates AS found, call_ids
FROM (
    SELECT kind, name, sum(presented) AS presented,
           sum(answered + missed + overflowed + short_calls + in_progress) AS fates,
           (array_agg(call_id) FILTER (
               WHERE presented <> answered + missed + overflowed + short_calls + in_progress
           ))[1:20] AS call_ids
    FROM store.visit
    CROSS JOIN LATERAL (VALUES
        ('visits of contact group', contact_group),
        ('visits of hour', to_char(date_trunc('hour', started_at), 'YYYY-MM-DD"T"HH24:MI"Z"'))
    ) AS lens (kind, name)
    WHERE tenant_id = %(tenant)s AND started_at >= %(from)s AND started_at < %(until)s
    GROUP BY kind, name
) sums
WHERE presented <> fates
ORDER BY item
