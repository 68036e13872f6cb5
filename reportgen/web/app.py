"""Makes the web application: the portal at /, the API at /api/v1."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from reportgen.mail.smtp import MailServer
from reportgen.web import (
    api,
    audit,
    configuration_api,
    configuration_pages,
    console,
    health,
    live,
    passwords,
    portal,
    screens,
    sign_in,
    users_api,
    users_pages,
)
from reportgen.web.problems import add_error_handlers
from reportgen.web.service import Service, open_pool

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    database_url: str, clock: Callable[[], datetime] = _now, mail: MailServer | None = None
) -> FastAPI:
    """The application.

    Args:
        database_url: of a login with the report role.
        clock: what time it is, UTC.
        mail: by which links and invitations are sent; None: none are.
    """
    pool = open_pool(database_url)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        pool.open()
        yield
        pool.close()

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
    app.state.service = Service(pool, clock, mail)
    app.middleware("http")(_safe_headers)
    add_error_handlers(app)
    app.include_router(api.router)
    app.include_router(audit.api)
    app.include_router(health.router)
    app.include_router(portal.router, include_in_schema=False)
    app.include_router(sign_in.router, include_in_schema=False)
    app.include_router(audit.portal, include_in_schema=False)
    app.include_router(live.router, include_in_schema=False)
    app.include_router(console.router, include_in_schema=False)
    app.include_router(configuration_api.router)
    app.include_router(configuration_pages.router, include_in_schema=False)
    app.include_router(users_api.router)
    app.include_router(users_pages.router, include_in_schema=False)
    app.include_router(passwords.router, include_in_schema=False)
    app.include_router(screens.router, include_in_schema=False)
    app.include_router(screens.api)
    app.mount("/static", StaticFiles(directory=str(files("reportgen") / "static")))
    return app


async def _safe_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if not request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    if request.url.scheme == "https":
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
