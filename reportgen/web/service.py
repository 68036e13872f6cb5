"""What the routes share: connections, the clock, and who is asking."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from psycopg_pool import ConnectionPool

from reportgen.access.editions import may_run
from reportgen.access.grafana import Grafana
from reportgen.access.roles import Action, Principal, Stage
from reportgen.access.screens import principal_of_screen
from reportgen.access.sign_in import UnfinishedSignInError, principal_of_session, principal_of_token
from reportgen.background.files import Results
from reportgen.background.makers import Makers
from reportgen.catalogue import CATALOGUE, find_report
from reportgen.catalogue.parts import Report
from reportgen.compile import Tenant
from reportgen.errors import ForbiddenError, InvalidTokenError, UnknownReportError
from reportgen.mail.smtp import MailServer
from reportgen.run import load_tenant
from reportgen.web.pages import SCREEN_COOKIE, SESSION_COOKIE
from store.connect import Connection, sentences

SECONDS_FOR_A_CONNECTION = 10
LIVE_BOARD = "live"
"""The portal's live page, as wall screens name it."""


@dataclass(frozen=True, slots=True)
class Service:
    """The running program."""

    pool: ConnectionPool[Connection]
    clock: Callable[[], datetime]
    results: Results
    """Files of reports that were made in the background."""
    makers: Makers
    grafana: Grafana | None = None
    """None when there is none beside this portal."""
    mail: MailServer | None = None
    """None: no mail is sent."""
    portal_url: str | None = None
    """Where browsers find the portal, without a slash at its end; None: it is not said."""

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Raises DatabaseUnavailableError when none can be had."""
        with sentences(), self.pool.connection() as connection:
            yield connection


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and for which (part of a) tenant."""

    principal: Principal
    tenant: Tenant
    address: str = ""
    """Of the network."""

    @property
    def name(self) -> str:
        return self.principal.name

    def reports(self) -> list[Report]:
        """Those that exist for this reader, in the catalogue's order."""
        return [report for report in CATALOGUE.values() if may_run(self.principal, report.slug)]

    def report(self, slug: str) -> Report:
        """Raises UnknownReportError when there is none of that name for this reader."""
        report = find_report(slug)
        if not may_run(self.principal, slug):
            raise UnknownReportError(slug, [each.slug for each in self.reports()])
        return report


def address_of(request: Request) -> str:
    """Of the browser or program, as the proxy before us tells it."""
    return request.client.host if request.client else ""


def open_pool(
    url: str, *, size: int = 8, seconds: float = SECONDS_FOR_A_CONNECTION
) -> ConnectionPool[Connection]:
    """Not opened yet; every connection is checked before it is given out.

    Args:
        size: at most so many connections.
        seconds: how long to wait for one.
    """
    options: dict[str, Any] = {
        "application_name": "gespreksrapportage portal",
        "options": "-c search_path=report,public -c timezone=UTC",
        "connect_timeout": 5,
    }
    return ConnectionPool(
        url,
        kwargs=options,
        min_size=0,
        max_size=size,
        timeout=seconds,
        check=ConnectionPool.check_connection,
        open=False,
    )


def service(request: Request) -> Service:
    found = request.app.state.service
    assert isinstance(found, Service)
    return found


ServiceOf = Annotated[Service, Depends(service)]
_bearer = HTTPBearer(auto_error=False, description="A token made with `gespreksrapportage token create`.")


def principal(
    request: Request,
    running: ServiceOf,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Principal:
    """Who is asking: by token (programs) or by session cookie (browsers).

    Raises:
        InvalidTokenError: neither is there, or it is not valid (any more).
        UnfinishedSignInError: the session waits for a code or a new password.
    """
    found: Principal | None = None
    with running.connection() as connection:
        if bearer is not None:
            found = principal_of_token(connection, bearer.credentials)
        elif session := request.cookies.get(SESSION_COOKIE):
            found = principal_of_session(connection, session)
        elif screen := request.cookies.get(SCREEN_COOKIE):
            found = principal_of_screen(connection, screen)
    if found is None:
        raise InvalidTokenError
    if found.stage is not Stage.OPEN:
        raise UnfinishedSignInError(found.stage)
    request.state.principal = found
    return found


PrincipalOf = Annotated[Principal, Depends(principal)]


def reader(request: Request, running: ServiceOf, principal: PrincipalOf) -> Reader:
    """Who asks for calls.

    Raises:
        ForbiddenError: the role sees no calls.
    """
    if principal.tenant_id is None or not principal.may(Action.SEE_REPORTS):
        raise ForbiddenError
    with running.connection() as connection:
        tenant = replace(
            load_tenant(connection, principal.tenant_id),
            scope_id=principal.scope_id,
            role=principal.role.value,
        )
        return Reader(principal, tenant, address_of(request))


ReaderOf = Annotated[Reader, Depends(reader)]


def live_reader(request: Request, running: ServiceOf, principal: PrincipalOf) -> Reader:
    """Who looks at the live board: people, and wall screens that it was chosen for.

    Raises:
        ForbiddenError: it is not for this principal.
    """
    if principal.tenant_id is None or not principal.shows(LIVE_BOARD):
        raise ForbiddenError
    with running.connection() as connection:
        tenant = replace(
            load_tenant(connection, principal.tenant_id),
            scope_id=principal.scope_id,
            role=principal.role.value,
        )
    return Reader(principal, tenant, address_of(request))


LiveReaderOf = Annotated[Reader, Depends(live_reader)]
