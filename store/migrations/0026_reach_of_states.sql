-- How far back a state can have begun that still lasts: nothing older need be looked at for a day of the past.

CREATE INDEX agent_state_length ON agent_state (tenant_id, (until_at - from_at)) WHERE state <> 'signed_out';
CREATE INDEX agent_state_open ON agent_state (tenant_id, from_at) WHERE until_at IS NULL AND state <> 'signed_out';
CREATE INDEX device_state_length ON device_state (tenant_id, (until_at - from_at));
CREATE INDEX device_state_open ON device_state (tenant_id, from_at) WHERE until_at IS NULL;

CREATE VIEW report.agent_state_reach WITH (security_barrier) AS
    SELECT (SELECT report.current_tenant()) AS tenant_id,
           (SELECT max(until_at - from_at) FROM store.agent_state
            WHERE tenant_id = (SELECT report.current_tenant()) AND state <> 'signed_out') AS longest,
           (SELECT min(from_at) FROM store.agent_state
            WHERE tenant_id = (SELECT report.current_tenant()) AND until_at IS NULL AND state <> 'signed_out')
               AS open_since;
COMMENT ON VIEW report.agent_state_reach IS
    'The longest state of a signed-in agent that has ended, and the begin of the oldest that goes on.';

CREATE VIEW report.device_state_reach WITH (security_barrier) AS
    SELECT (SELECT report.current_tenant()) AS tenant_id,
           (SELECT max(until_at - from_at) FROM store.device_state
            WHERE tenant_id = (SELECT report.current_tenant())) AS longest,
           (SELECT min(from_at) FROM store.device_state
            WHERE tenant_id = (SELECT report.current_tenant()) AND until_at IS NULL) AS open_since;
