"""Alarms for people: a page with what rings and what is watched, and a form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated

from babel.numbers import format_decimal
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from reportgen.access.grafana import GrafanaUnavailableError
from reportgen.access.roles import Action
from reportgen.alarms.definitions import (
    CHANNELS,
    FOR_MINUTES,
    RINGS_BELOW,
    Alarm,
    InvalidAlarmError,
    delete_alarm,
    load_alarms,
    save_alarm,
)
from reportgen.alarms.ringing import LONGEST_HOURS, Past, Ringing
from reportgen.compile import Tenant
from reportgen.errors import ReportError
from reportgen.history.names import watched_trail
from reportgen.history.words import Teller, Told
from reportgen.run import as_tenant
from reportgen.texts import Language, _, locale, translator
from reportgen.units import ALARM_KINDS, Writer
from reportgen.web.alarms import (
    AlarmId,
    ManagerOf,
    WatcherOf,
    acknowledge_for,
    past_for,
    ringing_for,
    seen_alarm,
    withdraw_for,
)
from reportgen.web.pages import language_of, page
from reportgen.web.problems import sentence
from reportgen.web.service import Reader, Service, ServiceOf
from reportgen.web.sign_in import FromHere, OwnForm
from store.vocabulary import AlarmKind

router = APIRouter(prefix="/alarms")

LONGEST_NUMBER = 8
ACKNOWLEDGE_HOURS = (1, 4, 8, 24)
UNITS = {
    AlarmKind.QUEUE_LENGTH: _("callers"),
    AlarmKind.LONGEST_WAIT: _("seconds"),
    AlarmKind.NO_AGENT: _("agents"),
    AlarmKind.GOS: "%",
    AlarmKind.UNRETURNED: _("minutes"),
    AlarmKind.NO_DATA: _("minutes"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What a tenant calls its groups and lines, by what an alarm knows them by."""

    groups: dict[str, str]
    lines: dict[str, str]

    def place(self, alarm: Alarm) -> str:
        if alarm.contact_group:
            return self.groups.get(alarm.contact_group, alarm.contact_group)
        if alarm.ddi:
            return self.lines.get(alarm.ddi, alarm.ddi)
        return ""


@dataclass(frozen=True, slots=True)
class Row:
    """One alarm on the page."""

    alarm: Alarm
    title: str
    place: str
    rule: str
    told: Sequence[str]


@router.get("")
def alarms_page(request: Request, reader: WatcherOf, running: ServiceOf) -> Response:
    language = language_of(request)
    text = translator(language)
    writer = Writer(language, reader.tenant.time_zone, reader.tenant.region)
    with running.connection() as connection:
        alarms = load_alarms(connection, reader.tenant)
    names = _names(running, reader.tenant)
    may_change = reader.principal.may(Action.MANAGE_ALARMS)
    rows = {alarm.alarm_id: _row(alarm, names, writer, may_change) for alarm in alarms}
    now, before, message = _state(running, reader)
    return page(
        request,
        "alarms.html",
        tenant=reader.tenant.name,
        rows=list(rows.values()),
        ringing=[
            (each, rows[each.alarm_id].title, writer.minute(each.since), _until(each, writer)) for each in now
        ],
        past=[(writer.minute(each.at), rows[each.alarm_id].title, each) for each in before],
        message=text(message) if message else "",
        may_change=may_change,
        hours=ACKNOWLEDGE_HOURS,
    )


def _state(running: Service, reader: Reader) -> tuple[list[Ringing], list[Past], str]:
    """What rings and what was, or a sentence that says why nobody knows."""
    try:
        return ringing_for(running, reader), past_for(running, reader), ""
    except GrafanaUnavailableError:
        return (
            [],
            [],
            _("What rings now cannot be shown: Grafana cannot be reached or has not been set up yet."),
        )


def _until(each: Ringing, writer: Writer) -> str:
    return writer.minute(each.acknowledged_until) if each.acknowledged_until else ""


def _row(alarm: Alarm, names: Names, writer: Writer, with_recipients: bool) -> Row:
    kind = writer.text(ALARM_KINDS[alarm.kind])
    sign = "<" if alarm.kind in RINGS_BELOW else ">"
    rule = f"{sign} {_number(alarm.limit_value, writer.language)} {writer.text(UNITS[alarm.kind])}"
    told = [*alarm.mail_to, *(channel.capitalize() for channel in alarm.channels)] if with_recipients else []
    return Row(alarm, alarm.name or kind, names.place(alarm), f"{kind} {rule}", told)


def _number(value: Decimal, language: Language) -> str:
    return format_decimal(value, "#,##0.###", locale(language), group_separator=False)


@router.get("/new")
def new_page(request: Request, reader: ManagerOf, running: ServiceOf) -> Response:
    begun = Alarm(kind=AlarmKind.LONGEST_WAIT, limit_value=Decimal(120), recovery_value=Decimal(60))
    return _form(request, reader, running, begun, _limits(begun, language_of(request)))


@router.get("/{alarm_id}")
def change_page(request: Request, alarm_id: AlarmId, reader: ManagerOf, running: ServiceOf) -> Response:
    alarm = seen_alarm(running, reader, alarm_id)
    return _form(request, reader, running, alarm, _limits(alarm, language_of(request)))


def _limits(alarm: Alarm, language: Language) -> tuple[str, str, str]:
    return (
        _number(alarm.limit_value, language),
        _number(alarm.recovery_value, language),
        str(alarm.least_offered),
    )


class AlarmForm(BaseModel):
    """The form's fields, as typed."""

    kind: AlarmKind
    alarm_id: int | None = Field(None, ge=1, le=2**31 - 1)
    name: str = ""
    contact_group: str = ""
    ddi: str = ""
    limit_value: str = ""
    recovery_value: str = ""
    for_minutes: int = 0
    least_offered: str = "1"
    working_hours_only: bool = False
    enabled: bool = False
    mail_to: str = ""
    webhook: str = ""
    teams: str = ""
    slack: str = ""

    def read(self) -> Alarm:
        """Raises InvalidAlarmError when a number is none."""
        least = self.least_offered.strip() or "1"
        if not (least.isascii() and least.isdigit() and len(least) < LONGEST_NUMBER):
            raise InvalidAlarmError(_('"{text}" is not a number.'), text=self.least_offered)
        return self.alarm(_decimal(self.limit_value), _decimal(self.recovery_value), int(least))

    def alarm(self, limit_value: Decimal, recovery_value: Decimal, least_offered: int) -> Alarm:
        """As typed, but with these numbers."""
        addresses = {channel: getattr(self, channel).strip() for channel in CHANNELS}
        return Alarm(
            alarm_id=self.alarm_id,
            kind=self.kind,
            name=" ".join(self.name.split()) or None,
            contact_group=self.contact_group or None,
            ddi=self.ddi.strip() or None,
            limit_value=limit_value,
            recovery_value=recovery_value,
            for_minutes=self.for_minutes,
            least_offered=least_offered,
            working_hours_only=self.working_hours_only,
            enabled=self.enabled,
            mail_to=re.split(r"[\s,;]+", self.mail_to.strip()) if self.mail_to.strip() else (),
            channels={channel: address for channel, address in addresses.items() if address},
        )


@router.post("", dependencies=[FromHere, OwnForm])
def save(
    request: Request, reader: ManagerOf, running: ServiceOf, form: Annotated[AlarmForm, Form()]
) -> Response:
    try:
        alarm = form.read()
        with running.connection() as connection:
            save_alarm(connection, reader.tenant, reader.principal, alarm)
    except InvalidAlarmError as error:
        typed = form.limit_value, form.recovery_value, form.least_offered
        return _form(request, reader, running, form.alarm(Decimal(0), Decimal(0), 1), typed, error)
    return RedirectResponse("/alarms", 303)


def _decimal(text: str) -> Decimal:
    """Raises InvalidAlarmError when it is no number; a comma will do too."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise InvalidAlarmError(_('"{text}" is not a number.'), text=text) from error
    if not value.is_finite():
        raise InvalidAlarmError(_('"{text}" is not a number.'), text=text)
    return value


@router.post("/{alarm_id}/delete", dependencies=[FromHere, OwnForm])
def delete(alarm_id: AlarmId, reader: ManagerOf, running: ServiceOf) -> Response:
    with running.connection() as connection:
        delete_alarm(connection, reader.tenant, reader.principal, alarm_id)
    return RedirectResponse("/alarms", 303)


@router.post("/{alarm_id}/acknowledge", dependencies=[FromHere, OwnForm])
def acknowledge(
    alarm_id: AlarmId,
    reader: WatcherOf,
    running: ServiceOf,
    hours: Annotated[int, Form(ge=1, le=LONGEST_HOURS)] = 4,
) -> Response:
    acknowledge_for(running, reader, alarm_id, hours)
    return RedirectResponse("/alarms", 303)


@router.post("/{alarm_id}/withdraw", dependencies=[FromHere, OwnForm])
def withdraw(alarm_id: AlarmId, reader: WatcherOf, running: ServiceOf) -> Response:
    withdraw_for(running, reader, alarm_id)
    return RedirectResponse("/alarms", 303)


def _form(
    request: Request,
    reader: Reader,
    running: Service,
    alarm: Alarm,
    limits: tuple[str, str, str],
    error: ReportError | None = None,
) -> Response:
    language = language_of(request)
    text = translator(language)
    names = _names(running, reader.tenant)
    return page(
        request,
        "alarm.html",
        changes=_changes(running, reader, alarm, language),
        status=400 if error else 200,
        tenant=reader.tenant.name,
        message=sentence(error, language) if error else "",
        alarm=alarm,
        limits=limits,
        kinds=[
            (kind.value, text(title), "<" if kind in RINGS_BELOW else ">", text(UNITS[kind]))
            for kind, title in ((AlarmKind(kind), title) for kind, title in ALARM_KINDS.items())
        ],
        groups=names.groups,
        lines=names.lines,
        minutes=FOR_MINUTES,
    )


def _changes(running: Service, reader: Reader, alarm: Alarm, language: Language) -> list[Told]:
    if alarm.alarm_id is None:
        return []
    tenant = reader.tenant
    with running.connection() as connection, as_tenant(connection, tenant.tenant_id, role=tenant.role):
        trail = watched_trail(connection)
        writer = Writer(language, tenant.time_zone, tenant.region)
        return Teller(writer, trail).tell(trail.entries("alarm", str(alarm.alarm_id)))


def _names(running: Service, tenant: Tenant) -> Names:
    with (
        running.connection() as connection,
        as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role),
    ):
        groups = connection.execute(
            "SELECT pbx_name, name FROM report.contact_group ORDER BY name, pbx_name"
        ).fetchall()
        lines = connection.execute(
            "SELECT number, coalesce(name, '') FROM report.ddi WHERE valid @> now() ORDER BY number"
        ).fetchall()
    return Names(dict(groups), {number: f"{number} {name}".strip() for number, name in lines})
