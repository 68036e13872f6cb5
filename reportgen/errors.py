"""What can be wrong with a request for a report; each message names what is wrong and what to do."""

from collections.abc import Iterable

from store.errors import UserError


class UnknownReportError(UserError):
    """The catalogue has no report of that name."""

    code = "unknown-report"

    def __init__(self, slug: str, known: Iterable[str]) -> None:
        super().__init__(f'There is no report "{slug}"; choose one of: {", ".join(sorted(known))}.')


class InvalidPeriodError(UserError):
    """The period cannot be understood, or ends before it begins."""

    code = "invalid-period"


class UnknownFilterError(UserError):
    """The report has no filter of that name."""

    code = "unknown-filter"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f'This report has no filter "{name}"; choose from: {", ".join(sorted(known)) or "none"}.'
        )


class InvalidFilterError(UserError):
    """A filter's value cannot be understood or does not exist."""

    code = "invalid-filter"


class MissingScopeError(UserError):
    """A report was asked for without a tenant or without a period."""

    code = "missing-scope"


class ReportTooLongError(UserError):
    """The database gave up on a report that took too long."""

    code = "report-too-long"

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"The report took longer than {seconds} seconds and was stopped; "
            "choose a shorter period or more filters."
        )


class RenderError(UserError):
    """A report could not be typeset."""

    code = "render"


class InvalidTokenError(UserError):
    """The access token is missing, unknown or no longer valid."""

    code = "invalid-token"
