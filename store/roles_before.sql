-- Group roles, without login: made before the migrations, which run as the owner. Names are the same in every
-- database of a server.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY[
        'gespreksrapportage_owner', 'gespreksrapportage_exporter', 'gespreksrapportage_aggregator',
        'gespreksrapportage_report', 'gespreksrapportage_viewer', 'gespreksrapportage_administrator'
    ] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END $$;

CREATE SCHEMA IF NOT EXISTS store AUTHORIZATION gespreksrapportage_owner;
CREATE SCHEMA IF NOT EXISTS report AUTHORIZATION gespreksrapportage_owner;
CREATE SCHEMA IF NOT EXISTS configuration AUTHORIZATION gespreksrapportage_owner;
-- Acts that a tenant's privacy asks for: functions, which few may call.
CREATE SCHEMA IF NOT EXISTS privacy AUTHORIZATION gespreksrapportage_owner;
