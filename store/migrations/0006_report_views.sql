-- What readers see: only rows of the tenant that belongs to the login (session_user, which SET ROLE cannot change).
-- Row-level security would not do: it does not hold on a hypertable's chunks.

CREATE TABLE database_login (
    role_name name PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE
);
COMMENT ON TABLE database_login IS 'Which tenant a database login (of a Grafana organisation) may read.';

CREATE FUNCTION report.current_tenant() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT CASE
            WHEN pg_has_role(session_user, 'gespreksrapportage_report', 'MEMBER')
                THEN nullif(current_setting('gespreksrapportage.tenant', true), '')::integer
            ELSE (SELECT tenant_id FROM store.database_login WHERE role_name = session_user)
        END
    $$;
COMMENT ON FUNCTION report.current_tenant() IS
    'The tenant whose rows this session sees. Only the report generator may name it by a setting.';

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY[
        'call', 'leg', 'visit', 'agent_state', 'agent_group_session', 'device_state',
        'rollup_call_quarter', 'rollup_visit_quarter', 'rollup_extension_day',
        'live_pbx', 'live_call', 'live_waiting', 'live_queue', 'live_agent', 'live_device',
        'organisation_unit', 'person', 'extension', 'ddi_group', 'ddi', 'contact_group', 'agent',
        'customer', 'customer_number', 'working_hours', 'holiday', 'pbx_gap'
    ] LOOP
        EXECUTE format(
            'CREATE VIEW report.%1$I WITH (security_barrier) AS '
            'SELECT * FROM store.%1$I WHERE tenant_id = (SELECT report.current_tenant())',
            table_name
        );
    END LOOP;
END $$;

CREATE VIEW report.tenant WITH (security_barrier) AS
    SELECT tenant_id, slug, name, time_zone, language, edition,
           answer_target_seconds, short_call_seconds, resolution_target_minutes
    FROM store.tenant WHERE tenant_id = (SELECT report.current_tenant());

CREATE VIEW report.pbx WITH (security_barrier) AS
    SELECT pbx_id, tenant_id, slug, kind FROM store.pbx
    WHERE tenant_id = (SELECT report.current_tenant());
