"""A report that was made in the background is given out only while its owner may see all that is in it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from reportgen.access.accounts import ScopeWanted, create_account
from reportgen.access.roles import Role
from reportgen.access.tokens import Tokens
from reportgen.background.files import Results
from reportgen.privacy.erasure import archive_person
from reportgen.web.app import create_app
from store.connect import connect
from tests.conftest import Database
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW
from tests.reportgen.running import RUNS, asked_for, state_of
from tests.reportgen.serving import served

Change = Callable[[TenantBuilder], object]


@pytest.fixture
def company(acme: TenantBuilder) -> TenantBuilder:
    for place, department in enumerate(("Sales", "Service")):
        acme.call(
            datetime(2026, 10, 1, 8 + place, tzinfo=UTC),
            department_id=acme.unit("department", department),
            person_id=acme.person(department),
            outside_number="+31612345678",
        )
    return acme


@pytest.fixture
def supervisor(
    database: Database, company: TenantBuilder, report_url: str, tmp_path: Path
) -> Iterator[httpx.Client]:
    """A program of a supervisor's, who sees two departments."""
    scope = ScopeWanted({"department": ["Sales", "Service"]})
    with connect(database.url, "test") as connection:
        create_account(connection, "acme", "sam", Role.SUPERVISOR, scope=scope)
        token = Tokens(connection, company.tenant_id).create("program", 1, account="sam")
    app = create_app(report_url, clock=lambda: NOW, results=tmp_path / "results", makers=1)
    with served(app) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def _run(company: TenantBuilder, statement: str) -> None:
    company.connection.execute(statement.encode())


def _archive(company: TenantBuilder) -> None:
    archive_person(company.connection, company.tenant_id, "pSales")


CHANGES: dict[str, Change] = {
    "sees a department less": lambda company: _run(
        company,
        "DELETE FROM store.access_scope_member m USING store.organisation_unit u "
        "WHERE u.unit_id = m.unit_id AND u.name = 'Service'",
    ),
    "has another role": lambda company: _run(company, "UPDATE store.account SET role = 'user'"),
    "numbers are masked": lambda company: _run(
        company, "UPDATE store.privacy_setting SET masked_roles = ARRAY['supervisor']"
    ),
    "figures of few users are hidden": lambda company: _run(
        company, "UPDATE store.privacy_setting SET smallest_group = 5"
    ),
    "a user was archived": _archive,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_result_does_not_outlive_the_rights_that_it_was_made_with(
    supervisor: httpx.Client, company: TenantBuilder, change: Change, report_url: str, tmp_path: Path
) -> None:
    address = asked_for(supervisor)
    state_of(supervisor, address, "done")
    assert len(supervisor.get(f"{address}/result").json()["rows"]) == 2
    change(company)
    assert supervisor.get(f"{address}/result").status_code == 404
    assert supervisor.get(RUNS).json() == []
    results = Results(tmp_path / "results")
    with connect(report_url, "test") as connection:
        results.sweep(connection)
    assert list(results.directory.iterdir()) == []


def test_what_changes_for_others_takes_no_result_away(
    supervisor: httpx.Client, company: TenantBuilder, report_url: str, tmp_path: Path
) -> None:
    address = asked_for(supervisor)
    state_of(supervisor, address, "done")
    other = TenantBuilder(company.connection, slug="other", name="Other BV")
    _run(company, f"UPDATE store.privacy_setting SET smallest_group = 5 WHERE tenant_id = {other.tenant_id}")
    _run(company, f"INSERT INTO store.access_scope (tenant_id, name) VALUES ({company.tenant_id}, 'North')")
    results = Results(tmp_path / "results")
    with connect(report_url, "test") as connection:
        results.sweep(connection)
    assert supervisor.get(f"{address}/result").status_code == 200


def test_a_run_that_waits_is_made_with_the_rights_of_then(
    supervisor: httpx.Client, company: TenantBuilder
) -> None:
    with company.connection.transaction():
        company.connection.execute("LOCK TABLE store.call IN ACCESS EXCLUSIVE MODE")
        first, second = asked_for(supervisor), asked_for(supervisor)
        state_of(supervisor, first, "running")
        CHANGES["sees a department less"](company)
    state_of(supervisor, second, "done")
    assert len(supervisor.get(f"{second}/result").json()["rows"]) == 1
