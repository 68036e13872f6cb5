"""Accounts from the command line: what role, tenant and scope go together."""

import psycopg
import pytest
from click.testing import CliRunner

from gespreksrapportage.__main__ import command_line
from reportgen.access.accounts import ScopeWanted, accounts_of, create_account, give_password
from reportgen.access.roles import Role, Stage
from reportgen.access.sign_in import SignInError, principal_of_session, sign_in
from store.connect import Connection
from store.errors import UnknownTenantError, UserError
from store.seed import read_seed
from store.seed_load import load_seed
from tests.conftest import Database
from tests.recordings import FOLDER
from tests.reportgen.builders import TenantBuilder


def test_the_first_administrator_comes_from_the_command_line(
    database: Database, portal: Connection, acme: TenantBuilder
) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(
            command_line, ["user", *arguments], env={"DATABASE_URL": database.url}, catch_exceptions=False
        )
        assert result.exit_code == 0
        return result.output

    password = run("create", "--tenant", "acme", "--role", "administrator", "anna").strip()
    principal = principal_of_session(portal, sign_in(portal, "anna", password, address="192.0.2.1").secret)
    assert principal is not None
    assert principal.role is Role.ADMINISTRATOR
    assert run("password", "--tenant", "acme", "anna").strip() != password
    run("disable", "--tenant", "acme", "anna")
    assert run("list", "--tenant", "acme").split() == ["anna", "administrator", "disabled"]
    run("create", "--role", "operator", "root")
    assert run("list").split() == ["root", "operator"]


def test_a_supervisors_scope_is_made_of_names_and_codes(
    administrator: Connection, portal: Connection, acme: TenantBuilder
) -> None:
    acme.unit("site", "Utrecht")
    acme.unit("cost_centre", "Sales", code="4711")
    acme.group("queue-sales", "Sales")
    scope = ScopeWanted({"site": ["Utrecht"], "cost_centre": ["4711"]}, groups=["queue-sales"])
    create_account(administrator, "acme", "anna", Role.SUPERVISOR, scope=scope)
    shown = administrator.execute(
        "SELECT count(unit_id), count(group_id), count(person_id) FROM store.access_scope_member"
    ).fetchone()
    assert shown == (2, 1, 0)


@pytest.mark.parametrize(
    ("role", "tenant", "scope", "message"),
    [
        (Role.OPERATOR, "acme", ScopeWanted(), "belongs to no tenant"),
        (Role.ADMINISTRATOR, None, ScopeWanted(), "Say whose user"),
        (Role.SUPERVISOR, "acme", ScopeWanted(), "Say what a supervisor sees"),
        (Role.SUPERVISOR, "acme", ScopeWanted({"site": ["Utrecht"]}), 'no "Utrecht"'),
        (Role.SUPERVISOR, "acme", ScopeWanted(groups=["sales"]), 'no "sales"'),
        (Role.USER, "acme", ScopeWanted(), "say whose"),
        (Role.USER, "acme", ScopeWanted(persons=["p1"]), 'no "p1"'),
        (Role.ADMINISTRATOR, "acme", ScopeWanted(persons=["p1"]), "has no scope"),
    ],
)
def test_what_does_not_go_together_is_refused(
    administrator: Connection,
    acme: TenantBuilder,
    rival: TenantBuilder,
    role: Role,
    tenant: str | None,
    scope: ScopeWanted,
    message: str,
) -> None:
    rival.unit("site", "Utrecht")
    rival.group("sales", "sales")
    rival.person("1")
    with pytest.raises(UserError, match=message), administrator.transaction():
        create_account(administrator, tenant, "anna", role, scope=scope)
    assert accounts_of(administrator, tenant).all() == []


def test_a_name_is_taken_within_its_tenant_only(
    administrator: Connection, acme: TenantBuilder, rival: TenantBuilder
) -> None:
    create_account(administrator, "acme", "anna", Role.ADMINISTRATOR)
    create_account(administrator, "rival", "anna", Role.ADMINISTRATOR)
    with pytest.raises(UserError, match="already"):
        create_account(administrator, "acme", "anna", Role.PRIVACY_OFFICER)
    for name in ("Anna", "anna@example.com", "acme/anna", "", "a b"):
        with pytest.raises(UserError, match="take small letters"):
            create_account(administrator, "acme", name, Role.ADMINISTRATOR)
    with pytest.raises(UnknownTenantError):
        create_account(administrator, "nobody", "anna", Role.ADMINISTRATOR)


def test_the_demonstrations_password_is_new_each_time_and_need_not_be_changed(
    administrator: Connection, portal: Connection, acme: TenantBuilder
) -> None:
    first, second = (give_password(administrator, "acme", "demo", Role.ADMINISTRATOR) for _ in range(2))
    assert first != second
    assert sign_in(portal, "demo", second, address="192.0.2.1").stage is Stage.OPEN
    with pytest.raises(SignInError):
        sign_in(portal, "demo", first, address="192.0.2.1")


def test_the_administrator_role_loads_an_organisation(administrator: Connection) -> None:
    """With its validities, and each change kept in the audit trail that the role itself cannot read."""
    with administrator.transaction():
        load_seed(administrator, read_seed(FOLDER / "tenant.yaml"))
    assert administrator.execute("SELECT count(*) > 0 FROM store.extension").fetchone() == (True,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        administrator.execute("SELECT FROM store.audit_entry")
