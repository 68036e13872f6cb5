SELECT state.agent, name,
       sum(CASE state WHEN 'busy' THEN seconds ELSE 0 END), sum(CASE state WHEN 'wrap_up' THEN seconds ELSE 0 END),
       sum(CASE state WHEN 'ringing' THEN seconds ELSE 0 END), sum(CASE state WHEN 'available' THEN seconds ELSE 0 END),
       sum(CASE state WHEN 'unavailable' THEN seconds ELSE 0 END), sum(seconds),
       round(100.0 * sum(CASE state WHEN 'available' THEN seconds ELSE 0 END) / sum(seconds), 1)
FROM (
    SELECT agent, state, extract(epoch FROM date_trunc('second', upper(part) + interval '0.5 s')
                                    - date_trunc('second', lower(part) + interval '0.5 s'))::integer AS seconds
    FROM (SELECT *, tstzrange(from_at, until_at)
                    * tstzrange('2026-10-23 00:00 Europe/Amsterdam', '2026-11-02 00:00 Europe/Amsterdam') AS part
          FROM store.agent_state) cut
    WHERE NOT isempty(part) AND state <> 'signed_out'
) state JOIN store.agent ON pbx_name = state.agent JOIN store.person USING (person_id)
GROUP BY 1, 2
