-- The second step, where TimescaleDB is there: the same tables, cut in chunks by time.
SELECT public.create_hypertable('store.event', public.by_range('occurred_at', interval '7 days'),
                                create_default_indexes => false, if_not_exists => true, migrate_data => true);
SELECT public.create_hypertable('store.call', public.by_range('started_at', interval '30 days'),
                                create_default_indexes => false, if_not_exists => true, migrate_data => true);
SELECT public.create_hypertable('store.leg', public.by_range('started_at', interval '30 days'),
                                create_default_indexes => false, if_not_exists => true, migrate_data => true);
SELECT public.create_hypertable('store.visit', public.by_range('started_at', interval '30 days'),
                                create_default_indexes => false, if_not_exists => true, migrate_data => true);
SELECT public.create_hypertable('store.agent_state', public.by_range('from_at', interval '30 days'),
                                create_default_indexes => false, if_not_exists => true, migrate_data => true);
SELECT public.create_hypertable('store.device_state', public.by_range('from_at', interval '30 days'),
                                create_default_indexes => false, if_not_exists => true, migrate_data => true);
SELECT public.create_hypertable('store.rollup_call_quarter', public.by_range('bucket_start', interval '90 days'),
                                create_default_indexes => false, if_not_exists => true, migrate_data => true);
SELECT public.create_hypertable('store.rollup_visit_quarter', public.by_range('bucket_start', interval '90 days'),
                                create_default_indexes => false, if_not_exists => true, migrate_data => true);
