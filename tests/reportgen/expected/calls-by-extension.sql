SELECT leg.extension, person.name, unit.name, leg.started_at, leg.talk_seconds,
       coalesce(call.outside_number, CASE call.direction WHEN 'incoming' THEN caller_number ELSE called_number END),
       call.area_code, leg.ddi, leg.ring_seconds, leg.direction, leg.outcome
FROM store.leg JOIN store.call USING (call_id)
LEFT JOIN store.person ON person.person_id = leg.person_id
LEFT JOIN store.organisation_unit unit ON unit.unit_id = leg.department_id
WHERE leg.started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND leg.started_at < '2026-11-02 00:00 Europe/Amsterdam'
      AND leg.outcome NOT IN ('in_progress', 'answered_elsewhere') AND leg.kind = 'extension'
