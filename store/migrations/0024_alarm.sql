-- Alarms: a tenant's thresholds on figures of now and of today. Grafana's rules join report.alarm, so that a changed
-- threshold holds from the next evaluation on and touches no rule.

CREATE TABLE alarm (
    alarm_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    kind text NOT NULL
        CHECK (kind IN ('queue_length', 'longest_wait', 'gos', 'unreturned', 'no_agent', 'no_data')),
    name text CHECK (name <> '' AND length(name) <= 100),
    contact_group text,
    ddi text CHECK (ddi ~ '^\+[0-9]{3,15}$'),
    limit_value numeric NOT NULL CHECK (limit_value BETWEEN 0 AND 1000000),
    recovery_value numeric NOT NULL CHECK (recovery_value BETWEEN 0 AND 1000000),
    for_minutes smallint NOT NULL DEFAULT 0 CHECK (for_minutes IN (0, 1, 2, 5, 10, 15, 30, 60)),
    least_offered integer NOT NULL DEFAULT 1 CHECK (least_offered >= 1),
    working_hours_only boolean NOT NULL DEFAULT true,
    enabled boolean NOT NULL DEFAULT true,
    mail_to text[] NOT NULL DEFAULT '{}' CHECK (cardinality(mail_to) <= 50),
    settings jsonb NOT NULL DEFAULT '{}'
        CHECK (settings - ARRAY['webhook', 'teams', 'slack'] = '{}')
        -- Services inside the installation speak plain HTTP: none of them can be reached as a webhook.
        CHECK (NOT jsonb_path_exists(settings, '$.* ? (!(@ like_regex "^https://"))')),
    CHECK (num_nonnulls(contact_group, ddi) <= 1),
    CHECK (CASE WHEN kind IN ('gos', 'no_agent') THEN recovery_value >= limit_value
                ELSE recovery_value <= limit_value END),
    CHECK (CASE kind WHEN 'no_data' THEN num_nonnulls(contact_group, ddi) = 0 WHEN 'no_agent' THEN ddi IS NULL
                ELSE true END)
);
COMMENT ON COLUMN alarm.contact_group IS
    'Of this group only, by its PBX name. Without a group and a line: of every queue by itself (queue_length, '
    'longest_wait, no_agent), or of the whole tenant (gos, unreturned, no_data).';
COMMENT ON COLUMN alarm.limit_value IS
    'Rings above it; gos and no_agent ring below it. Callers, seconds, per cent, minutes of open hours, agents, minutes.';
COMMENT ON COLUMN alarm.recovery_value IS 'Rings on until the figure is back here.';
COMMENT ON COLUMN alarm.for_minutes IS 'Rings only when it lasts so long.';
COMMENT ON COLUMN alarm.least_offered IS 'Of gos: with fewer calls offered today the share says nothing.';
COMMENT ON COLUMN alarm.settings IS 'Kind of channel (webhook, teams, slack) → its address, which is a secret.';
CREATE INDEX ON alarm (tenant_id);
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON alarm FOR EACH ROW EXECUTE FUNCTION audit_change();

-- The calendar of store/calendar.py in SQL: of the first of the lines that has hours of its own, else of the tenant.
CREATE FUNCTION report.open_seconds(begins timestamptz, ends timestamptz, lines text[]) RETURNS numeric
    LANGUAGE sql STABLE SET search_path = report, pg_temp
    AS $$
        WITH line AS (
            SELECT wanted.line
            FROM unnest(lines || ''::text) WITH ORDINALITY AS wanted (line, place)
            WHERE EXISTS (SELECT FROM report.working_hours AS hours WHERE hours.line = wanted.line)
            ORDER BY wanted.place LIMIT 1
        ), day AS (
            SELECT series.midnight::date AS day, tenant.time_zone
            FROM report.tenant, generate_series(
                (begins AT TIME ZONE tenant.time_zone)::date::timestamp,
                (ends AT TIME ZONE tenant.time_zone)::date::timestamp, '1 day'
            ) AS series (midnight)
            WHERE begins < ends
              AND NOT EXISTS (SELECT FROM report.holiday WHERE holiday.day = series.midnight::date)
        ), opening AS (
            SELECT (day.day + hours.opens) AT TIME ZONE day.time_zone AS opens,
                   (day.day + hours.closes) AT TIME ZONE day.time_zone AS closes
            FROM day JOIN report.working_hours AS hours ON hours.weekday = extract(isodow FROM day.day)
            WHERE hours.line = (SELECT line.line FROM line)
            UNION ALL
            SELECT day.day::timestamp AT TIME ZONE day.time_zone,
                   (day.day + 1)::timestamp AT TIME ZONE day.time_zone
            FROM day WHERE NOT EXISTS (SELECT FROM line)
        )
        SELECT coalesce(sum(extract(epoch FROM least(ends, closes) - greatest(begins, opens)))
                        FILTER (WHERE least(ends, closes) > greatest(begins, opens)), 0)
        FROM opening
    $$;
COMMENT ON FUNCTION report.open_seconds(timestamptz, timestamptz, text[]) IS
    'Seconds between two moments that fall in open hours of the reader''s tenant; holidays are closed.';

CREATE FUNCTION report.is_open(at timestamptz, lines text[]) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = report, pg_temp
    AS $$
        SELECT report.open_seconds(is_open.at, is_open.at + interval '1 microsecond', lines) > 0
    $$;

CREATE VIEW report.alarm WITH (security_barrier) AS
    SELECT alarm.alarm_id, alarm.tenant_id, alarm.kind, alarm.name, alarm.contact_group, alarm.ddi,
           alarm.limit_value, alarm.recovery_value, alarm.for_minutes, alarm.least_offered,
           alarm.working_hours_only, alarm.enabled
    FROM store.alarm
    WHERE alarm.tenant_id = (SELECT report.current_tenant())
      AND ((SELECT report.current_scope()) IS NULL
           OR alarm.contact_group = ANY ((SELECT report.scope_groups())::text[]));
COMMENT ON VIEW report.alarm IS 'Without the recipients: whoever may look at a board may read all of it.';

-- For the portal, with the recipients.
CREATE FUNCTION report.alarms() RETURNS SETOF store.alarm
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT alarm.* FROM store.alarm
        WHERE alarm.tenant_id = report.current_tenant() AND report.is_report_generator()
          AND (report.current_scope() IS NULL OR alarm.contact_group = ANY (report.scope_groups()))
        ORDER BY alarm.alarm_id
    $$;

-- Makes an alarm of the session's tenant (without an id) or changes one; null when there is none to change.
CREATE FUNCTION report.save_alarm(
    alarm_id integer, kind text, name text, contact_group text, ddi text, limit_value numeric, recovery_value numeric,
    for_minutes integer, least_offered integer, working_hours_only boolean, enabled boolean, mail_to text[],
    settings jsonb
) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            saved integer;
        BEGIN
            IF NOT report.is_report_generator() OR report.current_scope() IS NOT NULL THEN
                RETURN NULL;
            END IF;
            IF alarm_id IS NULL THEN
                INSERT INTO store.alarm AS a
                    (tenant_id, kind, name, contact_group, ddi, limit_value, recovery_value, for_minutes,
                     least_offered, working_hours_only, enabled, mail_to, settings)
                VALUES (report.current_tenant(), kind, name, contact_group, ddi, limit_value, recovery_value,
                        for_minutes, least_offered, working_hours_only, enabled, mail_to, settings)
                RETURNING a.alarm_id INTO saved;
            ELSE
                UPDATE store.alarm AS a
                SET kind = save_alarm.kind, name = save_alarm.name, contact_group = save_alarm.contact_group,
                    ddi = save_alarm.ddi, limit_value = save_alarm.limit_value,
                    recovery_value = save_alarm.recovery_value, for_minutes = save_alarm.for_minutes,
                    least_offered = save_alarm.least_offered, working_hours_only = save_alarm.working_hours_only,
                    enabled = save_alarm.enabled, mail_to = save_alarm.mail_to, settings = save_alarm.settings
                WHERE a.alarm_id = save_alarm.alarm_id AND a.tenant_id = report.current_tenant()
                RETURNING a.alarm_id INTO saved;
            END IF;
            RETURN saved;
        END
    $$;

CREATE FUNCTION report.delete_alarm(alarm_id integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            DELETE FROM store.alarm AS a
            WHERE a.alarm_id = delete_alarm.alarm_id AND a.tenant_id = report.current_tenant()
              AND report.is_report_generator() AND report.current_scope() IS NULL;
            RETURN found;
        END
    $$;
