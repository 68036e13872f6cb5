-- What a tenant's administrators change themselves: organisation, customers, calendars, targets, users. The report
-- generator writes through the views of schema configuration. They show the rows of the tenant whose administrator's
-- session (or token) the transaction names by its hash, which is no setting that could be made up: so the report
-- generator's login alone, without such a session, changes nothing.

-- What belongs to a tenant refers to things of the same tenant.
ALTER TABLE ddi_group ADD UNIQUE (tenant_id, ddi_group_id);
ALTER TABLE customer ADD UNIQUE (tenant_id, customer_id);
ALTER TABLE extension
    DROP CONSTRAINT extension_person_id_fkey,
    DROP CONSTRAINT extension_site_id_fkey,
    DROP CONSTRAINT extension_division_id_fkey,
    DROP CONSTRAINT extension_department_id_fkey,
    DROP CONSTRAINT extension_cost_centre_id_fkey,
    ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id) ON DELETE SET NULL (person_id),
    ADD FOREIGN KEY (tenant_id, site_id) REFERENCES organisation_unit (tenant_id, unit_id),
    ADD FOREIGN KEY (tenant_id, division_id) REFERENCES organisation_unit (tenant_id, unit_id),
    ADD FOREIGN KEY (tenant_id, department_id) REFERENCES organisation_unit (tenant_id, unit_id),
    ADD FOREIGN KEY (tenant_id, cost_centre_id) REFERENCES organisation_unit (tenant_id, unit_id);
ALTER TABLE ddi
    DROP CONSTRAINT ddi_ddi_group_id_fkey,
    DROP CONSTRAINT ddi_site_id_fkey,
    ADD FOREIGN KEY (tenant_id, ddi_group_id) REFERENCES ddi_group (tenant_id, ddi_group_id),
    ADD FOREIGN KEY (tenant_id, site_id) REFERENCES organisation_unit (tenant_id, unit_id);
ALTER TABLE agent
    DROP CONSTRAINT agent_person_id_fkey,
    ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id) ON DELETE SET NULL (person_id);
ALTER TABLE customer_number
    DROP CONSTRAINT customer_number_customer_id_fkey,
    ADD FOREIGN KEY (tenant_id, customer_id) REFERENCES customer (tenant_id, customer_id) ON DELETE CASCADE;

ALTER TABLE api_token ADD COLUMN token_id integer GENERATED ALWAYS AS IDENTITY UNIQUE;

CREATE FUNCTION configuration.administered_tenant() RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            secret text := current_setting('gespreksrapportage.administrator', true);
        BEGIN
            IF NOT report.is_report_generator() OR secret IS NULL OR secret !~ '^[0-9a-f]{64}$' THEN
                RETURN NULL;
            END IF;
            RETURN (
                SELECT a.tenant_id FROM store.account_session s JOIN store.account a USING (account_id)
                WHERE s.session_hash = decode(secret, 'hex') AND s.stage = 'open'
                  AND s.expires_at > now() AND s.seen_at + s.idle_lifetime > now()
                  AND a.role = 'administrator' AND a.disabled_at IS NULL
                UNION ALL
                SELECT a.tenant_id FROM store.api_token k JOIN store.account a USING (tenant_id, account_id)
                WHERE k.token_hash = decode(secret, 'hex') AND k.expires_at > now() AND k.scope_id IS NULL
                  AND a.role = 'administrator' AND a.disabled_at IS NULL
            );
        END
    $$;
COMMENT ON FUNCTION configuration.administered_tenant() IS
    'Of the open session or token (SHA-256, hexadecimal) that this transaction names; null: nothing may be changed.';

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY[
        'organisation_unit', 'person', 'extension', 'ddi_group', 'ddi', 'contact_group', 'agent',
        'customer', 'customer_number', 'working_hours', 'holiday', 'access_scope', 'access_scope_member'
    ] LOOP
        EXECUTE format(
            'CREATE VIEW configuration.%1$I WITH (security_barrier) AS SELECT * FROM store.%1$I '
            'WHERE tenant_id = (SELECT configuration.administered_tenant()) WITH CHECK OPTION',
            table_name
        );
    END LOOP;
END $$;

CREATE VIEW configuration.contact_group_member WITH (security_barrier) AS
    SELECT * FROM store.contact_group_member m
    WHERE EXISTS (
        SELECT FROM store.contact_group g
        WHERE g.group_id = m.group_id AND g.tenant_id = (SELECT configuration.administered_tenant())
    ) WITH CHECK OPTION;

CREATE VIEW configuration.tenant WITH (security_barrier) AS
    SELECT tenant_id, slug, name, time_zone, language, region, edition, answer_target_seconds, short_call_seconds,
           resolution_target_minutes, returned_when, unreturned_days
    FROM store.tenant WHERE tenant_id = (SELECT configuration.administered_tenant()) WITH CHECK OPTION;

-- Operators belong to no tenant, so that none is seen or made here.
CREATE VIEW configuration.account WITH (security_barrier) AS
    SELECT account_id, tenant_id, name, email, role, scope_id, person_id, call_center_basic, password_hash,
           one_time_until, totp_secret, totp_confirmed_at, totp_last_step, disabled_at, created_at
    FROM store.account WHERE tenant_id = (SELECT configuration.administered_tenant()) WITH CHECK OPTION;

CREATE VIEW configuration.api_token WITH (security_barrier) AS
    SELECT token_id, token_hash, tenant_id, name, created_at, expires_at, account_id, scope_id, last_used_at
    FROM store.api_token WHERE tenant_id = (SELECT configuration.administered_tenant()) WITH CHECK OPTION;

-- The organisation is held in memory by whoever builds calls: it must be read anew before what is touched is built.
CREATE TABLE organisation_change (
    tenant_id integer PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    changes bigint NOT NULL DEFAULT 1
);
COMMENT ON TABLE organisation_change IS 'How often something changed by which calls are built.';

-- Has calls built again that started in a time and have to do with something that changed. Calls whose events are not
-- kept any more stay as they were built.
CREATE FUNCTION touch_calls(tenant_id integer, subject text, keys text[], lower timestamptz, upper timestamptz)
    RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            touched bigint;
            first_at timestamptz := coalesce(lower, '-infinity');
            end_at timestamptz := coalesce(upper, 'infinity');
        BEGIN
            INSERT INTO store.organisation_change AS o (tenant_id) VALUES (tenant_id)
                ON CONFLICT ON CONSTRAINT organisation_change_pkey DO UPDATE SET changes = o.changes + 1;
            IF subject = 'agent' THEN
                INSERT INTO store.touched_agent (tenant_id, pbx_id, agent, first_at)
                    SELECT touch_calls.tenant_id, p.pbx_id, k, greatest(first_at, '2000-01-01')
                    FROM store.pbx p CROSS JOIN unnest(keys) AS k WHERE p.tenant_id = touch_calls.tenant_id;
                RETURN 0;
            END IF;
            INSERT INTO store.touched_call (tenant_id, pbx_id, call, first_at, last_at)
                SELECT c.tenant_id, c.pbx_id, c.call_ref, c.started_at, c.started_at
                FROM store.call c
                WHERE c.tenant_id = touch_calls.tenant_id AND c.started_at >= first_at AND c.started_at < end_at
                  AND CASE subject
                      WHEN 'tenant' THEN true
                      WHEN 'ddi' THEN c.ddi = ANY (keys)
                      WHEN 'outside_number' THEN c.outside_number = ANY (keys)
                      WHEN 'extension' THEN EXISTS (
                          SELECT FROM store.leg l
                          WHERE l.tenant_id = c.tenant_id AND l.call_id = c.call_id AND l.started_at = c.started_at
                            AND l.extension = ANY (keys))
                      WHEN 'contact_group' THEN EXISTS (
                          SELECT FROM store.visit v
                          WHERE v.tenant_id = c.tenant_id AND v.call_id = c.call_id AND v.started_at = c.started_at
                            AND v.contact_group = ANY (keys))
                  END
                  AND EXISTS (
                      SELECT FROM store.event e
                      WHERE e.pbx_id = c.pbx_id AND e.call = c.call_ref AND e.call <> ''
                        AND e.occurred_at BETWEEN c.started_at - interval '1 minute' AND c.started_at);
            GET DIAGNOSTICS touched = ROW_COUNT;
            IF touched > 0 THEN
                PERFORM pg_notify('gespreksrapportage_events', '');
            END IF;
            RETURN touched;
        END
    $$;
COMMENT ON FUNCTION touch_calls(integer, text, text[], timestamptz, timestamptz) IS
    'subject: tenant (all calls), extension, ddi, outside_number, contact_group; agent: states instead of calls.';

CREATE FUNCTION configuration.touch_calls(
    tenant_id integer, subject text, keys text[], lower timestamptz, upper timestamptz
) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT store.touch_calls(touch_calls.tenant_id, subject, keys, lower, upper)
        WHERE touch_calls.tenant_id = configuration.administered_tenant()
    $$;

-- Whether calls, states or sums name something: then it can end, but not go.
CREATE FUNCTION configuration.is_in_use(subject text, id integer) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            tenant integer := configuration.administered_tenant();
        BEGIN
            RETURN CASE subject
                WHEN 'organisation_unit' THEN EXISTS (
                    SELECT FROM store.rollup_extension_day r WHERE r.tenant_id = tenant
                      AND id IN (r.site_id, r.division_id, r.department_id, r.cost_centre_id))
                WHEN 'person' THEN EXISTS (
                    SELECT FROM store.rollup_extension_day r WHERE r.tenant_id = tenant AND r.person_id = id)
                WHEN 'contact_group' THEN EXISTS (
                    SELECT FROM store.rollup_visit_quarter r JOIN store.contact_group g
                        ON g.tenant_id = r.tenant_id AND g.pbx_name = r.contact_group AND g.kind = r.group_kind
                    WHERE r.tenant_id = tenant AND g.group_id = id)
                WHEN 'customer' THEN EXISTS (
                    SELECT FROM store.call c WHERE c.tenant_id = tenant AND c.customer_id = id)
                ELSE false
            END;
        END
    $$;

-- What stays the same of a thing, whatever it is called: by this its history is found.
ALTER TABLE audit_entry ADD COLUMN key text;
COMMENT ON COLUMN audit_entry.key IS 'Of a change: what stays the same of the thing when its name changes.';
CREATE INDEX audit_entry_key ON audit_entry (tenant_id, object, key) WHERE key IS NOT NULL;

CREATE FUNCTION audit_key(table_name text, whole jsonb) RETURNS text
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
            ELSE whole ->> 'number'
        END
    $$;

CREATE OR REPLACE FUNCTION audit_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            secrets CONSTANT text[] := ARRAY['password_hash', 'totp_secret', 'token_hash', 'secret_hash', 'settings'];
            trivial CONSTANT text[] := ARRAY['last_used_at', 'seen_at', 'totp_last_step'];
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
            INSERT INTO store.audit_entry (tenant_id, actor, account_id, action, object, name, details, key)
                VALUES (
                    tenant,
                    coalesce(nullif(current_setting('gespreksrapportage.actor', true), ''), session_user),
                    nullif(current_setting('gespreksrapportage.account', true), '')::integer,
                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END,
                    TG_TABLE_NAME,
                    coalesce(whole ->> 'name', whole ->> 'reference', whole ->> 'number', whole ->> 'pbx_name',
                             whole ->> 'role_name', whole ->> 'extension', whole ->> 'slug'),
                    CASE WHEN old_row IS NULL THEN '{}' ELSE jsonb_build_object('old', old_row) END
                        || CASE WHEN new_row IS NULL THEN '{}' ELSE jsonb_build_object('new', new_row) END,
                    store.audit_key(TG_TABLE_NAME, whole)
                );
            RETURN NULL;
        END
    $$;

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON customer
    FOR EACH ROW EXECUTE FUNCTION audit_change();
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON customer_number
    FOR EACH ROW EXECUTE FUNCTION audit_change();

CREATE FUNCTION configuration.history_of(object text, key text, most integer)
    RETURNS TABLE (
        audit_id bigint, occurred_at timestamptz, actor text, address text, action text, object text, name text,
        details jsonb
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT a.audit_id, a.occurred_at, a.actor, a.address, a.action, a.object, a.name, a.details
        FROM store.audit_entry a
        WHERE a.tenant_id = (SELECT configuration.administered_tenant())
          AND a.object = history_of.object AND a.key = history_of.key
        ORDER BY a.audit_id DESC LIMIT most
    $$;
COMMENT ON FUNCTION configuration.history_of(text, text, integer) IS 'Every change of one thing, the newest first.';
