"""The API by which an administrator keeps users, scopes and tokens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from reportgen.access.accounts import Accounts, AccountShown, ScopeWanted
from reportgen.access.roles import Role
from reportgen.access.tokens import Tokens, TokenShown
from reportgen.access.user_changes import disable, invite, refuse_own_role
from reportgen.configuration.administration import Administration
from reportgen.history.names import trail_of
from reportgen.web.administration import Administrator, AdministratorOf, MayChange
from reportgen.web.audit import EntryOut

router = APIRouter(prefix="/api/v1", tags=["users"])

TenantRole = Literal["administrator", "supervisor", "user", "privacy_officer"]
Name = Annotated[str, Path(max_length=63, pattern="^[a-z0-9][a-z0-9._-]*$")]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f]*$")]


class ScopeBody(BaseModel):
    """A part of a tenant, by names."""

    model_config = ConfigDict(extra="forbid")

    sites: list[Text] = []
    divisions: list[Text] = []
    departments: list[Text] = []
    cost_centres: list[Text] = []
    groups: list[Text] = Field([], description="By name, or the telephone system's name.")
    persons: list[Text] = Field([], description="References.")

    def wanted(self) -> ScopeWanted:
        units = {
            "site": self.sites,
            "division": self.divisions,
            "department": self.departments,
            "cost_centre": self.cost_centres,
        }
        return ScopeWanted({kind: names for kind, names in units.items() if names}, self.groups, self.persons)

    @classmethod
    def of(cls, scope: ScopeWanted) -> "ScopeBody":
        return cls(
            sites=list(scope.units.get("site", ())),
            divisions=list(scope.units.get("division", ())),
            departments=list(scope.units.get("department", ())),
            cost_centres=list(scope.units.get("cost_centre", ())),
            groups=list(scope.groups),
            persons=list(scope.persons),
        )


class UserBody(BaseModel):
    """What an administrator decides about a user."""

    model_config = ConfigDict(extra="forbid")

    role: TenantRole
    email: Annotated[str, Field(max_length=200, pattern=r"^[^@\s\x00]+@[^@\s\x00]+$")] | None = None
    call_center_basic: bool = False
    scope: ScopeBody = ScopeBody()


class NewUserBody(UserBody):
    name: Annotated[str, Field(max_length=63, pattern="^[a-z0-9][a-z0-9._-]*$")]
    invite: bool = Field(False, description="Send a link by mail instead of telling a one-time password.")


class UserOut(BaseModel):
    """A user as he is now."""

    name: str
    role: Role
    email: str | None
    call_center_basic: bool
    scope: ScopeBody
    second_factor: bool
    disabled: bool
    waits_for_password: bool
    created_at: datetime


class OneTimePassword(BaseModel):
    """Told this once; its user must change it at once."""

    password: str | None = Field(description="None: a link was sent by mail.")


class TokenIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Text = Field(description="Who uses it; printed on the reports made with it.")
    days: Annotated[int, Field(ge=1, le=3650)] = 90
    scope: Text | None = Field(None, description="Name of the part of the tenant that it opens.")
    user: Text | None = Field(None, description="Whose it is: it may what this user may, and ends with him.")


class NewToken(BaseModel):
    token: str = Field(description="Told this once.")


@contextmanager
def accounts_of(admin: Administrator) -> Iterator[tuple[Administration, Accounts]]:
    """A transaction in which users are changed."""
    with admin.transaction() as administration:
        yield (
            administration,
            Accounts(administration.connection, administration.tenant_id, administration.schema),
        )


@router.get("/users")
def list_users(admin: AdministratorOf) -> list[UserOut]:
    """The tenant's users."""
    with accounts_of(admin) as (_administration, accounts):
        return [_shown(account) for account in accounts.all()]


@router.post("/users", status_code=201, dependencies=[MayChange])
def create_user(body: NewUserBody, admin: AdministratorOf) -> OneTimePassword:
    """Makes a user."""
    with accounts_of(admin) as (administration, accounts):
        password = accounts.create(
            body.name,
            Role(body.role),
            email=body.email,
            scope=body.scope.wanted(),
            call_center_basic=body.call_center_basic,
        )
        if body.invite:
            invite(administration, accounts, body.name, admin.running.mail)
    return OneTimePassword(password=None if body.invite else password)


@router.get("/users/{name}")
def describe_user(name: Name, admin: AdministratorOf) -> UserOut:
    with accounts_of(admin) as (_administration, accounts):
        return _shown(accounts.find(name))


@router.get("/users/{name}/changes")
def changes_of_user(name: Name, admin: AdministratorOf) -> list[EntryOut]:
    """Every change of a user, with old and new values, the newest first."""
    with accounts_of(admin) as (administration, accounts):
        key = str(accounts.find(name).account_id)
        return [
            EntryOut.model_validate(entry, from_attributes=True)
            for entry in trail_of(administration).entries("account", key)
        ]


@router.put("/users/{name}", dependencies=[MayChange])
def change_user(name: Name, body: UserBody, admin: AdministratorOf) -> UserOut:
    """Changes a user; another role ends the sessions."""
    with accounts_of(admin) as (_administration, accounts):
        refuse_own_role(accounts, admin.principal, name, Role(body.role))
        accounts.change(
            name,
            Role(body.role),
            email=body.email,
            scope=body.scope.wanted(),
            call_center_basic=body.call_center_basic,
        )
        return _shown(accounts.find(name))


@router.post("/users/{name}/password", dependencies=[MayChange])
def give_password(name: Name, admin: AdministratorOf) -> OneTimePassword:
    """Gives a user a one-time password; all sessions end."""
    with accounts_of(admin) as (_administration, accounts):
        return OneTimePassword(password=accounts.replace_password(name))


@router.post("/users/{name}/invite", dependencies=[MayChange])
def invite_user(name: Name, admin: AdministratorOf) -> OneTimePassword:
    """Sends a user a link by which he chooses a password."""
    with accounts_of(admin) as (administration, accounts):
        invite(administration, accounts, name, admin.running.mail)
    return OneTimePassword(password=None)


@router.post("/users/{name}/disable", dependencies=[MayChange])
def disable_user(name: Name, admin: AdministratorOf) -> UserOut:
    """Keeps a user out, at once."""
    with accounts_of(admin) as (_administration, accounts):
        disable(accounts, admin.principal, name)
        return _shown(accounts.find(name))


@router.post("/users/{name}/enable", dependencies=[MayChange])
def enable_user(name: Name, admin: AdministratorOf) -> UserOut:
    """Lets a user in again."""
    with accounts_of(admin) as (_administration, accounts):
        accounts.disable(name, disabled=False)
        return _shown(accounts.find(name))


@router.delete("/users/{name}/second-factor", dependencies=[MayChange])
def remove_second_factor(name: Name, admin: AdministratorOf) -> UserOut:
    """Lets a user sign in without a code, until another authenticator is set up."""
    with accounts_of(admin) as (_administration, accounts):
        accounts.remove_second_factor(name)
        return _shown(accounts.find(name))


@router.get("/scopes")
def list_scopes(admin: AdministratorOf) -> dict[str, ScopeBody]:
    """The parts of the tenant that have a name, for tokens and database logins."""
    with accounts_of(admin) as (_administration, accounts):
        return {name: ScopeBody.of(scope) for name, scope in accounts.named_scopes().items()}


@router.put("/scopes/{name}", status_code=201, dependencies=[MayChange])
def create_scope(name: Name, body: ScopeBody, admin: AdministratorOf) -> ScopeBody:
    """Makes a part of the tenant that several tokens share."""
    with accounts_of(admin) as (_administration, accounts):
        accounts.make_scope(body.wanted(), name)
        return ScopeBody.of(accounts.named_scopes()[name])


@router.get("/tokens")
def list_tokens(admin: AdministratorOf) -> list[TokenShown]:
    """The tokens that are not too old; what they are nobody can see."""
    with admin.transaction() as administration:
        return tokens_of(administration).all()


@router.post("/tokens", status_code=201, dependencies=[MayChange])
def create_token(body: TokenIn, admin: AdministratorOf) -> NewToken:
    """Makes a token: of a user, or for a part of the tenant, or for all of its reports."""
    with admin.transaction() as administration:
        made = tokens_of(administration).create(body.name, body.days, scope=body.scope, account=body.user)
    return NewToken(token=made)


@router.delete("/tokens/{token_id}", status_code=204, dependencies=[MayChange])
def revoke_token(token_id: Annotated[int, Path(ge=1, le=2**31 - 1)], admin: AdministratorOf) -> None:
    """Ends a token, at once."""
    with admin.transaction() as administration:
        tokens_of(administration).revoke(token_id)


def tokens_of(administration: Administration) -> Tokens:
    return Tokens(administration.connection, administration.tenant_id, administration.schema)


def _shown(account: AccountShown) -> UserOut:
    return UserOut(
        name=account.name,
        role=account.role,
        email=account.email,
        call_center_basic=account.call_center_basic,
        scope=ScopeBody.of(account.scope),
        second_factor=account.second_factor,
        disabled=account.disabled,
        waits_for_password=account.waits_for_password,
        created_at=account.created_at,
    )
