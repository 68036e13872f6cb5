"""Which reports exist for whom: by the tenant's edition, and by the user's PBX option Call Center Basic."""

from collections.abc import Mapping

from reportgen.access.roles import Action, Principal
from store.vocabulary import Edition

STANDARD = frozenset({Edition.STANDARD, Edition.PREMIUM})
PREMIUM = frozenset({Edition.PREMIUM})

EDITIONS: Mapping[str, frozenset[Edition]] = {
    "extension-activity": STANDARD,
    "cost-centre-activity": STANDARD,
    "department-activity": STANDARD,
    "division-activity": STANDARD,
    "site-activity": STANDARD,
    "calls-by-extension": STANDARD,
    "longest-calls": STANDARD,
    "calls-by-date": STANDARD,
    "half-hourly-activity": STANDARD,
    "hourly-activity": STANDARD,
    "hourly-extension-activity": STANDARD,
    "daily-activity": STANDARD,
    "monthly-activity": STANDARD,
    "call-lifecycle": STANDARD,
    "call-response": STANDARD,
    "caller-tolerance": STANDARD,
    "missed-calls": STANDARD,
    "unanswered-missed-calls": STANDARD,
    "unreturned-missed-calls": STANDARD,
    "ddi-activity": STANDARD,
    "calls-by-ddi": STANDARD,
    "calls-by-campaign": STANDARD,
    "daily-ddi-activity": STANDARD,
    "area-code-activity": STANDARD,
    "destination-activity": STANDARD,
    "customer-activity": STANDARD,
    "calls-by-customer": STANDARD,
    "management-summary": STANDARD,
    "hunt-group-activity": STANDARD,
    "contact-group-overview": PREMIUM,
    "agent-by-group": PREMIUM,
    "agent-activity": PREMIUM,
    "available-agents": PREMIUM,
    "available-agents-daily": PREMIUM,
    "agent-status-detail": PREMIUM,
    "agent-unavailable-daily": PREMIUM,
    "dnd-overview": PREMIUM,
    "dnd-detail": PREMIUM,
    "availability-punctuality": PREMIUM,
    "extension-availability": PREMIUM,
    "queue-performance": PREMIUM,
    "bounced-calls": PREMIUM,
    "agent-busy": PREMIUM,
    "status-duration": PREMIUM,
    "wrap-up": PREMIUM,
}
"""Report → the editions that have it."""

NOT_WITH_CALL_CENTER_BASIC = frozenset(
    {
        # Agent activity reports.
        "agent-activity",
        # Duration per status.
        "status-duration",
        "agent-status-detail",
        # Reason codes and wrap-up.
        "agent-unavailable-daily",
        "wrap-up",
    }
)


def has_report(edition: Edition, slug: str, *, call_center_basic: bool = False) -> bool:
    """Whether a report exists. One that this table does not name exists for nobody."""
    if call_center_basic and slug in NOT_WITH_CALL_CENTER_BASIC:
        return False
    return edition in EDITIONS.get(slug, frozenset())


def may_run(principal: Principal, slug: str) -> bool:
    """Whether a report exists for this principal."""
    return (
        principal.may(Action.SEE_REPORTS)
        and principal.edition is not None
        and has_report(principal.edition, slug, call_center_basic=principal.call_center_basic)
    )


def may_see_now(principal: Principal) -> bool:
    """Whether the figures of now (calls, queues and agents) exist for this principal."""
    return principal.may(Action.SEE_LIVE) and principal.edition is Edition.PREMIUM
