SELECT started_at, direction, extension, name,
       coalesce(call.outside_number, CASE call.direction WHEN 'incoming' THEN caller_number ELSE called_number END),
       call.area_code, ddi, ring_seconds, duration_seconds, outcome, answered_by,
       (SELECT nullif(string_agg(party, ' → ' ORDER BY place) FILTER (WHERE place > 1), '') FROM (
           SELECT coalesce(extension, number) AS party,
                  row_number() OVER (ORDER BY answered_at, leg_number) AS place FROM store.leg
           WHERE leg.call_id = call.call_id AND role = 'called' AND kind IN ('extension', 'outside')
                 AND answered_at IS NOT NULL) answered),
       (SELECT coalesce(extension, number) FROM store.leg
        WHERE leg.call_id = call.call_id AND role = 'called' AND kind IN ('extension', 'outside')
        ORDER BY answered_at IS NULL, CASE WHEN answered_at IS NOT NULL THEN ended_at END DESC NULLS LAST, coalesce(answered_at, offered_at) DESC, leg_number DESC LIMIT 1)
FROM store.call LEFT JOIN store.person USING (person_id)
WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome <> 'in_progress'
