WITH piece AS (
    SELECT agent, state, call_id, from_at,
           extract(epoch FROM date_trunc('second', least(until_at, '2026-11-02 00:00 Europe/Amsterdam') + interval '0.5 s')
               - date_trunc('second', greatest(from_at, '2026-10-23 00:00 Europe/Amsterdam') + interval '0.5 s'))::integer AS seconds
    FROM store.agent_state
    WHERE from_at < '2026-11-02 00:00 Europe/Amsterdam' AND until_at > '2026-10-23 00:00 Europe/Amsterdam' AND state <> 'signed_out'
), per_state AS (
    SELECT agent, sum(seconds) AS present, count(DISTINCT call_id) FILTER (WHERE state = 'busy' AND from_at >= '2026-10-23 00:00 Europe/Amsterdam') AS calls,
           coalesce(sum(seconds) FILTER (WHERE state = 'unavailable'), 0) AS away,
           coalesce(sum(seconds) FILTER (WHERE state = 'busy'), 0) AS talked,
           coalesce(sum(seconds) FILTER (WHERE state = 'wrap_up'), 0) AS wrapped
    FROM piece GROUP BY agent
)
SELECT agent, name, present, away, calls, talked, wrapped, talked + wrapped,
       round(100.0 * (talked + wrapped) / nullif(present - away, 0), 1)
FROM per_state JOIN store.agent ON pbx_name = per_state.agent JOIN store.person USING (person_id)
