"""What is asked beside a report's own table, at the same moment: for its charts and a document's chapters."""

from dataclasses import dataclass
from typing import Any

from reportgen.catalogue.parts import Filter, Order, Report, ValueFilter
from reportgen.compile import (
    Arrangement,
    Bound,
    OutputColumn,
    Selection,
    Statement,
    Tenant,
    compile_report,
)
from reportgen.compile.period import Period
from reportgen.privacy.small_groups import FewUsersError, without_few_users
from store.connect import Connection

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the columns that they have."""

    columns: tuple[OutputColumn, ...]
    rows: tuple[Row, ...]

    def place(self, name: str) -> int:
        return next(place for place, column in enumerate(self.columns) if column.name == name)

    def keyed(self) -> list[dict[str, Any]]:
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Further:
    """Asks on in the transaction of an answer, while it is open; for the same tenant, and filtered alike."""

    connection: Connection
    tenant: Tenant
    period: Period
    selections: tuple[Selection, ...]

    def table(
        self,
        report: Report,
        *,
        limit: int | None = None,
        period: Period | None = None,
        filtered: bool = True,
        sort: tuple[Order, ...] = (),
    ) -> Table:
        """A report's table, at most `limit` rows of it; none where they would be of too few users."""
        selections = (self._fitting(report) or ()) if filtered else ()
        shown = self._shown(report, selections)
        if shown is None:
            return Table(compile_report(report, self._scope(period), selections).table.columns, ())
        scope, arranged = self._scope(period), Arrangement(sort=sort)
        return self._read(compile_report(shown, scope, selections, arrangement=arranged, limit=limit).table)

    def summary(self, report: Report, *, period: Period | None = None) -> Table:
        """The figures above a report's table: one row."""
        return self._read(compile_report(report, self._scope(period), self._fitting(report) or ()).summary)

    def totals(self, report: Report) -> Table | None:
        """The figures below a report's table; None for a list."""
        totals = compile_report(report, self._scope(None), self._fitting(report) or ()).totals
        return None if totals is None else self._read(totals)

    def logo(self) -> bytes | None:
        """The tenant's, as SVG or PNG."""
        row = self.connection.execute("SELECT picture FROM report.tenant_logo").fetchone()
        return row[0] if row else None

    def can_filter(self, report: Report) -> bool:
        """Whether a report can be filtered on all that this one is filtered on, and may be shown."""
        selections = self._fitting(report)
        return selections is not None and self._shown(report, selections) is not None

    def _shown(self, report: Report, selections: tuple[Selection, ...]) -> Report | None:
        try:
            return without_few_users(self.connection, report, selections)
        except FewUsersError:
            return None

    def _fitting(self, report: Report) -> tuple[Selection, ...] | None:
        """The selections by the report's own filters of these names: each subject has its own columns.

        None when it lacks one of them, or has its own words for the values.
        """
        own = report.filters
        if not all(_is_alike(own.get(each.filter.name), each.filter) for each in self.selections):
            return None
        return tuple(Selection(own[each.filter.name], each.values) for each in self.selections)

    def _scope(self, period: Period | None) -> Bound:
        return Bound(self.tenant, period or self.period)

    def _read(self, statement: Statement) -> Table:
        rows = self.connection.execute(statement.sql.encode(), statement.parameters).fetchall()
        return Table(statement.columns, tuple(rows))


def _is_alike(own: Filter | None, other: Filter) -> bool:
    if isinstance(own, ValueFilter) and isinstance(other, ValueFilter):
        return own.unit == other.unit
    return own is not None
