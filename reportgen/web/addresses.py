"""Addresses of the same page with something else chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from reportgen.compile import OutputColumn

MOST_PAGES = 10**6


@dataclass(frozen=True, slots=True)
class Sorting:
    """How the table is sorted by a column, and the address of the next way."""

    address: str
    state: str
    """"ascending", "descending" or "none", as browsers tell it to those who listen to a page."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a table the reader is."""

    number: int
    pages: int
    before: str
    after: str


def changed(request: Request, **changes: str) -> str:
    """This page with other parameters; it begins with its first rows again."""
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in changes and name != "page" and value
    ]
    return f"{request.url.path}?{urlencode([*kept, *changes.items()])}"


def sortings(request: Request, columns: Sequence[OutputColumn], sort: Sequence[str]) -> list[Sorting]:
    """Of each column. Figures are first sorted from the largest on."""
    now = sort[0] if sort else ""
    return [_sorting(request, column, now) for column in columns]


def _sorting(request: Request, column: OutputColumn, now: str) -> Sorting:
    rising, falling = column.name, f"-{column.name}"
    if now == rising:
        return Sorting(changed(request, sort=falling), "ascending")
    if now == falling:
        return Sorting(changed(request, sort=rising), "descending")
    return Sorting(changed(request, sort=falling if column.is_figure else rising), "none")


def page_number(request: Request) -> int:
    """1 where none can be read."""
    text = request.query_params.get("page", "1")
    is_number = text.isascii() and text.isdigit() and len(text) < 8 and int(text) > 0
    return min(int(text), MOST_PAGES) if is_number else 1


def paging(request: Request, number: int, rows: int | None, per_page: int) -> Paging | None:
    """None where all rows are on one page."""
    pages = max(1, -(-(rows or 0) // per_page))
    if pages == 1 and number == 1:
        return None
    before, after = (
        _page(request, place) if 1 <= place <= pages else "" for place in (min(number - 1, pages), number + 1)
    )
    return Paging(number, pages, before, after)


def _page(request: Request, number: int) -> str:
    address = changed(request)
    return f"{address}{'' if address.endswith('?') else '&'}page={number}"
