"""Whether the service works, for those who watch over it."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from reportgen.background.metrics import RunsCollector
from reportgen.web.service import ServiceOf
from store.errors import UserError

router = APIRouter(tags=["health"])

REPORTS = Counter("gespreksrapportage_reports_total", "Reports made.", ["report", "form"])
REPORT_SECONDS = Histogram(
    "gespreksrapportage_report_seconds",
    "Time from the question to the last byte of a report.",
    ["form"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)


DATABASE = Gauge(
    "gespreksrapportage_portal_database_available", "Whether the database answered when asked last."
)


@router.get("/healthz")
def healthz(running: ServiceOf) -> Response:
    """200 when the database answers, else 503."""
    try:
        with running.connection() as connection:
            connection.execute("SELECT 1")
    except UserError as error:
        DATABASE.set(0)
        return JSONResponse({"ok": False, "reason": error.code}, 503)
    DATABASE.set(1)
    return JSONResponse({"ok": True})


@router.get("/metrics")
def metrics(running: ServiceOf) -> Response:
    """For Prometheus: what this service did, and what waits in the queue that all services share."""
    of_the_queue = CollectorRegistry(auto_describe=False)
    of_the_queue.register(RunsCollector(running.pool))
    return Response(generate_latest() + generate_latest(of_the_queue), media_type=CONTENT_TYPE_LATEST)
