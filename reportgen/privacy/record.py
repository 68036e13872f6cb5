"""The record of processing (GDPR, article 30), filled from what is configured in fact."""

from collections.abc import Iterator
from datetime import datetime

from reportgen.access.roles import ROLE_TITLES
from reportgen.compile import Tenant
from reportgen.privacy.settings import PrivacySettings, Processing
from reportgen.render.document import Named
from reportgen.render.sheet import Section, Sheet
from reportgen.texts import _
from reportgen.units import Writer

KINDS = {
    "event": (
        _("Events"),
        _("What the telephone system said: numbers, names, moments, its messages as they came."),
    ),
    "call": (_("Calls"), _("Calls, their parts, visits to contact groups and missed calls, with numbers.")),
    "state": (_("States"), _("When agents were signed in, available or paused, and do-not-disturb.")),
    "rollup": (
        _("Sums"),
        _("Counts and durations per quarter hour and day; per extension, without numbers."),
    ),
    "gap": (_("Gaps"), _("Times in which the telephone system was not heard, and what came too late.")),
    "reject": (_("Rejected messages"), _("Messages that could not be understood, as they came.")),
    "audit": (_("Audit trail"), _("Who ran a report, signed in or changed something.")),
}
"""Kind of data → its name, and what is in it."""

WITHOUT_LIMIT = _("without limit")
NOT_SAID = _("not recorded yet")


def record_sheet(tenant: Tenant, processing: Processing, writer: Writer, now: datetime) -> Sheet:
    text, settings = writer.text, processing.settings
    return Sheet(
        title=text(_("Record of processing")),
        tenant=tenant.name,
        made=text(_("As configured on {moment}"), moment=writer.minute(now)),
        paragraphs=(text(_("Of personal data in call reporting (article 30 of the GDPR).")),),
        sections=(
            Section(
                text(_("Why")),
                pairs=(
                    Named(text(_("Purpose")), settings.purpose or text(NOT_SAID)),
                    Named(text(_("Legal ground")), settings.legal_ground or text(NOT_SAID)),
                ),
            ),
            Section(text(_("Whose data")), text(_WHOSE)),
            Section(
                text(_("What is kept, and for how long")),
                text=_last_removal(processing, writer),
                headings=(text(_("Kind of data")), text(_("Kept for")), text(_("What is in it"))),
                rows=[
                    [text(title), _days(getattr(settings, f"{kind}_days"), writer), text(holds)]
                    for kind, (title, holds) in KINDS.items()
                ],
            ),
            Section(text(_("Who has access")), pairs=tuple(_access(processing, writer))),
            Section(text(_("What is hidden")), _hidden(settings, writer)),
            Section(text(_("How it is protected")), text(_PROTECTED)),
        ),
    )


_WHOSE = _(
    "People who call or are called (number, and the name where the telephone system shows one), customers on "
    "the list of customers, and the organisation's own users (name, extension, calls, states)."
)
_PROTECTED = _(
    "Each organisation's rows are kept apart by the database itself; people sign in with a password and, "
    "when they want to, a one-time code; every report, sign-in and change stands in the audit trail; "
    "sessions, tokens and attempts to sign in are removed when they are over."
)


def _last_removal(processing: Processing, writer: Writer) -> str:
    if processing.expired_at is None:
        return writer.text(_("What is older is removed every day."))
    return writer.text(
        _("What is older is removed every day, last on {moment}."),
        moment=writer.minute(processing.expired_at),
    )


def _days(days: int | None, writer: Writer) -> str:
    if days is None:
        return writer.text(WITHOUT_LIMIT)
    return writer.text(_("{days} days"), days=days)


def _access(processing: Processing, writer: Writer) -> Iterator[Named]:
    for role, count in sorted(processing.accounts.items()):
        title = ROLE_TITLES.get(role, role)
        yield Named(writer.text(title), writer.count(count))
    yield Named(writer.text(_("Programs with an access token")), writer.count(processing.tokens))
    yield Named(writer.text(_("Database logins of boards")), writer.count(processing.database_logins))


def _hidden(settings: PrivacySettings, writer: Writer) -> str:
    users = ""
    if settings.smallest_group > 1:
        users = " " + writer.text(
            _("Figures are of at least {count} users, never of a single one."), count=settings.smallest_group
        )
    if not settings.masked_roles:
        return writer.text(_("Every role that sees calls sees whole numbers.")) + users
    roles = ", ".join(writer.text(ROLE_TITLES[role]) for role in settings.masked_roles)
    said = writer.text(
        _("The last {digits} digits of outside numbers are hidden from: {roles}."),
        digits=settings.masked_digits,
        roles=roles,
    )
    if settings.customers_masked:
        said += " " + writer.text(_("They see customers by their reference, without the name."))
    return said + users
