WITH day AS (
    SELECT day, tstzrange(day AT TIME ZONE 'Europe/Amsterdam', (day + interval '1 day') AT TIME ZONE 'Europe/Amsterdam') AS span
    FROM generate_series('2026-10-23'::timestamp, '2026-11-01', '1 day') day
), worked AS (
    SELECT agent, day, min(greatest(from_at, lower(span))) AS first_in, max(least(until_at, upper(span))) AS last_out,
           sum(extract(epoch FROM least(until_at, upper(span)) - greatest(from_at, lower(span))))::integer AS signed_in,
           sum(CASE WHEN state IN ('available', 'ringing', 'busy')
                    THEN extract(epoch FROM least(until_at, upper(span)) - greatest(from_at, lower(span))) ELSE 0 END)::integer AS free
    FROM store.agent_state JOIN day ON from_at < upper(span) AND until_at > lower(span)
    WHERE state <> 'signed_out' GROUP BY 1, 2
), due AS (
    SELECT worked.*, (SELECT (day + min(opens)) AT TIME ZONE 'Europe/Amsterdam' FROM store.working_hours
                      WHERE line = '' AND weekday = extract(isodow FROM day)) AS opens,
           (SELECT (day + max(closes)) AT TIME ZONE 'Europe/Amsterdam' FROM store.working_hours
            WHERE line = '' AND weekday = extract(isodow FROM day)) AS closes
    FROM worked WHERE day::date NOT IN (SELECT holiday.day FROM store.holiday)
    UNION ALL
    SELECT worked.*, NULL, NULL FROM worked WHERE day::date IN (SELECT holiday.day FROM store.holiday)
)
SELECT due.agent, name, day AT TIME ZONE 'Europe/Amsterdam', opens, first_in,
       CASE WHEN opens IS NULL THEN NULL WHEN first_in > opens THEN extract(epoch FROM first_in - opens)::integer ELSE 0 END,
       closes, last_out,
       CASE WHEN closes IS NULL THEN NULL WHEN last_out < closes THEN extract(epoch FROM closes - last_out)::integer ELSE 0 END,
       signed_in, free
FROM due JOIN store.agent ON pbx_name = due.agent JOIN store.person USING (person_id)
