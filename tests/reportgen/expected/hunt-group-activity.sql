SELECT name,
       count(*) FILTER (WHERE counts), count(*) FILTER (WHERE outcome = 'answered'),
       count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20),
       count(*) FILTER (WHERE outcome = 'overflowed'),
       count(*) FILTER (WHERE counts AND outcome NOT IN ('answered', 'overflowed')),
       round(100.0 * count(*) FILTER (WHERE counts AND outcome NOT IN ('answered', 'overflowed')) / count(*) FILTER (WHERE counts), 1),
       round(avg(ring_seconds) FILTER (WHERE counts)),
       sum(talk_seconds),
       round(sum(talk_seconds)::numeric / nullif(count(*) FILTER (WHERE outcome = 'answered'), 0)),
       round(avg(wait_seconds) FILTER (WHERE outcome = 'answered')),
       round(100.0 * count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20) / count(*) FILTER (WHERE counts), 1),
       round(100.0 * count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20) / nullif(count(*) FILTER (WHERE outcome = 'answered'), 0), 1)
FROM (SELECT *, NOT (outcome = 'abandoned' AND wait_seconds < 5) AS counts FROM store.visit) visit
JOIN store.contact_group ON pbx_name = contact_group
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam'
      AND outcome <> 'in_progress' AND group_kind = 'hunt_group'
GROUP BY name
