COMMENT ON COLUMN touched_call.call IS
    'The call''s identity, or a connection''s where the PBX tells no call; empty: events about the whole PBX.';

-- Events of a connection whose call the PBX does not tell.
CREATE INDEX event_connection ON event (pbx_id, connection, occurred_at) WHERE call = '' AND connection <> '';
-- Events come nearly in order of time: finds a day's among all for next to nothing.
CREATE INDEX event_time ON event USING brin (occurred_at) WITH (autosummarize = on, pages_per_range = 32);

-- Calls that an event about the whole PBX can still end.
CREATE INDEX call_unheard_end ON call (pbx_id, started_at) WHERE outcome = 'in_progress' OR inferred;

CREATE TABLE rebuild (
    tenant_id integer PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    began_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rebuild IS
    'Tenants whose calls, states and rollups are being made again from all events: one that was stopped begins anew.';
