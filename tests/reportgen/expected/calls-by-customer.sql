SELECT customer.name, started_at, duration_seconds, outside_number, call.area_code, ddi, extension, person.name,
       cost_centre.name, department.name, division.name, ring_seconds, direction, answered_by,
       (SELECT nullif(string_agg(party, ' → ' ORDER BY place) FILTER (WHERE place > 1), '') FROM (
           SELECT coalesce(extension, number) AS party,
                  row_number() OVER (ORDER BY answered_at, leg_number) AS place FROM store.leg
           WHERE leg.call_id = call.call_id AND role = 'called' AND kind IN ('extension', 'outside')
                 AND answered_at IS NOT NULL) answered),
       (SELECT coalesce(extension, number) FROM store.leg
        WHERE leg.call_id = call.call_id AND role = 'called' AND kind IN ('extension', 'outside')
        ORDER BY answered_at IS NULL, CASE WHEN answered_at IS NOT NULL THEN ended_at END DESC NULLS LAST, coalesce(answered_at, offered_at) DESC, leg_number DESC LIMIT 1), ended_by
FROM store.call JOIN store.customer USING (customer_id) LEFT JOIN store.person USING (person_id)
LEFT JOIN store.organisation_unit cost_centre ON cost_centre.unit_id = cost_centre_id
LEFT JOIN store.organisation_unit department ON department.unit_id = department_id
LEFT JOIN store.organisation_unit division ON division.unit_id = division_id
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress'
