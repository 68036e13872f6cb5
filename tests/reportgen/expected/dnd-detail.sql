SELECT state.extension, name, from_at, until_at, extract(epoch FROM upper(part) - lower(part))::integer
FROM (
    SELECT *, tstzrange(from_at, until_at)
              * tstzrange('2026-10-23 00:00 Europe/Amsterdam', '2026-11-02 00:00 Europe/Amsterdam') AS part
    FROM store.device_state
) state JOIN store.extension ON number = state.extension JOIN store.person USING (person_id)
WHERE NOT isempty(part)
