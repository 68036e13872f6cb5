"""docker-compose.yml and what it mounts, without an engine: hardened, complete, nothing open by default."""

import configparser
import json
import os
import re
import shutil
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import jwt
import pytest
import yaml

from dashboards.local_stack import NOWHERE
from gespreksrapportage.__main__ import command_line
from reportgen.access.grafana import AUDIENCE, ISSUER, TOKEN_HEADER, grafana_at

ROOT = Path(__file__).parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("build")]
ONE_SHOT = {"migrate", "administrator"}
LONG_RUNNING = sorted(SERVICES.keys() - ONE_SHOT)
TAG = re.compile(r"[\w./-]+:v?\d+\.\d+[\w.-]*")

each_service = pytest.mark.parametrize("name", SERVICES)


def mounts(service: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Source, target and mode of every mount."""
    parts = [(*volume.split(":"), "rw")[:3] for volume in service.get("volumes", [])]
    return [(source, target, mode) for source, target, mode in parts]


@each_service
def test_images_are_pinned(name: str) -> None:
    image = SERVICES[name]["image"]
    assert TAG.fullmatch(image), image


def test_base_images_are_pinned() -> None:
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert bases
    assert all(TAG.fullmatch(base) for base in bases)


@each_service
def test_a_service_can_do_no_more_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "caddy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")
    assert not {"network_mode", "pid", "ipc", "devices"} & service.keys()
    assert not any("docker.sock" in source for source, _, _ in mounts(service))


@each_service
def test_a_service_cannot_eat_the_machine(name: str) -> None:
    service = SERVICES[name]
    limits = service["deploy"]["resources"]["limits"]
    assert limits["memory"]
    assert limits["cpus"]
    assert service["pids_limit"]
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}


def test_only_the_door_is_published() -> None:
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["caddy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    outside = {name for name, service in SERVICES.items() if "outside" in service["networks"]}
    assert outside == {"caddy", "exporter", "alertmanager", "grafana", "reportgen"}


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_a_long_running_service_tells_its_health(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@each_service
def test_a_service_waits_for_what_it_needs(name: str) -> None:
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        wanted = "service_completed_successfully" if needed in ONE_SHOT else "service_healthy"
        assert how == {"condition": wanted}
        assert needed in SERVICES


def test_every_program_of_ours_starts_after_the_migrations() -> None:
    waiting = {name for name, service in SERVICES.items() if "migrate" in service.get("depends_on", {})}
    assert {"exporter", "aggregator", "reportgen", "grafana", "administrator"} <= waiting


def test_the_portal_believes_the_door_alone() -> None:
    (proxy,) = re.findall(r"--proxy=(\S+)", " ".join(SERVICES["reportgen"]["command"]))
    assert proxy == SERVICES["caddy"]["networks"]["inside"]["ipv4_address"]


def test_secrets_are_files_and_none_is_in_the_repository() -> None:
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./provisioning/secrets/{name}"}
    tracked = subprocess.run(
        ["git", "ls-files", "provisioning/secrets", ".env"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert tracked.stdout == ""


@each_service
def test_no_secret_stands_in_the_environment(name: str) -> None:
    for variable, value in SERVICES[name].get("environment", {}).items():
        if re.search(r"PASSWORD|SECRET|TOKEN|DATABASE_URL", variable):
            assert "/run/secrets/" in value, variable


@each_service
def test_a_secret_is_given_to_who_uses_it_and_every_used_one_is_there(name: str) -> None:
    service = SERVICES[name]
    given = set(service.get("secrets", []))
    assert given <= COMPOSE["secrets"].keys()
    configuration = yaml.safe_dump(service)
    for source, _, _ in mounts(service):
        path = ROOT / source
        if source.startswith("./") and path.is_file():
            configuration += path.read_text(encoding="utf-8")
        elif source.startswith("./") and path.is_dir():
            configuration += "".join(file.read_text(encoding="utf-8") for file in path.glob("*.yml"))
    used = set(re.findall(r"/run/secrets/(\w+)", configuration))
    assert used <= given | {"_database_url"}


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_mounted_exists_and_cannot_be_changed(name: str) -> None:
    for source, target, mode in mounts(SERVICES[name]):
        if source.startswith("./"):
            assert mode == "ro", target
            assert (ROOT / source).exists() or source == "./provisioning/organisation"
        else:
            assert source in COMPOSE["volumes"]


def test_every_variable_without_a_default_refuses_to_start() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    used = re.findall(r"(?<!\$)\$\{(\w+)(:[?-][^}]*)?\}", text)
    refusing = {name for name, how in used if how.startswith(":?")}
    optional = {name for name, how in used if how.startswith(":-")}
    assert {name for name, _ in used} == refusing | optional
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^(\w+)=", example, re.MULTILINE)) == refusing | optional


@pytest.mark.parametrize("name", OURS)
def test_our_programs_know_their_arguments(name: str) -> None:
    arguments = [re.sub(r"\$\{[^}]*\}", "1", each) for each in SERVICES[name]["command"]]
    if arguments == ["--help"]:
        return
    understood(command_line, arguments)


def understood(command: click.Command, arguments: list[str]) -> None:
    """Reads the arguments as the command line would, without running anything.

    Raises:
        click.UsageError: an argument is not known, or one is missing.
    """
    context = command.make_context(command.name, arguments)
    if isinstance(command, click.Group):
        name, sub_command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert sub_command is not None, name
        understood(sub_command, rest)


def test_metrics_are_scraped_where_they_are_served() -> None:
    groups = yaml.safe_load(
        (ROOT / "provisioning/prometheus/targets/services.yml").read_text(encoding="utf-8")
    )
    targets = {group["labels"]["service"]: group["targets"] for group in groups}
    for name in ("exporter", "aggregator", "provisioner"):
        port = next(each for each in SERVICES[name]["command"] if each.startswith("--metrics-port=")).split(
            "="
        )[1]
        assert targets[name] == [f"{name}:{port}"]
        assert re.search(f":{port}/(healthz|metrics)", SERVICES[name]["healthcheck"]["test"][-1])


def test_generated_secrets_are_what_compose_asks_for(tmp_path: Path) -> None:
    shutil.copy(ROOT / "provisioning" / "generate-secrets", tmp_path)
    command = [str(tmp_path / "generate-secrets")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "secrets").iterdir()}
    by_hand = set(re.findall(r"still to write: \S*/(\w+)", told.stderr))
    assert made.keys() | by_hand == COMPOSE["secrets"].keys()
    assert not made.keys() & by_hand
    keys = {name: made.pop(name) for name in ("grafana_portal_key", "grafana_portal_public_key")}
    assert vouched(keys["grafana_portal_key"], keys["grafana_portal_public_key"])
    passwords = [re.findall(r"[0-9a-f]{48}", text) for text in made.values()]
    assert all(len(found) == 1 for found in passwords)
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert made["database_password"] in made["administrator_database_url"]
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert again.stdout == ""
    kept = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "secrets").iterdir()}
    assert kept == made | keys


def vouched(private: str, public: str) -> bool:
    """Whether what the portal signs with the one key is true by the other."""
    grafana = grafana_at("http://grafana:3000/grafana", private.encode())
    token = grafana.token("account-7", datetime.now(UTC))
    claims = jwt.decode(token, public, ["ES256"], audience="grafana", issuer="gespreksrapportage")
    return bool(claims["sub"] == "account-7" and claims["exp"] - claims["iat"] == 60)


def test_grafana_expects_what_the_portal_says() -> None:
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(ROOT / "provisioning/grafana/grafana.ini")
    section = settings["auth.jwt"]
    assert section["header_name"] == TOKEN_HEADER
    assert json.loads(section["expect_claims"]) == {"iss": ISSUER, "aud": AUDIENCE}
    assert (section["auto_sign_up"], section["skip_org_role_sync"]) == ("false", "true")
    assert settings["auth.anonymous"]["enabled"] == "false"


@pytest.mark.parametrize(
    "part",
    [
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "request_header -X-JWT-Assertion",
        "forward_auth",
    ],
)
def test_the_door_sets_its_headers(part: str) -> None:
    assert part in (ROOT / "provisioning/caddy/Caddyfile").read_text(encoding="utf-8")


def test_grafana_has_plain_http_to_prometheus_alone() -> None:
    environment = SERVICES["grafana"]["environment"]
    assert environment["HTTP_PROXY"] == NOWHERE
    assert environment["NO_PROXY"] == urlsplit(environment["GRAFANA_PROMETHEUS_URL"]).hostname
    assert not {"HTTPS_PROXY", "https_proxy", "no_proxy"} & environment.keys()
    assert "http_proxy" not in environment, "the health check's wget reads that one"


def test_compose_itself_agrees() -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], check=False).returncode:
        pytest.skip("docker's compose plug-in is not installed here")
    incomplete = {**os.environ, "DOMAIN": "example.org", "ACME_EMAIL": "a@example.org", "AMI_USER": "u"}
    command = [docker, "compose", "config", "--quiet"]
    assert subprocess.run(command, cwd=ROOT, env=incomplete, check=False).returncode != 0
    complete = {**incomplete, "TENANT": "acme", "PBX": "main", "AMI_HOST": "pbx.example.org"}
    complete |= {"SMTP_HOST": "mail.example.org:587", "SMTP_USER": "u", "SMTP_FROM": "u@example.org"}
    subprocess.run(command, cwd=ROOT, env=complete, check=True)


def test_caddy_itself_agrees() -> None:
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("caddy is not installed here")
    environment = {**os.environ, "DOMAIN": "example.org", "ACME_EMAIL": "a@example.org"}
    subprocess.run(
        [caddy, "validate", "--config", str(ROOT / "provisioning/caddy/Caddyfile"), "--adapter", "caddyfile"],
        env=environment,
        check=True,
    )
