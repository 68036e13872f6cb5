"""What the routes share: connections, the clock, and who is asking."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from psycopg_pool import ConnectionPool

from reportgen.access import Holder, holder_of_session, holder_of_token
from reportgen.compile import Tenant
from reportgen.errors import InvalidTokenError
from reportgen.run import load_tenant
from store.connect import Connection, sentences

SESSION_COOKIE = "session"
SECONDS_FOR_A_CONNECTION = 10


@dataclass(frozen=True, slots=True)
class Service:
    """The running program."""

    pool: ConnectionPool[Connection]
    clock: Callable[[], datetime]

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Raises DatabaseUnavailableError when none can be had."""
        with sentences(), self.pool.connection() as connection:
            yield connection


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and for which tenant."""

    name: str
    tenant: Tenant


def open_pool(url: str) -> ConnectionPool[Connection]:
    """Not opened yet; every connection is checked before it is given out."""
    options: dict[str, Any] = {
        "application_name": "gespreksrapportage portal",
        "options": "-c search_path=report,public -c timezone=UTC",
        "connect_timeout": 5,
    }
    return ConnectionPool(
        url,
        kwargs=options,
        min_size=0,
        max_size=8,
        timeout=SECONDS_FOR_A_CONNECTION,
        check=ConnectionPool.check_connection,
        open=False,
    )


def service(request: Request) -> Service:
    found = request.app.state.service
    assert isinstance(found, Service)
    return found


ServiceOf = Annotated[Service, Depends(service)]
_bearer = HTTPBearer(auto_error=False, description="A token made with `gespreksrapportage token create`.")


def reader(
    request: Request,
    running: ServiceOf,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Reader:
    """Who is asking: by token (programs) or by session cookie (browsers).

    Raises:
        InvalidTokenError: neither is there, or it is not valid (any more).
    """
    with running.connection() as connection:
        holder: Holder | None = None
        if bearer is not None:
            holder = holder_of_token(connection, bearer.credentials)
        elif session := request.cookies.get(SESSION_COOKIE):
            holder = holder_of_session(connection, session)
        if holder is None:
            raise InvalidTokenError
        return Reader(holder.name, load_tenant(connection, holder.tenant_id))


ReaderOf = Annotated[Reader, Depends(reader)]
