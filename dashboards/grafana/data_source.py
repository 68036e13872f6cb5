"""An organisation's one data source: the views of schema `report`, as its own database login sees them."""

import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from grafana_client.client import GrafanaException
from psycopg.conninfo import conninfo_to_dict

from dashboards.grafana.administration import Api, Json
from dashboards.grafana.changes import Changes, holds
from dashboards.grafana.wanted import Wanted
from dashboards.panels import CALLS
from store.connect import Connection
from store.errors import UserError
from store.login import create_login

SETTLED_SECONDS = 15
SETTINGS: Json = {
    "postgresVersion": 1500,
    # Our queries use none of the macros that this decides about.
    "timescaledb": False,
    "maxOpenConns": 5,
    "maxIdleConns": 2,
    "maxIdleConnsAuto": False,
    "connMaxLifetime": 300,
}


def ensure_data_source(
    api: Api, changes: Changes, login: Callable[[], str], database_url: str, role_name: str, *, rotate: bool
) -> None:
    """The data source, and that it can log in.

    Args:
        login: gives the login a new password and returns the database's address with it.
        database_url: the database's address as Grafana reaches it; who it names does not matter.
        rotate: a new password even if the present one works.

    Raises:
        UserError: Grafana cannot log in to the database with what it was just given.
    """
    path = f"/datasources/uid/{CALLS['uid']}"
    wanted = _source(database_url, role_name)
    found = api.find(path)

    def write() -> None:
        source = {**wanted, "secureJsonData": {"password": conninfo_to_dict(login())["password"]}}
        api.post("/datasources", source) if found is None else api.put(path, source)
        _wait_until_it_works(api, path, role_name)

    if found is None:
        changes("the data source is missing", write)
    elif not holds(found, wanted):
        changes("the data source has other settings", write)
    elif rotate:
        changes("the password of the data source is to be replaced", write)
    elif not _works(api, path):
        changes("the data source cannot log in to the database", write)
    for other in api.get("/datasources"):
        if other["uid"] != CALLS["uid"]:
            changes(
                f'there is a data source "{other["name"]}" too many',
                partial(api.delete, f"/datasources/uid/{other['uid']}"),
            )


def give_login(connection: Connection, database_url: str, wanted: Wanted, role_name: str) -> str:
    """Makes an organisation's database login, or gives it a new password; gives the address with it."""
    return create_login(
        connection,
        database_url,
        role_name,
        "viewer",
        wanted.slug,
        new_password=True,
        scope=wanted.scope_id,
        # Only administrators see all of a tenant, and only supervisors share a part of one.
        reader="administrator" if wanted.scope_id is None else "supervisor",
    )


def _source(database_url: str, role_name: str) -> Json:
    database = conninfo_to_dict(database_url)
    return {
        "name": "Gespreksrapportage",
        **CALLS,
        "access": "proxy",
        "isDefault": True,
        "url": f"{database['host']}:{database.get('port', 5432)}",
        "user": role_name,
        "jsonData": {
            **SETTINGS,
            "database": str(database["dbname"]),
            "sslmode": str(database.get("sslmode", "disable")),
        },
    }


def _works(api: Api, path: str) -> bool:
    try:
        return bool(api.get(f"{path}/health").get("status") == "OK")
    except GrafanaException as error:
        if error.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR):
            return False
        raise


def _wait_until_it_works(api: Api, path: str, role_name: str) -> None:
    """Grafana goes on with the settings of before for some seconds."""
    deadline = time.monotonic() + SETTLED_SECONDS
    while not _works(api, path):
        if time.monotonic() > deadline:
            raise UserError(
                f"Grafana does not reach the database with the login {role_name}; "
                "say with --database-address where it is from there."
            )
        time.sleep(0.5)
