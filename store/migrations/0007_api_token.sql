-- Who may ask for reports: tokens of programs and people, each for one tenant, and the sessions they open in a
-- browser. Only hashes (SHA-256) are kept; the secrets are 32 random bytes, so a hash cannot be turned back.

CREATE TABLE api_token (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
COMMENT ON COLUMN api_token.name IS 'Who uses it: printed on reports as the one who made them.';

CREATE TABLE portal_session (
    session_hash bytea PRIMARY KEY CHECK (length(session_hash) = 32),
    token_hash bytea NOT NULL REFERENCES api_token ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

-- The report generator sees no table of tokens: it gives a hash and learns whose it is. Each function asks who is
-- calling, so that a grant too many on this schema opens nothing to a viewer's login.

CREATE FUNCTION report.is_report_generator() RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    AS $$ SELECT pg_has_role(session_user, 'gespreksrapportage_report', 'MEMBER') $$;

CREATE FUNCTION report.tenant_of_slug(slug text) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT tenant_id FROM store.tenant
        WHERE tenant.slug = tenant_of_slug.slug AND report.is_report_generator()
    $$;

CREATE FUNCTION report.holder_of_token(token_hash bytea, OUT tenant_id integer, OUT name text)
    RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT api_token.tenant_id, api_token.name FROM store.api_token
        WHERE api_token.token_hash = holder_of_token.token_hash
          AND api_token.expires_at > now() AND report.is_report_generator()
    $$;

CREATE FUNCTION report.holder_of_session(session_hash bytea, OUT tenant_id integer, OUT name text)
    RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        SELECT api_token.tenant_id, api_token.name
        FROM store.portal_session JOIN store.api_token USING (token_hash)
        WHERE portal_session.session_hash = holder_of_session.session_hash
          AND portal_session.expires_at > now() AND api_token.expires_at > now()
          AND report.is_report_generator()
    $$;

CREATE FUNCTION report.open_session(token_hash bytea, session_hash bytea, lifetime interval) RETURNS boolean
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
                WHERE api_token.token_hash = open_session.token_hash AND expires_at > now();
            RETURN found;
        END
    $$;

CREATE FUNCTION report.close_session(session_hash bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        DELETE FROM store.portal_session
        WHERE portal_session.session_hash = close_session.session_hash AND report.is_report_generator()
    $$;

GRANT SELECT, INSERT, DELETE ON store.api_token, store.portal_session TO gespreksrapportage_administrator;

-- Readers write numbers the way of their region.
CREATE OR REPLACE VIEW report.tenant WITH (security_barrier) AS
    SELECT tenant_id, slug, name, time_zone, language, edition,
           answer_target_seconds, short_call_seconds, resolution_target_minutes, region
    FROM store.tenant WHERE tenant_id = (SELECT report.current_tenant());
