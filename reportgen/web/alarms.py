"""Alarms for programs: what is watched, what rings, and taking note of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from reportgen.access.audit import record
from reportgen.access.grafana import Grafana, GrafanaUnavailableError, organisation_of
from reportgen.access.roles import Action
from reportgen.alarms import ringing as state
from reportgen.alarms.definitions import (
    Alarm,
    UnknownAlarmError,
    delete_alarm,
    load_alarms,
    save_alarm,
)
from reportgen.errors import ForbiddenError
from reportgen.web.administration import MayChange
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf
from store.vocabulary import AlarmKind

router = APIRouter(prefix="/api/v1/alarms", tags=["alarms"])


def watcher(reader: ReaderOf) -> Reader:
    """Who may see alarms.

    Raises:
        ForbiddenError: this reader may not.
    """
    if not reader.principal.may(Action.SEE_ALARMS):
        raise ForbiddenError
    return reader


def manager(reader: ReaderOf) -> Reader:
    """Who may change alarms.

    Raises:
        ForbiddenError: this reader may not.
    """
    if not reader.principal.may(Action.MANAGE_ALARMS) or reader.tenant.scope_id is not None:
        raise ForbiddenError
    return reader


WatcherOf = Annotated[Reader, Depends(watcher)]
ManagerOf = Annotated[Reader, Depends(manager)]
AlarmId = Annotated[int, Path(ge=1, le=2**31 - 1)]


class AlarmIn(BaseModel):
    """What an alarm watches, from where on it rings, and who is told."""

    model_config = ConfigDict(extra="forbid")

    kind: AlarmKind
    name: str | None = Field(None, max_length=100, pattern=r"^[^\x00-\x1f]+$")
    contact_group: str | None = Field(None, max_length=200, pattern=r"^[^\x00-\x1f]+$")
    ddi: str | None = Field(None, max_length=20, examples=["+31201234567"])
    limit_value: Decimal = Field(max_digits=12, decimal_places=3, examples=[120])
    recovery_value: Decimal = Field(max_digits=12, decimal_places=3, examples=[60])
    for_minutes: int = 0
    least_offered: int = Field(1, le=1_000_000)
    working_hours_only: bool = True
    enabled: bool = True
    mail_to: list[str] = []
    channels: dict[str, str] = Field({}, examples=[{"teams": "https://example.org/hook"}])


class AlarmOut(AlarmIn):
    """An alarm that is kept. Only whoever may change it sees who is told."""

    alarm_id: int


class RingingOut(BaseModel):
    """An alarm that rings for one queue, line or telephone system."""

    alarm_id: int
    subject: str
    summary: str
    since: datetime
    acknowledged_by: str | None
    acknowledged_until: datetime | None


class AcknowledgeIn(BaseModel):
    """For how long nobody is told again."""

    model_config = ConfigDict(extra="forbid")

    hours: int = Field(4, ge=1, le=state.LONGEST_HOURS)


@router.get("")
def list_alarms(reader: WatcherOf, running: ServiceOf) -> list[AlarmOut]:
    """All alarms that this reader sees."""
    with running.connection() as connection:
        alarms = load_alarms(connection, reader.tenant)
    shown = reader.principal.may(Action.MANAGE_ALARMS)
    return [_out(alarm, with_recipients=shown) for alarm in alarms]


@router.get("/ringing")
def list_ringing(reader: WatcherOf, running: ServiceOf) -> list[RingingOut]:
    """What rings now, the oldest first."""
    return [RingingOut.model_validate(each, from_attributes=True) for each in ringing_for(running, reader)]


@router.post("", status_code=201, dependencies=[MayChange])
def make_alarm(alarm: AlarmIn, reader: ManagerOf, running: ServiceOf) -> AlarmOut:
    return _saved(running, reader, Alarm(**alarm.model_dump()))


@router.put("/{alarm_id}", dependencies=[MayChange])
def change_alarm(alarm_id: AlarmId, alarm: AlarmIn, reader: ManagerOf, running: ServiceOf) -> AlarmOut:
    return _saved(running, reader, Alarm(alarm_id=alarm_id, **alarm.model_dump()))


@router.delete("/{alarm_id}", status_code=204, dependencies=[MayChange])
def remove_alarm(alarm_id: AlarmId, reader: ManagerOf, running: ServiceOf) -> Response:
    with running.connection() as connection:
        delete_alarm(connection, reader.tenant, reader.principal, alarm_id)
    return Response(status_code=204)


@router.put("/{alarm_id}/acknowledgement", status_code=204, dependencies=[MayChange])
def acknowledge_alarm(
    alarm_id: AlarmId, wanted: AcknowledgeIn, reader: WatcherOf, running: ServiceOf
) -> Response:
    """Nobody is told of it again for some hours."""
    acknowledge_for(running, reader, alarm_id, wanted.hours)
    return Response(status_code=204)


@router.delete("/{alarm_id}/acknowledgement", status_code=204, dependencies=[MayChange])
def withdraw_acknowledgement(alarm_id: AlarmId, reader: WatcherOf, running: ServiceOf) -> Response:
    withdraw_for(running, reader, alarm_id)
    return Response(status_code=204)


def _out(alarm: Alarm, *, with_recipients: bool) -> AlarmOut:
    shown = {name: getattr(alarm, name) for name in AlarmOut.model_fields}
    if not with_recipients:
        shown |= {"mail_to": [], "channels": {}}
    return AlarmOut(**shown)


def _saved(running: Service, reader: Reader, alarm: Alarm) -> AlarmOut:
    with running.connection() as connection:
        saved = save_alarm(connection, reader.tenant, reader.principal, alarm)
        (kept,) = (each for each in load_alarms(connection, reader.tenant) if each.alarm_id == saved)
    return _out(kept, with_recipients=True)


def seen_alarm(running: Service, reader: Reader, alarm_id: int) -> Alarm:
    """Raises UnknownAlarmError when this reader sees none with this id."""
    with running.connection() as connection:
        for alarm in load_alarms(connection, reader.tenant):
            if alarm.alarm_id == alarm_id:
                return alarm
    raise UnknownAlarmError


def ringing_for(running: Service, reader: Reader) -> list[state.Ringing]:
    """What rings, of the alarms that this reader sees.

    Raises:
        GrafanaUnavailableError: Grafana does not answer, or there is none.
    """
    with running.connection() as connection:
        seen = {alarm.alarm_id for alarm in load_alarms(connection, reader.tenant)}
    with _grafana(running, reader) as (grafana, organisation):
        found = state.ringing(grafana, organisation, running.clock())
    return [each for each in found if each.alarm_id in seen]


def past_for(running: Service, reader: Reader) -> list[state.Past]:
    """What began and was over lately, of the alarms that this reader sees.

    Raises:
        GrafanaUnavailableError: Grafana does not answer, or there is none.
    """
    with running.connection() as connection:
        seen = {alarm.alarm_id for alarm in load_alarms(connection, reader.tenant)}
    with _grafana(running, reader) as (grafana, organisation):
        found = state.past(grafana, organisation, running.clock())
    return [each for each in found if each.alarm_id in seen]


def acknowledge_for(running: Service, reader: Reader, alarm_id: int, hours: int) -> None:
    """Raises UnknownAlarmError or GrafanaUnavailableError."""
    seen_alarm(running, reader, alarm_id)
    with _grafana(running, reader) as (grafana, organisation):
        state.acknowledge(grafana, organisation, alarm_id, reader.name, hours, running.clock())
    _record(running, reader, alarm_id, "acknowledged", {"hours": hours})


def withdraw_for(running: Service, reader: Reader, alarm_id: int) -> None:
    """Raises UnknownAlarmError or GrafanaUnavailableError."""
    seen_alarm(running, reader, alarm_id)
    with _grafana(running, reader) as (grafana, organisation):
        state.withdraw(grafana, organisation, alarm_id, running.clock())
    _record(running, reader, alarm_id, "acknowledgement_withdrawn", {})


@contextmanager
def _grafana(running: Service, reader: Reader) -> Iterator[tuple[Grafana, int]]:
    """Grafana and the whole tenant's organisation in it, where its alarms ring."""
    with running.connection() as connection:
        organisation = organisation_of(connection, reader.tenant.tenant_id)
    if running.grafana is None or organisation is None:
        raise GrafanaUnavailableError
    yield running.grafana, organisation


def _record(running: Service, reader: Reader, alarm_id: int, action: str, details: dict[str, Any]) -> None:
    with running.connection() as connection:
        record(connection, reader.principal, action, "alarm", str(alarm_id), details, address=reader.address)
