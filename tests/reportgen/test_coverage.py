"""What of a period was heard: the API tells it for each PBX, in minutes and gap by gap."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from reportgen.access.tokens import create_token
from reportgen.web.app import create_app
from store.connect import connect
from tests.conftest import Database
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW
from tests.reportgen.serving import served

MINUTES_OF_A_DAY = 24 * 60


@pytest.fixture
def client(database: Database, acme: TenantBuilder, report_url: str) -> Iterator[httpx.Client]:
    with connect(database.url, "test") as connection:
        token = create_token(connection, acme.slug, name="Ann Owner", days=1)
    with served(create_app(report_url, clock=lambda: NOW)) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def gap(tenant: TenantBuilder, began_at: str, ended_at: str | None, filled_from: str | None = None) -> None:
    tenant.connection.execute(
        "INSERT INTO store.pbx_gap (tenant_id, pbx_id, began_at, ended_at, reason, filled_at, filled_from) "
        "VALUES (%s, %s, %s, %s, 'The PBX was shut down.', CASE WHEN %s THEN now() END, %s)",
        (tenant.tenant_id, tenant.pbx_id, began_at, ended_at, filled_from is not None, filled_from),
    )


def asked(client: httpx.Client, **period: str) -> dict[str, Any]:
    (main,) = client.get("/api/v1/coverage", params=period).raise_for_status().json()
    assert main["pbx"] == "main"
    return dict(main)


def test_a_day_that_was_heard_has_no_minute_that_was_not(client: httpx.Client) -> None:
    found = asked(client, **{"from": "2026-10-30"})
    assert (found["minutes"], found["minutes_not_heard"], found["gaps"]) == (MINUTES_OF_A_DAY, 0, [])


def test_a_minute_with_any_gap_in_it_counts_once(client: httpx.Client, acme: TenantBuilder) -> None:
    gap(acme, "2026-10-30 10:00:50+01", "2026-10-30 10:02:00+01")
    gap(acme, "2026-10-30 10:02:10+01", "2026-10-30 10:02:20+01")
    gap(acme, "2026-10-30 10:02:40+01", "2026-10-30 10:02:50+01")
    found = asked(client, **{"from": "2026-10-30"})
    assert found["minutes_not_heard"] == 3
    assert [one["began_at"] for one in found["gaps"]] == [
        "2026-10-30T09:00:50Z",
        "2026-10-30T09:02:10Z",
        "2026-10-30T09:02:40Z",
    ]


def test_gaps_are_cut_at_the_borders_of_the_period(client: httpx.Client, acme: TenantBuilder) -> None:
    gap(acme, "2026-10-24 23:50+02", "2026-10-26 00:10+01")
    # The clock goes back on that day: it has an hour more.
    found = asked(client, **{"from": "2026-10-25"})
    assert found["minutes"] == found["minutes_not_heard"] == 25 * 60
    (only,) = found["gaps"]
    assert (only["began_at"], only["ended_at"]) == ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")


def test_what_files_filled_was_heard_after_all(client: httpx.Client, acme: TenantBuilder) -> None:
    gap(acme, "2026-10-30 10:00+01", "2026-10-30 10:05+01", filled_from="cel.csv")
    found = asked(client, **{"from": "2026-10-30"})
    assert found["minutes_not_heard"] == 0
    assert [one["filled_from"] for one in found["gaps"]] == ["cel.csv"]


def test_a_gap_that_goes_on_lasts_until_now(client: httpx.Client, acme: TenantBuilder) -> None:
    gap(acme, "2026-11-02 08:30+01", None)
    found = asked(client, period="today")
    assert (found["minutes"], found["minutes_not_heard"]) == (9 * 60, 30)
    assert [(one["ended_at"], one["goes_on"]) for one in found["gaps"]] == [("2026-11-02T08:00:00Z", True)]


def test_a_period_is_needed_and_must_be_one(client: httpx.Client) -> None:
    assert client.get("/api/v1/coverage").status_code == 400
    wrong = client.get("/api/v1/coverage", params={"from": "2026-10-30", "to": "2026-10-29"})
    assert wrong.status_code == 400
    assert "before it begins" in wrong.json()["detail"]
