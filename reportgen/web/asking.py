"""Reads from a request what is asked of a report."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Query, Request

from reportgen.asked import Asked
from reportgen.compile import read_arrangement, read_drill
from reportgen.compile.arrangement import names_in
from reportgen.compile.drill import details_of
from reportgen.run import Question
from reportgen.web.models import MOST_ROWS
from reportgen.web.service import Reader, Service

NOT_FILTERS = frozenset(
    {
        *("from", "to", "period", "language", "flavour", "limit", "offset", "page"),
        *("columns", "sort", "figure", "key", "keys", "saved", "back"),
    }
)


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the rows are wanted."""

    limit: Annotated[int | None, Query(ge=1, le=MOST_ROWS, examples=[100])] = None
    offset: Annotated[int, Query(ge=0, le=2**31)] = 0

    def of(self, question: Question) -> Question:
        return replace(question, limit=self.limit, offset=self.offset)


PageOf = Annotated[Page, Depends()]


def asked_of(
    request: Request,
    # Declared for the API's description; they are read with all the others.
    period: Annotated[  # noqa: ARG001
        str | None, Query(description="A named period, instead of days.", examples=["last-month"])
    ] = None,
    first_day: Annotated[str | None, Query(alias="from", examples=["2026-10-01"])] = None,  # noqa: ARG001
    last_day: Annotated[str | None, Query(alias="to", examples=["2026-10-31"])] = None,  # noqa: ARG001
    columns: Annotated[  # noqa: ARG001
        list[str] | None,
        Query(description="Names of columns in the order wanted.", examples=[["extension,total"]]),
    ] = None,
    sort: Annotated[  # noqa: ARG001
        list[str] | None,
        Query(description="Names of columns, with - before one for falling.", examples=[["-total"]]),
    ] = None,
) -> Asked:
    """What the query asks for; parameters of other names are filters."""
    return asked_of_pairs(request.query_params.multi_items())


AskedOf = Annotated[Asked, Depends(asked_of)]


def asked_of_pairs(pairs: Iterable[tuple[str, str]]) -> Asked:
    """What the parameters of a query ask for; empty ones, as forms send them, are none."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)

    def one(name: str) -> str | None:
        return next(iter(given.get(name, ())), None) or None

    return Asked(
        one("period"),
        one("from"),
        one("to"),
        _filters(pairs),
        names_in(given.get("columns", ())),
        names_in(given.get("sort", ())),
    )


def _filters(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """All that is nothing else."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in NOT_FILTERS and value.strip():
            given.setdefault(name, []).append(value)
    return given


def ask(reader: Reader, running: Service, slug: str, asked: Asked) -> Question:
    """The question of a request.

    Raises:
        UserError: something in it cannot be understood.
    """
    return asked.question(reader.report(slug), reader.tenant, running.clock())


def ask_details(reader: Reader, running: Service, slug: str, asked: Asked, figure: str, key: str) -> Question:
    """The question for the rows behind a figure; columns and order are those of the rows.

    Raises:
        UserError: something in it cannot be understood.
    """
    report = reader.report(slug)
    question = replace(asked, columns=(), sort=()).question(report, reader.tenant, running.clock())
    drill = read_drill(report, figure, key)
    rows = read_arrangement(details_of(report, figure), asked.columns, asked.sort)
    return replace(question, drill=drill, arrangement=rows)
