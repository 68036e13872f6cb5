"""Panels of the reports' own figures: the same declaration, compiled into Grafana's form of SQL."""

from collections.abc import Mapping, Sequence

from dashboards.panels import CALM, Json, Steps, column, only_columns, sql, stat, time_bars
from dashboards.texts import NO_TEXT, Text, catalogue_text
from reportgen.catalogue import find_report
from reportgen.catalogue.parts import Figure, Folder, Report, Subject
from reportgen.compile import (
    CompiledReport,
    GrafanaMacros,
    OutputColumn,
    Statement,
    Variable,
    compile_report,
    read_selections,
)
from reportgen.units import PERCENT


def compiled(slug: str) -> CompiledReport:
    """A report over the board's period and the data source's tenant.

    Raises:
        UnknownReportError: the catalogue has none of that name.
    """
    return compile_report(find_report(slug), GrafanaMacros())


def figure(
    slug: str,
    name: str,
    *,
    width: int,
    height: int,
    steps: Steps = ((None, CALM),),
    when: Text = NO_TEXT,
) -> Json:
    """One figure of a report's summary, with the report's own name, unit and definition.

    `when` is put after its name.
    """
    return _tile(compiled(slug).summary, name, width, height, steps, when)


def figure_of(
    subject: Subject,
    measure: Figure,
    *,
    width: int,
    height: int,
    filter_on: Mapping[str, Sequence[str | Variable]],
    when: Text = NO_TEXT,
) -> Json:
    """One of the catalogue's figures over a subject, where no report has it in its summary."""
    report = Report(
        slug="tile",
        section="",
        folder=Folder.INBOUND,
        title=measure.title,
        subject=subject,
        summary=(measure,),
    )
    compiled = compile_report(report, GrafanaMacros(), read_selections(report, filter_on))
    return _tile(compiled.summary, measure.name, width, height, ((None, CALM),), when)


def bars_over_time(
    title: Text, slug: str, names: Sequence[tuple[str, str]], *, width: int, height: int
) -> Json:
    """Figures of a report that counts per hour or day, stacked; `names` are figures with their colours."""
    table = compiled(slug).table
    moment, *_ = table.columns
    shown = [
        column(
            name,
            catalogue_text(_named(table.columns, name).title),
            color={"mode": "fixed", "fixedColor": colour},
        )
        for name, colour in names
    ]
    panel = time_bars(title, [sql(table.sql)], width=width, height=height, columns=shown)
    return {**panel, "transformations": [only_columns([moment.name, *(name for name, _ in names)])]}


def _named(columns: Sequence[OutputColumn], name: str) -> OutputColumn:
    return next(each for each in columns if each.name == name)


def _tile(statement: Statement, name: str, width: int, height: int, steps: Steps, when: Text) -> Json:
    output = _named(statement.columns, name)
    return stat(
        catalogue_text(output.title).followed_by(when),
        [sql(statement.sql)],
        field=name,
        width=width,
        height=height,
        unit=output.unit.grafana,
        decimals=1 if output.unit is PERCENT else None,
        steps=steps,
        description=catalogue_text(output.means),
    )
