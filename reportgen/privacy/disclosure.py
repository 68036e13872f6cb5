"""What is kept about somebody, as a document that he or she can read."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from reportgen.compile import Tenant
from reportgen.privacy.access import Disclosure, Rows
from reportgen.render.sheet import Section, Sheet
from reportgen.texts import _
from reportgen.units import DATE_TIME, DIRECTION, DURATION, NUMBER, OUTCOME, TEXT, Unit, Writer

TITLES = {
    "call": _("Calls"),
    "leg": _("Parts of calls"),
    "visit": _("Visits to contact groups"),
    "missed_call": _("Missed calls"),
    "event": _("Messages of the telephone system"),
    "event_reject": _("Rejected messages"),
    "agent_state": _("States as an agent"),
    "agent_group_session": _("Signed in to contact groups"),
    "device_state": _("Do-not-disturb"),
    "rollup_extension_day": _("Sums per day"),
    "customer": _("List of customers"),
    "customer_number": _("Numbers on the list of customers"),
    "person": _("User"),
    "extension": _("Extensions"),
    "agent": _("Agent"),
    "ddi": _("Direct numbers"),
    "account": _("Account"),
    "account_session": _("Sessions"),
    "api_token": _("Access tokens"),
    "sign_in_attempt": _("Attempts to sign in"),
    "access_scope_member": _("Access to parts of the organisation"),
    "audit_entry": _("Audit trail"),
    "privacy_act": _("Privacy requests"),
    "live_call": _("Calls now"),
    "live_waiting": _("Callers waiting"),
    "live_agent": _("State as an agent now"),
    "live_device": _("State of the telephone now"),
    "touched_agent": _("Being worked on"),
    "touched_device": _("Being worked on"),
    "contact_group_member": _("Member of contact groups"),
}

Cells = tuple[tuple[str, Unit, str], ...]
"""Heading, unit and column."""

CALL: Cells = (
    (_("Date/time"), DATE_TIME, "started_at"),
    (_("Call type"), DIRECTION, "direction"),
    (_("From"), NUMBER, "caller_number"),
    (_("Name"), TEXT, "caller_name"),
    (_("To"), NUMBER, "called_number"),
    (_("Extension"), NUMBER, "extension"),
    (_("Duration"), DURATION, "duration_seconds"),
    (_("Outcome"), OUTCOME, "outcome"),
)
MOST_ROWS = 2000
"""Of one table on paper; the data file holds them all."""
_MOMENTS = (
    "started_at",
    "occurred_at",
    "from_at",
    "entered_at",
    "local_day",
    "acted_at",
    "attempted_at",
    "opened_at",
)


def disclosure_sheet(tenant: Tenant, disclosure: Disclosure, writer: Writer) -> Sheet:
    """The document; what a table holds is shown whole, calls in columns of their own."""
    text = writer.text
    return Sheet(
        title=text(_("Personal data on record")),
        tenant=tenant.name,
        made=text(_("Made on {moment}"), moment=writer.minute(disclosure.made_at)),
        paragraphs=(
            text(
                _("This is everything that is kept about {about}. The data file says the same for programs."),
                about=writer.write(NUMBER, disclosure.about),
            ),
            *(() if disclosure.rows else (text(_("Nothing is kept.")),)),
        ),
        sections=[_section(table, rows, writer) for table, rows in disclosure.rows.items()],
    )


def _section(table: str, rows: Rows, writer: Writer) -> Section:
    title = f"{writer.text(TITLES.get(table, table))} ({writer.count(len(rows))})"
    more = len(rows) - MOST_ROWS
    note = (
        writer.text(_("{count} more rows stand in the data file."), count=writer.count(more))
        if more > 0
        else ""
    )
    shown = rows[:MOST_ROWS]
    if table == "call":
        return Section(
            title,
            note,
            headings=[writer.text(heading) for heading, _unit, _column in CALL],
            rows=[
                [_cell(_of_call(row, column), unit, writer) for _head, unit, column in CALL] for row in shown
            ],
        )
    return Section(
        title,
        note,
        headings=[writer.text(_("Date/time")), writer.text(_("Details"))],
        rows=[[_moment(row, writer), _details(row)] for row in shown],
    )


def _of_call(row: Mapping[str, Any], column: str) -> Any:
    """Where the telephone system told a number once only, it stands as that of the party outside."""
    outside = {"incoming": "caller_number", "outgoing": "called_number"}.get(row["direction"])
    return row.get(column) or (row.get("outside_number") if column == outside else None)


def _cell(value: Any, unit: Unit, writer: Writer) -> str:
    if value is None:
        return ""
    convert: Callable[[Any], Any] = datetime.fromisoformat if unit is DATE_TIME else lambda same: same
    return writer.write(unit, convert(value))


def _moment(row: Mapping[str, Any], writer: Writer) -> str:
    for column in _MOMENTS:
        if row.get(column):
            value = str(row[column])
            return writer.date_time(datetime.fromisoformat(value)) if "T" in value else value
    return ""


def _details(row: Mapping[str, Any]) -> str:
    """Names and values of what is there; keys and what is only counted (0 or 1) tell a person nothing."""
    return "; ".join(
        f"{name} {value}"
        for name, value in row.items()
        if name not in _MOMENTS and not name.endswith("_id") and value not in (None, "", 0, 1, False, [], {})
    )
