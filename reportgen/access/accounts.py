"""Accounts: made and changed on the command line by those who run the installation, and by administrators."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from reportgen.access.passwords import hash_password, random_password
from reportgen.access.roles import Role
from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection, sentences
from store.organisation import load_tenant

ONE_TIME_LIFETIME = timedelta(days=7)
"""How long a password that somebody else chose can wait for its user."""

UNIT_KINDS = ("site", "division", "department", "cost_centre")


class AccountError(ReportError):
    """An account, scope or token cannot be as it is wanted."""

    code = "invalid-account"


class UnknownAccountError(AccountError):
    """There is no account of that name."""

    code = "unknown-account"


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

    def words(self) -> str:
        """All names, with commas between them."""
        units = [name for names in self.units.values() for name in names]
        return ", ".join([*units, *self.groups, *self.persons])


@dataclass(frozen=True, slots=True)
class AccountShown:
    account_id: int
    name: str
    role: Role
    email: str | None
    call_center_basic: bool
    second_factor: bool
    disabled: bool
    waits_for_password: bool
    """Somebody else chose its password."""
    created_at: datetime
    scope: ScopeWanted


@dataclass(frozen=True, slots=True)
class Accounts:
    """Those of one tenant, or the operators; changes are on the caller's transaction."""

    connection: Connection
    tenant_id: int | None
    schema: str = "store"
    """Or "configuration": for whoever may change the session's tenant only."""

    def create(
        self,
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
            password: a random one when it is not given.
            one_time: its user must change the password at once.

        Raises:
            AccountError: the name is no good or taken, or role, tenant and scope do not go together.
        """
        scope = scope or ScopeWanted()
        self._check(role, scope)
        scope_id = self.make_scope(scope) if scope else None
        password = password or random_password()
        with _told(name), self.connection.transaction():
            self._execute(
                """
                INSERT INTO {}.account
                    (tenant_id, name, email, role, scope_id, person_id,
                     call_center_basic, password_hash, one_time_until)
                VALUES (%s, %s, lower(%s), %s, %s, %s, %s, %s, now() + %s::interval)
                """,
                (
                    self.tenant_id,
                    name,
                    email or None,
                    role.value,
                    scope_id,
                    self._person_id(role, scope),
                    call_center_basic,
                    hash_password(password),
                    ONE_TIME_LIFETIME if one_time else None,
                ),
            )
        return password

    def change(
        self, name: str, role: Role, *, email: str | None, scope: ScopeWanted, call_center_basic: bool
    ) -> None:
        """Gives an account another role, address, scope or option; a new role ends its sessions.

        Raises:
            AccountError: role and scope do not go together, or the address is taken.
            UnknownAccountError: there is no such account.
        """
        self._check(role, scope)
        before = self.find(name)
        row = self._execute("SELECT scope_id FROM {}.account WHERE account_id = %s", (before.account_id,))
        old_scope = row.fetchone()
        scope_id = None
        if scope:
            same = scope == before.scope and old_scope is not None
            scope_id = old_scope[0] if same and old_scope else self.make_scope(scope)
        with _told(name):
            self._change(
                name,
                "email = lower(%s), role = %s, scope_id = %s, person_id = %s, call_center_basic = %s",
                (email or None, role.value, scope_id, self._person_id(role, scope), call_center_basic),
            )
        if old_scope is not None and old_scope[0] not in (None, scope_id):
            self.forget_scope(old_scope[0])

    def find(self, name: str) -> AccountShown:
        """Raises UnknownAccountError when there is none of that name."""
        for account in self.all():
            if account.name == name:
                return account
        raise self._unknown(name)

    def all(self) -> list[AccountShown]:
        """In order of their names."""
        with sentences(), self.connection.cursor(row_factory=dict_row) as cursor:
            rows = cursor.execute(
                self._query(
                    """
                    SELECT account_id, name, role, email, call_center_basic, scope_id, created_at,
                           totp_confirmed_at IS NOT NULL AS second_factor,
                           disabled_at IS NOT NULL AS disabled,
                           one_time_until IS NOT NULL AS waits_for_password
                    FROM {}.account WHERE tenant_id IS NOT DISTINCT FROM %s ORDER BY name
                    """
                ),
                (self.tenant_id,),
            ).fetchall()
        scopes = self.scopes()
        return [
            AccountShown(
                scope=scopes.get(row.pop("scope_id"), ScopeWanted()),
                **{**row, "role": Role(row["role"])},
            )
            for row in rows
        ]

    def scopes(self) -> dict[int, ScopeWanted]:
        """All scopes of the tenant, by id."""
        with sentences():
            rows = self._execute(
                """
                SELECT m.scope_id,
                       coalesce(u.kind, CASE WHEN m.group_id IS NULL THEN 'person' ELSE 'group' END),
                       coalesce(u.name, g.name, p.reference)
                FROM {0}.access_scope_member m LEFT JOIN {0}.organisation_unit u USING (tenant_id, unit_id)
                    LEFT JOIN {0}.contact_group g USING (tenant_id, group_id)
                    LEFT JOIN {0}.person p ON p.tenant_id = m.tenant_id AND p.person_id = m.person_id
                WHERE m.tenant_id = %s ORDER BY 1, 2, 3
                """,
                (self.tenant_id,),
            ).fetchall()
        members: dict[int, dict[str, list[str]]] = {}
        for scope_id, kind, name in rows:
            members.setdefault(scope_id, {}).setdefault(kind, []).append(name)
        return {
            scope_id: ScopeWanted(
                {kind: kinds[kind] for kind in UNIT_KINDS if kind in kinds},
                kinds.get("group", []),
                kinds.get("person", []),
            )
            for scope_id, kinds in members.items()
        }

    def named_scopes(self) -> dict[str, ScopeWanted]:
        """Those that tokens and database logins share, by name."""
        with sentences():
            rows = self._execute(
                "SELECT scope_id, name FROM {}.access_scope WHERE tenant_id = %s AND name IS NOT NULL "
                "ORDER BY name",
                (self.tenant_id,),
            ).fetchall()
        scopes = self.scopes()
        return {name: scopes.get(scope_id, ScopeWanted()) for scope_id, name in rows}

    def make_scope(self, scope: ScopeWanted, name: str | None = None) -> int:
        """Makes a scope and returns its id.

        Raises:
            AccountError: the tenant has no unit, group or person of a name, or has a scope of this name.
        """
        with sentences():
            row = self._execute(
                "INSERT INTO {}.access_scope (tenant_id, name) VALUES (%s, %s) "
                "ON CONFLICT (tenant_id, name) DO NOTHING RETURNING scope_id",
                (self.tenant_id, name),
            ).fetchone()
        if row is None:
            raise AccountError(_('There is a scope "{name}" already.'), name=name)
        scope_id = int(row[0])
        for kind, names in scope.units.items():
            for each in names:
                self._add(scope_id, "unit_id", _UNIT, (kind, each, each))
        for each in scope.groups:
            self._add(scope_id, "group_id", _GROUP, (each, each))
        for each in scope.persons:
            self._add(scope_id, "person_id", _PERSON, (each,))
        return scope_id

    def replace_password(self, name: str, password: str | None = None) -> str:
        """Gives an account a password that must be changed at once, and returns it; all its sessions end."""
        password = password or random_password()
        self._change(
            name,
            "password_hash = %s, one_time_until = now() + %s",
            (hash_password(password), ONE_TIME_LIFETIME),
        )
        return password

    def remove_second_factor(self, name: str) -> None:
        """For a user whose telephone is gone: the password alone opens the account then."""
        self._change(name, "totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL", ())

    def give_password(self, name: str, password: str) -> None:
        """Gives an account a password that need not be changed; all its sessions end."""
        self._change(name, "password_hash = %s, one_time_until = NULL", (hash_password(password),))

    def disable(self, name: str, *, disabled: bool = True) -> None:
        """Ends what the account may do, at once, with its sessions and tokens; or allows it again."""
        self._change(name, "disabled_at = CASE WHEN %s THEN now() END", (disabled,))

    def _add(self, scope_id: int, column: str, found_by: str, names: tuple[str, ...]) -> None:
        with sentences():
            added = self._execute(
                f"INSERT INTO {{0}}.access_scope_member (tenant_id, scope_id, {column}) "  # noqa: S608 - ours
                f"SELECT %s, %s, found.* FROM ({found_by}) AS found "
                "ON CONFLICT (scope_id, unit_id, group_id, person_id) DO NOTHING RETURNING 1",
                (self.tenant_id, scope_id, self.tenant_id, *names),
            ).fetchall()
            known = added or self._execute(found_by, (self.tenant_id, *names)).fetchall()
        if not known:
            raise AccountError(_('There is no "{text}"; add it first.'), text=names[-1])

    def _person_id(self, role: Role, scope: ScopeWanted) -> int | None:
        if role is not Role.USER:
            return None
        row = self._execute(_PERSON, (self.tenant_id, scope.persons[0])).fetchone()
        return int(row[0]) if row else None

    def forget_scope(self, scope_id: int) -> None:
        """Removes a scope that was made for one account."""
        self._execute("DELETE FROM {}.access_scope WHERE scope_id = %s AND name IS NULL", (scope_id,))

    def _change(self, name: str, change: str, values: tuple[object, ...]) -> None:
        with sentences():
            changed = self._execute(
                # `change` is one of the fixed texts above.
                f"UPDATE {{}}.account SET {change} "  # noqa: S608
                "WHERE name = %s AND tenant_id IS NOT DISTINCT FROM %s",
                (*values, name, self.tenant_id),
            ).rowcount
        if changed == 0:
            raise self._unknown(name)

    def _unknown(self, name: str) -> UnknownAccountError:
        return UnknownAccountError(_('There is no user "{name}".'), name=name)

    def _execute(self, query: str, values: tuple[object, ...]) -> psycopg.Cursor[tuple[Any, ...]]:
        return self.connection.execute(self._query(query), values)

    def _query(self, query: str) -> sql.Composed:
        return sql.SQL(query).format(sql.Identifier(self.schema))

    def _check(self, role: Role, scope: ScopeWanted) -> None:
        if (role is Role.OPERATOR) != (self.tenant_id is None):
            raise AccountError(
                _("An operator belongs to no tenant: leave --tenant out.")
                if role is Role.OPERATOR
                else _("Say whose user this is with --tenant; only an operator belongs to no tenant.")
            )
        if role is Role.SUPERVISOR and not scope:
            raise AccountError(
                _("Say what a supervisor sees: a site, division, department, cost centre or group.")
            )
        if role is Role.USER and (len(scope.persons) != 1 or scope.groups or any(scope.units.values())):
            raise AccountError(_("A user sees the calls of one person: say whose."))
        if role not in (Role.SUPERVISOR, Role.USER) and scope:
            raise AccountError(
                _("An account with the role {role} has no scope: leave it out, or make a supervisor."),
                role=role.value,
            )


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Says in a sentence what the table refuses."""
    try:
        with sentences():
            yield
    except psycopg.errors.UniqueViolation as error:
        raise AccountError(
            _('There is a user with the name "{name}" or that e-mail address already.'), name=name
        ) from error
    except psycopg.errors.CheckViolation as error:
        raise AccountError(
            _(
                '"{name}" cannot be a user\'s name, or the e-mail address is none: '
                "take small letters, digits, dots, - and _."
            ),
            name=name,
        ) from error


_UNIT = """
    SELECT unit_id FROM {0}.organisation_unit
    WHERE tenant_id = %s AND kind = %s AND (name = %s OR code = %s)
"""
_GROUP = "SELECT group_id FROM {0}.contact_group WHERE tenant_id = %s AND (name = %s OR pbx_name = %s)"
_PERSON = "SELECT person_id FROM {0}.person WHERE tenant_id = %s AND reference = %s"


def accounts_of(connection: Connection, tenant_slug: str | None) -> Accounts:
    """For a login with the administrator role; without a tenant the operators.

    Raises:
        UnknownTenantError: there is no such tenant.
    """
    return Accounts(
        connection, load_tenant(connection, tenant_slug).tenant_id if tenant_slug is not None else None
    )


def create_account(
    connection: Connection, tenant_slug: str | None, name: str, role: Role, **options: Any
) -> str:
    """Makes an account and returns its password: see `Accounts.create`."""
    return accounts_of(connection, tenant_slug).create(name, role, **options)


def give_password(connection: Connection, tenant_slug: str, name: str, role: Role) -> str:
    """A new password, which need not be changed, for an account that is made if need be: for the demo."""
    password = random_password()
    accounts = accounts_of(connection, tenant_slug)
    if any(account.name == name for account in accounts.all()):
        accounts.give_password(name, password)
        return password
    return accounts.create(name, role, password=password, one_time=False)


def make_scope(connection: Connection, tenant_id: int, scope: ScopeWanted, name: str | None = None) -> int:
    """Makes a scope and returns its id: see `Accounts.make_scope`."""
    return Accounts(connection, tenant_id).make_scope(scope, name)
