"""Whoever may look at a board may send any SQL as his tenant's login. Nothing of another tenant comes out,
nothing can be changed, and nothing can be left behind.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from store.connect import connect
from store.migrate import migrate
from tests.dashboards.tenants import TenantUnderTest, fill, moment

DENIED = errors.InsufficientPrivilege
DENIED_OR_IMPOSSIBLE = (
    DENIED,
    errors.FeatureNotSupported,
    errors.GeneratedAlways,
    errors.NoActiveSqlTransaction,
    errors.ObjectNotInPrerequisiteState,
    errors.UndefinedFile,
    errors.WrongObjectType,
)


@pytest.fixture
def viewer(ours: TenantUnderTest, theirs: TenantUnderTest) -> Iterator[psycopg.Connection[Any]]:
    """Our tenant's login; both tenants have rows, and the planner has statistics of them all."""
    # A database made from a template does not get the template's own privileges (who may connect, make
    # temporary tables); the end of every migration says them.
    migrate(ours.database.url)
    now = moment()
    fill(ours, 2, now)
    fill(theirs, 5, now)
    with connect(ours.database.url, "test", autocommit=True) as owner:
        owner.execute("ANALYZE")
    with ours.connect() as connection:
        # What is only a default the attacker undoes first.
        connection.execute("SET default_transaction_read_only = off")
        connection.execute("SET statement_timeout = 0")
        yield connection


def relations(connection: psycopg.Connection[Any], condition: str) -> list[sql.Identifier]:
    rows = connection.execute(
        f"""
        SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND ({condition}) ORDER BY 1, 2
        """.encode()
    ).fetchall()
    return [sql.Identifier(schema, name) for schema, name in rows]


def test_the_views_show_our_rows_alone(viewer: psycopg.Connection[Any], ours: TenantUnderTest) -> None:
    filled = 0
    for view in relations(viewer, "nspname = 'report'"):
        rows = viewer.execute(sql.SQL("SELECT DISTINCT tenant_id FROM {}").format(view)).fetchall()
        assert rows in ([], [(ours.tenant_id,)]), view
        filled += len(rows)
    assert filled > 10


def test_no_relation_that_can_be_read_holds_a_word_of_theirs(
    viewer: psycopg.Connection[Any], ours: TenantUnderTest
) -> None:
    """All of them, the system's and the extension's too: chunks, statistics, activity."""
    with connect(ours.database.url, "test", autocommit=True) as owner:
        assert len(relations_with_a_word_of_theirs(owner)) > 10, "the search itself finds nothing"
    assert relations_with_a_word_of_theirs(viewer) == []


def relations_with_a_word_of_theirs(connection: psycopg.Connection[Any]) -> list[sql.Identifier]:
    found = []
    for relation in relations(connection, "has_table_privilege(pg_class.oid, 'SELECT')"):
        # The word is put together there, or our own question would be found in the list of activities.
        search = sql.SQL("SELECT FROM {} AS t WHERE t::text LIKE '%theirs-' || '9134%' LIMIT 1").format(
            relation
        )
        try:
            found += [relation for _ in connection.execute(search).fetchall()]
        except (*DENIED_OR_IMPOSSIBLE, errors.InternalError_):
            continue
    return found


def test_no_table_and_no_chunk_can_be_read(viewer: psycopg.Connection[Any], ours: TenantUnderTest) -> None:
    closed = relations(
        viewer, "nspname = 'store' OR relname LIKE '%chunk' AND nspname = '_timescaledb_internal'"
    )
    chunks = [relation for relation in closed if "_chunk" in relation.as_string()]
    assert len(closed) > 30
    assert bool(chunks) == (ours.database.kind == "timescaledb")
    for relation in closed:
        for statement in ("SELECT FROM {}", "COPY {} TO STDOUT", "SELECT FROM {} LIMIT 0", "DELETE FROM {}"):
            with pytest.raises(DENIED):
                viewer.execute(sql.SQL(statement).format(relation))


def test_no_view_can_be_written_through(viewer: psycopg.Connection[Any]) -> None:
    for view in relations(viewer, "nspname = 'report'"):
        for statement in (
            "DELETE FROM {}",
            "UPDATE {} SET tenant_id = tenant_id",
            "INSERT INTO {} DEFAULT VALUES",
            "TRUNCATE {}",
            "LOCK TABLE {} IN EXCLUSIVE MODE",
            "CREATE RULE r AS ON SELECT TO {} DO INSTEAD NOTHING",
            "ALTER VIEW {} RESET (security_barrier)",
            "DROP VIEW {}",
        ):
            with pytest.raises(DENIED_OR_IMPOSSIBLE):
                viewer.execute(sql.SQL(statement).format(view))


def test_naming_another_tenant_changes_nothing(
    viewer: psycopg.Connection[Any], ours: TenantUnderTest, theirs: TenantUnderTest
) -> None:
    viewer.execute("SELECT set_config('gespreksrapportage.tenant', %s, false)", (str(theirs.tenant_id),))
    assert viewer.execute("SELECT report.current_tenant()").fetchone() == (ours.tenant_id,)
    assert viewer.execute("SELECT slug FROM report.tenant").fetchall() == [("ours",)]
    statement = f"SET gespreksrapportage.tenant = '{theirs.tenant_id}'; SELECT slug FROM report.tenant"
    answer = viewer.execute(statement.encode())
    answer.nextset()
    assert answer.fetchall() == [("ours",)]
    assert viewer.execute("SELECT slug FROM report.tenant").fetchall() == [("ours",)]


def test_no_other_role_can_be_taken(viewer: psycopg.Connection[Any], theirs: TenantUnderTest) -> None:
    roles = viewer.execute(
        """
        SELECT rolname FROM pg_roles
        WHERE rolname NOT IN (session_user, 'gespreksrapportage_viewer', 'pg_database_owner')
        """
    ).fetchall()
    assert (theirs.role_name,) in roles
    assert ("gespreksrapportage_report",) in roles
    for (role,) in roles:
        for statement in ("SET ROLE {}", "SET SESSION AUTHORIZATION {}", "GRANT {} TO CURRENT_USER"):
            with pytest.raises(DENIED):
                viewer.execute(sql.SQL(statement).format(sql.Identifier(role)))


def test_the_group_role_shows_the_same_rows(viewer: psycopg.Connection[Any]) -> None:
    viewer.execute("SET ROLE gespreksrapportage_viewer")
    assert viewer.execute("SELECT slug FROM report.tenant").fetchall() == [("ours",)]


def test_errors_tell_nothing_of_rows_that_are_not_shown(viewer: psycopg.Connection[Any]) -> None:
    """A condition that fails on their rows must not be tried on them."""
    for condition in (
        "1 / (CASE WHEN number LIKE 'theirs%' THEN 0 ELSE 1 END) = 1",
        "(CASE WHEN number LIKE 'theirs%' THEN number ELSE '1' END)::integer = 1",
    ):
        statement = f"SELECT count(*) FROM report.live_call WHERE {condition}"
        assert viewer.execute(statement.encode()).fetchone() == (2,)


def test_our_own_functions_are_those_that_the_views_ask(viewer: psycopg.Connection[Any]) -> None:
    callable_functions = viewer.execute(
        """
        SELECT pg_proc.oid::regprocedure::text
        FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE has_function_privilege(pg_proc.oid, 'EXECUTE') AND has_schema_privilege(pronamespace, 'USAGE')
          AND (nspname IN ('store', 'report', 'public') OR prosecdef) AND nspname <> '_timescaledb_functions'
        """
    ).fetchall()
    assert {name for (name,) in callable_functions} == {
        "current_tenant()",
        "current_scope()",
        "scope_units()",
        "scope_persons()",
        "scope_groups()",
        "call_is_shown(uuid,timestamp with time zone)",
        "masked_digits()",
        "customers_masked()",
        "masked_number(text,integer)",
        "shown_number(text)",
        "users_shown()",
        "large_groups()",
        "calls_shown()",
        "is_open(timestamp with time zone,text[])",
        "open_seconds(timestamp with time zone,timestamp with time zone,text[])",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE SCHEMA mine",
        "CREATE TABLE public.mine (a integer)",
        "CREATE TABLE report.mine (a integer)",
        "CREATE TABLE store.mine (a integer)",
        "CREATE TEMPORARY TABLE mine (a integer)",
        "CREATE TEMPORARY VIEW mine AS SELECT 1",
        "SELECT 1 INTO TEMPORARY mine",
        "CREATE FUNCTION report.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION pg_temp.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION dblink",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION report.current_tenant()",
        "CREATE PUBLICATION mine FOR ALL TABLES",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT pg_ls_dir('.')",
        "COPY (SELECT 1) TO '/tmp/mine'",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_lock(1)",
        "SELECT pg_advisory_xact_lock_shared(1)",
        "SELECT pg_notify('gespreksrapportage_events', 'x')",
        "SET temp_file_limit = -1",
        "SET log_statement = 'all'",
        "ALTER SYSTEM SET log_statement = 'all'",
        "ALTER ROLE CURRENT_USER CONNECTION LIMIT -1",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "SELECT rolpassword FROM pg_authid",
        "SELECT * FROM pg_statistic",
        "SELECT pg_reload_conf()",
        "CHECKPOINT",
        "LOAD 'plpgsql'",
    ],
)
def test_nothing_can_be_made_read_or_held(viewer: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(DENIED_OR_IMPOSSIBLE):
        viewer.execute(statement.encode())


def test_a_second_statement_in_one_text_is_denied_too(viewer: psycopg.Connection[Any]) -> None:
    """Grafana sends the text as it is, and the server takes it for several statements."""
    for statement in (
        "SELECT 1; SELECT * FROM store.call",
        "COMMIT; SET ROLE gespreksrapportage_owner; SELECT * FROM store.call",
        "RESET ALL; RESET ROLE; SELECT * FROM store.event",
        "DO $$ BEGIN EXECUTE 'SELECT 1 FROM store.event'; END $$",
    ):
        with pytest.raises(DENIED):
            viewer.execute(statement.encode())


def test_another_session_is_not_ours_to_end(viewer: psycopg.Connection[Any], theirs: TenantUnderTest) -> None:
    with theirs.connect() as other:
        for function in ("pg_cancel_backend", "pg_terminate_backend"):
            with pytest.raises(DENIED):
                viewer.execute(
                    sql.SQL("SELECT {}({})").format(sql.Identifier(function), other.info.backend_pid)
                )
        assert other.execute("SELECT slug FROM report.tenant").fetchall() == [(theirs.slug,)]


def test_the_extensions_tools_are_out_of_reach(
    viewer: psycopg.Connection[Any], ours: TenantUnderTest
) -> None:
    if ours.database.kind == "plain":
        assert viewer.execute("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'").fetchall() == []
        return
    for statement in (
        "SELECT public.show_chunks('store.call')",
        "SELECT public.drop_chunks('store.call', older_than => now() + interval '1 day')",
        "SELECT public.add_job('report.current_tenant', interval '1 second')",
        "SELECT public.create_hypertable('store.leg', 'started_at')",
    ):
        with pytest.raises(DENIED):
            viewer.execute(statement.encode())
