"""The door for links on Grafana's boards: it takes a board's choices by their names there."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from reportgen.catalogue import now
from reportgen.compile.selection import one_value
from reportgen.web.service import ReaderOf

router = APIRouter()

VARIABLE = "var-"
EVERYTHING = "$__all"
"""What Grafana writes in a link for a variable that chooses all."""
FILTERS = {
    "queue": "contact-group",
    "hunt_group": "contact-group",
}
"""A board's variable → the filter of reports, where that has another name."""


@router.get("/board-report/{slug}")
def report_of_board(slug: str, request: Request, reader: ReaderOf) -> Response:
    """Leads to the report with the board's days, and with those of its choices that the report knows."""
    if slug == now.SLUG:
        return RedirectResponse("/live", 303)
    filters = reader.report(slug).filters
    asked: list[tuple[str, str]] = []
    of_row = {name for name in request.query_params if name in filters}
    for name, value in request.query_params.multi_items():
        if name in ("from", "to", "period") or name in of_row:
            asked.append((name, one_value(value) if name in of_row else value))
        elif name.startswith(VARIABLE) and value != EVERYTHING:
            filter_ = FILTERS.get(name.removeprefix(VARIABLE), name.removeprefix(VARIABLE))
            # What was clicked says more than what is chosen above.
            if filter_ in filters and filter_ not in of_row:
                asked.append((filter_, one_value(value)))
    return RedirectResponse(f"/reports/{slug}?{urlencode(asked)}", 303)
