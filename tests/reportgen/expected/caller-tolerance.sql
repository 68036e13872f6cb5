SELECT wait_seconds, count(*),
       (SELECT round(100.0 * count(*) FILTER (WHERE earlier.wait_seconds <= call.wait_seconds) / count(*), 1)
        FROM store.call earlier WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome = 'abandoned')
FROM store.call WHERE started_at >= '2026-10-23 00:00 Europe/Amsterdam' AND started_at < '2026-11-02 00:00 Europe/Amsterdam' AND outcome = 'abandoned'
GROUP BY wait_seconds
