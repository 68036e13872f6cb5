-- What everybody did. Rows are added by the functions below and never changed; a tenant's go only when they are older
-- than it keeps them, and that too is written down.

CREATE TABLE audit_entry (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    tenant_id integer,
    actor text NOT NULL,
    account_id integer,
    login name NOT NULL DEFAULT session_user,
    address text,
    action text NOT NULL,
    object text NOT NULL,
    name text,
    details jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE audit_entry IS 'No key refers to others: what somebody did stays when he, or what he did it to, is gone.';
COMMENT ON COLUMN audit_entry.actor IS 'Who did it, by the word of the program; login is the database''s own.';
COMMENT ON COLUMN audit_entry.object IS 'What kind of thing it was done to: a report, a session, or a table.';
COMMENT ON COLUMN audit_entry.details IS 'Of a change: the old and new values of what changed.';
CREATE INDEX audit_entry_tenant ON audit_entry (tenant_id, audit_id);

CREATE FUNCTION refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND current_user = 'gespreksrapportage_owner'
               AND current_setting('gespreksrapportage.expiring', true) = 'audit' THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
        END
    $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

CREATE FUNCTION expire_audit(tenant_id integer, before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            gone bigint;
        BEGIN
            PERFORM set_config('gespreksrapportage.expiring', 'audit', true);
            DELETE FROM store.audit_entry a
                WHERE a.tenant_id = expire_audit.tenant_id AND a.occurred_at < expire_audit.before;
            GET DIAGNOSTICS gone = ROW_COUNT;
            PERFORM set_config('gespreksrapportage.expiring', '', true);
            INSERT INTO store.audit_entry (tenant_id, actor, action, object, details)
                VALUES (expire_audit.tenant_id, session_user, 'expired', 'audit_entry',
                        jsonb_build_object('before', before, 'entries', gone));
            RETURN gone;
        END
    $$;
COMMENT ON FUNCTION expire_audit(integer, timestamptz) IS 'The one way in which entries go: those that are too old.';

-- Every change of users, rights and organisation, whatever program makes it.
CREATE FUNCTION audit_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            secrets CONSTANT text[] := ARRAY['password_hash', 'totp_secret', 'token_hash', 'settings'];
            trivial CONSTANT text[] := ARRAY['last_used_at', 'totp_last_step'];
            old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
            new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
            whole jsonb := coalesce(new_row, old_row);
            tenant integer := whole ->> 'tenant_id';
            changed text[];
            secret text;
        BEGIN
            IF TG_TABLE_NAME = 'contact_group_member' THEN
                SELECT g.tenant_id INTO tenant FROM store.contact_group g
                    WHERE g.group_id = (whole ->> 'group_id')::integer;
            END IF;
            -- What goes with its tenant or its group is one change: theirs.
            IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'tenant' AND whole ->> 'role' IS DISTINCT FROM 'operator'
               AND NOT EXISTS (SELECT FROM store.tenant t WHERE t.tenant_id = tenant) THEN
                RETURN NULL;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                SELECT array_agg(key) INTO changed FROM jsonb_each(new_row)
                    WHERE value IS DISTINCT FROM old_row -> key AND key <> ALL (trivial);
                IF changed IS NULL THEN
                    RETURN NULL;
                END IF;
                old_row := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(old_row) WHERE key = ANY (changed));
                new_row := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(new_row) WHERE key = ANY (changed));
            END IF;
            FOREACH secret IN ARRAY secrets LOOP
                old_row := CASE WHEN old_row ? secret THEN old_row || jsonb_build_object(secret, '***') ELSE old_row END;
                new_row := CASE WHEN new_row ? secret THEN new_row || jsonb_build_object(secret, '***') ELSE new_row END;
            END LOOP;
            INSERT INTO store.audit_entry (tenant_id, actor, account_id, action, object, name, details)
                VALUES (
                    tenant,
                    coalesce(nullif(current_setting('gespreksrapportage.actor', true), ''), session_user),
                    nullif(current_setting('gespreksrapportage.account', true), '')::integer,
                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END,
                    TG_TABLE_NAME,
                    coalesce(whole ->> 'name', whole ->> 'reference', whole ->> 'number', whole ->> 'pbx_name',
                             whole ->> 'role_name', whole ->> 'extension', whole ->> 'slug'),
                    CASE WHEN old_row IS NULL THEN '{}' ELSE jsonb_build_object('old', old_row) END
                        || CASE WHEN new_row IS NULL THEN '{}' ELSE jsonb_build_object('new', new_row) END
                );
            RETURN NULL;
        END
    $$;

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY[
        'tenant', 'pbx', 'organisation_unit', 'person', 'extension', 'ddi_group', 'ddi', 'contact_group',
        'contact_group_member', 'agent', 'working_hours', 'holiday',
        'account', 'access_scope', 'access_scope_member', 'api_token', 'database_login'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON store.%I '
            'FOR EACH ROW EXECUTE FUNCTION store.audit_change()', table_name
        );
    END LOOP;
END $$;

-- For the report generator: what somebody did in the portal, by the API or on the command line.
CREATE FUNCTION report.record_audit(
    tenant_id integer, account_id integer, actor text, address text, action text, object text, name text, details jsonb
) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        INSERT INTO store.audit_entry (tenant_id, account_id, actor, address, action, object, name, details)
        SELECT record_audit.tenant_id, record_audit.account_id, record_audit.actor, record_audit.address,
               record_audit.action, record_audit.object, record_audit.name, record_audit.details
        WHERE report.is_report_generator()
    $$;

-- What became of an attempt to sign in. Of a name that nobody has, the name is not kept: it may be a password.
CREATE FUNCTION report.record_sign_in(account_id integer, address text, action text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        INSERT INTO store.audit_entry (tenant_id, account_id, actor, address, action, object, name)
        SELECT a.tenant_id, record_sign_in.account_id, coalesce(a.name, ''), record_sign_in.address,
               record_sign_in.action, 'session', a.name
        FROM (SELECT) AS one LEFT JOIN store.account a ON a.account_id = record_sign_in.account_id
        WHERE report.is_report_generator()
    $$;

CREATE FUNCTION report.record_session(session_hash bytea, action text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT report.record_sign_in(s.account_id, s.address, record_session.action)
        FROM store.account_session s
        WHERE s.session_hash = record_session.session_hash AND report.is_report_generator()
    $$;

-- Of the session's tenant, newest first; a reader of a part of it sees none.
CREATE FUNCTION report.audit_trail(before_id bigint, first_at timestamptz, end_at timestamptz, most integer)
    RETURNS TABLE (
        audit_id bigint, occurred_at timestamptz, actor text, address text, action text, object text, name text,
        details jsonb
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT a.audit_id, a.occurred_at, a.actor, a.address, a.action, a.object, a.name, a.details
        FROM store.audit_entry a
        WHERE a.tenant_id = report.current_tenant() AND report.current_scope() IS NULL
          AND report.is_report_generator()
          AND (before_id IS NULL OR a.audit_id < before_id)
          AND (first_at IS NULL OR a.occurred_at >= first_at) AND (end_at IS NULL OR a.occurred_at < end_at)
        ORDER BY a.audit_id DESC LIMIT most
    $$;

-- Programs have tokens, people sign in: sessions that a token opened are no more.
DROP FUNCTION report.holder_of_token(bytea);
DROP FUNCTION report.holder_of_session(bytea);
DROP FUNCTION report.open_session(bytea, bytea, interval);
DROP FUNCTION report.close_session(bytea);
DROP TABLE portal_session;
