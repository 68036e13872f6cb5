-- A report that was made in the background shows what its owner was allowed to see when it was made. With the rights ends
-- the result: it is no longer listed, and its file goes with the next round.

ALTER TABLE report_run ADD COLUMN rights text;
COMMENT ON COLUMN report_run.rights IS 'What its owner was allowed to see when its making began, as a hash.';

-- Of all that decides which rows somebody sees and how much of them; and of what was taken out of them for good.
CREATE FUNCTION rights_of(run report_run) RETURNS text
    LANGUAGE sql STABLE SET search_path = store, pg_temp
    AS $$
        SELECT encode(sha256(convert_to(jsonb_build_array(
            (SELECT jsonb_agg(jsonb_build_array(m.unit_id, m.group_id, m.person_id)
                              ORDER BY m.unit_id, m.group_id, m.person_id)
             FROM store.access_scope_member m WHERE m.tenant_id = run.tenant_id AND m.scope_id = run.scope_id),
            (SELECT a.role FROM store.account a WHERE a.account_id = run.account_id),
            (SELECT jsonb_build_array(s.masked_roles, s.masked_digits, s.customers_masked, s.smallest_group)
             FROM store.privacy_setting s WHERE s.tenant_id = run.tenant_id),
            (SELECT max(p.act_id) FROM store.privacy_act p
             WHERE p.tenant_id = run.tenant_id AND p.kind IN ('number_erased', 'person_erased', 'person_archived'))
        )::text, 'UTF8')), 'hex')
    $$;

UPDATE report_run r SET rights = rights_of(r) WHERE r.state IN ('running', 'done');

CREATE OR REPLACE FUNCTION report.runs_of(owner text)
    RETURNS TABLE (
        run_id uuid, report text, asked jsonb, form text, flavour text, state text, created_at timestamptz,
        finished_at timestamptz, expires_at timestamptz, rows_done bigint, rows_total bigint, size_bytes bigint,
        problem text, problem_values jsonb
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT r.run_id, r.report, r.asked, r.form, r.flavour, r.state, r.created_at, r.finished_at, r.expires_at,
               r.rows_done, r.rows_total, r.size_bytes, r.problem, r.problem_values
        FROM store.report_run r
        WHERE r.owner = runs_of.owner AND r.tenant_id = report.current_tenant()
          AND r.scope_id IS NOT DISTINCT FROM report.current_scope()
          AND r.expires_at > now() AND report.is_report_generator()
          AND (r.state <> 'done' OR r.rights = store.rights_of(r))
        ORDER BY r.created_at DESC, r.run_id
    $$;

CREATE OR REPLACE FUNCTION report.claim_run(lost_after interval, most_claims integer, reason text)
    RETURNS TABLE (
        run_id uuid, claim_id uuid, tenant_id integer, scope_id integer, account_id integer, actor text, address text,
        report text, asked jsonb, form text, flavour text, language text
    )
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            next store.report_run;
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN;
            END IF;
            UPDATE store.report_run r
                SET state = 'failed', claim_id = NULL, finished_at = now(),
                    problem = claim_run.reason
                WHERE r.state = 'running' AND r.beat_at < now() - lost_after AND r.claims >= most_claims;
            SELECT r.* INTO next FROM store.report_run r
                WHERE r.expires_at > now()
                  AND (r.state = 'waiting' OR (r.state = 'running' AND r.beat_at < now() - lost_after))
                ORDER BY (SELECT count(*) FROM store.report_run other
                          WHERE other.tenant_id = r.tenant_id AND other.state = 'running'), r.created_at
                LIMIT 1 FOR UPDATE SKIP LOCKED;
            IF next.run_id IS NULL THEN
                RETURN;
            END IF;
            next.claim_id := gen_random_uuid();
            UPDATE store.report_run r
                SET state = 'running', claim_id = next.claim_id, claims = r.claims + 1, beat_at = now(),
                    rows_done = 0, rows_total = NULL, rights = store.rights_of(r)
                WHERE r.run_id = next.run_id;
            RETURN QUERY SELECT next.run_id, next.claim_id, next.tenant_id, next.scope_id, next.account_id, next.actor,
                next.address, next.report, next.asked, next.form, next.flavour, next.language;
        END
    $$;

CREATE OR REPLACE FUNCTION report.keep_runs(files uuid[]) RETURNS uuid[]
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN files;
            END IF;
            DELETE FROM store.report_run r WHERE r.expires_at <= now();
            RETURN ARRAY(SELECT r.run_id FROM store.report_run r
                         WHERE r.run_id = ANY (files)
                           AND (r.state = 'running' OR (r.state = 'done' AND r.rights = store.rights_of(r))));
        END
    $$;

-- How far back a state can have begun, in seconds and not in days: two days of a session's own zone can be an hour shorter
-- or longer, and files for programs are written in the tenant's.

CREATE OR REPLACE VIEW report.agent_state_reach WITH (security_barrier) AS
    SELECT (SELECT report.current_tenant()) AS tenant_id,
           (SELECT interval '1 second' * extract(epoch FROM max(until_at - from_at)) FROM store.agent_state
            WHERE tenant_id = (SELECT report.current_tenant()) AND state <> 'signed_out') AS longest,
           (SELECT min(from_at) FROM store.agent_state
            WHERE tenant_id = (SELECT report.current_tenant()) AND until_at IS NULL AND state <> 'signed_out')
               AS open_since;

CREATE OR REPLACE VIEW report.device_state_reach WITH (security_barrier) AS
    SELECT (SELECT report.current_tenant()) AS tenant_id,
           (SELECT interval '1 second' * extract(epoch FROM max(until_at - from_at)) FROM store.device_state
            WHERE tenant_id = (SELECT report.current_tenant())) AS longest,
           (SELECT min(from_at) FROM store.device_state
            WHERE tenant_id = (SELECT report.current_tenant()) AND until_at IS NULL) AS open_since;
