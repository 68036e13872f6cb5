-- What those who run the installation watch of the reports that are made in the background.

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
