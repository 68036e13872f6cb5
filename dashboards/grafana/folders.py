"""An organisation's folders, each with its complete list of who may do what, and the boards in them."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from dashboards.alarms import FOLDER as ALARM_FOLDER
from dashboards.board import Board
from dashboards.grafana.administration import Api, Json
from dashboards.grafana.changes import Changes, holds
from dashboards.grafana.own_boards import ensure_own_boards
from dashboards.grafana.wanted import Person, Wanted
from dashboards.texts import Text
from reportgen.texts import Language

VIEW, EDIT = 1, 2
"""Grafana's numbers for permissions."""
BOARD_FOLDERS = {
    Language.DUTCH: ("gespreksrapportage-nl", "Gespreksrapportage"),
    Language.ENGLISH: ("gespreksrapportage-en", "Call reporting"),
}
ALARMS = Text("Alarmen", "Alarms")
PERSONAL_FOLDER = "person-"
EVERYBODY: list[Json] = [{"role": "Viewer", "permission": VIEW}, {"role": "Editor", "permission": VIEW}]


def personal_folder(account_id: int) -> str:
    """Uid of the folder in which an account may change boards."""
    return f"{PERSONAL_FOLDER}{account_id}"


def ensure_folders(api: Api, changes: Changes, wanted: Wanted, users: Mapping[int, int]) -> None:
    """The folders of boards, alarms and people; a person's own boards are his and stay as they are.

    Args:
        users: account id → Grafana's number of the user.
    """
    titles = dict(_folders(wanted))
    found = {each["uid"]: each for each in api.get("/folders?limit=10000")}
    for uid, title in titles.items():
        if uid not in found:
            changes(
                f'the folder "{title}" is missing',
                partial(api.post, "/folders", {"uid": uid, "title": title}),
            )
        elif found[uid]["title"] != title:
            changes(
                f'the folder "{found[uid]["title"]}" should be called "{title}"',
                partial(api.put, f"/folders/{uid}", {"title": title, "overwrite": True}),
            )
    for uid in found.keys() - titles.keys():
        if uid.startswith((PERSONAL_FOLDER, "gespreksrapportage-")):
            changes(
                f'the folder "{found[uid]["title"]}" belongs to nobody any more',
                partial(api.delete, f"/folders/{uid}?forceDeleteRules=true"),
            )
    if changes.check and titles.keys() - found.keys():
        return
    _ensure_permissions(api, changes, wanted, users)
    _ensure_boards(api, changes, wanted)
    for person in wanted.people:
        ensure_boards_of(api, changes, wanted, person)


def ensure_boards_of(api: Api, changes: Changes, wanted: Wanted, person: Person) -> None:
    """The boards that a person makes in the portal, in his folder."""
    ensure_own_boards(
        api,
        changes,
        person.boards,
        account_id=person.account_id,
        folder=personal_folder(person.account_id),
        language=wanted.language,
        time_zone=wanted.time_zone,
        portal_url=wanted.portal_url,
    )


def _folders(wanted: Wanted) -> Iterator[tuple[str, str]]:
    yield BOARD_FOLDERS[wanted.language]
    if wanted.scope_id is None:
        yield ALARM_FOLDER, ALARMS.in_language(wanted.language)
    for person in wanted.people:
        yield personal_folder(person.account_id), person.name


def _ensure_permissions(api: Api, changes: Changes, wanted: Wanted, users: Mapping[int, int]) -> None:
    lists: dict[str, list[Json]] = {uid: EVERYBODY for uid, _ in _folders(wanted)}
    for person in wanted.people:
        if person.account_id in users:
            own: Json = {"userId": users[person.account_id], "permission": EDIT}
            lists[personal_folder(person.account_id)] = [own]
    for uid, items in lists.items():
        path = f"/folders/{uid}/permissions"
        if _permissions(api.get(path)) != _permissions(items):
            changes(
                f'the folder "{uid}" is open to others than it should be',
                partial(api.post, path, {"items": items}),
            )


def _permissions(items: list[Json]) -> set[tuple[Any, ...]]:
    # Administrators of the organisation may always do everything: Grafana lists them or not.
    return {
        (item.get("role") or "", item.get("userId") or 0, item.get("teamId") or 0, item["permission"])
        for item in items
        if item.get("role") != "Admin"
    }


def _ensure_boards(api: Api, changes: Changes, wanted: Wanted) -> None:
    folder, _title = BOARD_FOLDERS[wanted.language]
    made = set()
    for board in wanted.boards():
        content = _content(board, wanted)
        made.add(content["uid"])
        found = api.find(f"/dashboards/uid/{content['uid']}")
        if found is None:
            changes(f'the board "{content["title"]}" is missing', partial(_save, api, content, folder))
        elif found["meta"].get("folderUid") != folder or not holds(found["dashboard"], content):
            changes(f'the board "{content["title"]}" is not current', partial(_save, api, content, folder))
    for found in api.get(f"/search?type=dash-db&folderUIDs={folder}&limit=5000"):
        if found["uid"] not in made:
            changes(
                f'the board "{found["title"]}" is too many',
                partial(api.delete, f"/dashboards/uid/{found['uid']}"),
            )


def _content(board: Board, wanted: Wanted) -> Json:
    content: Json = json.loads(board.json(wanted.language, wanted.time_zone, portal_url=wanted.portal_url))
    return content


def _save(api: Api, content: Json, folder: str) -> None:
    api.post("/dashboards/db", {"dashboard": content, "folderUid": folder, "overwrite": True})
