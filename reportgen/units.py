"""What figures are measured in, and how they are written: for people in their language, and for machines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from reportgen.texts import Language, _, locale, translator
from store.vocabulary import (
    AgentState,
    AlarmKind,
    CallEnder,
    CallOutcome,
    Destination,
    Direction,
    GroupKind,
    LegKind,
    LegOutcome,
    LegRole,
    Phase,
    VisitOutcome,
)

DIRECTIONS: dict[str, str] = {
    Direction.INCOMING: _("Incoming"),
    Direction.OUTGOING: _("Outgoing"),
    Direction.INTERNAL: _("Internal"),
}
OUTCOMES: dict[str, str] = {
    CallOutcome.ANSWERED: _("Answered"),
    CallOutcome.ANSWERED_OUTSIDE: _("Answered outside"),
    CallOutcome.ABANDONED: _("Abandoned"),
    CallOutcome.SHORT_ABANDONED: _("Short call"),
    CallOutcome.VOICEMAIL: _("Voicemail"),
    CallOutcome.BUSY: _("Busy"),
    CallOutcome.TIMED_OUT: _("Timed out"),
    CallOutcome.CLOSED: _("Closed"),
    CallOutcome.NO_ANSWER: _("No answer"),
    CallOutcome.FAILED: _("Failed"),
    CallOutcome.IN_PROGRESS: _("In progress"),
}
LEG_OUTCOMES: dict[str, str] = {
    LegOutcome.ANSWERED: _("Answered"),
    LegOutcome.MISSED: _("Missed"),
    LegOutcome.ANSWERED_ELSEWHERE: _("Answered elsewhere"),
    LegOutcome.BOUNCED: _("Bounced"),
    LegOutcome.DIVERTED: _("Diverted"),
    LegOutcome.BUSY: _("Busy"),
    LegOutcome.DECLINED: _("Declined"),
    LegOutcome.FAILED: _("Failed"),
    LegOutcome.IN_PROGRESS: _("In progress"),
}
VISIT_OUTCOMES: dict[str, str] = {
    VisitOutcome.ANSWERED: _("Answered"),
    VisitOutcome.ABANDONED: _("Abandoned"),
    VisitOutcome.OVERFLOWED: _("Overflowed"),
    VisitOutcome.TIMED_OUT: _("Timed out"),
    VisitOutcome.LEFT_EMPTY: _("Nobody signed in"),
    VisitOutcome.LEFT_BY_KEY: _("Left by key"),
    VisitOutcome.TRANSFERRED: _("Transferred away"),
    VisitOutcome.IN_PROGRESS: _("In progress"),
}
LEG_KINDS: dict[str, str] = {
    LegKind.EXTENSION: _("Extension"),
    LegKind.OUTSIDE: _("Outside party"),
    LegKind.VOICEMAIL: _("Voicemail"),
    LegKind.ANNOUNCEMENT: _("Announcement"),
}
LEG_ROLES: dict[str, str] = {LegRole.CALLER: _("Caller"), LegRole.CALLED: _("Called")}
DESTINATIONS: dict[str, str] = {
    Destination.LOCAL: _("Local"),
    Destination.NATIONAL: _("National"),
    Destination.MOBILE: _("Mobile"),
    Destination.FREE: _("Free (0800)"),
    Destination.PREMIUM: _("Paid service (0900)"),
    Destination.COMPANY: _("Company number (085, 088, 14)"),
    Destination.EMERGENCY: _("Emergency"),
    Destination.INTERNATIONAL: _("International"),
    Destination.SPECIAL: _("Special number"),
}
AGENT_STATES: dict[str, str] = {
    AgentState.AVAILABLE: _("Available"),
    AgentState.RINGING: _("Ringing"),
    AgentState.BUSY: _("In conversation"),
    AgentState.WRAP_UP: _("Wrap-up"),
    AgentState.UNAVAILABLE: _("Unavailable"),
    AgentState.SIGNED_OUT: _("Signed out"),
}
PHASES: dict[str, str] = {
    Phase.OPEN: _("Within working hours"),
    Phase.CLOSED: _("Outside working hours"),
    Phase.HOLIDAY: _("Holiday"),
}
ENDERS: dict[str, str] = {
    CallEnder.CALLER: _("Caller"),
    CallEnder.CALLEE: _("Called"),
    CallEnder.PBX: _("Telephone system"),
}
GROUP_KINDS: dict[str, str] = {GroupKind.QUEUE: _("Queue"), GroupKind.HUNT_GROUP: _("Hunt group")}
WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
ALARM_KINDS: dict[str, str] = {
    AlarmKind.QUEUE_LENGTH: _("Queue length"),
    AlarmKind.LONGEST_WAIT: _("Longest wait"),
    AlarmKind.NO_AGENT: _("Agents available"),
    AlarmKind.GOS: _("GoS today"),
    AlarmKind.UNRETURNED: _("Not returned"),
    AlarmKind.NO_DATA: _("No data"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One kind of value."""

    name: str
    right: bool = False
    """Written against the right edge of its column."""
    grafana: str = "string"
    """Grafana's name for it."""
    words: Mapping[str, str] | None = field(default=None, hash=False)
    """Of a closed list: each word with its title."""


TEXT = Unit("text")
NUMBER = Unit("number")
"""A telephone number: E.164, or an extension as it is dialled."""
COUNT = Unit("count", right=True, grafana="none")
DURATION = Unit("duration", right=True, grafana="dthms")
"""Whole seconds."""
PERCENT = Unit("percent", right=True, grafana="percent")
"""0 to 100, one decimal."""
DATE_TIME = Unit("date_time", grafana="dateTimeAsIso")
INTERVAL = Unit("interval", grafana="dateTimeAsIso")
"""The moment at which an hour or part of an hour begins."""
DAY = Unit("day", grafana="dateTimeAsIso")
"""The moment at which a local day begins."""
MONTH = Unit("month", grafana="dateTimeAsIso")
"""The moment at which a local month begins."""
CLOCK = Unit("clock", grafana="dateTimeAsIso")
"""A moment of a day that is named beside it: its time of day is shown."""
CALL_ID = Unit("call_id")
"""The identity of a call: people see its beginning, which tells calls apart on a page."""
COUNTRY = Unit("country")
"""ISO 3166-1, two letters."""
DIRECTION = Unit("direction", words=DIRECTIONS)
OUTCOME = Unit("outcome", words=OUTCOMES)
LEG_OUTCOME = Unit("leg_outcome", words=LEG_OUTCOMES)
VISIT_OUTCOME = Unit("visit_outcome", words=VISIT_OUTCOMES)
LEG_KIND = Unit("leg_kind", words=LEG_KINDS)
LEG_ROLE = Unit("leg_role", words=LEG_ROLES)
DESTINATION = Unit("destination", words=DESTINATIONS)
AGENT_STATE = Unit("agent_state", words=AGENT_STATES)
GROUP_KIND = Unit("group_kind", words=GROUP_KINDS)
PHASE = Unit("phase", words=PHASES)
ENDER = Unit("ender", words=ENDERS)

MOMENTS = frozenset({DATE_TIME, INTERVAL, DAY, MONTH, CLOCK})


def hms(seconds: int) -> str:
    """h:mm:ss, with as many hours as there are."""
    sign = "-" if seconds < 0 else ""
    minutes, second = divmod(abs(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{sign}{hour}:{minute:02}:{second:02}"


def is_ambiguous(moment: datetime) -> bool:
    """Whether this local time comes twice on its day, so that only its offset tells which it is."""
    first, second = moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


@lru_cache(maxsize=65_536)
def national(number: str, region: str) -> str:
    """A number as people of `region` (ISO 3166-1) write it; what is not E.164, or masked, stays as it is."""
    if not number.startswith("+") or "*" in number:
        return number
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    at_home = phonenumbers.region_code_for_number(parsed) == region
    return phonenumbers.format_number(parsed, form.NATIONAL if at_home else form.INTERNATIONAL)


_TENTH = Decimal("0.1")


class Writer:
    """Writes values for readers of one language in one time zone.

    Symbols and date patterns come from CLDR; looked up once, because a long report has a million cells.
    """

    def __init__(self, language: Language, zone: str, region: str = "NL") -> None:
        self.language = language
        self.zone = ZoneInfo(zone)
        self.region = region
        self.text = translator(language)
        self._locale = locale(language)
        self._thousands = get_group_symbol(self._locale)
        self._decimal = get_decimal_symbol(self._locale)
        self._days: dict[date, str] = {}
        self._writers: dict[str, Callable[[Any], str]] = {
            TEXT.name: str,
            NUMBER.name: lambda value: national(value, self.region),
            COUNT.name: self.count,
            DURATION.name: hms,
            PERCENT.name: self.percent,
            DATE_TIME.name: self.date_time,
            INTERVAL.name: self.interval,
            DAY.name: lambda value: self.day(self.local(value).date(), weekday=True),
            MONTH.name: self.month,
            CLOCK.name: self.clock,
            CALL_ID.name: lambda identity: str(identity)[:8],
            COUNTRY.name: lambda code: self._locale.territories.get(code, code),
        }

    def writer(self, unit: Unit) -> Callable[[Any], str]:
        """The function that writes values of `unit`; nothing (None) is written as nothing."""
        if unit.words is not None:
            words = {word: self.text(title) for word, title in unit.words.items()}
            return lambda value: "" if value is None else words.get(value, value)
        write = self._writers[unit.name]
        return lambda value: "" if value is None else write(value)

    def write(self, unit: Unit, value: Any) -> str:
        return self.writer(unit)(value)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def count(self, value: int) -> str:
        return f"{value:,}".replace(",", self._thousands)

    def percent(self, value: Decimal) -> str:
        """Rounded half up, as the database rounds the reports' own."""
        return f"{value.quantize(_TENTH, ROUND_HALF_UP)}%".replace(".", self._decimal)

    def day(self, day: date, *, weekday: bool = False) -> str:
        """01-12-2026 in Dutch, 01/12/2026 in English; with the short weekday before it when asked."""
        if day not in self._days:
            pattern = "dd-MM-yyyy" if self.language is Language.DUTCH else "dd/MM/yyyy"
            self._days[day] = format_date(day, pattern, locale=self._locale)
        if weekday:
            return f"{format_date(day, 'EEE', locale=self._locale)} {self._days[day]}"
        return self._days[day]

    def long_date(self, day: date) -> str:
        return format_date(day, "d MMMM yyyy", locale=self._locale)

    def month(self, moment: datetime) -> str:
        return format_date(self.local(moment).date(), "MMMM yyyy", locale=self._locale)

    def date_time(self, moment: datetime) -> str:
        local = self.local(moment)
        return f"{self.day(local.date())} {local:%H:%M:%S}{_offset(local)}"

    def minute(self, moment: datetime) -> str:
        """Date and time to the minute, for the text around the figures."""
        return self.interval(moment)

    def clock(self, moment: datetime) -> str:
        local = self.local(moment)
        return f"{local:%H:%M:%S}{_offset(local)}"

    def interval(self, moment: datetime) -> str:
        local = self.local(moment)
        return f"{self.day(local.date())} {local:%H:%M}{_offset(local)}"


def _offset(local: datetime) -> str:
    return f" ({local.isoformat()[-6:]})" if is_ambiguous(local) else ""


Flavour = Literal["spreadsheet", "machine"]
"""CSV for people's spreadsheets (local separators and headings) or for programs (ISO, points, ids)."""


def machine(value: Any, zone: ZoneInfo) -> Any:
    """A value for programs: moments as ISO 8601 in `zone` with offset, percentages as numbers."""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if isinstance(value, Decimal):
        return float(value)
    return value
