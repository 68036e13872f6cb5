SELECT leg.extension, person.name, unit.name, leg.started_at, leg.talk_seconds,
       coalesce(call.outside_number, CASE call.direction WHEN 'incoming' THEN caller_number ELSE called_number END),
       call.area_code, leg.ddi, leg.ring_seconds, leg.direction, leg.outcome, call.answered_by,
       (SELECT nullif(string_agg(party, ' → ' ORDER BY place) FILTER (WHERE place > 1), '') FROM (
           SELECT coalesce(extension, number) AS party,
                  row_number() OVER (ORDER BY answered_at, leg_number) AS place FROM store.leg other
           WHERE other.call_id = call.call_id AND role = 'called' AND kind IN ('extension', 'outside')
                 AND answered_at IS NOT NULL) answered),
       (SELECT coalesce(extension, number) FROM store.leg other
        WHERE other.call_id = call.call_id AND role = 'called' AND kind IN ('extension', 'outside')
        ORDER BY answered_at IS NULL, CASE WHEN answered_at IS NOT NULL THEN ended_at END DESC NULLS LAST, coalesce(answered_at, offered_at) DESC, leg_number DESC LIMIT 1)
FROM store.leg JOIN store.call USING (call_id)
LEFT JOIN store.person ON person.person_id = leg.person_id
LEFT JOIN store.organisation_unit unit ON unit.unit_id = leg.department_id
WHERE leg.started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND leg.started_at < '2026-11-02 00:00 Europe/Amsterdam'
      AND leg.outcome NOT IN ('in_progress', 'answered_elsewhere') AND leg.kind = 'extension'
