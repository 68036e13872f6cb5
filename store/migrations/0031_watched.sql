-- What those who run the installation watch of the reports that are made in the background; and what wakes the set-up of
-- Grafana.

-- By state, of all tenants together: how many, since how many seconds the longest has been in it, and when the last came
-- to an end. Two states are told apart that the queue itself has as one: 'lost', which nobody makes any more although it
-- was begun, and 'refused', which failed because of what was asked for.
CREATE FUNCTION report.run_counts(lost_after interval, own_faults text[])
    RETURNS TABLE (state text, runs bigint, longest_seconds double precision, last_ended_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT told.state, count(*), extract(epoch FROM now() - min(told.since))::double precision,
               max(told.finished_at)
        FROM (
            SELECT r.finished_at,
                   CASE WHEN r.state = 'running' AND r.beat_at < now() - lost_after THEN 'lost'
                        WHEN r.state = 'failed' AND r.problem <> ALL (own_faults) THEN 'refused'
                        ELSE r.state END AS state,
                   CASE WHEN r.state = 'running' THEN r.beat_at ELSE r.created_at END AS since
            FROM store.report_run r
            WHERE r.expires_at > now() AND report.is_report_generator()
        ) AS told
        GROUP BY told.state
    $$;

-- Tells whoever sets up Grafana whose own boards have changed, so that a tile is there at once and not with the next round.
CREATE FUNCTION tell_of_own_board() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            PERFORM pg_notify('gespreksrapportage_own_boards',
                              (CASE WHEN TG_OP = 'DELETE' THEN OLD.account_id ELSE NEW.account_id END)::text);
            RETURN NULL;
        END
    $$;
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON wallboard_view FOR EACH ROW EXECUTE FUNCTION tell_of_own_board();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON tile FOR EACH ROW EXECUTE FUNCTION tell_of_own_board();
