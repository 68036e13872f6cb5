"""Accounts, made and changed on the command line by those who run the installation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg

from reportgen.access.passwords import hash_password, random_password
from reportgen.access.roles import Role
from store.connect import Connection, sentences
from store.errors import UserError
from store.organisation import load_tenant

ONE_TIME_LIFETIME = timedelta(days=7)
"""How long a password that somebody else chose can wait for its user."""

UNIT_KINDS = ("site", "division", "department", "cost_centre")


@dataclass(frozen=True, slots=True)
class ScopeWanted:
    """What part of a tenant somebody shall see, by names or codes."""

    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Kind of unit (site, division, department, cost_centre) → names or codes."""
    groups: Sequence[str] = ()
    persons: Sequence[str] = ()
    """References."""

    def __bool__(self) -> bool:
        return any(self.units.values()) or bool(self.groups) or bool(self.persons)


@dataclass(frozen=True, slots=True)
class AccountShown:
    tenant: str
    name: str
    role: Role
    email: str | None
    second_factor: bool
    disabled: bool


def create_account(
    connection: Connection,
    tenant_slug: str | None,
    name: str,
    role: Role,
    *,
    email: str | None = None,
    scope: ScopeWanted | None = None,
    call_center_basic: bool = False,
    password: str | None = None,
    one_time: bool = True,
) -> str:
    """Makes an account and returns its password.

    Args:
        connection: of a login with the administrator role; the caller commits.
        password: a random one when it is not given.
        one_time: its user must change the password at once.

    Raises:
        UserError: the name is no good or taken, or role, tenant and scope do not go together.
        UnknownTenantError: there is no such tenant.
    """
    scope = scope or ScopeWanted()
    _check(role, tenant_slug, scope)
    tenant_id = load_tenant(connection, tenant_slug).tenant_id if tenant_slug is not None else None
    scope_id = make_scope(connection, tenant_id, scope) if tenant_id is not None and scope else None
    password = password or random_password()
    try:
        with sentences(), connection.transaction():
            connection.execute(
                """
                INSERT INTO store.account
                    (tenant_id, name, email, role, scope_id, person_id,
                     call_center_basic, password_hash, one_time_until)
                VALUES (%s, %s, lower(%s), %s, %s,
                        (SELECT person_id FROM store.person WHERE tenant_id = %s AND reference = %s),
                        %s, %s, now() + %s::interval)
                """,
                (
                    tenant_id,
                    name,
                    email,
                    role.value,
                    scope_id,
                    tenant_id,
                    scope.persons[0] if role is Role.USER else None,
                    call_center_basic,
                    hash_password(password),
                    ONE_TIME_LIFETIME if one_time else None,
                ),
            )
    except psycopg.errors.UniqueViolation as error:
        raise UserError(f'There is a user with the name "{name}" or that e-mail address already.') from error
    except psycopg.errors.CheckViolation as error:
        raise UserError(
            f'"{name}" cannot be a user\'s name: take small letters, digits, dots, - and _; '
            "an e-mail address goes into --email."
        ) from error
    return password


def give_password(connection: Connection, tenant_slug: str, name: str, role: Role) -> str:
    """A new password, which need not be changed, for an account that is made if need be: for the demo.

    Raises:
        UserError, UnknownTenantError: as for `create_account`.
    """
    password = random_password()
    if any(account.name == name for account in accounts(connection, tenant_slug)):
        _change(
            connection,
            tenant_slug,
            name,
            "password_hash = %s, one_time_until = NULL",
            (hash_password(password),),
        )
        return password
    return create_account(connection, tenant_slug, name, role, password=password, one_time=False)


def make_scope(connection: Connection, tenant_id: int, scope: ScopeWanted, name: str | None = None) -> int:
    """Makes a scope and returns its id.

    Raises:
        UserError: the tenant has no unit, group or person of a name, or has a scope of this name already.
    """
    with sentences():
        row = connection.execute(
            "INSERT INTO store.access_scope (tenant_id, name) VALUES (%s, %s) "
            "ON CONFLICT (tenant_id, name) DO NOTHING RETURNING scope_id",
            (tenant_id, name),
        ).fetchone()
    if row is None:
        raise UserError(f'The tenant has a scope "{name}" already.')
    scope_id = int(row[0])
    for kind, names in scope.units.items():
        for each in names:
            _add(
                connection, "unit_id", tenant_id, scope_id, _UNIT, kind.replace("_", " "), (kind, each, each)
            )
    for each in scope.groups:
        _add(connection, "group_id", tenant_id, scope_id, _GROUP, "contact group", (each, each))
    for each in scope.persons:
        _add(connection, "person_id", tenant_id, scope_id, _PERSON, "person", (each,))
    return scope_id


def replace_password(
    connection: Connection, tenant_slug: str | None, name: str, password: str | None = None
) -> str:
    """Gives an account a password that must be changed at once, and returns it; all its sessions end."""
    password = password or random_password()
    _change(
        connection,
        tenant_slug,
        name,
        "password_hash = %s, one_time_until = now() + %s",
        (hash_password(password), ONE_TIME_LIFETIME),
    )
    return password


def remove_second_factor(connection: Connection, tenant_slug: str | None, name: str) -> None:
    """For a user whose telephone is gone: the password alone opens the account until another is set up."""
    _change(
        connection,
        tenant_slug,
        name,
        "totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL",
        (),
    )


def disable(connection: Connection, tenant_slug: str | None, name: str, *, disabled: bool = True) -> None:
    """Ends what the account may do, at once, with its sessions and tokens; or allows it again."""
    _change(connection, tenant_slug, name, "disabled_at = CASE WHEN %s THEN now() END", (disabled,))


def accounts(connection: Connection, tenant_slug: str | None) -> list[AccountShown]:
    """Of one tenant; without one the operators."""
    tenant_id = load_tenant(connection, tenant_slug).tenant_id if tenant_slug is not None else None
    with sentences():
        rows = connection.execute(
            """
            SELECT name, role, email, totp_confirmed_at IS NOT NULL, disabled_at IS NOT NULL
            FROM store.account WHERE tenant_id IS NOT DISTINCT FROM %s ORDER BY name
            """,
            (tenant_id,),
        ).fetchall()
    return [
        AccountShown(tenant_slug or "", name, Role(role), email, second_factor, disabled)
        for name, role, email, second_factor, disabled in rows
    ]


_UNIT = """
    SELECT unit_id FROM store.organisation_unit
    WHERE tenant_id = %s AND kind = %s AND (name = %s OR code = %s)
"""
_GROUP = "SELECT group_id FROM store.contact_group WHERE tenant_id = %s AND (name = %s OR pbx_name = %s)"
_PERSON = "SELECT person_id FROM store.person WHERE tenant_id = %s AND reference = %s"


def _add(
    connection: Connection,
    column: str,
    tenant_id: int,
    scope_id: int,
    found_by: str,
    what: str,
    names: tuple[str, ...],
) -> None:
    with sentences():
        added = connection.execute(
            # Only the fixed texts above are put together; what is looked for is bound.
            f"INSERT INTO store.access_scope_member (tenant_id, scope_id, {column}) "  # noqa: S608
            f"SELECT %s, %s, found.* FROM ({found_by}) AS found ON CONFLICT DO NOTHING".encode(),
            (tenant_id, scope_id, tenant_id, *names),
        ).rowcount
    if added == 0:
        raise UserError(f'The tenant has no {what} "{names[-1]}".')


def _check(role: Role, tenant_slug: str | None, scope: ScopeWanted) -> None:
    if (role is Role.OPERATOR) != (tenant_slug is None):
        raise UserError(
            "An operator belongs to no tenant: leave --tenant out."
            if role is Role.OPERATOR
            else "Say whose user this is with --tenant; only an operator belongs to no tenant."
        )
    if role is Role.SUPERVISOR and not scope:
        raise UserError(
            "Say what a supervisor sees: --site, --division, --department, --cost-centre or --group."
        )
    if role is Role.USER and (len(scope.persons) != 1 or scope.groups or any(scope.units.values())):
        raise UserError("A user sees the calls of one person: say whose with --person.")
    if role not in (Role.SUPERVISOR, Role.USER) and scope:
        raise UserError(f"An account with the role {role} has no scope: leave it out, or make a supervisor.")


def _change(
    connection: Connection, tenant_slug: str | None, name: str, change: str, values: tuple[object, ...]
) -> None:
    tenant_id = load_tenant(connection, tenant_slug).tenant_id if tenant_slug is not None else None
    with sentences():
        changed = connection.execute(
            # `change` is one of the fixed texts above.
            f"UPDATE store.account SET {change} "  # noqa: S608
            "WHERE name = %s AND tenant_id IS NOT DISTINCT FROM %s".encode(),
            (*values, name, tenant_id),
        ).rowcount
    if changed == 0:
        whose = f'Tenant "{tenant_slug}" has' if tenant_slug is not None else "There is"
        raise UserError(f'{whose} no {"user" if tenant_slug else "operator"} "{name}".')
