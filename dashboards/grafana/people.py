"""Those who may look: Grafana's users and teams, from the portal's accounts."""

import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import quote

from dashboards.grafana.administration import Api
from dashboards.grafana.changes import Changes
from dashboards.grafana.wanted import Person
from dashboards.texts import Text
from reportgen.texts import Language
from store.grafana import ACCOUNT_LOGIN, PORTAL_LOGIN, login_of

TEAMS = {
    "administrator": Text("Beheerders", "Administrators"),
    "supervisor": Text("Teamleiders", "Supervisors"),
}
"""Role in the portal → the team's name."""


def ensure_people(
    server: Api, changes: Changes, organisation: int, people: Sequence[Person], role: str
) -> dict[int, int]:
    """The users of one organisation; gives account id → Grafana's number, of those that are there.

    Whoever is no longer wanted leaves the organisation, and Grafana when he is in no other.
    """
    members = {each["login"]: each for each in server.get(f"/orgs/{organisation}/users")}
    users: dict[int, int] = {}
    for person in people:
        found = _ensure_user(server, changes, organisation, login_of(person.account_id), person.name)
        if found is not None:
            users[person.account_id] = found
            _ensure_member(
                server,
                changes,
                organisation,
                members.get(login_of(person.account_id)),
                login_of(person.account_id),
                person.name,
                role,
            )
    wanted = {login_of(person.account_id) for person in people}
    for login, member in members.items():
        if login.startswith(ACCOUNT_LOGIN) and login not in wanted:
            changes(
                f'"{member.get("name") or login}" may look no longer',
                partial(_remove, server, organisation, member["userId"]),
            )
    return users


def ensure_portal(server: Api, changes: Changes, organisation: int) -> None:
    """The portal's own user, as which it acknowledges alarms."""
    members = {each["login"]: each for each in server.get(f"/orgs/{organisation}/users")}
    found = _ensure_user(server, changes, organisation, PORTAL_LOGIN, "Gespreksrapportage")
    if found is not None:
        _ensure_member(
            server, changes, organisation, members.get(PORTAL_LOGIN), PORTAL_LOGIN, "the portal", "Editor"
        )


def _ensure_user(server: Api, changes: Changes, organisation: int, login: str, name: str) -> int | None:
    """None when he is missing and this is only a check."""
    found = server.find(f"/users/lookup?loginOrEmail={quote(login)}")
    if found is None:
        # Nobody ever signs in with this password: the portal vouches for its people.
        made = {"name": name, "login": login, "password": secrets.token_urlsafe(32), "OrgId": organisation}
        changes(f'"{name}" has no user in Grafana', partial(server.post, "/admin/users", made))
        if changes.check:
            return None
        found = server.get(f"/users/lookup?loginOrEmail={quote(login)}")
    elif found["name"] != name:
        renamed = {"name": name, "login": login, "email": found.get("email", "")}
        changes(
            f'the user "{found["name"]}" should be called "{name}"',
            partial(server.put, f"/users/{found['id']}", renamed),
        )
    return int(found["id"])


def _ensure_member(
    server: Api,
    changes: Changes,
    organisation: int,
    member: Mapping[str, object] | None,
    login: str,
    name: str,
    role: str,
) -> None:
    if member is None:
        members = {each["login"]: each for each in server.get(f"/orgs/{organisation}/users")}
        member = members.get(login)
    path = f"/orgs/{organisation}/users"
    if member is None:
        changes(
            f'"{name}" is not in the organisation',
            partial(server.post, path, {"loginOrEmail": login, "role": role}),
        )
    elif member["role"] != role:
        changes(
            f'"{name}" has the role {member["role"]} instead of {role}',
            partial(server.patch, f"{path}/{member['userId']}", {"role": role}),
        )


def remove_people(server: Api, organisation: int) -> None:
    """All whom the portal knows, before the organisation itself goes."""
    for member in server.get(f"/orgs/{organisation}/users"):
        if member["login"].startswith(ACCOUNT_LOGIN):
            _remove(server, organisation, member["userId"])


def _remove(server: Api, organisation: int, user: int) -> None:
    elsewhere = [each for each in server.get(f"/users/{user}/orgs") if each["orgId"] != organisation]
    if elsewhere:
        server.delete(f"/orgs/{organisation}/users/{user}")
    else:
        server.delete(f"/admin/users/{user}")


def ensure_teams(
    api: Api, changes: Changes, people: Sequence[Person], users: Mapping[int, int], language: Language
) -> None:
    """A team per role, with which people can share their own boards."""
    found = {each["name"]: each["id"] for each in api.get("/teams/search?perpage=1000")["teams"]}
    for role, text in TEAMS.items():
        name = text.in_language(language)
        earlier = next((other for other in text if other != name and other in found), None)
        if name not in found and earlier is not None:
            changes(
                f'the team "{earlier}" should be called "{name}"',
                partial(api.put, f"/teams/{found[earlier]}", {"name": name}),
            )
            found[name] = found[earlier]
        elif name not in found:
            changes(f'the team "{name}" is missing', partial(api.post, "/teams", {"name": name}))
            if changes.check:
                continue
            found = {each["name"]: each["id"] for each in api.get("/teams/search?perpage=1000")["teams"]}
        wanted = {users[each.account_id] for each in people if each.role == role and each.account_id in users}
        _ensure_members(api, changes, name, int(found[name]), wanted)


def _ensure_members(api: Api, changes: Changes, name: str, team: int, wanted: set[int]) -> None:
    path = f"/teams/{team}/members"
    members = {int(each["userId"]) for each in api.get(path)}
    for user in sorted(wanted - members):
        changes(f'the team "{name}" lacks a member', partial(api.post, path, {"userId": user}))
    for user in sorted(members - wanted):
        changes(f'the team "{name}" has a member too many', partial(api.delete, f"{path}/{user}"))
