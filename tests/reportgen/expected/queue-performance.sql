SELECT name, to_timestamp(floor(extract(epoch FROM started_at) / 3600) * 3600),
       count(*) FILTER (WHERE NOT (outcome = 'abandoned' AND wait_seconds < 5)),
       count(*) FILTER (WHERE outcome = 'answered'),
       count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20),
       count(*) FILTER (WHERE outcome = 'abandoned' AND wait_seconds >= 5),
       count(*) FILTER (WHERE outcome = 'overflowed'),
       count(*) FILTER (WHERE outcome IN ('abandoned', 'timed_out', 'left_empty', 'left_by_key', 'transferred')
                        AND NOT (outcome = 'abandoned' AND wait_seconds < 5)),
       round(avg(wait_seconds) FILTER (WHERE NOT (outcome = 'abandoned' AND wait_seconds < 5))),
       max(wait_seconds),
       round(avg(wait_seconds) FILTER (WHERE outcome = 'answered')),
       round(100.0 * count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20)
             / nullif(count(*) FILTER (WHERE NOT (outcome = 'abandoned' AND wait_seconds < 5)), 0), 1),
       round(100.0 * count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20)
             / nullif(count(*) FILTER (WHERE outcome = 'answered'), 0), 1)
FROM store.visit JOIN store.contact_group ON pbx_name = contact_group
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam'
      AND outcome <> 'in_progress' AND group_kind = 'queue'
GROUP BY 1, 2
