SELECT state.agent, name, state, reason, sum(seconds), count(*) FILTER (WHERE began),
       round(sum(seconds)::numeric / nullif(count(*) FILTER (WHERE began), 0)), max(seconds)
FROM (
    SELECT agent, state, reason, from_at >= '2026-10-23 00:00 Europe/Amsterdam' AS began,
           extract(epoch FROM date_trunc('second', least(until_at, '2026-11-02 00:00 Europe/Amsterdam') + interval '0.5 s')
               - date_trunc('second', greatest(from_at, '2026-10-23 00:00 Europe/Amsterdam') + interval '0.5 s'))::integer AS seconds
    FROM store.agent_state
    WHERE from_at < '2026-11-02 00:00 Europe/Amsterdam' AND until_at > '2026-10-23 00:00 Europe/Amsterdam'
          AND state IN ('wrap_up', 'unavailable')
) state JOIN store.agent ON pbx_name = state.agent JOIN store.person USING (person_id)
GROUP BY 1, 2, 3, 4
