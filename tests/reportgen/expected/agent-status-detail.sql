SELECT state.agent, name, state, reason, lower(part), upper(part), extract(epoch FROM date_trunc('second', upper(part) + interval '0.5 s')
                                    - date_trunc('second', lower(part) + interval '0.5 s'))::integer
FROM (
    SELECT *, tstzrange(from_at, until_at)
              * tstzrange('2026-10-23 00:00 Europe/Amsterdam', '2026-11-02 00:00 Europe/Amsterdam') AS part
    FROM store.agent_state
) state JOIN store.agent ON pbx_name = state.agent JOIN store.person USING (person_id)
WHERE state <> 'signed_out' AND NOT isempty(part)
