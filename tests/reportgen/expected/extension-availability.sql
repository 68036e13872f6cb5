WITH opening AS (
    SELECT (day + opens) AT TIME ZONE 'Europe/Amsterdam' AS opens, (day + closes) AT TIME ZONE 'Europe/Amsterdam' AS closes
    FROM generate_series('2026-10-23'::timestamp, '2026-11-01', '1 day') day
    JOIN store.working_hours ON line = '' AND weekday = extract(isodow FROM day)
    WHERE day::date NOT IN (SELECT holiday.day FROM store.holiday)
), talk AS (
    SELECT extension, answered_at, ended_at FROM store.leg WHERE kind = 'extension' AND answered_at IS NOT NULL
), edge AS (
    -- Between two moments at which anything changes, nothing does.
    SELECT number, moment FROM store.extension CROSS JOIN (SELECT opens FROM opening UNION SELECT closes FROM opening) o (moment)
    UNION SELECT extension, unnest(ARRAY[from_at, until_at]) FROM store.device_state
    UNION SELECT extension, unnest(ARRAY[answered_at, ended_at]) FROM talk
), piece AS (
    SELECT number, moment, lead(moment) OVER (PARTITION BY number ORDER BY moment) AS next FROM edge
), judged AS (
    SELECT number, extract(epoch FROM next - moment)::integer AS seconds,
           EXISTS (SELECT FROM store.device_state d WHERE d.extension = number AND d.from_at <= moment AND d.until_at > moment) AS dnd,
           EXISTS (SELECT FROM talk WHERE talk.extension = number AND answered_at <= moment AND ended_at > moment) AS talking
    FROM piece WHERE EXISTS (SELECT FROM opening WHERE opens <= moment AND closes > moment)
)
SELECT number, name, sum(seconds), coalesce(sum(seconds) FILTER (WHERE NOT dnd AND NOT talking), 0),
       coalesce(sum(seconds) FILTER (WHERE talking AND NOT dnd), 0), coalesce(sum(seconds) FILTER (WHERE dnd), 0),
       round(100.0 * coalesce(sum(seconds) FILTER (WHERE NOT dnd AND NOT talking), 0) / sum(seconds), 1)
FROM judged JOIN store.extension USING (number) JOIN store.person USING (person_id)
GROUP BY number, name
