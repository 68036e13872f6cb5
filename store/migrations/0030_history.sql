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
