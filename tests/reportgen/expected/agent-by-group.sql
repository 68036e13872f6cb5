SELECT g.name, leg.agent, person.name,
       count(*),
       count(*) FILTER (WHERE leg.outcome = 'missed'),
       count(*) FILTER (WHERE leg.outcome = 'bounced'),
       count(*) FILTER (WHERE leg.outcome = 'answered'),
       count(*) FILTER (WHERE leg.outcome = 'answered' AND overflowed_from IS NULL),
       count(*) FILTER (WHERE leg.outcome = 'answered' AND overflowed_from IS NOT NULL),
       round(avg(leg.talk_seconds) FILTER (WHERE leg.outcome = 'answered')),
       round(avg(leg.ring_seconds) FILTER (WHERE leg.outcome = 'answered'))
FROM store.leg JOIN store.visit USING (call_id, contact_group) JOIN store.contact_group g ON g.pbx_name = contact_group
JOIN store.agent ON agent.pbx_name = leg.agent JOIN store.person ON person.person_id = agent.person_id
WHERE leg.started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND leg.started_at < '2026-11-02 00:00 Europe/Amsterdam' AND leg.agent IS NOT NULL AND leg.role = 'called'
      AND leg.outcome NOT IN ('in_progress', 'answered_elsewhere')
GROUP BY 1, 2, 3
