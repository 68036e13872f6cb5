"""A tenant with calls, and the report generator's own login to read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest

from reportgen.catalogue import find_report
from reportgen.compile import read_pairs, read_selections
from reportgen.compile.period import Period
from reportgen.run import Question, answer, find_tenant
from store.connect import connect
from store.login import create_login
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def acme(database: Database) -> Iterator[TenantBuilder]:
    """A tenant to fill."""
    with database.connect(autocommit=True) as connection:
        yield TenantBuilder(connection)


@pytest.fixture
def report_url(database: Database, role_names: RoleNames) -> str:
    """Address of the database for a login with the report role, and no more than that."""
    with connect(database.url, "test", autocommit=True) as connection:
        return create_login(connection, database.url, role_names("report"), "report", None)


@dataclass(frozen=True)
class Answer:
    """A result, read to its end."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    summary: dict[str, Any]
    totals: dict[str, Any] | None

    def column(self, name: str) -> list[Any]:
        return [row[self.columns.index(name)] for row in self.rows]


class Reading:
    """Asks for reports as the report role."""

    def __init__(self, connection: psycopg.Connection[Any], slug: str = "acme") -> None:
        self.connection = connection
        self.slug = slug

    def question(self, report: str, first: str, last: str | None = None, *filters: str) -> Question:
        tenant = find_tenant(self.connection, self.slug)
        found = find_report(report)
        period = Period(date.fromisoformat(first), date.fromisoformat(last or first), tenant.time_zone)
        return Question(found, tenant, period, read_selections(found, read_pairs(filters), tenant.region))

    def __call__(self, report: str, first: str, last: str | None = None, *filters: str) -> Answer:
        question = self.question(report, first, last, *filters)
        with answer(self.connection, question, now=NOW, made_by="test") as result:
            figures = [column.name for column in result.columns if column.is_figure]
            return Answer(
                [column.name for column in result.columns],
                list(result.rows),
                dict(zip([column.name for column in result.summary_columns], result.summary, strict=True)),
                None if result.totals is None else dict(zip(figures, result.totals, strict=True)),
            )


@pytest.fixture
def read(acme: TenantBuilder, report_url: str) -> Iterator[Reading]:
    """`read("call-response", "2026-10-01", "2026-10-31", "ddi=…")` as the report role."""
    with connect(report_url, "test") as connection:
        yield Reading(connection)
