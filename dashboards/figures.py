"""Panels of the reports' own figures: the catalogue's measures, compiled into Grafana's form of SQL."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboards.colours import in_arc
from dashboards.links import report_link
from dashboards.panels import (
    CALM,
    Json,
    Steps,
    column,
    fixed_colour,
    gauge,
    sql,
    stat,
    time_bars,
    time_series,
)
from dashboards.texts import NO_TEXT, Text, catalogue_text
from reportgen import units
from reportgen.catalogue import dimensions as by
from reportgen.catalogue.parts import Condition, Dimension, Figure, Folder, Report, Subject
from reportgen.compile import (
    GrafanaMacros,
    OutputColumn,
    Variable,
    compile_report,
    read_selections,
)
from reportgen.compile.grafana_period import GrafanaPeriod, Stretch
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
    units.CLOCK.name: "time:HH:mm",
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
    only: Condition | None = None,
    when: Text = NO_TEXT,
    report: str = "",
) -> Json:
    """One figure over the board's period with the catalogue's name, unit and definition.

    Args:
        when: follows the name.
        report: slug of the one to which a click leads.
    """
    return stat(
        catalogue_text(figure.title).followed_by(when),
        [sql(_sql_of(subject, (figure,), None, filter_on, only))],
        width=width,
        height=height,
        unit=figure.unit.grafana,
        decimals=decimals_of(figure),
        steps=steps,
        description=catalogue_text(figure.means),
        links=[report_link(report)] if report else (),
    )


def gauge_of(
    subject: Subject,
    figure: Figure,
    *,
    width: int,
    height: int,
    steps: Steps,
    filter_on: Choices | None = None,
    when: Text = NO_TEXT,
    report: str = "",
) -> Json:
    """A percentage over the board's period on a scale to 100."""
    return gauge(
        catalogue_text(figure.title).followed_by(when),
        [sql(_sql_of(subject, (figure,), None, filter_on))],
        width=width,
        height=height,
        steps=in_arc(steps),
        most=100,
        unit=figure.unit.grafana,
        decimals=decimals_of(figure),
        description=catalogue_text(figure.means),
        links=[report_link(report)] if report else (),
    )


def bars_of(
    title: Text,
    subject: Subject,
    time: Dimension,
    shown: Sequence[Shown],
    *,
    width: int,
    height: int,
    filter_on: Choices | None = None,
    only: Condition | None = None,
    report: str = "",
) -> Json:
    """Figures per hour or day, as stacked bars."""
    figures = [each.figure for each in shown]
    query = _sql_of(subject, figures, time, filter_on, only)
    if time is by.hour:
        query = _every_hour(query, figures)
    links = [report_link(report)] if report else []
    return time_bars(title, [sql(query)], width=width, height=height, columns=columns_of(shown), links=links)


def lines_of(
    title: Text,
    subject: Subject,
    time: Dimension,
    shown: Sequence[Shown],
    *,
    width: int,
    height: int,
    filter_on: Choices | None = None,
    only: Condition | None = None,
    report: str = "",
) -> Json:
    """Figures per hour or day, as lines; they have one unit."""
    figures = [each.figure for each in shown]
    return time_series(
        title,
        [sql(_sql_of(subject, figures, time, filter_on, only))],
        links=[report_link(report)] if report else (),
        width=width,
        height=height,
        unit=figures[0].unit.grafana,
        disconnect_after=LONGER_THAN_A_DAY if time is by.day else None,
        columns=columns_of(shown),
    )


def _sql_of(
    subject: Subject,
    figures: Sequence[Figure],
    time: Dimension | None,
    filter_on: Choices | None = None,
    only: Condition | None = None,
    scope: GrafanaMacros | None = None,
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
        only=only,
    )
    compiled = compile_report(report, scope or GrafanaMacros(), read_selections(report, filter_on or {}))
    return compiled.table.sql if time else compiled.summary.sql


def comparison(
    subject: Subject, figures: Sequence[Figure], stretches: Sequence[Stretch], filter_on: Choices
) -> str:
    """SQL of a row for each stretch of the calendar: each figure so far, and of the one before until then."""
    rows = []
    for number, stretch in enumerate(stretches):
        now, before = (
            _sql_of(
                subject, figures, None, filter_on, scope=GrafanaPeriod(stretch=stretch, ago=ago, so_far=True)
            )
            for ago in (0, 1)
        )
        both = ", ".join(f"now.{each.name}, before.{each.name} AS {each.name}_before" for each in figures)
        rows.append(
            f"SELECT {number} AS place, '{stretch}' AS stretch, {both} "  # noqa: S608 - our own texts
            f"FROM ({now}) AS now CROSS JOIN ({before}) AS before"
        )
    return " UNION ALL ".join(rows) + " ORDER BY place"


def _every_hour(query: str, figures: Sequence[Figure]) -> str:
    """A row for the hours without calls too: a bar takes its width from its neighbours."""
    counted = ", ".join(f"coalesce(counted.{figure.name}, 0) AS {figure.name}" for figure in figures)
    return (
        f"SELECT hour, {counted} FROM generate_series(CAST($__timeFrom() AS timestamptz), "  # noqa: S608 - our own texts
        f"CAST($__timeTo() AS timestamptz), '1 hour') AS hour LEFT JOIN ({query}) AS counted USING (hour) "
        "ORDER BY hour"
    )


def columns_of(shown: Sequence[Shown]) -> list[Json]:
    """How a chart shows these figures."""
    return [
        column(each.figure.name, catalogue_text(each.figure.title), color=fixed_colour(each.colour))
        for each in shown
    ]


def decimals_of(figure: Figure | OutputColumn) -> int | None:
    """Of a percentage one; of all else none are said."""
    return 1 if figure.unit is PERCENT else None
