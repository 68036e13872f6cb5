"""The reports, by the name under which the API and the command line know them."""

from reportgen.catalogue import inbound_reports, time_reports, user_reports
from reportgen.catalogue.parts import Report
from reportgen.errors import UnknownReportError

CATALOGUE: dict[str, Report] = {
    report.slug: report for report in (*user_reports.REPORTS, *time_reports.REPORTS, *inbound_reports.REPORTS)
}


def find_report(slug: str) -> Report:
    """Raises UnknownReportError when the catalogue has none of that name."""
    try:
        return CATALOGUE[slug]
    except KeyError:
        raise UnknownReportError(slug, CATALOGUE) from None
