"""How parameters are written into a statement, and whose calls of which time it is about.

`Bound` gives bind parameters for the report generator. `GrafanaMacros` gives Grafana's own text: there the
tenant is the data source's login, and the time range is the dashboard's. Nothing else differs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Select,
    String,
    bindparam,
    cast,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from reportgen.catalogue import tables
from reportgen.catalogue.parts import Terms
from reportgen.compile.period import Period
from reportgen.errors import MissingScopeError

# The driver's own parameter style doubles every % sign, which Grafana would pass on.
_GRAFANA: Dialect = PGDialect(paramstyle="named")  # type: ignore[no-untyped-call]
_PSYCOPG: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]
MOMENT = DateTime(timezone=True)
EVERYTHING = "__all__"
"""What a Grafana variable must give (quoted, as its own "all" value) when it selects everything."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """Whose calls a report is about."""

    tenant_id: int
    slug: str
    name: str
    time_zone: str
    language: str
    region: str = "NL"
    """ISO 3166-1: where numbers without a country code belong."""
    scope_id: int | None = None
    """What part of the tenant the reader sees; None: all of it."""
    colour: str = "#12475c"
    """Of its documents."""
    gos_target: int = 80
    """The grade of service that it wants to reach, in percent."""
    role: str | None = None
    """As what the reader sees it: whether numbers are masked; None: as whoever sees least of them."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A filter value that a Grafana dashboard fills in."""

    name: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z_]+", self.name):
            raise ValueError(f"{self.name!r} cannot be a Grafana variable here")


class Scope(Terms, Protocol):
    """Whose calls of which time, and how a value is written."""

    def __hash__(self) -> int: ...

    def of_tenant(self, tenant_id: ColumnElement[Any]) -> ColumnElement[bool]: ...

    def any_of(self, column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]: ...

    def everything(self, values: Sequence[Any]) -> ColumnElement[bool]:
        """Whether a variable among the values chooses everything."""
        ...

    def days(self) -> tuple[date, date] | None: ...

    def moments(self) -> tuple[datetime, datetime] | None: ...

    def whole_tenant(self) -> bool: ...

    def text(self, statement: Select[Any]) -> tuple[str, dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Bound:
    """For psycopg: every value is a bind parameter.

    Raises:
        MissingScopeError: the tenant or the period is missing.
    """

    tenant: Tenant
    period: Period

    def __post_init__(self) -> None:
        if self.tenant is None or self.period is None:
            raise MissingScopeError

    def start(self) -> ColumnElement[Any]:
        return bindparam("period_start", self.period.start, MOMENT)

    def end(self) -> ColumnElement[Any]:
        return bindparam("period_end", self.period.end, MOMENT)

    def in_period(self, moment: ColumnElement[Any]) -> ColumnElement[bool]:
        return (moment >= self.start()) & (moment < self.end())

    def of_tenant(self, tenant_id: ColumnElement[Any]) -> ColumnElement[bool]:
        return tenant_id == bindparam("tenant_id", self.tenant.tenant_id, BigInteger)

    def zone(self) -> ColumnElement[str]:
        return bindparam("zone", self.period.zone, String)

    def any_of(self, column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
        return column.in_(list(values))

    def everything(self, values: Sequence[Any]) -> ColumnElement[bool]:  # noqa: ARG002 - none is a variable
        return false()

    def days(self) -> tuple[date, date] | None:
        return self.period.first_day, self.period.last_day

    def moments(self) -> tuple[datetime, datetime] | None:
        return self.period.start, self.period.end

    def whole_tenant(self) -> bool:
        return self.tenant.scope_id is None

    def text(self, statement: Select[Any]) -> tuple[str, dict[str, Any]]:
        compiled = statement.compile(dialect=_PSYCOPG, compile_kwargs={"render_postcompile": True})
        return str(compiled), dict(compiled.params)


@dataclass(frozen=True, slots=True)
class GrafanaMacros:
    """For a Grafana panel: its macros and variables, all other values as quoted literals."""

    _from: ColumnElement[Any] = field(default_factory=lambda: cast(literal_column("$__timeFrom()"), MOMENT))
    _to: ColumnElement[Any] = field(default_factory=lambda: cast(literal_column("$__timeTo()"), MOMENT))

    def start(self) -> ColumnElement[Any]:
        return self._from

    def end(self) -> ColumnElement[Any]:
        return self._to

    def in_period(self, moment: ColumnElement[Any]) -> ColumnElement[bool]:
        return (moment >= self.start()) & (moment < self.end())

    def of_tenant(self, tenant_id: ColumnElement[Any]) -> ColumnElement[bool]:  # noqa: ARG002 - the views do it
        return true()

    def zone(self) -> ColumnElement[str]:
        return select(tables.TENANT.c.time_zone).scalar_subquery()

    def any_of(self, column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
        conditions: list[ColumnElement[bool]] = []
        plain = [value for value in values if not isinstance(value, Variable)]
        if plain:
            conditions.append(column.in_(plain))
        conditions += [column.in_([_chosen(value)]) for value in values if isinstance(value, Variable)]
        return or_(false(), self.everything(values), *conditions)

    def everything(self, values: Sequence[Any]) -> ColumnElement[bool]:
        all_of = [literal(EVERYTHING).in_([_chosen(v)]) for v in values if isinstance(v, Variable)]
        return or_(false(), *all_of)

    def days(self) -> tuple[date, date] | None:
        return None

    def moments(self) -> tuple[datetime, datetime] | None:
        return None

    def whole_tenant(self) -> bool:
        return False

    def text(self, statement: Select[Any]) -> tuple[str, dict[str, Any]]:
        return str(statement.compile(dialect=_GRAFANA, compile_kwargs={"literal_binds": True})), {}


def _chosen(variable: Variable) -> ColumnElement[Any]:
    return literal_column(f"${{{variable.name}:sqlstring}}")


def local(at: ColumnElement[Any], scope: Scope) -> ColumnElement[datetime]:
    """The wall clock's reading at a moment."""
    return func.timezone(scope.zone(), at)
