SELECT date_trunc('month', started_at AT TIME ZONE 'Europe/Amsterdam') AT TIME ZONE 'Europe/Amsterdam',
       count(*),
       count(*) FILTER (WHERE direction = 'outgoing'),
       count(*) FILTER (WHERE direction = 'incoming'),
       count(*) FILTER (WHERE direction = 'incoming' AND outcome IN ('abandoned', 'voicemail', 'busy', 'timed_out', 'closed', 'failed')),
       count(*) FILTER (WHERE direction = 'internal'),
       round(avg(talk_seconds) FILTER (WHERE outcome IN ('answered', 'answered_outside'))),
       round(avg(talk_seconds) FILTER (WHERE outcome IN ('answered', 'answered_outside') AND direction = 'outgoing')),
       round(avg(talk_seconds) FILTER (WHERE outcome IN ('answered', 'answered_outside') AND direction = 'incoming')),
       sum(talk_seconds)
FROM store.call WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress'
GROUP BY 1
