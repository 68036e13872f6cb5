"""A database server for demo and tests, without Docker and without root: found, fetched or embedded."""

from store.server.database_server import DatabaseServer, Kind
from store.server.errors import NotAvailableError, ServerError
from store.server.ladder import KINDS, available_kinds, given_server, start_server

__all__ = [
    "KINDS",
    "DatabaseServer",
    "Kind",
    "NotAvailableError",
    "ServerError",
    "available_kinds",
    "given_server",
    "start_server",
]
