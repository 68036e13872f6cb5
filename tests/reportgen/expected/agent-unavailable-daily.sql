WITH day AS (
    SELECT day AT TIME ZONE 'Europe/Amsterdam' AS midnight,
           tstzrange(day AT TIME ZONE 'Europe/Amsterdam', (day + interval '1 day') AT TIME ZONE 'Europe/Amsterdam') AS span
    FROM generate_series('2026-10-23'::timestamp, '2026-11-01', '1 day') day
), piece AS (
    SELECT state.*, midnight, span * tstzrange(from_at, until_at) AS part
    FROM store.agent_state state JOIN day ON span && tstzrange(from_at, until_at)
), timed AS (
    SELECT piece.*, extract(epoch FROM date_trunc('second', upper(part) + interval '0.5 s')
                                    - date_trunc('second', lower(part) + interval '0.5 s'))::integer AS seconds FROM piece
)
SELECT midnight, timed.agent, name, reason, sum(seconds), count(*) FILTER (WHERE lower(part) = from_at)
FROM timed JOIN store.agent ON pbx_name = timed.agent JOIN store.person USING (person_id)
WHERE state = 'unavailable'
GROUP BY 1, 2, 3, 4
