-- Made by the million at a time, and read again at once: the planner must know that they are there.
CREATE FUNCTION store.analyze_facts() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = store, pg_temp
    AS $$
        BEGIN
            ANALYZE store.call_key, store.call, store.leg, store.visit, store.agent_state;
        END
    $$;
COMMENT ON FUNCTION store.analyze_facts() IS 'For the aggregator, which does not own the tables.';
GRANT EXECUTE ON FUNCTION store.analyze_facts() TO gespreksrapportage_aggregator;
