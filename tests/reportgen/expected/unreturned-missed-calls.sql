SELECT call.outside_number, customer.name, count(*), min(call.started_at), max(call.started_at),
       extract(epoch FROM '2026-11-02 00:00 Europe/Amsterdam' - min(call.started_at))::integer, sum(call.ring_seconds), max(call.ring_seconds)
FROM store.call JOIN store.missed_call missed USING (call_id)
LEFT JOIN store.customer ON customer.customer_id = call.customer_id
WHERE call.started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND call.started_at < '2026-11-02 00:00 Europe/Amsterdam' AND closed_at IS NULL
GROUP BY 1, 2
