-- What part of a tenant a reader sees: every view of schema report shows rows of the session's scope only. No scope
-- means the whole tenant. What is in a scope follows from the ids on the rows themselves: the organisation as it was
-- when the call was made. docs/access.md says the rules in words; each is written here, and nowhere else.

ALTER TABLE database_login
    ADD COLUMN scope_id integer,
    -- No deletion of a scope may widen what a login sees.
    ADD FOREIGN KEY (tenant_id, scope_id) REFERENCES access_scope (tenant_id, scope_id);
COMMENT ON COLUMN database_login.scope_id IS 'What part of the tenant it may read; null: all of it.';

-- In PL/pgSQL, which keeps its plans: every query over a view asks each of these functions once.
CREATE OR REPLACE FUNCTION report.current_tenant() RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF pg_has_role(session_user, 'gespreksrapportage_report', 'MEMBER') THEN
                RETURN nullif(current_setting('gespreksrapportage.tenant', true), '')::integer;
            END IF;
            RETURN (SELECT tenant_id FROM store.database_login WHERE role_name = session_user);
        END
    $$;

CREATE FUNCTION report.current_scope() RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF pg_has_role(session_user, 'gespreksrapportage_report', 'MEMBER') THEN
                RETURN nullif(current_setting('gespreksrapportage.scope', true), '')::integer;
            END IF;
            RETURN (SELECT scope_id FROM store.database_login WHERE role_name = session_user);
        END
    $$;
COMMENT ON FUNCTION report.current_scope() IS
    'The scope of this session; null: the whole tenant. Only the report generator may name it by a setting.';

-- A scope of another tenant, or one that is gone, has no members: it shows nothing.
CREATE FUNCTION report.scope_units() RETURNS integer[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            scope integer := report.current_scope();
        BEGIN
            IF scope IS NULL THEN
                RETURN NULL;
            END IF;
            RETURN (SELECT array_agg(unit_id) FROM store.access_scope_member
                    WHERE tenant_id = report.current_tenant() AND scope_id = scope AND unit_id IS NOT NULL);
        END
    $$;

CREATE FUNCTION report.scope_persons() RETURNS integer[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            scope integer := report.current_scope();
        BEGIN
            IF scope IS NULL THEN
                RETURN NULL;
            END IF;
            RETURN (SELECT array_agg(person_id) FROM store.access_scope_member
                    WHERE tenant_id = report.current_tenant() AND scope_id = scope AND person_id IS NOT NULL);
        END
    $$;

CREATE FUNCTION report.scope_groups() RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DECLARE
            scope integer := report.current_scope();
        BEGIN
            IF scope IS NULL THEN
                RETURN NULL;
            END IF;
            RETURN (SELECT array_agg(pbx_name)
                    FROM store.access_scope_member JOIN store.contact_group USING (tenant_id, group_id)
                    WHERE tenant_id = report.current_tenant() AND scope_id = scope);
        END
    $$;
COMMENT ON FUNCTION report.scope_groups() IS 'By the names that stand on calls, legs and visits.';

-- What a call touched besides what stands on the call itself: so that a reader's scope is found on the one row.
ALTER TABLE call
    ADD COLUMN also_units integer[],
    ADD COLUMN also_persons integer[],
    ADD COLUMN also_groups text[];
COMMENT ON COLUMN call.also_units IS
    'Sites, divisions, departments and cost centres of further legs; not of a parallel ring that another took.';
COMMENT ON COLUMN call.also_persons IS 'Of the same legs.';
COMMENT ON COLUMN call.also_groups IS 'Of further visits, by PBX name.';

WITH touched AS (
    SELECT l.tenant_id, l.call_id, l.started_at,
           array_agg(DISTINCT u.unit_id) FILTER (
               WHERE u.unit_id IS DISTINCT FROM c.site_id AND u.unit_id IS DISTINCT FROM c.division_id
                 AND u.unit_id IS DISTINCT FROM c.department_id AND u.unit_id IS DISTINCT FROM c.cost_centre_id
           ) AS units,
           array_agg(DISTINCT l.person_id) FILTER (WHERE l.person_id <> coalesce(c.person_id, 0)) AS persons
    FROM call c JOIN leg l USING (tenant_id, call_id, started_at)
        CROSS JOIN unnest(ARRAY[l.site_id, l.division_id, l.department_id, l.cost_centre_id]) AS u (unit_id)
    WHERE l.outcome <> 'answered_elsewhere'
    GROUP BY l.tenant_id, l.call_id, l.started_at
)
UPDATE call SET also_units = array_remove(touched.units, NULL), also_persons = touched.persons
FROM touched
WHERE (call.tenant_id, call.call_id, call.started_at) = (touched.tenant_id, touched.call_id, touched.started_at)
  AND (array_remove(touched.units, NULL) <> '{}' OR touched.persons IS NOT NULL);

UPDATE call SET also_groups = touched.groups
FROM (
    SELECT v.tenant_id, v.call_id, v.started_at, array_agg(DISTINCT v.contact_group) AS groups
    FROM call c JOIN visit v USING (tenant_id, call_id, started_at)
    WHERE v.contact_group IS DISTINCT FROM c.contact_group
    GROUP BY v.tenant_id, v.call_id, v.started_at
) AS touched
WHERE (call.tenant_id, call.call_id, call.started_at) = (touched.tenant_id, touched.call_id, touched.started_at);

-- As whoever asks: it can tell of no call that its caller does not see. Cheap on paper (COST), since it is asked only
-- of sessions that have a scope, and must not change the plans of the others.
CREATE FUNCTION report.call_is_shown(call_id uuid, started_at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE COST 1 SET search_path = store, pg_temp
    AS $$
        SELECT EXISTS (
            SELECT FROM report.call c
            WHERE c.call_id = call_is_shown.call_id AND c.started_at = call_is_shown.started_at
        )
    $$;

DO $$
DECLARE
    whole_tenant text := '(SELECT report.current_scope()) IS NULL';
    units text := 'ANY ((SELECT report.scope_units())::integer[])';
    own_person text := '%1$s.person_id = ANY ((SELECT report.scope_persons())::integer[])';
    own_ids text := format(
        '(%%1$s.site_id = %1$s OR %%1$s.division_id = %1$s OR %%1$s.department_id = %1$s '
        'OR %%1$s.cost_centre_id = %1$s OR %2$s)', units, own_person);
    own_group text := 'this.contact_group = ANY ((SELECT report.scope_groups())::text[])';
    -- An extension, and through it a device or an agent, belongs to whom it belonged to at that moment.
    extension_at text :=
        'EXISTS (SELECT FROM store.extension e WHERE e.tenant_id = this.tenant_id AND e.number = %s '
        'AND e.valid @> %s AND ' || format(own_ids, 'e') || ')';
    agent_at text :=
        'EXISTS (SELECT FROM store.agent a WHERE a.tenant_id = this.tenant_id AND a.pbx_name = %s AND ('
        || format(own_person, 'a')
        || ' OR EXISTS (SELECT FROM store.extension e WHERE e.tenant_id = a.tenant_id AND e.number = a.extension '
        'AND e.valid @> %s AND ' || format(own_ids, 'e') || ')))';
    agent_in_group text :=
        'EXISTS (SELECT FROM store.agent_group_session s WHERE s.tenant_id = this.tenant_id AND s.agent = %s '
        'AND s.contact_group = ANY ((SELECT report.scope_groups())::text[])';
    overlapping text :=
        ' AND s.from_at < coalesce(this.until_at, ''infinity'') AND coalesce(s.until_at, ''infinity'') > this.from_at)';
    view_name text;
    in_scope text;
BEGIN
    FOR view_name, in_scope IN VALUES
        ('call', format(own_ids, 'this') || ' OR ' || own_group
                 || ' OR this.also_units && (SELECT report.scope_units())'
                 || ' OR this.also_persons && (SELECT report.scope_persons())'
                 || ' OR this.also_groups && (SELECT report.scope_groups())'),
        ('leg', format(own_ids, 'this') || ' OR ' || own_group),
        ('visit', own_group),
        ('agent_state', format(agent_at, 'this.agent', 'this.from_at')
                        || ' OR ' || format(agent_in_group, 'this.agent') || overlapping),
        ('agent_group_session', own_group || ' OR ' || format(agent_at, 'this.agent', 'this.from_at')),
        ('device_state', format(extension_at, 'this.extension', 'this.from_at')),
        ('live_call', format(extension_at, 'this.extension', 'now()')),
        ('live_waiting', own_group),
        ('live_queue', own_group),
        ('live_agent', own_group || ' OR ' || format(agent_at, 'this.agent', 'now()')),
        ('live_device', format(extension_at, 'this.extension', 'now()')),
        -- Sums keep too little to tell what of them is in a scope: under one, reports count the rows themselves.
        ('rollup_call_quarter', 'false'),
        ('rollup_extension_day', 'false'),
        ('rollup_visit_quarter', own_group),
        -- Those who work or worked there, and no colleague of elsewhere.
        ('extension', format(own_ids, 'this')),
        ('person', format(own_person, 'this')
                   || ' OR EXISTS (SELECT FROM store.extension e WHERE e.tenant_id = this.tenant_id '
                   'AND e.person_id = this.person_id AND ' || format(own_ids, 'e') || ')'),
        ('agent', format(own_person, 'this')
                  || ' OR EXISTS (SELECT FROM store.extension e WHERE e.tenant_id = this.tenant_id '
                  'AND e.number = this.extension AND ' || format(own_ids, 'e') || ')'
                  || ' OR ' || format(agent_in_group, 'this.pbx_name') || ')')
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE VIEW report.%1$I WITH (security_barrier) AS SELECT %4$s FROM store.%1$I AS this '
            'WHERE this.tenant_id = (SELECT report.current_tenant()) AND (%2$s OR %3$s)',
            view_name, whole_tenant, in_scope,
            (SELECT string_agg(format('this.%I', attname), ', ' ORDER BY attnum) FROM pg_attribute
             WHERE attrelid = format('report.%I', view_name)::regclass AND attnum > 0)
        );
    END LOOP;
END $$;

CREATE OR REPLACE VIEW report.missed_call WITH (security_barrier) AS
    SELECT m.*,
           m.closed_at IS NULL AND m.outside_number IS NOT NULL
               AND m.started_at >= now() - make_interval(days => t.unreturned_days) AS unreturned
    FROM store.missed_call m JOIN store.tenant t USING (tenant_id)
    WHERE m.tenant_id = (SELECT report.current_tenant())
      AND ((SELECT report.current_scope()) IS NULL OR report.call_is_shown(m.call_id, m.started_at));
