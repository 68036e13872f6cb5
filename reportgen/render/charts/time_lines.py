"""The course of each call on a time line: who rang, waited, talked and held, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from reportgen.catalogue.lifecycle import STAYS
from reportgen.catalogue.parts import Columns, TimeLines
from reportgen.render.charts.look import GREY, INK, SOFT, Drawing, Look, cleaned, mixed, scale, style
from reportgen.run import Result
from reportgen.texts import _
from reportgen.units import DATE_TIME, DIRECTION, DURATION, LEG_KIND, NUMBER, hms
from store.vocabulary import LegKind, LegOutcome, LegRole

MOST_CALLS = 30
MOST_PARTS = 600
LANE_HEIGHT, AROUND = 0.19, 0.72
"""Inches."""
NARROWEST_LABELLED = 0.06
"""Share of the picture: a text does not fit in less."""

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Stretch:
    begin: datetime
    end: datetime
    kind: str
    """"waiting", "ringing", "talking" or "treated"."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Lane:
    name: str
    stretches: tuple[_Stretch, ...]
    took_over_at: datetime | None = None
    """When the call came to this party from the one who had it before."""


def time_lines(chart: TimeLines, result: Result, look: Look) -> list[Drawing]:  # noqa: ARG001 - one shape for all
    """A picture for each of the first calls."""
    report = replace(result.question.report, charts=())
    parts = result.further.table(report, limit=MOST_PARTS).keyed()
    calls = [list(group) for _id, group in groupby(parts, key=lambda part: part["call_id"])]
    if len(parts) == MOST_PARTS and len(calls) > 1:
        # The last may have been cut through.
        calls.pop()
    drawn = calls[:MOST_CALLS]
    stays = _stays(result, [call[0]["call_id"] for call in drawn])
    drawings = (_drawing(call, stays.get(call[0]["call_id"], []), look) for call in drawn)
    return [drawing for drawing in drawings if drawing is not None]


def _stays(result: Result, calls: list[UUID]) -> dict[UUID, list[Part]]:
    """The visits of these calls to queues and hunt groups."""
    if not calls:
        return {}

    def only(c: Columns) -> Any:
        return c.call_id.in_(calls)

    rows = result.further.table(replace(STAYS, only=only), filtered=False).keyed()
    found: dict[UUID, list[Part]] = {}
    for row in rows:
        found.setdefault(row["call_id"], []).append(row)
    return found


def _drawing(call: list[Part], stays: list[Part], look: Look) -> Drawing | None:
    """None when nothing of the call took any time."""
    lanes = [*_lanes(call, stays, look)]
    if not any(lane.stretches for lane in lanes):
        return None
    height = AROUND + LANE_HEIGHT * len(lanes)
    return Drawing(_caption(call, look), height, lambda figure: _draw(figure, lanes, look))


def _caption(call: list[Part], look: Look) -> str:
    first = call[0]
    caller = next((part for part in call if part["role"] == LegRole.CALLER.value), first)
    said = (
        look.writer.write(DATE_TIME, first["started_at"]),
        look.writer.write(DIRECTION, first["call_type"]),
        look.writer.write(NUMBER, caller["party"]) or look.text(_("Withheld number")),
        look.text(_("duration {duration}"), duration=hms(_whole(call))),
    )
    return " · ".join(said)


def _whole(call: list[Part]) -> int:
    begin: datetime = min(part["offered_at"] for part in call)
    return round((max(_end(part) for part in call) - begin).total_seconds())


def _end(part: Part) -> datetime:
    ended: datetime = part["ended"] or part["answered_at"] or part["offered_at"]
    return ended


def _lanes(call: list[Part], stays: list[Part], look: Look) -> Iterable[_Lane]:
    """The caller first, then queues and parties in the order in which they came into play."""
    callers = [part for part in call if part["role"] == LegRole.CALLER.value]
    others = [part for part in call if part["role"] != LegRole.CALLER.value]
    for part in callers:
        yield _Lane(_party(part, look, caller=True), tuple(_of_part(part, look)))
    began = [(stay["entered"], 0, _stay_lane(stay)) for stay in stays]
    took_over = _taken_over(others)
    began += [
        (
            part["offered_at"],
            1,
            _Lane(_party(part, look), tuple(_of_part(part, look)), took_over.get(part["part"])),
        )
        for part in others
    ]
    yield from (lane for _at, _order, lane in sorted(began, key=lambda each: each[:2]))


def _taken_over(parts: list[Part]) -> dict[int, datetime]:
    """Of those who answered after another: when."""
    answered = sorted((part["answered_at"], part["part"]) for part in parts if part["answered_at"])
    return {part: at for at, part in islice(answered, 1, None)}


def _party(part: Part, look: Look, *, caller: bool = False) -> str:
    kind = part["kind"]
    if kind in (LegKind.VOICEMAIL.value, LegKind.ANNOUNCEMENT.value):
        return look.text(LEG_KIND.words[kind]) if LEG_KIND.words else kind
    number = look.writer.write(NUMBER, part["party"]) or look.text(_("Withheld number"))
    name = cleaned(" ".join(filter(None, (number, part["user"]))))
    return f"{look.text(_('Caller'))} {name}" if caller else name


def _of_part(part: Part, look: Look) -> Iterable[_Stretch]:
    begin, answered, end = part["offered_at"], part["answered_at"], _end(part)
    if part["kind"] in (LegKind.VOICEMAIL.value, LegKind.ANNOUNCEMENT.value):
        yield _Stretch(begin, end, "treated")
        return
    if answered is None or begin < answered:
        lost = part["outcome"] == LegOutcome.ANSWERED_ELSEWHERE.value
        yield _Stretch(begin, answered or end, "treated" if lost else "ringing")
    if answered:
        hold = part["hold_time"]
        yield _Stretch(
            answered, end, "talking", look.text(_("on hold {time}"), time=hms(hold)) if hold else ""
        )


def _stay_lane(stay: Part) -> _Lane:
    left = stay["answered_at"] or stay["left"] or stay["entered"]
    return _Lane(cleaned(stay["group"] or stay["group_key"]), (_Stretch(stay["entered"], left, "waiting"),))


def _draw(figure: Figure, lanes: list[_Lane], look: Look) -> None:
    axes = figure.add_subplot()
    begin = min(stretch.begin for lane in lanes for stretch in lane.stretches or ())
    end = max(stretch.end for lane in lanes for stretch in lane.stretches)
    whole = max((end - begin).total_seconds(), 1.0)
    colours = _colours(look)
    for place, lane in enumerate(lanes):
        for stretch in lane.stretches:
            left = (stretch.begin - begin).total_seconds()
            width = max((stretch.end - stretch.begin).total_seconds(), whole / 400)
            axes.barh(place, width, left=left, height=0.62, color=colours[stretch.kind])
            if stretch.text and width / whole > NARROWEST_LABELLED:
                axes.text(
                    left + width - whole / 200,
                    place,
                    stretch.text,
                    ha="right",
                    va="center",
                    fontsize=7,
                    color="white",
                )
        if lane.took_over_at is not None:
            _arrow(axes, lanes, place, (lane.took_over_at - begin).total_seconds())
    axes.set_yticks(range(len(lanes)), [lane.name for lane in lanes])
    axes.set_ylim(len(lanes) - 0.4, -0.6)
    axes.set_xlim(0, whole)
    style(axes, grid="x")
    axes.tick_params(axis="y", colors=INK, labelsize=7.5)
    axes.tick_params(axis="x", labelsize=7)
    scale(axes.xaxis, DURATION, look.writer, most=6)
    _legend(figure, {stretch.kind for lane in lanes for stretch in lane.stretches}, colours, look)


def _arrow(axes: Axes, lanes: list[_Lane], place: int, at: float) -> None:
    """From the party who had the call to the one who took it over."""
    before = next(
        (
            above
            for above in range(place - 1, -1, -1)
            if any(stretch.kind == "talking" for stretch in lanes[above].stretches) and above > 0
        ),
        None,
    )
    if before is not None:
        axes.annotate(
            "",
            (at, place - 0.32),
            xytext=(at, before + 0.32),
            arrowprops={"arrowstyle": "-|>", "color": SOFT, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0},
        )


def _colours(look: Look) -> dict[str, str]:
    main, contrast = look.colours[0], look.colours[1]
    return {
        "waiting": mixed(contrast, 0.25),
        "ringing": mixed(main, 0.62),
        "talking": main,
        "treated": mixed(GREY, 0.55),
    }


def _legend(figure: Figure, kinds: set[str], colours: dict[str, str], look: Look) -> None:
    titles = {
        "waiting": _("Waiting in the group"),
        "ringing": _("Ringing"),
        "talking": _("In conversation"),
        "treated": _("Announcement, voicemail, or answered elsewhere"),
    }
    handles = [Patch(color=colours[kind], label=look.text(titles[kind])) for kind in titles if kind in kinds]
    figure.legend(
        handles=handles,
        loc="outside lower left",
        # Four beside each other are wider than half a page.
        ncols=2 if len(handles) > 3 else 3,
        frameon=False,
        fontsize=7,
        handlelength=1.0,
        columnspacing=1.4,
        borderaxespad=0.1,
    )
