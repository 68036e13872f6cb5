"""The reports, by the name under which the API and the command line know them."""

from reportgen.catalogue import (
    availability_reports,
    call_centre_reports,
    group_reports,
    inbound_reports,
    number_reports,
    time_reports,
    user_reports,
)
from reportgen.catalogue.parts import Report
from reportgen.errors import UnknownReportError

CATALOGUE: dict[str, Report] = {
    report.slug: report
    for reports in (
        user_reports,
        time_reports,
        inbound_reports,
        number_reports,
        group_reports,
        availability_reports,
        call_centre_reports,
    )
    for report in reports.REPORTS
}


def find_report(slug: str) -> Report:
    """Raises UnknownReportError when the catalogue has none of that name."""
    try:
        return CATALOGUE[slug]
    except KeyError:
        raise UnknownReportError(slug, CATALOGUE) from None
