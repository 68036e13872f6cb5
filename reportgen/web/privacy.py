"""Privacy as an API, for those who watch over a tenant: settings, requests, record and evidence."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from reportgen.access.roles import Action, Principal
from reportgen.compile import Tenant
from reportgen.errors import ForbiddenError
from reportgen.privacy import erasure
from reportgen.privacy.access import Disclosure, about_number, about_person
from reportgen.privacy.disclosure import disclosure_sheet
from reportgen.privacy.record import record_sheet
from reportgen.privacy.settings import PrivacySettings, acts, change_settings, read_processing
from reportgen.render.sheet import sheet_pdf
from reportgen.run import load_tenant
from reportgen.texts import Language
from reportgen.units import Writer
from reportgen.web.administration import MayChange
from reportgen.web.service import PrincipalOf, Service, ServiceOf

router = APIRouter(prefix="/api/v1/privacy", tags=["privacy"])

Days = Annotated[int | None, Field(ge=1, le=36_500, description="Empty: without limit.")]
Role = Literal["administrator", "supervisor", "user"]
LONGEST_NUMBER, LONGEST_REFERENCE = 64, 200
Text = Annotated[str | None, Field(max_length=2000)]


class SettingsIn(BaseModel):
    """What a tenant decides."""

    model_config = ConfigDict(extra="forbid")

    masked_roles: list[Role] = []
    masked_digits: Annotated[int, Field(ge=1, le=20)] = 4
    customers_masked: bool = False
    smallest_group: Annotated[int, Field(ge=1, le=1000)] = 1
    event_days: Days = None
    call_days: Days = None
    state_days: Days = None
    rollup_days: Days = None
    gap_days: Days = None
    reject_days: Days = None
    audit_days: Days = None
    purpose: Text = None
    legal_ground: Text = None

    def settings(self) -> PrivacySettings:
        return PrivacySettings(**{**self.model_dump(), "masked_roles": sorted(set(self.masked_roles))})


class SubjectIn(BaseModel):
    """Whom it is about: a telephone number in any spelling, or a user's reference."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str | None, Field(max_length=LONGEST_NUMBER)] = None
    user: Annotated[str | None, Field(max_length=LONGEST_REFERENCE)] = None

    @model_validator(mode="after")
    def one(self) -> "SubjectIn":
        """Raises ValueError unless there is exactly one."""
        if (self.number is None) == (self.user is None):
            raise ValueError("give either a number or a user")
        return self


class ActOut(BaseModel):
    """Something that was done for privacy."""

    act_id: int
    acted_at: datetime
    kind: str
    actor: str | None
    subject: str | None = Field(description="A keyed hash of the number or of the user's reference.")
    details: dict[str, Any]


class Watcher(BaseModel):
    """Who watches, and over which tenant."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    principal: Principal
    tenant: Tenant


def watcher(principal: PrincipalOf, running: ServiceOf) -> Watcher:
    """Raises ForbiddenError for whoever has no business with it."""
    if principal.tenant_id is None or not principal.may(Action.MANAGE_PRIVACY):
        raise ForbiddenError
    with running.connection() as connection:
        tenant = replace(load_tenant(connection, principal.tenant_id), role=principal.role.value)
    return Watcher(principal=principal, tenant=tenant)


WatcherOf = Annotated[Watcher, Depends(watcher)]


@router.get("/settings")
def get_settings(watcher: WatcherOf, running: ServiceOf) -> SettingsIn:
    """What the tenant has decided."""
    with running.connection() as connection:
        found = read_processing(connection, watcher.tenant.tenant_id)
    return SettingsIn.model_validate(asdict(found.settings))


@router.put("/settings", dependencies=[MayChange])
def put_settings(body: SettingsIn, watcher: WatcherOf, running: ServiceOf) -> SettingsIn:
    """Decides anew, all at once; what changed stands in the audit trail."""
    save(running, watcher, body.settings())
    return get_settings(watcher, running)


@router.post("/access", dependencies=[MayChange])
def access(body: SubjectIn, watcher: WatcherOf, running: ServiceOf) -> dict[str, Any]:
    """Everything that is kept about a number or a user."""
    return disclosed(running, watcher, body).as_json()


@router.post("/erase", dependencies=[MayChange])
def erase(body: SubjectIn, watcher: WatcherOf, running: ServiceOf) -> dict[str, int]:
    """Erases a number or a user everywhere; rows per table. It cannot be undone."""
    return erased(running, watcher, body)


@router.post("/archive/{reference}", dependencies=[MayChange])
def archive(reference: str, watcher: WatcherOf, running: ServiceOf) -> dict[str, int]:
    """Takes a user's name away and closes the account; the calls stay."""
    return archived(running, watcher, reference)


@router.get("/evidence")
def evidence(
    watcher: WatcherOf,
    running: ServiceOf,
    before: Annotated[int | None, Query(ge=0, le=2**62, description="Only older ones.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[ActOut]:
    """What was done for privacy, newest first."""
    with running.connection() as connection:
        found = acts(connection, watcher.tenant.tenant_id, before_id=before, most=limit)
    return [ActOut.model_validate(act, from_attributes=True) for act in found]


@router.get("/record.pdf", response_class=Response)
def record(watcher: WatcherOf, running: ServiceOf, language: Language | None = None) -> Response:
    """The record of processing, filled from what is configured."""
    tenant = watcher.tenant
    writer = Writer(language or Language(tenant.language), tenant.time_zone, tenant.region)
    with running.connection() as connection:
        processing = read_processing(connection, tenant.tenant_id)
    return pdf(
        sheet_pdf(record_sheet(tenant, processing, writer, running.clock()), writer), "record-of-processing"
    )


def pdf(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


def save(running: Service, watcher: Watcher, settings: PrivacySettings) -> None:
    """Raises InvalidSettingsError when they contradict each other."""
    principal = watcher.principal
    with running.connection() as connection:
        change_settings(
            connection,
            watcher.tenant.tenant_id,
            settings,
            actor=principal.name,
            account_id=principal.account_id,
        )


def disclosed(running: Service, watcher: Watcher, subject: SubjectIn) -> Disclosure:
    """Raises NoNumberError or UnknownPersonError."""
    tenant, actor, now = watcher.tenant, watcher.principal.name, running.clock()
    with running.connection() as connection:
        if subject.number is not None:
            return about_number(
                connection, tenant.tenant_id, _clean(subject.number), tenant.region, now=now, actor=actor
            )
        return about_person(connection, tenant.tenant_id, _clean(subject.user or ""), now=now, actor=actor)


def disclosed_pdf(running: Service, watcher: Watcher, subject: SubjectIn, writer: Writer) -> bytes:
    """Raises NoNumberError, UnknownPersonError or RenderError."""
    return sheet_pdf(disclosure_sheet(watcher.tenant, disclosed(running, watcher, subject), writer), writer)


def erased(running: Service, watcher: Watcher, subject: SubjectIn) -> dict[str, int]:
    """Raises NoNumberError or UnknownPersonError."""
    tenant, actor = watcher.tenant, watcher.principal.name
    with running.connection() as connection:
        if subject.number is not None:
            number = _clean(subject.number)
            return dict(
                erasure.erase_number(connection, tenant.tenant_id, number, tenant.region, actor=actor)
            )
        return dict(
            erasure.erase_person(connection, tenant.tenant_id, _clean(subject.user or ""), actor=actor)
        )


def archived(running: Service, watcher: Watcher, reference: str) -> dict[str, int]:
    """Raises UnknownPersonError."""
    tenant, actor = watcher.tenant, watcher.principal.name
    with running.connection() as connection:
        return dict(erasure.archive_person(connection, tenant.tenant_id, _clean(reference), actor=actor))


def _clean(text: str) -> str:
    """Without what PostgreSQL's text cannot hold."""
    return text.encode(errors="replace").decode().replace("\0", "").strip()
