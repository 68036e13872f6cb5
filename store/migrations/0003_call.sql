-- All durations are whole seconds, rounded once, when the call is built: so the figures that a reader adds up
-- on paper are the figures that the database added up.

CREATE TABLE call_key (
    pbx_id integer NOT NULL,
    ref text NOT NULL,
    tenant_id integer NOT NULL,
    call_id uuid NOT NULL,
    started_at timestamptz NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (pbx_id, ref)
);
COMMENT ON TABLE call_key IS
    'Which call a PBX''s identity (of a call or of a connection) belongs to, and within which times its events lie.';
CREATE INDEX ON call_key (call_id);

CREATE TABLE call (
    tenant_id integer NOT NULL,
    started_at timestamptz NOT NULL,
    call_id uuid NOT NULL,
    pbx_id integer NOT NULL,
    call_ref text NOT NULL,
    direction text NOT NULL,
    outcome text NOT NULL,
    caller_number text,
    caller_name text,
    withheld boolean NOT NULL,
    called_number text,
    outside_number text,
    ddi text,
    extension text,
    answered_by text,
    person_id integer,
    site_id integer,
    division_id integer,
    department_id integer,
    cost_centre_id integer,
    contact_group text,
    customer_id integer,
    answered_at timestamptz,
    ended_at timestamptz,
    duration_seconds integer NOT NULL,
    ring_seconds integer NOT NULL,
    wait_seconds integer NOT NULL,
    talk_seconds integer NOT NULL,
    hold_seconds integer NOT NULL,
    answer_target_seconds integer NOT NULL,
    transfers smallint NOT NULL,
    ended_by text,
    area_code text,
    destination text,
    country text,
    phase text,
    inferred boolean NOT NULL,
    -- What is counted: each figure's condition stands here and nowhere else.
    total smallint GENERATED ALWAYS AS (CASE WHEN outcome <> 'in_progress' THEN 1 ELSE 0 END) STORED,
    incoming smallint GENERATED ALWAYS AS
        (CASE WHEN outcome <> 'in_progress' AND direction = 'incoming' THEN 1 ELSE 0 END) STORED,
    outgoing smallint GENERATED ALWAYS AS
        (CASE WHEN outcome <> 'in_progress' AND direction = 'outgoing' THEN 1 ELSE 0 END) STORED,
    internal smallint GENERATED ALWAYS AS
        (CASE WHEN outcome <> 'in_progress' AND direction = 'internal' THEN 1 ELSE 0 END) STORED,
    presented smallint GENERATED ALWAYS AS (CASE WHEN direction = 'incoming' THEN 1 ELSE 0 END) STORED,
    in_progress smallint GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND outcome = 'in_progress' THEN 1 ELSE 0 END) STORED,
    short_calls smallint GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND outcome = 'short_abandoned' THEN 1 ELSE 0 END) STORED,
    offered smallint GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND outcome NOT IN ('in_progress', 'short_abandoned')
              THEN 1 ELSE 0 END) STORED,
    answered smallint GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND outcome = 'answered' THEN 1 ELSE 0 END) STORED,
    answered_outside smallint GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND outcome = 'answered_outside' THEN 1 ELSE 0 END) STORED,
    answered_in_target smallint GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND outcome = 'answered' AND wait_seconds <= answer_target_seconds
              THEN 1 ELSE 0 END) STORED,
    missed smallint GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming'
                   AND outcome IN ('abandoned', 'voicemail', 'busy', 'timed_out', 'closed', 'failed')
              THEN 1 ELSE 0 END) STORED,
    conversations smallint GENERATED ALWAYS AS
        (CASE WHEN outcome IN ('answered', 'answered_outside') THEN 1 ELSE 0 END) STORED,
    answer_wait_seconds integer GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND outcome = 'answered' THEN wait_seconds ELSE 0 END) STORED,
    offered_wait_seconds integer GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND outcome NOT IN ('in_progress', 'short_abandoned')
              THEN wait_seconds ELSE 0 END) STORED
);
COMMENT ON COLUMN call.started_at IS 'First dialling or ringing: the call belongs to the interval of this time.';
COMMENT ON COLUMN call.outside_number IS 'E.164 of the outside party; null when withheld or not a public number.';
COMMENT ON COLUMN call.ddi IS 'E.164 of the direct number that an incoming call came in on.';
COMMENT ON COLUMN call.extension IS 'Of outgoing and internal calls the caller''s; of incoming ones the first that answered, else the first that was rung.';
COMMENT ON COLUMN call.answered_by IS 'The first extension where a person answered.';
COMMENT ON COLUMN call.contact_group IS 'PBX name of the first queue or hunt group that the call came to.';
COMMENT ON COLUMN call.duration_seconds IS 'Answer to end; 0 when nobody answered.';
COMMENT ON COLUMN call.wait_seconds IS 'From first ring or entry to the queue to the answer or to giving up.';
COMMENT ON COLUMN call.talk_seconds IS 'In conversation with a person, hold included.';
COMMENT ON COLUMN call.inferred IS 'The end was not heard but concluded from other evidence.';
CREATE UNIQUE INDEX call_once ON call (tenant_id, call_id, started_at);
CREATE INDEX call_time ON call (tenant_id, started_at DESC);

CREATE TABLE leg (
    tenant_id integer NOT NULL,
    started_at timestamptz NOT NULL,
    call_id uuid NOT NULL,
    leg_number smallint NOT NULL,
    connection text NOT NULL,
    kind text NOT NULL,
    role text NOT NULL,
    direction text NOT NULL,
    outcome text NOT NULL,
    extension text,
    agent text,
    person_id integer,
    site_id integer,
    division_id integer,
    department_id integer,
    cost_centre_id integer,
    contact_group text,
    number text,
    outside_number text,
    ddi text,
    offered_at timestamptz NOT NULL,
    answered_at timestamptz,
    ended_at timestamptz,
    ring_seconds integer NOT NULL,
    talk_seconds integer NOT NULL,
    hold_seconds integer NOT NULL,
    inferred boolean NOT NULL,
    total smallint GENERATED ALWAYS AS
        (CASE WHEN outcome NOT IN ('in_progress', 'answered_elsewhere') THEN 1 ELSE 0 END) STORED,
    incoming smallint GENERATED ALWAYS AS
        (CASE WHEN outcome NOT IN ('in_progress', 'answered_elsewhere') AND direction = 'incoming'
              THEN 1 ELSE 0 END) STORED,
    outgoing smallint GENERATED ALWAYS AS
        (CASE WHEN outcome NOT IN ('in_progress', 'answered_elsewhere') AND direction = 'outgoing'
              THEN 1 ELSE 0 END) STORED,
    internal smallint GENERATED ALWAYS AS
        (CASE WHEN outcome NOT IN ('in_progress', 'answered_elsewhere') AND direction = 'internal'
              THEN 1 ELSE 0 END) STORED,
    missed smallint GENERATED ALWAYS AS
        (CASE WHEN direction = 'incoming' AND role = 'called' AND outcome = 'missed' THEN 1 ELSE 0 END) STORED,
    conversations smallint GENERATED ALWAYS AS
        (CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END) STORED,
    rings smallint GENERATED ALWAYS AS
        (CASE WHEN role = 'called' AND outcome NOT IN ('in_progress', 'answered_elsewhere') THEN 1 ELSE 0 END) STORED,
    counted_ring_seconds integer GENERATED ALWAYS AS
        (CASE WHEN role = 'called' AND outcome NOT IN ('in_progress', 'answered_elsewhere')
              THEN ring_seconds ELSE 0 END) STORED
);
COMMENT ON TABLE leg IS 'One party''s part of a call.';
COMMENT ON COLUMN leg.started_at IS 'The call''s start, so that a leg is reported with its call.';
COMMENT ON COLUMN leg.direction IS 'The call''s.';
COMMENT ON COLUMN leg.number IS 'Of the party on this leg: an extension''s own number, or the outside number.';
COMMENT ON COLUMN leg.total IS 'A parallel ring that another took is no call for this extension.';
CREATE UNIQUE INDEX leg_once ON leg (tenant_id, call_id, leg_number, started_at);
CREATE INDEX leg_time ON leg (tenant_id, started_at DESC);
CREATE INDEX leg_extension ON leg (tenant_id, extension, started_at DESC) WHERE extension IS NOT NULL;

CREATE TABLE visit (
    tenant_id integer NOT NULL,
    started_at timestamptz NOT NULL,
    call_id uuid NOT NULL,
    visit_number smallint NOT NULL,
    group_kind text NOT NULL,
    contact_group text NOT NULL,
    ddi text,
    direction text NOT NULL,
    outcome text NOT NULL,
    entered_at timestamptz NOT NULL,
    answered_at timestamptz,
    left_at timestamptz,
    overflowed_from text,
    agent text,
    extension text,
    wait_seconds integer NOT NULL,
    ring_seconds integer NOT NULL,
    talk_seconds integer NOT NULL,
    answer_target_seconds integer NOT NULL,
    short_call_seconds integer NOT NULL,
    inferred boolean NOT NULL,
    presented smallint GENERATED ALWAYS AS (1) STORED,
    in_progress smallint GENERATED ALWAYS AS (CASE WHEN outcome = 'in_progress' THEN 1 ELSE 0 END) STORED,
    short_calls smallint GENERATED ALWAYS AS
        (CASE WHEN outcome = 'abandoned' AND wait_seconds < short_call_seconds THEN 1 ELSE 0 END) STORED,
    offered smallint GENERATED ALWAYS AS
        (CASE WHEN outcome = 'in_progress' OR (outcome = 'abandoned' AND wait_seconds < short_call_seconds)
              THEN 0 ELSE 1 END) STORED,
    answered smallint GENERATED ALWAYS AS (CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END) STORED,
    answered_direct smallint GENERATED ALWAYS AS
        (CASE WHEN outcome = 'answered' AND overflowed_from IS NULL THEN 1 ELSE 0 END) STORED,
    answered_after_overflow smallint GENERATED ALWAYS AS
        (CASE WHEN outcome = 'answered' AND overflowed_from IS NOT NULL THEN 1 ELSE 0 END) STORED,
    answered_in_target smallint GENERATED ALWAYS AS
        (CASE WHEN outcome = 'answered' AND wait_seconds <= answer_target_seconds THEN 1 ELSE 0 END) STORED,
    overflowed smallint GENERATED ALWAYS AS (CASE WHEN outcome = 'overflowed' THEN 1 ELSE 0 END) STORED,
    abandoned smallint GENERATED ALWAYS AS
        (CASE WHEN outcome = 'abandoned' AND wait_seconds >= short_call_seconds THEN 1 ELSE 0 END) STORED,
    missed smallint GENERATED ALWAYS AS
        (CASE WHEN outcome IN ('timed_out', 'left_empty', 'left_by_key', 'transferred')
                   OR (outcome = 'abandoned' AND wait_seconds >= short_call_seconds)
              THEN 1 ELSE 0 END) STORED,
    answer_wait_seconds integer GENERATED ALWAYS AS
        (CASE WHEN outcome = 'answered' THEN wait_seconds ELSE 0 END) STORED
);
COMMENT ON TABLE visit IS 'One stay of a call in one queue or hunt group.';
COMMENT ON COLUMN visit.started_at IS 'The call''s start.';
COMMENT ON COLUMN visit.overflowed_from IS 'The group that passed the call on to this one.';
CREATE UNIQUE INDEX visit_once ON visit (tenant_id, call_id, visit_number, started_at);
CREATE INDEX visit_time ON visit (tenant_id, started_at DESC);

CREATE TABLE agent_state (
    tenant_id integer NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz,
    pbx_id integer NOT NULL,
    agent text NOT NULL,
    state text NOT NULL,
    reason text,
    call_id uuid,
    inferred boolean NOT NULL
);
COMMENT ON TABLE agent_state IS 'What an agent did: intervals that never overlap; until_at is null for the present one.';
CREATE UNIQUE INDEX agent_state_once ON agent_state (tenant_id, agent, from_at);
CREATE INDEX agent_state_time ON agent_state (tenant_id, from_at DESC);

CREATE TABLE agent_group_session (
    tenant_id integer NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz,
    pbx_id integer NOT NULL,
    agent text NOT NULL,
    contact_group text NOT NULL,
    paused boolean NOT NULL,
    reason text
);
COMMENT ON TABLE agent_group_session IS 'When an agent was signed in to a queue, and whether paused in that queue.';
CREATE UNIQUE INDEX agent_group_session_once ON agent_group_session (tenant_id, agent, contact_group, from_at);

CREATE TABLE device_state (
    tenant_id integer NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz,
    pbx_id integer NOT NULL,
    extension text NOT NULL,
    state text NOT NULL
);
COMMENT ON TABLE device_state IS 'Do-not-disturb per extension: one row for each time it was on.';
CREATE UNIQUE INDEX device_state_once ON device_state (tenant_id, extension, from_at);
