"""The ways to a database server, on real servers."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from store.server import (
    DatabaseServer,
    Kind,
    ServerError,
    available_kinds,
    cluster,
    debian,
    ladder,
    start_server,
)
from store.server.cluster import Cluster
from store.server.machine import prepared_once


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    """A data directory that no server uses afterwards and of which nothing is left."""
    directory = tmp_path / "data"
    yield directory
    if record := Cluster(directory).record():
        start_server(directory, kinds=[kind for kind in ladder.KINDS if kind == record.kind]).discard()


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache that every account can reach."""
    directory = Path(tempfile.mkdtemp())
    directory.chmod(0o755)
    monkeypatch.setenv("XDG_CACHE_HOME", str(directory))
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(autouse=True)
def no_given_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def plain(directory: Path) -> Iterator[DatabaseServer]:
    with start_server(directory, kinds=["plain"], durable=False) as server:
        yield server


def answer(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def kind_under_test(database_kind: str) -> Kind:
    kind: Kind = "timescaledb" if database_kind == "timescaledb" else "plain"
    if kind not in available_kinds():
        pytest.skip(f"No server of the kind {kind} can be had on this machine.")
    return kind


def test_a_stopped_server_goes_on_with_its_data(directory: Path, database_kind: str) -> None:
    kind = kind_under_test(database_kind)
    with start_server(directory, kinds=[kind], durable=False) as server:
        assert server.kind == kind
        assert server.has_timescaledb() == (kind == "timescaledb")
        url = server.ensure_database("calls")
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE call AS SELECT 3 AS calls")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    with start_server(directory, durable=False) as server:
        assert server.kind == kind
        assert answer(server.ensure_database("calls"), "SELECT calls FROM call") == 3


def test_a_server_has_utc_and_code_point_order_and_knows_local_time(plain: DatabaseServer) -> None:
    assert answer(plain.url(), "SHOW timezone") == "UTC"
    assert answer(plain.url(), "SELECT 'Z' < 'a' AND 'z' < 'é'") is True
    local = "SELECT to_char(timestamptz '2026-07-01 12:00Z' AT TIME ZONE 'Europe/Amsterdam', 'HH24:MI')"
    assert answer(plain.url(), local) == "14:00"


def test_only_the_password_opens_a_server(plain: DatabaseServer, directory: Path) -> None:
    record = Cluster(directory).record()
    assert record is not None
    url = plain.url()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(record.password, "postgres"))
    assert (directory / "server.json").stat().st_mode & 0o077 == 0
    assert record.password not in plain.description


def test_a_server_listens_on_the_loopback_address_alone(plain: DatabaseServer) -> None:
    assert answer(plain.url(), "SHOW listen_addresses") == "127.0.0.1"
    assert answer(plain.url(), "SHOW unix_socket_directories") == ""


@pytest.mark.parametrize("durable", [True, False])
def test_durability_is_as_asked(directory: Path, durable: bool) -> None:
    with start_server(directory, kinds=["plain"], durable=durable) as server:
        assert answer(server.url(), "SHOW fsync") == ("on" if durable else "off")


def test_a_server_starts_where_shared_memory_is_missing(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SHARED_MEMORY", directory / "missing")
    with start_server(directory, kinds=["plain"], durable=False) as server:
        assert answer(server.url(), "SHOW dynamic_shared_memory_type") == "mmap"


def test_a_running_server_is_shared_and_the_last_user_stops_it(directory: Path) -> None:
    first = start_server(directory, kinds=["plain"], durable=False)
    second = start_server(directory, kinds=["plain"], durable=False)
    assert second.url() == first.url()
    first.stop()
    first.stop()
    assert answer(second.url(), "SELECT 1") == 1
    second.stop()
    assert not Cluster(directory).is_running()


def test_a_killed_user_leaves_no_server_behind(directory: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from store.server import start_server;"
        "server = start_server(Path(sys.argv[1]), kinds=['plain'], durable=False);"
        "print(server.url(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, directory], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as user:
        assert user.stdout is not None
        url = user.stdout.readline().strip()
        with psycopg.connect(url) as connection:
            os.kill(user.pid, signal.SIGKILL)
            # The server ends this session when it stops; the query outlasts every sensible delay.
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT pg_sleep(120)")


def test_a_directory_keeps_its_kind(directory: Path) -> None:
    start_server(directory, kinds=["plain"], durable=False).stop()
    with pytest.raises(ServerError, match="of the kind plain, but timescaledb was asked for"):
        start_server(directory, kinds=["timescaledb"])


def test_a_directory_whose_record_is_lost_is_not_overwritten(plain: DatabaseServer, directory: Path) -> None:
    record = directory / "server.json"
    aside = record.rename(directory / "aside.json")
    with pytest.raises(ServerError, match=r"no server\.json; restore that file"):
        start_server(directory, kinds=["plain"])
    aside.rename(record)


def test_the_server_says_why_it_does_not_start(directory: Path) -> None:
    start_server(directory, kinds=["plain"], durable=False).stop()
    version = Cluster(directory).files / "PG_VERSION"
    original = version.read_text()
    version.write_text("11\n")
    with pytest.raises(ServerError, match=r"does not start .* incompatible"):
        start_server(directory, kinds=["plain"])
    version.write_text(original)


def test_a_given_database_is_used_as_it_is(
    plain: DatabaseServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = plain.create_database("given") + "?application_name=given"
    monkeypatch.setenv("DATABASE_URL", given)
    with start_server(tmp_path / "unused") as server:
        assert server.kind == "given"
        assert server.url() == given
        assert server.ensure_database("calls") == given
        assert answer(
            server.url("postgres"), "SELECT current_database() || current_setting('application_name')"
        ) == ("postgresgiven")
    assert answer(given, "SELECT 1") == 1
    assert not (tmp_path / "unused").exists()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("host=127.0.0.1 dbname=calls", "must be a URL of the form postgresql://"),
        ("postgresql://user:geheim@127.0.0.1:1/calls", "does not answer: .*refused"),
    ],
)
def test_a_given_database_that_does_not_answer_is_not_replaced_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, reason: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ServerError, match=f"DATABASE_URL {reason}") as caught:
        start_server(tmp_path)
    assert "geheim" not in str(caught.value)


def test_a_way_that_fails_says_why_and_the_next_is_taken(
    directory: Path,
    cache: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("TIMESCALEDB_BIN", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    caplog.set_level(logging.INFO)
    with start_server(directory, durable=False) as server:
        assert server.kind == "plain"
        named, packaged, taken = [
            record.message for record in caplog.records if record.name == ladder.__name__
        ]
    assert named == f"TIMESCALEDB_BIN is {tmp_path}, but there is no 'postgres' in that directory."
    assert packaged.startswith("TimescaleDB ")
    assert taken == f"Database: {server.description}."


def test_every_way_failing_names_the_reasons(
    directory: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMESCALEDB_BIN", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        ServerError, match=r"No database server can be started: TIMESCALEDB_BIN is .* TimescaleDB "
    ):
        start_server(directory, kinds=["timescaledb"])


PREPARE = """
import sys
from pathlib import Path
from store.server.machine import prepared_once

cache, begun = Path(sys.argv[1]), Path(sys.argv[2])

def prepare(work):
    with begun.open("a") as file:
        file.write("begun\\n")
    tree = work / "tree"
    tree.mkdir()
    for number in range(200):
        (tree / f"part-{number}").write_text("part")
    return tree.rename(cache / "tree-1")

print(len(list(prepared_once(cache, "tree-*", prepare).iterdir())))
"""


def test_processes_that_prepare_at_once_share_one_whole_preparation(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    begun = tmp_path / "begun"
    command = [sys.executable, "-c", PREPARE, str(cache), str(begun)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate()[0].strip() for process in processes] == ["200"] * 4
    assert begun.read_text() == "begun\n"


def test_a_failed_preparation_leaves_nothing_and_is_tried_again(tmp_path: Path) -> None:
    def fail(work: Path) -> Path:
        (work / "part").touch()
        raise ServerError("The mirror does not answer.")

    def succeed(work: Path) -> Path:
        (work / "tree").mkdir()
        return (work / "tree").rename(tmp_path / "tree-1")

    with pytest.raises(ServerError, match="mirror"):
        prepared_once(tmp_path, "tree-*", fail)
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
    assert prepared_once(tmp_path, "tree-*", succeed) == tmp_path / "tree-1"


STANZAS = """\
# the distribution
Types: deb deb-src
URIs: http://mirror.example/debian
# Suites: nothing
Suites: bookworm stable
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
 -----END PGP PUBLIC KEY BLOCK-----
"""
OTHERS = """\
deb cdrom:[Debian 12]/ stable main
deb-src http://sources.example/debian stable main
deb https://packages.example/tools stable tools
"""


def write_sources(directory: Path, name: str, text: str) -> None:
    path = directory / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_the_mirror_and_its_key_come_from_the_machines_sources(tmp_path: Path) -> None:
    write_sources(tmp_path, "sources.list", OTHERS)
    write_sources(tmp_path, "sources.list.d/first.sources", STANZAS.replace("URIs", "Enabled: no\nURIs"))
    write_sources(tmp_path, "sources.list.d/second.sources", "Types: deb\n\n" + STANZAS)
    source = debian.mirror_source(tmp_path)
    assert "URIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\n" in source
    assert "Signed-By: \n -----BEGIN PGP" in source.replace("By:\n", "By: \n")
    assert source.endswith(" abc\n -----END PGP PUBLIC KEY BLOCK-----\n")


def test_one_line_sources_are_understood(tmp_path: Path) -> None:
    options = "[arch=amd64 signed-by=/usr/share/keyrings/archive.gpg]"
    line = f"deb {options} https://mirror.example/debian stable main # ours\n"
    write_sources(tmp_path, "sources.list", OTHERS + line)
    assert set(debian.mirror_source(tmp_path).splitlines()) == {
        "Types: deb",
        "URIs: https://mirror.example/debian",
        "Suites: trixie",
        "Components: main",
        "Signed-By: /usr/share/keyrings/archive.gpg",
    }


def test_a_machine_without_a_mirror_says_so(tmp_path: Path) -> None:
    write_sources(tmp_path, "sources.list", OTHERS)
    with pytest.raises(ServerError, match="name no mirror"):
        debian.mirror_source(tmp_path)


def test_a_mirror_that_does_not_answer_is_one_sentence(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not debian.obtainable():
        pytest.skip("Packages are fetched on Debian for amd64 only.")
    write_sources(tmp_path, "sources.list", f"deb [trusted=yes] file:{tmp_path}/missing stable main\n")
    monkeypatch.setattr(debian, "SETTINGS_OF_APT", tmp_path)
    with pytest.raises(ServerError, match="apt-get failed") as caught:
        debian.timescaledb_binaries()
    assert "\n" not in str(caught.value)
    assert [path.name for path in (cache / "gespreksrapportage").iterdir()] == ["lock"]
