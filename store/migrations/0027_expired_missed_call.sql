-- A missed call that nobody returned within the tenant's days is expired: not open any more, and not returned either.
-- It depends on the time of asking, so the view says it and no row changes.
DO $$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE VIEW report.missed_call WITH (security_barrier) AS SELECT %1$s FROM (%2$s) AS shown',
        (SELECT string_agg(
             CASE attname
                 WHEN 'state' THEN
                     'CASE WHEN closed_at IS NULL AND state <> ''not_returnable'' AND NOT unreturned '
                     'THEN ''expired'' ELSE state END AS state'
                 ELSE quote_ident(attname)
             END, ', ' ORDER BY attnum)
         FROM pg_attribute WHERE attrelid = 'report.missed_call'::regclass AND attnum > 0),
        rtrim(pg_get_viewdef('report.missed_call'::regclass), '; ')
    );
END $$;
