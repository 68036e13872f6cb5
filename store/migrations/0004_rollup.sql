-- Sums, counts, maxima and histograms, never averages: they add up to any longer time.

CREATE TABLE dirty_bucket (
    tenant_id integer NOT NULL,
    bucket_start timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, bucket_start)
);
COMMENT ON TABLE dirty_bucket IS 'Quarter hours (UTC) whose calls have changed since their rollups were made.';

CREATE TABLE dirty_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    PRIMARY KEY (tenant_id, local_day)
);
COMMENT ON TABLE dirty_day IS 'Days of the tenant''s zone whose calls have changed since their rollups were made.';

CREATE TABLE rollup_call_quarter (
    tenant_id integer NOT NULL,
    bucket_start timestamptz NOT NULL,
    direction text NOT NULL,
    ddi text NOT NULL DEFAULT '',
    contact_group text NOT NULL DEFAULT '',
    total bigint NOT NULL,
    incoming bigint NOT NULL,
    outgoing bigint NOT NULL,
    internal bigint NOT NULL,
    presented bigint NOT NULL,
    in_progress bigint NOT NULL,
    short_calls bigint NOT NULL,
    offered bigint NOT NULL,
    answered bigint NOT NULL,
    answered_outside bigint NOT NULL,
    answered_in_target bigint NOT NULL,
    missed bigint NOT NULL,
    conversations bigint NOT NULL,
    duration_seconds bigint NOT NULL,
    ring_seconds bigint NOT NULL,
    wait_seconds bigint NOT NULL,
    talk_seconds bigint NOT NULL,
    hold_seconds bigint NOT NULL,
    answer_wait_seconds bigint NOT NULL,
    offered_wait_seconds bigint NOT NULL,
    longest_wait_seconds integer NOT NULL
);
CREATE UNIQUE INDEX rollup_call_quarter_once
    ON rollup_call_quarter (tenant_id, bucket_start, direction, ddi, contact_group);

CREATE TABLE rollup_visit_quarter (
    tenant_id integer NOT NULL,
    bucket_start timestamptz NOT NULL,
    contact_group text NOT NULL,
    group_kind text NOT NULL,
    presented bigint NOT NULL,
    in_progress bigint NOT NULL,
    short_calls bigint NOT NULL,
    offered bigint NOT NULL,
    answered bigint NOT NULL,
    answered_direct bigint NOT NULL,
    answered_after_overflow bigint NOT NULL,
    answered_in_target bigint NOT NULL,
    overflowed bigint NOT NULL,
    abandoned bigint NOT NULL,
    missed bigint NOT NULL,
    wait_seconds bigint NOT NULL,
    talk_seconds bigint NOT NULL,
    answer_wait_seconds bigint NOT NULL,
    longest_wait_seconds integer NOT NULL
);
CREATE UNIQUE INDEX rollup_visit_quarter_once
    ON rollup_visit_quarter (tenant_id, bucket_start, contact_group, group_kind);

CREATE TABLE rollup_extension_day (
    tenant_id integer NOT NULL,
    local_day date NOT NULL,
    extension text NOT NULL,
    direction text NOT NULL,
    person_id integer NOT NULL DEFAULT 0,
    site_id integer NOT NULL DEFAULT 0,
    division_id integer NOT NULL DEFAULT 0,
    department_id integer NOT NULL DEFAULT 0,
    cost_centre_id integer NOT NULL DEFAULT 0,
    total bigint NOT NULL,
    incoming bigint NOT NULL,
    outgoing bigint NOT NULL,
    internal bigint NOT NULL,
    missed bigint NOT NULL,
    conversations bigint NOT NULL,
    rings bigint NOT NULL,
    talk_seconds bigint NOT NULL,
    hold_seconds bigint NOT NULL,
    ring_seconds bigint NOT NULL,
    counted_ring_seconds bigint NOT NULL
);
CREATE UNIQUE INDEX rollup_extension_day_once ON rollup_extension_day (
    tenant_id, local_day, extension, direction, person_id, site_id, division_id, department_id, cost_centre_id
);
