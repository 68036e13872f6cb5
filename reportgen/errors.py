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


class InvalidArrangementError(ReportError):
    """Columns or an order that the report's table cannot have."""

    code = "invalid-columns"


class InvalidDrillError(ReportError):
    """A figure whose rows are asked for does not exist, or its group cannot be read."""

    code = "invalid-figure"


class UnknownSavedReportError(ReportError):
    """There is no such saved report for the reader."""

    code = "unknown-saved-report"

    def __init__(self) -> None:
        super().__init__(_("There is no such saved report."))


class NameTakenError(ReportError):
    """Another saved report of the same owner has the name."""

    code = "name-taken"

    def __init__(self) -> None:
        super().__init__(_("There is a saved report of that name already; choose another name."))


class UnknownRunError(ReportError):
    """The reader has no such run."""

    code = "unknown-run"

    def __init__(self) -> None:
        super().__init__(_("There is no such report in the background."))


class TooManyRunsError(ReportError):
    """The tenant has many reports being made already."""

    code = "too-many-runs"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("{most} reports are being made already; wait until one is done, or cancel one."), most=most
        )


class UnfinishedRunError(ReportError):
    """The result of a run is asked for that is not done."""

    code = "unfinished-run"

    def __init__(self) -> None:
        super().__init__(_("The report is not done; there is no file of it."))


class ResultGoneError(ReportError):
    """The file of a run is no longer there."""

    code = "result-gone"

    def __init__(self) -> None:
        super().__init__(_("The file is no longer there; have the report made again."))


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


class OldFormError(ForbiddenError):
    """A form that was not made for this session."""

    def __init__(self) -> None:
        ReportError.__init__(
            self, _("This page was opened for another sign-in; open it again and repeat what you did.")
        )


class InvalidTokenError(ReportError):
    """The access token is missing, unknown or no longer valid."""

    code = "invalid-token"

    def __init__(self) -> None:
        super().__init__(_("The access token is missing, unknown or no longer valid."))
