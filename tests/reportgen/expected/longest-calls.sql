SELECT duration_seconds, extension, person.name, unit.name, started_at,
       coalesce(call.outside_number, CASE call.direction WHEN 'incoming' THEN caller_number ELSE called_number END),
       call.area_code, ddi, ring_seconds, direction
FROM store.call
LEFT JOIN store.person USING (person_id)
LEFT JOIN store.organisation_unit unit ON unit.unit_id = department_id
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome IN ('answered', 'answered_outside')
