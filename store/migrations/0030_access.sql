-- What changed is shown on the thing itself, so the trail is asked for one kind of thing, or for one thing.

CREATE OR REPLACE FUNCTION audit_key(table_name text, whole jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = store, pg_temp
    AS $$
        SELECT CASE table_name
            WHEN 'tenant' THEN whole ->> 'tenant_id'
            WHEN 'organisation_unit' THEN whole ->> 'unit_id'
            WHEN 'person' THEN whole ->> 'person_id'
            WHEN 'ddi_group' THEN whole ->> 'ddi_group_id'
            WHEN 'contact_group' THEN whole ->> 'group_id'
            WHEN 'contact_group_member' THEN concat_ws(' ', whole ->> 'group_id', whole ->> 'extension')
            WHEN 'agent' THEN whole ->> 'agent_id'
            WHEN 'customer' THEN whole ->> 'customer_id'
            WHEN 'working_hours' THEN concat_ws(' ', whole ->> 'line', whole ->> 'weekday')
            WHEN 'holiday' THEN whole ->> 'day'
            WHEN 'account' THEN whole ->> 'account_id'
            WHEN 'access_scope' THEN whole ->> 'scope_id'
            WHEN 'access_scope_member' THEN whole ->> 'scope_id'
            WHEN 'api_token' THEN whole ->> 'token_id'
            WHEN 'wall_screen' THEN whole ->> 'screen_id'
            WHEN 'alarm' THEN whole ->> 'alarm_id'
            WHEN 'saved_report' THEN whole ->> 'saved_report_id'
            WHEN 'privacy_setting' THEN whole ->> 'tenant_id'
            WHEN 'oidc_provider' THEN whole ->> 'tenant_id'
            ELSE whole ->> 'number'
        END
    $$;

-- What people did with a thing, beside changing it, stands in its history too.
CREATE OR REPLACE FUNCTION report.record_audit(
    tenant_id integer, account_id integer, actor text, address text, action text, object text, name text, details jsonb
) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        INSERT INTO store.audit_entry (tenant_id, account_id, actor, address, action, object, name, details, key)
        SELECT record_audit.tenant_id, record_audit.account_id, record_audit.actor, record_audit.address,
               record_audit.action, record_audit.object, record_audit.name, record_audit.details,
               CASE record_audit.object WHEN 'alarm' THEN record_audit.name END
        WHERE report.is_report_generator()
    $$;

DROP FUNCTION report.audit_trail(bigint, timestamptz, timestamptz, integer);
CREATE FUNCTION report.audit_trail(
    before_id bigint, first_at timestamptz, end_at timestamptz, most integer,
    of_object text DEFAULT NULL, of_key text DEFAULT NULL
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
          AND (of_object IS NULL OR a.object = of_object) AND (of_key IS NULL OR a.key = of_key)
          AND (before_id IS NULL OR a.audit_id < before_id)
          AND (first_at IS NULL OR a.occurred_at >= first_at) AND (end_at IS NULL OR a.occurred_at < end_at)
        ORDER BY a.audit_id DESC LIMIT most
    $$;
COMMENT ON FUNCTION report.audit_trail(bigint, timestamptz, timestamptz, integer, text, text) IS
    'Of the session''s tenant, the newest first; a reader of a part of it sees none.';
CREATE INDEX audit_entry_object ON audit_entry (tenant_id, object, audit_id);

CREATE OR REPLACE FUNCTION configuration.history_of(object text, key text, most integer)
    RETURNS TABLE (
        audit_id bigint, occurred_at timestamptz, actor text, address text, action text, object text, name text,
        details jsonb
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT a.audit_id, a.occurred_at, a.actor, a.address, a.action, a.object, a.name, a.details
        FROM store.audit_entry a
        WHERE a.tenant_id = (SELECT configuration.administered_tenant())
          AND a.object = history_of.object AND (history_of.key IS NULL OR a.key = history_of.key)
        ORDER BY a.audit_id DESC LIMIT most
    $$;
COMMENT ON FUNCTION configuration.history_of(text, text, integer) IS
    'Every change of one thing, or without a key of all things of its kind, the newest first.';

-- Where figures must be of several users (privacy_setting.smallest_group), a contact group of fewer is not told apart, and
-- what a Grafana login of a small part of a tenant reads is of too few users altogether.
CREATE INDEX agent_group_session_from ON agent_group_session (tenant_id, from_at);

-- Who belongs to which contact group: its members now, and agents who were signed in to it in the last four weeks. One
-- user has one name here, whether the telephone system calls him an extension or an agent.
CREATE FUNCTION users_of_groups(of_tenant integer) RETURNS TABLE (contact_group text, who text)
    LANGUAGE sql STABLE SET search_path = store, pg_temp
    AS $$
        WITH behind AS (
            SELECT e.number, e.person_id FROM store.extension e
            WHERE e.tenant_id = of_tenant AND e.valid @> now()
        ), named AS (
            SELECT g.pbx_name, m.extension, NULL::text AS agent, NULL::integer AS person_id
            FROM store.contact_group_member m JOIN store.contact_group g USING (group_id)
            WHERE g.tenant_id = of_tenant AND m.valid @> now()
            UNION ALL
            SELECT s.contact_group, a.extension, s.agent, a.person_id
            FROM store.agent_group_session s
                LEFT JOIN store.agent a ON a.tenant_id = s.tenant_id AND a.pbx_name = s.agent
            WHERE s.tenant_id = of_tenant AND (s.from_at > now() - interval '28 days' OR s.until_at IS NULL)
        )
        SELECT DISTINCT n.pbx_name,
               coalesce('person ' || coalesce(n.person_id, b.person_id), 'extension ' || n.extension, 'agent ' || n.agent)
        FROM named n LEFT JOIN behind b ON b.number = n.extension
    $$;

CREATE FUNCTION report.users_of_groups() RETURNS TABLE (contact_group text, who text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT u.contact_group, u.who FROM store.users_of_groups(report.current_tenant()) u
        WHERE report.is_report_generator()
    $$;

-- By their names on calls; null: all may be told apart.
CREATE FUNCTION report.large_groups() RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            least CONSTANT integer := coalesce(report.smallest_group(), 1);
        BEGIN
            IF least <= 1 THEN
                RETURN NULL;
            END IF;
            RETURN coalesce((
                SELECT array_agg(large.contact_group ORDER BY large.contact_group)
                FROM (
                    SELECT u.contact_group FROM store.users_of_groups(report.current_tenant()) u
                    GROUP BY u.contact_group HAVING count(*) >= least
                ) AS large
            ), '{}');
        END
    $$;
COMMENT ON FUNCTION report.large_groups() IS
    'Contact groups with as many users as this session must find behind a figure; null: a figure may be of one.';

-- How many users the session's scope is about: who are or were in its units, and the users of its groups.
CREATE FUNCTION report.users_in_scope() RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            tenant CONSTANT integer := report.current_tenant();
            units CONSTANT integer[] := report.scope_units();
            persons CONSTANT integer[] := report.scope_persons();
            groups CONSTANT text[] := report.scope_groups();
        BEGIN
            RETURN (
                SELECT count(*) FROM (
                    SELECT 'person ' || p.person_id AS who FROM store.person p
                    WHERE p.tenant_id = tenant AND p.archived_at IS NULL AND (
                        report.current_scope() IS NULL OR p.person_id = ANY (persons) OR EXISTS (
                            SELECT FROM store.extension e
                            WHERE e.tenant_id = tenant AND e.person_id = p.person_id
                              AND (e.site_id = ANY (units) OR e.division_id = ANY (units)
                                   OR e.department_id = ANY (units) OR e.cost_centre_id = ANY (units))
                        )
                    )
                    UNION
                    SELECT u.who FROM store.users_of_groups(tenant) u WHERE u.contact_group = ANY (groups)
                ) AS users
            );
        END
    $$;

-- Whether calls may be shown to this session at all. The report generator refuses with a sentence instead.
CREATE FUNCTION report.calls_shown() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            least integer;
        BEGIN
            IF report.current_scope() IS NULL OR report.is_report_generator() THEN
                RETURN true;
            END IF;
            least := coalesce(report.smallest_group(), 1);
            RETURN least <= 1 OR report.users_in_scope() >= least;
        END
    $$;

-- Written as CASE, of which the planner thinks that half the rows pass.
DO $$
DECLARE
    large CONSTANT text := '(SELECT report.large_groups())';
    is_large CONSTANT text := format(
        'CASE WHEN %1$s IS NULL THEN true ELSE coalesce(contact_group = ANY (%1$s::text[]), true) END', large);
    calls CONSTANT text := '(SELECT report.calls_shown())';
    view_name text;
    changed jsonb;
    condition text;
BEGIN
    FOR view_name, changed, condition IN VALUES
        ('call', jsonb_build_object('contact_group', format('CASE WHEN %s THEN contact_group END', is_large)), calls),
        ('leg', jsonb_build_object('contact_group', format('CASE WHEN %s THEN contact_group END', is_large)), calls),
        ('visit', jsonb_build_object(
            'overflowed_from', format(
                'CASE WHEN %1$s IS NULL OR overflowed_from = ANY (%1$s::text[]) THEN overflowed_from END', large)
         ), calls || ' AND ' || is_large),
        ('missed_call', '{}', calls),
        ('live_call', '{}', calls),
        ('rollup_call_quarter', jsonb_build_object(
            'contact_group', format('CASE WHEN %s THEN contact_group ELSE '''' END', is_large)), calls),
        ('rollup_visit_quarter', '{}', calls || ' AND ' || is_large),
        ('rollup_call_day', jsonb_build_object(
            'contact_group', format('CASE WHEN %s THEN contact_group END', is_large)), calls),
        ('rollup_visit_day', '{}', calls || ' AND ' || is_large),
        ('rollup_agent_call_day', jsonb_build_object(
            'contact_group', format('CASE WHEN %s THEN contact_group END', is_large)), calls)
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE VIEW report.%1$I WITH (security_barrier) AS SELECT %2$s FROM (%3$s) AS shown WHERE %4$s',
            view_name,
            (SELECT string_agg(coalesce(changed ->> attname || ' AS ', '') || quote_ident(attname), ', ' ORDER BY attnum)
             FROM pg_attribute WHERE attrelid = format('report.%I', view_name)::regclass AND attnum > 0),
            rtrim(pg_get_viewdef(format('report.%I', view_name)::regclass), '; '),
            condition
        );
    END LOOP;
END $$;

-- A device gets another secret once it is paired: one that somebody planted on it before is then worth nothing.
ALTER TABLE wall_screen ADD COLUMN renewed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN wall_screen.renewed IS 'Whether the device has another secret than while it waited.';

CREATE FUNCTION report.renew_screen(secret_hash bytea, new_secret_hash bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        BEGIN
            UPDATE store.wall_screen s SET secret_hash = new_secret_hash, renewed = true
                WHERE s.secret_hash = renew_screen.secret_hash AND NOT s.renewed AND report.is_report_generator();
            RETURN found;
        END
    $$;

-- Which is no change of the screen that anybody made.
DO $$
DECLARE
    before CONSTANT text := pg_get_functiondef('store.audit_change()'::regprocedure);
    wanted CONSTANT text := replace(before, '''seen_at'',', '''seen_at'', ''renewed'', ''secret_hash'',');
BEGIN
    IF wanted = before THEN
        RAISE EXCEPTION 'store.audit_change() names what is trivial otherwise';
    END IF;
    EXECUTE wanted;
END $$;

-- What somebody filtered on is shared with all who may run the report: numbers in it are masked like all others.
CREATE OR REPLACE FUNCTION report.saved_reports(account_id integer)
    RETURNS TABLE (
        saved_report_id uuid, name text, report text, asked jsonb, shared boolean, owner text, own boolean,
        changed_at timestamptz
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT s.saved_report_id, store.masked_text(s.name, m.digits), s.report,
               store.masked_text(s.asked::text, m.digits)::jsonb, s.shared, a.name,
               s.account_id IS NOT DISTINCT FROM saved_reports.account_id, s.changed_at
        FROM store.saved_report s JOIN store.account a USING (tenant_id, account_id)
            CROSS JOIN (SELECT report.masked_digits() AS digits) AS m
        WHERE s.tenant_id = report.current_tenant() AND report.is_report_generator()
          AND (s.shared OR s.account_id = saved_reports.account_id)
        ORDER BY lower(s.name), s.saved_report_id
    $$;
