"""What a reader asks of a report, in his own words: kept as it is, and read anew whenever it is asked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from reportgen.catalogue.parts import Report
from reportgen.compile import Tenant, read_arrangement, read_selections
from reportgen.compile.period import Period, choose_period
from reportgen.errors import InvalidFilterError
from reportgen.run import Question
from reportgen.texts import _

MOST_BYTES = 80_000
"""Of all its words together: what the database keeps of them may have 100,000."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A named period or a first and last day, filters, columns and order, as texts."""

    period: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    columns: Sequence[str] = ()
    sort: Sequence[str] = ()

    def question(self, report: Report, tenant: Tenant, now: datetime) -> Question:
        """What it means now, for this reader.

        Raises:
            UserError: something in it cannot be understood, or it is too long.
        """
        if len(json.dumps(self.as_json(), ensure_ascii=False).encode(errors="replace")) > MOST_BYTES:
            raise InvalidFilterError(_("There is too much to filter on; choose fewer values."))
        return Question(
            report,
            tenant,
            choose_period(tenant.time_zone, now, name=self.period, first=self.first_day, last=self.last_day),
            read_selections(report, self.filters, tenant.region),
            arrangement=read_arrangement(report, self.columns, self.sort),
        )

    def on_days_of(self, period: Period) -> "Asked":
        """The same of these days, whatever day it is."""
        return replace(
            self, period=None, first_day=period.first_day.isoformat(), last_day=period.last_day.isoformat()
        )

    def as_json(self) -> dict[str, Any]:
        """For the database; `from_json` reads it back."""
        words: dict[str, Any] = {
            "period": self.period,
            "from": self.first_day,
            "to": self.last_day,
            "filters": {name: list(values) for name, values in self.filters.items()},
            "columns": list(self.columns),
            "sort": list(self.sort),
        }
        return {name: value for name, value in words.items() if value}

    @classmethod
    def from_json(cls, words: Mapping[str, Any]) -> "Asked":
        return cls(
            words.get("period"),
            words.get("from"),
            words.get("to"),
            words.get("filters", {}),
            tuple(words.get("columns", ())),
            tuple(words.get("sort", ())),
        )

    def as_query(self) -> list[tuple[str, str]]:
        """For the address of a page or a file."""
        named = (("period", self.period), ("from", self.first_day), ("to", self.last_day))
        return [
            *((name, value) for name, value in named if value),
            *((name, value) for name, values in self.filters.items() for value in values),
            *(("columns", name) for name in self.columns),
            *(("sort", name) for name in self.sort),
        ]
