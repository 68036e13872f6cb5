-- Sums of whole local days of what a year has too many rows of: calls per unit, per area, per agent, and agents' states.
-- They stand ready for days that are over; those of the present day, and of days that nobody has summed up yet, are made
-- when they are asked for. So a reader never gets sums that lack something.

CREATE TABLE day_sums (
    tenant_id integer PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    ready_before date NOT NULL
);
COMMENT ON TABLE day_sums IS 'Up to which day of the tenant''s zone sums of whole days stand ready.';

CREATE VIEW day_sums_border AS
    SELECT t.tenant_id, coalesce(d.ready_before, '-infinity') AS local_day,
           coalesce(d.ready_before, '-infinity')::timestamp AT TIME ZONE t.time_zone AS begins_at
    FROM tenant t LEFT JOIN day_sums d USING (tenant_id);

-- Calls and visits by day; and by quarter hour without the lines and groups, of which there are many in each.

CREATE TABLE rollup_call_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    direction text NOT NULL,
    ddi text,
    contact_group text,
    last_at timestamptz NOT NULL,
    total bigint NOT NULL,
    incoming bigint NOT NULL,
    outgoing bigint NOT NULL,
    internal bigint NOT NULL,
    presented bigint NOT NULL,
    in_progress bigint NOT NULL,
    short_calls bigint NOT NULL,
    offered bigint NOT NULL,
    answered bigint NOT NULL,
    answered_outside bigint NOT NULL,
    answered_in_target bigint NOT NULL,
    missed bigint NOT NULL,
    conversations bigint NOT NULL,
    duration_seconds bigint NOT NULL,
    ring_seconds bigint NOT NULL,
    wait_seconds bigint NOT NULL,
    talk_seconds bigint NOT NULL,
    hold_seconds bigint NOT NULL,
    answer_wait_seconds bigint NOT NULL,
    offered_wait_seconds bigint NOT NULL
);
COMMENT ON COLUMN rollup_call_day.last_at IS 'Start of the last of the calls: names are those of that moment.';
CREATE INDEX rollup_call_day_time ON rollup_call_day (tenant_id, local_day);

CREATE TABLE rollup_visit_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    contact_group text NOT NULL,
    group_kind text NOT NULL,
    longest_wait_seconds integer NOT NULL,
    presented bigint NOT NULL,
    in_progress bigint NOT NULL,
    short_calls bigint NOT NULL,
    offered bigint NOT NULL,
    answered bigint NOT NULL,
    answered_direct bigint NOT NULL,
    answered_after_overflow bigint NOT NULL,
    answered_in_target bigint NOT NULL,
    overflowed bigint NOT NULL,
    abandoned bigint NOT NULL,
    missed bigint NOT NULL,
    wait_seconds bigint NOT NULL,
    talk_seconds bigint NOT NULL,
    answer_wait_seconds bigint NOT NULL,
    offered_wait_seconds bigint NOT NULL,
    counted_ring_seconds bigint NOT NULL
);
CREATE INDEX rollup_visit_day_time ON rollup_visit_day (tenant_id, local_day);

CREATE TABLE rollup_direction_quarter (
    tenant_id integer NOT NULL,
    bucket_start timestamptz NOT NULL,
    direction text NOT NULL,
    total bigint NOT NULL,
    incoming bigint NOT NULL,
    outgoing bigint NOT NULL,
    internal bigint NOT NULL,
    presented bigint NOT NULL,
    in_progress bigint NOT NULL,
    short_calls bigint NOT NULL,
    offered bigint NOT NULL,
    answered bigint NOT NULL,
    answered_outside bigint NOT NULL,
    answered_in_target bigint NOT NULL,
    missed bigint NOT NULL,
    conversations bigint NOT NULL,
    duration_seconds bigint NOT NULL,
    ring_seconds bigint NOT NULL,
    wait_seconds bigint NOT NULL,
    talk_seconds bigint NOT NULL,
    hold_seconds bigint NOT NULL,
    answer_wait_seconds bigint NOT NULL,
    offered_wait_seconds bigint NOT NULL
);
CREATE UNIQUE INDEX rollup_direction_quarter_once ON rollup_direction_quarter (tenant_id, bucket_start, direction);
INSERT INTO rollup_direction_quarter
SELECT
    tenant_id, bucket_start, direction, sum(total), sum(incoming), sum(outgoing), sum(internal),
    sum(presented), sum(in_progress), sum(short_calls), sum(offered), sum(answered), sum(answered_outside),
    sum(answered_in_target), sum(missed), sum(conversations), sum(duration_seconds), sum(ring_seconds),
    sum(wait_seconds), sum(talk_seconds), sum(hold_seconds), sum(answer_wait_seconds),
    sum(offered_wait_seconds)
FROM rollup_call_quarter GROUP BY tenant_id, bucket_start, direction;

CREATE VIEW report.rollup_direction_quarter WITH (security_barrier) AS
    SELECT r.* FROM rollup_direction_quarter r
    WHERE r.tenant_id = (SELECT report.current_tenant()) AND (SELECT report.current_scope()) IS NULL;

-- What a call adds to sums: its times count when it has ended.
CREATE VIEW call_sum AS
    SELECT c.tenant_id, c.started_at, (c.started_at AT TIME ZONE t.time_zone)::date AS local_day,
           c.direction, c.ddi, c.contact_group, c.area_code, c.destination, c.country,
           c.total, c.incoming, c.outgoing, c.internal, c.presented, c.in_progress, c.short_calls, c.offered,
           c.answered, c.answered_outside, c.answered_in_target, c.missed, c.conversations,
           c.total * c.duration_seconds AS duration_seconds, c.total * c.ring_seconds AS ring_seconds,
           c.total * c.wait_seconds AS wait_seconds, c.total * c.talk_seconds AS talk_seconds,
           c.total * c.hold_seconds AS hold_seconds, c.answer_wait_seconds, c.offered_wait_seconds
    FROM call c JOIN tenant t USING (tenant_id);

CREATE VIEW visit_sum AS
    SELECT v.tenant_id, v.started_at, (v.started_at AT TIME ZONE t.time_zone)::date AS local_day,
           v.contact_group, v.group_kind,
           CASE WHEN v.in_progress = 0 THEN v.wait_seconds ELSE 0 END AS longest_wait_seconds,
           v.presented, v.in_progress, v.short_calls, v.offered, v.answered, v.answered_direct, v.answered_after_overflow,
           v.answered_in_target, v.overflowed, v.abandoned, v.missed,
           (1 - v.in_progress) * v.wait_seconds AS wait_seconds, (1 - v.in_progress) * v.talk_seconds AS talk_seconds,
           v.answer_wait_seconds, v.offered * v.wait_seconds AS offered_wait_seconds,
           v.offered * v.ring_seconds AS counted_ring_seconds
    FROM visit v JOIN tenant t USING (tenant_id);

-- Calls per unit.

CREATE TABLE rollup_unit_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    kind text NOT NULL,
    unit_id integer NOT NULL,
    direction text NOT NULL,
    destination text,
    total bigint NOT NULL,
    incoming bigint NOT NULL,
    outgoing bigint NOT NULL,
    internal bigint NOT NULL,
    missed bigint NOT NULL,
    conversations bigint NOT NULL,
    talk_seconds bigint NOT NULL
);
CREATE INDEX rollup_unit_day_time ON rollup_unit_day (tenant_id, kind, local_day);

CREATE VIEW unit_call AS
    SELECT part.tenant_id, part.started_at, c.started_at AS call_started_at,
           (part.started_at AT TIME ZONE t.time_zone)::date AS local_day,
           part.kind, part.unit_id, c.direction, c.destination, c.total, c.incoming, c.outgoing, c.internal, c.missed,
           part.conversations, part.talk_seconds
    FROM (
        SELECT l.tenant_id, l.started_at, l.call_id, unit.kind, unit.unit_id,
               sum(l.talk_seconds) AS talk_seconds, max(l.conversations) AS conversations
        FROM leg l CROSS JOIN LATERAL (VALUES
            ('site', l.site_id), ('division', l.division_id), ('department', l.department_id),
            ('cost_centre', l.cost_centre_id)
        ) AS unit (kind, unit_id)
        -- A parallel ring that another took is no call of the extension, and so none of its unit.
        WHERE l.kind = 'extension' AND l.total = 1 AND unit.unit_id IS NOT NULL
        GROUP BY l.tenant_id, l.started_at, l.call_id, unit.kind, unit.unit_id
    ) AS part
        JOIN call c ON c.tenant_id = part.tenant_id AND c.call_id = part.call_id AND c.started_at = part.started_at
        JOIN tenant t ON t.tenant_id = part.tenant_id
    WHERE c.total = 1;
COMMENT ON VIEW unit_call IS 'Each call that has ended, once for every unit that one of its extensions belonged to.';

-- Calls per area.

CREATE TABLE rollup_area_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    direction text NOT NULL,
    area_code text,
    destination text,
    country text,
    total bigint NOT NULL,
    incoming bigint NOT NULL,
    outgoing bigint NOT NULL,
    internal bigint NOT NULL,
    missed bigint NOT NULL,
    conversations bigint NOT NULL,
    duration_seconds bigint NOT NULL,
    talk_seconds bigint NOT NULL
);
CREATE INDEX rollup_area_day_time ON rollup_area_day (tenant_id, local_day);

-- An erased number takes its area along: the sums follow the calls.
CREATE FUNCTION mark_day_of_call() RETURNS trigger
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        BEGIN
            INSERT INTO store.dirty_day (tenant_id, local_day)
                SELECT NEW.tenant_id, (NEW.started_at AT TIME ZONE t.time_zone)::date
                FROM store.tenant t WHERE t.tenant_id = NEW.tenant_id
            ON CONFLICT (tenant_id, local_day) DO UPDATE SET local_day = excluded.local_day;
            RETURN NULL;
        END
    $$;
CREATE TRIGGER sums_follow AFTER UPDATE ON call FOR EACH ROW
    WHEN ((OLD.area_code, OLD.destination, OLD.country) IS DISTINCT FROM (NEW.area_code, NEW.destination, NEW.country))
    EXECUTE FUNCTION mark_day_of_call();

-- Calls whose caller gave up, by how long they waited.

CREATE TABLE rollup_lost_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    wait_seconds integer NOT NULL,
    calls bigint NOT NULL
);
CREATE INDEX rollup_lost_day_time ON rollup_lost_day (tenant_id, local_day);

CREATE VIEW lost_call AS
    SELECT c.tenant_id, c.started_at, (c.started_at AT TIME ZONE t.time_zone)::date AS local_day, c.wait_seconds,
           1 AS calls
    FROM call c JOIN tenant t USING (tenant_id)
    WHERE c.outcome = 'abandoned' AND c.direction = 'incoming';

-- Calls that rang agents.

CREATE TABLE rollup_agent_call_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    agent text,
    own_extension text,
    contact_group text,
    direction text NOT NULL,
    rings bigint NOT NULL,
    agent_missed bigint NOT NULL,
    agent_bounced bigint NOT NULL,
    agent_answered bigint NOT NULL,
    agent_answered_ddi bigint NOT NULL,
    agent_answered_direct bigint NOT NULL,
    agent_answered_after_overflow bigint NOT NULL,
    agent_answer_seconds bigint NOT NULL,
    talk_seconds bigint NOT NULL
);
COMMENT ON COLUMN rollup_agent_call_day.own_extension IS
    'Of calls outside the queues: it tells the agent, whose it is at the time of reading.';
CREATE INDEX rollup_agent_call_day_time ON rollup_agent_call_day (tenant_id, local_day);

CREATE VIEW agent_ring AS
    SELECT ring.tenant_id, ring.started_at, (ring.started_at AT TIME ZONE t.time_zone)::date AS local_day,
           ring.agent, ring.own_extension, ring.contact_group, ring.direction, ring.rings,
           (ring.outcome = 'missed')::integer AS agent_missed,
           (ring.outcome = 'bounced')::integer AS agent_bounced,
           ring.answered::integer AS agent_answered,
           (ring.answered AND ring.contact_group IS NULL)::integer AS agent_answered_ddi,
           (ring.answered AND ring.contact_group IS NOT NULL AND NOT ring.after_overflow)::integer AS agent_answered_direct,
           (ring.answered AND ring.after_overflow)::integer AS agent_answered_after_overflow,
           CASE WHEN ring.answered THEN ring.ring_seconds ELSE 0 END AS agent_answer_seconds,
           ring.talk_seconds
    FROM (
        SELECT l.*, CASE WHEN l.agent IS NULL THEN l.extension END AS own_extension,
               l.outcome = 'answered' AS answered,
               l.outcome = 'answered' AND l.contact_group IS NOT NULL AND EXISTS (
                   SELECT FROM visit v
                   WHERE v.tenant_id = l.tenant_id AND v.call_id = l.call_id AND v.started_at = l.started_at
                     AND v.contact_group = l.contact_group AND v.overflowed_from IS NOT NULL
               ) AS after_overflow
        FROM leg l
        WHERE l.role = 'called' AND l.rings = 1 AND (l.agent IS NOT NULL OR l.extension IS NOT NULL)
    ) AS ring JOIN tenant t USING (tenant_id);

-- States of agents.

ALTER TABLE agent_state ADD COLUMN takes_up_call boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN agent_state.takes_up_call IS
    'The first of the stretches in which this call kept the agent busy: by it calls of agents are counted.';
UPDATE agent_state s SET takes_up_call = true
FROM (
    SELECT tenant_id, agent, call_id, min(from_at) AS from_at FROM agent_state
    WHERE state = 'busy' AND call_id IS NOT NULL GROUP BY tenant_id, agent, call_id
) AS first
WHERE (s.tenant_id, s.agent, s.from_at) = (first.tenant_id, first.agent, first.from_at);

-- As before (migrations 0013 and 0018), with the new column.
CREATE OR REPLACE VIEW report.agent_state WITH (security_barrier) AS
    SELECT this.*
    FROM agent_state AS this
    WHERE this.tenant_id = (SELECT report.current_tenant()) AND (SELECT report.users_shown()) AND (
        (SELECT report.current_scope()) IS NULL
        OR EXISTS (
            SELECT FROM agent a
            WHERE a.tenant_id = this.tenant_id AND a.pbx_name = this.agent AND (
                a.person_id = ANY ((SELECT report.scope_persons())::integer[])
                OR EXISTS (
                    SELECT FROM extension e
                    WHERE e.tenant_id = a.tenant_id AND e.number = a.extension AND e.valid @> this.from_at AND (
                        e.site_id = ANY ((SELECT report.scope_units())::integer[])
                        OR e.division_id = ANY ((SELECT report.scope_units())::integer[])
                        OR e.department_id = ANY ((SELECT report.scope_units())::integer[])
                        OR e.cost_centre_id = ANY ((SELECT report.scope_units())::integer[])
                        OR e.person_id = ANY ((SELECT report.scope_persons())::integer[])
                    )
                )
            )
        )
        OR EXISTS (
            SELECT FROM agent_group_session s
            WHERE s.tenant_id = this.tenant_id AND s.agent = this.agent
              AND s.contact_group = ANY ((SELECT report.scope_groups())::text[])
              AND s.from_at < coalesce(this.until_at, 'infinity') AND coalesce(s.until_at, 'infinity') > this.from_at
        )
    );

CREATE TABLE rollup_agent_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    agent text NOT NULL,
    state text NOT NULL,
    reason text,
    seconds bigint NOT NULL,
    began bigint NOT NULL,
    calls bigint NOT NULL
);
CREATE INDEX rollup_agent_day_time ON rollup_agent_day (tenant_id, local_day);

CREATE VIEW agent_day_part AS
    SELECT s.tenant_id, s.from_at, coalesce(s.until_at, now()) AS until_at, midnight.local_day::date AS local_day,
           s.agent, s.state, s.reason,
           (round(extract(epoch FROM least(coalesce(s.until_at, now()), midnight.next)))
               - round(extract(epoch FROM greatest(s.from_at, midnight.this))))::integer AS seconds,
           (s.from_at >= midnight.this)::integer AS began,
           (s.from_at >= midnight.this AND s.takes_up_call)::integer AS calls
    FROM agent_state s JOIN tenant t USING (tenant_id)
        CROSS JOIN LATERAL (
            SELECT day AS local_day, day AT TIME ZONE t.time_zone AS this,
                   (day + interval '1 day') AT TIME ZONE t.time_zone AS next
            FROM generate_series(
                date_trunc('day', s.from_at AT TIME ZONE t.time_zone),
                (coalesce(s.until_at, now()) - interval '1 microsecond') AT TIME ZONE t.time_zone, interval '1 day'
            ) AS day
        ) AS midnight
    WHERE s.state <> 'signed_out' AND coalesce(s.until_at, now()) > s.from_at;
COMMENT ON VIEW agent_day_part IS
    'Stretches of signed-in agents, cut at local midnight. Their ends are rounded, so that parts add up to the whole.';

-- Visits: what the reports per queue and hunt group add up besides.

ALTER TABLE rollup_visit_quarter
    ADD COLUMN offered_wait_seconds bigint,
    ADD COLUMN counted_ring_seconds bigint;
INSERT INTO dirty_bucket (tenant_id, bucket_start)
    SELECT DISTINCT tenant_id, date_bin('15 minutes', started_at, 'epoch') FROM visit
    ON CONFLICT DO NOTHING;

-- Missed calls: what their list of now adds up, so that it need not look at each call.

ALTER TABLE missed_call ADD COLUMN ring_seconds integer NOT NULL DEFAULT 0;
UPDATE missed_call m SET ring_seconds = c.ring_seconds FROM call c
WHERE (c.tenant_id, c.call_id, c.started_at) = (m.tenant_id, m.call_id, m.started_at);

-- As before (migrations 0013, 0018 and 0027), with the new column.
CREATE OR REPLACE VIEW report.missed_call WITH (security_barrier) AS
    SELECT m.tenant_id, m.started_at, m.call_id,
           CASE WHEN (SELECT report.masked_digits()) IS NULL THEN m.outside_number
                ELSE report.masked_number(m.outside_number, (SELECT report.masked_digits())) END AS outside_number,
           m.customer_id, m.ddi, m.attempted_at, m.attempted_call_id, m.reached_at, m.reached_call_id, m.came_back_at,
           m.came_back_call_id, m.closed_at, m.resolution_seconds, m.target_seconds,
           CASE WHEN m.closed_at IS NULL AND m.state <> 'not_returnable' AND NOT m.unreturned THEN 'expired'
                ELSE m.state END AS state,
           m.missed, m.returned, m.returned_in_target, m.withheld, m.unreturned,
           CASE WHEN (SELECT report.masked_digits()) IS NULL THEN m.outside_number
                ELSE report.masked_number(m.outside_number, (SELECT report.masked_digits())) || '#'
                    || left(encode(sha256(
                        (SELECT k.key FROM privacy_key k WHERE k.tenant_id = (SELECT report.current_tenant()))
                        || convert_to(m.outside_number, 'UTF8')), 'hex'), 16) END AS outside_key,
           m.ring_seconds
    FROM (
        SELECT m.*, m.closed_at IS NULL AND m.outside_number IS NOT NULL
                    AND m.started_at >= now() - make_interval(days => t.unreturned_days) AS unreturned
        FROM missed_call m JOIN tenant t USING (tenant_id)
    ) AS m
    WHERE m.tenant_id = (SELECT report.current_tenant())
      AND ((SELECT report.current_scope()) IS NULL OR report.call_is_shown(m.call_id, m.started_at));

DO $$
DECLARE
    of_tenant text := 'tenant_id = (SELECT report.current_tenant())';
    border text := '(SELECT %s FROM store.day_sums_border WHERE tenant_id = (SELECT report.current_tenant()))';
    border_day text := format(border, 'local_day');
    border_at text := format(border, 'begins_at');
    view_name text;
    source text;
    since text;
    keys text;
    sums text;
    largest text;
BEGIN
    FOR view_name, source, since, keys, sums, largest IN VALUES
        ('rollup_call_day', 'store.call_sum', format('part.started_at >= %s', border_at),
         'local_day, direction, ddi, contact_group',
         'total incoming outgoing internal presented in_progress short_calls offered answered answered_outside answered_in_target '
         'missed conversations duration_seconds ring_seconds wait_seconds talk_seconds hold_seconds answer_wait_seconds offered_wait_seconds', 'last_at'),
        ('rollup_visit_day', 'store.visit_sum', format('part.started_at >= %s', border_at),
         'local_day, contact_group, group_kind',
         'presented in_progress short_calls offered answered answered_direct answered_after_overflow answered_in_target '
         'overflowed abandoned missed wait_seconds talk_seconds answer_wait_seconds offered_wait_seconds counted_ring_seconds', 'longest_wait_seconds'),
        ('rollup_unit_day', 'store.unit_call',
         format('part.started_at >= %1$s AND part.call_started_at >= %1$s', border_at),
         'local_day, kind, unit_id, direction, destination',
         'total incoming outgoing internal missed conversations talk_seconds', NULL),
        ('rollup_area_day', 'store.call_sum', format('part.total = 1 AND part.started_at >= %s', border_at),
         'local_day, direction, area_code, destination, country',
         'total incoming outgoing internal missed conversations duration_seconds talk_seconds', NULL),
        ('rollup_lost_day', 'store.lost_call', format('part.started_at >= %s', border_at),
         'local_day, wait_seconds', 'calls', NULL),
        ('rollup_agent_call_day', 'store.agent_ring',
         format('part.started_at >= %s', border_at),
         'local_day, agent, own_extension, contact_group, direction',
         'rings agent_missed agent_bounced agent_answered agent_answered_ddi agent_answered_direct '
         'agent_answered_after_overflow agent_answer_seconds talk_seconds', NULL),
        ('rollup_agent_day', 'store.agent_day_part',
         format('part.until_at > %1$s AND part.local_day >= %2$s AND part.from_at >= '
                '(SELECT least(%1$s - longest, open_since) FROM report.agent_state_reach)', border_at, border_day),
         'local_day, agent, state, reason', 'seconds began calls', NULL)
    LOOP
        EXECUTE format(
            'CREATE VIEW report.%1$I WITH (security_barrier) AS '
            'SELECT tenant_id, %2$s, %3$s FROM store.%1$I ready WHERE %5$s AND local_day < %6$s AND %7$s '
            'UNION ALL SELECT tenant_id, %2$s, %4$s FROM %8$s part WHERE %5$s AND %9$s AND %7$s '
            'GROUP BY tenant_id, %2$s',
            view_name, keys,
            (SELECT string_agg(quote_ident(name), ', ') FROM unnest(string_to_array(sums, ' ') || largest) AS name
             WHERE name IS NOT NULL),
            (SELECT string_agg(format('sum(%1$I)::bigint AS %1$I', name), ', ')
             FROM unnest(string_to_array(sums, ' ')) AS name)
                || coalesce(', max(' || CASE largest WHEN 'last_at' THEN 'started_at' ELSE largest END || ') AS ' || largest, ''),
            of_tenant, border_day,
            CASE view_name
                WHEN 'rollup_visit_day' THEN
                    '((SELECT report.current_scope()) IS NULL OR contact_group = ANY ((SELECT report.scope_groups())::text[]))'
                ELSE '(SELECT report.current_scope()) IS NULL'
            END || CASE
                WHEN view_name IN ('rollup_call_day', 'rollup_visit_day', 'rollup_area_day', 'rollup_lost_day') THEN ''
                ELSE ' AND (SELECT report.users_shown())'
            END,
            source, since
        );
    END LOOP;

    -- A call outside the queues belongs to the agent who has the extension.
    EXECUTE format(
        'CREATE OR REPLACE VIEW report.rollup_agent_call_day WITH (security_barrier) AS SELECT %s '
        'FROM (%s) AS shown LEFT JOIN ('
        'SELECT extension, min(pbx_name) AS agent FROM report.agent WHERE extension IS NOT NULL GROUP BY extension'
        ') AS own ON own.extension = shown.own_extension',
        (SELECT string_agg(
             CASE attname WHEN 'agent' THEN 'coalesce(shown.agent, own.agent) AS agent' ELSE format('shown.%I', attname) END,
             ', ' ORDER BY attnum)
         FROM pg_attribute WHERE attrelid = 'report.rollup_agent_call_day'::regclass AND attnum > 0),
        rtrim(pg_get_viewdef('report.rollup_agent_call_day'::regclass), '; ')
    );

    EXECUTE format(
        'CREATE OR REPLACE VIEW report.rollup_visit_quarter WITH (security_barrier) AS SELECT %s '
        'FROM store.rollup_visit_quarter AS this WHERE %s AND ((SELECT report.current_scope()) IS NULL '
        'OR this.contact_group = ANY ((SELECT report.scope_groups())::text[]))',
        (SELECT string_agg(format('this.%I', attname), ', ' ORDER BY attnum) FROM pg_attribute
         WHERE attrelid = 'store.rollup_visit_quarter'::regclass AND attnum > 0 AND NOT attisdropped),
        of_tenant
    );
END $$;

INSERT INTO retention_rule (place, kind, table_name, time_column) VALUES
    (12, 'rollup', 'rollup_direction_quarter', 'bucket_start'),
    (12, 'rollup', 'rollup_call_day', 'local_day'),
    (12, 'rollup', 'rollup_visit_day', 'local_day'),
    (12, 'rollup', 'rollup_unit_day', 'local_day'),
    (12, 'rollup', 'rollup_area_day', 'local_day'),
    (12, 'rollup', 'rollup_lost_day', 'local_day'),
    (12, 'rollup', 'rollup_agent_call_day', 'local_day'),
    (12, 'rollup', 'rollup_agent_day', 'local_day');

-- As before, of any table with sums of days.
CREATE OR REPLACE FUNCTION privacy.expire(tenant_id integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            rule store.retention_rule;
            border timestamptz;
            zone text := (SELECT t.time_zone FROM store.tenant t WHERE t.tenant_id = expire.tenant_id);
            gone bigint;
            told jsonb := '{}';
        BEGIN
            -- Nobody builds or rebuilds calls of events that are going (aggregator/touched.py).
            PERFORM pg_advisory_xact_lock(7201962, p.pbx_id) FROM store.pbx p
                WHERE p.tenant_id = expire.tenant_id ORDER BY p.pbx_id;
            FOR rule IN SELECT r.* FROM store.retention_rule r ORDER BY r.place LOOP
                border := store.keeps_from(expire.tenant_id, rule.kind);
                CONTINUE WHEN border IS NULL;
                IF rule.table_name = 'audit_entry' THEN
                    gone := store.expire_audit(expire.tenant_id, border);
                ELSIF rule.time_column = 'local_day' THEN
                    EXECUTE format('DELETE FROM store.%I WHERE tenant_id = $2 AND local_day < $1', rule.table_name)
                        USING (border AT TIME ZONE zone)::date, expire.tenant_id;
                    GET DIAGNOSTICS gone = ROW_COUNT;
                ELSE
                    EXECUTE format(
                        'DELETE FROM store.%1$I AS this WHERE this.tenant_id = $2 AND this.%2$I < $1 AND '
                        '(this.%2$I < $1 - interval ''1 day'' OR NOT coalesce(%3$s, false))',
                        rule.table_name, rule.time_column, coalesce(rule.except_condition, 'false')
                    ) USING border, expire.tenant_id;
                    GET DIAGNOSTICS gone = ROW_COUNT;
                END IF;
                told := told || jsonb_build_object(rule.kind, coalesce(told -> rule.kind, '{}')
                    || jsonb_build_object('before', border, rule.table_name, gone));
                INSERT INTO store.gone_before AS g (tenant_id, kind, at) VALUES (expire.tenant_id, rule.kind, border)
                    ON CONFLICT ON CONSTRAINT gone_before_pkey DO UPDATE SET at = greatest(g.at, excluded.at);
            END LOOP;
            DELETE FROM store.account_session s USING store.account a
                WHERE a.account_id = s.account_id AND a.tenant_id = expire.tenant_id
                  AND (s.expires_at <= now() OR s.seen_at + s.idle_lifetime <= now());
            GET DIAGNOSTICS gone = ROW_COUNT;
            told := told || jsonb_build_object('session', jsonb_build_object('account_session', gone));
            DELETE FROM store.api_token k WHERE k.tenant_id = expire.tenant_id AND k.expires_at <= now();
            GET DIAGNOSTICS gone = ROW_COUNT;
            told := told || jsonb_build_object('token', jsonb_build_object('api_token', gone));
            -- Also of names that nobody has, and of no tenant.
            DELETE FROM store.sign_in_attempt WHERE attempted_at < now() - interval '1 day';
            INSERT INTO store.privacy_act (tenant_id, kind, actor, details)
                VALUES (expire.tenant_id, 'expired', session_user, told);
            RETURN told;
        END
    $$;

-- As before, in the sums too.
CREATE OR REPLACE FUNCTION privacy.rename_agent(tenant_id integer, old_name text, new_name text) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            tenant CONSTANT integer := rename_agent.tenant_id;
            table_name text;
            n bigint;
            told jsonb := '{}';
        BEGIN
            FOREACH table_name IN ARRAY ARRAY[
                'event', 'leg', 'visit', 'agent_state', 'agent_group_session', 'live_agent', 'touched_agent',
                'rollup_agent_call_day', 'rollup_agent_day'
            ] LOOP
                EXECUTE format('UPDATE store.%I SET agent = $3%s WHERE tenant_id = $1 AND agent = $2', table_name,
                               CASE table_name WHEN 'event' THEN ', raw = ''''' ELSE '' END)
                    USING tenant, old_name, new_name;
                GET DIAGNOSTICS n = ROW_COUNT;
                told := told || jsonb_build_object(table_name, n);
            END LOOP;
            UPDATE store.agent a SET pbx_name = new_name WHERE a.tenant_id = tenant AND a.pbx_name = old_name;
            RETURN told;
        END
    $$;
