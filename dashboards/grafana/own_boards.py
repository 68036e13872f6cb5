"""The boards of each person: the tiles that the portal keeps, placed in the person's own folder."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from dashboards.grafana.administration import Api, Json
from dashboards.grafana.changes import Changes, holds
from dashboards.personal import MARK, OwnBoard, OwnTile, predefined, with_tiles
from dashboards.texts import Text
from reportgen.access.editions import has_report
from reportgen.catalogue import now
from reportgen.texts import Language
from reportgen.tiles.definition import Tile, tile_of
from store.connect import Connection
from store.vocabulary import Edition

PERSONAL_BOARD = "my-"
PERSONAL_VIEW = "my-view-"
PERSONAL_ROUND = "my-wallboard-"
ROUND_NAME = Text("Mijn wallboard", "My Wallboard")


def own_boards_of(connection: Connection, account_id: int) -> tuple[OwnBoard, ...]:
    """An account's dashboard and the views of its wallboard, with the tiles that exist in its edition."""
    row = connection.execute(
        """
        SELECT tenant.edition, tenant.region, account.call_center_basic, own_board.account_id IS NOT NULL
        FROM store.account JOIN store.tenant USING (tenant_id) LEFT JOIN store.own_board USING (account_id)
        WHERE account.account_id = %s
        """,
        (account_id,),
    ).fetchone()
    if row is None:
        return ()
    edition, region, basic, begun = row
    stored = connection.execute(
        "SELECT tile_id, place, view_id, definition FROM store.tile WHERE account_id = %s "
        "ORDER BY place <> 'dock', position, tile_id",
        (account_id,),
    ).fetchall()
    placed = [
        (place, view_id, OwnTile(f"{MARK}{tile_id}", tile))
        for tile_id, place, view_id, definition in stored
        if _exists(tile := tile_of(definition), Edition(edition), basic=basic)
    ]

    def tiles(*wanted: tuple[str, int | None]) -> tuple[OwnTile, ...]:
        return tuple(tile for place, view_id, tile in placed if (place, view_id) in wanted)

    dashboard = tiles(("dashboard", None)) if begun else predefined()
    views = connection.execute(
        "SELECT view_id, title, seconds FROM store.wallboard_view WHERE account_id = %s "
        "ORDER BY position, view_id",
        (account_id,),
    ).fetchall()
    return (
        OwnBoard(f"{PERSONAL_BOARD}{account_id}", "", 0, region, dashboard),
        *(
            OwnBoard(
                f"{PERSONAL_VIEW}{view_id}", title, seconds, region, tiles(("dock", None), ("view", view_id))
            )
            for view_id, title, seconds in views
        ),
    )


def ensure_own_boards(
    api: Api,
    changes: Changes,
    boards: Sequence[OwnBoard],
    *,
    account_id: int,
    folder: str,
    language: Language,
    time_zone: str,
    portal_url: str,
) -> None:
    """Brings a person's boards to the tiles of the portal, and makes a round of the views.

    What the person has moved stays where it is, and panels of the person's own making stay.
    """
    for own in boards:
        found = api.find(f"/dashboards/uid/{own.uid}")
        before = found["dashboard"] if found is not None else None
        board = with_tiles(before, own, language, time_zone, portal_url)
        if board != before:
            changes(
                f'the board "{board["title"]}" of one person is not current',
                partial(_save, api, board, folder),
            )
    kept = {own.uid for own in boards}
    for found in api.get(f"/search?type=dash-db&folderUIDs={folder}&limit=5000"):
        if found["uid"].startswith(PERSONAL_VIEW) and found["uid"] not in kept:
            changes(
                f'the board "{found["title"]}" shows a view that is gone',
                partial(api.delete, f"/dashboards/uid/{found['uid']}"),
            )
    _ensure_round(api, changes, boards, account_id, language)


def _ensure_round(
    api: Api, changes: Changes, boards: Sequence[OwnBoard], account_id: int, language: Language
) -> None:
    """Grafana knows one length for all views of a round: the shortest that its owner chose."""
    views = [own for own in boards if own.seconds]
    uid = f"{PERSONAL_ROUND}{account_id}"
    found = api.find(f"/playlists/{uid}")
    if not views:
        if found is not None:
            changes("a person's wallboard has no views any more", partial(api.delete, f"/playlists/{uid}"))
        return
    playlist: Json = {
        "uid": uid,
        "name": ROUND_NAME.in_language(language),
        "interval": f"{min(own.seconds for own in views)}s",
        "items": [{"type": "dashboard_by_uid", "value": own.uid} for own in views],
    }
    if found is None:
        changes("a person's wallboard is missing", partial(api.post, "/playlists", playlist))
    elif not holds(found, playlist):
        changes("a person's wallboard is not current", partial(api.put, f"/playlists/{uid}", playlist))


def _exists(tile: Tile, edition: Edition, *, basic: bool) -> bool:
    if tile.report == now.SLUG:
        return edition is Edition.PREMIUM
    return has_report(edition, tile.report, call_center_basic=basic)


def _save(api: Api, board: Any, folder: str) -> None:
    api.post("/dashboards/db", {"dashboard": board, "folderUid": folder, "overwrite": True})
