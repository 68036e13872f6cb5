"""What each role may do. Which rows it sees is the database's affair (docs/access.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reportgen.texts import _
from store.vocabulary import Edition


class Role(StrEnum):
    OPERATOR = "operator"
    """Of the installation: makes tenants and their first administrators; sees no calls."""
    ADMINISTRATOR = "administrator"
    """Of one tenant, and all of it."""
    SUPERVISOR = "supervisor"
    """Of a part of a tenant: sites, divisions, departments, cost centres, contact groups."""
    USER = "user"
    """Sees his or her own calls."""
    PRIVACY_OFFICER = "privacy_officer"
    """Watches over what is kept and who looked, and answers those whom it is about; sees no reports."""
    WALL_SCREEN = "wall_screen"
    """A device that shows boards; no account."""


ROLE_TITLES: Mapping[str, str] = {
    Role.OPERATOR: _("Operator"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.USER: _("User"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.WALL_SCREEN: _("Wall screen"),
}


class Action(StrEnum):
    SEE_REPORTS = "see_reports"
    SEE_LIVE = "see_live"
    MANAGE_TENANTS = "manage_tenants"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_ORGANISATION = "manage_organisation"
    READ_AUDIT_TRAIL = "read_audit_trail"
    MANAGE_PRIVACY = "manage_privacy"
    """Decides what is masked and how long what is kept; carries out requests for access and erasure."""
    SEE_GRAFANA = "see_grafana"
    """The boards in Grafana; everybody's figures are in the portal as well."""
    SEE_ALARMS = "see_alarms"
    """And acknowledge them."""
    MANAGE_ALARMS = "manage_alarms"


_MAY: Mapping[Role, frozenset[Action]] = {
    Role.OPERATOR: frozenset({Action.MANAGE_TENANTS, Action.MANAGE_ACCOUNTS, Action.SEE_GRAFANA}),
    Role.ADMINISTRATOR: frozenset(Action) - {Action.MANAGE_TENANTS},
    Role.SUPERVISOR: frozenset({Action.SEE_REPORTS, Action.SEE_LIVE, Action.SEE_GRAFANA, Action.SEE_ALARMS}),
    Role.USER: frozenset({Action.SEE_REPORTS, Action.SEE_LIVE}),
    Role.PRIVACY_OFFICER: frozenset({Action.READ_AUDIT_TRAIL, Action.MANAGE_PRIVACY}),
    Role.WALL_SCREEN: frozenset({Action.SEE_LIVE}),
}


_OF_A_PART = frozenset({Action.SEE_REPORTS, Action.SEE_LIVE, Action.SEE_GRAFANA, Action.SEE_ALARMS})
"""What can be done about a part of a tenant: the rest is about all of it."""


def may(role: Role, action: Action) -> bool:
    return action in _MAY[role]


class Stage(StrEnum):
    """What a session still waits for."""

    SECOND_FACTOR = "second_factor"
    NEW_PASSWORD = "new_password"  # noqa: S105 - a stage, not a password
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever asks for something: an account, or a program with a token."""

    name: str
    """Printed on reports and kept in the audit trail."""
    role: Role
    tenant_id: int | None
    """None for an operator, who belongs to none."""
    scope_id: int | None = None
    """What part of the tenant it sees; None: all of it."""
    edition: Edition | None = None
    call_center_basic: bool = False
    account_id: int | None = None
    person_id: int | None = None
    stage: Stage = Stage.OPEN
    second_factor: bool = False
    token: str | None = None
    """Of a program: tells its token from others, and opens nothing."""
    boards: frozenset[str] | None = None
    """Of a wall screen, which it may show; None: any."""

    def shows(self, board: str) -> bool:
        """Whether a live board may be shown."""
        return self.may(Action.SEE_LIVE) and (self.boards is None or board in self.boards)

    def may(self, action: Action) -> bool:
        """False too while the session waits for a code or a new password, and of what is beyond its part."""
        reaches = self.scope_id is None or action in _OF_A_PART
        return self.stage is Stage.OPEN and reaches and may(self.role, action)
