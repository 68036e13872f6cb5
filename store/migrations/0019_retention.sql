-- What is older than a tenant keeps it goes every day, and that it went is kept. What is gone stays gone: neither late
-- events nor a rebuild bring it back, also when the tenant keeps things longer afterwards.

CREATE TABLE privacy_act (
    act_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    acted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    tenant_id integer NOT NULL,
    kind text NOT NULL CHECK (kind IN (
        'expired', 'number_erased', 'person_erased', 'person_archived', 'number_disclosed', 'person_disclosed',
        'tenant_deleted'
    )),
    actor text,
    subject text,
    details jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE privacy_act IS
    'Evidence of what was done for privacy. Names nobody that it was done to, and outlives the tenant without its actors.';
COMMENT ON COLUMN privacy_act.subject IS 'A keyed hash of the number or of the person''s reference.';
CREATE INDEX ON privacy_act (tenant_id, act_id);

CREATE FUNCTION refuse_act_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF TG_OP <> 'TRUNCATE' AND current_user = 'gespreksrapportage_owner'
               AND current_setting('gespreksrapportage.erasing', true) = 'on' THEN
                RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
            END IF;
            RAISE EXCEPTION 'evidence is only ever added to' USING ERRCODE = 'insufficient_privilege';
        END
    $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON privacy_act
    FOR EACH ROW EXECUTE FUNCTION refuse_act_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON privacy_act
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_act_change();

CREATE TABLE retention_rule (
    place integer NOT NULL,
    kind text NOT NULL,
    table_name name PRIMARY KEY,
    time_column name NOT NULL,
    except_condition text
);
COMMENT ON TABLE retention_rule IS
    'Which rows go when a kind of data is kept for so many days: privacy_setting says how many, in KIND_days.';
COMMENT ON COLUMN retention_rule.place IS 'Rules are carried out in this order.';
COMMENT ON COLUMN retention_rule.except_condition IS
    'Of rows "this" that stay for now: what went on over the border ($1) goes as a whole, with the next day.';

INSERT INTO retention_rule (place, kind, table_name, time_column, except_condition) VALUES
    (1, 'event', 'event', 'occurred_at',
     'EXISTS (SELECT FROM store.call_key k WHERE k.pbx_id = this.pbx_id AND k.ref IN (this.call, this.connection) '
     'AND k.last_at >= $1)'),
    (2, 'call', 'call', 'started_at',
     'EXISTS (SELECT FROM store.call_key k WHERE k.call_id = this.call_id AND k.last_at >= $1)'),
    (3, 'call', 'leg', 'started_at',
     'EXISTS (SELECT FROM store.call_key k WHERE k.call_id = this.call_id AND k.last_at >= $1)'),
    (4, 'call', 'visit', 'started_at',
     'EXISTS (SELECT FROM store.call_key k WHERE k.call_id = this.call_id AND k.last_at >= $1)'),
    (5, 'call', 'missed_call', 'started_at',
     'EXISTS (SELECT FROM store.call_key k WHERE k.call_id = this.call_id AND k.last_at >= $1)'),
    (6, 'call', 'call_key', 'last_at', NULL),
    (7, 'state', 'agent_state', 'until_at', NULL),
    (8, 'state', 'agent_group_session', 'until_at', NULL),
    (9, 'state', 'device_state', 'until_at', NULL),
    (10, 'rollup', 'rollup_call_quarter', 'bucket_start', NULL),
    (11, 'rollup', 'rollup_visit_quarter', 'bucket_start', NULL),
    (12, 'rollup', 'rollup_extension_day', 'local_day', NULL),
    (13, 'gap', 'pbx_gap', 'ended_at', NULL),
    (14, 'gap', 'late_event', 'refused_at', NULL),
    (15, 'reject', 'event_reject', 'received_at', NULL),
    (16, 'audit', 'audit_entry', 'occurred_at', NULL);

CREATE TABLE gone_before (
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind)
);
COMMENT ON TABLE gone_before IS 'Up to when a tenant''s data of a kind have been removed.';

CREATE TABLE late_event (
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    pbx_id integer NOT NULL REFERENCES pbx ON DELETE CASCADE,
    refused_at timestamptz NOT NULL DEFAULT now(),
    events bigint NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL
);
COMMENT ON TABLE late_event IS 'Events that came when those of their time had been removed already: counted, not kept.';
CREATE INDEX ON late_event (tenant_id, refused_at);

-- The local midnight from which on a tenant keeps a kind of data; null: it keeps all.
CREATE FUNCTION keeps_from(tenant_id integer, kind text) RETURNS timestamptz
    LANGUAGE sql STABLE SET search_path = store, pg_temp
    AS $$
        SELECT greatest(
            (date_trunc('day', now() AT TIME ZONE t.time_zone)
                - make_interval(days => (to_jsonb(s) ->> (keeps_from.kind || '_days'))::integer)) AT TIME ZONE t.time_zone,
            (SELECT g.at FROM store.gone_before g
             WHERE g.tenant_id = keeps_from.tenant_id AND g.kind = keeps_from.kind)
        )
        FROM store.tenant t JOIN store.privacy_setting s USING (tenant_id)
        WHERE t.tenant_id = keeps_from.tenant_id
    $$;

-- Removes what is older than the tenant keeps it, and tells how much of each table.
CREATE FUNCTION privacy.expire(tenant_id integer) RETURNS jsonb
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
                    DELETE FROM store.rollup_extension_day d
                        WHERE d.tenant_id = expire.tenant_id AND d.local_day < (border AT TIME ZONE zone)::date;
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

-- Tenants for which that has not been done today.
CREATE FUNCTION privacy.not_expired_today() RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT t.tenant_id FROM store.tenant t
        WHERE NOT EXISTS (
            SELECT FROM store.privacy_act a
            WHERE a.tenant_id = t.tenant_id AND a.kind = 'expired'
              AND a.acted_at >= date_trunc('day', now() AT TIME ZONE t.time_zone) AT TIME ZONE t.time_zone
        )
        ORDER BY 1
    $$;

-- Gives the disk space of what was removed back: chunks in which nobody has anything any more. Returns how many.
CREATE FUNCTION privacy.drop_empty_chunks() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            chunk record;
            is_empty boolean;
            dropped integer := 0;
        BEGIN
            IF to_regclass('timescaledb_information.chunks') IS NULL THEN
                RETURN 0;
            END IF;
            FOR chunk IN
                SELECT format('%I.%I', c.chunk_schema, c.chunk_name) AS name,
                       format('%I.%I', c.hypertable_schema, c.hypertable_name) AS hypertable,
                       c.range_start, c.range_end
                FROM timescaledb_information.chunks c
                -- The newest are still being filled.
                WHERE c.hypertable_schema = 'store' AND c.range_end < now() - interval '1 day'
            LOOP
                EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', chunk.name) INTO is_empty;
                IF is_empty THEN
                    EXECUTE 'SELECT public.drop_chunks($1::regclass, older_than => $2, newer_than => $3)'
                        USING chunk.hypertable, chunk.range_end, chunk.range_start;
                    dropped := dropped + 1;
                END IF;
            END LOOP;
            RETURN dropped;
        END
    $$;
