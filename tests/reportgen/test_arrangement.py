"""Which columns a reader wants, in which order, and sorted by what."""

from dataclasses import replace
from typing import Any

import pytest

from reportgen.catalogue import CATALOGUE, find_report
from reportgen.compile import AS_DECLARED, Arrangement, read_arrangement
from reportgen.compile.arrangement import columns_of
from reportgen.errors import InvalidArrangementError
from reportgen.render.charts import pictures
from reportgen.run import answer
from reportgen.texts import Language
from reportgen.units import Writer
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

FIRST, LAST = "2026-10-23", "2026-11-01"


@pytest.fixture
def filled(acme: TenantBuilder) -> TenantBuilder:
    sample.fill(acme, calls=150)
    return acme


def rows_of(
    read: Reading, slug: str, arrangement: Arrangement, **page: int
) -> tuple[list[str], list[tuple[Any, ...]]]:
    question = replace(read.question(slug, FIRST, LAST), arrangement=arrangement, **page)
    with answer(read.connection, question, now=NOW, made_by="test") as result:
        return [column.name for column in result.columns], list(result.rows)


def test_every_report_sorts_by_every_column_either_way(filled: TenantBuilder, read: Reading) -> None:
    for report in CATALOGUE.values():
        plain = rows_of(read, report.slug, AS_DECLARED)[1]
        for place, column in enumerate(columns_of(report)):
            for text in (column.name, f"-{column.name}"):
                found = rows_of(read, report.slug, read_arrangement(report, (), [text]))[1]
                assert sorted(found, key=repr) == sorted(plain, key=repr), (report.slug, text)
                values = [row[place] for row in found if row[place] is not None]
                assert [row[place] for row in found][: len(values)] == values, "what is empty comes last"
                assert in_order(values, falling=text.startswith("-")), (report.slug, text)


def in_order(values: list[Any], *, falling: bool) -> bool:
    """Numbers of telephones count as numbers: 99 comes before 201."""
    if all(isinstance(value, str) for value in values):
        by_length = sorted(values, key=lambda value: (len(value), value), reverse=falling)
        return values in (by_length, sorted(values, reverse=falling))
    return values == sorted(values, reverse=falling)


def test_a_page_of_a_sorted_report_is_that_part_of_the_whole(filled: TenantBuilder, read: Reading) -> None:
    for slug, sort in (
        ("calls-by-date", "-user"),
        ("calls-by-date", "-duration"),
        ("hourly-activity", "-total"),
    ):
        arrangement = read_arrangement(find_report(slug), (), [sort])
        whole = rows_of(read, slug, arrangement)[1]
        assert rows_of(read, slug, arrangement, limit=7, offset=10)[1] == whole[10:17]


def test_a_page_tells_how_many_rows_there_are(filled: TenantBuilder, read: Reading) -> None:
    for report in CATALOGUE.values():
        rows = len(rows_of(read, report.slug, AS_DECLARED)[1])
        for offset in (0, 2, 10**6):
            question = replace(read.question(report.slug, FIRST, LAST), limit=2, offset=offset)
            with answer(read.connection, question, now=NOW, made_by="test") as result:
                assert result.row_count == rows, (report.slug, offset)


def test_a_running_share_stays_true_in_another_order(filled: TenantBuilder, read: Reading) -> None:
    report = find_report("caller-tolerance")
    plain = rows_of(read, report.slug, AS_DECLARED)[1]
    assert sorted(rows_of(read, report.slug, read_arrangement(report, (), ["-lost"]))[1]) == sorted(plain)


def test_columns_come_as_they_were_chosen(filled: TenantBuilder, read: Reading) -> None:
    report = find_report("calls-by-date")
    columns, rows = rows_of(read, report.slug, read_arrangement(report, ["duration,user", "number"], []))
    assert columns == ["duration", "user", "number"]
    whole_columns, whole = rows_of(read, report.slug, AS_DECLARED)
    places = [whole_columns.index(name) for name in columns]
    assert rows == [tuple(row[place] for place in places) for row in whole]


def test_grouping_by_less_adds_up(filled: TenantBuilder, read: Reading) -> None:
    report = find_report("department-activity")
    columns, rows = rows_of(read, report.slug, read_arrangement(report, ["missed", "department", "total"]))
    assert columns == ["department", "missed", "total"]
    whole_columns, whole = rows_of(read, report.slug, AS_DECLARED)
    assert [row[0] for row in rows] == sorted({row[0] for row in whole})
    for department, missed, total in rows:
        own = [dict(zip(whole_columns, row, strict=True)) for row in whole if row[0] == department]
        assert (missed, total) == (sum(row["missed"] for row in own), sum(row["total"] for row in own))


def test_the_figures_above_the_table_do_not_change_with_it(filled: TenantBuilder, read: Reading) -> None:
    for slug, columns in (("longest-calls", "number"), ("destination-activity", "country,incoming")):
        question = read.question(slug, FIRST, LAST)
        arrangement = read_arrangement(question.report, [columns], [])
        with (
            answer(read.connection, question, now=NOW, made_by="test") as result,
        ):
            plain = result.summary
        with answer(
            read.connection, replace(question, arrangement=arrangement), now=NOW, made_by="test"
        ) as result:
            assert result.summary == plain


def test_a_chart_shows_the_same_whatever_the_table_shows(filled: TenantBuilder, read: Reading) -> None:
    def drawn(slug: str, columns: str, sort: str, **page: int) -> list[str]:
        question = read.question(slug, FIRST, LAST)
        arrangement = read_arrangement(question.report, [columns], [sort])
        asked = replace(question, arrangement=arrangement, **page)
        writer = Writer(Language.ENGLISH, "Europe/Amsterdam")
        with answer(read.connection, asked, now=NOW, made_by="test") as result:
            return [picture.svg for picture in pictures(result, writer, font="serif")]

    for slug, columns, sort in (
        ("hourly-activity", "hour,total", "-hour"),
        ("caller-tolerance", "", "-lost"),
    ):
        plain = drawn(slug, "", "")
        assert plain
        assert drawn(slug, columns, sort, limit=3) == plain
        assert drawn(slug, "", "", limit=3, offset=3) == [], "it stands on the first page"


@pytest.mark.parametrize(
    ("slug", "columns", "sort", "says"),
    [
        ("calls-by-date", ["nonsense"], [], 'no column "nonsense"'),
        ("calls-by-date", [], ["nonsense"], 'no column "nonsense" to sort by'),
        ("calls-by-date", ["number"], ["user"], "choose from: number"),
        ("hourly-activity", ["total"], [], "group by"),
        ("hourly-activity", ["hour"], [], "one figure"),
        ("extension-activity", ["total"], [], "group by"),
        ("ddi-activity", ["ddi_group", "offered"], [], 'column "ddi"'),
    ],
)
def test_a_mistake_is_named(slug: str, columns: list[str], sort: list[str], says: str) -> None:
    with pytest.raises(InvalidArrangementError, match=says):
        read_arrangement(find_report(slug), columns, sort)


def test_all_columns_in_their_own_order_are_no_choice() -> None:
    report = find_report("ddi-activity")
    assert read_arrangement(report, [each.name for each in columns_of(report)]) == AS_DECLARED
