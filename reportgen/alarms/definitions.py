"""What an alarm watches, from where on it rings, and who is told."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlsplit

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from reportgen.access.audit import act_as
from reportgen.access.roles import Principal
from reportgen.compile import Tenant
from reportgen.errors import ReportError
from reportgen.run import as_tenant
from reportgen.texts import _
from store.connect import Connection, sentences
from store.vocabulary import AlarmKind, GroupKind

FOR_MINUTES = (0, 1, 2, 5, 10, 15, 30, 60)
MOST_ADDRESSES = 50
LARGEST = 1_000_000
LONGEST_NAME, LONGEST_GROUP, LONGEST_ADDRESS, LONGEST_URL = 100, 200, 254, 2000
CHANNELS = ("webhook", "teams", "slack")
RINGS_BELOW = frozenset({AlarmKind.GOS, AlarmKind.NO_AGENT})
OF_THE_WHOLE_TENANT = frozenset({AlarmKind.NO_DATA})
NOT_OF_A_LINE = frozenset({AlarmKind.NO_DATA, AlarmKind.NO_AGENT})
OF_QUEUES = frozenset({AlarmKind.QUEUE_LENGTH, AlarmKind.LONGEST_WAIT, AlarmKind.NO_AGENT})
"""A hunt group has no place to wait in and no agents."""
_ADDRESS = re.compile(r"[^@\s;,<>\"]+@[^@\s;,<>\"]+\.[^@\s;,<>\".]+")
_DDI = re.compile(r"\+[0-9]{3,15}")
_INSIDE = (".internal", ".local", ".localhost", ".lan", ".home.arpa")


class InvalidAlarmError(ReportError):
    """An alarm cannot be kept as it was given."""

    code = "invalid-alarm"


class UnknownAlarmError(ReportError):
    """There is no such alarm for this reader."""

    code = "unknown-alarm"

    def __init__(self) -> None:
        super().__init__(_("There is no such alarm."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm; without an id one that is still to be made."""

    alarm_id: int | None = None
    kind: AlarmKind
    name: str | None = None
    contact_group: str | None = None
    """PBX name of a queue or hunt group."""
    ddi: str | None = None
    """E.164."""
    limit_value: Decimal
    recovery_value: Decimal
    """Rings on until the figure is back here."""
    for_minutes: int = 0
    least_offered: int = 1
    working_hours_only: bool = True
    enabled: bool = True
    mail_to: Sequence[str] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    """"webhook", "teams" or "slack" → its address."""


def checked(alarm: Alarm) -> Alarm:
    """The alarm, when it makes sense.

    Raises:
        InvalidAlarmError: says what is wrong and what to do.
    """
    _check_figures(alarm)
    _check_place(alarm)
    for text, longest in ((alarm.name, LONGEST_NAME), (alarm.contact_group, LONGEST_GROUP)):
        if text and (len(text) > longest or not text.isprintable()):
            raise InvalidAlarmError(_("Write at most {most} characters on one line."), most=longest)
    if len(alarm.mail_to) > MOST_ADDRESSES:
        raise InvalidAlarmError(_("An alarm is mailed to at most {most} addresses."), most=MOST_ADDRESSES)
    for address in alarm.mail_to:
        if not _ADDRESS.fullmatch(address) or len(address) > LONGEST_ADDRESS or not address.isprintable():
            raise InvalidAlarmError(_('"{address}" is not an e-mail address.'), address=address)
    for kind, address in alarm.channels.items():
        _check_channel(kind, address)
    return alarm


def _check_figures(alarm: Alarm) -> None:
    if not (0 <= alarm.limit_value <= LARGEST and 0 <= alarm.recovery_value <= LARGEST):
        raise InvalidAlarmError(_("Limits are numbers from 0 to {largest}."), largest=LARGEST)
    if alarm.kind in RINGS_BELOW and alarm.recovery_value < alarm.limit_value:
        raise InvalidAlarmError(
            _("This alarm rings below its limit: it can only recover at the limit or above it.")
        )
    if alarm.kind not in RINGS_BELOW and alarm.recovery_value > alarm.limit_value:
        raise InvalidAlarmError(
            _("This alarm rings above its limit: it can only recover at the limit or below it.")
        )
    if alarm.for_minutes not in FOR_MINUTES:
        raise InvalidAlarmError(
            _("Choose how long it must last from: {minutes} minutes."),
            minutes=", ".join(map(str, FOR_MINUTES)),
        )
    if not 1 <= alarm.least_offered <= LARGEST:
        raise InvalidAlarmError(_("At least one call must have been offered."))


def _check_place(alarm: Alarm) -> None:
    if alarm.contact_group and alarm.ddi:
        raise InvalidAlarmError(_("Choose a contact group or a direct number, not both."))
    if alarm.kind in OF_THE_WHOLE_TENANT and alarm.contact_group:
        raise InvalidAlarmError(_("This alarm watches the whole telephone system: choose no contact group."))
    if alarm.kind in NOT_OF_A_LINE and alarm.ddi:
        raise InvalidAlarmError(_("This alarm does not watch a direct number: choose none."))
    if alarm.ddi and not _DDI.fullmatch(alarm.ddi):
        raise InvalidAlarmError(_('Write the direct number as +31…: "{ddi}" is not one.'), ddi=alarm.ddi)


def _check_channel(kind: str, address: str) -> None:
    if kind not in CHANNELS:
        raise InvalidAlarmError(
            _('There is no channel "{kind}"; there are: {known}.'), kind=kind, known=", ".join(CHANNELS)
        )
    if len(address) > LONGEST_URL or not _is_outside(address):
        raise InvalidAlarmError(
            _("The address of a webhook begins with https:// and names a host on the internet.")
        )


def _is_outside(address: str) -> bool:
    try:
        parts = urlsplit(address)
        # The dot at the end of a whole name, which changes nothing of what it names.
        host = (parts.hostname or "").removesuffix(".")
        parts.port  # noqa: B018 - raises when it is no number
    except ValueError:
        return False
    is_name = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    plain = parts.username is None and not re.search(r"[\s\x00-\x1f]", address)
    return parts.scheme == "https" and is_name and plain and not host.endswith(_INSIDE)


def load_alarms(connection: Connection, tenant: Tenant) -> list[Alarm]:
    """Those that a reader of the tenant (or of the part `tenant.scope_id` of it) sees, the oldest first."""
    with (
        as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role),
        connection.cursor(row_factory=dict_row) as cursor,
    ):
        rows = cursor.execute("SELECT * FROM report.alarms()").fetchall()
    return [_alarm(row) for row in rows]


def _alarm(row: Mapping[str, object]) -> Alarm:
    values = {name: row[name] for name in Alarm.__dataclass_fields__ if name in row}
    return Alarm(**{**values, "kind": AlarmKind(str(row["kind"])), "channels": row["settings"]})  # type: ignore[arg-type]


def save_alarm(connection: Connection, tenant: Tenant, by: Principal, alarm: Alarm) -> int:
    """Makes the alarm, or changes the one that has its id; gives the id. The database keeps who did it.

    Raises:
        InvalidAlarmError: it makes no sense, or watches what there is not.
        UnknownAlarmError: there is none with this id.
    """
    alarm = checked(alarm)
    with _changing(connection, tenant, by):
        if alarm.enabled:
            _check_known(connection, alarm)
        row = connection.execute(
            "SELECT report.save_alarm(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                alarm.alarm_id,
                alarm.kind.value,
                alarm.name or None,
                alarm.contact_group or None,
                alarm.ddi or None,
                alarm.limit_value,
                alarm.recovery_value,
                alarm.for_minutes,
                alarm.least_offered,
                alarm.working_hours_only,
                alarm.enabled,
                list(alarm.mail_to),
                Jsonb(dict(alarm.channels)),
            ),
        ).fetchone()
    if row is None or row[0] is None:
        raise UnknownAlarmError
    return int(row[0])


def _check_known(connection: Connection, alarm: Alarm) -> None:
    """Of what there is not, nothing would ever ring, or it would ring for ever."""
    if alarm.contact_group:
        rows = connection.execute(
            "SELECT kind FROM report.contact_group WHERE pbx_name = %s", (alarm.contact_group,)
        ).fetchall()
        kinds = {kind for (kind,) in rows}
        if not kinds:
            raise InvalidAlarmError(
                _('The telephone system has no contact group "{name}".'), name=alarm.contact_group
            )
        if alarm.kind in OF_QUEUES and GroupKind.QUEUE not in kinds:
            raise InvalidAlarmError(_("This alarm watches queues: choose one, not a hunt group."))
    if alarm.ddi:
        known = connection.execute(
            "SELECT FROM report.ddi WHERE number = %s AND valid @> now()", (alarm.ddi,)
        )
        if not known.rowcount:
            raise InvalidAlarmError(_('There is no direct number "{ddi}".'), ddi=alarm.ddi)


@contextmanager
def _changing(connection: Connection, tenant: Tenant, by: Principal) -> Iterator[None]:
    with sentences(), connection.transaction():
        act_as(connection, by.name, by.account_id)
        connection.execute(
            "SELECT set_config('gespreksrapportage.tenant', %s, true), "
            "set_config('gespreksrapportage.scope', %s, true)",
            (str(tenant.tenant_id), "" if tenant.scope_id is None else str(tenant.scope_id)),
        )
        yield


def delete_alarm(connection: Connection, tenant: Tenant, by: Principal, alarm_id: int) -> None:
    """Raises UnknownAlarmError when there is none."""
    with _changing(connection, tenant, by):
        row = connection.execute("SELECT report.delete_alarm(%s)", (alarm_id,)).fetchone()
    if row != (True,):
        raise UnknownAlarmError
