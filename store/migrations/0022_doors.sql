-- Links by which somebody chooses a password: asked for by a user who forgot his, or sent with an invitation. Only
-- hashes (SHA-256) of the 32 random bytes are kept.

CREATE TABLE password_link (
    link_hash bytea PRIMARY KEY CHECK (length(link_hash) = 32),
    account_id integer NOT NULL REFERENCES account ON DELETE CASCADE,
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON password_link (account_id);

-- To whom a link goes when somebody says that he forgot the password of `name`: nobody when there is no such account, it
-- has no address, or this was asked for too often. The caller must not let the asker see which.
CREATE FUNCTION report.offer_password_links(
    tenant_slug text, name text, address text, link_hashes bytea[], lifetime interval
) RETURNS TABLE (link_number integer, account_id integer, account_name text, email text, language text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            candidate record;
            place integer := 0;
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN;
            END IF;
            DELETE FROM store.password_link l WHERE l.expires_at <= now();
            FOR candidate IN
                SELECT a.account_id, a.name, a.email, coalesce(t.language, 'nl') AS language
                FROM store.account a LEFT JOIN store.tenant t USING (tenant_id)
                WHERE (a.name = offer_password_links.name OR a.email = offer_password_links.name)
                  AND (offer_password_links.tenant_slug IS NULL OR t.slug = offer_password_links.tenant_slug)
                  AND a.email IS NOT NULL AND a.disabled_at IS NULL
                ORDER BY a.account_id LIMIT array_length(link_hashes, 1)
            LOOP
                CONTINUE WHEN NOT store.count_attempt(
                    nextval('store.sign_in_id'), 'link:' || candidate.account_id, offer_password_links.address);
                place := place + 1;
                INSERT INTO store.password_link (link_hash, account_id, expires_at)
                    VALUES (link_hashes[place], candidate.account_id, now() + lifetime);
                PERFORM report.record_sign_in(candidate.account_id, offer_password_links.address, 'link_asked_for');
                RETURN QUERY SELECT place, candidate.account_id, candidate.name, candidate.email, candidate.language;
            END LOOP;
        END
    $$;

CREATE FUNCTION report.account_of_password_link(link_hash bytea) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT a.name FROM store.password_link l JOIN store.account a USING (account_id)
        WHERE l.link_hash = account_of_password_link.link_hash AND l.expires_at > now() AND a.disabled_at IS NULL
          AND report.is_report_generator()
    $$;

-- Uses up the link, and all others of its account; the new password ends all sessions (end_sessions()).
CREATE FUNCTION report.use_password_link(link_hash bytea, password_hash text, address text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            owner_id integer;
        BEGIN
            DELETE FROM store.password_link l USING store.account a
                WHERE l.link_hash = use_password_link.link_hash AND l.expires_at > now()
                  AND a.account_id = l.account_id AND a.disabled_at IS NULL AND report.is_report_generator()
                RETURNING l.account_id INTO owner_id;
            IF owner_id IS NULL THEN
                RETURN false;
            END IF;
            DELETE FROM store.password_link l WHERE l.account_id = owner_id;
            UPDATE store.account a SET password_hash = use_password_link.password_hash, one_time_until = NULL
                WHERE a.account_id = owner_id;
            PERFORM report.record_sign_in(owner_id, use_password_link.address, 'password_chosen');
            RETURN true;
        END
    $$;

CREATE FUNCTION configuration.make_password_link(account_id integer, link_hash bytea, lifetime interval) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        BEGIN
            INSERT INTO store.password_link (link_hash, account_id, expires_at)
                SELECT link_hash, a.account_id, now() + lifetime FROM store.account a
                WHERE a.account_id = make_password_link.account_id
                  AND a.tenant_id = configuration.administered_tenant() AND a.disabled_at IS NULL;
            RETURN found;
        END
    $$;

-- A password that somebody gives, and an account that is disabled or changes its role, makes links of before void.
CREATE FUNCTION end_password_links() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            DELETE FROM store.password_link WHERE account_id = NEW.account_id;
            RETURN NULL;
        END
    $$;
CREATE TRIGGER end_password_links AFTER UPDATE OF password_hash, disabled_at, role, email ON account
    FOR EACH ROW WHEN ((OLD.password_hash, OLD.disabled_at, OLD.role, OLD.email)
                       IS DISTINCT FROM (NEW.password_hash, NEW.disabled_at, NEW.role, NEW.email))
    EXECUTE FUNCTION end_password_links();

-- Wall screens: a device shows a code, an administrator of a tenant gives it, and the device's secret is then good for the
-- boards and the part of the tenant that he chose, until it is revoked.
CREATE TABLE wall_screen (
    screen_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    name text NOT NULL,
    scope_id integer,
    boards text[] NOT NULL CHECK (boards <> '{}'),
    secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    paired_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz,
    -- No deletion of a scope may widen what a screen shows.
    FOREIGN KEY (tenant_id, scope_id) REFERENCES access_scope (tenant_id, scope_id)
);
COMMENT ON COLUMN wall_screen.scope_id IS 'What part of the tenant it shows; null: all of it.';
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON wall_screen
    FOR EACH ROW EXECUTE FUNCTION audit_change();

CREATE TABLE screen_pairing (
    secret_hash bytea PRIMARY KEY CHECK (length(secret_hash) = 32),
    code text NOT NULL UNIQUE CHECK (code ~ '^[0-9]{6}$'),
    address text NOT NULL,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE screen_pairing IS 'Devices that show a code and wait.';

-- The code that a device shall show: the one it has, or `code` if nobody else has that. Null: try another, or wait.
CREATE FUNCTION report.offer_screen(secret_hash bytea, code text, address text, lifetime interval) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            given text;
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN NULL;
            END IF;
            DELETE FROM store.screen_pairing p WHERE p.expires_at <= now();
            SELECT p.code INTO given FROM store.screen_pairing p WHERE p.secret_hash = offer_screen.secret_hash;
            IF given IS NOT NULL THEN
                RETURN given;
            END IF;
            INSERT INTO store.screen_pairing (secret_hash, code, address, expires_at)
                SELECT secret_hash, code, address, now() + lifetime
                WHERE (SELECT count(*) FROM store.screen_pairing p WHERE p.address = offer_screen.address) < 20
                ON CONFLICT DO NOTHING;
            RETURN CASE WHEN found THEN code END;
        END
    $$;

CREATE FUNCTION report.screen_of_secret(secret_hash bytea)
    RETURNS TABLE (screen_id integer, tenant_id integer, name text, scope_id integer, boards text[], edition text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN;
            END IF;
            UPDATE store.wall_screen s SET seen_at = now()
                WHERE s.secret_hash = screen_of_secret.secret_hash
                  AND (s.seen_at IS NULL OR s.seen_at < now() - interval '1 minute');
            RETURN QUERY
                SELECT s.screen_id, s.tenant_id, s.name, s.scope_id, s.boards, t.edition
                FROM store.wall_screen s JOIN store.tenant t USING (tenant_id)
                WHERE s.secret_hash = screen_of_secret.secret_hash;
        END
    $$;

-- paired, unknown (no device shows this code), or refused: five codes of a tenant may fail in a quarter of an hour.
CREATE FUNCTION configuration.pair_screen(code text, name text, scope_id integer, boards text[]) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            tenant integer := configuration.administered_tenant();
            attempt bigint := nextval('store.sign_in_id');
            whose text := 'screen:' || tenant;
            device bytea;
        BEGIN
            IF tenant IS NULL OR NOT store.count_attempt(attempt, whose, '') THEN
                RETURN 'refused';
            END IF;
            DELETE FROM store.screen_pairing p WHERE p.code = pair_screen.code AND p.expires_at > now()
                RETURNING p.secret_hash INTO device;
            IF device IS NULL THEN
                RETURN 'unknown';
            END IF;
            DELETE FROM store.sign_in_attempt a WHERE a.subject = whose;
            INSERT INTO store.wall_screen (tenant_id, name, scope_id, boards, secret_hash)
                VALUES (tenant, name, scope_id, boards, device);
            RETURN 'paired';
        END
    $$;

CREATE VIEW configuration.wall_screen WITH (security_barrier) AS
    SELECT screen_id, tenant_id, name, scope_id, boards, paired_at, seen_at
    FROM store.wall_screen WHERE tenant_id = (SELECT configuration.administered_tenant()) WITH CHECK OPTION;
