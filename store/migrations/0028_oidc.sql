-- Signing in with an account that the tenant keeps elsewhere (OpenID Connect): one provider per tenant. It proves who
-- somebody is and makes nobody an account.

CREATE TABLE oidc_provider (
    tenant_id integer PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    issuer text NOT NULL CHECK (issuer ~ '^https?://'),
    client_id text NOT NULL CHECK (client_id <> ''),
    client_secret text NOT NULL CHECK (client_secret <> ''),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    passwords_refused boolean NOT NULL DEFAULT false,
    UNIQUE (tenant_id, issuer)
);
COMMENT ON COLUMN oidc_provider.name IS 'What its button says.';
COMMENT ON COLUMN oidc_provider.passwords_refused IS
    'Only administrators may still sign in with a password, so that a provider that fails locks nobody out for good.';

CREATE TABLE oidc_account (
    account_id integer PRIMARY KEY,
    tenant_id integer NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    linked_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, issuer, subject),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, account_id) ON DELETE CASCADE,
    -- What another provider says of a subject is of another.
    FOREIGN KEY (tenant_id, issuer) REFERENCES oidc_provider (tenant_id, issuer) ON DELETE CASCADE
);
COMMENT ON TABLE oidc_account IS 'Whose account a subject of the tenant''s provider is, since the first sign-in.';

CREATE TABLE oidc_sign_in (
    browser_hash bytea PRIMARY KEY CHECK (length(browser_hash) = 32),
    tenant_id integer NOT NULL REFERENCES oidc_provider ON DELETE CASCADE,
    address text NOT NULL,
    expires_at timestamptz NOT NULL,
    returned_at timestamptz
);
COMMENT ON TABLE oidc_sign_in IS 'Browsers that were sent to a provider. Each may come back once.';
COMMENT ON COLUMN oidc_sign_in.browser_hash IS
    'SHA-256 of the secret in its cookie, of which state, nonce and code verifier are made: none of them is kept.';
CREATE INDEX ON oidc_sign_in (address);
CREATE INDEX ON oidc_sign_in (expires_at);

ALTER TABLE account_session
    ADD COLUMN method text NOT NULL DEFAULT 'password' CHECK (method IN ('password', 'oidc'));
COMMENT ON COLUMN account_session.method IS 'What it was opened with, before a second factor.';

-- The trail names every change of a provider, but not its secret.
DO $$
DECLARE
    before text := pg_get_functiondef('store.audit_change()'::regprocedure);
    wanted text := replace(before, '''totp_secret'',', '''totp_secret'', ''client_secret'',');
BEGIN
    IF wanted = before THEN
        RAISE EXCEPTION 'store.audit_change() names its secrets otherwise';
    END IF;
    EXECUTE wanted;
END $$;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON oidc_provider
    FOR EACH ROW EXECUTE FUNCTION audit_change();

-- An account that gets another address may be somebody else's from then on.
CREATE FUNCTION end_oidc_link() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            DELETE FROM store.oidc_account WHERE account_id = NEW.account_id;
            RETURN NULL;
        END
    $$;
CREATE TRIGGER end_oidc_link AFTER UPDATE OF email ON account
    FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION end_oidc_link();

-- What the page for signing in shows: whether any tenant has a provider, and what the button of this one says.
CREATE FUNCTION report.oidc_choice(tenant_slug text) RETURNS TABLE (offered boolean, name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT EXISTS (SELECT FROM store.oidc_provider),
               (SELECT p.name FROM store.oidc_provider p JOIN store.tenant t USING (tenant_id)
                WHERE t.slug = oidc_choice.tenant_slug)
        WHERE report.is_report_generator()
    $$;

-- A browser is about to be sent to the provider. No row: the tenant has none; `refused`: too many from this address
-- are on their way.
CREATE FUNCTION report.begin_oidc(tenant_slug text, browser_hash bytea, address text, lifetime interval)
    RETURNS TABLE (issuer text, client_id text, refused boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            provider store.oidc_provider;
            too_many boolean;
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN;
            END IF;
            DELETE FROM store.oidc_sign_in s WHERE s.expires_at <= now();
            SELECT p.* INTO provider FROM store.oidc_provider p JOIN store.tenant t USING (tenant_id)
                WHERE t.slug = begin_oidc.tenant_slug;
            IF provider.tenant_id IS NULL THEN
                RETURN;
            END IF;
            -- A whole company may come from one address at nine o'clock.
            SELECT count(*) >= 1000 INTO too_many FROM store.oidc_sign_in s WHERE s.address = begin_oidc.address;
            IF NOT too_many THEN
                INSERT INTO store.oidc_sign_in (browser_hash, tenant_id, address, expires_at)
                    VALUES (begin_oidc.browser_hash, provider.tenant_id, begin_oidc.address, now() + lifetime);
            END IF;
            RETURN QUERY SELECT provider.issuer, provider.client_id, too_many;
        END
    $$;

-- A browser is back, for the first time: what its code is exchanged with.
CREATE FUNCTION report.return_from_oidc(browser_hash bytea)
    RETURNS TABLE (tenant_id integer, issuer text, client_id text, client_secret text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        BEGIN
            RETURN QUERY
                UPDATE store.oidc_sign_in s SET returned_at = now() FROM store.oidc_provider p
                WHERE s.browser_hash = return_from_oidc.browser_hash AND s.returned_at IS NULL
                  AND s.expires_at > now() AND p.tenant_id = s.tenant_id AND report.is_report_generator()
                RETURNING p.tenant_id, p.issuer, p.client_id, p.client_secret;
        END
    $$;

-- Opens a session for whoever the provider says has come back: the account of his subject, or else the one of his
-- address, which then is his. Uses up the browser's sign-in, and tells why nothing was opened.
CREATE FUNCTION report.open_oidc_session(
    browser_hash bytea, issuer text, subject text, verified_email text, session_hash bytea,
    idle_lifetime interval, lifetime interval
) RETURNS TABLE (account_id integer, stage text, why text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            returned store.oidc_sign_in;
            account store.account;
            reached text;
            reason text;
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN;
            END IF;
            DELETE FROM store.oidc_sign_in s USING store.oidc_provider p
                WHERE s.browser_hash = open_oidc_session.browser_hash AND s.returned_at IS NOT NULL
                  AND s.expires_at > now() AND p.tenant_id = s.tenant_id AND p.issuer = open_oidc_session.issuer
                RETURNING s.* INTO returned;
            IF returned.tenant_id IS NULL THEN
                RETURN;
            END IF;
            SELECT a.* INTO account FROM store.account a JOIN store.oidc_account o USING (tenant_id, account_id)
                WHERE o.tenant_id = returned.tenant_id AND o.issuer = open_oidc_session.issuer
                  AND o.subject = open_oidc_session.subject;
            IF account.account_id IS NULL THEN
                SELECT a.* INTO account FROM store.account a
                    WHERE a.tenant_id = returned.tenant_id AND a.email = open_oidc_session.verified_email
                    FOR UPDATE;
                reason := CASE
                    WHEN verified_email IS NULL THEN 'no verified address'
                    WHEN account.account_id IS NULL THEN 'no account'
                    WHEN account.disabled_at IS NULL AND EXISTS (
                        SELECT FROM store.oidc_account o WHERE o.account_id = account.account_id
                    ) THEN 'account of another subject'
                END;
            END IF;
            reason := coalesce(reason, CASE WHEN account.disabled_at IS NOT NULL THEN 'account disabled' END);
            IF reason IS NOT NULL THEN
                RETURN QUERY SELECT account.account_id, NULL::text, reason;
                RETURN;
            END IF;
            INSERT INTO store.oidc_account (account_id, tenant_id, issuer, subject)
                VALUES (account.account_id, returned.tenant_id, open_oidc_session.issuer, open_oidc_session.subject)
                ON CONFLICT DO NOTHING;
            -- A one-time password that was not changed yet is not what he came in with.
            reached := CASE WHEN account.totp_confirmed_at IS NULL THEN 'open' ELSE 'second_factor' END;
            INSERT INTO store.account_session
                (session_hash, account_id, sign_in_id, stage, address, idle_lifetime, expires_at, method)
                VALUES (open_oidc_session.session_hash, account.account_id, nextval('store.sign_in_id'), reached,
                        returned.address, open_oidc_session.idle_lifetime,
                        now() + CASE reached WHEN 'second_factor' THEN interval '5 minutes' ELSE lifetime END, 'oidc');
            RETURN QUERY SELECT account.account_id, reached, NULL::text;
        END
    $$;

-- As in 0011, but a tenant may have its users come by its provider only.
CREATE OR REPLACE FUNCTION report.begin_sign_in(tenant_slug text, name text, address text)
    RETURNS TABLE (sign_in_id bigint, account_id integer, password_hash text, refused boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            attempt bigint;
            unknown text := 'name:' || encode(sha256(convert_to(begin_sign_in.name, 'UTF8')), 'hex');
            candidate store.account;
            found_any boolean := false;
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN;
            END IF;
            attempt := nextval('store.sign_in_id');
            FOR candidate IN
                SELECT account.* FROM store.account LEFT JOIN store.tenant USING (tenant_id)
                WHERE (account.name = begin_sign_in.name OR account.email = begin_sign_in.name)
                  AND (begin_sign_in.tenant_slug IS NULL OR tenant.slug = begin_sign_in.tenant_slug)
                ORDER BY account.account_id LIMIT 3
            LOOP
                found_any := true;
                RETURN QUERY SELECT attempt, candidate.account_id,
                    CASE WHEN candidate.disabled_at IS NULL
                              AND (candidate.one_time_until IS NULL OR candidate.one_time_until > now())
                              AND (candidate.role = 'administrator' OR NOT EXISTS (
                                  SELECT FROM store.oidc_provider p
                                  WHERE p.tenant_id = candidate.tenant_id AND p.passwords_refused))
                         THEN candidate.password_hash END,
                    NOT store.count_attempt(attempt, 'account:' || candidate.account_id, address);
            END LOOP;
            IF NOT found_any THEN
                RETURN QUERY SELECT attempt, NULL::integer, NULL::text,
                    NOT store.count_attempt(attempt, unknown, address);
            END IF;
        END
    $$;

-- As in 0011, but whoever came by a provider is not asked for a password.
CREATE OR REPLACE FUNCTION report.pass_second_factor(
    session_hash bytea, new_session_hash bytea, step bigint, lifetime interval
) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            account store.account;
            reached text;
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN NULL;
            END IF;
            UPDATE store.account a
                SET totp_last_step = step, totp_confirmed_at = coalesce(a.totp_confirmed_at, now())
                FROM store.account_session s
                WHERE s.session_hash = pass_second_factor.session_hash AND a.account_id = s.account_id
                  AND s.expires_at > now() AND s.seen_at + s.idle_lifetime > now()
                  AND a.totp_secret IS NOT NULL AND coalesce(a.totp_last_step, 0) < step
                RETURNING a.* INTO account;
            IF account.account_id IS NULL THEN
                RETURN NULL;
            END IF;
            UPDATE store.account_session s
                SET session_hash = new_session_hash,
                    stage = CASE s.method WHEN 'oidc' THEN 'open' ELSE store.next_stage(account, true) END,
                    expires_at = CASE s.stage WHEN 'second_factor' THEN now() + lifetime ELSE s.expires_at END
                WHERE s.session_hash = pass_second_factor.session_hash
                RETURNING s.stage INTO reached;
            RETURN reached;
        END
    $$;

-- What became of a browser that a provider sent back; of which tenant, if that is known.
CREATE FUNCTION report.record_oidc(tenant_id integer, account_id integer, address text, action text, why text)
    RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        INSERT INTO store.audit_entry (tenant_id, account_id, actor, address, action, object, name, details)
        SELECT record_oidc.tenant_id, a.account_id, coalesce(a.name, ''), record_oidc.address, record_oidc.action,
               'session', a.name, jsonb_strip_nulls(jsonb_build_object('method', 'oidc', 'why', record_oidc.why))
        FROM (SELECT) AS one
            LEFT JOIN store.account a
                ON a.account_id = record_oidc.account_id AND a.tenant_id = record_oidc.tenant_id
        WHERE report.is_report_generator()
    $$;

-- As in 0014, but names the provider where the session came by one.
CREATE OR REPLACE FUNCTION report.record_session(session_hash bytea, action text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT CASE s.method
            WHEN 'oidc' THEN report.record_oidc(a.tenant_id, a.account_id, s.address, record_session.action, NULL)
            ELSE report.record_sign_in(s.account_id, s.address, record_session.action)
        END
        FROM store.account_session s JOIN store.account a USING (account_id)
        WHERE s.session_hash = record_session.session_hash AND report.is_report_generator()
    $$;
