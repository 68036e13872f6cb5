SELECT call_id::uuid, started_at, leg_number, direction, kind, role, number, name, offered_at, answered_at, ended_at,
       ring_seconds, talk_seconds, hold_seconds, outcome
FROM store.leg LEFT JOIN store.person USING (person_id)
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress'
