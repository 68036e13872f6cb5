SELECT extension, name,
       count(*),
       count(*) FILTER (WHERE direction = 'outgoing'),
       count(*) FILTER (WHERE direction = 'incoming'),
       count(*) FILTER (WHERE direction = 'incoming' AND role = 'called' AND outcome = 'missed'),
       count(*) FILTER (WHERE direction = 'internal'),
       round(avg(talk_seconds) FILTER (WHERE outcome = 'answered')),
       round(avg(talk_seconds) FILTER (WHERE outcome = 'answered' AND direction = 'outgoing')),
       round(avg(talk_seconds) FILTER (WHERE outcome = 'answered' AND direction = 'incoming')),
       sum(talk_seconds),
       coalesce(sum(talk_seconds) FILTER (WHERE direction = 'outgoing'), 0),
       coalesce(sum(talk_seconds) FILTER (WHERE direction = 'incoming'), 0),
       round(avg(ring_seconds) FILTER (WHERE role = 'called'))
FROM store.leg JOIN store.person USING (person_id)
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome NOT IN ('in_progress', 'answered_elsewhere') AND kind = 'extension'
GROUP BY extension, name
