"""Figures of a few users: left out of lists, and refused where they are what a report is about.

As works councils agree on: a figure must be of at least so many users (store.privacy_setting.smallest_group).
Database logins with SQL of their own see no row of a user at all (migration 0018). Contact groups of fewer
users are told apart on no view, whoever reads it (migration 0030): here it is said that they are missing.
"""

from collections.abc import Sequence
from dataclasses import replace

from psycopg import sql

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import tables
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
GROUP = "contact_group"
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
    least = check_scope(connection)
    if least <= 1:
        return report
    if drilled:
        raise FewUsersError(least)
    units = {each.column for each in report.dimensions} & OF_UNITS
    for selection in selections:
        column = getattr(selection.filter, "column", "")
        if column == GROUP and _small_groups(connection, selection.values):
            raise FewUsersError(least)
        if isinstance(selection.filter, NumberFilter) and any(map(_may_be_extension, selection.values)):
            raise FewUsersError(least)
        units |= {column} & OF_UNITS
    if _users_selected(connection, selections) < least:
        raise FewUsersError(least)
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


def check_scope(connection: Connection) -> int:
    """Of how many users at least a figure must be for this session.

    Raises:
        FewUsersError: its scope has fewer.
    """
    row = connection.execute("SELECT report.smallest_group(), report.current_scope()").fetchone()
    least, scope = (row[0] or 1, row[1]) if row else (1, None)
    if least > 1 and scope is not None and _users(connection) < least:
        raise FewUsersError(least)
    return int(least)


def groups_left_out(connection: Connection, report: Report) -> int | None:
    """The number of users that some contact group lacks to be told apart in this report; None: none does."""
    columns = {each.column for each in (*report.dimensions, *report.columns)}
    if report.subject.table is not tables.VISIT and GROUP not in columns:
        return None
    row = connection.execute("SELECT report.smallest_group()").fetchone()
    return int(row[0]) if row and row[0] and _small_groups(connection) else None


def _small_groups(connection: Connection, names: Sequence[str] | None = None) -> bool:
    """Whether there is one too small to be told apart, among those of some names or among all."""
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM report.contact_group WHERE pbx_name <> ALL (report.large_groups()) "
        "AND (%(names)s::text[] IS NULL OR name = ANY (%(names)s) OR pbx_name = ANY (%(names)s)))",
        {"names": None if names is None else list(names)},
    ).fetchone()
    return bool(row and row[0])


def _users_selected(connection: Connection, selections: Sequence[Selection]) -> float:
    """Users whom all filters on users, units and groups let pass together; infinite without such filters."""
    conditions: list[sql.Composable] = []
    values: dict[str, list[str]] = {}
    for place, selection in enumerate(selections):
        column = getattr(selection.filter, "column", "")
        if isinstance(selection.filter, NameFilter | ValueFilter) and column in _LETS_PASS:
            name = f"values{place}"
            conditions.append(sql.SQL(_LETS_PASS[column]).format(sql.Placeholder(name)))
            values[name] = [str(value) for value in selection.values]
    if not conditions:
        return float("inf")
    query = sql.SQL(
        "SELECT count(DISTINCT who) FROM (SELECT e.*, p.name, p.reference, "
        "coalesce('person ' || e.person_id, 'extension ' || e.number) AS who "
        "FROM report.extension e LEFT JOIN report.person p USING (tenant_id, person_id) "
        "WHERE e.valid @> now()) AS u WHERE {}"
    ).format(sql.SQL(" AND ").join(conditions))
    row = connection.execute(query, values).fetchone()
    return int(row[0]) if row else 0


_UNIT = (
    "u.{column} IN (SELECT unit_id FROM report.organisation_unit "
    "WHERE name = ANY ({{0}}) OR code = ANY ({{0}}))"
)
_LETS_PASS = {
    "extension": "u.number = ANY ({0})",
    "answered_by": "u.number = ANY ({0})",
    "person_id": "(u.name = ANY ({0}) OR u.reference = ANY ({0}))",
    "agent": "EXISTS (SELECT FROM report.agent a WHERE a.pbx_name = ANY ({0}) "
    "AND (a.person_id = u.person_id OR a.extension = u.number))",
    GROUP: "u.who IN (SELECT g.who FROM report.users_of_groups() g JOIN report.contact_group c "
    "ON c.pbx_name = g.contact_group WHERE c.name = ANY ({0}) OR c.pbx_name = ANY ({0}))",
    **{column: _UNIT.format(column=column) for column in OF_UNITS},
}
"""Column of a filter → which users (u) it lets pass, as the organisation is now."""


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
    row = connection.execute("SELECT report.users_in_scope()").fetchone()
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
