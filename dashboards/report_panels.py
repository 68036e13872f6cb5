"""Panels of whole reports: a figure of the summary, the chart, the table."""
# ruff: noqa: S608 - texts of this package alone are joined; nothing comes from outside

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboards.figures import CLOCKS, MOST_ROWS, Choices, Shown, columns_of, decimals_of
from dashboards.links import report_link
from dashboards.panels import CALM, Json, Steps, bars, column, sql, stat, table, value_texts
from dashboards.tables import moment_settings
from dashboards.texts import Text, catalogue_text
from reportgen import units
from reportgen.catalogue import find_report
from reportgen.catalogue.charts import counted, plain_bars
from reportgen.catalogue.parts import Bars, Dimension, Report, Shares, Top
from reportgen.compile import GrafanaMacros, OutputColumn, Selection, compile_report, read_selections
from reportgen.units import PERCENT

CHART_COLOURS = {
    "answered": "green",
    "missed": "red",
    "lost": "red",
    "unreturned": "red",
    "overflowed": "orange",
    "bounced": "orange",
    "incoming": "blue",
    "outgoing": "green",
    "internal": "purple",
    "talk_time": "blue",
    "wrap_up_time": "purple",
    "ringing_time": "yellow",
    "ready_time": "green",
    "available_time": "green",
    "unavailable_time": "orange",
    "pause_time": "orange",
    "dnd_time": "red",
    "late_starts": "red",
    "early_ends": "orange",
}
"""Figure → its colour in every chart; all others are blue, and alone in theirs."""
CLOCK_WORDS = {"half_hour": "HH24:MI", "hour": "HH24:MI", "day": "DD-MM", "month": "MM-YYYY"}
"""Below bars; of more than one day, hours have their day before them."""


def report_figure(
    slug: str,
    name: str,
    *,
    width: int,
    height: int,
    steps: Steps = ((None, CALM),),
    filter_on: Choices | None = None,
) -> Json:
    """One figure of a report's summary.

    Raises:
        UnknownReportError: the catalogue has no report of that name.
    """
    report = find_report(slug)
    summary = compile_report(report, GrafanaMacros(), read_selections(report, filter_on or {})).summary
    (output,) = (each for each in summary.columns if each.name == name)
    return stat(
        catalogue_text(output.title),
        [sql(summary.sql)],
        field=name,
        width=width,
        height=height,
        unit=output.unit.grafana,
        decimals=decimals_of(output),
        steps=steps,
        description=catalogue_text(output.means),
        links=[report_link(slug)],
    )


def report_chart(slug: str, *, width: int, height: int, filter_on: Choices | None = None) -> Json:
    """A report's own chart, over the board's period: its bars, each below what it is of.

    Raises:
        UnknownReportError: the catalogue has no report of that name.
    """
    report = find_report(slug)
    return chart_panel(
        report, GrafanaMacros(), read_selections(report, filter_on or {}), width=width, height=height
    )


def chart_panel(
    report: Report,
    scope: GrafanaMacros,
    selections: Sequence[Selection],
    *,
    width: int,
    height: int,
    title: Text | None = None,
    links: Sequence[Json] | None = None,
) -> Json:
    """The chart of a report that has one."""
    chart = plain_bars(report)
    assert chart is not None, report.slug
    drawn = counted(report, (chart.x,), chart.y, biggest_first=isinstance(report.charts[0], Top | Shares))
    drawn = replace(drawn, summary=chart.y)
    shown = [Shown(figure, CHART_COLOURS.get(figure.name, "blue")) for figure in chart.y]
    return bars(
        title or catalogue_text(report.title),
        [sql(_below_bars(compile_report(drawn, scope, selections, limit=MOST_ROWS).table.sql, chart))],
        width=width,
        height=height,
        x=chart.x.name,
        columns=[_report_column_of(chart.x), *columns_of(shown)],
        unit=chart.y[0].unit.grafana,
        links=[report_link(report.slug)] if links is None else links,
    )


def report_table(
    slug: str, *, width: int, height: int, filter_on: Choices | None = None, row: Mapping[str, str] = {}
) -> Json:
    """A report's table, with its own title and headings; at most MOST_ROWS of it.

    Args:
        row: column → the report's filter that a click on the column sets.

    Raises:
        UnknownReportError: the catalogue has no report of that name.
    """
    report = find_report(slug)
    return table_panel(
        report,
        GrafanaMacros(),
        read_selections(report, filter_on or {}),
        width=width,
        height=height,
        links={
            name: [report_link(slug, f"{filter_}=${{__value.raw:percentencode}}")]
            for name, filter_ in row.items()
        },
    )


def table_panel(
    report: Report,
    scope: GrafanaMacros,
    selections: Sequence[Selection],
    *,
    width: int,
    height: int,
    title: Text | None = None,
    links: Mapping[str, Sequence[Json]] = {},
    limit: int = MOST_ROWS,
) -> Json:
    """The table of a report."""
    statement = compile_report(report, scope, selections, limit=limit).table
    return table(
        title or catalogue_text(report.title),
        [sql(statement.sql)],
        width=width,
        height=height,
        columns=[_report_column(each, links.get(each.name, ())) for each in statement.columns],
    )


def _below_bars(query: str, chart: Bars) -> str:
    """The same rows, with moments and lengths of time as the words that stand below their bars."""
    name = chart.x.name
    if chart.x.unit is units.DURATION:
        words = f"CAST(make_interval(secs => {name}) AS text)"
    elif chart.x.bucket is not None:
        zone, pattern = "(SELECT time_zone FROM report.tenant)", CLOCK_WORDS[chart.x.bucket]
        local = f"{name} AT TIME ZONE {zone}"
        of_days = f"CAST(min({local}) OVER () AS date) < CAST(max({local}) OVER () AS date)"
        words = f"to_char({local}, '{pattern}')"
        if pattern == CLOCK_WORDS["hour"]:
            words = f"CASE WHEN {of_days} THEN to_char({local}, 'DD-MM {pattern}') ELSE {words} END"
    else:
        return query
    others = ", ".join(figure.name for figure in chart.y)
    return f"SELECT {words} AS {name}, {others} FROM ({query}) AS drawn"


def _report_column_of(dimension: Dimension) -> Json:
    # Labels that find no room are left out, which Grafana takes for labels without a value.
    settings: Json = {"noValue": " "}
    if dimension.unit.words:
        looks = {word: (catalogue_text(text), "text") for word, text in dimension.unit.words.items()}
        settings["mappings"] = value_texts(looks)
    return column(dimension.name, catalogue_text(dimension.title), **settings)


def _report_column(output: OutputColumn, links: Sequence[Json]) -> Json:
    settings: Json = {"unit": output.unit.grafana}
    if output.unit in (units.DATE_TIME, units.INTERVAL):
        settings = moment_settings(output.unit)
    elif output.unit.name in CLOCKS:
        settings["unit"] = CLOCKS[output.unit.name]
    if links:
        settings["links"] = list(links)
    if output.unit.words:
        looks = {word: (catalogue_text(text), "text") for word, text in output.unit.words.items()}
        settings["mappings"] = value_texts(looks)
    if output.unit is PERCENT:
        settings["decimals"] = 1
    return column(output.name, catalogue_text(output.title), **settings)
