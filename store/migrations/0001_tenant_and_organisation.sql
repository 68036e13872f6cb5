CREATE TABLE tenant (
    tenant_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name text NOT NULL,
    time_zone text NOT NULL DEFAULT 'Europe/Amsterdam',
    language text NOT NULL DEFAULT 'nl' CHECK (language IN ('nl', 'en')),
    region text NOT NULL DEFAULT 'NL' CHECK (region ~ '^[A-Z]{2}$'),
    edition text NOT NULL DEFAULT 'premium' CHECK (edition IN ('standard', 'premium')),
    answer_target_seconds integer NOT NULL DEFAULT 20 CHECK (answer_target_seconds >= 0),
    short_call_seconds integer NOT NULL DEFAULT 0 CHECK (short_call_seconds >= 0),
    resolution_target_minutes integer NOT NULL DEFAULT 30 CHECK (resolution_target_minutes > 0),
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN tenant.region IS 'Where numbers without a country code belong (ISO 3166-1).';

CREATE TABLE pbx (
    pbx_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    kind text NOT NULL CHECK (kind IN ('asterisk', 'broadworks', 'webhook')),
    time_zone text NOT NULL DEFAULT 'Europe/Amsterdam',
    trunks text[] NOT NULL DEFAULT '{}',
    settings jsonb NOT NULL DEFAULT '{}',
    UNIQUE (tenant_id, slug)
);
COMMENT ON COLUMN pbx.time_zone IS 'Zone of the times that the PBX writes without one (CDR files and events).';
COMMENT ON COLUMN pbx.trunks IS 'Device names that lead outside; every other device is an extension.';

-- A range over text lets one GiST exclusion cover a natural key and its validity without contrib's btree_gist,
-- which the embedded server does not carry.
CREATE TYPE textrange AS RANGE (subtype = text);

CREATE TABLE organisation_unit (
    unit_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('site', 'division', 'department', 'cost_centre')),
    name text NOT NULL,
    code text,
    area_code text,
    UNIQUE (tenant_id, kind, name)
);
COMMENT ON COLUMN organisation_unit.area_code IS 'Of a site: its own area code with the leading 0; calls to it are local.';

CREATE TABLE person (
    person_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    reference text NOT NULL,
    name text,
    email text,
    archived_at timestamptz,
    UNIQUE (tenant_id, reference)
);
COMMENT ON COLUMN person.reference IS 'The tenant''s own key for a person: it stays when the name goes.';

CREATE TABLE extension (
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    number text NOT NULL,
    valid tstzrange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
    device_name text,
    person_id integer REFERENCES person ON DELETE SET NULL,
    site_id integer REFERENCES organisation_unit,
    division_id integer REFERENCES organisation_unit,
    department_id integer REFERENCES organisation_unit,
    cost_centre_id integer REFERENCES organisation_unit,
    EXCLUDE USING gist (
        int4range(tenant_id, tenant_id, '[]') WITH &&, textrange(number, number, '[]') WITH &&, valid WITH &&
    )
);
CREATE INDEX ON extension (tenant_id, number);

CREATE TABLE ddi_group (
    ddi_group_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    name text NOT NULL,
    UNIQUE (tenant_id, name)
);
COMMENT ON TABLE ddi_group IS 'Direct numbers that belong together: a campaign.';

CREATE TABLE ddi (
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    number text NOT NULL CHECK (number ~ '^\+[0-9]{3,15}$'),
    valid tstzrange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
    name text,
    ddi_group_id integer REFERENCES ddi_group,
    site_id integer REFERENCES organisation_unit,
    answer_target_seconds integer CHECK (answer_target_seconds >= 0),
    short_call_seconds integer CHECK (short_call_seconds >= 0),
    EXCLUDE USING gist (
        int4range(tenant_id, tenant_id, '[]') WITH &&, textrange(number, number, '[]') WITH &&, valid WITH &&
    )
);
COMMENT ON COLUMN ddi.number IS 'E.164.';
CREATE INDEX ON ddi (tenant_id, number);

CREATE TABLE contact_group (
    group_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('queue', 'hunt_group')),
    pbx_name text NOT NULL,
    name text NOT NULL,
    number text,
    answer_target_seconds integer CHECK (answer_target_seconds >= 0),
    short_call_seconds integer CHECK (short_call_seconds >= 0),
    wrap_up_seconds integer NOT NULL DEFAULT 0 CHECK (wrap_up_seconds >= 0),
    UNIQUE (tenant_id, kind, pbx_name)
);
COMMENT ON COLUMN contact_group.pbx_name IS 'The queue''s name, or the hunt group''s number, as the PBX says it.';
COMMENT ON COLUMN contact_group.wrap_up_seconds IS 'The PBX''s own setting, which it tells in no event.';

CREATE TABLE agent (
    agent_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    pbx_name text NOT NULL,
    extension text,
    person_id integer REFERENCES person ON DELETE SET NULL,
    UNIQUE (tenant_id, pbx_name)
);
COMMENT ON COLUMN agent.pbx_name IS 'The queue member''s name as the PBX says it.';

CREATE TABLE contact_group_member (
    group_id integer NOT NULL REFERENCES contact_group ON DELETE CASCADE,
    extension text NOT NULL,
    valid tstzrange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
    EXCLUDE USING gist (
        int4range(group_id, group_id, '[]') WITH &&, textrange(extension, extension, '[]') WITH &&, valid WITH &&
    )
);

CREATE TABLE customer (
    customer_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    reference text NOT NULL,
    name text NOT NULL,
    UNIQUE (tenant_id, reference)
);

CREATE TABLE customer_number (
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    number text NOT NULL CHECK (number ~ '^\+[0-9]{3,15}$'),
    customer_id integer NOT NULL REFERENCES customer ON DELETE CASCADE,
    valid tstzrange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
    EXCLUDE USING gist (
        int4range(tenant_id, tenant_id, '[]') WITH &&, textrange(number, number, '[]') WITH &&, valid WITH &&
    )
);
CREATE INDEX ON customer_number (tenant_id, number);

CREATE TABLE working_hours (
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    line text NOT NULL DEFAULT '',
    weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    opens time NOT NULL,
    closes time NOT NULL CHECK (closes > opens),
    PRIMARY KEY (tenant_id, line, weekday, opens)
);
COMMENT ON COLUMN working_hours.line IS 'A direct number (E.164) or a group''s PBX name; empty: the whole tenant.';
COMMENT ON COLUMN working_hours.weekday IS 'ISO: Monday is 1.';

CREATE TABLE holiday (
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    day date NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (tenant_id, day)
);
