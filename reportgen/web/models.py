"""What the API takes and gives, as JSON."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from reportgen.asked import Asked
from reportgen.texts import Language
from reportgen.units import Flavour

MOST_ROWS = 10_000
Form = Literal["pdf", "csv", "json", "xlsx", "html"]


class FigureOut(BaseModel):
    """A figure or column of a report."""

    name: str = Field(examples=["gos"])
    title: str = Field(examples=["GoS"])
    unit: str = Field(examples=["percent"])
    definition: str = Field(examples=["Grade of service: answered in target / offered."])


class FilterOut(BaseModel):
    """Something that a report can be filtered on."""

    name: str = Field(examples=["direction"])
    title: str = Field(examples=["Call type"])
    values: list[str] | None = Field(
        description="The values that there are, of a closed list.",
        examples=[["incoming", "outgoing", "internal"]],
    )


class ReportOut(BaseModel):
    """A report of the catalogue."""

    slug: str = Field(examples=["call-response"])
    section: str = Field(examples=["1.24"])
    folder: str = Field(examples=["Inbound performance"])
    title: str = Field(examples=["Call response analysis"])


class ReportDetailOut(ReportOut):
    """A report with all that it shows and can be asked."""

    summary: list[FigureOut]
    columns: list[FigureOut]
    filters: list[FilterOut]
    periods: list[str] = Field(examples=[["today", "last-month"]])


class AskedIn(BaseModel):
    """What is asked of a report: a named period, or a first and last day; filters, columns and order."""

    model_config = ConfigDict(extra="forbid")

    period: str | None = Field(None, examples=["last-month"])
    first_day: str | None = Field(None, alias="from", examples=["2026-10-01"])
    last_day: str | None = Field(None, alias="to", examples=["2026-10-31"])
    filters: dict[str, list[str]] = Field({}, examples=[{"extension": ["201", "202"]}])
    columns: list[str] = Field(
        [], description="Names of columns in the order wanted; none: all.", examples=[["extension", "total"]]
    )
    sort: list[str] = Field(
        [], description="Names of columns, with - before one for falling.", examples=[["-total"]]
    )

    def asked(self) -> Asked:
        return Asked(self.period, self.first_day, self.last_day, self.filters, self.columns, self.sort)


class RunIn(AskedIn):
    """What to report on, and which part of the rows to answer with."""

    language: Language | None = None
    limit: int | None = Field(None, ge=1, le=MOST_ROWS)
    offset: int = Field(0, ge=0, le=2**31)
    keys: bool = Field(
        False,
        description="Each row of groups has a `key`, by which `details` gives what is behind its figures.",
    )


class SavedIn(AskedIn):
    """A report to keep under a name."""

    name: str = Field(min_length=1, max_length=120, examples=["Sales, missed calls"])
    report: str = Field(examples=["call-response"])
    shared: bool = Field(False, description="Whether everybody of the tenant who may run the report sees it.")


class SavedOut(BaseModel):
    """A report that somebody keeps under a name of his own."""

    id: UUID
    name: str = Field(examples=["Sales, missed calls"])
    report: str = Field(examples=["call-response"])
    asked: dict[str, Any] = Field(examples=[{"period": "last-week", "filters": {"department": ["Sales"]}}])
    shared: bool
    owner: str = Field(examples=["anna"])
    own: bool = Field(description="Whether it is the reader's own.")
    changed_at: datetime


class RunRequest(AskedIn):
    """A report to make in the background, as a file."""

    report: str = Field(examples=["calls-by-date"])
    form: Form = Field("json", examples=["xlsx"])
    flavour: Flavour = Field("spreadsheet", description="Of CSV.")
    language: Language | None = None


class RunOut(BaseModel):
    """A report being made in the background."""

    id: UUID
    report: str = Field(examples=["calls-by-date"])
    form: str = Field(examples=["xlsx"])
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    rows_done: int = Field(examples=[120_000])
    rows_total: int | None = Field(description="None while it is not known.", examples=[500_000])
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime = Field(description="Until when the result can be fetched.")
    size_bytes: int | None
    problem: str | None = Field(description="Why it failed, in a sentence.")
    result: str | None = Field(description="Where the file is, once it is done.")
