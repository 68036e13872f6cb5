"""What a tile is: pure, so that the portal and Grafana show the same from one definition."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import chain, pairwise
from typing import Any
from urllib.parse import urlencode

import msgspec

from reportgen.catalogue import find_report, now
from reportgen.catalogue.charts import plain_bars
from reportgen.catalogue.parts import Figure, Report
from reportgen.compile import read_selections
from reportgen.compile.period import READY_MADE
from reportgen.compile.selection import parts_of
from reportgen.errors import ReportError
from reportgen.texts import _
from reportgen.units import PERCENT, Unit

LONGEST_TITLE = 100
FASTEST_REFRESH, SLOWEST_REFRESH = 5, 3600
"""Seconds."""
WIDEST, HIGHEST = 4, 4
"""Of a board that is four places wide."""
MOST_STEPS = 10
ROWS = 100
"""Of a tile that is a table: the report itself has them all."""


class InvalidTileError(ReportError):
    """A tile cannot be as it was asked for."""

    code = "invalid-tile"


class TileForm(StrEnum):
    FIGURE = "figure"
    GAUGE = "gauge"
    CHART = "chart"
    TABLE = "table"


class TileColour(StrEnum):
    CALM = "calm"
    """The board's own: a tile that asks for nothing."""
    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


class Step(msgspec.Struct, frozen=True, rename={"start": "from"}, forbid_unknown_fields=True):
    """From which value upwards a tile has a colour."""

    start: float | None
    """None, of the first step: below all others."""
    colour: TileColour


class Tile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One tile's definition, as it is stored."""

    report: str
    """Slug of the report; or `now`, for a figure of this moment."""
    form: TileForm
    figure: str = ""
    """Of a figure or gauge: which one of the report's summary."""
    title: str = ""
    """Empty: the report's or the figure's own, in the reader's language."""
    period: str = "today"
    filters: Mapping[str, tuple[str, ...]] = {}
    steps: tuple[Step, ...] = ()
    """Colours by value, rising; empty: always calm."""
    most: float | None = None
    """Of a gauge: the end of its scale; a percentage needs none."""
    refresh_seconds: int = 60
    width: int = 1
    height: int = 1


def tile_of(stored: Any) -> Tile:
    """The tile of what `as_stored` gave."""
    return msgspec.convert(stored, Tile, strict=False)


def as_stored(tile: Tile) -> dict[str, Any]:
    """The tile in words, lists and numbers that JSON can hold."""
    stored = msgspec.to_builtins(tile)
    assert isinstance(stored, dict)
    return stored


def figure_names(slug: str) -> list[tuple[str, str]]:
    """The figures that a report (or now) can show on a tile: name and English title."""
    if slug == now.SLUG:
        return [(figure.name, figure.title) for figure in now.FIGURES.values()]
    return [(figure.name, figure.title) for figure in find_report(slug).summary]


def own_title(tile: Tile) -> str:
    """English title of a tile that has been given none: the figure's, else the report's."""
    if tile.form in (TileForm.FIGURE, TileForm.GAUGE):
        return dict(figure_names(tile.report)).get(tile.figure, tile.figure)
    return find_report(tile.report).title


def forms_of(report: Report) -> list[TileForm]:
    """In which forms a report can stand on a tile."""
    without = set() if plain_bars(report) is not None else {TileForm.CHART}
    if not report.summary:
        without |= {TileForm.FIGURE, TileForm.GAUGE}
    return [form for form in TileForm if form not in without]


def report_figure(report: Report, name: str) -> Figure:
    """Raises InvalidTileError when the report's summary has no such figure."""
    for figure in report.summary:
        if figure.name == name:
            return figure
    raise _no_figure(name, [figure.name for figure in report.summary])


def now_figure(name: str) -> now.NowFigure:
    """Raises InvalidTileError when there is no such figure of now."""
    if name not in now.FIGURES:
        raise _no_figure(name, list(now.FIGURES))
    return now.FIGURES[name]


def unit_of(tile: Tile) -> Unit | None:
    """Of the figure that the tile shows; None for a chart or a table."""
    if tile.form not in (TileForm.FIGURE, TileForm.GAUGE):
        return None
    if tile.report == now.SLUG:
        return now_figure(tile.figure).unit
    return report_figure(find_report(tile.report), tile.figure).unit


def groups_of(tile: Tile) -> list[str]:
    """Of a figure of now: the contact groups that it is about; empty: all of them."""
    texts = tile.filters.get(now.GROUPS, ())
    return [part.replace("\\,", ",") for text in texts for part in parts_of(text)]


def query_of(tile: Tile) -> str:
    """The tile's period and filters, as the portal's page of its report takes them; nothing for now."""
    if tile.report == now.SLUG:
        return ""
    filters = ((name, each) for name, values in tile.filters.items() for each in values)
    return urlencode([("period", tile.period), *filters])


def narrowed(report: Report, tile: Tile) -> Report:
    """The report with no more in it than the tile shows, so that no more is asked of the database."""
    if tile.form in (TileForm.FIGURE, TileForm.GAUGE):
        return replace(
            report, summary=(report_figure(report, tile.figure),), leading=(), charts=(), chapters=()
        )
    if tile.form is TileForm.TABLE:
        return replace(report, charts=(), chapters=())
    return report


def check(tile: Tile, region: str = "NL") -> None:
    """Whether a tile can be as it is defined.

    Args:
        region: ISO 3166-1, where numbers without a country code belong.

    Raises:
        UnknownReportError: there is no such report.
        UnknownFilterError, InvalidFilterError: a filter cannot be understood.
        InvalidTileError: anything else does not go together.
    """
    _check_numbers(tile)
    if tile.period not in READY_MADE:
        raise InvalidTileError(
            _('There is no period "{name}"; choose one of: {known}.'),
            name=tile.period,
            known=", ".join(READY_MADE),
        )
    if tile.report == now.SLUG:
        _check_now(tile)
        return
    report = find_report(tile.report)
    if tile.form not in forms_of(report):
        raise InvalidTileError(
            _('This report has no form "{form}"; choose one of: {known}.'),
            form=tile.form,
            known=", ".join(forms_of(report)),
        )
    if tile.form in (TileForm.FIGURE, TileForm.GAUGE):
        report_figure(report, tile.figure)
    read_selections(report, tile.filters, region)


def _check_now(tile: Tile) -> None:
    if tile.form not in (TileForm.FIGURE, TileForm.GAUGE):
        raise InvalidTileError(_("A figure of now can be a figure or a gauge."))
    figure = now_figure(tile.figure)
    if set(tile.filters) - ({now.GROUPS} if figure.of_groups else set()):
        raise InvalidTileError(
            _("A figure of now can be filtered on contact groups only, where it has them.")
        )


def _check_numbers(tile: Tile) -> None:
    if any("\x00" in text for text in (tile.title, *chain.from_iterable(tile.filters.values()))):
        raise InvalidTileError(_("A title or filter has a character that is not allowed."))
    if len(tile.title) > LONGEST_TITLE:
        raise InvalidTileError(_("A title has at most {most} characters."), most=LONGEST_TITLE)
    if not FASTEST_REFRESH <= tile.refresh_seconds <= SLOWEST_REFRESH:
        raise InvalidTileError(
            _("A tile is refreshed every {least} to {most} seconds."),
            least=FASTEST_REFRESH,
            most=SLOWEST_REFRESH,
        )
    if not (1 <= tile.width <= WIDEST and 1 <= tile.height <= HIGHEST):
        raise InvalidTileError(
            _("A tile is 1 to {wide} places wide and 1 to {high} high."), wide=WIDEST, high=HIGHEST
        )
    if tile.steps:
        first, *others = [step.start for step in tile.steps]
        starts = [start for start in others if start is not None]
        rising = all(lower < higher for lower, higher in pairwise(starts))
        if first is not None or len(starts) < len(others) or not rising or len(tile.steps) > MOST_STEPS:
            raise InvalidTileError(
                _("Colours begin without a value and go on at rising values, at most {most}."),
                most=MOST_STEPS,
            )
    if tile.form is TileForm.GAUGE and unit_of(tile) is not PERCENT and not (tile.most and tile.most > 0):
        raise InvalidTileError(_("A gauge of anything but a percentage needs the end of its scale."))


def colour_of(steps: Sequence[Step], value: float | None) -> TileColour:
    """The colour of a value; no value is no alarm."""
    if value is None:
        return TileColour.CALM
    found = TileColour.CALM
    for step in steps:
        if step.start is None or value >= step.start:
            found = step.colour
    return found


def _no_figure(name: str, known: Sequence[str]) -> InvalidTileError:
    return InvalidTileError(
        _('There is no figure "{name}" here; choose one of: {known}.'), name=name, known=", ".join(known)
    )
