-- Which organisation of Grafana belongs to which tenant, or part of one. Written by `gespreksrapportage grafana sync`.

CREATE TABLE grafana_organisation (
    organisation integer PRIMARY KEY,
    tenant_id integer NOT NULL,
    scope_id integer,
    role_name name NOT NULL UNIQUE,
    wanted_hash bytea,
    synchronised_at timestamptz,
    UNIQUE NULLS NOT DISTINCT (tenant_id, scope_id)
);
COMMENT ON TABLE grafana_organisation IS
    'No key refers to others: what is left in Grafana when a tenant or a scope is gone must still be found there.';
COMMENT ON COLUMN grafana_organisation.organisation IS 'Grafana''s own number.';
COMMENT ON COLUMN grafana_organisation.scope_id IS 'The part of the tenant that it shows; null: all of it.';
COMMENT ON COLUMN grafana_organisation.role_name IS 'The database login of its data source.';
COMMENT ON COLUMN grafana_organisation.wanted_hash IS 'SHA-256 of what was wanted when it was last set up in full.';

-- Where a portal's reader belongs in Grafana; null: nowhere (yet).
CREATE FUNCTION report.grafana_organisation(tenant_id integer, scope_id integer) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT g.organisation FROM store.grafana_organisation AS g
        WHERE g.tenant_id = grafana_organisation.tenant_id
          AND g.scope_id IS NOT DISTINCT FROM grafana_organisation.scope_id
          AND report.is_report_generator()
    $$;
