INSERT INTO store.rollup_unit_day (
    tenant_id, local_day, kind, unit_id, direction, destination,
    total, incoming, outgoing, internal, missed, conversations, talk_seconds
)
SELECT
    tenant_id, local_day, kind, unit_id, direction, destination,
    sum(total), sum(incoming), sum(outgoing), sum(internal), sum(missed), sum(conversations), sum(talk_seconds)
FROM store.unit_call
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s
    AND call_started_at >= %(begin)s AND call_started_at < %(end)s
GROUP BY 1, 2, 3, 4, 5, 6
