"""Everybody's own boards in Grafana: the tiles of the portal, where their owner put them."""

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from dashboards.board import GRID_COLUMNS, SAME_SITE, Board, link_to
from dashboards.boards.my_dashboard import MY_DASHBOARD
from dashboards.panels import Json
from dashboards.texts import Text, resolved
from dashboards.tile_panel import tile_panel
from dashboards.tiles import age_tile
from reportgen.errors import ReportError
from reportgen.texts import Language
from reportgen.tiles.definition import Tile
from reportgen.tiles.predefined import DASHBOARD

MARK = "tile"
"""Grafana keeps a query's name whatever its owner does with the panel: by it a tile is found again."""
AGE = f"{MARK}-age"
"""How old the figures are stands on every board."""


@dataclass(frozen=True, slots=True)
class OwnTile:
    """A tile as it stands in the database."""

    name: str
    """Of its query in the panel."""
    tile: Tile


@dataclass(frozen=True, slots=True)
class OwnBoard:
    """One of an account's own boards: the dashboard, or a view of the wallboard with the dock above it."""

    uid: str
    title: str
    """Empty: My Dashboard, in the reader's language."""
    seconds: int
    """How long a view is shown; 0 for the dashboard."""
    region: str
    """ISO 3166-1, where numbers without a country code belong."""
    tiles: tuple[OwnTile, ...]


def predefined() -> tuple[OwnTile, ...]:
    """For whoever has not yet looked at the dashboard in the portal."""
    return tuple(OwnTile(f"{MARK}0{place}", tile) for place, tile in enumerate(DASHBOARD, start=1))


def with_tiles(
    found: Json | None, own: OwnBoard, language: Language, time_zone: str, portal_url: str = SAME_SITE
) -> Json:
    """The board as it shall be.

    Tiles that are there keep their place and size, what their owner has added stays, what is gone goes.

    Args:
        found: the board as it is in Grafana; None when it is not.
        portal_url: where links lead, without a slash at the end.
    """
    board = deepcopy(found) if found is not None else _empty(own, language, time_zone)
    if own.title:
        board["title"] = own.title
    link_to(board, portal_url)
    if own.tiles:
        board["refresh"] = f"{min(each.tile.refresh_seconds for each in own.tiles)}s"
    wanted = {
        each.name: panel for each in own.tiles if (panel := _panel(each, language, own.region)) is not None
    }
    wanted[AGE] = _named(age_tile(width=6, height=3), AGE, language)
    kept = []
    for panel in board["panels"]:
        name = _name(panel)
        if name is None:
            kept.append(panel)
        elif name in wanted:
            kept.append(_renewed(panel, wanted.pop(name)))
    if {_name(panel) for panel in kept} == {AGE}:
        # Where all tiles are new they stand at the top, not below this one.
        wanted[AGE] = kept.pop()
    number = max((panel.get("id", 0) for panel in kept), default=0)
    for place, panel in _laid_out(list(wanted.values()), _bottom(kept)):
        number += 1
        kept.append({**panel, "id": number, "gridPos": place})
    board["panels"] = kept
    return board


def _empty(own: OwnBoard, language: Language, time_zone: str) -> Json:
    title = Text(own.title, own.title) if own.title else MY_DASHBOARD.title
    board: Board = replace(MY_DASHBOARD, rows=(), variables=(), title=title)
    content: Json = json.loads(board.json(language, time_zone))
    return {
        **content,
        "uid": own.uid,
        "editable": True,
        "timepicker": {"quick_ranges": content["timepicker"]["quick_ranges"]},
    }


def _panel(own: OwnTile, language: Language, region: str) -> Json | None:
    """None when the tile is of something that is no more."""
    try:
        panel = tile_panel(own.tile, region)
    except ReportError:
        return None
    return _named(panel, own.name, language)


def _named(panel: Json, name: str, language: Language) -> Json:
    shown: Json = resolved({**panel, "targets": [{**panel["targets"][0], "refId": name}]}, language)
    return shown


def _name(panel: Json) -> str | None:
    """Of the tile that the panel is; None for a panel of its owner's own making."""
    names = [str(target.get("refId", "")) for target in panel.get("targets") or ()]
    return names[0] if names and names[0].startswith(MARK) else None


def _renewed(found: Json, wanted: Json) -> Json:
    """The panel as it is when it shows what it shall; else as it shall be, where it is."""
    settled = {key: value for key, value in wanted.items() if key != "gridPos"}
    if _holds(found, settled):
        return found
    return {**settled, "id": found.get("id", 0), "gridPos": found["gridPos"]}


def _holds(found: Any, wanted: Any) -> bool:
    """Whether all that is wanted is found; Grafana adds settings of its own."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(_holds(found.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_holds, found, wanted))
    return bool(found == wanted)


def _bottom(panels: Sequence[Json]) -> int:
    return max((panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in panels), default=0)


def _laid_out(panels: Sequence[Json], top: int) -> Iterator[tuple[Json, Json]]:
    """Each panel with its place: from left to right, below what is there."""
    left, height = 0, 0
    for panel in panels:
        size = panel["gridPos"]
        if left + size["w"] > GRID_COLUMNS:
            left, top, height = 0, top + height, 0
        yield {**size, "x": left, "y": top}, panel
        left, height = left + size["w"], max(height, size["h"])
