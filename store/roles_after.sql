-- Who may do what. Run after every migration; says everything anew, so that nothing has to be remembered.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO gespreksrapportage_exporter, gespreksrapportage_aggregator, '
        'gespreksrapportage_report, gespreksrapportage_viewer, gespreksrapportage_administrator',
        current_database()
    );
    -- The exporter and the aggregator stage rows in temporary tables; readers have no use for them.
    EXECUTE format(
        'GRANT TEMPORARY ON DATABASE %I TO gespreksrapportage_exporter, gespreksrapportage_aggregator',
        current_database()
    );
END $$;
DO $$
BEGIN
    -- Queries over many chunks are many small expressions: compiling them costs more than it saves.
    EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'could not set jit: the migrating login does not own the database';
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA store, report, configuration FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA store, report, configuration, privacy FROM PUBLIC, gespreksrapportage_viewer;
DO $$
BEGIN
    -- Belongs to the server's superuser, whoever made its type. Without it no row with a validity can be written, nor
    -- its table analysed, which is done as the table's owner.
    GRANT EXECUTE ON FUNCTION store.textrange(text, text), store.textrange(text, text, text)
        TO gespreksrapportage_owner, gespreksrapportage_administrator, gespreksrapportage_report;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'textrange stays open to all: the migrating login does not own it';
END $$;

-- A reader with SQL of its own could fill the disk with large objects or hold locks: nobody needs either.
DO $$
DECLARE
    routine regprocedure;
BEGIN
    FOR routine IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
          AND (proname LIKE 'pg_advisory%' OR proname LIKE 'pg_try_advisory%'
               OR proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import', 'lo_export', 'pg_notify'))
    LOOP
        BEGIN
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', routine);
            EXECUTE format(
                'GRANT EXECUTE ON FUNCTION %s TO gespreksrapportage_owner, gespreksrapportage_exporter, '
                'gespreksrapportage_aggregator, gespreksrapportage_report, gespreksrapportage_administrator',
                routine
            );
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE NOTICE 'could not restrict %: the migrating login does not own it', routine;
        END;
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA store TO
    gespreksrapportage_exporter, gespreksrapportage_aggregator, gespreksrapportage_administrator;
GRANT USAGE ON SCHEMA report TO gespreksrapportage_report, gespreksrapportage_viewer;

GRANT SELECT ON ALL TABLES IN SCHEMA store TO gespreksrapportage_exporter;
GRANT INSERT ON store.event, store.touched_call, store.touched_agent, store.touched_device TO gespreksrapportage_exporter;
GRANT INSERT ON store.event_reject TO gespreksrapportage_exporter;
GRANT INSERT, UPDATE ON store.pbx_gap TO gespreksrapportage_exporter;
GRANT INSERT ON store.late_event TO gespreksrapportage_exporter;
GRANT EXECUTE ON FUNCTION store.keeps_from(integer, text)
    TO gespreksrapportage_exporter, gespreksrapportage_aggregator, gespreksrapportage_administrator;
GRANT INSERT, UPDATE, DELETE ON
    store.live_pbx, store.live_call, store.live_waiting, store.live_queue, store.live_agent, store.live_device
    TO gespreksrapportage_exporter;

GRANT SELECT ON ALL TABLES IN SCHEMA store TO gespreksrapportage_aggregator;
GRANT INSERT, UPDATE, DELETE ON
    store.touched_call, store.touched_agent, store.touched_device, store.call_key,
    store.call, store.leg, store.visit, store.missed_call, store.agent_state, store.agent_group_session, store.device_state,
    store.dirty_bucket, store.dirty_day, store.rebuild,
    store.rollup_call_quarter, store.rollup_visit_quarter, store.rollup_extension_day,
    store.rollup_direction_quarter, store.rollup_call_day, store.rollup_visit_day,
    store.rollup_unit_day, store.rollup_area_day, store.rollup_lost_day, store.rollup_agent_call_day, store.rollup_agent_day, store.day_sums
    TO gespreksrapportage_aggregator;

-- Who may sign in is no business of those who read events.
REVOKE ALL ON
    store.account, store.account_session, store.sign_in_attempt, store.access_scope, store.access_scope_member,
    store.api_token, store.audit_entry, store.password_link, store.wall_screen, store.screen_pairing,
    store.alarm, store.grafana_organisation, store.own_board, store.wallboard_view, store.tile, store.page_host,
    store.privacy_key, store.privacy_act, store.oidc_provider, store.oidc_account, store.oidc_sign_in
    FROM gespreksrapportage_exporter, gespreksrapportage_aggregator;
-- Nor what people ask for.
REVOKE ALL ON store.saved_report, store.report_run FROM gespreksrapportage_exporter, gespreksrapportage_aggregator;

GRANT SELECT ON ALL TABLES IN SCHEMA report TO gespreksrapportage_report, gespreksrapportage_viewer;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA report TO gespreksrapportage_report;
-- What the views themselves ask: each tells of the caller's own rows only.
GRANT EXECUTE ON FUNCTION
    report.current_tenant(), report.current_scope(),
    report.scope_units(), report.scope_persons(), report.scope_groups(), report.call_is_shown(uuid, timestamptz),
    report.masked_digits(), report.customers_masked(), report.masked_number(text, integer), report.shown_number(text),
    report.users_shown()
    TO gespreksrapportage_viewer;
-- What the rules of alarms ask, as whoever asks.
GRANT EXECUTE ON FUNCTION
    report.is_open(timestamptz, text[]), report.open_seconds(timestamptz, timestamptz, text[])
    TO gespreksrapportage_viewer;

-- An account's own boards are written in the portal.
GRANT INSERT, UPDATE, DELETE ON report.own_board, report.wallboard_view, report.tile TO gespreksrapportage_report;
GRANT INSERT, DELETE ON report.page_host TO gespreksrapportage_report;

-- What administrators change in the portal. The views and functions ask whose session it is; the password of somebody
-- is written and never read.
GRANT USAGE ON SCHEMA configuration TO gespreksrapportage_report;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA configuration TO gespreksrapportage_report;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    configuration.organisation_unit, configuration.person, configuration.extension, configuration.ddi_group,
    configuration.ddi, configuration.contact_group, configuration.agent, configuration.contact_group_member,
    configuration.customer, configuration.customer_number, configuration.working_hours, configuration.holiday,
    configuration.access_scope, configuration.access_scope_member
    TO gespreksrapportage_report;
GRANT SELECT,
    UPDATE (name, language, answer_target_seconds, short_call_seconds, resolution_target_minutes, returned_when,
            unreturned_days)
    ON configuration.tenant TO gespreksrapportage_report;
GRANT SELECT (account_id, tenant_id, name, email, role, scope_id, person_id, call_center_basic, one_time_until,
              totp_confirmed_at, disabled_at, created_at),
    INSERT (tenant_id, name, email, role, scope_id, person_id, call_center_basic, password_hash, one_time_until),
    UPDATE (email, role, scope_id, person_id, call_center_basic, password_hash, one_time_until, disabled_at,
            totp_secret, totp_confirmed_at, totp_last_step)
    ON configuration.account TO gespreksrapportage_report;
GRANT SELECT (token_id, tenant_id, name, created_at, expires_at, account_id, scope_id, last_used_at),
    INSERT (token_hash, tenant_id, name, expires_at, account_id, scope_id), DELETE
    ON configuration.api_token TO gespreksrapportage_report;

GRANT SELECT, DELETE ON configuration.wall_screen TO gespreksrapportage_report;

GRANT EXECUTE ON FUNCTION store.touch_calls(integer, text, text[], timestamptz, timestamptz)
    TO gespreksrapportage_administrator;
GRANT EXECUTE ON FUNCTION store.expire_audit(integer, timestamptz) TO gespreksrapportage_administrator;

-- The administrator role loads organisations and makes tenants and logins; it reads no call.
GRANT SELECT, INSERT, UPDATE, DELETE ON
    store.tenant, store.tenant_logo, store.pbx, store.organisation_unit, store.person, store.extension, store.ddi_group, store.ddi,
    store.contact_group, store.agent, store.contact_group_member, store.customer, store.customer_number,
    store.working_hours, store.holiday, store.database_login,
    store.account, store.access_scope, store.access_scope_member, store.api_token,
    store.alarm, store.grafana_organisation
    TO gespreksrapportage_administrator;
-- A provider's secret is written and never read.
GRANT SELECT (tenant_id, issuer, client_id, name, passwords_refused), INSERT, UPDATE, DELETE ON store.oidc_provider
    TO gespreksrapportage_administrator;
-- Whoever sets up Grafana places everybody's tiles there.
GRANT SELECT ON store.own_board, store.wallboard_view, store.tile TO gespreksrapportage_administrator;
GRANT SELECT, UPDATE ON store.privacy_setting TO gespreksrapportage_administrator;
GRANT SELECT ON store.privacy_act, store.gone_before, store.late_event, store.retention_rule TO gespreksrapportage_administrator;

GRANT USAGE ON SCHEMA privacy
    TO gespreksrapportage_aggregator, gespreksrapportage_administrator, gespreksrapportage_report;
GRANT EXECUTE ON FUNCTION privacy.expire(integer), privacy.not_expired_today(), privacy.drop_empty_chunks()
    TO gespreksrapportage_aggregator, gespreksrapportage_administrator;
GRANT EXECUTE ON FUNCTION
    privacy.erase_number(integer, text, text, text, integer, text, text, text, text, text),
    privacy.archive_person(integer, text, text), privacy.erase_person(integer, text, text),
    privacy.rows_about(integer, name, jsonb, name, text, text, integer), privacy.person_of(integer, text),
    privacy.record_disclosure(integer, text, text, text, jsonb), privacy.processing(integer),
    privacy.change_settings(integer, jsonb, text, integer), privacy.acts(integer, bigint, integer)
    TO gespreksrapportage_administrator, gespreksrapportage_report;
GRANT EXECUTE ON FUNCTION privacy.delete_tenant(integer, jsonb) TO gespreksrapportage_administrator;
DO $$
BEGIN
    -- Chunks are dropped by the tables' owner.
    GRANT USAGE ON SCHEMA public TO gespreksrapportage_owner;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'chunks stay when they are empty: the migrating login does not own schema public';
END $$;
