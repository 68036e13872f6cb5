"""The command `user`: accounts from the command line."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from reportgen.access import accounts
from reportgen.access.audit import act_as
from reportgen.access.roles import Role
from store.connect import Connection, connect, database_url
from store.errors import UserError
from store.organisation import load_tenant

ROLES = [role.value for role in Role if role is not Role.WALL_SCREEN]


@contextmanager
def connected() -> Iterator[Connection]:
    """One transaction, in which changes are kept as made by whoever sits at the terminal."""
    with connect(database_url(), "user") as connection:
        act_as(connection, getpass.getuser())
        yield connection


_tenant = click.option("--tenant", "tenant_slug", help="Whose user; an operator belongs to no tenant.")


def _parts(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which part of a tenant."""
    for option in reversed(_PARTS):
        command = option(command)
    return command


_PARTS = (
    click.option("--site", "site", multiple=True, help="What is seen; each may be given several times."),
    click.option("--division", "division", multiple=True),
    click.option("--department", "department", multiple=True),
    click.option("--cost-centre", "cost_centre", multiple=True),
    click.option(
        "--group", "groups", multiple=True, help="A queue or hunt group, by name or the PBX's name."
    ),
)


@click.group()
def user() -> None:
    """Those who may sign in to the portal.

    The database's address stands in DATABASE_URL; it needs a login with the administrator role.
    """


@user.command("create")
@click.argument("name")
@_tenant
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the user may do.")
@click.option("--email", help="Serves as a name too.")
@click.option("--person", "persons", multiple=True, help="Reference of the person whose calls a user sees.")
@_parts
@click.option("--call-center-basic", is_flag=True, help="The user has that option of the PBX.")
@click.option(
    "--password-file",
    type=click.File(),
    help="Take the one-time password that this file holds, and print nothing; otherwise a random one.",
)
def create(
    name: str,
    tenant_slug: str | None,
    role: str,
    email: str | None,
    persons: tuple[str, ...],
    call_center_basic: bool,
    password_file: TextIO | None,
    groups: tuple[str, ...],
    **units: tuple[str, ...],
) -> None:
    """Make the user NAME and print a one-time password, this once."""
    with connected() as connection:
        password = accounts.create_account(
            connection,
            tenant_slug,
            name,
            Role(role),
            email=email,
            scope=accounts.ScopeWanted(units, groups, persons),
            call_center_basic=call_center_basic,
            password=password_file.read().strip() if password_file else None,
        )
    if password_file is None:
        click.echo(password)


@user.command("password")
@click.argument("name")
@_tenant
def password_command(name: str, tenant_slug: str | None) -> None:
    """Give the user NAME a one-time password and print it; all sessions end."""
    with connected() as connection:
        password = accounts.accounts_of(connection, tenant_slug).replace_password(name)
    click.echo(password)


@user.command("remove-second-factor")
@click.argument("name")
@_tenant
def remove_second_factor_command(name: str, tenant_slug: str | None) -> None:
    """Let the user NAME sign in without a code, until another authenticator is set up."""
    with connected() as connection:
        accounts.accounts_of(connection, tenant_slug).remove_second_factor(name)


@user.command("disable")
@click.argument("name")
@_tenant
def disable_command(name: str, tenant_slug: str | None) -> None:
    """Keep the user NAME out, at once."""
    with connected() as connection:
        accounts.accounts_of(connection, tenant_slug).disable(name)


@user.command("enable")
@click.argument("name")
@_tenant
def enable_command(name: str, tenant_slug: str | None) -> None:
    """Let a user in again who was disabled."""
    with connected() as connection:
        accounts.accounts_of(connection, tenant_slug).disable(name, disabled=False)


@user.command("list")
@_tenant
def list_command(tenant_slug: str | None) -> None:
    """List a tenant's users, or without a tenant the operators."""
    with connected() as connection:
        shown = accounts.accounts_of(connection, tenant_slug).all()
    for each in shown:
        marks = " ".join(
            word
            for word, holds in (("second-factor", each.second_factor), ("disabled", each.disabled))
            if holds
        )
        click.echo(f"{each.name:24} {each.role:16} {each.email or '':32} {marks}".rstrip())


@click.group()
def scope() -> None:
    """Parts of a tenant that several logins or tokens share."""


@scope.command("create")
@click.argument("name")
@click.option("--tenant", "tenant_slug", required=True, help="Whose part.")
@_parts
def create_scope(name: str, tenant_slug: str, groups: tuple[str, ...], **units: tuple[str, ...]) -> None:
    """Make the scope NAME: for `database login --scope` and for tokens."""
    wanted = accounts.ScopeWanted(units, groups)
    if not wanted:
        raise UserError("Say what is seen: --site, --division, --department, --cost-centre or --group.")
    with connected() as connection:
        accounts.make_scope(connection, load_tenant(connection, tenant_slug).tenant_id, wanted, name)
