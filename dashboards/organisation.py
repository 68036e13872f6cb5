"""One Grafana organisation per tenant: its people see its boards, and its data source sees its rows alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from grafana_client.api import GrafanaApi
from grafana_client.client import GrafanaClientError, GrafanaException
from psycopg.conninfo import conninfo_to_dict

from dashboards.boards import BOARDS
from dashboards.panels import CALLS
from reportgen.texts import Language
from store.connect import connect, sentences
from store.errors import UserError

Api = Any
"""grafana-client's client, which has no types."""
SECONDS = 30.0
HOME_BOARD = "live-overview"
VIEW = 1
"""Grafana's number for the permission to look at a folder."""
FOLDERS = {
    Language.DUTCH: ("gespreksrapportage-nl", "Gespreksrapportage"),
    Language.ENGLISH: ("gespreksrapportage-en", "Call reporting"),
}
DATA_SOURCE_SETTINGS = {
    "postgresVersion": 1500,
    "timescaledb": False,
    "maxOpenConns": 5,
    "maxIdleConns": 2,
    "maxIdleConnsAuto": False,
    "connMaxLifetime": 300,
}
LOCALES = {Language.DUTCH: "nl-NL", Language.ENGLISH: "en-US"}
"""Grafana's own language for each of ours."""


@dataclass(frozen=True)
class Administration:
    """Grafana as its server administrator reaches it: only he may make organisations."""

    url: str
    user: str
    password: str

    @contextmanager
    def api(self, organisation: int | None = None) -> Iterator[Api]:
        """The client for one organisation, or for the server."""
        parts = urlsplit(self.url)
        api: Api = GrafanaApi(
            auth=(self.user, self.password),
            protocol=parts.scheme,
            host=parts.hostname,
            port=parts.port,
            url_path_prefix=f"{parts.path.strip('/')}/".lstrip("/"),
            timeout=SECONDS,
            organization_id=organisation,
        )
        try:
            yield api
        finally:
            api.client.s.close()


@dataclass(frozen=True)
class TenantView:
    """A tenant as its own viewer login knows it."""

    slug: str
    name: str
    time_zone: str
    language: Language


def ensure_organisation(administration: Administration, viewer_url: str) -> int:
    """Makes the organisation of the tenant that `viewer_url` shows, or renews it; gives its number.

    `viewer_url` is the address of the database for the tenant's viewer login, as Grafana reaches it, password
    included. People and their own boards in the organisation stay as they are.

    Raises:
        UserError: Grafana does not answer or refuses.
        DatabaseUnavailableError: the viewer login cannot reach the database.
    """
    tenant = _tenant(viewer_url)
    try:
        with administration.api() as server:
            organisation = _organisation(server, tenant)
        with administration.api(organisation) as api:
            _data_source(api, viewer_url)
            for language in Language:
                _folder(api, language)
                _boards(api, language, tenant)
            _preferences(api, tenant)
    except (GrafanaException, OSError) as error:
        raise _not_done(administration, error) from error
    return organisation


def ensure_person(administration: Administration, organisation: int, login: str, password: str) -> None:
    """Makes a login that may look at the boards of one organisation; one that is there gets this password.

    Raises:
        UserError: Grafana does not answer or refuses.
    """
    try:
        with administration.api() as server:
            person = _person(server, organisation, login, password)
            # New people have no role at all, so that nobody falls into the operator's organisation.
            server.organizations.organization_user_update(organisation, person, "Viewer")
    except (GrafanaException, OSError) as error:
        raise _not_done(administration, error) from error


def delete_organisation(administration: Administration, slug: str) -> int | None:
    """Removes a tenant's organisation with its boards, and people who belong to no other; gives its number.

    None when there is none.

    Raises:
        UserError: Grafana does not answer or refuses.
    """
    try:
        with administration.api() as server:
            number = _number_of(server, slug)
            if number is None:
                return None
            people = server.organizations.organization_user_list(number)
            server.organizations.delete_organization(number)
            for person in people:
                own = person["login"] == administration.user
                if not own and not server.users.get_user_organisations(person["userId"]):
                    server.admin.delete_user(person["userId"])
    except (GrafanaException, OSError) as error:
        raise _not_done(administration, error) from error
    return number


def _person(server: Api, organisation: int, login: str, password: str) -> int:
    try:
        person = int(server.users.find_user(login)["id"])
    except GrafanaClientError as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
        made = {"name": login, "login": login, "password": password, "OrgId": organisation}
        return int(server.admin.create_user(made)["id"])
    if all(each["orgId"] != organisation for each in server.users.get_user_organisations(person)):
        raise UserError(f'The login "{login}" belongs to another organisation; choose another name.')
    server.admin.change_user_password(person, password)
    return person


def _not_done(administration: Administration, error: Exception) -> UserError:
    return UserError(f"Grafana at {administration.url} does not do what it should: {error}")


def _tenant(viewer_url: str) -> TenantView:
    with sentences(), connect(viewer_url, "dashboards") as connection:
        row = connection.execute("SELECT slug, name, time_zone, language FROM report.tenant").fetchone()
    if row is None:
        raise UserError(
            "This database login sees no tenant; make one with: "
            "gespreksrapportage database login NAME --role viewer --tenant SLUG."
        )
    slug, name, time_zone, language = row
    return TenantView(slug, name, time_zone, Language(language))


def _organisation(api: Api, tenant: TenantView) -> int:
    found = _number_of(api, tenant.slug)
    if found is not None:
        return found
    return int(api.organization.create_organization({"name": tenant.slug})["orgId"])


def _number_of(api: Api, slug: str) -> int | None:
    # By its slug: a tenant's name may change, and two may have the same.
    try:
        return int(api.organization.find_organization(slug)["id"])
    except GrafanaClientError as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
    return None


def _data_source(api: Api, viewer_url: str) -> None:
    database = conninfo_to_dict(viewer_url)
    source = {
        "name": "Gespreksrapportage",
        **CALLS,
        "access": "proxy",
        "isDefault": True,
        "url": f"{database['host']}:{database.get('port', 5432)}",
        "user": database["user"],
        "jsonData": {
            **DATA_SOURCE_SETTINGS,
            "database": database["dbname"],
            "sslmode": database.get("sslmode", "disable"),
        },
        "secureJsonData": {"password": str(database.get("password", ""))},
    }
    if any(each["uid"] == CALLS["uid"] for each in api.datasource.list_datasources()):
        api.datasource.update_datasource_by_uid(CALLS["uid"], source)
    else:
        api.datasource.create_datasource(source)


def _folder(api: Api, language: Language) -> None:
    uid, title = FOLDERS[language]
    if all(each["uid"] != uid for each in api.folder.get_all_folders()):
        api.folder.create_folder(title, uid)
    viewers = [{"role": role, "permission": VIEW} for role in ("Viewer", "Editor")]
    api.folder.update_folder_permissions(uid, {"items": viewers})


def _boards(api: Api, language: Language, tenant: TenantView) -> None:
    folder, _ = FOLDERS[language]
    made = set()
    for board in BOARDS:
        if not board.operator_only:
            dashboard: dict[str, Any] = json.loads(board.json(language, tenant.time_zone))
            made.add(dashboard["uid"])
            api.dashboard.update_dashboard({"dashboard": dashboard, "folderUid": folder, "overwrite": True})
    for found in api.search.search_dashboards(type_="dash-db"):
        if found.get("folderUid") == folder and found["uid"] not in made:
            api.dashboard.delete_dashboard(found["uid"])


def _preferences(api: Api, tenant: TenantView) -> None:
    # Not by the client's own method, which knows no language.
    api.client.PUT(
        "/org/preferences",
        json={
            "timezone": tenant.time_zone,
            "weekStart": "monday",
            "language": LOCALES[tenant.language],
            "homeDashboardUID": f"{HOME_BOARD}-{tenant.language}",
        },
    )
