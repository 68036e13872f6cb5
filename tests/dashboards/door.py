"""The whole way in: a real Caddy with the product's Caddyfile, the portal, and a real Grafana behind them."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from dashboards.local_stack import PROVISIONING, free_port

START_SECONDS = 30


def new_key() -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


def private_pem(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def jwt_settings(directory: Path, key: EllipticCurvePrivateKey) -> dict[str, str]:
    """Grafana's settings, with which it knows the portal by its public key."""
    public = directory / "portal-public-key"
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return {"GF_AUTH_JWT_ENABLED": "true", "GF_AUTH_JWT_KEY_FILE": str(public)}


@contextmanager
def door(directory: Path, portal: str, grafana: str) -> Iterator[str]:
    """Caddy in front of two addresses (host:port); gives where browsers come in."""
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("caddy is not installed here")
    port = free_port()
    environment = {
        **os.environ,
        "DOMAIN": f"http://127.0.0.1:{port}",
        "ACME_EMAIL": "a@example.org",
        "PORTAL_ADDRESS": portal,
        "GRAFANA_ADDRESS": grafana,
        "CADDY_ADMIN": f"127.0.0.1:{free_port()}",
        "XDG_DATA_HOME": str(directory / "caddy"),
        "XDG_CONFIG_HOME": str(directory / "caddy"),
    }
    with (directory / "caddy.log").open("wb") as log:
        process = subprocess.Popen(
            [caddy, "run", "--config", str(PROVISIONING / "caddy" / "Caddyfile"), "--adapter", "caddyfile"],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/sign-in", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            if httpx.get(url, timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        assert process.poll() is None, "Caddy has ended"
        assert time.monotonic() < deadline, "Caddy does not answer"
        time.sleep(0.1)
