INSERT INTO store.rollup_area_day (
    tenant_id, local_day, direction, area_code, destination, country,
    total, incoming, outgoing, internal, missed, conversations, duration_seconds, talk_seconds
)
SELECT
    tenant_id, local_day, direction, area_code, destination, country,
    sum(total), sum(incoming), sum(outgoing), sum(internal), sum(missed), sum(conversations),
    sum(duration_seconds), sum(talk_seconds)
FROM store.call_sum
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s AND total = 1
GROUP BY 1, 2, 3, 4, 5, 6
