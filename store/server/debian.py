"""TimescaleDB from the distribution's own packages, without root: fetched by apt, unpacked into the cache.

The packages may be of a newer release than the machine. They bring that release's C library along, and the
programs are told to use it, so that nothing of the machine's own system is touched or needed.
"""

import logging
import platform
import re
import shutil
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from store.server.errors import NotAvailableError, ServerError
from store.server.machine import cache_directory, prepared_once, run

logger = logging.getLogger(__name__)

SUITE = "trixie"
SERVER_PACKAGE = "postgresql-17"
CLIENT_PACKAGE = "postgresql-client-17"
EXTENSION_PACKAGE = "postgresql-17-timescaledb"
BINARIES = Path("usr/lib/postgresql/17/bin")
LIBRARIES = Path("usr/lib/x86_64-linux-gnu")
LINKER = LIBRARIES / "ld-linux-x86-64.so.2"
TREE_PREFIX = "timescaledb-"
SETTINGS_OF_APT = Path("/etc/apt")
# Big, and needed by just-in-time compilation (switched off) and PL/Perl alone.
UNUSED_LIBRARIES = ("libllvm", "libz3", "libperl")


@dataclass(frozen=True)
class Package:
    """One package as apt resolved it."""

    name: str
    version: str


def timescaledb_binaries() -> Path:
    """Directory of the server's programs in the cache, prepared at the first use by one process at a time.

    Raises NotAvailableError when this is no Debian on amd64, ServerError when fetching or unpacking fails.
    """
    cache = cache_directory()
    return prepared_once(cache, f"{TREE_PREFIX}*", lambda work: _prepare(cache, work)) / BINARIES


def obtainable() -> bool:
    """Whether the packages are in the cache already or this machine has what fetching them takes."""
    if any(cache_directory().glob(f"{TREE_PREFIX}*")):
        return True
    try:
        _require_debian()
        _patchelf()
    except ServerError:
        return False
    return True


def _require_debian() -> None:
    release = platform.freedesktop_os_release() if Path("/etc/os-release").is_file() else {}
    family = f"{release.get('ID', '')} {release.get('ID_LIKE', '')}".split()
    if "debian" not in family or platform.machine() != "x86_64":
        raise NotAvailableError(
            "TimescaleDB is fetched as packages on Debian for amd64 only; this is another system."
        )
    for program in ("apt-get", "dpkg"):
        if shutil.which(program) is None:
            raise NotAvailableError(
                f"TimescaleDB cannot be fetched as packages: the program {program} is missing."
            )


def _patchelf() -> str:
    program = shutil.which("patchelf", path=sysconfig.get_path("scripts")) or shutil.which("patchelf")
    if program is None:
        raise NotAvailableError(
            "TimescaleDB's packages cannot be used without patchelf; install this package's extra 'server'."
        )
    return program


def _prepare(cache: Path, work: Path) -> Path:
    _require_debian()
    patchelf = _patchelf()
    logger.info("Fetching TimescaleDB from the distribution's packages, once (about 40 MB) ...")
    apt = Apt(work)
    packages = apt.resolve()
    versions = {package.name: package.version for package in packages}
    tree = cache / f"{TREE_PREFIX}{versions[EXTENSION_PACKAGE]}-{SERVER_PACKAGE}-{versions[SERVER_PACKAGE]}"
    unpacked = work / "tree"
    for archive in apt.download(packages):
        run(["dpkg", "-x", archive, unpacked])
    programs = [path for path in (unpacked / BINARIES).iterdir() if path.read_bytes()[:4] == b"\x7fELF"]
    interpreter = ("--set-interpreter", tree / LINKER)
    # The older tag, RPATH, also holds for the libraries that the server loads later.
    libraries = ("--force-rpath", "--set-rpath", tree / LIBRARIES)
    run([patchelf, *interpreter, *libraries, *programs])
    unpacked.chmod(0o755)
    return unpacked.rename(tree)


class Apt:
    """apt with a directory of its own: the machine's mirror and proxy, none of its package state."""

    def __init__(self, work: Path) -> None:
        """Set up in `work`. Raises NotAvailableError when the machine's sources name no mirror to use."""
        self._work = work
        sources = work / "sources.list.d"
        archives = work / "archives"
        for directory in (sources, archives, work / "state/lists/partial", work / "cache/archives/partial"):
            directory.mkdir(parents=True)
        self._archives = archives
        (sources / "mirror.sources").write_text(mirror_source(SETTINGS_OF_APT))
        (work / "status").touch()
        self._configuration = work / "apt.conf"
        self._configuration.write_text(
            f'Dir::Etc::SourceList "-";\n'
            f'Dir::Etc::SourceParts "{sources}";\n'
            f'Dir::Etc::Preferences "-";\n'
            f'Dir::Etc::PreferencesParts "-";\n'
            f'Dir::State "{work / "state"}";\n'
            f'Dir::State::status "{work / "status"}";\n'
            f'Dir::Cache "{work / "cache"}";\n'
            'APT::Sandbox::User "root";\n'
            'APT::Install-Recommends "false";\n'
            'APT::Architecture "amd64";\n'
            'Acquire::Languages "none";\n'
            'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";\n'
            'Acquire::Retries "2";\n'
            'Acquire::http::Timeout "20";\n'
        )

    def resolve(self) -> list[Package]:
        """The server, the extension and every library that they load, with the mirror's newest versions."""
        self._run("update", "--error-on=any")
        plan = self._run("install", "--simulate", EXTENSION_PACKAGE, SERVER_PACKAGE)
        chosen = re.findall(r"^Inst (\S+) \((\S+) ", plan, re.MULTILINE)
        return [Package(name, version) for name, version in chosen if _is_needed(name)]

    def download(self, packages: list[Package]) -> list[Path]:
        """Fetch the packages, their signatures and sums checked by apt; the archives' paths."""
        self._run("download", *(f"{package.name}={package.version}" for package in packages))
        return sorted(self._archives.glob("*.deb"))

    def _run(self, *arguments: str) -> str:
        return run(
            ["apt-get", "-q", *arguments],
            cwd=self._archives,
            environment={"APT_CONFIG": str(self._configuration)},
            timeout=300,
        )


def _is_needed(package: str) -> bool:
    if package.startswith("lib"):
        return not package.startswith(UNUSED_LIBRARIES)
    return package in (SERVER_PACKAGE, CLIENT_PACKAGE, EXTENSION_PACKAGE)


def mirror_source(settings: Path) -> str:
    """The machine's own mirror as an apt source for the suite that has the packages.

    Reads both of apt's formats below `settings`. Raises NotAvailableError when none serves the distribution.
    """
    stanzas: list[dict[str, str]] = []
    for path in [settings / "sources.list", *sorted((settings / "sources.list.d").glob("*"))]:
        if path.is_file() and path.suffix == ".list":
            stanzas += _one_line_sources(path.read_text(errors="replace"))
        elif path.is_file() and path.suffix == ".sources":
            stanzas += _stanza_sources(path.read_text(errors="replace"))
    release = platform.freedesktop_os_release() if Path("/etc/os-release").is_file() else {}
    suites = {release.get("VERSION_CODENAME", SUITE), SUITE, "stable", "testing", "unstable"}
    for stanza in stanzas:
        if _serves(stanza, suites):
            kept = {
                key: value for key, value in stanza.items() if key not in ("Enabled", "Architectures", "Arch")
            }
            changed = kept | {"Types": "deb", "Suites": SUITE, "Components": "main"}
            return "".join(f"{key}: {value}\n" for key, value in changed.items())
    raise NotAvailableError("apt's sources on this machine name no mirror of the distribution.")


def _serves(stanza: dict[str, str], suites: set[str]) -> bool:
    return (
        "deb" in stanza.get("Types", "").split()
        and stanza.get("Enabled", "yes").lower() not in ("no", "false", "0")
        and not suites.isdisjoint(stanza.get("Suites", "").split())
        and "main" in stanza.get("Components", "").split()
        and not stanza.get("URIs", "cdrom:").startswith("cdrom:")
    )


def _stanza_sources(text: str) -> list[dict[str, str]]:
    stanzas = []
    without_comments = re.sub(r"^#.*\n?", "", text, flags=re.MULTILINE)
    for block in re.split(r"\n\s*\n", without_comments):
        fields = re.findall(r"^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)", block, re.MULTILINE)
        stanzas.append({key: value.rstrip() for key, value in fields})
    return stanzas


def _one_line_sources(text: str) -> list[dict[str, str]]:
    stanzas = []
    for line in text.splitlines():
        match = re.match(r"\s*(deb)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]*)", line)
        if match is None:
            continue
        kind, options, address, suite, components = match.groups()
        stanza = {"Types": kind, "URIs": address, "Suites": suite, "Components": components.strip()}
        for option in (options or "").split():
            name, _, value = option.partition("=")
            stanza[name.title()] = value
        stanzas.append(stanza)
    return stanzas
