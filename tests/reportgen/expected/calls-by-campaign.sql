SELECT g.name, ddi, line.name, extension, person.name, started_at, duration_seconds, coalesce(call.outside_number, CASE call.direction WHEN 'incoming' THEN caller_number ELSE called_number END),
       call.area_code, ring_seconds, direction, outcome
FROM store.call LEFT JOIN store.person USING (person_id)
JOIN store.ddi line ON line.number = ddi JOIN store.ddi_group g USING (ddi_group_id)
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress' AND direction = 'incoming'
