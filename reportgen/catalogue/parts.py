"""What a report is declared from.

A report is one declaration: what is counted (subject), by what (dimensions), with which figures (measures and
ratios) or, for a list of single rows, which columns. Texts are English and marked for translation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

from sqlalchemy import ColumnElement, FromClause, Select, TableClause

from reportgen.texts import _
from reportgen.units import Unit
from store.vocabulary import Direction


class Columns(dict[str, ColumnElement[Any]]):
    """The columns of a subject, whatever they are computed from: `c["ddi"]` or `c.ddi`."""

    @classmethod
    def of(cls, source: FromClause) -> "Columns":
        return cls(source.c.items())

    def __getattr__(self, name: str) -> ColumnElement[Any]:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


Condition = Callable[[Columns], ColumnElement[bool]]
"""Which rows, said of a subject's columns."""


class Terms(Protocol):
    """What a report is about, as terms of a statement."""

    def in_period(self, moment: ColumnElement[Any]) -> ColumnElement[bool]: ...

    def start(self) -> ColumnElement[Any]:
        """Part of the period."""
        ...

    def end(self) -> ColumnElement[Any]:
        """No part of the period any more."""
        ...

    def zone(self) -> ColumnElement[str]: ...


BucketSize = Literal["half_hour", "hour", "day", "month"]
Aggregate = Literal["sum", "smallest", "largest", "median", "percentile_90", "distinct"]
"""How rows become one figure. Only sums add up, so only they can come from a rollup."""


class Folder(StrEnum):
    """Where a report stands in the list."""

    USERS = _("Users")
    TIME_AND_DAY = _("Time and day")
    INBOUND = _("Inbound performance")
    DIRECT_NUMBERS = _("Direct numbers")
    AREAS = _("Areas")
    CUSTOMERS = _("Customers")
    CONTACT_GROUPS = _("Contact groups")
    AGENTS = _("Agent activity")
    AVAILABILITY = _("Availability")
    CALL_CENTRE = _("Call centre live")


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """Names kept beside what is counted; joined on after the counting."""

    name: str
    source: FromClause
    key: str
    """Column of `source` that holds what the subject's column holds."""
    value: str
    """Column of `source` that is shown."""
    timed: bool = False
    """Whether `source` says in `valid` for which time each row is true."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """What rows of another table together say of a row."""

    name: str
    source: TableClause
    keys: tuple[str, ...]
    """Columns that belonging rows have in common, in the source and in the subject."""
    time: str
    """Of the source: the moment that equals the subject's."""
    query: Select[Any]
    """Aggregates over those rows of the source that count; of a source with one row each, what it says."""
    value: str
    one_each: bool = False
    """Whether no two rows of the source belong to one row."""
    of_user: bool = True
    """Whether the value can lead to a user."""


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What is found for each row by itself, such as the last of something before it."""

    name: str
    keys: tuple[str, ...]
    """Columns of the subject by which it is found."""
    query: Callable[[Columns], Select[Any]]
    """At most one row, for these columns of a row."""
    value: str
    of_user: bool = True
    """Whether the value can lead to a user."""


@dataclass(frozen=True, slots=True)
class Column:
    """Something that a row of a list shows."""

    name: str
    title: str
    unit: Unit
    column: str
    """Of the subject."""
    means: str = ""
    lookup: Lookup | Gathered | Beside | None = None
    """Where the value that is shown stands, when the subject holds only its key."""


@dataclass(frozen=True, slots=True)
class Dimension(Column):
    """Something that figures are broken down by."""

    bucket: BucketSize | None = None
    """Of a moment: the local stretch of time that it is counted in."""
    shown: Callable[[ColumnElement[Any]], ColumnElement[Any]] | None = None
    """What is shown of a key that has more to it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure counted from rows; a sum adds up over groups and over time."""

    name: str
    title: str
    unit: Unit
    adds: str
    """Column of the subject."""
    means: str
    direction: Direction | None = None
    """Only calls of this direction."""
    how: Aggregate = "sum"


@dataclass(frozen=True, slots=True)
class Running:
    """The share of everything that has been reached with this row, in the order of the table; in percent."""

    name: str
    title: str
    unit: Unit
    part: Measure
    means: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure divided at the very end; over nothing it has no value.

    A ratio in percent is a share of the whole; in any other unit it is an average, rounded half up.
    """

    name: str
    title: str
    unit: Unit
    part: Measure
    whole: Measure
    means: str


Figure = Measure | Ratio | Running


@dataclass(frozen=True, slots=True, eq=False)
class Through:
    """Another table, whose rows belong to those of a subject: its call, its legs, its agent's place."""

    name: str
    table: FromClause
    belongs: Callable[[Columns, Columns], ColumnElement[bool]]
    """Said of the columns of `table`, and the subject's."""
    keys: tuple[str, ...]
    """Of the subject: what it is found by."""


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """Something that readers may select on. `name` is its word in the API and on the command line."""

    name: str
    title: str
    through: Through | None = field(default=None, kw_only=True)
    """Where the filter's column stands, when it is not the subject's own: any row that fits lets pass."""


@dataclass(frozen=True, slots=True, eq=False)
class ValueFilter(Filter):
    """Rows whose column has one of the values given."""

    column: str
    unit: Unit
    suggestions: FromClause | None = None
    """Values to choose from, as columns `key` and `name`; others are allowed too."""
    is_public_number: bool = False
    """Whether its values are public telephone numbers, which people write in several ways."""


@dataclass(frozen=True, slots=True, eq=False)
class NameFilter(Filter):
    """Rows whose column holds the key of something that people know by its name or code."""

    column: str
    names: FromClause
    """Columns `key`, `name` and `code`; and `valid` where a key has its name for a time only."""


@dataclass(frozen=True, slots=True, eq=False)
class NumberFilter(Filter):
    """Rows with a telephone number, in any spelling; * stands for any digits."""

    column: str


@dataclass(frozen=True, slots=True, eq=False)
class RangeFilter(Filter):
    """Rows whose seconds lie between two bounds, both included: "60..300", "..20", "60..", "15"."""

    column: str


@dataclass(frozen=True, slots=True, eq=False)
class TimeOfDayFilter(Filter):
    """Rows within a window of the local day, such as "09:00-17:30"; one over midnight is allowed."""


@dataclass(frozen=True, slots=True, eq=False)
class WeekdayFilter(Filter):
    """Rows of these local days of the week: mon, tue, wed, thu, fri, sat, sun."""


@dataclass(frozen=True, slots=True, eq=False)
class ThresholdFilter(Filter):
    """Counts with another threshold (seconds) than the one that the calls were built with."""

    sentence: str
    """With {seconds}."""


@dataclass(frozen=True, slots=True, eq=False)
class Rollup:
    """Sums that stand ready for a subject; or its rows in a narrower table that holds what is asked."""

    table: FromClause | Callable[[Terms], FromClause]
    time: str
    grain: Literal["quarter", "day", "row"]
    """Quarter hours of UTC (`time` is a moment), days of the tenant's zone (`time`: a date), single rows."""
    keys: tuple[str, ...] = ()
    """Columns by which rows may be chosen and grouped: the others are sums. Of single rows all are."""
    empty: dict[str, str | int] = field(default_factory=dict)
    """Column → the value that stands there for nothing."""
    only: Condition | None = None
    """Which of its rows belong to the subject."""
    holds: Condition | None = None
    """Of which of the subject's rows it is; only reports that are about just these can be answered."""
    derived: dict[str, Callable[[Columns], ColumnElement[Any]]] = field(default_factory=dict)
    """Columns that are made of others."""
    one_by_one: bool = False
    """Whether it has a row for each row of the subject, so that it tells the middle and the largest too."""
    last: str | None = None
    """Of days: the column with the last moment of what was added up; names are those of then."""
    largest: dict[str, str] = field(default_factory=dict)
    """Column of the subject → the column that has its largest value."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is counted, and where it stands."""

    name: str
    title: str
    table: FromClause | Callable[[Terms], FromClause]
    """A view; or what to make of several, for the period that is asked for."""
    counts: Callable[[Columns], ColumnElement[int]]
    """1 for a row that counts, 0 for one that is still going on or is no call for this party."""
    order: tuple[str, ...]
    """Columns that put single rows in their one order: time first."""
    time: str = "started_at"
    only: Condition | None = None
    """Which rows of the table belong to the subject."""
    cut_at: BucketSize | None = None
    """Of time in a state: where it is cut. In shorter stretches it would stand whole where it began."""
    is_lost: Condition | None = None
    """Whether the caller of a row gave up: what the short-call threshold divides."""
    lost_outcomes: tuple[str, str] | None = None
    """The outcome of such a row within the threshold, and beyond it; None: it has but one."""
    derived: dict[str, Callable[[Columns], ColumnElement[Any]]] = field(default_factory=dict)
    """Columns that are made of others."""
    filters: tuple[Filter, ...] = ()
    rollups: tuple[Rollup, ...] = ()
    lines: tuple[Column, ...] = ()
    """What is told of each row behind a figure; without it, when it was and what it was grouped by."""


@dataclass(frozen=True, slots=True)
class Order:
    """One column that rows are put in order by."""

    name: str
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each value of a scale."""

    x: Dimension
    y: tuple[Figure, ...]
    """Stacked: they add up."""
    line: Figure | None = None
    """A percentage drawn over the bars, against a second axis."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """A bar for each hour, day or month: whichever suits the length of the period."""

    y: tuple[Figure, ...]
    line: Figure | None = None


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Days of the week against hours of the day, the darker the more."""

    of: Measure


@dataclass(frozen=True, slots=True)
class Top:
    """The ten biggest, as bars that lie."""

    by: tuple[Dimension, ...]
    """What a bar is named after."""
    y: tuple[Figure, ...]
    note: Figure | None = None
    """Written at the end of the bar."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How a whole falls into parts."""

    by: Dimension
    of: Measure


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first ten rows of a list, as bars that lie."""

    by: tuple[Column, ...]
    y: Column


@dataclass(frozen=True, slots=True)
class TimeLines:
    """The course of each call: who rang, talked and waited when."""


Chart = Bars | OverTime | HeatMap | Top | Shares | FirstRows | TimeLines


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of the catalogue: grouped figures (`dimensions`, `figures`), or a list (`columns`)."""

    slug: str
    """Its name for the API and the command line; never changes."""
    section: str
    folder: Folder
    title: str
    subject: Subject
    summary: tuple[Figure, ...]
    dimensions: tuple[Dimension, ...] = ()
    figures: tuple[Figure, ...] = ()
    columns: tuple[Column, ...] = ()
    direction: Direction | None = None
    """Of a report that is about one direction only."""
    only: Condition | None = None
    """Which of the subject's rows it is about."""
    order: tuple[Order, ...] = ()
    """Of a list the subject's columns, of groups what is shown; without it: by time, by dimensions."""
    leading: tuple[Column | Figure, ...] = ()
    """What the summary says of the table's first row."""
    charts: tuple[Chart, ...] = ()
    chapters: tuple[str, ...] = ()
    """Of a document made of reports: those that follow its own table. It says what it observes, too."""

    @property
    def filters(self) -> dict[str, Filter]:
        """What this report can be filtered on, by name."""
        return {filter_.name: filter_ for filter_ in self.subject.filters}

    @property
    def is_list(self) -> bool:
        return bool(self.columns)
