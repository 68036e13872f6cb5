SELECT call.started_at, call.outside_number, customer.name, extension, person.name, unit.name, call.ddi,
       call.ring_seconds, outcome, direction
FROM store.call JOIN store.missed_call missed USING (call_id)
LEFT JOIN store.customer ON customer.customer_id = call.customer_id
LEFT JOIN store.person USING (person_id)
LEFT JOIN store.organisation_unit unit ON unit.unit_id = department_id
WHERE call.started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND call.started_at < '2026-11-02 00:00 Europe/Amsterdam' AND closed_at IS NULL
