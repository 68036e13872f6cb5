"""Panels of the reports' own figures: the catalogue's measures, compiled into Grafana's form of SQL."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboards.panels import (
    CALM,
    Json,
    Steps,
    column,
    fixed_colour,
    sql,
    stat,
    table,
    time_bars,
    time_series,
    value_texts,
)
from dashboards.texts import NO_TEXT, Text, catalogue_text
from reportgen import units
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import find_report
from reportgen.catalogue.parts import Dimension, Figure, Folder, Report, Subject
from reportgen.compile import GrafanaMacros, OutputColumn, Variable, compile_report, read_selections
from reportgen.units import PERCENT

Choices = Mapping[str, Sequence[str | Variable]]
"""Name of a filter → what is chosen, as `reportgen.compile.read_selections` takes it."""

LONGER_THAN_A_DAY = 26 * 3600
"""Seconds: a day with an hour more in autumn is still the next one."""

MOST_ROWS = 500
"""Of a report on a board: nobody reads more on a screen, and the report itself has them all."""
CLOCKS = {
    units.DATE_TIME.name: "time:DD-MM-YYYY HH:mm",
    units.INTERVAL.name: "time:DD-MM-YYYY HH:mm",
    units.DAY.name: "time:DD-MM-YYYY",
    units.MONTH.name: "time:MM-YYYY",
}
"""Moments are written by Grafana, in the board's time zone."""


class Shown(NamedTuple):
    """A figure in a chart."""

    figure: Figure
    colour: str


def figure_of(
    subject: Subject,
    figure: Figure,
    *,
    width: int,
    height: int,
    steps: Steps = ((None, CALM),),
    filter_on: Choices | None = None,
    when: Text = NO_TEXT,
) -> Json:
    """One figure over the board's period with the catalogue's name, unit and definition.

    `when` follows the name.
    """
    return stat(
        catalogue_text(figure.title).followed_by(when),
        [sql(_sql_of(subject, (figure,), None, filter_on))],
        width=width,
        height=height,
        unit=figure.unit.grafana,
        decimals=_decimals(figure),
        steps=steps,
        description=catalogue_text(figure.means),
    )


def bars_of(
    title: Text, subject: Subject, time: Dimension, shown: Sequence[Shown], *, width: int, height: int
) -> Json:
    """Figures per hour or day, as stacked bars."""
    figures = [each.figure for each in shown]
    query = _sql_of(subject, figures, time)
    if time is by.hour:
        query = _every_hour(query, figures)
    return time_bars(title, [sql(query)], width=width, height=height, columns=_columns(shown))


def lines_of(
    title: Text, subject: Subject, time: Dimension, shown: Sequence[Shown], *, width: int, height: int
) -> Json:
    """Figures per hour or day, as lines; they have one unit."""
    figures = [each.figure for each in shown]
    return time_series(
        title,
        [sql(_sql_of(subject, figures, time))],
        width=width,
        height=height,
        unit=figures[0].unit.grafana,
        disconnect_after=LONGER_THAN_A_DAY if time is by.day else None,
        columns=_columns(shown),
    )


def report_figure(slug: str, name: str, *, width: int, height: int, steps: Steps = ((None, CALM),)) -> Json:
    """One figure of a report's summary.

    Raises:
        UnknownReportError: the catalogue has no report of that name.
    """
    summary = compile_report(find_report(slug), GrafanaMacros()).summary
    (output,) = (each for each in summary.columns if each.name == name)
    return stat(
        catalogue_text(output.title),
        [sql(summary.sql)],
        field=name,
        width=width,
        height=height,
        unit=output.unit.grafana,
        decimals=_decimals(output),
        steps=steps,
        description=catalogue_text(output.means),
    )


def report_table(slug: str, *, width: int, height: int) -> Json:
    """A report's table, with its own title and headings; at most MOST_ROWS of it.

    Raises:
        UnknownReportError: the catalogue has no report of that name.
    """
    report = find_report(slug)
    statement = compile_report(report, GrafanaMacros(), limit=MOST_ROWS).table
    return table(
        catalogue_text(report.title),
        [sql(statement.sql)],
        width=width,
        height=height,
        columns=[_report_column(each) for each in statement.columns],
    )


def _report_column(output: OutputColumn) -> Json:
    settings: Json = {"unit": CLOCKS.get(output.unit.name, output.unit.grafana)}
    if output.unit.words:
        looks = {word: (catalogue_text(text), "text") for word, text in output.unit.words.items()}
        settings["mappings"] = value_texts(looks)
    if output.unit is PERCENT:
        settings["decimals"] = 1
    return column(output.name, catalogue_text(output.title), **settings)


def _sql_of(
    subject: Subject, figures: Sequence[Figure], time: Dimension | None, filter_on: Choices | None = None
) -> str:
    report = Report(
        slug="panel",
        section="",
        folder=Folder.INBOUND,
        title="",
        subject=subject,
        summary=tuple(figures),
        dimensions=(time,) if time else (),
        figures=tuple(figures),
    )
    compiled = compile_report(report, GrafanaMacros(), read_selections(report, filter_on or {}))
    return compiled.table.sql if time else compiled.summary.sql


def _every_hour(query: str, figures: Sequence[Figure]) -> str:
    """A row for the hours without calls too: a bar takes its width from its neighbours."""
    counted = ", ".join(f"coalesce(counted.{figure.name}, 0) AS {figure.name}" for figure in figures)
    return (
        f"SELECT hour, {counted} FROM generate_series(CAST($__timeFrom() AS timestamptz), "  # noqa: S608 - our own texts
        f"CAST($__timeTo() AS timestamptz), '1 hour') AS hour LEFT JOIN ({query}) AS counted USING (hour) "
        "ORDER BY hour"
    )


def _columns(shown: Sequence[Shown]) -> list[Json]:
    return [
        column(each.figure.name, catalogue_text(each.figure.title), color=fixed_colour(each.colour))
        for each in shown
    ]


def _decimals(figure: Figure | OutputColumn) -> int | None:
    return 1 if figure.unit is PERCENT else None
