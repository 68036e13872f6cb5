-- What "now" means, once for boards, portal and gauges: a PBX that nobody hears has no state of now, so its rows
-- stay out and no number from before is taken for the present one.

CREATE VIEW report.heard_pbx WITH (security_barrier) AS
    SELECT tenant_id, pbx_id FROM report.live_pbx
    WHERE connected AND updated_at > now() - interval '30 seconds';

CREATE VIEW report.call_now WITH (security_barrier) AS
    SELECT tenant_id, pbx_id, call, min(direction) AS direction, min(started_at) AS started_at,
           bool_or(state IN ('talking', 'held')) AS talking
    FROM report.live_call JOIN report.heard_pbx USING (tenant_id, pbx_id)
    GROUP BY tenant_id, pbx_id, call;
COMMENT ON VIEW report.call_now IS 'One row per call that rings or talks, however many devices it has.';

CREATE VIEW report.device_now WITH (security_barrier) AS
    SELECT live_call.*, greatest(extract(epoch FROM now() - state_since)::integer, 0) AS state_seconds
    FROM report.live_call JOIN report.heard_pbx USING (tenant_id, pbx_id);
COMMENT ON VIEW report.device_now IS 'One row per device that rings or talks.';

CREATE VIEW report.waiting_now WITH (security_barrier) AS
    SELECT live_waiting.*, greatest(extract(epoch FROM now() - entered_at)::integer, 0) AS wait_seconds
    FROM report.live_waiting JOIN report.heard_pbx USING (tenant_id, pbx_id);

CREATE VIEW report.agent_queue_now WITH (security_barrier) AS
    SELECT live_agent.*,
           array_position(
               ARRAY['busy', 'ringing', 'wrap_up', 'available', 'unavailable', 'signed_out'], state
           ) AS state_rank,
           greatest(extract(epoch FROM now() - state_since)::integer, 0) AS state_seconds
    FROM report.live_agent JOIN report.heard_pbx USING (tenant_id, pbx_id);
COMMENT ON VIEW report.agent_queue_now IS
    'An agent in each of its queues. Over several queues its state is the one of the lowest rank: busy in one is '
    'busy, and ready in one is available.';

CREATE VIEW report.agent_now WITH (security_barrier) AS
    SELECT DISTINCT ON (tenant_id, pbx_id, agent)
           tenant_id, pbx_id, agent, extension, state, reason, state_since, state_seconds
    FROM report.agent_queue_now
    ORDER BY tenant_id, pbx_id, agent, state_rank, state_since;
COMMENT ON VIEW report.agent_now IS 'An agent''s one state over all its queues.';
