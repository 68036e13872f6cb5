"""What can be wrong with a request for a report; each message names what is wrong and what to do."""

from collections.abc import Iterable

from reportgen.texts import _
from store.errors import UserError


class ReportError(UserError):
    """Something wrong with a request, in a sentence that can be shown in each language.

    The message is English; `source` with `values` gives it in another language.
    """

    def __init__(self, source: str, **values: object) -> None:
        super().__init__(source.format(**values))
        self.source = source
        self.values = values


class UnknownReportError(ReportError):
    """The catalogue has no report of that name."""

    code = "unknown-report"

    def __init__(self, slug: str, known: Iterable[str]) -> None:
        super().__init__(
            _('There is no report "{slug}"; choose one of: {known}.'),
            slug=slug,
            known=", ".join(sorted(known)),
        )


class InvalidPeriodError(ReportError):
    """The period cannot be understood, or ends before it begins."""

    code = "invalid-period"


class UnknownFilterError(ReportError):
    """The report has no filter of that name."""

    code = "unknown-filter"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _('This report has no filter "{name}"; choose from: {known}.'),
            name=name,
            known=", ".join(sorted(known)),
        )


class InvalidFilterError(ReportError):
    """A filter's value cannot be understood or does not exist."""

    code = "invalid-filter"


class MissingScopeError(ReportError):
    """A report was asked for without a tenant or without a period."""

    code = "missing-scope"

    def __init__(self) -> None:
        super().__init__(_("A report needs a tenant and a period."))


class ReportTooLongError(ReportError):
    """The database gave up on a report that took too long."""

    code = "report-too-long"

    def __init__(self, seconds: int) -> None:
        super().__init__(
            _(
                "The report took longer than {seconds} seconds and was stopped; "
                "choose a shorter period or more filters."
            ),
            seconds=seconds,
        )


class RenderError(ReportError):
    """A report could not be typeset."""

    code = "render"


class ForbiddenError(ReportError):
    """Whoever asks is known, and may not do this."""

    code = "forbidden"

    def __init__(self) -> None:
        super().__init__(_("You may not do this."))


class InvalidTokenError(ReportError):
    """The access token is missing, unknown or no longer valid."""

    code = "invalid-token"

    def __init__(self) -> None:
        super().__init__(_("The access token is missing, unknown or no longer valid."))
