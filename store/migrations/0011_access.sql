-- Who may sign in, and what part of a tenant each may see. Secrets are kept as hashes only: passwords by argon2id,
-- the random secrets of sessions by SHA-256. No reader's role sees these tables: the report generator asks functions.

ALTER TABLE organisation_unit ADD UNIQUE (tenant_id, unit_id);
ALTER TABLE person ADD UNIQUE (tenant_id, person_id);
ALTER TABLE contact_group ADD UNIQUE (tenant_id, group_id);

CREATE TABLE access_scope (
    scope_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    name text,
    UNIQUE (tenant_id, scope_id),
    UNIQUE (tenant_id, name)
);
COMMENT ON TABLE access_scope IS
    'A part of a tenant: any set of units, contact groups and persons. One without members shows nothing.';
COMMENT ON COLUMN access_scope.name IS 'Of a scope that several share; null: made for one account.';

CREATE TABLE access_scope_member (
    tenant_id integer NOT NULL,
    scope_id integer NOT NULL,
    unit_id integer,
    group_id integer,
    person_id integer,
    CHECK (num_nonnulls(unit_id, group_id, person_id) = 1),
    UNIQUE NULLS NOT DISTINCT (scope_id, unit_id, group_id, person_id),
    FOREIGN KEY (tenant_id, scope_id) REFERENCES access_scope (tenant_id, scope_id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, unit_id) REFERENCES organisation_unit (tenant_id, unit_id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, group_id) REFERENCES contact_group (tenant_id, group_id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id) ON DELETE CASCADE
);

CREATE TABLE account (
    account_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer REFERENCES tenant ON DELETE CASCADE,
    name text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    email text CHECK (email = lower(email) AND email LIKE '%_@_%'),
    role text NOT NULL CHECK (role IN ('operator', 'administrator', 'supervisor', 'user', 'privacy_officer')),
    scope_id integer,
    person_id integer,
    call_center_basic boolean NOT NULL DEFAULT false,
    password_hash text CHECK (password_hash LIKE '$argon2id$%'),
    one_time_until timestamptz,
    totp_secret text,
    totp_confirmed_at timestamptz,
    totp_last_step bigint,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((role = 'operator') = (tenant_id IS NULL)),
    CHECK ((role IN ('supervisor', 'user')) = (scope_id IS NOT NULL)),
    -- No deletion of a scope may widen what somebody sees.
    FOREIGN KEY (tenant_id, scope_id) REFERENCES access_scope (tenant_id, scope_id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id) ON DELETE SET NULL (person_id)
);
COMMENT ON COLUMN account.name IS
    'Unique within its tenant only, so that no tenant learns of another''s: TENANT/NAME names one account.';
COMMENT ON COLUMN account.scope_id IS 'What part of the tenant it sees; null: all of it.';
COMMENT ON COLUMN account.call_center_basic IS 'The PBX option of that name: fewer agent reports.';
COMMENT ON COLUMN account.one_time_until IS 'Of a password that somebody else chose: it must be changed, by then.';
COMMENT ON COLUMN account.totp_last_step IS 'The time step (RFC 6238) of the last code taken: none is taken twice.';
CREATE UNIQUE INDEX account_name ON account (coalesce(tenant_id, 0), name);
CREATE UNIQUE INDEX account_email ON account (coalesce(tenant_id, 0), email) WHERE email IS NOT NULL;
CREATE INDEX ON account (name);
CREATE INDEX ON account (email);

CREATE SEQUENCE sign_in_id;
CREATE TABLE sign_in_attempt (
    sign_in_id bigint NOT NULL,
    attempted_at timestamptz NOT NULL DEFAULT now(),
    subject text NOT NULL,
    address text NOT NULL,
    PRIMARY KEY (sign_in_id, subject)
);
COMMENT ON TABLE sign_in_attempt IS
    'Attempts that have not succeeded: each is written before its password is looked at, and removed by success.';
COMMENT ON COLUMN sign_in_attempt.subject IS 'An account, or the hash of a name that belongs to none.';
CREATE INDEX ON sign_in_attempt (subject, attempted_at);
CREATE INDEX ON sign_in_attempt (address, attempted_at);
CREATE INDEX ON sign_in_attempt (attempted_at);

CREATE TABLE account_session (
    session_hash bytea PRIMARY KEY CHECK (length(session_hash) = 32),
    account_id integer NOT NULL REFERENCES account ON DELETE CASCADE,
    sign_in_id bigint NOT NULL,
    stage text NOT NULL CHECK (stage IN ('second_factor', 'new_password', 'open')),
    address text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    idle_lifetime interval NOT NULL,
    expires_at timestamptz NOT NULL
);
COMMENT ON COLUMN account_session.stage IS 'What is still to be done before the session opens anything.';
CREATE INDEX ON account_session (account_id);

CREATE FUNCTION end_sessions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            DELETE FROM store.account_session WHERE account_id = NEW.account_id;
            RETURN NULL;
        END
    $$;
CREATE TRIGGER end_sessions AFTER UPDATE OF password_hash, disabled_at, role, tenant_id ON account
    FOR EACH ROW WHEN ((OLD.password_hash, OLD.disabled_at, OLD.role, OLD.tenant_id)
                       IS DISTINCT FROM (NEW.password_hash, NEW.disabled_at, NEW.role, NEW.tenant_id))
    EXECUTE FUNCTION end_sessions();

-- Counts an attempt unless there were too many in the last quarter of an hour: for the account 5 from one address
-- and 25 from all of them, 50 from an address for all accounts. An attempt that is refused is not counted, so that
-- nobody can be kept out for longer than that by trying on.
CREATE FUNCTION count_attempt(sign_in_id bigint, subject text, address text) RETURNS boolean
    LANGUAGE plpgsql SET search_path = store, pg_temp
    AS $$
        DECLARE
            since timestamptz := now() - interval '15 minutes';
            from_here integer;
            from_anywhere integer;
            by_address integer;
        BEGIN
            -- One at a time: what runs at the same moment must see each other's attempts.
            PERFORM pg_advisory_xact_lock(hashtextextended('gespreksrapportage sign-in', 0));
            DELETE FROM sign_in_attempt WHERE attempted_at < now() - interval '1 day';
            SELECT count(*) FILTER (WHERE a.address = count_attempt.address), count(*)
                INTO from_here, from_anywhere FROM sign_in_attempt a
                WHERE a.subject = count_attempt.subject AND a.attempted_at > since;
            SELECT count(*) INTO by_address FROM sign_in_attempt a
                WHERE a.address = count_attempt.address AND a.attempted_at > since;
            IF from_here >= 5 OR from_anywhere >= 25 OR by_address >= 50 THEN
                RETURN false;
            END IF;
            INSERT INTO sign_in_attempt (sign_in_id, subject, address)
                VALUES (count_attempt.sign_in_id, count_attempt.subject, count_attempt.address);
            RETURN true;
        END
    $$;

-- The accounts that a name may mean, with what their passwords are checked against: of one tenant when it is named,
-- else of any (the three that exist the longest, so that no tenant can shut out another's users with a like name).
CREATE FUNCTION report.begin_sign_in(tenant_slug text, name text, address text)
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
                         THEN candidate.password_hash END,
                    NOT store.count_attempt(attempt, 'account:' || candidate.account_id, address);
            END LOOP;
            IF NOT found_any THEN
                RETURN QUERY SELECT attempt, NULL::integer, NULL::text,
                    NOT store.count_attempt(attempt, unknown, address);
            END IF;
        END
    $$;

CREATE FUNCTION next_stage(account store.account, second_factor_given boolean) RETURNS text
    LANGUAGE sql STABLE SET search_path = store, pg_temp
    AS $$
        SELECT CASE
            WHEN account.totp_confirmed_at IS NOT NULL AND NOT second_factor_given THEN 'second_factor'
            WHEN account.one_time_until IS NOT NULL THEN 'new_password'
            ELSE 'open'
        END
    $$;

-- After the password was right: forgets what was tried before from this address, unless a second factor is wanted.
CREATE FUNCTION report.open_account_session(
    sign_in_id bigint, account_id integer, session_hash bytea, idle_lifetime interval, lifetime interval
) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            attempt store.sign_in_attempt;
            account store.account;
            stage text;
        BEGIN
            SELECT a.* INTO attempt FROM store.sign_in_attempt a
                WHERE a.sign_in_id = open_account_session.sign_in_id AND a.subject = 'account:' || account_id
                  AND a.attempted_at > now() - interval '5 minutes';
            SELECT a.* INTO account FROM store.account a
                WHERE a.account_id = open_account_session.account_id AND a.disabled_at IS NULL;
            IF NOT report.is_report_generator() OR attempt.sign_in_id IS NULL OR account.account_id IS NULL THEN
                RETURN NULL;
            END IF;
            stage := store.next_stage(account, false);
            IF stage <> 'second_factor' THEN
                PERFORM store.forgive(attempt.sign_in_id, attempt.subject, attempt.address);
            END IF;
            DELETE FROM store.account_session s
                WHERE s.expires_at <= now() OR s.seen_at + s.idle_lifetime <= now();
            INSERT INTO store.account_session
                (session_hash, account_id, sign_in_id, stage, address, idle_lifetime, expires_at)
                VALUES (session_hash, account_id, sign_in_id, stage, attempt.address, idle_lifetime,
                        now() + CASE stage WHEN 'second_factor' THEN interval '5 minutes' ELSE lifetime END);
            RETURN stage;
        END
    $$;

CREATE FUNCTION forgive(sign_in_id bigint, subject text, address text) RETURNS void
    LANGUAGE sql SET search_path = store, pg_temp
    AS $$
        DELETE FROM store.sign_in_attempt a
        WHERE a.sign_in_id = forgive.sign_in_id OR (a.subject = forgive.subject AND a.address = forgive.address)
    $$;

-- Whose session it is; being asked keeps it from falling idle.
CREATE FUNCTION report.account_of_session(session_hash bytea)
    RETURNS TABLE (
        account_id integer, tenant_id integer, name text, role text, scope_id integer, person_id integer,
        edition text, call_center_basic boolean, stage text, second_factor boolean
    )
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN;
            END IF;
            UPDATE store.account_session s SET seen_at = now()
                WHERE s.session_hash = account_of_session.session_hash
                  AND s.expires_at > now() AND s.seen_at + s.idle_lifetime > now()
                  -- Not with every request: a page asks for many things at once.
                  AND s.seen_at < now() - least(s.idle_lifetime / 20, interval '1 minute');
            RETURN QUERY
                SELECT a.account_id, a.tenant_id, a.name, a.role, a.scope_id, a.person_id,
                       t.edition, a.call_center_basic, s.stage, a.totp_confirmed_at IS NOT NULL
                FROM store.account_session s JOIN store.account a USING (account_id)
                    LEFT JOIN store.tenant t USING (tenant_id)
                WHERE s.session_hash = account_of_session.session_hash AND a.disabled_at IS NULL
                  AND s.expires_at > now() AND s.seen_at + s.idle_lifetime > now();
        END
    $$;

CREATE FUNCTION report.close_account_session(session_hash bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DELETE FROM store.account_session s
        WHERE s.session_hash = close_account_session.session_hash AND report.is_report_generator()
    $$;

-- What a session's password or code is checked against. Each question counts as an attempt to sign in until
-- pass_check() is called, so that nobody can try codes or passwords at will.
CREATE FUNCTION report.begin_check(session_hash bytea)
    RETURNS TABLE (sign_in_id bigint, password_hash text, totp_secret text, totp_last_step bigint, refused boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        DECLARE
            session store.account_session;
            attempt bigint;
        BEGIN
            SELECT s.* INTO session FROM store.account_session s
                WHERE s.session_hash = begin_check.session_hash
                  AND s.expires_at > now() AND s.seen_at + s.idle_lifetime > now();
            IF NOT report.is_report_generator() OR session.account_id IS NULL THEN
                RETURN;
            END IF;
            attempt := nextval('store.sign_in_id');
            RETURN QUERY
                SELECT attempt, a.password_hash, a.totp_secret, a.totp_last_step,
                       NOT store.count_attempt(attempt, 'account:' || a.account_id, session.address)
                FROM store.account a WHERE a.account_id = session.account_id AND a.disabled_at IS NULL;
        END
    $$;

CREATE FUNCTION report.pass_check(session_hash bytea, sign_in_id bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT store.forgive(pass_check.sign_in_id, 'account:' || s.account_id, s.address)
        FROM store.account_session s
        WHERE s.session_hash = pass_check.session_hash AND report.is_report_generator()
    $$;

-- The code of this time step is used up, and the session gets another secret and a life of its own.
CREATE FUNCTION report.pass_second_factor(
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
            reached := store.next_stage(account, true);
            UPDATE store.account_session s
                SET session_hash = new_session_hash, stage = reached,
                    expires_at = CASE s.stage WHEN 'second_factor' THEN now() + lifetime ELSE s.expires_at END
                WHERE s.session_hash = pass_second_factor.session_hash;
            RETURN reached;
        END
    $$;

-- A new secret for the account's second factor; it holds only once a code made with it has been given.
CREATE FUNCTION report.offer_second_factor(session_hash bytea, totp_secret text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        BEGIN
            UPDATE store.account a SET totp_secret = offer_second_factor.totp_secret
                FROM store.account_session s
                WHERE s.session_hash = offer_second_factor.session_hash AND s.stage = 'open'
                  AND a.account_id = s.account_id AND a.totp_confirmed_at IS NULL
                  AND report.is_report_generator();
            RETURN found;
        END
    $$;

-- Ends all sessions of the account and opens one anew.
CREATE FUNCTION report.change_password(
    session_hash bytea, new_session_hash bytea, password_hash text
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_variable
        DECLARE
            session store.account_session;
        BEGIN
            SELECT s.* INTO session FROM store.account_session s
                WHERE s.session_hash = change_password.session_hash AND s.stage IN ('new_password', 'open')
                  AND s.expires_at > now() AND report.is_report_generator();
            IF session.account_id IS NULL THEN
                RETURN false;
            END IF;
            UPDATE store.account a SET password_hash = change_password.password_hash, one_time_until = NULL
                WHERE a.account_id = session.account_id;
            session.session_hash := new_session_hash;
            session.stage := 'open';
            INSERT INTO store.account_session SELECT (session).*;
            RETURN true;
        END
    $$;

-- One mechanism for programs: a token belongs to an account or to a tenant, and may be limited to a scope.
ALTER TABLE api_token
    ADD COLUMN account_id integer REFERENCES account ON DELETE CASCADE,
    ADD COLUMN scope_id integer,
    ADD COLUMN last_used_at timestamptz,
    ADD FOREIGN KEY (tenant_id, scope_id) REFERENCES access_scope (tenant_id, scope_id);
COMMENT ON COLUMN api_token.account_id IS 'Whose it is: it may what the account may, and ends with it.';
COMMENT ON COLUMN api_token.scope_id IS 'What part of the tenant it sees; null: what its account sees, or all.';

CREATE FUNCTION report.account_of_token(token_hash bytea)
    RETURNS TABLE (
        account_id integer, tenant_id integer, name text, role text, scope_id integer, person_id integer,
        edition text, call_center_basic boolean
    )
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        #variable_conflict use_column
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN;
            END IF;
            UPDATE store.api_token k SET last_used_at = now()
                WHERE k.token_hash = account_of_token.token_hash AND k.expires_at > now()
                  AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute');
            RETURN QUERY
                SELECT a.account_id, k.tenant_id, k.name, coalesce(a.role, 'supervisor'),
                       coalesce(a.scope_id, k.scope_id), a.person_id, t.edition, coalesce(a.call_center_basic, false)
                FROM store.api_token k JOIN store.tenant t USING (tenant_id)
                    LEFT JOIN store.account a USING (account_id)
                WHERE k.token_hash = account_of_token.token_hash AND k.expires_at > now()
                  AND (k.account_id IS NULL OR (a.tenant_id = k.tenant_id AND a.disabled_at IS NULL));
        END
    $$;
COMMENT ON FUNCTION report.account_of_token(bytea) IS
    'A scope of the account''s goes before the token''s own: a token never sees more than its account.';

-- Callers that know only tenants must not take a limited token for a whole tenant's.
CREATE OR REPLACE FUNCTION report.holder_of_token(token_hash bytea, OUT tenant_id integer, OUT name text)
    RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT api_token.tenant_id, api_token.name FROM store.api_token
        WHERE api_token.token_hash = holder_of_token.token_hash
          AND api_token.account_id IS NULL AND api_token.scope_id IS NULL
          AND api_token.expires_at > now() AND report.is_report_generator()
    $$;

CREATE OR REPLACE FUNCTION report.open_session(token_hash bytea, session_hash bytea, lifetime interval) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            IF NOT report.is_report_generator() THEN
                RETURN false;
            END IF;
            DELETE FROM store.portal_session WHERE expires_at <= now();
            INSERT INTO store.portal_session
                SELECT open_session.session_hash, api_token.token_hash, now() + lifetime
                FROM store.api_token
                WHERE api_token.token_hash = open_session.token_hash AND expires_at > now()
                  AND api_token.account_id IS NULL AND api_token.scope_id IS NULL;
            RETURN found;
        END
    $$;
