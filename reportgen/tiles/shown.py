"""A tile as its reader sees it now: run, written out and coloured."""

import base64
import math
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from reportgen.catalogue import now
from reportgen.catalogue.parts import Report
from reportgen.compile import Tenant, read_selections
from reportgen.compile.period import READY_MADE, ready_made
from reportgen.render.document import EMPTY, Heading, cells, document
from reportgen.run import Question, answer, as_tenant, summary
from reportgen.tiles.definition import (
    ROWS,
    Tile,
    TileColour,
    TileForm,
    colour_of,
    groups_of,
    narrowed,
    now_figure,
    query_of,
    report_figure,
)
from reportgen.units import PERCENT, Unit, Writer
from store.connect import Connection

SECONDS = 20
"""The longest that a tile's statement may take: it is asked again and again."""
NOTHING = "–"
CHART_FONT = "Arial"
CHART_INCHES = 2.4
"""For each of the board's places that a chart is wide."""
GAUGE_RADIUS = 40


@dataclass(frozen=True, slots=True)
class ShownTile:
    """What the template shows of a tile."""

    title: str
    form: TileForm
    period: str
    """In words; empty for a figure of now."""
    means: str
    colour: TileColour
    text: str = ""
    arc: str = ""
    """Of a gauge: how much of its scale is reached, as an SVG dash pattern."""
    chart: str | None = None
    """The picture as a data URL."""
    headings: tuple[Heading, ...] = ()
    rows: list[list[str]] = field(default_factory=list)
    empty: str = ""
    link: str = ""
    """The portal's page with the same report, filters and period."""


def shown_tile(
    connection: Connection,
    tile: Tile,
    report: Report | None,
    tenant: Tenant,
    writer: Writer,
    *,
    at: datetime,
    made_by: str,
) -> ShownTile:
    """Asks the database and writes the answer out.

    Args:
        report: the one that the tile is of, as it exists for the reader; None for a figure of now.

    Raises:
        InvalidFilterError: something that the tile filters on is gone.
        ReportTooLongError: the answer takes longer than SECONDS.
    """
    if report is None:
        return _now(connection, tile, tenant, writer)
    question = Question(
        narrowed(report, tile),
        tenant,
        ready_made(tile.period, tenant.time_zone, at),
        read_selections(report, tile.filters, tenant.region),
        ROWS if tile.form is TileForm.TABLE else None,
    )
    words = writer.text(READY_MADE[tile.period][0])
    if tile.form in (TileForm.FIGURE, TileForm.GAUGE):
        figure = report_figure(report, tile.figure)
        value = summary(connection, question, seconds=SECONDS)[tile.figure]
        return _of_value(tile, writer, figure.title, figure.means, figure.unit, value, words, link_of(tile))
    title = tile.title or writer.text(report.title)
    with answer(connection, question, now=at, made_by=made_by, seconds=SECONDS) as result:
        shown = document(result, writer)
        chart, rows = None, []
        if tile.form is TileForm.CHART:
            from reportgen.render.charts import first_picture

            inches = CHART_INCHES * tile.width, CHART_INCHES * 0.55 * tile.height
            svg = first_picture(result, writer, font=CHART_FONT, width=inches[0], height=inches[1])
            chart = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode() if svg else None
        else:
            write = cells(result, writer)
            rows = [write(row) for row in islice(result.rows, ROWS)]
    return ShownTile(
        title,
        tile.form,
        words,
        "",
        TileColour.CALM,
        chart=chart,
        headings=shown.headings,
        rows=rows,
        empty=writer.text(EMPTY),
        link=link_of(tile),
    )


def link_of(tile: Tile) -> str:
    """Path of the portal's page that shows where a tile's figure comes from."""
    return "/live" if tile.report == now.SLUG else f"/reports/{tile.report}?{query_of(tile)}"


def _now(connection: Connection, tile: Tile, tenant: Tenant, writer: Writer) -> ShownTile:
    figure = now_figure(tile.figure)
    groups = groups_of(tile)
    with as_tenant(connection, tenant.tenant_id, scope_id=tenant.scope_id, role=tenant.role, seconds=SECONDS):
        cursor = connection.execute(figure.over(_CHOSEN if groups else "true").encode(), {"groups": groups})
        names = [column.name for column in cursor.description or ()]
        row = cursor.fetchone()
    value = None if row is None else dict(zip(names, row, strict=True))[figure.name]
    return _of_value(tile, writer, figure.title, figure.means, figure.unit, value, "", link_of(tile))


_CHOSEN = """contact_group IN (
    SELECT pbx_name FROM report.contact_group WHERE pbx_name = ANY (%(groups)s) OR name = ANY (%(groups)s)
)"""


def _of_value(
    tile: Tile,
    writer: Writer,
    title: str,
    means: str,
    unit: Unit,
    value: Any,
    period: str,
    link: str,
) -> ShownTile:
    number = float(value) if isinstance(value, Decimal | int | float) else None
    return ShownTile(
        tile.title or writer.text(title),
        tile.form,
        period,
        writer.text(means),
        colour_of(tile.steps, number),
        text=writer.write(unit, value) or NOTHING,
        arc=_arc(number, 100 if unit is PERCENT else tile.most),
        link=link,
    )


def _arc(value: float | None, most: float | None) -> str:
    """Of a half circle with GAUGE_RADIUS: the part that is drawn, and the rest that is not."""
    half = math.pi * GAUGE_RADIUS
    reached = 0.0 if value is None or not most else min(max(value / most, 0), 1) * half
    return f"{reached:.2f} {2 * half:.2f}"
