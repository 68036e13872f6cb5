"""An OpenID Connect provider in a process of its own, with the rules that matter to whoever relies on one.

`python -m tests.access.oidc_provider` prints its address and serves until its input ends. Who signs in,
and what is wrong with the tokens, is told to it at /test.
"""

import base64
import hashlib
import hmac
import json
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import unquote, urlencode

import httpx
import jwt
import uvicorn
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import Body, Depends, FastAPI, Form, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials

CLIENT_ID, CLIENT_SECRET = "portal of acme", "s3cret: with a colon & more"
KEY_NAME = "the key"


@dataclass
class _Granted:
    """What a code stands for."""

    redirect_uri: str
    challenge: str
    nonce: str


class _Rules:
    """What the provider does, and what it was told to do otherwise."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.granted: dict[str, _Granted] = {}
        self.told: dict[str, Any] = {}
        self.access_token = ""
        self.asked_userinfo = 0

    def tell(self, how: Annotated[dict[str, Any], Body()]) -> None:
        """claims: of the ID token, over the right ones; signed: wrongly; discovery and userinfo: the same."""
        self.told = how

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            **self.told.get("discovery", {}),
        }

    def authorize(self, request: Request) -> RedirectResponse:
        asked = request.query_params
        right = (
            asked["response_type"] == "code"
            and asked["client_id"] == CLIENT_ID
            and asked["code_challenge_method"] == "S256"
            and "openid" in asked["scope"].split()
        )
        if not right:
            raise HTTPException(400)
        if self.told.get("denied"):
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(16)
            self.granted[code] = _Granted(asked["redirect_uri"], asked["code_challenge"], asked["nonce"])
            answer = {"code": code, "state": asked["state"], "iss": self.told.get("iss", self.issuer)}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 302)

    def token(
        self,
        code: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()],
        client: Annotated[HTTPBasicCredentials | None, Depends(HTTPBasic(auto_error=False))],
        client_id: Annotated[str, Form()] = "",
        client_secret: Annotated[str, Form()] = "",
    ) -> JSONResponse:
        given = (client_id, client_secret)
        if "token_endpoint_auth_methods_supported" not in self.told.get("discovery", {}):
            # What every client may do, and a provider must name when it does not take it.
            given = (unquote(client.username), unquote(client.password)) if client else ("", "")
        if given != (CLIENT_ID, CLIENT_SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        found = self.granted.pop(code, None)
        digest = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest())
        challenge = digest.rstrip(b"=").decode()
        if found is None or found.redirect_uri != redirect_uri or found.challenge != challenge:
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.access_token = secrets.token_urlsafe(16)
        answer = {
            "access_token": self.told.get("access_token", self.access_token),
            "token_type": "Bearer",
            "id_token": self.id_token(found.nonce),
        }
        return JSONResponse(answer)

    def userinfo(self, request: Request) -> JSONResponse:
        self.asked_userinfo += 1
        if request.headers.get("authorization") != f"Bearer {self.access_token}":
            return JSONResponse({"error": "invalid_token"}, 401)
        right = {"sub": self.told.get("claims", {}).get("sub")}
        return JSONResponse({**right, **self.told.get("userinfo", {})}, self.told.get("status", 200))

    def asked(self) -> int:
        """How often userinfo was asked for."""
        return self.asked_userinfo

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce}
        claims = {**right, **self.told.get("claims", {})}
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"kid": KEY_NAME}
        match self.told.get("signed"):
            case "not at all":
                return jwt.encode(claims, None, "none", header)  # type: ignore[arg-type]
            case "with the public key as a secret":
                return _hmac_token(claims, _pem(self.key), header)
            case "with another key":
                other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
                return jwt.encode(claims, other, "RS256", header)
            case _:
                return jwt.encode(claims, self.key, "RS256", header)

    def jwks(self) -> dict[str, Any]:
        shown = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        right = {**shown, "kid": KEY_NAME, "use": "sig", **self.told.get("key", {})}
        return {"keys": [right], **self.told.get("jwks", {})}


def provider_app(issuer: str) -> FastAPI:
    rules = _Rules(issuer)
    app = FastAPI()
    app.add_api_route("/test", rules.tell, methods=["POST"])
    app.add_api_route("/.well-known/openid-configuration", rules.discovery)
    app.add_api_route("/authorize", rules.authorize)
    app.add_api_route("/token", rules.token, methods=["POST"])
    app.add_api_route("/jwks", rules.jwks)
    app.add_api_route("/userinfo", rules.userinfo)
    app.add_api_route("/test/userinfo", rules.asked)
    return app


def _pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _hmac_token(claims: dict[str, Any], secret: bytes, header: dict[str, str]) -> str:
    """Made by hand: the library refuses to sign with such a key."""

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    told = [{"alg": "HS256", "typ": "JWT", **header}, claims]
    signed = ".".join(part(json.dumps(each).encode()) for each in told)
    return f"{signed}.{part(hmac.digest(secret, signed.encode(), 'sha256'))}"


@dataclass
class Provider:
    issuer: str
    process: subprocess.Popen[str]

    def tell(self, **how: Any) -> None:
        httpx.post(
            f"{self.issuer}/test",
            # Escaped, so that half a character can be told too.
            content=json.dumps(how),
            headers={"Content-Type": "application/json"},
            timeout=30,
        ).raise_for_status()

    def asked_userinfo(self) -> int:
        """How often."""
        return int(httpx.get(f"{self.issuer}/test/userinfo", timeout=30).text)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@contextmanager
def provider_process() -> Iterator[Provider]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.access.oidc_provider"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Provider(process.stdout.readline().strip(), process)
    finally:
        process.stdin.close()
        process.terminate()
        process.wait(30)
        process.stdout.close()


def main() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    issuer = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(provider_app(issuer), log_config=None))

    def until_input_ends() -> None:
        sys.stdin.read()
        server.should_exit = True

    threading.Thread(target=until_input_ends, daemon=True).start()
    # The socket listens already: a request waits until the server takes it.
    sys.stdout.write(f"{issuer}\n")
    sys.stdout.flush()
    server.run([listening])


if __name__ == "__main__":
    main()
