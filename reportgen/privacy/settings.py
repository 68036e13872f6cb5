"""What a tenant decides about privacy, and the evidence of what was done for it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection, sentences

MASKABLE_ROLES = ("administrator", "supervisor", "user")


class InvalidSettingsError(ReportError):
    """Settings that contradict each other or are out of bounds."""

    code = "invalid-privacy-settings"


_REASONS = {
    "events_go_first": _(
        "Events must be kept no longer than calls and states, or these would come back: "
        "give them the fewest days."
    ),
    "sums_go_last": _("Sums must be kept at least as long as the calls that they are made of."),
}
_OUT_OF_BOUNDS = _(
    "A number of days or users must be at least 1, and the number of hidden digits between 1 and 20."
)


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """A tenant's decisions. Days without a number: kept as long as the tenant exists."""

    masked_roles: Sequence[str] = ()
    """Roles that see outside parties' numbers without their last digits."""
    masked_digits: int = 4
    customers_masked: bool = False
    """Whether those roles see a customer's reference in place of the name."""
    smallest_group: int = 1
    """Figures must be of at least so many users."""
    event_days: int | None = None
    call_days: int | None = None
    state_days: int | None = None
    rollup_days: int | None = None
    gap_days: int | None = None
    reject_days: int | None = None
    audit_days: int | None = None
    purpose: str | None = None
    legal_ground: str | None = None


@dataclass(frozen=True, slots=True)
class Processing:
    """The settings, with what is so in fact."""

    settings: PrivacySettings
    accounts: Mapping[str, int]
    """Role → accounts that may sign in."""
    tokens: int
    database_logins: int
    expired_at: datetime | None
    """When the daily removal was done last."""
    gone_before: Mapping[str, datetime] = field(default_factory=dict)
    """Kind of data → up to when it has been removed."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done for privacy."""

    act_id: int
    acted_at: datetime
    kind: str
    actor: str | None
    subject: str | None
    details: Mapping[str, Any]


def read_processing(connection: Connection, tenant_id: int) -> Processing:
    with sentences(), connection.transaction():
        row = connection.execute("SELECT privacy.processing(%s)", (tenant_id,)).fetchone()
    assert row is not None
    told = row[0]
    known = {each.name for each in fields(PrivacySettings)}
    return Processing(
        PrivacySettings(**{name: value for name, value in told["settings"].items() if name in known}),
        told["accounts"],
        told["tokens"],
        told["database_logins"],
        told["expired_at"] and datetime.fromisoformat(told["expired_at"]),
        {kind: datetime.fromisoformat(at) for kind, at in told["gone_before"].items()},
    )


def change_settings(
    connection: Connection,
    tenant_id: int,
    settings: PrivacySettings,
    *,
    actor: str | None = None,
    account_id: int | None = None,
) -> None:
    """Puts all settings as they are given; what changed stands in the audit trail.

    Raises:
        InvalidSettingsError: they contradict each other or are out of bounds.
    """
    changes = {**asdict(settings), "masked_roles": sorted(settings.masked_roles)}
    try:
        with sentences(), connection.transaction():
            connection.execute(
                "SELECT privacy.change_settings(%s, %s, %s, %s)",
                (tenant_id, Jsonb(changes), actor, account_id),
            )
    except (psycopg.errors.CheckViolation, psycopg.DataError) as error:
        raise InvalidSettingsError(_REASONS.get(error.diag.constraint_name or "", _OUT_OF_BOUNDS)) from error


def acts(
    connection: Connection, tenant_id: int, *, before_id: int | None = None, most: int = 100
) -> list[Act]:
    """The evidence, newest first."""
    with sentences(), connection.transaction():
        rows = connection.execute("SELECT * FROM privacy.acts(%s, %s, %s)", (tenant_id, before_id, most))
        return [Act(*row) for row in rows.fetchall()]
