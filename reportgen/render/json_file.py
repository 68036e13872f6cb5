"""JSON: stable keys, moments in ISO 8601 with offset, durations in seconds, percentages as numbers."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from reportgen.render.document import document
from reportgen.run import Result, Row
from reportgen.units import Writer, machine

ROWS_PER_BLOCK = 500


def json_blocks(result: Result, writer: Writer) -> Iterator[bytes]:
    """The whole result as one JSON object, in blocks; titles and sentences in the writer's language.

    The first has rows in it: what goes wrong with them is told before anything was given out.
    """
    head = json.dumps(heading(result, writer), ensure_ascii=False)[:-1] + ', "rows": ['
    rows = _rows(result, writer.zone)
    yield (head + ",".join(islice(rows, ROWS_PER_BLOCK))).encode()
    while block := ",".join(islice(rows, ROWS_PER_BLOCK)):
        yield f",{block}".encode()
    yield b"]}"


def _rows(result: Result, zone: ZoneInfo) -> Iterator[str]:
    names = [column.name for column in result.columns]
    for place, row in enumerate(result.rows):
        keyed = _keyed(names, row, zone)
        if result.keys:
            keyed["key"] = result.keys[place]
        yield json.dumps(keyed, ensure_ascii=False, default=str)


def heading(result: Result, writer: Writer) -> dict[str, Any]:
    """All of the result but its rows."""
    question, zone = result.question, writer.zone
    shown = document(result, writer)
    figures = [column.name for column in result.columns if column.is_figure]
    page = {"limit": question.limit, "offset": question.offset, "rows": result.row_count}
    observations = [
        {"mark": each.mark, "text": each.text, "advice": each.advice} for each in shown.observations
    ]
    return {
        "report": question.report.slug,
        "title": shown.title,
        "tenant": question.tenant.slug,
        "period": {
            "from": question.period.first_day.isoformat(),
            "to": question.period.last_day.isoformat(),
            "start": machine(question.period.start, zone),
            "end": machine(question.period.end, zone),
            "zone": question.period.zone,
        },
        "filters": list(shown.filters),
        "made_at": machine(result.made_at, zone),
        "made_by": result.made_by,
        "data_up_to": machine(result.data_up_to, zone),
        "gaps": [
            {"from": machine(gap.began_at, zone), "to": machine(gap.ended_at, zone), "reason": gap.reason}
            for gap in result.gaps
        ],
        **({} if result.groups_left_out is None else {"groups_left_out_below": result.groups_left_out}),
        "columns": [
            {"name": column.name, "title": writer.text(column.title), "unit": column.unit.name}
            for column in result.columns
        ],
        "summary": _keyed([column.name for column in result.summary_columns], result.summary, zone),
        "totals": None if result.totals is None else _keyed(figures, result.totals, zone),
        **({} if question.limit is None else {"page": page}),
        **({"observations": observations} if question.report.chapters else {}),
    }


def _keyed(names: list[str], row: Row, zone: ZoneInfo) -> dict[str, Any]:
    return {name: machine(value, zone) for name, value in zip(names, row, strict=True)}
