SELECT name, group_kind,
       count(*) FILTER (WHERE NOT (outcome = 'abandoned' AND wait_seconds < 5)),
       count(*) FILTER (WHERE outcome IN ('abandoned', 'timed_out', 'left_empty', 'left_by_key', 'transferred')
                        AND NOT (outcome = 'abandoned' AND wait_seconds < 5)),
       count(*) FILTER (WHERE outcome = 'overflowed'),
       count(*) FILTER (WHERE outcome = 'answered' AND overflowed_from IS NULL),
       count(*) FILTER (WHERE outcome = 'answered' AND overflowed_from IS NOT NULL),
       count(*) FILTER (WHERE outcome = 'answered'),
       round(sum(talk_seconds)::numeric / nullif(count(*) FILTER (WHERE outcome = 'answered'), 0)),
       round(avg(wait_seconds) FILTER (WHERE outcome = 'answered'))
FROM store.visit JOIN store.contact_group ON pbx_name = contact_group
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress'
GROUP BY name, group_kind
