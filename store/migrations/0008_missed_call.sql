ALTER TABLE tenant
    ADD COLUMN returned_when text NOT NULL DEFAULT 'attempted' CHECK (returned_when IN ('attempted', 'reached')),
    ADD COLUMN unreturned_days integer NOT NULL DEFAULT 30 CHECK (unreturned_days > 0);
COMMENT ON COLUMN tenant.returned_when IS 'Whether an attempt closes a missed call, or only a conversation.';
COMMENT ON COLUMN tenant.unreturned_days IS 'After so many days an open missed call counts as expired.';

CREATE INDEX call_outside_number ON call (tenant_id, outside_number, started_at) WHERE outside_number IS NOT NULL;

CREATE TABLE missed_call (
    tenant_id integer NOT NULL,
    started_at timestamptz NOT NULL,
    call_id uuid NOT NULL,
    outside_number text,
    customer_id integer,
    ddi text,
    attempted_at timestamptz,
    attempted_call_id uuid,
    reached_at timestamptz,
    reached_call_id uuid,
    came_back_at timestamptz,
    came_back_call_id uuid,
    closed_at timestamptz,
    resolution_seconds integer,
    target_seconds integer NOT NULL,
    state text GENERATED ALWAYS AS (
        CASE
            WHEN outside_number IS NULL THEN 'not_returnable'
            WHEN came_back_at IS NOT NULL AND (reached_at IS NULL OR came_back_at < reached_at) THEN 'came_back'
            WHEN reached_at IS NOT NULL THEN 'reached'
            WHEN attempted_at IS NOT NULL THEN 'attempted'
            ELSE 'open'
        END
    ) STORED,
    missed smallint GENERATED ALWAYS AS (1) STORED,
    returned smallint GENERATED ALWAYS AS (CASE WHEN closed_at IS NOT NULL THEN 1 ELSE 0 END) STORED,
    returned_in_target smallint GENERATED ALWAYS AS
        (CASE WHEN closed_at IS NOT NULL AND resolution_seconds <= target_seconds THEN 1 ELSE 0 END) STORED,
    withheld smallint GENERATED ALWAYS AS (CASE WHEN outside_number IS NULL THEN 1 ELSE 0 END) STORED,
    PRIMARY KEY (tenant_id, call_id)
);
COMMENT ON TABLE missed_call IS 'What became of every missed incoming call: returned, by whom, how soon.';
COMMENT ON COLUMN missed_call.resolution_seconds IS 'Working-hours seconds from the missed call to what closed it.';
COMMENT ON COLUMN missed_call.target_seconds IS 'The resolution target that held.';
CREATE INDEX missed_call_time ON missed_call (tenant_id, started_at DESC);
CREATE INDEX missed_call_open ON missed_call (tenant_id, started_at DESC)
    WHERE closed_at IS NULL AND outside_number IS NOT NULL;

CREATE VIEW report.missed_call WITH (security_barrier) AS
    SELECT m.*,
           m.closed_at IS NULL AND m.outside_number IS NOT NULL
               AND m.started_at >= now() - make_interval(days => t.unreturned_days) AS unreturned
    FROM store.missed_call m JOIN store.tenant t USING (tenant_id)
    WHERE m.tenant_id = (SELECT report.current_tenant());
