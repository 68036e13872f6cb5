-- Reports that are made in the background: asked for by somebody, claimed by one of the services, given out as a file. The
-- files lie in a directory of the services; here stands what is known of them.

CREATE TABLE report_run (
    run_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    scope_id integer,
    owner text NOT NULL,
    account_id integer,
    actor text NOT NULL,
    address text NOT NULL,
    report text NOT NULL,
    asked jsonb NOT NULL CHECK (pg_column_size(asked) < 100000),
    form text NOT NULL,
    flavour text NOT NULL,
    language text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    claim_id uuid,
    claims integer NOT NULL DEFAULT 0,
    beat_at timestamptz,
    finished_at timestamptz,
    rows_done bigint NOT NULL DEFAULT 0,
    rows_total bigint,
    size_bytes bigint,
    problem text,
    problem_values jsonb,
    CHECK ((state = 'running') = (claim_id IS NOT NULL))
);
COMMENT ON COLUMN report_run.scope_id IS 'What part of the tenant it is about; null: all of it.';
COMMENT ON COLUMN report_run.owner IS 'Who alone may see it: an account or a token.';
COMMENT ON COLUMN report_run.asked IS 'Days, filters, columns and order, by the names that the API has for them.';
COMMENT ON COLUMN report_run.claim_id IS 'Of whoever makes it; another one once that is taken for lost.';
COMMENT ON COLUMN report_run.claims IS 'How often it was begun.';
COMMENT ON COLUMN report_run.beat_at IS 'When its maker last showed that it lives.';
COMMENT ON COLUMN report_run.problem IS 'Why it failed: a sentence in English, with names in braces for its values.';
CREATE INDEX report_run_open ON report_run (created_at) WHERE state IN ('waiting', 'running');
CREATE INDEX report_run_owner ON report_run (tenant_id, owner);
CREATE INDEX report_run_expiry ON report_run (expires_at);

-- Null when the tenant has so many waiting already.
CREATE FUNCTION report.request_run(
    owner text, account_id integer, actor text, address text, report text, asked jsonb, form text, flavour text,
    language text, lifetime interval, most_open integer
) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        INSERT INTO store.report_run
            (tenant_id, scope_id, owner, account_id, actor, address, report, asked, form, flavour, language, expires_at)
        SELECT report.current_tenant(), report.current_scope(), request_run.owner, request_run.account_id,
               request_run.actor, request_run.address, request_run.report, request_run.asked, request_run.form,
               request_run.flavour, request_run.language, now() + lifetime
        WHERE report.is_report_generator() AND report.current_tenant() IS NOT NULL
          AND most_open > (SELECT count(*) FROM store.report_run r
                           WHERE r.tenant_id = report.current_tenant() AND r.state IN ('waiting', 'running'))
        RETURNING run_id
    $$;

-- The owner's, newest first; not those of another scope than he has now.
CREATE FUNCTION report.runs_of(owner text)
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
        ORDER BY r.created_at DESC, r.run_id
    $$;

CREATE FUNCTION report.cancel_run(run_id uuid, owner text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            UPDATE store.report_run r SET state = 'cancelled', claim_id = NULL, finished_at = now()
                WHERE r.run_id = cancel_run.run_id AND r.owner = cancel_run.owner
                  AND r.tenant_id = report.current_tenant() AND r.state IN ('waiting', 'running')
                  AND report.is_report_generator();
            RETURN found;
        END
    $$;

CREATE FUNCTION report.delete_run(run_id uuid, owner text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            DELETE FROM store.report_run r
                WHERE r.run_id = delete_run.run_id AND r.owner = delete_run.owner
                  AND r.tenant_id = report.current_tenant() AND r.state NOT IN ('waiting', 'running')
                  AND report.is_report_generator();
            RETURN found;
        END
    $$;

-- The next to be made: of the tenant that has the fewest being made, the oldest. One whose maker has not shown itself for
-- so long is taken up again; after so many times it has failed, for the reason given.
CREATE FUNCTION report.claim_run(lost_after interval, most_claims integer, reason text)
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
                    rows_done = 0, rows_total = NULL
                WHERE r.run_id = next.run_id;
            RETURN QUERY SELECT next.run_id, next.claim_id, next.tenant_id, next.scope_id, next.account_id, next.actor,
                next.address, next.report, next.asked, next.form, next.flavour, next.language;
        END
    $$;

-- False when the run is not the caller's to make any more: cancelled, or taken up by another.
CREATE FUNCTION report.beat_run(claim_id uuid, rows_done bigint, rows_total bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            UPDATE store.report_run r
                SET beat_at = now(), rows_done = beat_run.rows_done, rows_total = beat_run.rows_total
                WHERE r.claim_id = beat_run.claim_id AND report.is_report_generator();
            RETURN found;
        END
    $$;

-- With a problem it failed.
CREATE FUNCTION report.finish_run(
    claim_id uuid, rows_done bigint, size_bytes bigint, problem text, problem_values jsonb
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            UPDATE store.report_run r
                SET state = CASE WHEN finish_run.problem IS NULL THEN 'done' ELSE 'failed' END, claim_id = NULL,
                    finished_at = now(), rows_done = finish_run.rows_done, size_bytes = finish_run.size_bytes,
                    problem = finish_run.problem, problem_values = finish_run.problem_values
                WHERE r.claim_id = finish_run.claim_id AND report.is_report_generator();
            RETURN found;
        END
    $$;

-- Of a service that ends in order: another takes it up at once.
CREATE FUNCTION report.release_run(claim_id uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        UPDATE store.report_run r SET state = 'waiting', claim_id = NULL, claims = r.claims - 1
        WHERE r.claim_id = release_run.claim_id AND report.is_report_generator()
    $$;

-- Which of these files are still wanted: their run is being made, or done. What is too old goes.
CREATE FUNCTION report.keep_runs(files uuid[]) RETURNS uuid[]
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN files;
            END IF;
            DELETE FROM store.report_run r WHERE r.expires_at <= now();
            RETURN ARRAY(SELECT r.run_id FROM store.report_run r
                         WHERE r.run_id = ANY (files) AND r.state IN ('running', 'done'));
        END
    $$;
