"""Wall screens: the page that a device opens, and where an administrator pairs and revokes devices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from reportgen.access.accounts import ScopeWanted
from reportgen.access.screens import (
    ScreenError,
    code_of_screen,
    new_secret,
    pair_screen,
    principal_of_screen,
    renew_screen,
    revoke_screen,
    screens,
)
from reportgen.errors import ReportError
from reportgen.texts import _
from reportgen.units import Writer
from reportgen.web.administration import Administrator, AdministratorOf, MayChange
from reportgen.web.pages import SCREEN_COOKIE, language_of, page, set_cookie
from reportgen.web.problems import sentence
from reportgen.web.service import LIVE_BOARD, ServiceOf, address_of
from reportgen.web.sign_in import FromHere, OwnForm
from reportgen.web.users_api import ScopeBody, Text, accounts_of
from reportgen.web.users_pages import PARTS, UserFormOf, history, names_of_part

router = APIRouter()
api = APIRouter(prefix="/api/v1/screens", tags=["users"])

COOKIE_SECONDS = 5 * 365 * 24 * 3600
BOARDS: Mapping[str, str] = {LIVE_BOARD: _("Live")}
ADDRESSES: Mapping[str, str] = {LIVE_BOARD: "/live"}
"""Board → the page that shows it."""


class ScreenIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(pattern=r"^[0-9 ]{6,12}$", description="What the device shows.")]
    name: Annotated[Text, Field(min_length=1)]
    boards: Annotated[list[Literal["live"]], Field(min_length=1)] = ["live"]
    scope: ScopeBody = Field(ScopeBody(), description="What part of the tenant it shows; empty: all of it.")


class ScreenOut(BaseModel):
    screen_id: int
    name: str
    boards: list[str]
    paired_at: datetime
    seen_at: datetime | None


@router.get("/screen")
def screen_page(request: Request, running: ServiceOf) -> Response:
    """What a device opens: the code to pair it by, or its first board."""
    secret = request.cookies.get(SCREEN_COOKIE) or new_secret()
    with running.connection() as connection:
        principal = principal_of_screen(connection, secret)
        if principal is not None:
            board = min(principal.boards or (LIVE_BOARD,))
            leads_to = RedirectResponse(ADDRESSES.get(board, "/live"), 303)
            if renewed := renew_screen(connection, secret):
                set_cookie(request, leads_to, SCREEN_COOKIE, renewed, COOKIE_SECONDS)
            return leads_to
        code = code_of_screen(connection, secret, address=address_of(request))
    response = page(request, "screen.html", code=f"{code[:3]} {code[3:]}")
    set_cookie(request, response, SCREEN_COOKIE, secret, COOKIE_SECONDS)
    return response


@router.get("/screen/state")
def screen_state(request: Request, running: ServiceOf) -> dict[str, bool]:
    """Whether the device has been paired."""
    with running.connection() as connection:
        secret = request.cookies.get(SCREEN_COOKIE, "")
        return {"paired": principal_of_screen(connection, secret) is not None}


@router.get("/screens")
def list_page(request: Request, admin: AdministratorOf) -> Response:
    return _page(request, admin, ScreenForm(), "")


@router.post("/screens", dependencies=[FromHere, OwnForm])
def pair(
    request: Request,
    admin: AdministratorOf,
    parts: UserFormOf,
    code: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
) -> Response:
    typed = ScreenForm(code, name, parts.part_of_company)
    body = ScreenIn.model_construct(
        code=code, name=name, boards=["live"], scope=ScopeBody.of(parts.part_of_company)
    )
    try:
        _pair(admin, body)
    except ReportError as error:
        return _page(request, admin, typed, sentence(error, language_of(request)))
    return RedirectResponse("/screens", 303)


@router.post("/screens/{screen_id}/revoke", dependencies=[FromHere, OwnForm])
def revoke(screen_id: int, admin: AdministratorOf) -> Response:
    with admin.transaction() as administration:
        revoke_screen(administration, screen_id)
    return RedirectResponse("/screens", 303)


@api.get("")
def list_screens(admin: AdministratorOf) -> list[ScreenOut]:
    """The tenant's wall screens."""
    with admin.transaction() as administration:
        return [ScreenOut.model_validate(each, from_attributes=True) for each in screens(administration)]


@api.post("", status_code=201, dependencies=[MayChange])
def pair_by_code(body: ScreenIn, admin: AdministratorOf) -> list[ScreenOut]:
    """Pairs the device that shows a code; gives all screens that there are then."""
    _pair(admin, body)
    return list_screens(admin)


@api.delete("/{screen_id}", status_code=204, dependencies=[MayChange])
def revoke_by_number(screen_id: Annotated[int, Path(ge=1, le=2**31 - 1)], admin: AdministratorOf) -> None:
    """Ends what a screen may show, at once."""
    with admin.transaction() as administration:
        revoke_screen(administration, screen_id)


def _pair(admin: Administrator, body: ScreenIn) -> None:
    """Raises ScreenError when no device shows the code; the attempt counts all the same."""
    scope = body.scope.wanted()
    with accounts_of(admin) as (administration, accounts):
        scope_id = accounts.make_scope(scope) if scope else None
        paired = pair_screen(administration, body.code, body.name, body.boards, scope_id)
        if not paired and scope_id is not None:
            accounts.forget_scope(scope_id)
    if not paired:
        raise ScreenError(_("No screen shows this code; a code is good for ten minutes."))


@dataclass(frozen=True, slots=True)
class ScreenForm:
    """The form, as typed."""

    code: str = ""
    name: str = ""
    part: ScopeWanted = field(default_factory=ScopeWanted)


def _page(request: Request, admin: Administrator, typed: ScreenForm, message: str) -> Response:
    chosen = {**typed.part.units, "group": typed.part.groups}
    with accounts_of(admin) as (administration, accounts):
        writer = Writer(language_of(request), administration.time_zone, administration.region)
        scopes = accounts.scopes()
        return page(
            request,
            "screens.html",
            status=400 if message else 200,
            tenant=administration.name,
            screens=[
                (
                    each,
                    scopes[each.scope_id].words() if each.scope_id in scopes else "",
                    writer.minute(each.paired_at),
                    writer.minute(each.seen_at) if each.seen_at else "–",
                )
                for each in screens(administration)
            ],
            parts=[
                (
                    part,
                    title,
                    [(name, name in chosen.get(part, ())) for name in names_of_part(administration, part)],
                )
                for part, title in PARTS.items()
            ],
            typed=typed,
            changes=history(request, administration, "wall_screen"),
            message=message,
        )
