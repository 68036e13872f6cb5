"""The API's answer to how much of a period was heard."""

from typing import Annotated

from fastapi import APIRouter, Query

from reportgen.compile.period import choose_period
from reportgen.coverage import Coverage, read_coverage
from reportgen.web.service import ReaderOf, ServiceOf

router = APIRouter(prefix="/api/v1", tags=["coverage"])


@router.get("/coverage")
def coverage(
    reader: ReaderOf,
    running: ServiceOf,
    first_day: Annotated[str | None, Query(alias="from", examples=["2026-10-01"])] = None,
    last_day: Annotated[str | None, Query(alias="to", examples=["2026-10-31"])] = None,
    period: Annotated[str | None, Query(examples=["last-month"])] = None,
) -> list[Coverage]:
    """For each telephone system: the minutes of the period in which it was not heard, and the gaps."""
    now = running.clock()
    asked = choose_period(reader.tenant.time_zone, now, name=period, first=first_day, last=last_day)
    with running.connection() as connection:
        return read_coverage(connection, reader.tenant, asked, now)
