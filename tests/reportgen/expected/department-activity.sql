WITH touched AS (
    SELECT leg.call_id, leg.department_id, sum(leg.talk_seconds) AS talked, bool_or(leg.outcome = 'answered') AS spoke
    FROM store.leg WHERE kind = 'extension' AND outcome <> 'answered_elsewhere' GROUP BY 1, 2
)
SELECT name, direction,
       count(*),
       count(*) FILTER (WHERE direction = 'outgoing'),
       count(*) FILTER (WHERE direction = 'incoming'),
       count(*) FILTER (WHERE direction = 'incoming' AND outcome IN ('abandoned', 'voicemail', 'busy', 'timed_out', 'closed', 'failed')),
       count(*) FILTER (WHERE direction = 'internal'),
       round(avg(talked) FILTER (WHERE spoke)),
       round(avg(talked) FILTER (WHERE spoke AND direction = 'outgoing')),
       round(avg(talked) FILTER (WHERE spoke AND direction = 'incoming')),
       sum(talked)
FROM touched JOIN store.call USING (call_id) JOIN store.organisation_unit ON unit_id = touched.department_id
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress'
GROUP BY name, direction
