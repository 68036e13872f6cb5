"""The reports that a document is made of, answered like the document itself."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from reportgen.catalogue import CATALOGUE
from reportgen.catalogue.parts import Order, Report
from reportgen.compile.period import Period
from reportgen.further import Further, Table
from reportgen.observations import Facts, Observation, observations
from reportgen.run import Result
from reportgen.units import Writer

ROWS_OF_A_CHAPTER = 10


def observed(result: Result, writer: Writer) -> tuple[Observation, ...]:
    """What a document says of its figures; a report that is no document says nothing."""
    question = result.question
    if not question.report.chapters:
        return ()
    return observations(
        Facts(question.report, result.further, _passed(result), writer, question.tenant.gos_target)
    )


def _passed(result: Result) -> Period:
    """The period up to today: a month that has just begun is compared with as many days of before."""
    period = result.question.period
    today = result.made_at.astimezone(ZoneInfo(period.zone)).date()
    if period.first_day <= today < period.last_day:
        return replace(period, last_day=today)
    return period


def chapters(result: Result) -> list[Result]:
    """The document's chapters, each with its biggest rows; one that cannot be filtered alike is left out."""
    further = result.further
    found = []
    for slug in result.question.report.chapters:
        report = CATALOGUE[slug]
        if not further.can_filter(report):
            continue
        summary = further.summary(report)
        table = None if report.is_list else _biggest(further, report)
        totals = further.totals(report)
        found.append(
            replace(
                result,
                question=replace(result.question, report=report),
                summary_columns=summary.columns,
                summary=summary.rows[0],
                columns=table.columns if table else (),
                rows=table.rows if table else (),
                totals=totals.rows[0] if totals else None,
            )
        )
    return found


def _biggest(further: Further, report: Report) -> Table:
    """One more than is shown, to tell that there are more; running shares stay those of the report itself."""
    by_size = Order(report.figures[0].name, falling=True)
    return further.table(report, limit=ROWS_OF_A_CHAPTER + 1, sort=(by_size,))
