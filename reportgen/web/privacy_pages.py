"""Privacy for those who watch over a tenant, on a page."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from reportgen.access.roles import ROLE_TITLES
from reportgen.errors import ReportError
from reportgen.history.names import watched_trail
from reportgen.history.words import Teller
from reportgen.privacy.record import KINDS, WITHOUT_LIMIT, record_sheet
from reportgen.privacy.settings import (
    MASKABLE_ROLES,
    Act,
    InvalidSettingsError,
    PrivacySettings,
    acts,
    read_processing,
)
from reportgen.run import as_tenant
from reportgen.texts import Translate, _, translator
from reportgen.units import Writer
from reportgen.web import privacy
from reportgen.web.pages import language_of, page
from reportgen.web.privacy import LONGEST_NUMBER, LONGEST_REFERENCE, SubjectIn, Watcher, WatcherOf
from reportgen.web.problems import sentence
from reportgen.web.service import Service, ServiceOf
from reportgen.web.sign_in import FromHere, OwnForm

router = APIRouter()

ACTS: Mapping[str, str] = {
    "expired": _("Removed what was too old"),
    "number_erased": _("Number erased"),
    "person_erased": _("User erased"),
    "person_archived": _("User archived"),
    "number_disclosed": _("Data about a number given out"),
    "person_disclosed": _("Data about a user given out"),
}
_NO_NUMBER = _('{title}: "{text}" is no whole number.')
_TOO_LONG = _("{title}: write at most {most} characters.")
LONGEST_PARAGRAPH = 2000


class SettingsForm(BaseModel):
    """The form's fields, as typed."""

    masked_roles: list[str] = []
    masked_digits: str = "4"
    customers_masked: str = ""
    smallest_group: str = "1"
    event_days: str = ""
    call_days: str = ""
    state_days: str = ""
    rollup_days: str = ""
    gap_days: str = ""
    reject_days: str = ""
    audit_days: str = ""
    purpose: str = ""
    legal_ground: str = ""

    def settings(self, text: Translate) -> PrivacySettings:
        """Raises InvalidSettingsError when something is no number, or too long."""
        days = {
            f"{kind}_days": _number(text(title), getattr(self, f"{kind}_days"))
            for kind, (title, _holds) in KINDS.items()
        }
        return PrivacySettings(
            masked_roles=[role for role in self.masked_roles if role in MASKABLE_ROLES],
            masked_digits=_number(text(_("Hidden digits")), self.masked_digits) or 0,
            customers_masked=bool(self.customers_masked),
            smallest_group=_number(text(_("Of at least so many users")), self.smallest_group) or 0,
            **days,
            purpose=_paragraph(text(_("Purpose")), self.purpose),
            legal_ground=_paragraph(text(_("Legal ground")), self.legal_ground),
        )


def form_of(settings: PrivacySettings) -> SettingsForm:
    """The form as it shows settings."""
    shown = asdict(settings)
    roles = list(shown.pop("masked_roles"))
    texts = {
        name: "1" if value is True else "" if value in (None, False) else str(value)
        for name, value in shown.items()
    }
    return SettingsForm(masked_roles=roles, **texts)


@router.get("/privacy")
def privacy_page(request: Request, watcher: WatcherOf, running: ServiceOf, done: str = "") -> Response:
    return _page(request, watcher, running, done=done if done in ("saved", *ACTS) else "")


@router.get("/privacy/record")
def record_page(request: Request, watcher: WatcherOf, running: ServiceOf) -> Response:
    writer = _writer(request, watcher)
    with running.connection() as connection:
        processing = read_processing(connection, watcher.tenant.tenant_id)
    sheet = record_sheet(watcher.tenant, processing, writer, running.clock())
    return page(request, "privacy_record.html", tenant=watcher.tenant.name, sheet=sheet)


@router.post("/privacy/settings", dependencies=[FromHere, OwnForm])
def save_settings(
    request: Request, watcher: WatcherOf, running: ServiceOf, form: Annotated[SettingsForm, Form()]
) -> Response:
    try:
        privacy.save(running, watcher, form.settings(translator(language_of(request))))
    except ReportError as error:
        return _page(request, watcher, running, error=error, typed=form)
    return RedirectResponse("/privacy?done=saved", 303)


@router.post("/privacy/requests", dependencies=[FromHere, OwnForm])
def carry_out(
    request: Request,
    watcher: WatcherOf,
    running: ServiceOf,
    act: Annotated[str, Form()] = "",
    number: Annotated[str, Form()] = "",
    user: Annotated[str, Form()] = "",
    sure: Annotated[str, Form()] = "",
) -> Response:
    """What somebody asks for: his data (as PDF or JSON), erasure, or that a user be archived."""
    try:
        if bool(number.strip()) == bool(user.strip()):
            raise InvalidSettingsError(_("Give either a number or a user's reference."))
        subject = _subject(number, user)
        if act in ("pdf", "json"):
            return _file(request, watcher, running, subject, act)
        if not sure:
            raise InvalidSettingsError(_("Tick that you are sure: it cannot be undone."))
        if act == "archive" and subject.user is not None:
            privacy.archived(running, watcher, subject.user)
            return RedirectResponse("/privacy?done=person_archived", 303)
        if act != "erase":
            raise InvalidSettingsError(_("Only a user can be archived: give a reference."))
        privacy.erased(running, watcher, subject)
    except ReportError as error:
        return _page(request, watcher, running, error=error, asked={"number": number, "user": user})
    return RedirectResponse(f"/privacy?done={'number' if subject.number else 'person'}_erased", 303)


def _subject(number: str, user: str) -> SubjectIn:
    """Raises InvalidSettingsError when it can be nobody."""
    if len(number) > LONGEST_NUMBER or len(user) > LONGEST_REFERENCE or not f"{number}{user}".isprintable():
        raise InvalidSettingsError(_("Nobody has such a number or reference."))
    return SubjectIn(number=number, user=None) if number.strip() else SubjectIn(user=user)


def _file(request: Request, watcher: Watcher, running: Service, subject: SubjectIn, form: str) -> Response:
    if form == "pdf":
        content = privacy.disclosed_pdf(running, watcher, subject, _writer(request, watcher))
        return privacy.pdf(content, "personal-data")
    given = privacy.disclosed(running, watcher, subject).as_json()
    return Response(
        json.dumps(given, indent=2, ensure_ascii=False),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="personal-data.json"'},
    )


def _page(
    request: Request,
    watcher: Watcher,
    running: Service,
    *,
    done: str = "",
    error: ReportError | None = None,
    typed: SettingsForm | None = None,
    asked: Mapping[str, str] = MappingProxyType({"number": "", "user": ""}),
) -> Response:
    """The page; after a mistake with what was typed."""
    writer = _writer(request, watcher)
    with running.connection() as connection:
        processing = read_processing(connection, watcher.tenant.tenant_id)
        evidence = acts(connection, watcher.tenant.tenant_id, most=50)
        with as_tenant(connection, watcher.tenant.tenant_id, role=watcher.tenant.role):
            trail = watched_trail(connection)
            changes = Teller(writer, trail).tell(trail.entries("privacy_setting"))
    shown = typed or form_of(processing.settings)
    return page(
        request,
        "privacy.html",
        status=400 if error else 200,
        tenant=watcher.tenant.name,
        typed=shown,
        asked=asked,
        roles=[(role, writer.text(ROLE_TITLES[role])) for role in MASKABLE_ROLES],
        kinds=[
            (kind, writer.text(title), writer.text(holds), getattr(shown, f"{kind}_days"))
            for kind, (title, holds) in KINDS.items()
        ],
        without_limit=writer.text(WITHOUT_LIMIT),
        done=writer.text(ACTS[done]) if done in ACTS else writer.text(_("Saved.")) if done else "",
        message=sentence(error, writer.language) if error else "",
        evidence=[_shown(act, writer) for act in evidence],
        changes=changes,
    )


def _shown(act: Act, writer: Writer) -> tuple[str, str, str, str]:
    rows = sum(
        count
        for counted in act.details.values()
        for count in (counted.values() if isinstance(counted, dict) else [counted])
        if isinstance(count, int)
    )
    title = ACTS.get(act.kind, act.kind)
    return writer.minute(act.acted_at), writer.text(title), act.actor or "", writer.count(rows)


def _writer(request: Request, watcher: Watcher) -> Writer:
    tenant = watcher.tenant
    return Writer(language_of(request), tenant.time_zone, tenant.region)


def _number(title: str, text: str) -> int | None:
    """Raises InvalidSettingsError when it is none."""
    compact = text.strip()
    if not compact:
        return None
    if not (compact.isascii() and compact.isdigit() and len(compact) < 6):
        raise InvalidSettingsError(_NO_NUMBER, title=title, text=text)
    return int(compact)


def _paragraph(title: str, text: str) -> str | None:
    """Raises InvalidSettingsError when it is too long."""
    if len(text) > LONGEST_PARAGRAPH:
        raise InvalidSettingsError(_TOO_LONG, title=title, most=LONGEST_PARAGRAPH)
    return text.replace("\0", "").strip() or None
