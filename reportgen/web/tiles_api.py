"""The API of an account's own tiles: list, add, look at, change, remove."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field

from reportgen.access.editions import may_see_now
from reportgen.catalogue import find_report, now
from reportgen.catalogue.parts import NameFilter, Report
from reportgen.compile import read_selections
from reportgen.compile.period import ready_made
from reportgen.compile.selection import one_value
from reportgen.errors import ForbiddenError
from reportgen.run import Question, known_selections
from reportgen.texts import Language, _, translator
from reportgen.tiles.definition import Tile, TileColour, TileForm, as_stored, check, tile_of
from reportgen.tiles.own_boards import OwnBoards, Place, PlacedTile, own_boards
from reportgen.tiles.predefined import DASHBOARD, LIVE_WALLBOARD, WALLBOARD
from reportgen.web.administration import MayChange
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf

router = APIRouter(prefix="/api/v1/tiles", tags=["tiles"])

TileNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


class StepIO(BaseModel):
    """From which value upwards a tile has a colour."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    start: float | None = Field(
        None, alias="from", allow_inf_nan=False, description="Null, of the first: below all others."
    )
    colour: TileColour


class TileIn(BaseModel):
    """What a tile shows, and where it stands."""

    model_config = ConfigDict(extra="forbid")

    report: str = Field(examples=["call-response"], description="A report's slug; or `now`: a figure of now.")
    form: TileForm
    figure: str = Field(
        "", examples=["gos"], description="Of a figure or gauge: one of the report's summary."
    )
    title: str = ""
    period: str = "today"
    filters: dict[str, list[str]] = Field({}, examples=[{"ddi": ["+31201234567"]}])
    steps: list[StepIO] = Field([], examples=[[{"colour": "red"}, {"from": 80, "colour": "green"}]])
    most: float | None = Field(
        None, allow_inf_nan=False, description="Of a gauge that is no percentage: the end of its scale."
    )
    refresh_seconds: int = 60
    width: int = 1
    height: int = 1
    place: Place = "dashboard"
    view_id: int | None = Field(None, ge=1, le=2**31 - 1, description="Of the place `view`: which one.")


def _without_defaults(schema: dict[str, Any]) -> None:
    """What is not given has no value to tell: it stays as it is."""
    for each in schema["properties"].values():
        each.pop("default", None)


class TileChange(TileIn):
    """What shall be different of a tile; all else stays as it is."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    report: str = Field("", examples=["call-response"])
    form: TileForm = TileForm.FIGURE


class TileOut(TileIn):
    """A tile with its number."""

    tile_id: int


@router.get("")
def list_tiles(reader: ReaderOf, running: ServiceOf) -> list[TileOut]:
    """The account's own tiles, in their order."""
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        begin(boards, reader)
        return [_out(each) for each in boards.tiles()]


@router.post("", status_code=201, dependencies=[MayChange])
def add_tile(body: TileIn, reader: ReaderOf, running: ServiceOf) -> TileOut:
    """Adds a tile behind the others of its place."""
    tile = _settled(body, reader, running)
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        begin(boards, reader)
        return _out(boards.tile(boards.add(tile, body.place, body.view_id)))


@router.get("/{tile_id}")
def one_tile(tile_id: TileNumber, reader: ReaderOf, running: ServiceOf) -> TileOut:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        return _out(boards.tile(tile_id))


@router.put("/{tile_id}", dependencies=[MayChange])
def change_tile(tile_id: TileNumber, body: TileIn, reader: ReaderOf, running: ServiceOf) -> TileOut:
    """Puts another definition in a tile's place."""
    tile = _settled(body, reader, running)
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        boards.change(tile_id, tile, body.place, body.view_id)
        return _out(boards.tile(tile_id))


@router.patch("/{tile_id}", dependencies=[MayChange])
def change_parts(tile_id: TileNumber, body: TileChange, reader: ReaderOf, running: ServiceOf) -> TileOut:
    """Changes what is given of a tile, such as its filters; a filter that is not among those given goes."""
    given = body.model_dump(by_alias=True, mode="json", exclude_unset=True)
    if given.get("place", "view") != "view":
        given.setdefault("view_id", None)
    before = one_tile(tile_id, reader, running).model_dump(by_alias=True, mode="json", exclude={"tile_id"})
    return change_tile(tile_id, TileIn.model_validate(before | given), reader, running)


@router.delete("/{tile_id}", status_code=204, dependencies=[MayChange])
def remove_tile(tile_id: TileNumber, reader: ReaderOf, running: ServiceOf) -> None:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        boards.remove(tile_id)


def begin(boards: OwnBoards, reader: Reader) -> None:
    """Gives the reader the predefined tiles of its edition, the first time."""
    text = translator(Language(reader.tenant.language))
    live = LIVE_WALLBOARD if may_see_now(reader.principal) else ()
    boards.begin(DASHBOARD, text(_("Today")), (*live, *WALLBOARD))


def settled(running: Service, reader: Reader, tile: Tile) -> Tile:
    """The tile as it is stored, with the names that it filters on spelt as the tenant spells them.

    So it shows the same in Grafana, where nobody looks names up.

    Raises:
        ReportError: the reader may not have this tile, or it cannot be as it is asked for.
    """
    check_for(reader, tile)
    report, tenant = filtered_like(tile.report, reader), reader.tenant
    question = Question(
        report,
        tenant,
        ready_made("today", tenant.time_zone, running.clock()),
        read_selections(report, tile.filters, tenant.region),
    )
    with running.connection() as connection:
        known = known_selections(connection, question)
    names = {
        each.filter.name: tuple(one_value(name) for name in each.values)
        for each in known
        if isinstance(each.filter, NameFilter)
    }
    return replace(tile, filters={**tile.filters, **names})


def filtered_like(slug: str, reader: Reader) -> Report:
    """The report that has the filters of a tile of this report, or of now.

    Raises:
        UnknownReportError: there is no such report for this reader.
    """
    return find_report(now.FILTERED_LIKE) if slug == now.SLUG else reader.report(slug)


def check_for(reader: Reader, tile: Tile) -> None:
    """Whether this reader may have this tile.

    Raises:
        UnknownReportError: there is no such report for this reader.
        ForbiddenError: the figures of now do not exist in the reader's edition.
        ReportError: the tile cannot be as it is asked for.
    """
    if tile.report != now.SLUG:
        reader.report(tile.report)
    elif not may_see_now(reader.principal):
        raise ForbiddenError
    check(tile, reader.tenant.region)


def _settled(body: TileIn, reader: Reader, running: Service) -> Tile:
    tile = tile_of(body.model_dump(by_alias=True, mode="json", exclude={"place", "view_id"}))
    return settled(running, reader, tile)


def _out(placed: PlacedTile) -> TileOut:
    stored: dict[str, Any] = as_stored(placed.tile)
    return TileOut(**stored, place=placed.place, view_id=placed.view_id, tile_id=placed.tile_id)
