SELECT leg.agent, person.name, contact_group.name, leg.offered_at, leg.ring_seconds, leg.outside_number,
       stay.outcome, coalesce(stay.agent, stay.extension),
       (SELECT own.name FROM store.visit onward JOIN store.contact_group own ON own.pbx_name = onward.contact_group
        WHERE onward.call_id = leg.call_id AND onward.overflowed_from = leg.contact_group AND onward.entered_at >= leg.offered_at
        ORDER BY onward.entered_at, onward.visit_number LIMIT 1)
FROM store.leg
JOIN store.agent ON agent.pbx_name = leg.agent JOIN store.person ON person.person_id = agent.person_id
JOIN store.contact_group ON contact_group.pbx_name = leg.contact_group
LEFT JOIN store.visit stay ON stay.call_id = leg.call_id AND stay.contact_group = leg.contact_group
WHERE leg.started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND leg.started_at < '2026-11-02 00:00 Europe/Amsterdam'
      AND leg.outcome = 'bounced' AND leg.role = 'called'
