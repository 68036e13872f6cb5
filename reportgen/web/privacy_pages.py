"""Privacy for those who watch over a tenant, on a page."""

import json
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

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
from reportgen.texts import _
from reportgen.units import Writer
from reportgen.web import privacy
from reportgen.web.pages import language_of, page
from reportgen.web.privacy import SubjectIn, Watcher, WatcherOf
from reportgen.web.problems import sentence
from reportgen.web.service import Service, ServiceOf
from reportgen.web.sign_in import FromHere, OwnForm

router = APIRouter()

Word = Annotated[str, Form(max_length=200)]
Paragraph = Annotated[str, Form(max_length=2000)]

ACTS: Mapping[str, str] = {
    "expired": _("Removed what was too old"),
    "number_erased": _("Number erased"),
    "person_erased": _("User erased"),
    "person_archived": _("User archived"),
    "number_disclosed": _("Data about a number given out"),
    "person_disclosed": _("Data about a user given out"),
}
_NO_DAYS = _('"{text}" is no number of days.')


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
    request: Request,
    watcher: WatcherOf,
    running: ServiceOf,
    masked_roles: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI's way
    masked_digits: Word = "4",
    customers_masked: Word = "",
    smallest_group: Word = "1",
    event_days: Word = "",
    call_days: Word = "",
    state_days: Word = "",
    rollup_days: Word = "",
    gap_days: Word = "",
    reject_days: Word = "",
    audit_days: Word = "",
    purpose: Paragraph = "",
    legal_ground: Paragraph = "",
) -> Response:
    try:
        settings = PrivacySettings(
            [role for role in masked_roles if role in MASKABLE_ROLES],
            _number(masked_digits) or 0,
            bool(customers_masked),
            _number(smallest_group) or 0,
            _number(event_days),
            _number(call_days),
            _number(state_days),
            _number(rollup_days),
            _number(gap_days),
            _number(reject_days),
            _number(audit_days),
            purpose.replace("\0", "").strip() or None,
            legal_ground.replace("\0", "").strip() or None,
        )
        privacy.save(running, watcher, settings)
    except ReportError as error:
        return _page(request, watcher, running, error=error)
    return RedirectResponse("/privacy?done=saved", 303)


@router.post("/privacy/requests", dependencies=[FromHere, OwnForm])
def carry_out(
    request: Request,
    watcher: WatcherOf,
    running: ServiceOf,
    act: Word = "",
    number: Word = "",
    user: Word = "",
    sure: Word = "",
) -> Response:
    """What somebody asks for: his data (as PDF or JSON), erasure, or that a user be archived."""
    try:
        if bool(number.strip()) == bool(user.strip()):
            raise InvalidSettingsError(_("Give either a number or a user's reference."))
        subject = SubjectIn(number=number, user=None) if number.strip() else SubjectIn(user=user)
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
        return _page(request, watcher, running, error=error)
    return RedirectResponse(f"/privacy?done={'number' if subject.number else 'person'}_erased", 303)


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
) -> Response:
    writer = _writer(request, watcher)
    with running.connection() as connection:
        processing = read_processing(connection, watcher.tenant.tenant_id)
        evidence = acts(connection, watcher.tenant.tenant_id, most=50)
        with as_tenant(connection, watcher.tenant.tenant_id, role=watcher.tenant.role):
            trail = watched_trail(connection)
            changes = Teller(writer, trail).tell(trail.entries("privacy_setting"))
    settings = processing.settings
    return page(
        request,
        "privacy.html",
        status=400 if error else 200,
        tenant=watcher.tenant.name,
        settings=settings,
        roles=[(role, writer.text(ROLE_TITLES[role])) for role in MASKABLE_ROLES],
        kinds=[
            (kind, writer.text(title), writer.text(holds), getattr(settings, f"{kind}_days"))
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


def _number(text: str) -> int | None:
    """Raises InvalidSettingsError when it is none."""
    compact = text.strip()
    if not compact:
        return None
    if not (compact.isascii() and compact.isdigit() and len(compact) < 6):
        raise InvalidSettingsError(_NO_DAYS, text=text)
    return int(compact)
