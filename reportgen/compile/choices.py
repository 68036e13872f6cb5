"""What readers can choose from in a filter, as statements."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, literal, or_, select

from reportgen.catalogue.parts import Filter, NameFilter, ValueFilter
from reportgen.compile.scope import Scope

MOST_CHOICES = 2000


def choices_of(filter_: Filter, scope: Scope) -> tuple[str, dict[str, Any]] | None:
    """SQL that gives (value, label) of what can be chosen; None where there is nothing to list."""
    match filter_:
        case NameFilter():
            names = filter_.names.c
            return scope.text(
                _listed(select(names.name, func.min(names.code)).group_by(names.name), names.name)
            )
        case ValueFilter(suggestions=suggestions) if suggestions is not None:
            columns = suggestions.c
            query = select(columns.key, func.min(columns.name)).group_by(columns.key)
            return scope.text(_listed(query, func.length(columns.key), columns.key))
    return None


def names_among(filter_: NameFilter, values: Sequence[str], scope: Scope) -> tuple[str, dict[str, Any]]:
    """SQL that gives (name, code) of those that bear one of these names or codes, in any case of letters."""
    names = filter_.names.c
    wanted = [func.lower(literal(value)) for value in values]
    return scope.text(
        select(names.name, names.code)
        .distinct()
        .where(or_(func.lower(names.name).in_(wanted), func.lower(names.code).in_(wanted)))
    )


def _listed(query: Select[Any], *order: Any) -> Select[Any]:
    return query.order_by(*order).limit(MOST_CHOICES)
