"""The audit trail, for those who watch over a tenant: on a page, as JSON, as CSV."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from reportgen.access.audit import Entry, trail
from reportgen.access.roles import Action
from reportgen.compile import Tenant
from reportgen.compile.period import choose_period
from reportgen.errors import ForbiddenError
from reportgen.history.columns import OBJECTS
from reportgen.history.names import watched_trail
from reportgen.history.words import Teller
from reportgen.render.csv_file import guarded
from reportgen.run import as_tenant, load_tenant
from reportgen.units import Writer
from reportgen.web.pages import language_of, page
from reportgen.web.service import PrincipalOf, Service, ServiceOf

api = APIRouter(prefix="/api/v1/audit", tags=["audit"])
portal = APIRouter()

ENTRIES_PER_PAGE = 100
MOST_ENTRIES = 1000


class EntryOut(BaseModel):
    """Something that somebody did."""

    audit_id: int
    occurred_at: datetime
    actor: str
    address: str | None
    action: str
    object: str
    name: str | None
    details: dict[str, Any]


def watched_tenant(principal: PrincipalOf, running: ServiceOf) -> Tenant:
    """The tenant whose trail this principal may read.

    Raises:
        ForbiddenError: none.
    """
    if principal.tenant_id is None or not principal.may(Action.READ_AUDIT_TRAIL):
        raise ForbiddenError
    with running.connection() as connection:
        return replace(load_tenant(connection, principal.tenant_id), role=principal.role.value)


WatchedTenant = Annotated[Tenant, Depends(watched_tenant)]
FirstDay = Annotated[date | None, Query(alias="from", examples=["2026-10-01"])]
LastDay = Annotated[date | None, Query(alias="to", examples=["2026-10-31"])]


@api.get("")
def list_entries(
    tenant: WatchedTenant,
    running: ServiceOf,
    first_day: FirstDay = None,
    last_day: LastDay = None,
    before: Annotated[
        int | None, Query(ge=0, le=2**62, description="Only older ones: the next page.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ENTRIES)] = ENTRIES_PER_PAGE,
    about: Annotated[
        str | None, Query(alias="object", max_length=40, description="Only of these things.")
    ] = None,
) -> list[EntryOut]:
    """The audit trail, newest first."""
    entries = _entries(running, tenant, first_day, last_day, before, limit, about)
    return [EntryOut.model_validate(entry, from_attributes=True) for entry in entries]


@api.get(".csv", response_class=StreamingResponse)
def export_entries(
    tenant: WatchedTenant, running: ServiceOf, first_day: FirstDay = None, last_day: LastDay = None
) -> StreamingResponse:
    """The whole audit trail of a time, newest first, as machine-readable CSV."""
    return StreamingResponse(
        _csv(_entries(running, tenant, first_day, last_day)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )


@portal.get("/audit")
def audit_page(
    request: Request,
    tenant: WatchedTenant,
    running: ServiceOf,
    before: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    about: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    writer = Writer(language_of(request), tenant.time_zone, tenant.region)
    kind = about if about in OBJECTS else None
    entries = list(_entries(running, tenant, None, None, before, ENTRIES_PER_PAGE, kind))
    with running.connection() as connection, as_tenant(connection, tenant.tenant_id, role=tenant.role):
        told = Teller(writer, watched_trail(connection)).tell(entries)
    return page(
        request,
        "audit.html",
        tenant=tenant.name,
        entries=told,
        kinds=sorted(((value, writer.text(title)) for value, title in OBJECTS.items()), key=itemgetter(1)),
        about=kind or "",
        older=entries[-1].audit_id if len(entries) == ENTRIES_PER_PAGE else None,
    )


def _entries(
    running: Service,
    tenant: Tenant,
    first_day: date | None,
    last_day: date | None,
    before: int | None = None,
    most: int | None = None,
    kind: str | None = None,
) -> Iterator[Entry]:
    """Raises InvalidPeriodError at once, not only when the first entry is asked for."""
    first_at = end_at = None
    if first_day is not None:
        last = (last_day or first_day).isoformat()
        period = choose_period(
            tenant.time_zone, running.clock(), name=None, first=first_day.isoformat(), last=last
        )
        first_at, end_at = period.start, period.end

    def read() -> Iterator[Entry]:
        with running.connection() as connection:
            yield from trail(
                connection,
                tenant.tenant_id,
                first_at=first_at,
                end_at=end_at,
                before_id=before,
                most=most,
                role=tenant.role,
                kind=kind,
            )

    return read()


def _csv(entries: Iterator[Entry]) -> Iterator[str]:
    names = list(EntryOut.model_fields)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    for entry in entries:
        writer.writerow([guarded(_text(getattr(entry, name))) for name in names])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat()
        case dict():
            return msgspec.json.encode(value).decode()
        case _:
            return str(value)
