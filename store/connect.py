"""Connections to the database, and its errors in one sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from store.errors import DatabaseUnavailableError, OldSchemaError, UserError

Connection = psycopg.Connection[tuple[Any, ...]]


def database_url(given: str | None = None) -> str:
    """Address of the database: the one given, else DATABASE_URL (or the file that DATABASE_URL_FILE names).

    Raises:
        UserError: nothing says where the database is.
    """
    if given:
        return given
    if path := os.environ.get("DATABASE_URL_FILE"):
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a secret's path is given as text
            return file.read().strip()
    if url := os.environ.get("DATABASE_URL"):
        return url
    raise UserError(
        "No database is given: set DATABASE_URL, for example postgresql://user@127.0.0.1:5432/gespreksrapportage."
    )


def where(url: str) -> str:
    """The address without its secrets, for messages."""
    parts = conninfo_to_dict(url)
    return f"{parts.get('host', 'local socket')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"


def connect(url: str, program: str, *, autocommit: bool = False) -> Connection:
    """Opens a connection in UTC, with the product's tables on the search path.

    Raises:
        DatabaseUnavailableError: it cannot be reached or refuses the login.
    """
    try:
        connection = psycopg.connect(
            url,
            application_name=f"gespreksrapportage {program}",
            autocommit=autocommit,
            connect_timeout=10,
            options="-c search_path=store,report,public -c timezone=UTC",
        )
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise DatabaseUnavailableError(f"The database at {where(url)} cannot be reached: {reason}") from error
    return connection


@contextmanager
def sentences() -> Iterator[None]:
    """Turns the driver's errors into ours, so that a command ends with one clear sentence.

    Raises:
        DatabaseUnavailableError: the connection was lost.
        OldSchemaError: a table or column is missing.
    """
    try:
        yield
    except (
        psycopg.errors.UndefinedTable,
        psycopg.errors.UndefinedColumn,
        psycopg.errors.InvalidSchemaName,
    ) as error:
        raise OldSchemaError(
            f"The database is not up to date ({error.diag.message_primary}); "
            "run: gespreksrapportage database migrate."
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise UserError(f"The database login may not do this: {error.diag.message_primary}.") from error
    except psycopg.OperationalError as error:
        reason = (str(error).strip().splitlines() or ["connection lost"])[-1]
        raise DatabaseUnavailableError(f"The connection to the database was lost: {reason}") from error
