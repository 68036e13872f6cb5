"""Every figure opens exactly the rows that it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Any

import pytest

from reportgen.access.accounts import ScopeWanted, make_scope
from reportgen.catalogue import CATALOGUE
from reportgen.catalogue.parts import Measure, Ratio, Running
from reportgen.compile import Drill, read_drill
from reportgen.compile.drill import write_key
from reportgen.errors import InvalidDrillError
from reportgen.run import Question, answer
from reportgen.units import COUNT, PERCENT
from store.connect import Connection, connect
from tests.conftest import Database
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW, Reading

FIRST, LAST = "2026-10-23", "2026-11-01"
ROWS_CHECKED = 2
SPECIAL_ROWS = 3
"""Of each table so many spread over it, and so many of the hour that comes twice and without a key."""
GROUPED = [report for report in CATALOGUE.values() if not report.is_list]


@pytest.fixture
def filled(acme: TenantBuilder) -> TenantBuilder:
    sample.fill(acme, calls=200)
    acme.call(datetime.fromisoformat("2026-10-25 00:10Z"), person_id=None, extension="999", ddi=None)
    acme.call(datetime.fromisoformat("2026-10-25 01:40Z"), person_id=None, extension="999", ddi=None)
    acme.roll_up()
    return acme


class Opening:
    """Asks for the rows behind figures, and holds them against the figures."""

    def __init__(self, connection: Connection, question: Question) -> None:
        self.connection = connection
        self.question = replace(question, with_keys=True)
        report = question.report
        self.figures: dict[str, Measure | Ratio] = {
            figure.name: figure
            for figure in (*report.summary, *report.figures)
            # Of a running share a test of its own tells.
            if not isinstance(figure, Running)
        }
        self.checked = 0

    def all(self, rows: int = ROWS_CHECKED) -> None:
        """Every figure of the summary, of the totals, and of some rows."""
        with answer(self.connection, self.question, now=NOW, made_by="test") as result:
            table, keys = list(result.rows), result.keys
            names = [column.name for column in result.columns]
            summary = dict(
                zip([column.name for column in result.summary_columns], result.summary, strict=True)
            )
            totals = result.totals or ()
            figures = [column.name for column in result.columns if column.name in self.figures]
            all_figures = [column.name for column in result.columns if column.is_figure]
        for name in {*summary} & self.figures.keys():
            self.one(name, summary[name], None)
        for name, value in zip(all_figures if totals else (), totals, strict=True):
            if name in self.figures:
                self.one(name, value, None)
        for place in chosen(table, keys, rows):
            row = dict(zip(names, table[place], strict=True))
            for name in figures:
                self.one(name, row[name], keys[place], of=row)

    def one(
        self,
        name: str,
        value: Any,
        key: Mapping[str, str | None] | None,
        of: Mapping[str, Any] | None = None,
    ) -> None:
        report, figure = self.question.report, self.figures[name]
        drill = read_drill(report, name, "" if key is None else write_key(key))
        with answer(self.connection, replace(self.question, drill=drill), now=NOW, made_by="test") as result:
            columns = [column.name for column in result.columns]
            rows = [dict(zip(columns, row, strict=True)) for row in result.rows]
            told = dict(zip([column.name for column in result.summary_columns], result.summary, strict=True))
        where = (report.slug, name, key)
        assert made_of(figure, rows) == value, where
        assert told[name] == value, where
        assert of is None or all(of[each] == told[each] for each in told.keys() & of.keys()), where
        self.checked += 1


def chosen(table: Sequence[Any], keys: Sequence[Mapping[str, str | None]], rows: int) -> set[int]:
    step = max(1, len(table) // rows)
    twice = ("2026-10-25T00:", "2026-10-25T01:", "2026-10-24T22:")
    special = [
        place
        for place, key in enumerate(keys)
        if None in key.values() or any(str(value).startswith(twice) for value in key.values())
    ]
    return {*range(0, len(table), step), *special[:: max(1, len(special) // SPECIAL_ROWS)]}


def made_of(figure: Measure | Ratio, rows: Sequence[Mapping[str, Any]]) -> Any:
    """The figure, calculated from the rows alone."""
    match figure:
        case Ratio(part=part, whole=whole):
            return divided(figure, added(part, rows, alone=False), added(whole, rows, alone=False))
        case Measure():
            return added(figure, rows, alone=True)


def added(measure: Measure, rows: Sequence[Mapping[str, Any]], *, alone: bool) -> Any:
    if alone and measure.unit is COUNT and measure.how == "sum":
        return len(rows)
    name = f"{measure.name}_counted"
    amounts = sorted(row[name if rows and name in row else measure.name] for row in rows)
    match measure.how:
        case "sum":
            return sum(amounts)
        case "smallest":
            return amounts[0] if amounts else None
        case "largest":
            return amounts[-1] if amounts else None
        case "distinct":
            return len(set(amounts))
    share = Decimal("0.5") if measure.how == "median" else Decimal("0.9")
    return amounts[ceil(share * len(amounts)) - 1] if amounts else None


def divided(figure: Ratio, part: int, whole: int) -> Any:
    if not whole:
        return None
    value = Decimal(part) / Decimal(whole)
    if figure.unit is PERCENT:
        return (100 * value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def test_every_figure_of_every_report_opens_the_rows_that_it_is_made_of(
    filled: TenantBuilder, read: Reading
) -> None:
    for report in CATALOGUE.values():
        opening = Opening(read.connection, read.question(report.slug, FIRST, LAST))
        opening.all()
        assert opening.checked >= len(report.summary), report.slug


@pytest.mark.parametrize(
    "filters",
    [
        ("short-call=20", "answer-target=10"),
        ("extension=201,202", "weekday=sun,mon,thu"),
        ("contact-group=sales", "time-of-day=01:00-03:30"),
        ("direction=incoming",),
        ("agent=Agent 1",),
        ("department=department one",),
    ],
    ids=" ".join,
)
def test_filters_and_thresholds_hold_for_what_is_behind_a_figure_too(
    filled: TenantBuilder, read: Reading, filters: tuple[str, ...]
) -> None:
    names = {text.partition("=")[0] for text in filters}
    for report in GROUPED:
        if names <= report.filters.keys():
            Opening(read.connection, read.question(report.slug, FIRST, LAST, *filters)).all(rows=1)


def test_a_figure_opens_nothing_outside_its_readers_scope(
    filled: TenantBuilder, read: Reading, database: Database
) -> None:
    with connect(database.url, "test", autocommit=True) as owner:
        scope = ScopeWanted({"department": ["department one"]}, ["sales"])
        scope_id = make_scope(owner, filled.tenant_id, scope)
    for report in GROUPED:
        question = read.question(report.slug, FIRST, LAST)
        tenant = replace(question.tenant, scope_id=scope_id)
        Opening(read.connection, replace(question, tenant=tenant)).all(rows=1)


def test_a_running_share_opens_what_was_reached(filled: TenantBuilder, read: Reading) -> None:
    question = read.question("caller-tolerance", FIRST, LAST)
    with answer(read.connection, replace(question, with_keys=True), now=NOW, made_by="test") as result:
        rows, keys = list(result.rows), result.keys
    place = len(rows) // 2
    drill = read_drill(question.report, "lost_so_far", write_key(keys[place]))
    with answer(read.connection, replace(question, drill=drill), now=NOW, made_by="test") as result:
        reached = list(result.rows)
    assert len(reached) == sum(row[1] for row in rows[: place + 1])


def test_the_longest_comes_first(filled: TenantBuilder, read: Reading) -> None:
    question = read.question("caller-tolerance", FIRST, LAST)
    drill = Drill("longest_lost_wait")
    with answer(read.connection, replace(question, drill=drill), now=NOW, made_by="test") as result:
        waits = [row[-1] for row in result.rows]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] == result.summary[0]


@pytest.mark.parametrize(
    ("figure", "key"),
    [
        ("nonsense", ""),
        ("total", "{"),
        ("total", "[]"),
        ("total", '{"nonsense": "1"}'),
        ("total", '{"hour": 1}'),
        ("total", '{"hour": "yesterday"}'),
        ("total", '{"hour": "2026-10-25T01:00:00"}'),
        ("total", '{"hour": null}'),
        ("total", '{"extension": "\\u0000"}'),
        ("total", '{"extension": "\\ud800"}'),
        ("total", '{"hour": "9999-12-31T23:00:00+00:00"}'),
        ("total", '{"hour": "0001-01-01T00:00:00+14:00"}'),
        ("total", "[" * 4000),
    ],
)
def test_what_is_no_figure_or_group_of_the_report_is_refused(figure: str, key: str) -> None:
    with pytest.raises(InvalidDrillError):
        read_drill(CATALOGUE["hourly-extension-activity"], figure, key)


@pytest.mark.parametrize("value", ["' OR 1=1 --", "%", "5); DROP TABLE x; --", "1e9", "ä"])
def test_a_key_that_nobody_has_opens_nothing(filled: TenantBuilder, read: Reading, value: str) -> None:
    for report, name in (("extension-activity", "user"), ("department-activity", "department")):
        question = read.question(report, FIRST, LAST)
        drill = read_drill(question.report, "total", write_key({name: value}))
        with answer(read.connection, replace(question, drill=drill), now=NOW, made_by="test") as result:
            assert list(result.rows) == []


def test_each_report_tells_more_of_a_row_than_what_it_is_grouped_by() -> None:
    assert [report.slug for report in GROUPED if not report.subject.lines] == []
