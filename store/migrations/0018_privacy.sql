-- What a tenant has decided about the persons in its calls: who sees whole numbers, how long what is kept, and why.
-- Every view of schema report hides what it shows of outside parties by itself, so that no surface can forget to.

CREATE TABLE privacy_setting (
    tenant_id integer PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    masked_roles text[] NOT NULL DEFAULT '{}'
        CHECK (masked_roles <@ ARRAY['administrator', 'supervisor', 'user']),
    masked_digits integer NOT NULL DEFAULT 4 CHECK (masked_digits BETWEEN 1 AND 20),
    customers_masked boolean NOT NULL DEFAULT false,
    event_days integer CHECK (event_days > 0),
    call_days integer CHECK (call_days > 0),
    state_days integer CHECK (state_days > 0),
    rollup_days integer CHECK (rollup_days > 0),
    gap_days integer CHECK (gap_days > 0),
    reject_days integer CHECK (reject_days > 0),
    audit_days integer CHECK (audit_days > 0),
    smallest_group integer NOT NULL DEFAULT 1 CHECK (smallest_group BETWEEN 1 AND 1000),
    purpose text,
    legal_ground text,
    -- Events that are kept for longer than what is made of them would bring it back.
    CONSTRAINT events_go_first CHECK (
        coalesce(event_days <= call_days, call_days IS NULL)
        AND coalesce(event_days <= state_days, state_days IS NULL)
    ),
    CONSTRAINT sums_go_last CHECK (coalesce(call_days <= rollup_days, rollup_days IS NULL))
);
COMMENT ON COLUMN privacy_setting.masked_roles IS 'Who sees outside parties'' numbers without their last digits.';
COMMENT ON COLUMN privacy_setting.masked_digits IS 'How many of the last digits they do not see.';
COMMENT ON COLUMN privacy_setting.customers_masked IS 'Whether they see a customer''s reference in place of the name.';
COMMENT ON COLUMN privacy_setting.smallest_group IS
    'Figures must be of at least so many users (as agreed with a works council); 1: of single ones too.';
COMMENT ON COLUMN privacy_setting.event_days IS 'How long events are kept; null: without limit. The others likewise.';

CREATE TABLE privacy_key (
    tenant_id integer PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    key bytea NOT NULL DEFAULT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
);
COMMENT ON TABLE privacy_key IS
    'Makes hashes of numbers that nobody can find by trying all numbers. Read by views and functions, by no login.';

INSERT INTO privacy_setting (tenant_id) SELECT tenant_id FROM tenant;
INSERT INTO privacy_key (tenant_id) SELECT tenant_id FROM tenant;

CREATE FUNCTION give_privacy() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            INSERT INTO store.privacy_setting (tenant_id) VALUES (NEW.tenant_id);
            INSERT INTO store.privacy_key (tenant_id) VALUES (NEW.tenant_id);
            RETURN NULL;
        END
    $$;
CREATE TRIGGER give_privacy AFTER INSERT ON tenant FOR EACH ROW EXECUTE FUNCTION give_privacy();

CREATE TRIGGER audit AFTER UPDATE ON privacy_setting FOR EACH ROW EXECUTE FUNCTION audit_change();

ALTER TABLE database_login
    ADD COLUMN role text CHECK (role IN ('administrator', 'supervisor', 'user'));
COMMENT ON COLUMN database_login.role IS
    'Whose eyes look through this login; null: anybody''s, so it is masked as soon as somebody is.';

-- As which role this session reads; null: as anybody, such as a screen on a wall. Only the report generator may name one
-- by a setting.
CREATE FUNCTION report.current_reader() RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF pg_has_role(session_user, 'gespreksrapportage_report', 'MEMBER') THEN
                RETURN nullif(nullif(current_setting('gespreksrapportage.role', true), ''), 'wall_screen');
            END IF;
            RETURN (SELECT role FROM store.database_login WHERE role_name = session_user);
        END
    $$;

-- How many last digits of outside numbers this session does not see; null: it sees them whole. A report generator that
-- names no role is masked as soon as somebody is: to forget it hides too much, never too little.
CREATE FUNCTION report.masked_digits() RETURNS integer
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            reader CONSTANT text := report.current_reader();
        BEGIN
            RETURN (
                SELECT s.masked_digits FROM store.privacy_setting s
                WHERE s.tenant_id = report.current_tenant()
                  AND CASE WHEN reader IS NULL THEN s.masked_roles <> '{}' ELSE reader = ANY (s.masked_roles) END
            );
        END
    $$;

CREATE FUNCTION report.customers_masked() RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            RETURN report.masked_digits() IS NOT NULL AND (
                SELECT s.customers_masked FROM store.privacy_setting s WHERE s.tenant_id = report.current_tenant()
            );
        END
    $$;

-- Up to five digits are extensions and service codes, which belong to nobody outside (store/numbers.py). Written with
-- `digits` once only, or the planner would not put the text of the function in its place.
CREATE FUNCTION report.masked_number(number text, digits integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT CASE WHEN number ~ '^[0-9*#]{0,5}$' THEN number
                    ELSE rpad(left(number, -digits), length(number), '*') END
    $$;

-- What a reader looks for is masked like what it is compared with: so looking tells no more than what is shown.
CREATE FUNCTION report.shown_number(number text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = store, pg_temp
    AS $$
        DECLARE
            digits integer := report.masked_digits();
        BEGIN
            RETURN CASE WHEN digits IS NULL THEN number ELSE report.masked_number(number, digits) END;
        END
    $$;

-- Of how many users at least a figure must be for this session. A user sees himself alone, and may.
CREATE FUNCTION report.smallest_group() RETURNS integer
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            RETURN CASE report.current_reader() WHEN 'user' THEN 1 ELSE (
                SELECT s.smallest_group FROM store.privacy_setting s WHERE s.tenant_id = report.current_tenant()
            ) END;
        END
    $$;

-- Whether rows may say which user they are about. The report generator leaves that out by itself, report by report; a
-- login with SQL of its own could add up any figure of one user.
CREATE FUNCTION report.users_shown() RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            RETURN pg_has_role(session_user, 'gespreksrapportage_report', 'MEMBER')
                OR coalesce(report.smallest_group(), 1) <= 1;
        END
    $$;

-- Each view once more over what it was, with the same scope; only readers who are masked pay for it. Beside a number
-- stands its key, which tells callers apart whose numbers look the same: the number itself, or what is shown of it,
-- a # and a keyed hash.
DO $$
DECLARE
    digits text := '(SELECT report.masked_digits())';
    key text := '(SELECT k.key FROM store.privacy_key k WHERE k.tenant_id = (SELECT report.current_tenant()))';
    masked text := format('CASE WHEN %1$s IS NULL THEN %%1$s ELSE report.masked_number(%%1$s, %1$s) END', digits);
    key_of text := format(
        'CASE WHEN %1$s IS NULL THEN %%1$s ELSE report.masked_number(%%1$s, %1$s) || ''#'' || '
        'left(encode(sha256(%2$s || convert_to(%%1$s, ''UTF8'')), ''hex''), 16) END', digits, key);
    -- Where the outside party is not always the one on this side, the others' numbers stay.
    when_outside text := 'CASE WHEN %s THEN %s ELSE %s END';
    shown_to CONSTANT text := 'CASE WHEN (SELECT report.users_shown()) THEN %1$s END';
    no_user CONSTANT text := 'CASE WHEN (SELECT report.users_shown()) OR %1$s THEN %2$s END';
    hidden CONSTANT text := format('CASE WHEN %s IS NULL THEN %%s END', digits);
    view_name text;
    changed jsonb;
    added text;
BEGIN
    FOR view_name, changed, added IN VALUES
        ('call', jsonb_build_object(
            'outside_number', format(masked, 'outside_number'),
            'caller_number', format(no_user, 'direction = ''incoming''',
                format(when_outside, 'direction = ''outgoing''', 'caller_number', format(masked, 'caller_number'))),
            'caller_name', format(no_user, 'direction = ''incoming''',
                format(when_outside, 'direction = ''incoming''', format(hidden, 'caller_name'), 'caller_name')),
            'called_number', format(no_user, 'direction <> ''internal''',
                format(when_outside, 'direction = ''incoming''', 'called_number', format(masked, 'called_number'))),
            'extension', format(shown_to, 'extension'),
            'answered_by', format(shown_to, 'answered_by'),
            'person_id', format(shown_to, 'person_id'),
            'also_persons', format(shown_to, 'also_persons')
         ), format(key_of, 'outside_number') || ' AS outside_key'),
        ('leg', jsonb_build_object(
            'outside_number', format(masked, 'outside_number'),
            'number', format(when_outside, 'kind = ''extension''', 'number', format(masked, 'number'))
         ), format(key_of, 'outside_number') || ' AS outside_key'),
        ('missed_call', jsonb_build_object('outside_number', format(masked, 'outside_number')),
         format(key_of, 'outside_number') || ' AS outside_key'),
        ('visit', jsonb_build_object(
            'agent', format(shown_to, 'agent'), 'extension', format(shown_to, 'extension')), NULL),
        ('live_call', jsonb_build_object(
            'number', format(masked, 'number'),
            'extension', format(shown_to, 'extension'), 'device', format(shown_to, 'device')),
         format(key_of, 'number') || ' AS number_key'),
        ('live_waiting', jsonb_build_object('number', format(masked, 'number')),
         format(key_of, 'number') || ' AS number_key'),
        ('customer_number', jsonb_build_object('number', format(masked, 'number')),
         format(key_of, 'number') || ' AS number_key'),
        ('customer', jsonb_build_object(
            'name', 'CASE WHEN (SELECT report.customers_masked()) THEN reference ELSE name END'), NULL)
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE VIEW report.%1$I WITH (security_barrier) AS SELECT %2$s FROM (%3$s) AS shown',
            view_name,
            (SELECT string_agg(coalesce(changed ->> attname || ' AS ', '') || quote_ident(attname), ', ' ORDER BY attnum)
             FROM pg_attribute WHERE attrelid = format('report.%I', view_name)::regclass AND attnum > 0)
                || coalesce(', ' || added, ''),
            rtrim(pg_get_viewdef(format('report.%I', view_name)::regclass), '; ')
        );
    END LOOP;
END $$;

-- What is about users and nobody else.
DO $$
DECLARE
    view_name text;
BEGIN
    FOREACH view_name IN ARRAY ARRAY[
        'leg', 'agent_state', 'agent_group_session', 'device_state', 'rollup_extension_day', 'live_agent', 'live_device',
        'agent', 'person'
    ] LOOP
        EXECUTE format(
            'CREATE OR REPLACE VIEW report.%1$I WITH (security_barrier) AS SELECT shown.* FROM (%2$s) AS shown '
            'WHERE (SELECT report.users_shown())',
            view_name, rtrim(pg_get_viewdef(format('report.%I', view_name)::regclass), '; ')
        );
    END LOOP;
END $$;

DO $$
DECLARE
    view_name text;
    now_of text;
BEGIN
    FOR view_name, now_of IN VALUES ('device_now', 'live_call'), ('waiting_now', 'live_waiting') LOOP
        EXECUTE format(
            'CREATE OR REPLACE VIEW report.%1$I WITH (security_barrier) AS '
            'SELECT %3$s, %2$I.number_key FROM report.%2$I JOIN report.heard_pbx USING (tenant_id, pbx_id)',
            view_name, now_of,
            (SELECT string_agg(
                 CASE attname
                     WHEN 'state_seconds' THEN 'greatest(extract(epoch FROM now() - state_since)::integer, 0) AS state_seconds'
                     WHEN 'wait_seconds' THEN 'greatest(extract(epoch FROM now() - entered_at)::integer, 0) AS wait_seconds'
                     ELSE quote_ident(now_of) || '.' || quote_ident(attname)
                 END, ', ' ORDER BY attnum)
             FROM pg_attribute WHERE attrelid = format('report.%I', view_name)::regclass AND attnum > 0)
        );
    END LOOP;
END $$;

-- The trail tells what readers looked for, and what stood in changed rows: numbers among it are masked like all others.
CREATE FUNCTION masked_text(said text, digits integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT CASE WHEN digits IS NULL THEN said ELSE regexp_replace(
            said, format('((?:\+|\m0)[0-9]*)[0-9]{%s}(?![0-9])', digits), '\1' || repeat('*', digits), 'g'
        ) END
    $$;

CREATE OR REPLACE FUNCTION report.audit_trail(
    before_id bigint, first_at timestamptz, end_at timestamptz, most integer
) RETURNS TABLE (
        audit_id bigint, occurred_at timestamptz, actor text, address text, action text, object text, name text,
        details jsonb
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT a.audit_id, a.occurred_at, a.actor, a.address, a.action, a.object,
               store.masked_text(a.name, m.digits), store.masked_text(a.details::text, m.digits)::jsonb
        FROM store.audit_entry a CROSS JOIN (SELECT report.masked_digits() AS digits) AS m
        WHERE a.tenant_id = report.current_tenant() AND report.current_scope() IS NULL
          AND report.is_report_generator()
          AND (before_id IS NULL OR a.audit_id < before_id)
          AND (first_at IS NULL OR a.occurred_at >= first_at) AND (end_at IS NULL OR a.occurred_at < end_at)
        ORDER BY a.audit_id DESC LIMIT most
    $$;
