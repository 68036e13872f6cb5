-- Erasing a number or a person, archiving a person, and deleting a tenant: everywhere, in one transaction, with evidence
-- that names nobody. Calls stay, and so do the counts: what is erased is changed in the events first, so that whoever
-- builds the calls again gets what stands here. docs/privacy.md says what becomes of what.

-- Nobody builds calls while their events change (aggregator/touched.py has the same locks).
CREATE FUNCTION privacy.hold_building(tenant_id integer) RETURNS void
    LANGUAGE sql SET search_path = store, pg_temp
    AS $$
        SELECT pg_advisory_xact_lock(7201962, held.pbx_id)
        FROM (SELECT p.pbx_id FROM store.pbx p WHERE p.tenant_id = hold_building.tenant_id ORDER BY 1) AS held
    $$;

CREATE FUNCTION privacy.hash_of(tenant_id integer, what text, secret text) RETURNS text
    LANGUAGE sql STABLE SET search_path = store, pg_temp
    AS $$
        SELECT encode(sha256(k.key || convert_to(hash_of.what || ':' || hash_of.secret, 'UTF8')), 'hex')
        FROM store.privacy_key k WHERE k.tenant_id = hash_of.tenant_id
    $$;

CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF TG_OP <> 'TRUNCATE' AND current_user = 'gespreksrapportage_owner' THEN
                IF TG_OP = 'DELETE' AND current_setting('gespreksrapportage.expiring', true) = 'audit' THEN
                    RETURN OLD;
                ELSIF current_setting('gespreksrapportage.erasing', true) = 'on' THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END IF;
            END IF;
            RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
        END
    $$;

CREATE FUNCTION privacy.without(said jsonb, pattern text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE SET search_path = store, pg_temp
    AS $$
        BEGIN
            RETURN CASE jsonb_typeof(said)
                WHEN 'object' THEN (
                    SELECT coalesce(jsonb_object_agg(each.key, privacy.without(each.value, pattern)), '{}')
                    FROM jsonb_each(said) AS each)
                WHEN 'array' THEN (
                    SELECT coalesce(jsonb_agg(privacy.without(each.value, pattern) ORDER BY each.place), '[]')
                    FROM jsonb_array_elements(said) WITH ORDINALITY AS each (value, place))
                WHEN 'string' THEN CASE WHEN said #>> '{}' ~ pattern THEN to_jsonb('***'::text) ELSE said END
                ELSE said
            END;
        END
    $$;

-- Texts in which one of these words stands become ***; that something was done, and when, stays.
CREATE FUNCTION privacy.erase_from_audit(tenant_id integer, words text[], whole_words boolean) RETURNS bigint
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            word text;
            pattern text;
            changed bigint := 0;
            gone bigint;
        BEGIN
            PERFORM set_config('gespreksrapportage.erasing', 'on', true);
            FOREACH word IN ARRAY words LOOP
                CONTINUE WHEN coalesce(word, '') = '';
                pattern := regexp_replace(word, '([][\\.*+?^${}()|])', '\\\1', 'g');
                pattern := CASE WHEN whole_words THEN '(?<!\w)' || pattern || '(?!\w)' ELSE pattern END;
                UPDATE store.audit_entry a SET
                    actor = CASE WHEN a.actor = word THEN '***' ELSE a.actor END,
                    account_id = CASE WHEN a.actor = word THEN NULL ELSE a.account_id END,
                    address = CASE WHEN a.actor = word THEN NULL ELSE a.address END,
                    name = CASE WHEN a.name ~ pattern THEN '***' ELSE a.name END,
                    key = CASE WHEN a.key ~ pattern THEN '***' ELSE a.key END,
                    details = privacy.without(a.details, pattern)
                WHERE a.tenant_id = erase_from_audit.tenant_id
                  AND (a.actor = word OR a.name ~ pattern OR a.key ~ pattern OR position(word IN a.details::text) > 0);
                GET DIAGNOSTICS gone = ROW_COUNT;
                changed := changed + gone;
            END LOOP;
            PERFORM set_config('gespreksrapportage.erasing', '', true);
            RETURN changed;
        END
    $$;

-- Everything that holds a number. What stands in its place: of a caller "withheld", as if it never had been shown; of
-- somebody called the same number with zeros for its last digits, so that the call goes outside as before.
--   number: E.164; spelled: pattern of the ways in which a telephone system may have written it; digits: those that each
--   of them ends in; hidden: how many of them become zeros; zeroed: the number afterwards, and what it tells (zeroed_*).
CREATE FUNCTION privacy.erase_number(
    tenant_id integer, number text, spelled text, digits text, hidden integer,
    zeroed text, zeroed_area text, zeroed_destination text, zeroed_country text, actor text
) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            tenant CONSTANT integer := erase_number.tenant_id;
            the_number CONSTANT text := erase_number.number;
            connections text[];
            names text[];
            n bigint;
            told jsonb := '{}';
        BEGIN
            PERFORM privacy.hold_building(tenant);
            -- On a line to the outside every name is that of the party outside, also where no number stands beside it.
            connections := ARRAY(
                SELECT DISTINCT e.pbx_id || ' ' || e.connection FROM store.event e JOIN store.pbx p USING (pbx_id)
                WHERE e.tenant_id = tenant AND (e.number ~ spelled OR e.dialled ~ spelled)
                  AND e.connection <> '' AND e.device = ANY (p.trunks));
            UPDATE store.event e SET
                number = CASE
                    WHEN e.number !~ spelled THEN e.number
                    WHEN e.kind IN ('diverted', 'treated', 'transferred')
                        THEN left(e.number, -hidden) || repeat('0', hidden)
                    ELSE 'withheld' END,
                dialled = CASE WHEN e.dialled ~ spelled
                    THEN left(e.dialled, -hidden) || repeat('0', hidden) ELSE e.dialled END,
                device = CASE WHEN e.device ~ spelled
                    THEN left(e.device, -hidden) || repeat('0', hidden) ELSE e.device END,
                name = CASE
                    WHEN e.number ~ spelled OR e.name ~ spelled
                         OR e.pbx_id || ' ' || e.connection = ANY (connections)
                    THEN '' ELSE e.name END,
                raw = ''
            WHERE e.tenant_id = tenant
              AND (e.number ~ spelled OR e.dialled ~ spelled OR e.device ~ spelled
                   OR e.name ~ spelled OR position(convert_to(digits, 'UTF8') IN e.raw) > 0
                   OR e.pbx_id || ' ' || e.connection = ANY (connections));
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('event', n);

            UPDATE store.call c SET
                withheld = c.withheld OR (
                    c.direction = 'incoming' AND (c.caller_number ~ spelled OR c.outside_number = the_number)
                ) IS TRUE,
                caller_name = CASE WHEN c.caller_number ~ spelled THEN NULL ELSE c.caller_name END,
                caller_number = CASE
                    WHEN c.caller_number ~ spelled THEN NULL ELSE c.caller_number END,
                called_number = CASE WHEN c.called_number ~ spelled THEN zeroed ELSE c.called_number END,
                outside_number = CASE
                    WHEN c.outside_number <> the_number THEN c.outside_number
                    WHEN c.direction = 'outgoing' THEN zeroed END,
                customer_id = CASE WHEN c.outside_number = the_number THEN NULL ELSE c.customer_id END,
                area_code = CASE
                    WHEN c.outside_number IS DISTINCT FROM the_number THEN c.area_code
                    WHEN c.direction = 'outgoing' THEN zeroed_area END,
                destination = CASE
                    WHEN c.outside_number IS DISTINCT FROM the_number THEN c.destination
                    WHEN c.direction = 'outgoing' THEN
                        CASE WHEN c.destination = 'local' AND c.area_code = zeroed_area THEN 'local'
                             ELSE zeroed_destination END
                    END,
                country = CASE
                    WHEN c.outside_number IS DISTINCT FROM the_number THEN c.country
                    WHEN c.direction = 'outgoing' THEN zeroed_country END
            WHERE c.tenant_id = tenant
              AND (c.outside_number = the_number OR c.caller_number ~ spelled OR c.called_number ~ spelled);
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('call', n);

            UPDATE store.leg l SET
                number = CASE
                    WHEN l.number IS NULL OR l.number !~ spelled THEN l.number
                    WHEN l.role = 'called' THEN zeroed END,
                outside_number = CASE
                    WHEN l.outside_number <> the_number THEN l.outside_number
                    WHEN l.direction = 'outgoing' THEN zeroed END
            WHERE l.tenant_id = tenant AND (l.outside_number = the_number OR l.number ~ spelled);
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('leg', n);

            -- Who is not known cannot be called back.
            UPDATE store.missed_call m SET
                outside_number = NULL, customer_id = NULL, attempted_at = NULL, attempted_call_id = NULL,
                reached_at = NULL, reached_call_id = NULL, came_back_at = NULL, came_back_call_id = NULL,
                closed_at = NULL, resolution_seconds = NULL
            WHERE m.tenant_id = tenant AND m.outside_number = the_number;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('missed_call', n);

            UPDATE store.live_call v SET number = NULL, withheld = true
                WHERE v.tenant_id = tenant AND v.number ~ spelled;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('live_call', n);
            UPDATE store.live_waiting v SET number = NULL, withheld = true
                WHERE v.tenant_id = tenant AND v.number ~ spelled;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('live_waiting', n);

            -- A customer of whom no other number is known is the person whose number it was.
            WITH gone AS (
                DELETE FROM store.customer_number b WHERE b.tenant_id = tenant AND b.number = the_number
                RETURNING b.customer_id
            ), customers AS (
                DELETE FROM store.customer k
                WHERE k.customer_id IN (SELECT g.customer_id FROM gone g) AND NOT EXISTS (
                    SELECT FROM store.customer_number o
                    WHERE o.customer_id = k.customer_id AND o.number <> the_number
                ) RETURNING k.name
            )
            SELECT told || jsonb_build_object('customer_number', (SELECT count(*) FROM gone),
                                              'customer', (SELECT count(*) FROM customers)),
                   ARRAY(SELECT c.name FROM customers c)
                INTO told, names;

            DELETE FROM store.event_reject r
                WHERE r.tenant_id = tenant AND position(convert_to(digits, 'UTF8') IN r.raw) > 0;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('event_reject', n);
            -- A tile that looks for the number has nothing to show any more.
            DELETE FROM store.tile i WHERE i.tenant_id = tenant AND position(digits IN i.definition::text) > 0;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('tile', n);
            DELETE FROM store.saved_report s
                WHERE s.tenant_id = tenant AND position(digits IN s.name || s.asked::text) > 0;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('saved_report', n);
            DELETE FROM store.report_run r WHERE r.tenant_id = tenant AND position(digits IN r.asked::text) > 0;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('report_run', n);
            UPDATE store.wallboard_view w SET title = '***'
                WHERE w.tenant_id = tenant AND position(digits IN w.title) > 0;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('wallboard_view', n);
            told := told || jsonb_build_object('audit_entry', privacy.erase_from_audit(tenant, ARRAY[digits], false)
                + privacy.erase_from_audit(tenant, names, true));

            INSERT INTO store.privacy_act (tenant_id, kind, actor, subject, details)
                VALUES (tenant, 'number_erased', coalesce(erase_number.actor, session_user),
                        privacy.hash_of(tenant, 'number', the_number), told);
            RETURN told;
        END
    $$;

-- An agent goes by another name from now on: wherever the telephone system's name for him stands.
CREATE FUNCTION privacy.rename_agent(tenant_id integer, old_name text, new_name text) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            tenant CONSTANT integer := rename_agent.tenant_id;
            table_name text;
            n bigint;
            told jsonb := '{}';
        BEGIN
            FOREACH table_name IN ARRAY ARRAY[
                'event', 'leg', 'visit', 'agent_state', 'agent_group_session', 'live_agent', 'touched_agent'
            ] LOOP
                EXECUTE format('UPDATE store.%I SET agent = $3%s WHERE tenant_id = $1 AND agent = $2', table_name,
                               CASE table_name WHEN 'event' THEN ', raw = ''''' ELSE '' END)
                    USING tenant, old_name, new_name;
                GET DIAGNOSTICS n = ROW_COUNT;
                told := told || jsonb_build_object(table_name, n);
            END LOOP;
            UPDATE store.agent a SET pbx_name = new_name WHERE a.tenant_id = tenant AND a.pbx_name = old_name;
            RETURN told;
        END
    $$;

-- The names go out of everything that the telephone system said of a person; agents are called `new_name`.
CREATE FUNCTION privacy.take_names(tenant_id integer, person_id integer, new_name text) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            tenant CONSTANT integer := take_names.tenant_id;
            person CONSTANT integer := take_names.person_id;
            names text[];
            old_agent text;
            place integer := 0;
            n bigint;
            told jsonb := '{}';
        BEGIN
            SELECT array_remove(array_agg(DISTINCT found.name), NULL) INTO names FROM (
                SELECT p.name FROM store.person p WHERE p.tenant_id = tenant AND p.person_id = person
                UNION ALL SELECT a.pbx_name FROM store.agent a WHERE a.tenant_id = tenant AND a.person_id = person
            ) AS found WHERE length(found.name) > 2;
            FOR old_agent IN
                SELECT a.pbx_name FROM store.agent a
                WHERE a.tenant_id = tenant AND a.person_id = person ORDER BY a.agent_id
            LOOP
                place := place + 1;
                told := told || privacy.rename_agent(
                    tenant, old_agent, new_name || CASE place WHEN 1 THEN '' ELSE '-' || place END);
            END LOOP;
            -- The name that his telephone showed, whatever it was.
            UPDATE store.event e SET name = '', raw = ''
            WHERE e.tenant_id = tenant AND (
                e.name = ANY (names)
                OR (e.name <> '' AND EXISTS (
                    SELECT FROM store.extension x
                    WHERE x.tenant_id = tenant AND x.person_id = person
                      AND (e.number = x.number OR e.device IN (x.number, x.device_name)) AND x.valid @> e.occurred_at))
                OR EXISTS (SELECT FROM unnest(names) AS known (name) WHERE position(convert_to(known.name, 'UTF8') IN e.raw) > 0)
            );
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('event', coalesce((told ->> 'event')::bigint, 0) + n);
            UPDATE store.call c SET caller_name = NULL
            WHERE c.tenant_id = tenant AND c.caller_name IS NOT NULL AND (
                c.caller_name = ANY (names)
                OR c.direction <> 'incoming' AND EXISTS (
                    SELECT FROM store.extension x
                    WHERE x.tenant_id = tenant AND x.person_id = person
                      AND x.number = c.caller_number AND x.valid @> c.started_at));
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('call', n);
            UPDATE store.alarm m SET mail_to = array_remove(m.mail_to, p.email) FROM store.person p
                WHERE m.tenant_id = tenant AND p.person_id = person AND p.email = ANY (m.mail_to);
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('alarm', n);
            UPDATE store.wallboard_view w SET title = '***' FROM unnest(names) AS known (name)
                WHERE w.tenant_id = tenant AND position(known.name IN w.title) > 0;
            UPDATE store.tile i SET definition = jsonb_set(i.definition, '{title}', '""')
                FROM unnest(names) AS known (name)
                WHERE i.tenant_id = tenant AND position(known.name IN i.definition ->> 'title') > 0;
            DELETE FROM store.tile i USING unnest(names) AS known (name)
                WHERE i.tenant_id = tenant AND position(known.name IN i.definition::text) > 0;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('tile', n);
            DELETE FROM store.saved_report s USING unnest(names) AS known (name)
                WHERE s.tenant_id = tenant AND position(known.name IN s.name || s.asked::text) > 0;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('saved_report', n);
            DELETE FROM store.report_run r USING unnest(names) AS known (name)
                WHERE r.tenant_id = tenant AND position(known.name IN r.asked::text) > 0;
            DELETE FROM store.report_run r USING store.account a
                WHERE a.tenant_id = tenant AND a.person_id = person AND r.account_id = a.account_id;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('report_run', n);
            -- A line of one's own is often called by one's name.
            UPDATE store.ddi d SET name = NULL WHERE d.tenant_id = tenant AND d.name = ANY (names);
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('ddi', n);
            DELETE FROM store.event_reject r
            WHERE r.tenant_id = tenant AND EXISTS (
                SELECT FROM unnest(names) AS known (name) WHERE position(convert_to(known.name, 'UTF8') IN r.raw) > 0);
            GET DIAGNOSTICS n = ROW_COUNT;
            RETURN told || jsonb_build_object('event_reject', n);
        END
    $$;

-- The calls stay, the name goes; the account is of no use any more. To undo it the person is registered anew.
CREATE FUNCTION privacy.archive_person(tenant_id integer, reference text, actor text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            tenant CONSTANT integer := archive_person.tenant_id;
            person store.person;
            told jsonb;
            n bigint;
        BEGIN
            SELECT p.* INTO person FROM store.person p
                WHERE p.tenant_id = tenant AND p.reference = archive_person.reference FOR UPDATE;
            IF person.person_id IS NULL THEN
                RETURN NULL;
            END IF;
            PERFORM privacy.hold_building(tenant);
            PERFORM set_config('gespreksrapportage.actor', coalesce(archive_person.actor, session_user), true);
            told := privacy.take_names(tenant, person.person_id, person.reference);
            UPDATE store.account a
                SET disabled_at = coalesce(a.disabled_at, now()), password_hash = NULL, totp_secret = NULL,
                    totp_confirmed_at = NULL, email = NULL
                WHERE a.tenant_id = tenant AND a.person_id = person.person_id;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('account', n);
            UPDATE store.person p SET name = NULL, email = NULL, archived_at = coalesce(p.archived_at, now())
                WHERE p.person_id = person.person_id;
            told := told || jsonb_build_object('audit_entry', privacy.erase_from_audit(
                tenant, ARRAY[person.name, person.email], true));
            INSERT INTO store.privacy_act (tenant_id, kind, actor, subject, details)
                VALUES (tenant, 'person_archived', coalesce(archive_person.actor, session_user),
                        privacy.hash_of(tenant, 'person', person.reference), told);
            RETURN told;
        END
    $$;

-- Everything that leads to a person: what his telephone did stays as that of nobody.
CREATE FUNCTION privacy.erase_person(tenant_id integer, reference text, actor text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            tenant CONSTANT integer := erase_person.tenant_id;
            person store.person;
            accounts text[];
            agents text[];
            scopes integer[];
            told jsonb;
            n bigint;
        BEGIN
            SELECT p.* INTO person FROM store.person p
                WHERE p.tenant_id = tenant AND p.reference = erase_person.reference FOR UPDATE;
            IF person.person_id IS NULL THEN
                RETURN NULL;
            END IF;
            PERFORM privacy.hold_building(tenant);
            PERFORM set_config('gespreksrapportage.actor', coalesce(erase_person.actor, session_user), true);
            agents := ARRAY(SELECT a.pbx_name FROM store.agent a
                            WHERE a.tenant_id = tenant AND a.person_id = person.person_id);
            told := privacy.take_names(tenant, person.person_id, 'erased-' || person.person_id);

            UPDATE store.call c
                SET person_id = nullif(c.person_id, person.person_id),
                    also_persons = nullif(array_remove(c.also_persons, person.person_id), '{}')
                WHERE c.tenant_id = tenant
                  AND (c.person_id = person.person_id OR c.also_persons @> ARRAY[person.person_id]);
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('call', coalesce((told ->> 'call')::bigint, 0) + n);
            UPDATE store.leg l SET person_id = NULL WHERE l.tenant_id = tenant AND l.person_id = person.person_id;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('leg', coalesce((told ->> 'leg')::bigint, 0) + n);

            WITH gone AS (
                DELETE FROM store.rollup_extension_day d
                WHERE d.tenant_id = tenant AND d.person_id = person.person_id RETURNING d.*
            )
            INSERT INTO store.rollup_extension_day AS d (
                tenant_id, local_day, extension, direction, person_id, site_id, division_id, department_id,
                cost_centre_id, total, incoming, outgoing, internal, missed, conversations, rings, talk_seconds,
                hold_seconds, ring_seconds, counted_ring_seconds
            )
            SELECT g.tenant_id, g.local_day, g.extension, g.direction, 0, g.site_id, g.division_id, g.department_id,
                   g.cost_centre_id, g.total, g.incoming, g.outgoing, g.internal, g.missed, g.conversations, g.rings,
                   g.talk_seconds, g.hold_seconds, g.ring_seconds, g.counted_ring_seconds
            FROM gone g
            ON CONFLICT (tenant_id, local_day, extension, direction, person_id, site_id, division_id, department_id,
                         cost_centre_id)
            DO UPDATE SET
                total = d.total + excluded.total, incoming = d.incoming + excluded.incoming,
                outgoing = d.outgoing + excluded.outgoing, internal = d.internal + excluded.internal,
                missed = d.missed + excluded.missed, conversations = d.conversations + excluded.conversations,
                rings = d.rings + excluded.rings, talk_seconds = d.talk_seconds + excluded.talk_seconds,
                hold_seconds = d.hold_seconds + excluded.hold_seconds,
                ring_seconds = d.ring_seconds + excluded.ring_seconds,
                counted_ring_seconds = d.counted_ring_seconds + excluded.counted_ring_seconds;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('rollup_extension_day', n);

            DELETE FROM store.sign_in_attempt i USING store.account a
                WHERE a.tenant_id = tenant AND a.person_id = person.person_id
                  AND i.subject IN ('account:' || a.account_id, 'link:' || a.account_id);
            accounts := ARRAY(SELECT a.name FROM store.account a
                              WHERE a.tenant_id = tenant AND a.person_id = person.person_id);
            scopes := ARRAY(SELECT a.scope_id FROM store.account a
                            WHERE a.tenant_id = tenant AND a.person_id = person.person_id AND a.scope_id IS NOT NULL);
            DELETE FROM store.account a WHERE a.tenant_id = tenant AND a.person_id = person.person_id;
            GET DIAGNOSTICS n = ROW_COUNT;
            told := told || jsonb_build_object('account', n);
            DELETE FROM store.access_scope s
                WHERE s.tenant_id = tenant AND s.scope_id = ANY (scopes) AND s.name IS NULL;
            DELETE FROM store.person p WHERE p.person_id = person.person_id;
            told := told || jsonb_build_object('person', 1, 'audit_entry', privacy.erase_from_audit(
                tenant, ARRAY[person.name, person.email, person.reference] || accounts || agents, true));
            PERFORM set_config('gespreksrapportage.erasing', 'on', true);
            UPDATE store.privacy_act p SET actor = '***' WHERE p.tenant_id = tenant AND p.actor = ANY (accounts);
            PERFORM set_config('gespreksrapportage.erasing', '', true);
            INSERT INTO store.privacy_act (tenant_id, kind, actor, subject, details)
                VALUES (tenant, 'person_erased', coalesce(erase_person.actor, session_user),
                        privacy.hash_of(tenant, 'person', person.reference), told);
            RETURN told;
        END
    $$;

-- Every table of the store that holds rows of tenants, with the condition on "this" that they are of tenant $1.
CREATE FUNCTION privacy.tables_of_tenants() RETURNS TABLE (table_name name, condition text)
    LANGUAGE sql STABLE SET search_path = store, pg_temp
    AS $$
        SELECT c.relname, 'this.tenant_id = $1'
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'store'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND a.attname = 'tenant_id' AND NOT a.attisdropped
        UNION ALL VALUES
            ('account_session'::name, 'this.account_id IN (SELECT a.account_id FROM store.account a WHERE a.tenant_id = $1)'),
            ('password_link', 'this.account_id IN (SELECT a.account_id FROM store.account a WHERE a.tenant_id = $1)'),
            ('contact_group_member', 'this.group_id IN (SELECT g.group_id FROM store.contact_group g WHERE g.tenant_id = $1)'),
            ('sign_in_attempt', 'this.subject IN (SELECT unnest(ARRAY[''account:'' || a.account_id, ''link:'' || a.account_id]) '
                'FROM store.account a WHERE a.tenant_id = $1)')
        ORDER BY 1
    $$;

-- All of a tenant, for good. Returns the certificate: the rows that went per table, and for each of these tables how many
-- are found afterwards.
CREATE FUNCTION privacy.delete_tenant(tenant_id integer, besides jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            tenant CONSTANT integer := delete_tenant.tenant_id;
            slug CONSTANT text := (SELECT t.slug FROM store.tenant t WHERE t.tenant_id = tenant);
            place record;
            found_rows bigint;
            removed jsonb := '{}';
            left_rows jsonb := '{}';
            certificate jsonb;
        BEGIN
            IF slug IS NULL THEN
                RETURN NULL;
            END IF;
            PERFORM privacy.hold_building(tenant);
            -- Events that come from now on find no tenant, and are not stored (exporter/event_writer.py).
            PERFORM FROM store.tenant t WHERE t.tenant_id = tenant FOR UPDATE;
            FOR place IN SELECT * FROM privacy.tables_of_tenants() LOOP
                EXECUTE format('SELECT count(*) FROM store.%I AS this WHERE %s', place.table_name, place.condition)
                    INTO found_rows USING tenant;
                removed := removed || jsonb_build_object(place.table_name, found_rows);
            END LOOP;
            PERFORM set_config('gespreksrapportage.erasing', 'on', true);
            DELETE FROM store.sign_in_attempt s USING store.account a
                WHERE a.tenant_id = tenant AND s.subject IN ('account:' || a.account_id, 'link:' || a.account_id);
            -- What refers to the tenant goes with it; the others are those without a key.
            FOR place IN
                SELECT t.* FROM privacy.tables_of_tenants() t
                WHERE t.condition = 'this.tenant_id = $1' AND t.table_name <> 'tenant' AND NOT EXISTS (
                    SELECT FROM pg_constraint k
                    WHERE k.conrelid = format('store.%I', t.table_name)::regclass AND k.contype = 'f'
                      AND k.confrelid = 'store.tenant'::regclass)
            LOOP
                EXECUTE format('DELETE FROM store.%I AS this WHERE %s', place.table_name, place.condition)
                    USING tenant;
            END LOOP;
            DELETE FROM store.tenant t WHERE t.tenant_id = tenant;
            -- The last that the trail says of it is that it went.
            DELETE FROM store.audit_entry a WHERE a.tenant_id = tenant;
            PERFORM set_config('gespreksrapportage.erasing', '', true);
            FOR place IN SELECT * FROM privacy.tables_of_tenants() LOOP
                EXECUTE format('SELECT count(*) FROM store.%I AS this WHERE %s', place.table_name, place.condition)
                    INTO found_rows USING tenant;
                left_rows := left_rows || jsonb_build_object(place.table_name, found_rows);
            END LOOP;
            certificate := jsonb_build_object('tenant', slug, 'tenant_id', tenant, 'deleted_at', clock_timestamp(),
                'removed', removed, 'found_afterwards', left_rows) || coalesce(besides, '{}');
            INSERT INTO store.privacy_act (tenant_id, kind, details) VALUES (tenant, 'tenant_deleted', certificate);
            RETURN certificate;
        END
    $$;

-- Rows of one table that are about a number or a person. `columns` says, per kind of store/personal_data.py, which of the
-- table's columns to look in; `at` when an extension on the row belonged to whom. Secrets are given to nobody.
CREATE FUNCTION privacy.rows_about(
    tenant_id integer, table_name name, columns jsonb, at name, spelled text, digits text, person_id integer
) RETURNS SETOF jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            belongs text := (SELECT t.condition FROM privacy.tables_of_tenants() t WHERE t.table_name = rows_about.table_name);
            moment text := CASE WHEN at IS NULL THEN 'now()' ELSE format('this.%I', at) END;
            had_it text := format(
                'EXISTS (SELECT FROM store.extension x WHERE x.tenant_id = $1 AND x.person_id = $4 '
                'AND (x.number = this.%%1$I OR x.device_name = this.%%1$I) AND x.valid %s)',
                CASE WHEN at = 'valid' THEN '&& this.valid'
                        ELSE '@> (' || moment || ')::timestamptz' END);
            wanted text[] := '{}';
            messages text[] := ARRAY(SELECT jsonb_array_elements_text(coalesce(columns -> 'message', '[]')));
            name text;
            kind text;
            row_found jsonb;
        BEGIN
            IF belongs IS NULL THEN
                RETURN;
            END IF;
            FOR kind, name IN
                SELECT e.key, c.value FROM jsonb_each(columns) e CROSS JOIN jsonb_array_elements_text(e.value) c
            LOOP
                IF person_id IS NULL THEN
                    wanted := wanted || CASE kind
                        WHEN 'outside_number' THEN format('this.%I ~ $2', name)
                        -- A row that says its number is about that one, not about the customer's others.
                        WHEN 'customer' THEN CASE WHEN columns ? 'outside_number' THEN NULL ELSE format(
                            'this.%I IN (SELECT b.customer_id FROM store.customer_number b '
                            'WHERE b.tenant_id = $1 AND b.number ~ $2)', name) END
                        WHEN 'message' THEN format('position(convert_to($3, ''UTF8'') IN this.%I) > 0', name)
                        WHEN 'text' THEN format('position($3 IN this.%I::text) > 0', name)
                    END;
                ELSE
                    wanted := wanted || CASE kind
                        WHEN 'person' THEN format('this.%I = $4', name)
                        WHEN 'persons' THEN format('this.%I @> ARRAY[$4]', name)
                        WHEN 'agent' THEN format(
                            'this.%I IN (SELECT a.pbx_name FROM store.agent a WHERE a.tenant_id = $1 AND a.person_id = $4)',
                            name)
                        WHEN 'account' THEN format(
                            'this.%I::text IN (SELECT unnest(ARRAY[a.account_id::text, a.name, ''account:'' || a.account_id, ''link:'' || a.account_id]) '
                            'FROM store.account a WHERE a.tenant_id = $1 AND a.person_id = $4)', name)
                        WHEN 'extension' THEN CASE
                            -- The row itself says whose it is.
                            WHEN columns ? 'person' THEN NULL ELSE format(had_it, name) END
                        WHEN 'person_name' THEN format(
                            'this.%1$I IN (SELECT unnest(ARRAY[p.name, p.email]) FROM store.person p WHERE p.person_id = $4)',
                            name)
                        WHEN 'text' THEN format(
                            'EXISTS (SELECT FROM store.person p WHERE p.person_id = $4 AND (position(p.name IN this.%1$I::text) > 0 '
                            'OR position(p.email IN this.%1$I::text) > 0))', name)
                    END;
                END IF;
            END LOOP;
            wanted := array_remove(wanted, NULL);
            IF wanted = '{}' THEN
                RETURN;
            END IF;
            FOR row_found IN EXECUTE format(
                'SELECT to_jsonb(this) - ARRAY[''password_hash'', ''totp_secret'', ''session_hash'', ''token_hash'', ''tenant_id''] - $5%s '
                'FROM store.%I AS this WHERE %s AND (%s)',
                (SELECT coalesce(string_agg(format(' || jsonb_build_object(%L, encode(this.%I, ''escape''))', m, m), ''), '')
                 FROM unnest(messages) AS m),
                table_name, belongs, array_to_string(wanted, ' OR ')
            ) USING tenant_id, spelled, digits, person_id,
                    ARRAY(SELECT jsonb_array_elements_text(coalesce(columns -> 'secret', '[]')))
            LOOP
                RETURN NEXT row_found;
            END LOOP;
        END
    $$;

CREATE FUNCTION privacy.record_disclosure(tenant_id integer, kind text, secret text, actor text, details jsonb)
    RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        INSERT INTO store.privacy_act (tenant_id, kind, actor, subject, details)
        VALUES (record_disclosure.tenant_id, record_disclosure.kind || '_disclosed',
                coalesce(record_disclosure.actor, session_user),
                privacy.hash_of(record_disclosure.tenant_id, record_disclosure.kind, record_disclosure.secret),
                record_disclosure.details)
    $$;

CREATE FUNCTION privacy.person_of(tenant_id integer, reference text) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT p.person_id FROM store.person p
        WHERE p.tenant_id = person_of.tenant_id AND p.reference = person_of.reference
    $$;

-- What a tenant has decided, and what follows from it: for its record of processing (GDPR, article 30).
CREATE FUNCTION privacy.processing(tenant_id integer) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT jsonb_build_object(
            'settings', to_jsonb(s) - 'tenant_id',
            'accounts', (SELECT coalesce(jsonb_object_agg(a.role, a.number), '{}') FROM (
                SELECT role, count(*) AS number FROM store.account
                WHERE account.tenant_id = processing.tenant_id AND disabled_at IS NULL GROUP BY role) AS a),
            'tokens', (SELECT count(*) FROM store.api_token k
                       WHERE k.tenant_id = processing.tenant_id AND k.expires_at > now()),
            'database_logins', (SELECT count(*) FROM store.database_login d WHERE d.tenant_id = processing.tenant_id),
            'gone_before', (SELECT coalesce(jsonb_object_agg(g.kind, g.at), '{}') FROM store.gone_before g
                            WHERE g.tenant_id = processing.tenant_id),
            'expired_at', (SELECT max(p.acted_at) FROM store.privacy_act p
                           WHERE p.tenant_id = processing.tenant_id AND p.kind = 'expired')
        )
        FROM store.privacy_setting s WHERE s.tenant_id = processing.tenant_id
    $$;

CREATE FUNCTION privacy.change_settings(tenant_id integer, changes jsonb, actor text, account_id integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            wanted store.privacy_setting;
        BEGIN
            PERFORM set_config('gespreksrapportage.actor', coalesce(actor, ''), true),
                    set_config('gespreksrapportage.account', coalesce(account_id::text, ''), true);
            SELECT s.* INTO wanted FROM store.privacy_setting s
                WHERE s.tenant_id = change_settings.tenant_id FOR UPDATE;
            wanted := jsonb_populate_record(wanted, changes - 'tenant_id');
            UPDATE store.privacy_setting s SET
                masked_roles = wanted.masked_roles, masked_digits = wanted.masked_digits,
                customers_masked = wanted.customers_masked, smallest_group = wanted.smallest_group,
                event_days = wanted.event_days,
                call_days = wanted.call_days, state_days = wanted.state_days, rollup_days = wanted.rollup_days,
                gap_days = wanted.gap_days, reject_days = wanted.reject_days, audit_days = wanted.audit_days,
                purpose = wanted.purpose, legal_ground = wanted.legal_ground
                WHERE s.tenant_id = change_settings.tenant_id;
        END
    $$;

CREATE FUNCTION privacy.acts(tenant_id integer, before_id bigint, most integer)
    RETURNS TABLE (act_id bigint, acted_at timestamptz, kind text, actor text, subject text, details jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT p.act_id, p.acted_at, p.kind, p.actor, p.subject, p.details FROM store.privacy_act p
        WHERE p.tenant_id = acts.tenant_id AND (before_id IS NULL OR p.act_id < before_id)
        ORDER BY p.act_id DESC LIMIT most
    $$;

-- For reports that are made in the background: as which role their owner reads them. A token of no account reads as a
-- supervisor does.
CREATE FUNCTION report.role_of_account(account_id integer) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT coalesce(
            (SELECT a.role FROM store.account a WHERE a.account_id = role_of_account.account_id), 'supervisor'
        ) WHERE report.is_report_generator()
    $$;
