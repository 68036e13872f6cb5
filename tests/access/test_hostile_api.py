"""Whatever the API describes and the portal posts, now and later: nothing of others, nothing unasked."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest
import requests
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from psycopg import sql

from reportgen.access.tokens import Tokens, create_token
from reportgen.web.app import create_app
from store.connect import Connection, connect
from store.login import create_login
from tests.access.test_hostile import ADMINISTRATOR, NOW, SUPERVISOR, THEIRS, USER, sign_in, world
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

__all__ = ["world"]

PUBLIC = {"/healthz", "/metrics"}
"""Described, and open to all: they tell nothing of a tenant."""
DOORS = {"/language", "/sign-in", "/password", "/password/{link}"}
"""Forms before there is a session; browsers say that they come from here."""
ADMINISTRATORS_ALONE = ("/api/v1/configuration", "/api/v1/users", "/api/v1/tokens", "/api/v1/scopes")
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
def app(database: Database, world: TenantBuilder, role_names: RoleNames) -> FastAPI:
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    return create_app(url, clock=lambda: NOW)


@pytest.fixture
def client(app: FastAPI) -> Iterator[httpx.Client]:
    with served(app) as client:
        yield client


def token_of(administrator: Connection, tenant: TenantBuilder, account: str) -> dict[str, str]:
    with administrator.transaction():
        token = Tokens(administrator, tenant.tenant_id).create("x", 1, account=account)
    return {"Authorization": f"Bearer {token}"}


def operations(app: FastAPI) -> list[Operation]:
    return [
        (path, method, described)
        for path, methods in app.openapi()["paths"].items()
        for method, described in methods.items()
    ]


def filled(app: FastAPI, operation: Operation, value: str) -> httpx.Request:
    """A request for an operation that names `value` wherever it takes a text."""
    path, method, described = operation
    query: dict[str, Any] = {}
    for parameter in described.get("parameters", ()):
        wanted = example(app, parameter["schema"], value, parameter["name"])
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(wanted))
        elif parameter["in"] == "query" and wanted is not None:
            query[parameter["name"]] = wanted
    body = described.get("requestBody", {}).get("content", {})
    options: dict[str, Any] = {}
    if "application/json" in body:
        options["json"] = example(app, body["application/json"]["schema"], value, "")
    elif "text/csv" in body:
        options = {"content": f"reference;name\n{value};{value}\n", "headers": {"Content-Type": "text/csv"}}
    return httpx.Request(method, f"http://host{path}", params=query, **options)


FIXED = {"slug": "calls-by-date", "form": "json", "kind": "persons", "period": "last-month", "fields": None}


def example(app: FastAPI, schema: dict[str, Any], value: str, name: str) -> Any:
    """A value that a schema allows, with `value` as its texts."""
    if "$ref" in schema:
        schema = app.openapi()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return example(app, schema[choice][0], value, name)
    if "enum" in schema:
        return FIXED.get(name) if FIXED.get(name) in schema["enum"] else schema["enum"][0]
    if name == "fields":
        return {"reference": value, "name": value}
    return example_of_type(app, schema, value, name)


def example_of_type(app: FastAPI, schema: dict[str, Any], value: str, name: str) -> Any:
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            return {each: example(app, inner, value, each) for each, inner in properties.items()}
        case "array":
            return [example(app, schema["items"], value, name)]
        case "integer":
            return 1
        case "boolean":
            return False
        case "string" if schema.get("format") == "date" or name in ("from", "to", "last_day"):
            return "2026-10-01"
        case _:
            return FIXED.get(name) or value


def is_told(answer: httpx.Response) -> bool:
    """Whether the service knows what it says; that no Grafana is beside it is an answer too."""
    return answer.status_code < 500 or "problem:grafana-unavailable" in answer.text


def sent(client: httpx.Client, request: httpx.Request, headers: dict[str, str]) -> httpx.Response:
    url = client.base_url.copy_with(raw_path=request.url.raw_path)
    return client.request(request.method, url, content=request.read(), headers={**_kept(request), **headers})


def _kept(request: httpx.Request) -> dict[str, str]:
    return {"Content-Type": request.headers["content-type"]} if "content-type" in request.headers else {}


def test_without_proof_of_who_asks_every_operation_answers_nothing(
    app: FastAPI, client: httpx.Client, administrator: Connection, owner: psycopg.Connection
) -> None:
    expired = create_token(administrator, "acme", name="expired", days=1)
    owner.execute("UPDATE store.api_token SET expires_at = now() - interval '1 second'")
    good = create_token(administrator, "acme", name="good", days=1)
    proofs = [
        {},
        *({"Authorization": f"Bearer {each}"} for each in (expired, good[:-1], good.swapcase(), "x")),
    ]
    proofs += [{"Cookie": f"session={each}"} for each in (good, "x")]
    asked = 0
    for operation in operations(app):
        if operation[0] in PUBLIC:
            continue
        for proof in proofs:
            answer = sent(client, filled(app, operation, "p1"), proof)
            assert answer.status_code == 401, (operation[:2], proof, answer.text)
            asked += 1
    assert asked > 100


@pytest.mark.parametrize("who", [SUPERVISOR, USER, None])
def test_what_administrators_do_nobody_else_does(
    app: FastAPI,
    client: httpx.Client,
    administrator: Connection,
    world: TenantBuilder,
    owner: psycopg.Connection,
    who: str | None,
) -> None:
    """Nor a token of the whole tenant that is no administrator's."""
    proof = (
        token_of(administrator, world, who)
        if who
        else {"Authorization": f"Bearer {create_token(administrator, 'acme', name='x', days=1)}"}
    )
    before = everything(owner, world.tenant_id)
    for operation in operations(app):
        if operation[0].startswith(ADMINISTRATORS_ALONE):
            answer = sent(client, filled(app, operation, "p1"), proof)
            assert answer.status_code == 403, (operation[:2], answer.text)
    assert everything(owner, world.tenant_id) == before


def test_names_of_another_tenant_anywhere_find_and_change_nothing(
    app: FastAPI,
    client: httpx.Client,
    administrator: Connection,
    world: TenantBuilder,
    rival: TenantBuilder,
    owner: psycopg.Connection,
) -> None:
    administrator.execute(
        "INSERT INTO store.account (tenant_id, name, role) VALUES (%s, 'zulu-boss', 'administrator')",
        [rival.tenant_id],
    )
    proof = token_of(administrator, world, ADMINISTRATOR)
    theirs = ("zulu department", "zulu-queue", "pzulu person", "zulu-boss", THEIRS.number, THEIRS.extension)
    ids = [str(each) for each in (rival.tenant_id, *ids_of(owner, rival.tenant_id))]
    before = everything(owner, rival.tenant_id)
    for operation in operations(app):
        for value in (*theirs, *ids):
            answer = sent(client, filled(app, operation, value), proof)
            assert is_told(answer), (operation[:2], value, answer.text)
            shown = answer.text.replace(value, "·")
            for word in ("zulu", "Rival", THEIRS.number, THEIRS.number.removeprefix("+31")):
                assert word not in shown, (operation[:2], value, word)
    assert everything(owner, rival.tenant_id) == before


def ids_of(owner: psycopg.Connection, tenant_id: int) -> list[int]:
    rows = owner.execute(
        "SELECT unit_id FROM store.organisation_unit WHERE tenant_id = %(t)s "
        "UNION SELECT person_id FROM store.person WHERE tenant_id = %(t)s "
        "UNION SELECT account_id FROM store.account WHERE tenant_id = %(t)s",
        {"t": tenant_id},
    ).fetchall()
    return [each for (each,) in rows]


def everything(owner: psycopg.Connection, tenant_id: int) -> dict[str, list[str]]:
    """Every row of a tenant, but for when it was last looked at and the trail of it."""
    tables = owner.execute(
        "SELECT DISTINCT table_name FROM information_schema.columns JOIN information_schema.tables "
        "USING (table_schema, table_name) WHERE table_schema = 'store' AND column_name = 'tenant_id' "
        "AND table_type = 'BASE TABLE' AND table_name NOT IN ('audit_entry', 'api_token')"
    ).fetchall()
    return {
        name: sorted(
            json.dumps(row, sort_keys=True, default=str)
            for (row,) in owner.execute(
                sql.SQL("SELECT to_jsonb(t) FROM store.{} AS t WHERE tenant_id = %s").format(
                    sql.Identifier(name)
                ),
                [tenant_id],
            )
        )
        for (name,) in tables
    }


def test_every_form_of_the_portal_wants_what_its_page_carries(
    app: FastAPI, client: httpx.Client, world: TenantBuilder, owner: psycopg.Connection
) -> None:
    sign_in(client, ADMINISTRATOR)
    routes = [
        (route.path, method)
        for route in every_route(app)
        for method in route.methods - {"GET", "HEAD"}
        if not route.path.startswith("/api/")
    ]
    assert len(routes) > 12
    before = everything(owner, world.tenant_id)
    for path, method in routes:
        address = path.replace("{slug}", "persons").replace("{key:path}", "palpha person")
        address = re.sub(r"[{}]", "", address.replace("{name}", SUPERVISOR).replace("{token_id}", "1"))
        elsewhere = {"Origin": "https://elsewhere.example"}
        fields = {"name": "x", "reference": "x", "content": "reference\nx\n", "action": "remove", "path": "/"}
        if path != "/language":
            answer = client.request(method, address, data=fields, headers=elsewhere)
            assert answer.status_code in (403, 422), (path, answer.status_code)
        if path not in DOORS:
            for csrf in ({}, {"csrf": "0" * 64}, {"csrf": client.cookies["session"]}):
                answer = client.request(method, address, data={**fields, **csrf})
                assert answer.status_code in (403, 422), (path, answer.status_code)
    assert everything(owner, world.tenant_id) == before


def every_route(app: FastAPI) -> list[APIRoute]:
    routers = [getattr(each, "original_router", None) for each in app.routes]
    return [route for router in routers if router for route in router.routes if isinstance(route, APIRoute)]


def test_no_request_that_the_description_allows_breaks_anything(
    app: FastAPI, client: httpx.Client, administrator: Connection, world: TenantBuilder
) -> None:
    """Made at random from the OpenAPI description, right and wrong."""
    schema = schemathesis.openapi.from_dict(app.openapi())
    tried: set[str] = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        attack(operation, client, token_of(administrator, world, ADMINISTRATOR), tried)
    assert len(tried) > 15


def sent_case(client: httpx.Client, case: Any, headers: dict[str, str]) -> httpx.Response:
    """The case as it would go over the line, by a client of our own."""
    base = str(client.base_url).rstrip("/")
    made = requests.Request(**case.as_transport_kwargs(base_url=base)).prepare()
    body = made.body.encode() if isinstance(made.body, str) else made.body
    kept = {name: value for name, value in made.headers.items() if name.lower() != "authorization"}
    return client.request(str(made.method), str(made.url), content=body, headers={**kept, **headers})


def attack(operation: Any, client: httpx.Client, proof: dict[str, str], tried: set[str]) -> None:
    @settings(
        max_examples=12,
        deadline=timedelta(seconds=60),
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        answer = sent_case(client, case, proof)
        assert is_told(answer), (case.method, case.formatted_path, answer.text)
        tried.add(case.path)
        if case.path not in PUBLIC:
            stranger = {"Authorization": "Bearer forged"}
            answer = sent_case(client, case, stranger)
            assert answer.status_code >= 400, (case.method, case.formatted_path)

    send()
