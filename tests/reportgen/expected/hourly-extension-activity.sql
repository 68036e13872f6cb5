SELECT to_timestamp(floor(extract(epoch FROM started_at) / 3600) * 3600), extension, name,
       count(*),
       count(*) FILTER (WHERE direction = 'outgoing'),
       count(*) FILTER (WHERE direction = 'incoming'),
       count(*) FILTER (WHERE direction = 'incoming' AND role = 'called' AND outcome = 'missed'),
       count(*) FILTER (WHERE direction = 'internal'),
       round(avg(talk_seconds) FILTER (WHERE outcome = 'answered')),
       round(avg(talk_seconds) FILTER (WHERE outcome = 'answered' AND direction = 'incoming'))
FROM store.leg JOIN store.person USING (person_id)
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome NOT IN ('in_progress', 'answered_elsewhere') AND kind = 'extension'
GROUP BY 1, extension, name
