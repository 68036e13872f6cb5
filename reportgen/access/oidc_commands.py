"""The command `oidc`: the provider by which the users of a tenant may sign in."""

from typing import TextIO

import click

from reportgen.access.commands import connected
from reportgen.access.oidc_protocol import ProviderError, discover
from store.connect import sentences
from store.errors import UserError
from store.organisation import load_tenant

_tenant = click.option("--tenant", "tenant_slug", required=True, help="Whose users.")


@click.group()
def oidc() -> None:
    """Signing in with the company account of a tenant (OpenID Connect).

    The database's address stands in DATABASE_URL; it needs a login with the administrator role.
    """


@oidc.command("set")
@_tenant
@click.option("--issuer", required=True, metavar="URL", help="The provider, as it names itself.")
@click.option("--client-id", required=True, metavar="ID", help="As which the portal is known to it.")
@click.option("--client-secret-file", type=click.File(), required=True, help="Holds the client's secret.")
@click.option("--name", default="Company account", show_default=True, help="What the button says.")
@click.option(
    "--only", "passwords_refused", is_flag=True, help="Passwords are refused, but those of administrators."
)
def set_command(
    tenant_slug: str,
    issuer: str,
    client_id: str,
    client_secret_file: TextIO,
    name: str,
    passwords_refused: bool,
) -> None:
    """Let users of a tenant sign in with a provider, once its discovery document has been read.

    Another issuer than before makes all links of accounts with it void.
    """
    secret = client_secret_file.read().strip()
    if not secret or not client_id.strip() or not 1 <= len(name.strip()) <= 60:
        raise UserError("The client's id and secret must not be empty, and the name has 1 to 60 characters.")
    try:
        discover(issuer)
    except ProviderError as error:
        raise UserError(f"The provider cannot be used: {error.why}; nothing was changed.") from error
    with sentences(), connected() as connection:
        tenant_id = load_tenant(connection, tenant_slug).tenant_id
        connection.execute(
            "DELETE FROM store.oidc_provider WHERE tenant_id = %s AND issuer <> %s", (tenant_id, issuer)
        )
        values = (client_id.strip(), secret, name.strip(), passwords_refused, tenant_id)
        changed = connection.execute(
            "UPDATE store.oidc_provider SET client_id = %s, client_secret = %s, name = %s, "
            "passwords_refused = %s WHERE tenant_id = %s",
            values,
        )
        if changed.rowcount == 0:
            connection.execute(
                "INSERT INTO store.oidc_provider "
                "(client_id, client_secret, name, passwords_refused, tenant_id, issuer) "
                "VALUES (%s, %s, %s, %s, %s, %s)",
                (*values, issuer),
            )


@oidc.command("remove")
@_tenant
def remove_command(tenant_slug: str) -> None:
    """Let users of a tenant sign in with their passwords only; links of accounts are void."""
    with sentences(), connected() as connection:
        tenant_id = load_tenant(connection, tenant_slug).tenant_id
        gone = connection.execute("DELETE FROM store.oidc_provider WHERE tenant_id = %s", (tenant_id,))
        if gone.rowcount == 0:
            raise UserError(f'The tenant "{tenant_slug}" has no provider.')
