"""Folder 2: reports by time and day."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue.parts import Folder, Report
from reportgen.catalogue.subjects import CALLS
from reportgen.texts import _

calls_by_date = Report(
    slug="calls-by-date",
    section="1.17",
    folder=Folder.TIME_AND_DAY,
    title=_("Calls by date"),
    subject=CALLS,
    summary=(m.total, m.average_duration, m.average_ring),
    columns=(
        by.started_at,
        by.call_type,
        by.extension,
        by.user,
        by.number,
        by.area,
        by.ddi,
        by.ring_time,
        by.duration,
        by.outcome,
        by.answered_by,
        by.went_to,
        by.ended_at,
    ),
)

REPORTS = (calls_by_date,)
