-- The missed calls that a change of calls can concern, each with the first later call that answers it.
WITH setting AS (
    SELECT returned_when, make_interval(days => unreturned_days) AS horizon
    FROM store.tenant WHERE tenant_id = %(tenant)s
), changed AS (
    SELECT number, min(first_at) AS first_at, max(last_at) AS last_at
    FROM unnest(%(numbers)s::text[], %(first)s::timestamptz[], %(last)s::timestamptz[]) AS t (number, first_at, last_at)
    GROUP BY number
), identity AS (
    -- A customer with several numbers is one caller: a call back to any of them reaches the customer.
    SELECT changed.number AS changed_number, coalesce(other.number, changed.number) AS number
    FROM changed
    LEFT JOIN store.customer_number own ON own.tenant_id = %(tenant)s AND own.number = changed.number
    LEFT JOIN store.customer_number other ON other.tenant_id = %(tenant)s AND other.customer_id = own.customer_id
), concerned AS (
    SELECT identity.number, min(changed.first_at) AS first_at, max(changed.last_at) AS last_at
    FROM identity JOIN changed ON changed.number = identity.changed_number
    GROUP BY identity.number
), missed AS (
    SELECT c.started_at, c.call_id, c.outside_number, c.customer_id, c.ddi, c.contact_group,
           coalesce(c.ended_at, c.started_at) AS ended_at, c.ring_seconds
    FROM concerned, setting, store.call c
    WHERE c.tenant_id = %(tenant)s AND c.missed = 1 AND c.outside_number = concerned.number
      AND c.started_at >= concerned.first_at - setting.horizon AND c.started_at <= concerned.last_at
    UNION ALL
    SELECT c.started_at, c.call_id, NULL, c.customer_id, c.ddi, c.contact_group, coalesce(c.ended_at, c.started_at),
           c.ring_seconds
    FROM store.call c
    WHERE c.tenant_id = %(tenant)s AND c.missed = 1 AND c.outside_number IS NULL AND c.call_id = ANY(%(withheld)s)
), fate AS (
    SELECT missed.*,
           attempt.started_at AS attempted_at, attempt.call_id AS attempted_call_id,
           reach.started_at AS reached_at, reach.call_id AS reached_call_id,
           back.started_at AS came_back_at, back.call_id AS came_back_call_id
    FROM missed
    CROSS JOIN setting
    LEFT JOIN LATERAL (
        SELECT array_agg(coalesce(other.number, missed.outside_number)) AS numbers
        FROM (SELECT 1) one
        LEFT JOIN store.customer_number own
            ON own.tenant_id = %(tenant)s AND own.number = missed.outside_number AND own.valid @> missed.started_at
        LEFT JOIN store.customer_number other
            ON other.tenant_id = %(tenant)s AND other.customer_id = own.customer_id
                AND other.valid @> missed.started_at
    ) caller ON true
    LEFT JOIN LATERAL (
        SELECT c.started_at, c.call_id FROM store.call c
        WHERE c.tenant_id = %(tenant)s AND c.outside_number = ANY(caller.numbers) AND c.direction = 'outgoing'
          AND c.started_at > missed.started_at AND c.started_at <= missed.started_at + setting.horizon
        ORDER BY c.started_at, c.call_id LIMIT 1
    ) attempt ON true
    LEFT JOIN LATERAL (
        SELECT c.started_at, c.call_id FROM store.call c
        WHERE c.tenant_id = %(tenant)s AND c.outside_number = ANY(caller.numbers) AND c.direction = 'outgoing'
          AND c.outcome = 'answered'
          AND c.started_at > missed.started_at AND c.started_at <= missed.started_at + setting.horizon
        ORDER BY c.started_at, c.call_id LIMIT 1
    ) reach ON true
    LEFT JOIN LATERAL (
        SELECT c.started_at, c.call_id FROM store.call c
        WHERE c.tenant_id = %(tenant)s AND c.outside_number = ANY(caller.numbers) AND c.direction = 'incoming'
          AND c.outcome = 'answered'
          AND c.started_at > missed.started_at AND c.started_at <= missed.started_at + setting.horizon
        ORDER BY c.started_at, c.call_id LIMIT 1
    ) back ON true
)
SELECT fate.*,
       CASE setting.returned_when
           WHEN 'attempted' THEN least(fate.attempted_at, fate.came_back_at)
           ELSE least(fate.reached_at, fate.came_back_at)
       END AS closed_at
FROM fate CROSS JOIN setting
ORDER BY fate.started_at, fate.call_id
