"""The form in which people make and change a tile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.catalogue import find_report, now
from reportgen.compile.period import READY_MADE
from reportgen.texts import Translate, _
from reportgen.tiles.definition import (
    InvalidTileError,
    Step,
    Tile,
    TileColour,
    TileForm,
    figure_names,
    forms_of,
)
from reportgen.tiles.own_boards import Place, View

FORM_TITLES: Mapping[TileForm, str] = {
    TileForm.FIGURE: _("Figure"),
    TileForm.GAUGE: _("Gauge"),
    TileForm.CHART: _("Chart"),
    TileForm.TABLE: _("Table"),
}
COLOURING: Mapping[str, str] = {
    "none": _("No colours"),
    "high-is-bad": _("A high value is bad"),
    "high-is-good": _("A high value is good"),
}
KEPT = "kept"
"""Colours that this form cannot show, made by the API: they stay as they are."""
REFRESHES = (5, 10, 30, 60, 300, 900)
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers, in the reader's language."""

    forms: Sequence[tuple[str, str]]
    figures: Sequence[tuple[str, str]]
    periods: Sequence[tuple[str, str]]
    colouring: Sequence[tuple[str, str]]
    places: Sequence[tuple[str, str]]
    refreshes: Sequence[int]


def choices_for(slug: str, views: Sequence[View], text: Translate, *, keep_colours: bool = False) -> Choices:
    """For a tile of one report, or of now."""
    forms = [TileForm.FIGURE, TileForm.GAUGE] if slug == now.SLUG else forms_of(find_report(slug))
    colouring = [(name, text(title)) for name, title in COLOURING.items()]
    places = [("dashboard", text(_("My Dashboard"))), ("dock", text(_("Dock of my wallboard")))]
    places += [(f"view:{view.view_id}", text(_("Wallboard: {view}"), view=view.title)) for view in views]
    return Choices(
        [(form.value, text(FORM_TITLES[form])) for form in forms],
        [(name, text(title)) for name, title in figure_names(slug)],
        [(name, text(title)) for name, (title, _days) in READY_MADE.items()],
        [*colouring, (KEPT, text(_("As they are")))] if keep_colours else colouring,
        places,
        REFRESHES,
    )


def place_of(chosen: str) -> tuple[Place, int | None]:
    """Where a tile stands, of the form's word for it."""
    kind, _separator, number = chosen.partition(":")
    if kind == "view":
        return "view", _whole(number)
    return ("dock", None) if kind == "dock" else ("dashboard", None)


def word_of_place(place: Place, view_id: int | None) -> str:
    return f"view:{view_id}" if place == "view" else place


def tile_from(given: Mapping[str, str], slug: str, filters: Mapping[str, tuple[str, ...]], kept: Any) -> Tile:
    """The tile that a form describes.

    Args:
        kept: colours of before, for whoever leaves them as they are.

    Raises:
        InvalidTileError: a number is none.
    """
    form = TileForm(given.get("form", "")) if given.get("form") in list(TileForm) else TileForm.TABLE
    has_figure = form in (TileForm.FIGURE, TileForm.GAUGE)
    return Tile(
        report=slug,
        form=form,
        figure=given.get("figure", "") if has_figure else "",
        title=given.get("title", "").strip(),
        period=given.get("period") or "today",
        filters=filters,
        steps=_steps(given, kept) if has_figure else (),
        most=_number(given.get("most", "")) if form is TileForm.GAUGE else None,
        refresh_seconds=_whole(given.get("refresh_seconds") or "60"),
        width=_whole(given.get("width") or "1"),
        height=_whole(given.get("height") or "1"),
    )


def fields_of(tile: Tile) -> dict[str, str]:
    """What the form shows of a tile."""
    colouring, orange, red = _colouring(tile.steps)
    return {
        "form": tile.form.value,
        "figure": tile.figure,
        "title": tile.title,
        "period": tile.period,
        "refresh_seconds": str(tile.refresh_seconds),
        "width": str(tile.width),
        "height": str(tile.height),
        "most": "" if tile.most is None else f"{tile.most:g}",
        "colouring": colouring,
        "orange": orange,
        "red": red,
    }


def _steps(given: Mapping[str, str], kept: Any) -> tuple[Step, ...]:
    colouring = given.get("colouring", "none")
    if colouring == KEPT:
        return tuple(kept)
    orange, red = _number(given.get("orange", "")), _number(given.get("red", ""))
    if colouring == "high-is-bad":
        first, borders = TileColour.GREEN, [(orange, TileColour.ORANGE), (red, TileColour.RED)]
    elif colouring == "high-is-good":
        first = TileColour.RED if red is not None else TileColour.ORANGE
        borders = [
            (red, TileColour.ORANGE if orange is not None else TileColour.GREEN),
            (orange, TileColour.GREEN),
        ]
    else:
        return ()
    return (Step(None, first), *(Step(border, colour) for border, colour in borders if border is not None))


def _colouring(steps: Sequence[Step]) -> tuple[str, str, str]:
    """The form's word for the colours, and the borders of orange and red."""
    borders = {step.colour: step.start for step in steps[1:]}
    match [step.colour for step in steps]:
        case []:
            return "none", "", ""
        case [TileColour.GREEN, *others] if set(others) <= {TileColour.ORANGE, TileColour.RED}:
            return "high-is-bad", _text(borders.get(TileColour.ORANGE)), _text(borders.get(TileColour.RED))
        case [TileColour.RED, TileColour.ORANGE, TileColour.GREEN]:
            return "high-is-good", _text(borders[TileColour.GREEN]), _text(borders[TileColour.ORANGE])
    return KEPT, "", ""


def _text(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _number(text: str) -> float | None:
    """Nothing for nothing; a comma is taken for the decimal sign that it is in Dutch."""
    text = text.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not -1e12 < number < 1e12:
        raise InvalidTileError(_('"{text}" is no number.'), text=text)
    return number


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise InvalidTileError(_('"{text}" is no number.'), text=text)
    return int(text)
