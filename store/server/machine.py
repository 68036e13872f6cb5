"""What the operating system gives: an account for the server, the cache, locks, and child processes."""

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from store.server.errors import ServerError

NAME = "gespreksrapportage"
SYSTEM_CACHE = Path("/var/cache") / NAME
SYSTEM_STATE = Path("/var/lib") / NAME
PARTIAL = ".partial-"


@dataclass(frozen=True)
class Account:
    """The operating-system user that the server runs as, and owner of its files."""

    name: str
    user_id: int
    group_id: int


def server_account() -> Account | None:
    """The account to change to, or None when this process is not root and the server simply runs as its user.

    PostgreSQL refuses to run as root. Raises ServerError when root finds no other account to use.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise ServerError(
        "PostgreSQL refuses to run as root, and there is no user postgres or nobody; run as an ordinary user."
    )


def reachable(path: Path, account: Account | None) -> bool:
    """Whether `account` may enter `path`, or the nearest directory above it that exists."""
    if account is None:
        return True
    path = path.absolute()
    existing = [directory for directory in (path, *path.parents) if directory.is_dir()]
    return all(_may_enter(directory.stat(), account) for directory in existing)


def _may_enter(status: os.stat_result, account: Account) -> bool:
    if status.st_uid == account.user_id:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.group_id:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def cache_directory() -> Path:
    """Where prepared server programs are kept between runs; made when missing.

    The user's cache (XDG_CACHE_HOME is respected). Root's own is usually closed to the account that the
    server runs as; the system's cache is taken then.
    """
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    cache = Path(home).absolute() / NAME
    if not reachable(cache, server_account()):
        cache = SYSTEM_CACHE
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServerError(
            f"The cache {cache} cannot be made ({error.strerror}); set XDG_CACHE_HOME."
        ) from error
    if os.geteuid() == 0:
        cache.chmod(0o755)
    return cache


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold `path` for this process alone, waiting for others; however the process ends, its lock ends."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepared_once(cache: Path, pattern: str, prepare: Callable[[Path], Path]) -> Path:
    """The newest entry of `cache` that matches `pattern`, prepared by one process while others wait for it.

    `prepare` gets a directory to work in and moves the whole result into the cache at its end, so that an
    entry is never seen half done.
    """
    with locked(cache / "lock"):
        if ready := sorted(cache.glob(pattern)):
            return ready[-1]
        with _work_directory(cache) as work:
            return prepare(work)


@contextmanager
def _work_directory(cache: Path) -> Iterator[Path]:
    for left_over in cache.glob(f"{PARTIAL}*"):
        shutil.rmtree(left_over)
    directory = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=cache))
    directory.chmod(0o755)
    try:
        yield directory
    finally:
        shutil.rmtree(directory)


def run(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    cwd: Path = Path("/"),
    environment: dict[str, str] | None = None,
    timeout: float = 600,
    detached: bool = False,
) -> str:
    """Run a program to its end and give its output; at most `timeout` seconds.

    With `detached` it may leave a process behind, and its output is not seen.

    The caller's PG* variables are kept from it: they would send PostgreSQL's programs to another server.
    Raises ServerError with the program's last line of complaint.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    name = Path(command[0]).name
    try:
        result = subprocess.run(
            command,
            env=inherited | {"LC_ALL": "C"} | (environment or {}),
            cwd=cwd,
            user=account.user_id if account else None,
            group=account.group_id if account else None,
            extra_groups=[] if account else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if detached else subprocess.PIPE,
            stderr=subprocess.DEVNULL if detached else subprocess.PIPE,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ServerError(f"{name} did not end within {timeout:.0f} seconds.") from error
    except OSError as error:
        raise ServerError(f"{name} cannot be run: {error.strerror}.") from error
    if result.returncode != 0:
        complaint = ((result.stderr or result.stdout or "").strip() or "no output").splitlines()[-1]
        raise ServerError(f"{name} failed with status {result.returncode}: {complaint}")
    return result.stdout or ""
