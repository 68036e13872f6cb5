"""A tile of somebody's own boards as a panel: the same definition, figures and colours as in the portal."""

from collections.abc import Sequence

from dashboards.colours import ALARM, GOOD, WARNING, in_arc
from dashboards.figures import CLOCKS
from dashboards.links import own_link
from dashboards.panels import CALM, Json, Steps, gauge, sql, stat
from dashboards.report_panels import chart_panel, table_panel
from dashboards.texts import NO_TEXT, Text, catalogue_text
from reportgen.catalogue import find_report, now
from reportgen.compile import compile_report, read_selections
from reportgen.compile.grafana_period import grafana_period
from reportgen.compile.period import READY_MADE
from reportgen.tiles.definition import (
    ROWS,
    Step,
    Tile,
    TileColour,
    TileForm,
    groups_of,
    narrowed,
    now_figure,
    query_of,
    report_figure,
)
from reportgen.units import PERCENT, Unit

COLOURS = {
    TileColour.CALM: CALM,
    TileColour.GREEN: GOOD,
    TileColour.ORANGE: WARNING,
    TileColour.RED: ALARM,
}
COLUMNS, ROWS_HIGH = 6, 5
"""Of Grafana's grid, for each place that a tile is wide and high."""


def tile_panel(tile: Tile, region: str = "NL") -> Json:
    """The panel, without its number and place.

    Args:
        region: ISO 3166-1, where numbers without a country code belong.

    Raises:
        ReportError: the tile is of something that is no more.
    """
    if tile.report == now.SLUG:
        figure = now_figure(tile.figure)
        query = figure.over(_of_groups(groups_of(tile)))
        return _value(tile, query, figure.name, figure.title, figure.means, figure.unit)
    report = find_report(tile.report)
    selections = read_selections(report, tile.filters, region)
    scope = grafana_period(tile.period)
    title = _title(tile, report.title)
    place: Json = {"width": tile.width * COLUMNS, "height": tile.height * ROWS_HIGH}
    links = [own_link(tile.report, query_of(tile))]
    if tile.form is TileForm.CHART:
        return chart_panel(report, scope, selections, title=title, links=links, **place)
    if tile.form is TileForm.TABLE:
        return table_panel(report, scope, selections, title=title, limit=ROWS, **place)
    shown = report_figure(report, tile.figure)
    summary = compile_report(narrowed(report, tile), scope, selections).summary.sql
    return _value(tile, summary, shown.name, shown.title, shown.means, shown.unit)


def _value(tile: Tile, query: str, field: str, title: str, means: str, unit: Unit) -> Json:
    settings: Json = {
        "width": tile.width * COLUMNS,
        "height": tile.height * ROWS_HIGH,
        "steps": _steps(tile.steps),
        "unit": CLOCKS.get(unit.name, unit.grafana),
        "decimals": 1 if unit is PERCENT else None,
        "description": catalogue_text(means) if means else None,
        "links": [own_link(tile.report, query_of(tile))],
        "field": field,
    }
    if tile.form is TileForm.GAUGE:
        most = 100 if unit is PERCENT or tile.most is None else tile.most
        arcs = in_arc(_steps(tile.steps))
        return gauge(_title(tile, title), [sql(query)], most=most, **settings | {"steps": arcs})
    return stat(_title(tile, title), [sql(query)], **settings)


def _title(tile: Tile, own: str) -> Text:
    title = Text(tile.title, tile.title) if tile.title else catalogue_text(own)
    period = NO_TEXT if tile.report == now.SLUG else catalogue_text(READY_MADE[tile.period][0])
    return title.followed_by(Text(*(f"· {each.lower()}" if each else "" for each in period)))


def _steps(steps: Sequence[Step]) -> Steps:
    return [(step.start, COLOURS[step.colour]) for step in steps] or [(None, CALM)]


def _of_groups(groups: Sequence[str]) -> str:
    """Condition for the groups of these names; nothing chosen is everything."""
    if not groups:
        return "true"
    names = ", ".join("'" + group.replace("'", "''") + "'" for group in groups)
    return (
        "contact_group IN (SELECT pbx_name FROM report.contact_group "  # noqa: S608 - quoted above
        f"WHERE pbx_name IN ({names}) OR name IN ({names}))"
    )
