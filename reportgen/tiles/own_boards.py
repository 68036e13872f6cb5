"""An account's own boards in the database: tiles, the views of a wallboard, the hosts of outside pages."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import psycopg
from psycopg.types.json import Jsonb

from reportgen.access.audit import act_as, record
from reportgen.access.roles import Principal
from reportgen.errors import ForbiddenError, ReportError
from reportgen.texts import _
from reportgen.tiles.definition import Tile, as_stored, tile_of
from store.connect import Connection, sentences

MOST_TILES = 60
MOST_VIEWS = 20
Place = Literal["dashboard", "view", "dock"]
Transition = Literal["none", "fade", "slide"]


class NoSuchTileError(ReportError):
    """Among this account's own tiles and views there is none of that number."""

    code = "unknown-tile"

    def __init__(self) -> None:
        super().__init__(_("There is no such tile or view among your own."))


class TooManyTilesError(ReportError):
    """The account's boards are full."""

    code = "too-many-tiles"

    def __init__(self) -> None:
        super().__init__(
            _("You have {tiles} tiles or {views} views, which is the most; remove one first."),
            tiles=MOST_TILES,
            views=MOST_VIEWS,
        )


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A tile where it stands."""

    tile_id: int
    place: Place
    view_id: int | None
    tile: Tile


@dataclass(frozen=True, slots=True)
class View:
    """One view of the wallboard."""

    view_id: int
    title: str
    seconds: int
    page_url: str | None


@dataclass(frozen=True, slots=True)
class OwnBoards:
    """One account's boards, while its transaction is open."""

    connection: Connection
    principal: Principal

    def begin(self, dashboard: Sequence[Tile], title: str, wallboard: Sequence[Tile]) -> None:
        """Gives the account its predefined tiles, once: what it removes afterwards stays away."""
        begun = self.connection.execute(
            "INSERT INTO report.own_board (account_id, tenant_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            self._whose(),
        ).rowcount
        if not begun:
            return
        for tile in dashboard:
            self._insert(tile, "dashboard", None)
        view = self.add_view(title, seconds=20, page_url=None)
        for tile in wallboard:
            self._insert(tile, "view", view)

    def tiles(self, place: Place | None = None, view_id: int | None = None) -> list[PlacedTile]:
        """In their order: all of them, or those of one place."""
        rows = self.connection.execute(
            "SELECT tile_id, place, view_id, definition FROM report.tile "
            "WHERE (%(place)s::text IS NULL OR place = %(place)s) "
            "AND (%(view)s::integer IS NULL OR view_id = %(view)s) ORDER BY position, tile_id",
            {"place": place, "view": view_id},
        ).fetchall()
        return [PlacedTile(number, where, view, tile_of(stored)) for number, where, view, stored in rows]

    def tile(self, tile_id: int) -> PlacedTile:
        """Raises NoSuchTileError."""
        for found in self.tiles():
            if found.tile_id == tile_id:
                return found
        raise NoSuchTileError

    def add(self, tile: Tile, place: Place = "dashboard", view_id: int | None = None) -> int:
        """Puts a tile behind the others; gives its number.

        Raises:
            NoSuchTileError: the account has no such view.
            TooManyTilesError
        """
        if len(self.tiles()) >= MOST_TILES:
            raise TooManyTilesError
        tile_id = self._insert(tile, place, view_id)
        self._keep("created", None, PlacedTile(tile_id, place, view_id, tile))
        return tile_id

    def _insert(self, tile: Tile, place: Place, view_id: int | None) -> int:
        """Without a trace: what everybody begins with is nobody's doing."""
        try:
            row = self.connection.execute(
                "INSERT INTO report.tile (account_id, tenant_id, place, view_id, position, definition) "
                "SELECT %s, %s, %s, %s, coalesce(max(position) + 1, 0), %s FROM report.tile "
                "RETURNING tile_id",
                (*self._whose(), place, view_id, Jsonb(as_stored(tile))),
            ).fetchone()
        except (psycopg.errors.ForeignKeyViolation, psycopg.errors.CheckViolation) as error:
            raise NoSuchTileError from error
        assert row is not None
        return int(row[0])

    def change(self, tile_id: int, tile: Tile, place: Place, view_id: int | None) -> None:
        """Raises NoSuchTileError."""
        before, after = self.tile(tile_id), PlacedTile(tile_id, place, view_id, tile)
        try:
            changed = self.connection.execute(
                "UPDATE report.tile SET definition = %s, place = %s, view_id = %s WHERE tile_id = %s",
                (Jsonb(as_stored(tile)), place, view_id, tile_id),
            ).rowcount
        except (psycopg.errors.ForeignKeyViolation, psycopg.errors.CheckViolation) as error:
            raise NoSuchTileError from error
        _one(changed)
        self._keep("changed", before, after)

    def remove(self, tile_id: int) -> None:
        """Raises NoSuchTileError."""
        before = self.tile(tile_id)
        _one(self.connection.execute("DELETE FROM report.tile WHERE tile_id = %s", (tile_id,)).rowcount)
        self._keep("deleted", before, None)

    def move(self, tile_id: int, places: int) -> None:
        """Moves a tile among those of its place: -1 is one nearer to the first.

        Raises:
            NoSuchTileError
        """
        moved = self.tile(tile_id)
        numbers = [each.tile_id for each in self.tiles(moved.place, moved.view_id)]
        self._renumber("tile", _moved(numbers, tile_id, places))

    def views(self) -> list[View]:
        rows = self.connection.execute(
            "SELECT view_id, title, seconds, page_url FROM report.wallboard_view ORDER BY position, view_id"
        ).fetchall()
        return [View(*row) for row in rows]

    def view(self, view_id: int) -> View:
        """Raises NoSuchTileError."""
        for found in self.views():
            if found.view_id == view_id:
                return found
        raise NoSuchTileError

    def add_view(self, title: str, *, seconds: int, page_url: str | None) -> int:
        """Gives its number.

        Raises:
            TooManyTilesError
        """
        if len(self.views()) >= MOST_VIEWS:
            raise TooManyTilesError
        row = self.connection.execute(
            "INSERT INTO report.wallboard_view (account_id, tenant_id, position, title, seconds, page_url) "
            "SELECT %s, %s, coalesce(max(position) + 1, 0), %s, %s, %s FROM report.wallboard_view "
            "RETURNING view_id",
            (*self._whose(), title, seconds, page_url),
        ).fetchone()
        assert row is not None
        return int(row[0])

    def change_view(self, view_id: int, title: str, *, seconds: int, page_url: str | None) -> None:
        """Raises NoSuchTileError."""
        changed = self.connection.execute(
            "UPDATE report.wallboard_view SET title = %s, seconds = %s, page_url = %s WHERE view_id = %s",
            (title, seconds, page_url, view_id),
        ).rowcount
        _one(changed)

    def remove_view(self, view_id: int) -> None:
        """With its tiles.

        Raises:
            NoSuchTileError
        """
        for placed in self.tiles("view", view_id):
            self._keep("deleted", placed, None)
        _one(
            self.connection.execute(
                "DELETE FROM report.wallboard_view WHERE view_id = %s", (view_id,)
            ).rowcount
        )

    def move_view(self, view_id: int, places: int) -> None:
        """Raises NoSuchTileError."""
        numbers = [each.view_id for each in self.views()]
        if view_id not in numbers:
            raise NoSuchTileError
        self._renumber("wallboard_view", _moved(numbers, view_id, places))

    def transition(self) -> Transition:
        """How one view of the wallboard makes way for the next."""
        row = self.connection.execute("SELECT transition FROM report.own_board").fetchone()
        return row[0] if row else "none"

    def set_transition(self, transition: Transition) -> None:
        self.connection.execute("UPDATE report.own_board SET transition = %s", (transition,))

    def page_hosts(self) -> list[str]:
        """Whose pages the tenant's wallboards may show."""
        rows = self.connection.execute("SELECT host FROM report.page_host ORDER BY host").fetchall()
        return [host for (host,) in rows]

    def set_page_hosts(self, hosts: Sequence[str]) -> None:
        """For the whole tenant; whoever calls this has seen to it that the account may."""
        self.connection.execute("DELETE FROM report.page_host WHERE host <> ALL (%s)", (list(hosts),))
        tenant_id = self.principal.tenant_id
        for host in hosts:
            self.connection.execute(
                "INSERT INTO report.page_host (tenant_id, host) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (tenant_id, host),
            )

    def _keep(self, action: str, before: PlacedTile | None, after: PlacedTile | None) -> None:
        """Writes in the audit trail what became of a tile; nothing where nothing did."""
        placed = after or before
        assert placed is not None
        old, new = _words(before), _words(after)
        if old and new:
            changed = {name for name in old | new if old.get(name) != new.get(name)}
            old, new = ({name: each.get(name) for name in sorted(changed)} for each in (old, new))
        if old or new:
            changes = {name: each for name, each in (("old", old), ("new", new)) if each}
            details = {"tile_id": placed.tile_id, **changes}
            record(self.connection, self.principal, action, "tile", placed.tile.report, details)

    def _whose(self) -> tuple[Any, Any]:
        return self.principal.account_id, self.principal.tenant_id

    def _renumber(self, table: Literal["tile", "wallboard_view"], numbers: Sequence[int]) -> None:
        key = {"tile": "tile_id", "wallboard_view": "view_id"}[table]
        self.connection.execute(
            # Both names are fixed texts.
            f"UPDATE report.{table} SET position = array_position(%(order)s, {key}) "  # noqa: S608
            f"WHERE {key} = ANY (%(order)s)".encode(),
            {"order": list(numbers)},
        )


@contextmanager
def own_boards(connection: Connection, principal: Principal) -> Iterator[OwnBoards]:
    """A transaction in which one account's boards are seen and changed, and nothing of anybody else's.

    Raises:
        ForbiddenError: a program's token belongs to no account.
        DatabaseUnavailableError: the connection was lost.
    """
    if principal.account_id is None or principal.tenant_id is None:
        raise ForbiddenError
    with sentences(), connection.transaction():
        act_as(connection, principal.name, principal.account_id)
        connection.execute(
            "SELECT set_config('gespreksrapportage.tenant', %s, true), "
            "set_config('gespreksrapportage.scope', '', true)",
            (str(principal.tenant_id),),
        )
        yield OwnBoards(connection, principal)


def _moved(numbers: list[int], number: int, places: int) -> list[int]:
    at = numbers.index(number)
    numbers.insert(min(max(at + places, 0), len(numbers) - 1), numbers.pop(at))
    return numbers


def _words(placed: PlacedTile | None) -> dict[str, Any]:
    """A tile and where it stands, for the audit trail."""
    if placed is None:
        return {}
    where = {"place": placed.place} if placed.view_id is None else {"place": f"view {placed.view_id}"}
    return {**as_stored(placed.tile), **where}


def _one(changed: int) -> None:
    if changed == 0:
        raise NoSuchTileError
