SELECT date_trunc('day', started_at AT TIME ZONE 'Europe/Amsterdam') AT TIME ZONE 'Europe/Amsterdam',
       count(*) FILTER (WHERE outcome NOT IN ('short_abandoned', 'in_progress')),
       count(*) FILTER (WHERE outcome = 'answered'),
       count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20),
       count(*) FILTER (WHERE outcome IN ('abandoned', 'voicemail', 'busy', 'timed_out', 'closed', 'failed')),
       sum(talk_seconds),
       round(avg(talk_seconds) FILTER (WHERE outcome IN ('answered', 'answered_outside'))),
       round(avg(wait_seconds) FILTER (WHERE outcome = 'answered')),
       round(avg(wait_seconds) FILTER (WHERE outcome NOT IN ('short_abandoned', 'in_progress'))),
       round(100.0 * count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20)
             / nullif(count(*) FILTER (WHERE outcome NOT IN ('short_abandoned', 'in_progress')), 0), 1),
       round(100.0 * count(*) FILTER (WHERE outcome = 'answered' AND wait_seconds <= 20)
             / nullif(count(*) FILTER (WHERE outcome = 'answered'), 0), 1),
       round(100.0 * count(*) FILTER (WHERE outcome = 'answered')
             / nullif(count(*) FILTER (WHERE outcome NOT IN ('short_abandoned', 'in_progress')), 0), 1),
       round(100.0 * count(*) FILTER (WHERE outcome IN ('abandoned', 'voicemail', 'busy', 'timed_out', 'closed', 'failed')) / nullif(count(*) FILTER (WHERE outcome NOT IN ('short_abandoned', 'in_progress')), 0), 1)
FROM store.call WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress' AND direction = 'incoming'
GROUP BY 1
