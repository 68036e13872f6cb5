"""How a reader wants a report's table: which columns, in which order, and sorted by what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportgen.catalogue.parts import Column, Dimension, Figure, Order, Report
from reportgen.errors import InvalidArrangementError
from reportgen.texts import _

Shown = Column | Figure


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a reader chose for the table; without a choice it is as the report declares it."""

    columns: tuple[str, ...] = ()
    sort: tuple[Order, ...] = ()
    """Names of columns that are shown; goes before the report's own order."""

    def of(self, report: Report) -> Report:
        """The report with the columns that were chosen; with less to group by, rows become fewer."""
        if not self.columns:
            return report
        named = {each.name: each for each in columns_of(report)}
        chosen = [named[name] for name in self.columns]
        if report.is_list:
            return replace(report, columns=tuple(each for each in chosen if isinstance(each, Column)))
        return replace(
            report,
            dimensions=tuple(each for each in chosen if isinstance(each, Dimension)),
            figures=tuple(each for each in chosen if not isinstance(each, Column)),
            order=tuple(each for each in report.order if each.name in self.columns),
        )


AS_DECLARED = Arrangement()


def columns_of(report: Report) -> tuple[Shown, ...]:
    """All that a report's table can show, in its own order."""
    return (*report.columns, *report.dimensions, *report.figures)


def read_arrangement(report: Report, columns: Sequence[str] = (), sort: Sequence[str] = ()) -> Arrangement:
    """Checks what was asked for.

    Args:
        columns: names, in the order wanted; of groups, figures come after what they are grouped by.
        sort: names of columns that are shown, with - before one for falling: "-total".

    Raises:
        InvalidArrangementError: a name is unknown, or too little is left for a table.
    """
    known = {each.name: each for each in columns_of(report)}
    names = tuple(dict.fromkeys(names_in(columns)))
    for name in names:
        if name not in known:
            raise InvalidArrangementError(
                _('This report has no column "{name}"; choose from: {known}.'),
                name=name,
                known=", ".join(known),
            )
    if names and not report.is_list:
        names = _groups_first(report, names)
    if names == tuple(known):
        names = ()
    return Arrangement(names, tuple(_order(text, names or tuple(known)) for text in names_in(sort)))


def names_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Of texts that may hold several names with commas between."""
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())


def _groups_first(report: Report, names: tuple[str, ...]) -> tuple[str, ...]:
    groups = {each.name: each for each in report.dimensions}
    grouped_by, figures = (
        tuple(name for name in names if (name in groups) is is_group) for is_group in (True, False)
    )
    if not grouped_by or not figures:
        raise InvalidArrangementError(
            _("Choose at least one column to group by ({groups}) and one figure."), groups=", ".join(groups)
        )
    for name in grouped_by:
        key = _shown_with(groups[name], report)
        if key is not None and key.name not in names:
            raise InvalidArrangementError(
                _('The column "{name}" only says more of the column "{key}"; choose that one too.'),
                name=name,
                key=key.name,
            )
    return grouped_by + figures


def _shown_with(dimension: Dimension, report: Report) -> Dimension | None:
    """What a mere name belongs to: groups are made by the key, of which several may bear one name."""
    if dimension.lookup is None:
        return None
    plain = (
        each
        for each in report.dimensions
        if each.lookup is None and each.bucket is None and each.column == dimension.column
    )
    return next(plain, None)


def _order(text: str, shown: Sequence[str]) -> Order:
    name = text.removeprefix("-")
    if name not in shown:
        raise InvalidArrangementError(
            _('The table shows no column "{name}" to sort by; choose from: {known}.'),
            name=name,
            known=", ".join(shown),
        )
    return Order(name, falling=text.startswith("-"))
