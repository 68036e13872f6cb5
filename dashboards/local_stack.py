"""Prometheus and Grafana on this machine, from the same files as the containers: for the demo and the tests.

Neither is installed by us: a program that is there is used (`find_prometheus`, `find_grafana`). Both listen
on the loopback address alone and keep everything, generated secrets too, in the directory they are given.
"""

import http.client
import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from psycopg.conninfo import conninfo_to_dict

from dashboards.board import link_to
from store.errors import UserError

PROVISIONING = Path(__file__).parent.parent / "provisioning"
LOOPBACK = "127.0.0.1"
START_SECONDS = 120
"""Grafana's first start makes its own database, which takes long on a busy machine."""
STOP_SECONDS = 15
NOWHERE = "http://127.0.0.1:9"
"""Grafana's proxy for plain HTTP, as in docker-compose.yml: no webhook leads it to a service inside."""
GRAFANA_PACKAGE_HOME = Path("/usr/share/grafana")


@dataclass(frozen=True)
class Service:
    """A program that answers."""

    name: str
    process: subprocess.Popen[bytes]
    url: str
    """Without a slash at the end."""
    log: Path

    def stop(self) -> None:
        """Ends the program, by force when it does not end by itself."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass(frozen=True)
class Grafana(Service):
    admin_password: str
    """Of the login "admin", who belongs to the operator's organisation."""

    def board_url(self, uid: str) -> str:
        """Address of a board for a big screen."""
        return f"{self.url}/d/{uid}?kiosk"


def find_prometheus() -> Path | None:
    """The program `prometheus`, if it is installed."""
    found = shutil.which("prometheus")
    return Path(found) if found else None


def find_grafana() -> tuple[Path, Path] | None:
    """Program and home directory of Grafana, if it is installed: GRAFANA_HOME, else `grafana` on the PATH.

    Raises:
        UserError: GRAFANA_HOME names a directory without Grafana.
    """
    if named := os.environ.get("GRAFANA_HOME"):
        home = Path(named)
        program = home / "bin" / "grafana"
        if not program.is_file():
            raise UserError(f"GRAFANA_HOME is {named}, but there is no bin/grafana in that directory.")
        return program, home
    found = shutil.which("grafana")
    if found and GRAFANA_PACKAGE_HOME.is_dir():
        return Path(found), GRAFANA_PACKAGE_HOME
    return None


def start_prometheus(directory: Path, targets: Mapping[str, str], port: int = 0) -> Service:
    """Starts Prometheus with the product's rules and waits until it answers.

    `targets` is service → host:port of its metrics; with port 0 a free one is taken.

    Raises:
        UserError: Prometheus is not installed or does not start.
    """
    program = find_prometheus()
    if program is None:
        raise UserError("Prometheus is not installed on this machine.")
    _require_provisioning()
    port = port or free_port()
    configuration = _prometheus_configuration(directory, targets)
    command = [
        str(program),
        f"--config.file={configuration}",
        f"--storage.tsdb.path={directory / 'data'}",
        f"--web.listen-address={LOOPBACK}:{port}",
    ]
    process = _started(command, directory / "prometheus.log", os.environ)
    service = Service("Prometheus", process, f"http://{LOOPBACK}:{port}", directory / "prometheus.log")
    _wait_until_it_answers(service, port, "/-/ready")
    return service


def start_grafana(
    directory: Path,
    viewer_database_url: str,
    prometheus_url: str = "",
    port: int = 0,
    settings: Mapping[str, str] | None = None,
    portal_url: str = "",
) -> Grafana:
    """Starts Grafana with the product's boards and waits until it answers.

    `viewer_database_url` is that of a tenant's viewer login (`store.login.create_login`). A
    directory that was used before keeps its users and its admin password. `settings` are further
    ones of Grafana's own (GF_<SECTION>_<KEY>). `portal_url` is where links on the boards lead to when the
    portal is not on Grafana's own host, behind one door.

    Raises:
        UserError: Grafana is not installed or does not start.
    """
    installation = find_grafana()
    if installation is None:
        raise UserError("Grafana is not installed on this machine; GRAFANA_HOME may name its directory.")
    program, home = installation
    _require_provisioning()
    port = port or free_port()
    (directory / "plugins").mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        **_grafana_settings(directory, port, portal_url),
        **_grafana_data_sources(directory, viewer_database_url, prometheus_url),
        **(settings or {}),
    }
    command = [
        str(program),
        "server",
        f"--homepath={home}",
        f"--config={PROVISIONING / 'grafana' / 'grafana.ini'}",
    ]
    process = _started(command, directory / "grafana.log", environment)
    password = (directory / "admin-password").read_text(encoding="utf-8")
    grafana = Grafana(
        "Grafana", process, f"http://{LOOPBACK}:{port}/grafana", directory / "grafana.log", password
    )
    _wait_until_it_answers(grafana, port, "/grafana/api/health")
    return grafana


def free_port() -> int:
    """A port of the loopback address that nothing listens on now."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _require_provisioning() -> None:
    if not PROVISIONING.is_dir():
        raise UserError(
            "The files that set up Prometheus and Grafana (provisioning/) come with the repository only: "
            "run this from a copy of it."
        )


def _prometheus_configuration(directory: Path, targets: Mapping[str, str]) -> Path:
    shutil.copytree(PROVISIONING / "prometheus", directory / "configuration", dirs_exist_ok=True)
    groups = [{"targets": [address], "labels": {"service": service}} for service, address in targets.items()]
    folder = directory / "configuration" / "targets"
    (folder / "services.yml").write_text(yaml.safe_dump(groups), encoding="utf-8")
    (folder / "alertmanagers.yml").write_text("[]\n", encoding="utf-8")
    return directory / "configuration" / "prometheus.yml"


def _grafana_settings(directory: Path, port: int, portal_url: str) -> dict[str, str]:
    return {
        "GF_PATHS_DATA": str(directory / "data"),
        "GF_PATHS_LOGS": str(directory / "logs"),
        "GF_PATHS_PLUGINS": str(directory / "plugins"),
        "GF_PATHS_PROVISIONING": str(_grafana_provisioning(directory, portal_url)),
        "GF_SERVER_HTTP_ADDR": LOOPBACK,
        "GF_SERVER_HTTP_PORT": str(port),
        "GF_SERVER_DOMAIN": LOOPBACK,
        # Without TLS a browser would not send a secure cookie back.
        "GF_SECURITY_COOKIE_SECURE": "false",
        "HTTP_PROXY": NOWHERE,
        "GF_SECURITY_ADMIN_PASSWORD": f"$__file{{{_secret(directory / 'admin-password')}}}",
        "GF_SECURITY_SECRET_KEY": f"$__file{{{_secret(directory / 'secret-key')}}}",
    }


def _grafana_provisioning(directory: Path, portal_url: str) -> Path:
    """The product's files, and with them the tenant's: here the operator is the tenant."""
    folder = directory / "provisioning"
    for name in ("grafana", "grafana-of-one-tenant"):
        shutil.copytree(PROVISIONING / name, folder, dirs_exist_ok=True)
    for file in folder.glob("dashboards/**/*.json"):
        board = json.loads(file.read_text(encoding="utf-8"))
        link_to(board, portal_url)
        file.write_text(json.dumps(board, ensure_ascii=False), encoding="utf-8")
    return folder


def _grafana_data_sources(directory: Path, viewer_database_url: str, prometheus_url: str) -> dict[str, str]:
    database = conninfo_to_dict(viewer_database_url)
    password = directory / "database-password"
    _write_private(password, str(database.get("password") or ""))
    return {
        "GRAFANA_DATABASE_ADDRESS": f"{database['host']}:{database.get('port', 5432)}",
        "GRAFANA_DATABASE_NAME": str(database["dbname"]),
        "GRAFANA_DATABASE_LOGIN": str(database["user"]),
        "GRAFANA_DATABASE_PASSWORD": f"$__file{{{password}}}",
        "GRAFANA_DATABASE_SSLMODE": str(database.get("sslmode", "disable")),
        "GRAFANA_PROMETHEUS_URL": prometheus_url,
    }


def _secret(path: Path) -> Path:
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(24))
    return path


def _write_private(path: Path, content: str) -> None:
    path.touch(mode=0o600)
    path.write_text(content, encoding="utf-8")


def _started(command: list[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        return subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment)


def _wait_until_it_answers(service: Service, port: int, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port, path):
        if service.process.poll() is not None or time.monotonic() > deadline:
            service.stop()
            last = service.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            reason = " ".join(last) or "it says nothing"
            raise UserError(f"{service.name} does not start: {reason} ({service.log}).")
        time.sleep(0.2)


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
