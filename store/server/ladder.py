"""The ways to a database server, best first."""

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import psycopg

from store.server import debian
from store.server.cluster import Cluster
from store.server.database_server import DatabaseServer, GivenAddress, Kind, Lease
from store.server.errors import NotAvailableError, ServerError
from store.server.installation import Installation, local_timescaledb, packaged_timescaledb, plain_postgresql
from store.server.machine import locked

logger = logging.getLogger(__name__)

KINDS: tuple[Kind, ...] = ("given", "timescaledb", "plain")


class Rung(NamedTuple):
    """One way to the programs of a server of our own."""

    kind: Kind
    find: Callable[[], Installation]


RUNGS = (
    Rung("timescaledb", local_timescaledb),
    Rung("timescaledb", packaged_timescaledb),
    Rung("plain", plain_postgresql),
)


def start_server(
    data_directory: Path, *, kinds: Sequence[Kind] = KINDS, durable: bool = True
) -> DatabaseServer:
    """A database server that answers, by the first way of `kinds` that works here; the log says which.

    The ways are DATABASE_URL, TimescaleDB found on the machine, TimescaleDB from the distribution's packages,
    and the embedded PostgreSQL. The server keeps its data in `data_directory` and listens on the loopback
    address alone. A directory that was used before goes on with the kind it was made with; a server that
    already runs on it is shared. With `durable` off a power cut may lose the data, which suits tests.

    Raises ServerError when no way works, and when DATABASE_URL is given but does not answer: data must not go
    elsewhere than where they were meant to go.
    """
    given = os.environ.get("DATABASE_URL")
    if "given" in kinds and given:
        return _told(given_server(given))
    cluster = Cluster(data_directory)
    reasons: list[str] = []
    for rung in _rungs(cluster, kinds):
        try:
            return _told(_start(cluster, rung, durable))
        except NotAvailableError as error:
            logger.info("%s", error)
            reasons.append(str(error))
        except ServerError as error:
            logger.warning("%s", error)
            reasons.append(str(error))
    raise ServerError(f"No database server can be started: {' '.join(reasons) or 'no kind was asked for.'}")


def given_server(url: str, name: str = "DATABASE_URL") -> DatabaseServer:
    """The server at `url`, which the variable `name` holds. Raises ServerError when it does not answer."""
    address = GivenAddress(url, name)
    try:
        return DatabaseServer("given", address, f"given by {name}")
    except psycopg.OperationalError as error:
        raise ServerError(
            f"The database of {name} does not answer: {' '.join(str(error).split())}"
        ) from error


def available_kinds() -> list[Kind]:
    """The kinds that a start has reason to expect to work here, best first; nothing is started or fetched."""
    kinds: list[Kind] = ["given"] if os.environ.get("DATABASE_URL") else []
    if _finds(local_timescaledb) or debian.obtainable():
        kinds.append("timescaledb")
    if _finds(plain_postgresql):
        kinds.append("plain")
    return kinds


def _finds(find: Callable[[], Installation]) -> bool:
    try:
        find()
    except ServerError:
        return False
    return True


def _told(server: DatabaseServer) -> DatabaseServer:
    logger.info("Database: %s.", server.description)
    return server


def _rungs(cluster: Cluster, kinds: Sequence[Kind]) -> list[Rung]:
    record = cluster.record()
    if record is None:
        return [rung for kind in kinds for rung in RUNGS if rung.kind == kind]
    if record.kind not in kinds:
        raise ServerError(
            f"{cluster.directory} holds a database of the kind {record.kind}, but {' or '.join(kinds)}"
            " was asked for; choose another directory."
        )
    return [rung for rung in RUNGS if rung.kind == record.kind]


def _start(cluster: Cluster, rung: Rung, durable: bool) -> DatabaseServer:
    installation = rung.find()
    cluster.directory.mkdir(parents=True, exist_ok=True)
    with locked(cluster.directory / "make.lock"):
        record = cluster.record()
        if record is None:
            cluster.make(rung.kind, installation)
        elif record.major_version != installation.major_version:
            raise ServerError(
                f"{cluster.directory} was made with PostgreSQL {record.major_version}; PostgreSQL"
                f" {installation.major_version} of {installation.origin} cannot read it."
            )
    preload = "timescaledb" if rung.kind == "timescaledb" else ""
    lease = Lease(cluster, installation, preload=preload, durable=durable)
    try:
        return DatabaseServer(rung.kind, lease, installation.origin)
    except BaseException:
        lease.release()
        raise
