"""One declaration, two ways to write it: the report generator's and Grafana's."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest

from reportgen.access.editions import EDITIONS
from reportgen.catalogue import CATALOGUE
from reportgen.catalogue.parts import Bars, Measure, OverTime, Report, Top
from reportgen.compile import (
    EVERYTHING,
    Bound,
    GrafanaMacros,
    Statement,
    Tenant,
    Variable,
    compile_report,
    read_selections,
)
from reportgen.compile.period import Period
from reportgen.errors import MissingScopeError
from store.connect import connect
from store.login import create_login
from tests.conftest import Database, RoleNames
from tests.dashboards.grafana_macros import expanded
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import Reading

REPORTS = list(CATALOGUE.values())
TENANT = Tenant(1, "acme", "Acme BV", "Europe/Amsterdam", "nl")
PERIOD = Period(date(2026, 10, 23), date(2026, 11, 1), "Europe/Amsterdam")

ADDS_UP = ("sum", "distinct")

each_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)


@each_report
def test_names_in_a_report_are_unique(report: Report) -> None:
    names = [each.name for each in (*report.dimensions, *report.columns, *report.figures)]
    assert len(names) == len(set(names))


@each_report
def test_every_figure_has_a_definition(report: Report) -> None:
    for figure in (*report.figures, *report.summary):
        assert figure.means, figure.name


@each_report
def test_every_report_lists_or_counts(report: Report) -> None:
    assert bool(report.columns) != bool(report.dimensions and report.figures)
    assert report.summary


@each_report
def test_every_report_has_a_chart(report: Report) -> None:
    assert report.charts


@each_report
def test_a_charts_bars_stack_what_adds_up(report: Report) -> None:
    for chart in report.charts:
        if isinstance(chart, Bars | OverTime | Top):
            assert len({figure.unit for figure in chart.y}) == 1
            assert all(isinstance(figure, Measure) and figure.how in ADDS_UP for figure in chart.y)
        if isinstance(chart, Bars):
            assert chart.x in report.dimensions


def test_a_document_is_made_of_reports_that_all_its_readers_have() -> None:
    for report in REPORTS:
        for slug in report.chapters:
            assert EDITIONS[report.slug] <= EDITIONS[slug], (report.slug, slug)


def test_a_figures_name_means_one_thing_per_subject() -> None:
    seen: dict[tuple[str, str], Any] = {}
    for report in REPORTS:
        for figure in (*report.figures, *report.summary):
            assert seen.setdefault((report.subject.name, figure.name), figure) == figure


def test_sections_are_unique_and_in_order() -> None:
    sections = [tuple(map(int, report.section.split("."))) for report in REPORTS]
    assert all(earlier < later for earlier, later in itertools.pairwise(sections))


@each_report
def test_a_report_without_tenant_or_period_cannot_be_compiled(report: Report) -> None:
    with pytest.raises(MissingScopeError):
        compile_report(report, None)  # type: ignore[arg-type]
    with pytest.raises(MissingScopeError):
        Bound(None, PERIOD)  # type: ignore[arg-type]
    with pytest.raises(MissingScopeError):
        Bound(TENANT, None)  # type: ignore[arg-type]


@each_report
def test_values_are_bound(report: Report) -> None:
    wanted = "it's"
    name = next(name for name in ("extension", "contact-group", "agent") if name in report.filters)
    compiled = compile_report(report, Bound(TENANT, PERIOD), read_selections(report, {name: [wanted]}))
    assert wanted not in compiled.table.sql
    assert wanted in compiled.table.parameters.values()


def test_grafana_gets_the_rows_that_the_report_generator_gets(
    database: Database, acme: TenantBuilder, read: Reading, role_names: RoleNames
) -> None:
    sample.fill(acme, calls=150)
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("viewer"), "viewer", acme.slug)
    with psycopg.connect(url) as viewer:
        for report in REPORTS:
            found = read(report.slug, PERIOD.first_day.isoformat(), PERIOD.last_day.isoformat())
            assert found.rows, report.slug
            compiled = compile_report(report, GrafanaMacros())
            assert _in_grafana(viewer, compiled.table) == found.rows, report.slug
            if compiled.totals is not None:
                assert _in_grafana(viewer, compiled.totals) == [tuple((found.totals or {}).values())]
            (summary,) = _in_grafana(viewer, compiled.summary)
            assert summary == tuple(found.summary.values())[: len(summary)], report.slug


def _in_grafana(viewer: psycopg.Connection[Any], statement: Statement) -> list[tuple[Any, ...]]:
    assert not statement.parameters
    return viewer.execute(_for_grafana(statement.sql)).fetchall()


@pytest.mark.parametrize("value", ["201", "202", "sales'x"])
def test_a_dashboard_variable_selects_what_the_same_filter_selects(
    acme: TenantBuilder, read: Reading, value: str
) -> None:
    report = CATALOGUE["extension-activity"]
    for extension in ("201", "202", "sales'x"):
        acme.call(datetime(2026, 10, 23, 12, tzinfo=UTC), extension=extension)
    statement = compile_report(
        report, GrafanaMacros(), read_selections(report, {"extension": [Variable("extension")]})
    ).table
    for given, expected in ((value, [value]), (EVERYTHING, ["201", "202", "sales'x"])):
        quoted = "'" + given.replace("'", "''") + "'"
        rows = acme.connection.execute(
            _for_grafana(statement.sql.replace("${extension:sqlstring}", quoted)).replace(
                b"report.", b"store."
            )
        ).fetchall()
        assert sorted(row[0] for row in rows) == expected


def test_a_variables_name_is_checked() -> None:
    with pytest.raises(ValueError, match="variable"):
        Variable("x} OR 1=1 --")


def _for_grafana(sql: str) -> bytes:
    return expanded(sql, PERIOD.start, PERIOD.end).encode()
