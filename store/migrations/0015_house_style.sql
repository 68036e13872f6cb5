-- How a tenant's documents look, and what grade of service it wants to reach.

ALTER TABLE tenant
    ADD COLUMN colour text NOT NULL DEFAULT '#12475c' CHECK (colour ~ '^#[0-9a-f]{6}$'),
    ADD COLUMN gos_target_percent integer NOT NULL DEFAULT 80 CHECK (gos_target_percent BETWEEN 1 AND 100);
COMMENT ON COLUMN tenant.colour IS 'Of headings, charts and lines on its documents.';
COMMENT ON COLUMN tenant.gos_target_percent IS 'What the grade of service is held against in management reports.';

-- A table of its own: what reads or records tenants does not carry their pictures along.
CREATE TABLE tenant_logo (
    tenant_id integer PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    picture bytea NOT NULL CHECK (octet_length(picture) BETWEEN 1 AND 262144)
);
COMMENT ON COLUMN tenant_logo.picture IS 'SVG or PNG; store.picture says what is taken.';

CREATE OR REPLACE VIEW report.tenant WITH (security_barrier) AS
    SELECT tenant_id, slug, name, time_zone, language, edition,
           answer_target_seconds, short_call_seconds, resolution_target_minutes, region, colour, gos_target_percent
    FROM store.tenant WHERE tenant_id = (SELECT report.current_tenant());

CREATE VIEW report.tenant_logo WITH (security_barrier) AS
    SELECT tenant_id, picture FROM store.tenant_logo WHERE tenant_id = (SELECT report.current_tenant());
