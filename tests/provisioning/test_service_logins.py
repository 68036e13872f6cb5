"""The script that makes the services' logins when the database is made in its container."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from store.migrate import migrate
from tests.conftest import Database, RoleNames

SCRIPT = Path(__file__).parent.parent.parent / "provisioning/postgres/service-logins.sh"
SERVICES = ("exporter", "aggregator", "report")


def test_each_service_gets_a_login_with_its_role_alone(
    empty_database: Database, role_names: RoleNames, tmp_path: Path
) -> None:
    if shutil.which("psql") is None:
        pytest.skip("psql is not installed here")
    database = conninfo_to_dict(empty_database.url)
    address = f"{database['host']}:{database['port']}/{database['dbname']}"
    urls = {}
    for service in SERVICES:
        urls[service] = f"postgresql://{role_names(service)}:{secrets.token_hex(24)}@{address}"
        (tmp_path / f"{service}_database_url").write_text(urls[service], encoding="utf-8")
    script = tmp_path / "service-logins.sh"
    script.write_text(
        SCRIPT.read_text(encoding="utf-8").replace("/run/secrets", str(tmp_path)), encoding="utf-8"
    )
    variables = {"POSTGRES_USER": database["user"], "POSTGRES_DB": database["dbname"]}
    server = {
        "PGHOST": database["host"],
        "PGPORT": database["port"],
        "PGPASSWORD": database.get("password", ""),
    }
    environment = {**os.environ, **{name: str(value) for name, value in (variables | server).items()}}
    subprocess.run(["/bin/sh", str(script)], env=environment, check=True)

    migrate(empty_database.url)
    for service, url in urls.items():
        with psycopg.connect(url) as connection:
            memberships = connection.execute(
                "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = session_user::regrole"
            ).fetchall()
        assert memberships == [(f"gespreksrapportage_{service}",)]
