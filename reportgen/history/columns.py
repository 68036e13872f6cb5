"""What the things and columns of the audit trail are called, and how their values are read.

Every table whose changes the trail keeps stands here, with each of its columns: tests/access/test_history.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

from reportgen.access.roles import ROLE_TITLES
from reportgen.catalogue import CATALOGUE
from reportgen.configuration.kinds import KINDS, Field
from reportgen.configuration.values import day
from reportgen.privacy.record import KINDS as DATA_KINDS
from reportgen.privacy.record import WITHOUT_LIMIT
from reportgen.texts import _
from reportgen.units import ALARM_KINDS, WEEKDAYS


class Reads(StrEnum):
    """How a value is written for people."""

    TEXT = auto()
    MOMENT = auto()
    DAY = auto()
    DAYS = auto()
    """A range of moments: the days for which something was so."""
    COUNT_OF_DAYS = auto()
    YES_NO = auto()
    IS_SET = auto()
    """A moment of which only matters whether there is one."""
    SECRET = auto()
    """Kept as ***: that it is another one now is all that can be told."""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    refers: str = ""
    """It is the id of such a thing."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Of a closed list: each value with its title."""
    reads: Reads = Reads.TEXT
    empty: str = ""
    """What it means when there is none."""


UNTOLD = frozenset(
    [
        "tenant_id",
        "account_id",
        "scope_id",
        "unit_id",
        "group_id",
        "person_id",
        "ddi_group_id",
        "customer_id",
        "agent_id",
        "pbx_id",
        "screen_id",
        "alarm_id",
        "token_id",
        "saved_report_id",
        "created_at",
        "changed_at",
        "paired_at",
        "seen_at",
        "last_used_at",
        "secret_hash",
        "renewed",
        "token_hash",
        "totp_last_step",
    ]
)
"""Numbers of our own, and what comes with another change: told only where a table declares it."""

_YES_NO = Reads.YES_NO
_NAME = Column(_("Name"))
_SCOPE = Column(_("Sees"), "scope")
_SCOPE_OR_ALL = Column(_("Sees"), "scope", empty=_("The whole company"))
_VALID = Column(_("Days"), reads=Reads.DAYS)
_TITLES = {slug: report.title for slug, report in CATALOGUE.items()}

_OWN: Mapping[str, Mapping[str, Column]] = {
    "account": {
        "name": Column(_("User name")),
        "email": Column(_("E-mail address")),
        "role": Column(_("Role"), words=ROLE_TITLES),
        "scope_id": _SCOPE,
        "call_center_basic": Column("Call Center Basic", reads=_YES_NO),
        "password_hash": Column(_("Password"), reads=Reads.SECRET),
        "one_time_until": Column(_("One-time password until"), reads=Reads.MOMENT),
        "totp_secret": Column(_("Key for one-time codes"), reads=Reads.SECRET),
        "totp_confirmed_at": Column(_("One-time code"), reads=Reads.IS_SET),
        "disabled_at": Column(_("Kept out"), reads=Reads.IS_SET),
    },
    "access_scope": {"name": _NAME},
    "access_scope_member": {
        "unit_id": Column(_("Part of the company"), "unit"),
        "group_id": Column(_("Group"), "group"),
        "person_id": Column(_("Person"), "person"),
    },
    "api_token": {
        "name": _NAME,
        "account_id": Column(_("User"), "account"),
        "scope_id": _SCOPE,
        "expires_at": Column(_("Valid until"), reads=Reads.MOMENT),
    },
    "wall_screen": {
        "name": _NAME,
        "scope_id": _SCOPE_OR_ALL,
        "boards": Column(_("Boards"), words={"live": _("Live")}),
    },
    "database_login": {
        "role_name": Column(_("Database login")),
        "scope_id": _SCOPE_OR_ALL,
        "role": Column(_("Role"), words=ROLE_TITLES),
    },
    "privacy_setting": {
        "masked_roles": Column(_("Last digits hidden from"), words=ROLE_TITLES),
        "masked_digits": Column(_("Hidden digits")),
        "customers_masked": Column(_("Customers by their reference"), reads=_YES_NO),
        "smallest_group": Column(_("Of at least so many users")),
        **{
            f"{kind}_days": Column(title, reads=Reads.COUNT_OF_DAYS, empty=WITHOUT_LIMIT)
            for kind, (title, _holds) in DATA_KINDS.items()
        },
        "purpose": Column(_("Purpose")),
        "legal_ground": Column(_("Legal ground")),
    },
    "alarm": {
        "kind": Column(_("Figure"), words=ALARM_KINDS),
        "name": Column(_("Name of its own")),
        "contact_group": Column(_("Contact group")),
        "ddi": Column(_("Direct number")),
        "limit_value": Column(_("Rings beyond")),
        "recovery_value": Column(_("Recovered at")),
        "for_minutes": Column(_("When it lasts (min)")),
        "least_offered": Column(_("GoS: from so many calls today")),
        "working_hours_only": Column(_("Only in working hours"), reads=_YES_NO),
        "enabled": Column(_("On"), reads=_YES_NO),
        "mail_to": Column(_("E-mail addresses")),
        "settings": Column(_("Other addresses"), reads=Reads.SECRET),
    },
    "saved_report": {
        "name": _NAME,
        "report": Column(_("Report"), words=_TITLES),
        "asked": Column(_("Filters and period"), reads=Reads.SECRET),
        "shared": Column(_("Shared"), reads=_YES_NO),
    },
    "oidc_provider": {
        "name": _NAME,
        "issuer": Column(_("Issuer")),
        "client_id": Column(_("Client")),
        "client_secret": Column(_("Client's secret"), reads=Reads.SECRET),
        "passwords_refused": Column(_("Passwords refused"), reads=_YES_NO),
    },
    "page_host": {"host": Column(_("Web address"))},
    "pbx": {
        "slug": _NAME,
        "kind": Column(_("Kind")),
        "time_zone": Column(_("Time zone")),
        "trunks": Column(_("Trunks")),
        "settings": Column(_("Settings"), reads=Reads.SECRET),
    },
    "person": {"archived_at": Column(_("Archived"), reads=Reads.IS_SET)},
    "organisation_unit": {
        "kind": Column(
            _("Kind"),
            words={
                "site": _("Site"),
                "division": _("Division"),
                "department": _("Department"),
                "cost_centre": _("Cost centre"),
            },
        )
    },
    "tenant": {
        "slug": Column(_("Short name")),
        "name": _NAME,
        "time_zone": Column(_("Time zone")),
        "language": Column(_("Language"), words={"nl": "Nederlands", "en": "English"}),
        "region": Column(_("Country")),
        "edition": Column(_("Edition"), words={"standard": "Standard", "premium": "Premium"}),
        "colour": Column(_("Colour")),
        "gos_target_percent": Column(_("Target GoS (%)")),
    },
}


def _of_kinds() -> Iterator[tuple[str, dict[str, Column]]]:
    for kind in KINDS.values():
        columns = {each.stored_in: _of_field(each) for each in kind.fields if each.name != "numbers"}
        yield kind.table, {**columns, **({"valid": _VALID} if kind.has_history else {})}


_UNIT_KINDS = frozenset({"site", "division", "department", "cost_centre"})


def _of_field(each: Field) -> Column:
    if each.name == "days":
        return Column(each.title, words={str(place): name for place, name in enumerate(WEEKDAYS, 1)})
    refers = each.refers if each.stored_in != each.name else ""
    reads = Reads.DAY if each.read is day else Reads.TEXT
    return Column(each.title, "unit" if refers in _UNIT_KINDS else refers, each.options, reads)


def _all_columns() -> dict[str, dict[str, Column]]:
    found: dict[str, dict[str, Column]] = {}
    for table, columns in (*_OWN.items(), *_of_kinds()):
        found.setdefault(table, {}).update(columns)
    return found


COLUMNS: Mapping[str, Mapping[str, Column]] = _all_columns()
"""Table → column → what it is called."""

OBJECTS: Mapping[str, str] = {
    "report": _("Report"),
    "session": _("Sign-in"),
    "audit_entry": _("Audit trail"),
    "account": _("User account"),
    "access_scope": _("Part of the company"),
    "access_scope_member": _("Part of the company"),
    "api_token": _("Token"),
    "wall_screen": _("Wall screen"),
    "database_login": _("Database login"),
    "privacy_setting": _("Privacy"),
    "alarm": _("Alarm"),
    "saved_report": _("Saved report"),
    "oidc_provider": _("Sign-in with a company account"),
    "page_host": _("Web address for wallboards"),
    "pbx": _("Telephone system"),
    "person": _("Person"),
    "organisation_unit": _("Unit of the organisation"),
    "extension": _("Extension"),
    "ddi": _("Direct number"),
    "ddi_group": _("Campaign"),
    "contact_group": _("Contact group"),
    "contact_group_member": _("Member of a group"),
    "agent": _("Agent"),
    "customer": _("Customer"),
    "customer_number": _("Number of a customer"),
    "working_hours": _("Working hours"),
    "holiday": _("Holiday"),
    "tenant": _("Company"),
}
"""Kinds of things to which something was done."""

ACTIONS: Mapping[str, str] = {
    "created": _("Added"),
    "changed": _("Changed"),
    "deleted": _("Removed"),
    "run": _("Run"),
    "signed_in": _("Signed in"),
    "signed_out": _("Signed out"),
    "refused": _("Refused"),
    "locked_out": _("Refused after too many attempts"),
    "password_given": _("Password right, code asked for"),
    "provider_passed": _("Company account right, code asked for"),
    "link_asked_for": _("Link for a new password asked for"),
    "password_chosen": _("New password chosen by a link"),
    "expired": _("Entries too old removed"),
    "acknowledged": _("Acknowledged"),
    "acknowledgement_withdrawn": _("Acknowledgement withdrawn"),
}

DETAILS: Mapping[str, Column] = {
    "format": Column(_("Format")),
    "from": Column(_("From"), reads=Reads.DAY),
    "to": Column(_("Until and including"), reads=Reads.DAY),
    "filters": Column(_("Filters")),
    "figure": Column(_("Figure")),
    "of": Column(_("Of")),
    "rows": Column(_("Rows")),
    "whole": Column(_("Given out completely"), reads=_YES_NO),
    "reports": Column(_("Reports"), words=_TITLES),
    "method": Column(_("By"), words={"oidc": _("Company account")}),
    "why": Column(_("Because")),
    "hours": Column(_("Hours")),
    "before": Column(_("Until"), reads=Reads.MOMENT),
    "entries": Column(_("Entries")),
}
"""What entries say that are no changes."""
