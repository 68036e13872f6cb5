"""My Dashboard: every login's own tiles, which refresh themselves."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from reportgen.access.audit import record_report
from reportgen.catalogue import find_report, now
from reportgen.compile.period import ready_made
from reportgen.errors import ReportError, UnknownReportError
from reportgen.run import choices
from reportgen.texts import _, translator
from reportgen.tiles.definition import InvalidTileError, Tile, TileForm
from reportgen.tiles.own_boards import PlacedTile, own_boards
from reportgen.tiles.shown import NOTHING, ShownTile, shown_tile
from reportgen.units import Writer
from reportgen.web.fields import Field
from reportgen.web.fields import fields_of as filter_fields
from reportgen.web.pages import language_of, page
from reportgen.web.problems import sentence
from reportgen.web.service import Reader, ReaderOf, Service, ServiceOf
from reportgen.web.sign_in import FromHere, OwnForm
from reportgen.web.tile_form import choices_for, fields_of, place_of, tile_from, word_of_place
from reportgen.web.tiles_api import begin, check_for, filtered_like, settled

router = APIRouter()

LONGEST_VALUE = 20_000
"""Characters: a filter may name many numbers."""

TileNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


async def fields(request: Request) -> dict[str, list[str]]:
    """What a form sent, a field given twice with both values.

    Raises:
        InvalidTileError: a value is longer than any filter is.
    """
    form = await request.form()
    given: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) or len(value) > LONGEST_VALUE:
            raise InvalidTileError(_("A field of the form is too long."))
        given.setdefault(name, []).append(value)
    return given


Fields = Annotated[dict[str, list[str]], Depends(fields)]


@router.get("/dashboard")
def dashboard_page(request: Request, reader: ReaderOf, running: ServiceOf, edit: bool = False) -> Response:
    """The reader's tiles; their figures come tile by tile."""
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        begin(boards, reader)
        placed = boards.tiles("dashboard")
    keep_opened(running, reader, "dashboard", placed)
    return page(request, "dashboard.html", tenant=reader.tenant.name, placed=placed, edit=edit)


@router.get("/own-tiles/{tile_id}/shown")
def tile_shown(tile_id: TileNumber, request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    """The part of a board that refreshes: one tile."""
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        tile = boards.tile(tile_id).tile
    shown, message = _shown(tile, request, reader, running)
    return page(request, "_own_tile.html", it=shown, message=message, nothing=NOTHING)


@router.get("/own-tiles/new/{slug}")
def new_tile_page(slug: str, request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    """The form for a tile of a report, with the filters that the report's page had."""
    filters = {name: request.query_params.getlist(name) for name in request.query_params}
    return _form_page(request, reader, running, slug, filters, dict(request.query_params))


@router.post("/own-tiles/new/{slug}", dependencies=[FromHere, OwnForm])
def add_tile(slug: str, request: Request, reader: ReaderOf, running: ServiceOf, given: Fields) -> Response:
    single = {name: values[0] for name, values in given.items()}
    try:
        filters = _filters(slug, reader, given)
        tile = settled(running, reader, tile_from(single, slug, filters, ()))
        place = place_of(single.get("place", ""))
        with running.connection() as connection, own_boards(connection, reader.principal) as boards:
            begin(boards, reader)
            boards.add(tile, *place)
    except ReportError as error:
        return _form_page(request, reader, running, slug, given, single, error=error)
    return _back(place[0])


@router.get("/own-tiles/{tile_id}")
def tile_page(tile_id: TileNumber, request: Request, reader: ReaderOf, running: ServiceOf) -> Response:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        placed = boards.tile(tile_id)
    given = {**fields_of(placed.tile), "place": word_of_place(placed.place, placed.view_id)}
    filters = {name: list(values) for name, values in placed.tile.filters.items()}
    return _form_page(request, reader, running, placed.tile.report, filters, given, placed=placed)


@router.post("/own-tiles/{tile_id}", dependencies=[FromHere, OwnForm])
def change_tile(
    tile_id: TileNumber, request: Request, reader: ReaderOf, running: ServiceOf, given: Fields
) -> Response:
    single = {name: values[0] for name, values in given.items()}
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        placed = boards.tile(tile_id)
    slug = placed.tile.report
    try:
        filters = _filters(slug, reader, given)
        tile = settled(running, reader, tile_from(single, slug, filters, placed.tile.steps))
        place = place_of(single.get("place", ""))
        with running.connection() as connection, own_boards(connection, reader.principal) as boards:
            boards.change(tile_id, tile, *place)
    except ReportError as error:
        return _form_page(request, reader, running, slug, given, single, placed=placed, error=error)
    return _back(place[0])


@router.post("/own-tiles/{tile_id}/move/{where}", dependencies=[FromHere, OwnForm])
def move_tile(
    tile_id: TileNumber, where: Literal["forward", "back"], reader: ReaderOf, running: ServiceOf
) -> Response:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        boards.move(tile_id, -1 if where == "forward" else 1)
        place = boards.tile(tile_id).place
    return _back(place)


@router.post("/own-tiles/{tile_id}/remove", dependencies=[FromHere, OwnForm])
def remove_tile(tile_id: TileNumber, reader: ReaderOf, running: ServiceOf) -> Response:
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        place = boards.tile(tile_id).place
        boards.remove(tile_id)
    return _back(place)


def keep_opened(running: Service, reader: Reader, board: str, placed: list[PlacedTile]) -> None:
    """Keeps in the audit trail that somebody looked; not each refresh, of which there are thousands a day."""
    reports = sorted({each.tile.report for each in placed})
    with running.connection() as connection:
        record_report(connection, reader.principal, board, {"reports": reports}, address=reader.address)


def _back(place: str) -> Response:
    return RedirectResponse("/dashboard?edit=true" if place == "dashboard" else "/wallboard/edit", 303)


def _shown(tile: Tile, request: Request, reader: Reader, running: Service) -> tuple[ShownTile | None, str]:
    """The tile, or why there is none to show."""
    tenant, language = reader.tenant, language_of(request)
    writer = Writer(language, tenant.time_zone, tenant.region)
    try:
        check_for(reader, tile)
        report = None if tile.report == now.SLUG else reader.report(tile.report)
        with running.connection() as connection:
            shown = shown_tile(
                connection, tile, report, tenant, writer, at=running.clock(), made_by=reader.name
            )
    except UnknownReportError:
        return None, writer.text(_("This report does not exist for you (any more)."))
    except ReportError as error:
        return None, sentence(error, language)
    return shown, ""


def _filters(slug: str, reader: Reader, given: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Those of the fields that are filters of the report."""
    known = {now.GROUPS} if slug == now.SLUG else set(reader.report(slug).filters)
    return {
        name: tuple(value for value in values if value.strip())
        for name, values in given.items()
        if name in known and any(value.strip() for value in values)
    }


def _form_page(
    request: Request,
    reader: Reader,
    running: Service,
    slug: str,
    filters: Mapping[str, list[str]],
    given: Mapping[str, str],
    *,
    placed: PlacedTile | None = None,
    error: ReportError | None = None,
) -> Response:
    language, tenant = language_of(request), reader.tenant
    text = translator(language)
    writer = Writer(language, tenant.time_zone, tenant.region)
    with running.connection() as connection, own_boards(connection, reader.principal) as boards:
        views = boards.views()
    keep_colours = placed is not None and fields_of(placed.tile)["colouring"] == "kept"
    return page(
        request,
        "tile.html",
        status=400 if error else 200,
        tenant=tenant.name,
        title=text(_("Figures of now")) if slug == now.SLUG else text(find_report(slug).title),
        message=sentence(error, language) if error else "",
        action=f"/own-tiles/{placed.tile_id}" if placed else f"/own-tiles/new/{slug}",
        placed=placed,
        offered=choices_for(slug, views, text, keep_colours=keep_colours),
        given=given,
        fields=_filter_fields(slug, reader, running, _filters(slug, reader, filters), writer),
        is_now=slug == now.SLUG,
        forms_with_figure=[TileForm.FIGURE.value, TileForm.GAUGE.value],
    )


def _filter_fields(
    slug: str, reader: Reader, running: Service, filters: Mapping[str, tuple[str, ...]], writer: Writer
) -> list[Field]:
    report, tenant = filtered_like(slug, reader), reader.tenant
    with running.connection() as connection:
        listed = choices(connection, report, tenant, ready_made("today", tenant.time_zone, running.clock()))
    offered = filter_fields(report, listed, filters, writer)
    return [each for each in offered if slug != now.SLUG or each.name == now.GROUPS]
