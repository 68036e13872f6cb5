SELECT call.area_code,
       count(*),
       count(*) FILTER (WHERE direction = 'incoming'),
       count(*) FILTER (WHERE direction = 'outgoing'),
       sum(duration_seconds),
       coalesce(sum(duration_seconds) FILTER (WHERE direction = 'incoming'), 0),
       coalesce(sum(duration_seconds) FILTER (WHERE direction = 'outgoing'), 0),
       round(avg(duration_seconds) FILTER (WHERE outcome IN ('answered', 'answered_outside')))
FROM store.call WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress' AND call.area_code IS NOT NULL
GROUP BY 1
