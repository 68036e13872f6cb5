INSERT INTO store.rollup_extension_day (
    tenant_id, local_day, extension, direction,
    person_id, site_id, division_id, department_id, cost_centre_id,
    total, incoming, outgoing, internal, missed, conversations, rings,
    talk_seconds, hold_seconds, ring_seconds, counted_ring_seconds
)
SELECT
    tenant_id, (started_at AT TIME ZONE %(zone)s)::date, coalesce(extension, ''), direction,
    coalesce(person_id, 0), coalesce(site_id, 0), coalesce(division_id, 0), coalesce(department_id, 0),
    coalesce(cost_centre_id, 0),
    sum(total), sum(incoming), sum(outgoing), sum(internal), sum(missed), sum(conversations), sum(rings),
    sum(talk_seconds), sum(hold_seconds), sum(ring_seconds), sum(counted_ring_seconds)
FROM store.leg
WHERE tenant_id = %(tenant)s AND started_at >= %(begin)s AND started_at < %(end)s
    AND kind = 'extension' AND outcome <> 'in_progress'
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
