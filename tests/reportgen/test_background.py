"""Reports made in the background: queued, made, watched, cancelled, fetched, and gone in the end."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import psycopg
import pytest

from reportgen.access.accounts import create_account
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token
from reportgen.background.files import Results
from reportgen.background.makers import BROKE, ENDED_OFTEN, LOST_AFTER, MOST_CLAIMS
from reportgen.background.queue import MOST_OPEN
from reportgen.web.app import create_app
from store.connect import Connection, connect
from tests.conftest import Database
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW
from tests.reportgen.running import ASKED, RUNS, asked_for, shows, state_of, until
from tests.reportgen.serving import served

CALLS = 5
Serve = Callable[..., AbstractContextManager[httpx.Client]]


@pytest.fixture
def company(acme: TenantBuilder) -> TenantBuilder:
    for hour in range(CALLS):
        acme.call(datetime(2026, 10, 1, 8 + hour, tzinfo=UTC), extension="201")
    return acme


@pytest.fixture
def token(database: Database, company: TenantBuilder) -> str:
    with connect(database.url, "test") as connection:
        return create_token(connection, "acme", name="program", days=1)


@pytest.fixture
def serve(report_url: str, token: str, tmp_path: Path) -> Serve:
    """`with serve() as client:` – a service with two makers; `serve(makers=0)` only takes requests."""

    @contextmanager
    def serving(makers: int = 2, bearer: str = token) -> Iterator[httpx.Client]:
        app = create_app(report_url, clock=lambda: NOW, results=tmp_path / "results", makers=makers)
        with served(app) as client:
            client.headers["Authorization"] = f"Bearer {bearer}"
            yield client

    return serving


@contextmanager
def calls_locked(company: TenantBuilder, database: Database) -> Iterator[None]:
    """Whoever reads calls meanwhile waits."""
    with database.connect() as connection, connection.transaction():
        connection.execute("LOCK TABLE store.call IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def trail_locked(database: Database) -> Iterator[None]:
    """Whoever adds to the trail meanwhile waits; a maker does so when its file is written."""
    with database.connect() as connection, connection.transaction():
        connection.execute("LOCK TABLE store.audit_entry IN ACCESS EXCLUSIVE MODE")
        yield


def waiting_for_a_lock(company: TenantBuilder) -> int:
    row = company.connection.execute(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE wait_event_type = 'Lock' AND datname = current_database()"
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_run_gives_what_the_report_gives(serve: Serve) -> None:
    with serve() as client:
        body = {"from": "2026-10-01", "to": "2026-10-31", "sort": ["-started_at"], "columns": ["started_at"]}
        answer = client.post("/api/v1/reports/calls-by-date/run?wait=0", json=body)
        assert answer.status_code == 202
        address = answer.headers["location"]
        run = state_of(client, address, "done")
        assert (run["rows_done"], run["problem"]) == (CALLS, None)
        assert run["size_bytes"] > 0
        found = client.get(run["result"])
        assert found.headers["content-type"] == "application/json"
        expected = client.post("/api/v1/reports/calls-by-date/run", json=body).json()
        assert found.json() == expected
        assert [each["id"] for each in client.get(RUNS).json()] == [run["id"]]


@pytest.mark.parametrize("form", ["pdf", "csv", "xlsx", "html"])
def test_a_run_makes_a_file_of_every_form(serve: Serve, form: str) -> None:
    with serve() as client:
        run = state_of(client, asked_for(client, form=form), "done")
        found = client.get(run["result"])
        assert f"calls-by-date_2026-10-01_2026-10-31.{form}" in found.headers["content-disposition"]
        assert found.content[:4] in (b"%PDF", b"PK\x03\x04", b"\xef\xbb\xbfD", b"<sec")


def test_a_named_period_means_the_days_of_when_it_was_asked(serve: Serve, company: TenantBuilder) -> None:
    with serve(makers=0) as client:
        asked_for(client, period="last-month", **{"from": None, "to": None})
    row = company.connection.execute("SELECT asked FROM store.report_run").fetchone()
    assert row == ({"from": "2026-10-01", "to": "2026-10-31"},)


def test_a_run_that_waits_has_no_file_and_can_be_cancelled(serve: Serve) -> None:
    with serve(makers=0) as client:
        address = asked_for(client)
        answer = client.get(address)
        assert (answer.json()["state"], answer.headers["retry-after"]) == ("waiting", "2")
        problem = client.get(f"{address}/result")
        assert (problem.status_code, problem.json()["type"]) == (
            409,
            "urn:gespreksrapportage:problem:unfinished-run",
        )
        assert client.delete(address).status_code == 204
        assert client.get(address).json()["state"] == "cancelled"
        assert client.delete(address).status_code == 204
        assert client.get(address).status_code == 404


def test_cancelling_ends_the_statement_in_the_database(
    serve: Serve, company: TenantBuilder, database: Database
) -> None:
    with serve() as client, calls_locked(company, database):
        address = asked_for(client)
        state_of(client, address, "running")
        until(lambda: waiting_for_a_lock(company))
        client.delete(address)
        assert client.get(address).json()["state"] == "cancelled"
        until(lambda: not waiting_for_a_lock(company))
        assert client.get(address).json()["state"] == "cancelled"
    row = company.connection.execute(
        "SELECT details -> 'whole' FROM store.audit_entry WHERE action = 'run'"
    ).fetchone()
    assert row == (False,)


def test_a_run_that_is_cancelled_with_its_file_written_ends_no_maker(
    serve: Serve, company: TenantBuilder, database: Database, tmp_path: Path
) -> None:
    results = Results(tmp_path / "results")
    with serve(makers=1) as client:
        with trail_locked(database):
            address = asked_for(client)
            until(results.path(UUID(address.rpartition("/")[2])).exists)
            client.delete(address)
        assert client.get(address).json()["state"] == "cancelled"
        other = asked_for(client)
        state_of(client, other, "done")
        assert client.get(address).json()["state"] == "cancelled"
        assert {path.name for path in results.directory.iterdir()} == {other.rpartition("/")[2]}


def test_makers_outlive_a_directory_that_is_gone(
    report_url: str, token: str, tmp_path: Path, database: Database
) -> None:
    app = create_app(report_url, clock=lambda: NOW, results=tmp_path / "results", makers=1)
    (tmp_path / "results").rmdir()
    with served(app) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        run = state_of(client, asked_for(client), "failed")
        assert run["problem"].startswith("The report could not be made")


def test_a_service_that_ends_gives_back_what_it_was_making(
    serve: Serve, company: TenantBuilder, database: Database
) -> None:
    with calls_locked(company, database), serve() as client:
        address = asked_for(client)
        state_of(client, address, "running")
        until(lambda: waiting_for_a_lock(company))
    row = company.connection.execute("SELECT state, claims FROM store.report_run").fetchone()
    assert row == ("waiting", 0)
    with serve() as client:
        state_of(client, address, "done")


def claimed(connection: Connection) -> tuple[UUID, UUID] | None:
    row = connection.execute(
        "SELECT run_id, claim_id FROM report.claim_run(%s, %s, %s)", (LOST_AFTER, MOST_CLAIMS, ENDED_OFTEN)
    ).fetchone()
    connection.commit()
    return row


def long_ago(company: TenantBuilder) -> None:
    company.connection.execute("UPDATE store.report_run SET beat_at = beat_at - interval '31 seconds'")


def test_a_run_whose_service_was_killed_is_taken_up_again(
    serve: Serve, company: TenantBuilder, report_url: str
) -> None:
    with serve(makers=0) as client:
        address = asked_for(client)
    with connect(report_url, "killed") as connection:
        lost = claimed(connection)
        assert lost is not None
        assert claimed(connection) is None, "its maker still lives"
        long_ago(company)
        with serve() as client:
            state_of(client, address, "done")
        done = connection.execute("SELECT report.finish_run(%s, 1, 1, NULL, NULL)", [lost[1]]).fetchone()
        assert done == (False,), "the one that was taken for lost comes too late"


def test_a_run_that_kills_its_services_is_given_up(
    serve: Serve, company: TenantBuilder, report_url: str
) -> None:
    with serve(makers=0) as client:
        address = asked_for(client)
        with connect(report_url, "killed") as connection:
            for _ in range(MOST_CLAIMS):
                assert claimed(connection) is not None
                long_ago(company)
            assert claimed(connection) is None
        run = client.get(address).json()
        assert (run["state"], run["problem"]) == ("failed", ENDED_OFTEN)


def test_two_makers_never_take_the_same_run(serve: Serve, report_url: str) -> None:
    with serve(makers=0) as client:
        wanted = {asked_for(client).rpartition("/")[2] for _ in range(2)}
    claim = "SELECT run_id FROM report.claim_run(%s, %s, %s)"
    values = (LOST_AFTER, MOST_CLAIMS, ENDED_OFTEN)
    with connect(report_url, "one") as one, connect(report_url, "other") as other:
        # Neither has committed when the other looks.
        taken = [connection.execute(claim, values).fetchone() for connection in (one, other)]
        assert {str(row[0]) for row in taken if row is not None} == wanted
        assert other.execute(claim, values).fetchone() is None


def test_a_tenant_with_many_runs_does_not_keep_others_waiting(
    serve: Serve, database: Database, acme: TenantBuilder, report_url: str
) -> None:
    TenantBuilder(acme.connection, slug="other", name="Other BV")
    with connect(database.url, "test") as connection:
        others = create_token(connection, "other", name="them", days=1)
    with serve(makers=0) as client:
        for _ in range(3):
            asked_for(client)
    with serve(makers=0, bearer=others) as client:
        theirs = asked_for(client).rpartition("/")[2]
    with connect(report_url, "maker") as connection:
        taken = [claimed(connection) for _ in range(2)]
    assert str(taken[1] and taken[1][0]) == theirs


def test_a_tenant_has_so_many_open_and_no_more(serve: Serve) -> None:
    with serve(makers=0) as client:
        addresses = [asked_for(client) for _ in range(MOST_OPEN)]
        answer = client.post(RUNS, json=ASKED)
        assert answer.status_code == 429
        assert str(MOST_OPEN) in answer.json()["detail"]
        client.delete(addresses[0])
        asked_for(client)


def test_a_run_belongs_to_whoever_asked_for_it(serve: Serve, database: Database, acme: TenantBuilder) -> None:
    TenantBuilder(acme.connection, slug="other", name="Other BV")
    with connect(database.url, "test") as connection:
        strangers = [create_token(connection, slug, name="program", days=1) for slug in ("acme", "other")]
    with serve() as client:
        address = asked_for(client)
        state_of(client, address, "done")
        for stranger in strangers:
            headers = {"Authorization": f"Bearer {stranger}"}
            assert client.get(RUNS, headers=headers).json() == []
            for path in (address, f"{address}/result"):
                assert client.get(path, headers=headers).status_code == 404
            assert client.delete(address, headers=headers).status_code == 404
        assert client.get(f"{address}/result").status_code == 200


def test_what_fails_says_why(serve: Serve) -> None:
    with serve() as client:
        run = state_of(client, asked_for(client, filters={"site": ["Atlantis"]}), "failed")
        assert run["problem"] == 'The filter "site" knows no "Atlantis".'
        assert run["result"] is None
        assert client.post(RUNS, json=ASKED | {"report": "nonsense"}).status_code == 404
        assert client.post(RUNS, json=ASKED | {"columns": ["nonsense"]}).status_code == 400
        too_much = {"filters": {"extension": ["x" * 150] * 1000}}
        assert client.post(RUNS, json=ASKED | too_much).status_code == 400


def test_results_go_when_they_are_too_old(
    serve: Serve, company: TenantBuilder, tmp_path: Path, report_url: str
) -> None:
    results = Results(tmp_path / "results")
    (results.directory / "not-ours").touch()
    with serve() as client:
        old, new = asked_for(client), asked_for(client)
        for address in (old, new):
            state_of(client, address, "done")
        company.connection.execute(
            "UPDATE store.report_run SET expires_at = now() WHERE run_id = %s", [old.rpartition("/")[2]]
        )
        assert client.get(old).status_code == 404
        with connect(report_url, "test") as connection:
            results.sweep(connection)
        kept = {path.name for path in results.directory.iterdir()}
        assert kept == {new.rpartition("/")[2], "not-ours"}
        results.remove(UUID(new.rpartition("/")[2]))
        assert client.get(f"{new}/result").status_code == 410
        assert client.get(f"{new}/result").json()["detail"].startswith("The file is no longer there")


def test_the_trail_tells_of_runs_like_of_other_reports(serve: Serve, company: TenantBuilder) -> None:
    with serve() as client:
        state_of(client, asked_for(client, form="csv", flavour="machine"), "done")
    (entry,) = company.connection.execute(
        "SELECT actor, name, details FROM store.audit_entry WHERE action = 'run'"
    ).fetchall()
    assert entry[:2] == ("program", "calls-by-date")
    assert entry[2] == {
        "format": "csv",
        "from": "2026-10-01",
        "to": "2026-10-31",
        "filters": {},
        "rows": CALLS,
        "whole": True,
    }


def test_the_database_shows_runs_to_nobody(serve: Serve, report_url: str) -> None:
    with psycopg.connect(report_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM store.report_run")


def test_a_run_is_watched_and_cancelled_in_the_portal(
    serve: Serve, database: Database, company: TenantBuilder
) -> None:
    with connect(database.url, "test") as connection:
        password = create_account(connection, "acme", "ann", Role.ADMINISTRATOR, one_time=False)
    with serve() as client:
        del client.headers["Authorization"]
        client.post("/sign-in", data={"name": "ann", "password": password})
        csrf = client.get("/reports").text.split('name="csrf" value="')[1].split('"')[0]
        form = {"report": "calls-by-date", "query": "from=2026-10-01&to=2026-10-31", "form": "csv"}
        assert client.post("/runs", data=form).status_code == 403
        with calls_locked(company, database):
            page = client.post("/runs", data=form | {"csrf": csrf}).headers["location"]
            shown = shows(client, page, "regels tot nu toe")
            assert 'http-equiv="refresh"' in shown
            assert "Afbreken" in shown
            assert client.post(f"{page}/cancel", data={"csrf": csrf}).status_code == 303
            assert "Afgebroken" in client.get(page).text
        page = client.post("/runs", data=form | {"csrf": csrf}).headers["location"]
        shown = shows(client, page, "Klaar: 5 regels")
        assert 'http-equiv="refresh"' not in shown
        assert client.get(f"/api/v1{page}/result").text.startswith("\ufeffDatum/tijd;")
        assert "Klaar: 5 regels" in client.get("/runs").text


def test_a_run_is_open_for_a_day(serve: Serve) -> None:
    with serve(makers=0) as client:
        run = client.get(asked_for(client)).json()
        lasts = datetime.fromisoformat(run["expires_at"]) - datetime.fromisoformat(run["created_at"])
        assert lasts == timedelta(days=1)


def samples(client: httpx.Client) -> dict[str, float]:
    """What the service tells Prometheus about runs."""
    lines = client.get("/metrics").raise_for_status().text.splitlines()
    pairs = (line.rpartition(" ") for line in lines if line.startswith("gespreksrapportage_runs"))
    return {name.removeprefix("gespreksrapportage_runs"): float(value) for name, _space, value in pairs}


def test_those_who_run_the_service_see_what_waits_and_what_failed(
    serve: Serve, company: TenantBuilder, report_url: str
) -> None:
    with serve(makers=0) as client:
        before = samples(client)
        assert before["_oldest_waiting_seconds"] == 0
        assert "_last_failure_timestamp_seconds" not in before, "nothing has failed yet"
        lost = asked_for(client)
        with connect(report_url, "killed") as connection:
            assert claimed(connection) is not None
        long_ago(company)
        asked_for(client)
        company.connection.execute(
            "UPDATE store.report_run SET created_at = created_at - interval '20 seconds' "
            "WHERE state = 'waiting'"
        )
        seen = samples(client)
        assert (seen['{state="waiting"}'], seen['{state="lost"}'], seen['{state="running"}']) == (1, 1, 0)
        assert 31 <= seen["_oldest_waiting_seconds"] < 60, "the lost one shows no sign of life for longest"
    with serve() as client:
        state_of(client, lost, "done")
        state_of(client, asked_for(client, filters={"site": ["Atlantis"]}), "failed")
        seen = samples(client)
        assert (seen['{state="done"}'], seen['{state="refused"}'], seen['{state="failed"}']) == (2, 1, 0)
        assert "_last_failure_timestamp_seconds" not in seen, "what was asked for was at fault"


def test_what_fails_through_no_fault_of_who_asked_is_told_apart(
    serve: Serve, company: TenantBuilder, tmp_path: Path
) -> None:
    with serve() as client:
        (tmp_path / "results").rename(tmp_path / "elsewhere")
        run = state_of(client, asked_for(client), "failed")
        assert run["problem"] == BROKE
        seen = samples(client)
        assert (seen['{state="refused"}'], seen['{state="failed"}']) == (0, 1)
        assert abs(seen["_last_failure_timestamp_seconds"] - time.time()) < 60
        (tmp_path / "elsewhere").rename(tmp_path / "results")
        state_of(client, asked_for(client), "done")


def test_makers_outlive_a_directory_that_cannot_be_read(
    report_url: str,
    token: str,
    company: TenantBuilder,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    results, elsewhere = tmp_path / "results", tmp_path / "elsewhere"
    app = create_app(report_url, clock=lambda: NOW, results=results, makers=1)
    results.rename(elsewhere)
    with served(app) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        until(lambda: "cannot be tidied" in caplog.text)
        elsewhere.rename(results)
        state_of(client, asked_for(client), "done")


def test_a_database_that_is_away_does_not_look_like_a_portal_that_is(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    with served(create_app(url, clock=lambda: NOW, results=tmp_path, makers=0)) as client:
        began = time.monotonic()
        assert samples(client) == {}
        assert time.monotonic() - began < 4, "Prometheus waits no longer"
