-- Every login's own boards: the tiles of its dashboard, the views of its wallboard, and the dock that all views share.

CREATE TABLE own_board (
    account_id integer PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    begun_at timestamptz NOT NULL DEFAULT now(),
    transition text NOT NULL DEFAULT 'fade' CHECK (transition IN ('none', 'fade', 'slide'))
);
COMMENT ON COLUMN own_board.begun_at IS 'When it got the predefined tiles: what its owner removes does not come back.';

CREATE TABLE wallboard_view (
    view_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id integer NOT NULL REFERENCES own_board ON DELETE CASCADE,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    position integer NOT NULL DEFAULT 0,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    seconds integer NOT NULL DEFAULT 20 CHECK (seconds BETWEEN 5 AND 3600),
    page_url text CHECK (page_url LIKE 'https://_%' AND length(page_url) <= 2000),
    UNIQUE (account_id, view_id)
);
COMMENT ON COLUMN wallboard_view.seconds IS 'How long it is shown before the next view comes.';
COMMENT ON COLUMN wallboard_view.page_url IS 'A page from outside inside the view; shown only while its host is allowed.';

CREATE TABLE tile (
    tile_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id integer NOT NULL REFERENCES own_board ON DELETE CASCADE,
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    place text NOT NULL CHECK (place IN ('dashboard', 'view', 'dock')),
    view_id integer,
    position integer NOT NULL DEFAULT 0,
    definition jsonb NOT NULL,
    CHECK ((place = 'view') = (view_id IS NOT NULL)),
    FOREIGN KEY (account_id, view_id) REFERENCES wallboard_view (account_id, view_id) ON DELETE CASCADE
);
COMMENT ON COLUMN tile.definition IS 'As reportgen.tiles.definition.Tile: the report, its filters and period, form, colours.';
CREATE INDEX ON tile (account_id);

CREATE TABLE page_host (
    tenant_id integer NOT NULL REFERENCES tenant ON DELETE CASCADE,
    host text NOT NULL CHECK (host ~ '^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?$'),
    PRIMARY KEY (tenant_id, host)
);
COMMENT ON TABLE page_host IS 'Hosts whose pages a tenant''s wallboards may show (https only).';
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON page_host
    FOR EACH ROW EXECUTE FUNCTION audit_change();

-- The report generator reads and writes through these views, which show one account's rows: the one whose session the
-- transaction is for. To every other login they are empty, and none but the generator may write.
DO $$
DECLARE
    own text := 'account_id = (SELECT nullif(current_setting(''gespreksrapportage.account'', true), '''')::integer '
        'WHERE pg_has_role(session_user, ''gespreksrapportage_report'', ''MEMBER'')) '
        'AND tenant_id = (SELECT report.current_tenant())';
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['own_board', 'wallboard_view', 'tile'] LOOP
        EXECUTE format(
            'CREATE VIEW report.%1$I WITH (security_barrier) AS SELECT * FROM store.%1$I WHERE %2$s '
            'WITH CASCADED CHECK OPTION', table_name, own
        );
    END LOOP;
END $$;

CREATE VIEW report.page_host WITH (security_barrier) AS
    SELECT * FROM store.page_host WHERE tenant_id = (SELECT report.current_tenant())
    WITH CASCADED CHECK OPTION;

-- Who belongs to a hunt group: for what rings there now.
CREATE VIEW report.contact_group_member WITH (security_barrier) AS
    SELECT g.tenant_id, g.kind, g.pbx_name AS contact_group, m.extension, m.valid
    FROM store.contact_group_member m JOIN store.contact_group g USING (group_id)
    WHERE g.tenant_id = (SELECT report.current_tenant())
      AND ((SELECT report.current_scope()) IS NULL
           OR g.pbx_name = ANY ((SELECT report.scope_groups())::text[]));
