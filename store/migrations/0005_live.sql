-- The state of now, kept by the exporter: small tables, at most one second behind the PBX.

CREATE TABLE live_pbx (
    pbx_id integer PRIMARY KEY REFERENCES pbx ON DELETE CASCADE,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    connected boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
COMMENT ON COLUMN live_pbx.updated_at IS 'When the exporter last wrote: the age of everything on a board.';

CREATE TABLE live_call (
    pbx_id integer NOT NULL REFERENCES pbx ON DELETE CASCADE,
    connection text NOT NULL,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    call text NOT NULL,
    direction text NOT NULL,
    state text NOT NULL,
    state_since timestamptz NOT NULL,
    started_at timestamptz NOT NULL,
    extension text,
    device text,
    ddi text,
    number text,
    withheld boolean NOT NULL,
    PRIMARY KEY (pbx_id, connection)
);
COMMENT ON TABLE live_call IS 'One row per device that rings or talks now.';
COMMENT ON COLUMN live_call.state IS 'ringing, talking, held';

CREATE TABLE live_waiting (
    pbx_id integer NOT NULL REFERENCES pbx ON DELETE CASCADE,
    connection text NOT NULL,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    contact_group text NOT NULL,
    ddi text,
    number text,
    withheld boolean NOT NULL,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (pbx_id, connection)
);
COMMENT ON TABLE live_waiting IS 'One row per caller that waits in a queue now.';

CREATE TABLE live_queue (
    pbx_id integer NOT NULL REFERENCES pbx ON DELETE CASCADE,
    contact_group text NOT NULL,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    waiting integer NOT NULL,
    last_wait_seconds integer,
    PRIMARY KEY (pbx_id, contact_group)
);

CREATE TABLE live_agent (
    pbx_id integer NOT NULL REFERENCES pbx ON DELETE CASCADE,
    agent text NOT NULL,
    contact_group text NOT NULL,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    extension text,
    state text NOT NULL,
    reason text,
    state_since timestamptz NOT NULL,
    PRIMARY KEY (pbx_id, agent, contact_group)
);

CREATE TABLE live_device (
    pbx_id integer NOT NULL REFERENCES pbx ON DELETE CASCADE,
    extension text NOT NULL,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    state text NOT NULL,
    do_not_disturb boolean NOT NULL,
    state_since timestamptz NOT NULL,
    PRIMARY KEY (pbx_id, extension)
);
