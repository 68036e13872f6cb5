SELECT started_at, outside_number, extension, person.name, ddi,
       cost_centre.name, department.name, division.name, duration_seconds, ring_seconds, outcome, direction
FROM store.call LEFT JOIN store.person USING (person_id)
LEFT JOIN store.organisation_unit cost_centre ON cost_centre.unit_id = cost_centre_id
LEFT JOIN store.organisation_unit department ON department.unit_id = department_id
LEFT JOIN store.organisation_unit division ON division.unit_id = division_id
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND direction = 'incoming' AND outcome IN ('abandoned', 'voicemail', 'busy', 'timed_out', 'closed', 'failed')
