"""Figures of a few users: left out of lists, and refused where they are what a report is about.

As works councils agree on: a figure must be of at least so many users (store.privacy_setting.smallest_group).
Database logins with SQL of their own see no row of a user at all (migration 0018).
"""

from collections.abc import Sequence
from dataclasses import replace

from psycopg import sql

from reportgen.catalogue import dimensions as by
from reportgen.catalogue.parts import (
    Bars,
    Beside,
    Chart,
    Column,
    FirstRows,
    Gathered,
    NameFilter,
    NumberFilter,
    Report,
    Shares,
    TimeLines,
    Top,
    ValueFilter,
)
from reportgen.compile.selection import Selection
from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection
from store.numbers import SHORTEST_PUBLIC_NUMBER

OF_USERS = frozenset({"extension", "person_id", "agent", "answered_by"})
"""Columns of subjects that lead to one user."""
OF_UNITS = frozenset({"site_id", "division_id", "department_id", "cost_centre_id"})


class FewUsersError(ReportError):
    """What was asked for would be figures of fewer users than the tenant allows."""

    code = "few-users"

    def __init__(self, least: int) -> None:
        super().__init__(
            _(
                "Your organisation shows figures of at least {least} users together; this report would show "
                "those of fewer. Choose another report, or fewer filters."
            ),
            least=least,
        )


def without_few_users(
    connection: Connection, report: Report, selections: Sequence[Selection], *, drilled: bool = False
) -> Report:
    """The report as this session may see it, in the transaction in which it is run.

    Args:
        drilled: it is asked for the rows behind a figure, which name the users.

    Raises:
        FewUsersError: it may not.
    """
    row = connection.execute("SELECT report.smallest_group(), report.current_scope()").fetchone()
    least, scope = (row[0] or 1, row[1]) if row else (1, None)
    if least <= 1:
        return report
    if drilled or (scope is not None and _users(connection) < least):
        raise FewUsersError(least)
    units = {each.column for each in report.dimensions} & OF_UNITS
    for selection in selections:
        column = getattr(selection.filter, "column", "")
        by_user = isinstance(selection.filter, NameFilter | ValueFilter) and column in OF_USERS
        if by_user and len(set(selection.values)) < least:
            raise FewUsersError(least)
        if isinstance(selection.filter, NumberFilter) and any(map(_may_be_extension, selection.values)):
            raise FewUsersError(least)
        units |= {column} & OF_UNITS
    if _is_of_users(report) or _smallest_unit(connection, units) < least:
        raise FewUsersError(least)
    return replace(
        report,
        columns=tuple(each for each in report.columns if not _is_of_user(each)),
        leading=tuple(
            each for each in report.leading if not (isinstance(each, Column) and _is_of_user(each))
        ),
        order=tuple(each for each in report.order if each.name not in OF_USERS),
        charts=tuple(each for each in report.charts if not _draws_users(each)),
    )


def _is_of_users(report: Report) -> bool:
    """A row for each user, or for each state of one: it stays a user's also without the name."""
    return any(map(_is_of_user, report.dimensions)) or bool(OF_USERS.intersection(report.subject.order))


def _is_of_user(column: Column) -> bool:
    if isinstance(column.lookup, Gathered | Beside):
        return column.lookup.of_user
    return column is by.party or column.column in OF_USERS


def _draws_users(chart: Chart) -> bool:
    match chart:
        case Bars(x=x):
            return _is_of_user(x)
        case Shares(by=part):
            return _is_of_user(part)
        case Top(by=names) | FirstRows(by=names):
            return any(map(_is_of_user, names))
        case TimeLines():
            return True
    return False


def _may_be_extension(pattern: str) -> bool:
    return not pattern.startswith("+") and len(pattern.strip("*")) < SHORTEST_PUBLIC_NUMBER


def _users(connection: Connection) -> int:
    row = connection.execute("SELECT count(*) FROM report.person WHERE archived_at IS NULL").fetchone()
    return int(row[0]) if row else 0


def _smallest_unit(connection: Connection, columns: set[str]) -> float:
    """Users of the unit of these kinds that has the fewest, as it is now; infinite without one."""
    counts = [
        row[0]
        for column in sorted(columns)
        for row in connection.execute(
            sql.SQL(
                "SELECT count(DISTINCT person_id) FROM report.extension "
                "WHERE valid @> now() AND {0} IS NOT NULL GROUP BY {0}"
            ).format(sql.Identifier(column))
        ).fetchall()
    ]
    return min(counts, default=float("inf"))
