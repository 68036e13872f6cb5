"""What stands on a report beside its table, as finished text: the same on paper and on screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportgen.chapters import observed
from reportgen.compile.conditions import sentence
from reportgen.observations import Observation
from reportgen.run import Result, Row
from reportgen.texts import _
from reportgen.units import CALL_ID, MOMENTS, NUMBER, Writer

if TYPE_CHECKING:
    from reportgen.compile import OutputColumn


WHOLE = frozenset({*MOMENTS, NUMBER, CALL_ID})
EMPTY = _("No calls in this period.")


@dataclass(frozen=True, slots=True)
class Named:
    """A figure or term with its text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Of one column of the table."""

    title: str
    right: bool
    whole: bool
    """Its values are not broken: figures, moments and numbers, which mean nothing by halves."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report around its table, in the reader's language."""

    title: str
    tenant: str
    period: str
    filters: tuple[str, ...]
    made: str
    data_up_to: str
    gaps: tuple[str, ...]
    """What is missing, each in a sentence."""
    summary: tuple[Named, ...]
    headings: tuple[Heading, ...]
    totals: tuple[str, ...] | None
    """One text per column, the first naming the row; None for a list."""
    definitions: tuple[Named, ...]
    cut: str
    """What is not shown, in a sentence; empty when all is."""
    observations: tuple[Observation, ...]
    colour: str
    """The tenant's, as #12475c."""


def document(result: Result, writer: Writer) -> Document:
    """Everything about a result that is not a row of its table."""
    question, text = result.question, writer.text
    return Document(
        title=text(question.report.title),
        tenant=question.tenant.name,
        period=period_text(result, writer),
        filters=tuple(sentence(selection, writer) for selection in question.selections),
        made=text(_("Made on {moment} by {who}"), moment=writer.minute(result.made_at), who=result.made_by),
        data_up_to=_data_up_to(result, writer),
        gaps=(*_gaps(result, writer), *_left_out(result, writer)),
        summary=tuple(
            Named(text(column.title), writer.write(column.unit, value))
            for column, value in zip(result.summary_columns, result.summary, strict=True)
        ),
        headings=tuple(
            Heading(text(column.title), column.unit.right, column.unit.right or column.unit in WHOLE)
            for column in result.columns
        ),
        totals=_totals(result, writer),
        definitions=tuple(_definitions(result, writer)),
        cut=_cut(result, writer),
        observations=observed(result, writer),
        colour=question.tenant.colour,
    )


def cells(result: Result, writer: Writer) -> Callable[[Row], list[str]]:
    """The function that writes one row of the table for people."""
    writers = [writer.writer(column.unit) for column in result.columns]
    return lambda row: [write(value) for write, value in zip(writers, row, strict=True)]


def period_text(result: Result, writer: Writer) -> str:
    period = result.question.period
    first = writer.long_date(period.first_day)
    if period.first_day == period.last_day:
        return first
    return writer.text(_("{first} to {last} inclusive"), first=first, last=writer.long_date(period.last_day))


def _cut(result: Result, writer: Writer) -> str:
    question, rows = result.question, result.row_count
    if not result.cut or question.limit is None or rows is None:
        return ""
    last = min(rows, question.offset + question.limit)
    if question.offset:
        return writer.text(
            _("Rows {first} to {last} of {all} are shown."),
            first=writer.count(question.offset + 1),
            last=writer.count(last),
            all=writer.count(rows),
        )
    return writer.text(
        _(
            "Only the first {last} of {all} rows are shown here. Choose a shorter period or more filters, "
            "or take the CSV file, which has them all."
        ),
        last=writer.count(last),
        all=writer.count(rows),
    )


def _data_up_to(result: Result, writer: Writer) -> str:
    moment = result.data_up_to
    if moment is None:
        return ""
    return writer.text(_("Data up to {moment}"), moment=writer.minute(min(moment, result.made_at)))


def _gaps(result: Result, writer: Writer) -> Iterator[str]:
    for gap in result.gaps:
        began = writer.minute(gap.began_at)
        if gap.ended_at is None:
            yield writer.text(_("No connection with the telephone system since {began}"), began=began)
        else:
            yield writer.text(
                _("No connection with the telephone system from {began} to {ended}"),
                began=began,
                ended=writer.minute(gap.ended_at),
            )


def _left_out(result: Result, writer: Writer) -> Iterator[str]:
    if result.groups_left_out is not None:
        yield writer.text(
            _("Contact groups of fewer than {least} users are not told apart here."),
            least=result.groups_left_out,
        )


def _totals(result: Result, writer: Writer) -> tuple[str, ...] | None:
    if result.totals is None:
        return None
    names: list[Any] = [""] * (len(result.columns) - len(result.totals))
    names[:1] = [writer.text(_("Total"))]
    figures = result.columns[len(names) :]
    written = [writer.write(column.unit, value) for column, value in zip(figures, result.totals, strict=True)]
    return (*names, *written)


def _definitions(result: Result, writer: Writer) -> Iterator[Named]:
    seen: dict[str, OutputColumn] = {}
    for column in (*result.summary_columns, *result.columns):
        if column.means:
            seen.setdefault(column.title, column)
    for column in seen.values():
        yield Named(writer.text(column.title), writer.text(column.means))
