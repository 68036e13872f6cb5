SELECT agent.pbx_name, person.name,
       count(*),
       count(*) FILTER (WHERE leg.outcome = 'missed'),
       count(*) FILTER (WHERE leg.outcome = 'bounced'),
       count(*) FILTER (WHERE leg.outcome = 'answered'),
       count(*) FILTER (WHERE leg.outcome = 'answered' AND leg.contact_group IS NULL),
       count(*) FILTER (WHERE leg.outcome = 'answered' AND leg.contact_group IS NOT NULL AND overflowed_from IS NULL),
       count(*) FILTER (WHERE leg.outcome = 'answered' AND leg.contact_group IS NOT NULL AND overflowed_from IS NOT NULL),
       sum(leg.talk_seconds),
       round(avg(leg.ring_seconds) FILTER (WHERE leg.outcome = 'answered'))
FROM store.leg JOIN store.agent USING (extension) JOIN store.person ON person.person_id = agent.person_id
LEFT JOIN store.visit ON visit.call_id = leg.call_id AND visit.contact_group = leg.contact_group
WHERE leg.started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND leg.started_at < '2026-11-02 00:00 Europe/Amsterdam' AND leg.role = 'called' AND (leg.direction = 'incoming' OR leg.contact_group IS NOT NULL)
      AND leg.outcome NOT IN ('in_progress', 'answered_elsewhere')
GROUP BY 1, 2
