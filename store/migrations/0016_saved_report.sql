-- Reports that people keep under names of their own: what they asked, in their own words. It is read anew each time it is
-- run, with the rights of whoever runs it.

ALTER TABLE account ADD UNIQUE (tenant_id, account_id);

CREATE TABLE saved_report (
    saved_report_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    account_id integer NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    report text NOT NULL,
    asked jsonb NOT NULL CHECK (pg_column_size(asked) < 100000),
    shared boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, name),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, account_id) ON DELETE CASCADE
);
COMMENT ON COLUMN saved_report.report IS 'The slug of a report of the catalogue.';
COMMENT ON COLUMN saved_report.asked IS 'Period, filters, columns and order, by the names that the API has for them.';
COMMENT ON COLUMN saved_report.shared IS 'Whether everybody of the tenant who may run the report sees it.';
CREATE INDEX saved_report_tenant ON saved_report (tenant_id);

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON saved_report
    FOR EACH ROW EXECUTE FUNCTION audit_change();

-- Each function asks who is calling, and shows nothing but the session's tenant's: an account's own, and those that
-- are shared. Without an account (a program's token) there are only those.
CREATE FUNCTION report.saved_reports(account_id integer)
    RETURNS TABLE (
        saved_report_id uuid, name text, report text, asked jsonb, shared boolean, owner text, own boolean,
        changed_at timestamptz
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT s.saved_report_id, s.name, s.report, s.asked, s.shared, a.name,
               s.account_id IS NOT DISTINCT FROM saved_reports.account_id, s.changed_at
        FROM store.saved_report s JOIN store.account a USING (tenant_id, account_id)
        WHERE s.tenant_id = report.current_tenant() AND report.is_report_generator()
          AND (s.shared OR s.account_id = saved_reports.account_id)
        ORDER BY lower(s.name), s.saved_report_id
    $$;

CREATE FUNCTION report.save_report(account_id integer, name text, report text, asked jsonb, shared boolean)
    RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        INSERT INTO store.saved_report (tenant_id, account_id, name, report, asked, shared)
        SELECT a.tenant_id, a.account_id, save_report.name, save_report.report, save_report.asked, save_report.shared
        FROM store.account a
        WHERE a.account_id = save_report.account_id AND a.tenant_id = report.current_tenant()
          AND report.is_report_generator()
        RETURNING saved_report_id
    $$;

-- The owner changes his own, whoever watches over the tenant also what is shared in it.
CREATE FUNCTION report.change_saved_report(
    saved_report_id uuid, account_id integer, watches boolean, name text, asked jsonb, shared boolean
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            UPDATE store.saved_report s
                SET name = change_saved_report.name, asked = change_saved_report.asked,
                    shared = change_saved_report.shared, changed_at = now()
                WHERE s.saved_report_id = change_saved_report.saved_report_id
                  AND s.tenant_id = report.current_tenant() AND report.is_report_generator()
                  AND (s.account_id = change_saved_report.account_id OR (s.shared AND watches));
            RETURN found;
        END
    $$;

CREATE FUNCTION report.delete_saved_report(saved_report_id uuid, account_id integer, watches boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            DELETE FROM store.saved_report s
                WHERE s.saved_report_id = delete_saved_report.saved_report_id
                  AND s.tenant_id = report.current_tenant() AND report.is_report_generator()
                  AND (s.account_id = delete_saved_report.account_id OR (s.shared AND watches));
            RETURN found;
        END
    $$;
