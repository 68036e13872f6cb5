"""Makes the web application: the portal at /, the API at /api/v1."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from reportgen.access.grafana import Grafana
from reportgen.background.files import Results
from reportgen.background.makers import Makers
from reportgen.mail.smtp import MailServer
from reportgen.web import (
    alarm_pages,
    alarms,
    api,
    audit,
    board_links,
    configuration_api,
    configuration_pages,
    console,
    coverage,
    grafana,
    health,
    live,
    oidc,
    own_dashboard,
    passwords,
    portal,
    privacy,
    privacy_pages,
    report_page,
    runs,
    saved,
    screens,
    sign_in,
    tiles_api,
    users_api,
    users_pages,
    wallboard,
)
from reportgen.web.headers import safe_headers
from reportgen.web.problems import add_error_handlers
from reportgen.web.service import Service, open_pool

MAKERS = 2
CONNECTIONS_PER_MAKER = 3


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    database_url: str,
    clock: Callable[[], datetime] = _now,
    grafana_beside: Grafana | None = None,
    mail: MailServer | None = None,
    *,
    portal_url: str | None = None,
    results: Path | None = None,
    makers: int = MAKERS,
) -> FastAPI:
    """The application.

    Args:
        database_url: of a login with the report role.
        clock: what time it is, UTC.
        grafana_beside: the Grafana that the portal signs people in to.
        mail: by which links and invitations are sent; None: none are.
        portal_url: where browsers find the portal; without it nobody signs in by a provider elsewhere.
        results: directory for reports that are made in the background, the same for all services of an
            installation and for nothing else; without it they last as long as this service.
        makers: how many of them this service makes at a time.
    """
    pool = open_pool(database_url)
    background_pool = open_pool(database_url, size=max(1, makers * CONNECTIONS_PER_MAKER), seconds=3)
    directory = results or Path(mkdtemp(prefix="reports-"))
    files_made = Results(directory)
    at_work = Makers(background_pool, files_made, clock, makers)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        pool.open()
        background_pool.open()
        at_work.start()
        yield
        at_work.stop()
        background_pool.close()
        pool.close()
        if results is None:
            rmtree(directory, ignore_errors=True)

    app = FastAPI(
        title="Gespreksrapportage",
        version="1",
        description="Reports on telephone calls: as PDF, CSV, XLSX and JSON.",
        openapi_url="/api/v1/openapi.json",
        # Their pages load scripts from other hosts.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = Service(pool, clock, files_made, at_work, grafana_beside, mail, portal_url)
    app.middleware("http")(safe_headers)
    add_error_handlers(app)
    app.include_router(api.router)
    app.include_router(saved.api)
    app.include_router(runs.api)
    app.include_router(audit.api)
    app.include_router(privacy.router)
    app.include_router(coverage.router)
    app.include_router(alarms.router)
    app.include_router(tiles_api.router)
    app.include_router(health.router)
    app.include_router(portal.router, include_in_schema=False)
    app.include_router(report_page.router, include_in_schema=False)
    app.include_router(saved.portal, include_in_schema=False)
    app.include_router(runs.portal, include_in_schema=False)
    app.include_router(sign_in.router, include_in_schema=False)
    app.include_router(oidc.router, include_in_schema=False)
    app.include_router(audit.portal, include_in_schema=False)
    app.include_router(privacy_pages.router, include_in_schema=False)
    app.include_router(live.router, include_in_schema=False)
    app.include_router(console.router, include_in_schema=False)
    app.include_router(configuration_api.router)
    app.include_router(configuration_pages.router, include_in_schema=False)
    app.include_router(users_api.router)
    app.include_router(users_pages.router, include_in_schema=False)
    app.include_router(passwords.router, include_in_schema=False)
    app.include_router(screens.router, include_in_schema=False)
    app.include_router(screens.api)
    app.include_router(board_links.router, include_in_schema=False)
    app.include_router(own_dashboard.router, include_in_schema=False)
    app.include_router(wallboard.router, include_in_schema=False)
    app.include_router(alarm_pages.router, include_in_schema=False)
    app.include_router(grafana.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=str(files("reportgen") / "static")))
    return app
