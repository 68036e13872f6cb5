CREATE TABLE event (
    tenant_id integer NOT NULL,
    pbx_id integer NOT NULL,
    occurred_at timestamptz NOT NULL,
    key uuid NOT NULL,
    received_at timestamptz NOT NULL,
    sequence bigint NOT NULL,
    kind text NOT NULL,
    call text NOT NULL,
    connection text NOT NULL,
    peer text NOT NULL,
    device text NOT NULL,
    device_kind text NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    dialled text NOT NULL,
    withheld boolean NOT NULL,
    bridge text NOT NULL,
    queue text NOT NULL,
    agent text NOT NULL,
    cause text NOT NULL,
    seconds double precision,
    raw bytea NOT NULL
);
COMMENT ON TABLE event IS 'What the PBX said, normalised (docs/events.md). The truth that all else is built from.';
CREATE UNIQUE INDEX event_once ON event (pbx_id, key, occurred_at);
CREATE INDEX event_call ON event (pbx_id, call, occurred_at) WHERE call <> '';
CREATE INDEX event_agent ON event (pbx_id, agent, occurred_at) WHERE agent <> '';
CREATE INDEX event_device ON event (pbx_id, device, occurred_at)
    WHERE kind IN ('do_not_disturb_on', 'do_not_disturb_off');

-- What ends calls without being about one of them: see store.vocabulary.SYSTEM_KINDS.
CREATE INDEX event_system ON event (pbx_id, occurred_at)
    WHERE kind IN ('system_started', 'system_stopped', 'listening_stopped', 'snapshot_completed');

CREATE TABLE touched_call (
    touched_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL,
    pbx_id integer NOT NULL,
    call text NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL
);
COMMENT ON TABLE touched_call IS
    'Calls whose events have changed since they were last built: written with the events, taken by the aggregator.';

CREATE TABLE touched_agent (
    touched_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL,
    pbx_id integer NOT NULL,
    agent text NOT NULL,
    first_at timestamptz NOT NULL
);

CREATE TABLE touched_device (
    touched_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL,
    pbx_id integer NOT NULL,
    device text NOT NULL,
    first_at timestamptz NOT NULL
);

CREATE TABLE event_reject (
    reject_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    pbx_id integer NOT NULL REFERENCES pbx ON DELETE CASCADE,
    received_at timestamptz NOT NULL DEFAULT now(),
    source text NOT NULL,
    line_number bigint,
    reason text NOT NULL,
    raw bytea NOT NULL,
    digest uuid NOT NULL,
    UNIQUE (pbx_id, source, digest)
);
COMMENT ON TABLE event_reject IS 'Messages that could not be understood: kept aside, counted and shown.';

CREATE TABLE pbx_gap (
    gap_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    pbx_id integer NOT NULL REFERENCES pbx ON DELETE CASCADE,
    began_at timestamptz NOT NULL,
    ended_at timestamptz,
    reason text NOT NULL,
    filled_at timestamptz,
    filled_from text,
    CHECK (ended_at IS NULL OR ended_at >= began_at)
);
COMMENT ON TABLE pbx_gap IS 'Times in which nobody listened to a PBX.';
CREATE UNIQUE INDEX pbx_gap_open ON pbx_gap (pbx_id) WHERE ended_at IS NULL;
