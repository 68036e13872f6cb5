"""The pages on which an administrator keeps users and tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.access.accounts import UNIT_KINDS, Accounts, AccountShown, ScopeWanted
from reportgen.access.roles import ROLE_TITLES, Role
from reportgen.access.tokens import TokenError
from reportgen.access.user_changes import disable, invite, refuse_own_role
from reportgen.configuration.administration import Administration
from reportgen.configuration.lookups import Names
from reportgen.errors import ReportError
from reportgen.history.names import trail_of
from reportgen.history.words import Teller, Told
from reportgen.texts import _
from reportgen.units import Writer
from reportgen.web.administration import Administrator, AdministratorOf
from reportgen.web.pages import language_of, page
from reportgen.web.problems import sentence
from reportgen.web.sign_in import FromHere, OwnForm
from reportgen.web.users_api import accounts_of, tokens_of

router = APIRouter()

ROLES: Mapping[str, str] = {
    role: title for role, title in ROLE_TITLES.items() if role not in (Role.OPERATOR, Role.WALL_SCREEN)
}
"""What a tenant's users can be."""
PARTS: Mapping[str, str] = {
    "site": _("Sites"),
    "division": _("Divisions"),
    "department": _("Departments"),
    "cost_centre": _("Cost centres"),
    "group": _("Queues and hunt groups"),
}
"""Of what a supervisor's part of the company is made."""
MOST_DAYS = 3650


class UserForm:
    """What the form of a user says."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        def first(name: str) -> str:
            return (fields.get(name) or [""])[0].strip()

        self.name = first("name").lower()
        self.role = Role(first("role")) if first("role") in ROLES else Role.USER
        self.email = first("email") or None
        self.call_center_basic = bool(first("call_center_basic"))
        self.by_mail = bool(first("by_mail"))
        self.action = first("action")
        units = {kind: list(fields.get(kind, ())) for kind in UNIT_KINDS if fields.get(kind)}
        self.part_of_company = ScopeWanted(units, list(fields.get("group", ())))
        self.person = first("person")
        self.scope = ScopeWanted()
        if self.role is Role.SUPERVISOR:
            self.scope = self.part_of_company
        elif self.role is Role.USER:
            self.scope = ScopeWanted(persons=[self.person] if self.person else [])

    @classmethod
    def of(cls, user: AccountShown | None) -> "UserForm":
        """The form as it shows a user, or a new one."""
        if user is None:
            return cls({"action": ["save"]})
        scope = user.scope
        return cls(
            {
                "role": [user.role.value],
                "email": [user.email or ""],
                "call_center_basic": ["1"] if user.call_center_basic else [],
                "person": list(scope.persons[:1]),
                "group": scope.groups,
                **scope.units,
            }
        )


async def user_form(request: Request) -> UserForm:
    form = await request.form()
    fields: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and value.isprintable():
            fields.setdefault(name, []).append(value[:200])
    return UserForm(fields)


UserFormOf = Annotated[UserForm, Depends(user_form)]


@dataclass(frozen=True, slots=True)
class TokenForm:
    """The form of a token, as typed."""

    name: str = ""
    days: str = "90"
    user: str = ""

    def days_valid(self) -> int:
        """Raises TokenError when it is no number of days."""
        if not (self.days.isascii() and self.days.isdigit() and 1 <= int(self.days[:5]) <= MOST_DAYS):
            raise TokenError(_("A token is valid for 1 to {most} days."), most=MOST_DAYS)
        return int(self.days)


@router.get("/users")
def list_page(request: Request, admin: AdministratorOf) -> Response:
    return _list(request, admin, TokenForm(), "")


def _list(request: Request, admin: Administrator, typed: TokenForm, message: str) -> Response:
    with accounts_of(admin) as (administration, accounts):
        writer = Writer(language_of(request), administration.time_zone, administration.region)
        return page(
            request,
            "users.html",
            status=400 if message else 200,
            message=message,
            typed=typed,
            tenant=administration.name,
            roles=ROLES,
            users=[(user, user.scope.words()) for user in accounts.all()],
            tokens=[
                (each, writer.minute(each.expires_at), each.last_used_at and writer.minute(each.last_used_at))
                for each in tokens_of(administration).all()
            ],
            changes=history(request, administration, "api_token"),
        )


@router.get("/users/new")
def new_page(request: Request, admin: AdministratorOf) -> Response:
    with accounts_of(admin) as (administration, _accounts):
        return _form(request, admin, administration, None, None, "")


@router.post("/users/new", dependencies=[FromHere, OwnForm])
def create(request: Request, admin: AdministratorOf, form: UserFormOf) -> Response:
    try:
        with accounts_of(admin) as (administration, accounts):
            password = accounts.create(
                form.name,
                form.role,
                email=form.email,
                scope=form.scope,
                call_center_basic=form.call_center_basic,
            )
            if form.by_mail:
                invite(administration, accounts, form.name, admin.running.mail)
    except ReportError as error:
        with accounts_of(admin) as (administration, _accounts):
            return _form(request, admin, administration, None, form, sentence(error, language_of(request)))
    if form.by_mail:
        return RedirectResponse("/users", 303)
    return _secret(request, admin, form.name, _("One-time password"), password)


@router.get("/users/{name}")
def user_page(name: str, request: Request, admin: AdministratorOf) -> Response:
    with accounts_of(admin) as (administration, accounts):
        return _form(request, admin, administration, accounts.find(name), None, "")


@router.post("/users/{name}", dependencies=[FromHere, OwnForm])
def change(name: str, request: Request, admin: AdministratorOf, form: UserFormOf) -> Response:
    """Saves the form, or does what one of the other buttons says."""
    password = ""
    try:
        with accounts_of(admin) as (administration, accounts):
            password = _act(admin, administration, accounts, name, form)
    except ReportError as error:
        with accounts_of(admin) as (administration, accounts):
            message = sentence(error, language_of(request))
            typed = form if form.action == "save" else None
            return _form(request, admin, administration, accounts.find(name), typed, message)
    if password:
        return _secret(request, admin, name, _("One-time password"), password)
    return RedirectResponse(f"/users/{name}", 303)


def _act(
    admin: Administrator, administration: Administration, accounts: Accounts, name: str, form: UserForm
) -> str:
    match form.action:
        case "password":
            return accounts.replace_password(name)
        case "invite":
            invite(administration, accounts, name, admin.running.mail)
        case "disable":
            disable(accounts, admin.principal, name)
        case "enable":
            accounts.disable(name, disabled=False)
        case "second_factor":
            accounts.remove_second_factor(name)
        case _:
            refuse_own_role(accounts, admin.principal, name, form.role)
            accounts.change(
                name,
                form.role,
                email=form.email,
                scope=form.scope,
                call_center_basic=form.call_center_basic,
            )
    return ""


@router.post("/tokens", dependencies=[FromHere, OwnForm])
def create_token(
    request: Request,
    admin: AdministratorOf,
    name: Annotated[str, Form()] = "",
    days: Annotated[str, Form()] = "",
    user: Annotated[str, Form()] = "",
) -> Response:
    typed = TokenForm(name, days, user)
    try:
        with admin.transaction() as administration:
            token = tokens_of(administration).create(name, typed.days_valid(), account=user or None)
    except ReportError as error:
        return _list(request, admin, typed, sentence(error, language_of(request)))
    return _secret(request, admin, name, _("Token"), token)


@router.post("/tokens/{token_id}/revoke", dependencies=[FromHere, OwnForm])
def revoke_token(token_id: int, admin: AdministratorOf) -> Response:
    with admin.transaction() as administration:
        tokens_of(administration).revoke(token_id)
    return RedirectResponse("/users", 303)


def _secret(request: Request, admin: Administrator, name: str, title: str, secret: str) -> Response:
    with admin.transaction() as administration:
        tenant = administration.name
    return page(request, "users_secret.html", tenant=tenant, user_name=name, title=title, secret=secret)


def _form(
    request: Request,
    admin: Administrator,
    administration: Administration,
    user: AccountShown | None,
    form: UserForm | None,
    message: str,
) -> Response:
    typed = form or UserForm.of(user)
    chosen = {**typed.part_of_company.units, "group": typed.part_of_company.groups}
    return page(
        request,
        "user.html",
        status=400 if message else 200,
        tenant=administration.name,
        user=user,
        user_name=user.name if user else typed.name,
        role=typed.role.value,
        email=typed.email or "",
        basic=typed.call_center_basic,
        by_mail=typed.by_mail or form is None,
        person=typed.person,
        persons=_persons(administration),
        parts=[
            (
                part,
                title,
                [(name, name in chosen.get(part, ())) for name in names_of_part(administration, part)],
            )
            for part, title in PARTS.items()
        ],
        roles=ROLES,
        own=user is not None and user.account_id == admin.principal.account_id,
        changes=history(request, administration, "account", str(user.account_id)) if user else [],
        message=message,
    )


def history(
    request: Request, administration: Administration, kind: str, key: str | None = None
) -> list[Told]:
    """What was done to things of a kind, or to one of them."""
    writer = Writer(language_of(request), administration.time_zone, administration.region)
    trail = trail_of(administration)
    return Teller(writer, trail).tell(trail.entries(kind, key))


def _persons(administration: Administration) -> list[tuple[str, str]]:
    """References with the names that they have."""
    return administration.connection.execute(
        "SELECT reference, coalesce(name, '') FROM configuration.person "
        "ORDER BY lower(coalesce(name, reference))"
    ).fetchall()


def names_of_part(administration: Administration, part: str) -> list[str]:
    """What a part of the company can be made of: units of a kind, or groups."""
    if part == "group":
        rows = administration.connection.execute(
            "SELECT name FROM configuration.contact_group ORDER BY lower(name)"
        ).fetchall()
        return [name for (name,) in rows]
    return sorted(Names(administration, part).by_id.values(), key=str.casefold)
