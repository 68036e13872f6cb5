"""The database logins made for Grafana: each masked as the tenant says for those who look through it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from dashboards.grafana.data_source import give_login
from dashboards.grafana.wanted import all_wanted
from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from store.connect import connect
from tests.access.conftest import Accounts
from tests.conftest import Database, RoleNames
from tests.privacy.test_masking import SHOWN, mask, said, whole_numbers
from tests.reportgen.builders import TenantBuilder

WHOLE, PART = "administrator", "supervisor"


@dataclass
class Logins:
    """What an organisation of the whole tenant and one of a part of it see."""

    whole: psycopg.Connection[Any]
    part: psycopg.Connection[Any]

    def see_whole_numbers(self) -> dict[str, bool]:
        return {
            role: any(whole_numbers(text) for text in said(login).values())
            for role, login in ((WHOLE, self.whole), (PART, self.part))
        }


@pytest.fixture
def logins(
    company: TenantBuilder, make_account: Accounts, database: Database, role_names: RoleNames
) -> Iterator[Logins]:
    make_account("anna")
    make_account("sam", Role.SUPERVISOR, scope=ScopeWanted({"department": ["department one"]}))
    with connect(database.url, "test", autocommit=True) as connection:
        whole, part = (
            psycopg.connect(
                give_login(connection, database.url, each, role_names("grafana")), autocommit=True
            )
            for each in all_wanted(connection, company.slug)
        )
    with whole, part:
        yield Logins(whole, part)


def test_each_organisation_is_masked_as_the_tenant_says_for_its_role(
    logins: Logins, company: TenantBuilder, owner: psycopg.Connection
) -> None:
    assert logins.see_whole_numbers() == {WHOLE: True, PART: True}
    mask(owner, company, PART)
    assert logins.see_whole_numbers() == {WHOLE: True, PART: False}
    mask(owner, company, WHOLE)
    assert logins.see_whole_numbers() == {WHOLE: False, PART: True}
    mask(owner, company, "user")
    assert logins.see_whole_numbers() == {WHOLE: True, PART: True}
    mask(owner, company, WHOLE, PART)
    assert logins.see_whole_numbers() == {WHOLE: False, PART: False}


def test_a_part_still_counts_its_callers_apart(
    logins: Logins, company: TenantBuilder, owner: psycopg.Connection
) -> None:
    callers = "SELECT count(DISTINCT outside_key), count(DISTINCT outside_number) FROM report.call"
    before = logins.part.execute(callers).fetchone()
    assert before is not None
    assert before[0] == before[1] > 1
    mask(owner, company, PART)
    after = logins.part.execute(callers).fetchone()
    assert after is not None
    assert after[0] == before[0] > after[1]
    shown = logins.part.execute("SELECT DISTINCT outside_number FROM report.call").fetchall()
    assert (SHOWN,) in shown


def test_what_an_organisation_was_made_for_is_said_anew_with_each_password(
    logins: Logins, company: TenantBuilder, owner: psycopg.Connection, database: Database
) -> None:
    """A login that an earlier release made for anybody sees what its role may after the next rotation."""
    mask(owner, company, PART)
    owner.execute("UPDATE store.database_login SET role = NULL WHERE role_name LIKE 'grafana%'")
    assert logins.see_whole_numbers() == {WHOLE: False, PART: False}
    (row,) = logins.whole.execute("SELECT session_user").fetchall()
    with connect(database.url, "test", autocommit=True) as connection:
        give_login(connection, database.url, all_wanted(connection, company.slug)[0], row[0])
    assert logins.see_whole_numbers() == {WHOLE: True, PART: False}
